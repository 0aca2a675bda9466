"""``README.md``: French, then English (``readme.fr.md``, ``readme.en.md``), every number from the
data.

What is not promised is said as plainly as what is.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from loosbot import resources
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
    return resources.text("dump/readme.fr.md").format(
        commune=snapshot.commune,
        edition=edition.kind,
        day=day,
        judged=_judged_fr(snapshot),
        handed_over=_handed_over(edition),
        rows=rows,
        others=others,
        worth=_worth_fr(),
        states=_states_fr(),
        with_text=with_text,
        voices=len(edition.passages),
        which_voices=_voices_fr(edition),
        shown_alone=textwrap.fill(SHOWN_ALONE, 98),
        privacy=_privacy_fr(edition),
        of_commune=french.of(snapshot.commune),
    )


def _english(edition: Edition, tables: Sequence[Table], formats: Formats) -> str:
    snapshot = edition.snapshot
    rows = "\n".join(f"| `{table.path}` | {len(table.rows)} |" for table in tables)
    others = "\n".join(f"- `{path}`: {words}" for path, _, words in formats)
    day = f"as of {snapshot.date}" if snapshot.date else "undated (no git)"
    with_text = sum(bool(passage.end) for passage in edition.passages)
    names = {"publique": "public", "recherche": "research"}
    return resources.text("dump/readme.en.md").format(
        commune=snapshot.commune,
        edition=names[edition.kind],
        day=day,
        judged=_judged_en(snapshot),
        handed_over=_handed_over_en(edition),
        rows=rows,
        others=others,
        with_text=with_text,
        voices=len(edition.passages),
        privacy=_privacy_en(edition),
    )


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
