"""``README.md``: French, then English, every number from the data.

What is not promised is said as plainly as what is.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from loosbot.corpus import french
from loosbot.corpus.dates import display
from loosbot.dump.edition.traces import STATES
from loosbot.dump.filtered import THRESHOLD, Edition, Snapshot
from loosbot.dump.report import SHOWN_ALONE
from loosbot.dump.tables.table import Table
from loosbot.fields.vocabulary import vocabulary

NAME = "README.md"


Formats = Sequence[tuple[str, str, str]]
"""What the folder holds beside the tables: path, French and English words."""


def readme(edition: Edition, tables: Sequence[Table], formats: Formats) -> bytes:
    """Both languages in one file."""
    both = _french(edition, tables, formats), _english(edition, tables, formats)
    return "\n---\n\n".join(both).encode()


def _french(edition: Edition, tables: Sequence[Table], formats: Formats) -> str:
    snapshot = edition.snapshot
    rows = "\n".join(
        f"| `{table.path}` | {table.description} | {len(table.rows)} |" for table in tables
    )
    others = "\n".join(f"- `{path}` : {words}" for path, words, _ in formats)
    day = f"au {display(snapshot.date)}" if snapshot.date else "sans date (corpus hors de git)"
    with_text = sum(bool(passage.end) for passage in edition.passages)
    return f"""# {snapshot.commune} : projets, récits et réunions

Édition **{edition.kind}**, {day}. Produite par loosbot à partir des fiches de la commune.
{_judged_fr(snapshot)}{_handed_over(edition)}
## Ce que contient ce dossier

| Table | Une ligne est | Lignes |
| --- | --- | ---: |
{rows}

{others}

Chaque colonne est décrite dans `datapackage.json`. `loosbot dump check DOSSIER` revérifie tout,
`sha256sum -c SHA256SUMS` vérifie les octets.

## Trois façons d’être vide

Une case vide s’explique dans la colonne `…_motif` voisine : `inconnu` (les sources ne le
disent pas), `masque` (la donnée existe et n’est pas dans cette édition),
`sans-objet` (la question ne se pose pas). Sans motif, la fiche n’en dit rien.
Jamais un vide ne vaut zéro ou « non ». (`arret_motif` est, lui, la raison d’un arrêt ;
`arret_motif_motif` dit pourquoi elle est vide.)

## Une date qui n’est pas un jour

`…_debut` et `…_fin` disent entre quels moments une date peut tomber ; l’un manque à « avant 2012 »,
l’autre à « depuis 2015 ». « vers 2010 » a les bornes de 2010, et peut en sortir : dans
`evenements.csv`, `date_precision` dit alors `environ`.

## Ce que vaut un fait

Les colonnes `statut` et `…_statut` disent ce que vaut la case qu’elles nomment ; vides, elle est
attestée par les sources les plus proches. (Le `statut` d’un projet dit, lui, où il en est.)

{_worth_fr()}

Dans `trace.csv`, `etat` le dit de chaque étape d’un projet :

{_states_fr()}

Les autres mots de chaque liste fermée, et leurs définitions, sont dans `datapackage.json`
(`categories`) et dans `qda/vocabulaires.csv`.

## Les voix

Voix qui ont ici leur texte : {with_text} sur {len(edition.passages)}. {_voices_fr(edition)}

{textwrap.fill(SHOWN_ALONE, 98)}

## Comment les personnes sont protégées

{_privacy_fr(edition)}

## Ce qui n’est pas promis

- Ces données ne sont **pas anonymes** : elles sont pseudonymisées, et restent des données
  personnelles.
- Qui connaît la commune peut reconnaître quelqu’un à son histoire, même sans nom.
- Un texte publié ailleurs se retrouve en cherchant ses mots.
- Une copie déjà téléchargée ne peut pas être reprise ; `RETRAITS.csv` dit ce qui a été retiré
  depuis l’édition précédente, et chacun est prié de le retirer aussi.
- Le remplacement automatique des noms peut en laisser passer.
- Rien ici ne certifie la conformité au RGPD.

## Citer, demander un retrait

Pour citer : `CITATION.cff`. Les licences : `LICENCES.md`. Pour faire corriger ou effacer ce qui
vous concerne, écrivez à la mairie {french.of(snapshot.commune)}, responsable du traitement.
"""


def _english(edition: Edition, tables: Sequence[Table], formats: Formats) -> str:
    snapshot = edition.snapshot
    rows = "\n".join(f"| `{table.path}` | {len(table.rows)} |" for table in tables)
    others = "\n".join(f"- `{path}`: {words}" for path, _, words in formats)
    day = f"as of {snapshot.date}" if snapshot.date else "undated (no git)"
    with_text = sum(bool(passage.end) for passage in edition.passages)
    names = {"publique": "public", "recherche": "research"}
    return f"""# {snapshot.commune}: projects, stories and meetings

The **{names[edition.kind]}** edition, {day}. Column names and values are in French; every column
is described in `datapackage.json`.
{_judged_en(snapshot)}{_handed_over_en(edition)}
| Table | Rows |
| --- | ---: |
{rows}

{others}

An empty cell is explained by the `…_motif` column beside it: `inconnu` (looked for, not known),
`masque` (withheld from this edition), `sans-objet` (not applicable). No reason means that the
record is silent. Empty never means zero or no. (`arret_motif` is the reason of a stop, in words;
`arret_motif_motif` says why it is empty.)

`…_debut` and `…_fin` bound what a date can mean. « vers 2010 » (about) has the bounds of 2010 and
may lie outside of them; `date_precision` in `evenements.csv` then says `environ`.

What a cell is worth (`statut`, `…_statut`; empty: attested by the nearest sources): `atteste` (a
source says so), `deduit` (inferred by the editor, not written so in the source), `calcule`
(computed from figures of the source), `estime` (an estimate, by the source or by a person),
`declare` (said by a person, no other proof), `prevu` (announced; the source does not say whether it
took place). Every closed list is defined in `datapackage.json` (`categories`).

Voices that have their text here: {with_text} of {len(edition.passages)}. {_privacy_en(edition)}

Everything is counted on what this edition shows: a voice, a person or a record that is withheld
counts nowhere, nor does what it alone mentions. The town’s own report may have other figures.

**Not promised.** The data are pseudonymised, not anonymous: they remain personal data. Somebody
who knows the town may recognise a person from a story. A text published elsewhere can be found by
its words. Copies already downloaded cannot be recalled; `RETRAITS.csv` lists what was withdrawn
since the previous edition, please withdraw it too. Automatic replacement may miss a name. Nothing
here certifies compliance with the GDPR.

Cite with `CITATION.cff`; licences are in `LICENCES.md`; for a correction or an erasure, write to
the town hall of {snapshot.commune}.
"""


def _worth_fr() -> str:
    words = vocabulary("statut-fait").terms.values()
    return "\n".join(f"- `{word.value}` : {word.description}" for word in words)


def _states_fr() -> str:
    return "\n".join(f"- `{word.value}` ({word.title}) : {word.description}" for word in STATES)


def _handed_over(edition: Edition) -> str:
    if edition.kind == "publique":
        return ""
    return (
        f"\nRemise à **{edition.recipient}**, jusqu’au **{display(edition.expires)}** : à détruire "
        "ensuite. Elle ne se republie pas et ne se dépose dans aucune archive ouverte.\n"
    )


def _handed_over_en(edition: Edition) -> str:
    if edition.kind == "publique":
        return ""
    return (
        f"\nGiven to **{edition.recipient}** until **{edition.expires}**, to be destroyed then. "
        "Not to be published again nor deposited in an open archive.\n"
    )


def _voices_fr(edition: Edition) -> str:
    if edition.kind == "publique":
        return (
            "Un texte n’est publié que si la personne l’a accepté pour cette édition et si "
            "quelqu’un de nommé l’a relu."
        )
    return "Un texte n’est là que si la personne a accepté qu’il serve à la recherche."


def _privacy_fr(edition: Edition) -> str:
    codes = (
        "Qui n’a pas donné son accord porte un code "
        f"({french.counted(edition.privacy.pseudonyms, 'personne')} ; `v…`), le même d’une édition "
        "à l’autre, calculé avec une clé qui reste à la mairie. "
        "Qui a retiré son accord n’est nulle part."
    )
    if edition.kind == "recherche":
        return codes
    return (
        f"{codes} Les identifiants des fiches sont des codes aussi, les dates s’arrêtent au mois, "
        "les adresses, téléphones et courriels sont ôtés des textes. Ce qui est dit d’une personne "
        f"sans nom vaut pour au moins {THRESHOLD} personnes, ou vaut « masque » ; `rapport.json` "
        "donne les comptes."
    )


def _privacy_en(edition: Edition) -> str:
    codes = (
        f"Whoever did not consent bears a keyed code (`v…`; {edition.privacy.pseudonyms} in "
        "all), the same in every edition; whoever withdrew is absent."
    )
    if edition.kind == "recherche":
        return codes
    return (
        f"{codes} Record ids are opaque, dates stop at the month, contacts are removed from texts, "
        f"and what is told of unnamed persons covers at least {THRESHOLD} of them or is withheld."
    )


def _judged_fr(snapshot: Snapshot) -> str:
    day = snapshot.consents or snapshot.date
    return f"Les accords des personnes sont ceux du {display(day)}.\n" if day else ""


def _judged_en(snapshot: Snapshot) -> str:
    day = snapshot.consents or snapshot.date
    return f"What people agreed to is judged as of {day}.\n" if day else ""
