"""Every fault of a clerk's file: one finding, at its line and column."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from clerk import INDEX, RECIT, named, recit, voice
from corpora import reading

Case = tuple[Mapping[str, str | bytes], str, int | None, int | None, str, str]
"""Files, the one at fault, its line and column (None: anywhere), the code, a word that is said."""


def _in(
    content: str | bytes,
    line: int | None,
    column: int | None,
    code: str,
    message: str,
    path: str = RECIT,
) -> Case:
    """A fault that needs no other file."""
    return {path: content}, path, line, column, code, message


FAULTS: dict[str, Case] = {
    "tab": _in("type: recit\n\ttitre: x\n", 2, 1, "yaml-tabulation", "tabulation"),
    "missing space": _in(
        "type: recit\ntitre:Un essai\nvoix: []\n", 2, 6, "yaml-deux-points", "espace"
    ),
    "colon in a sentence": _in("type: recit\ntitre: Un essai : le retour: suite\n", 2, None,
        "yaml-deux-points", "guillemets"),
    "unclosed quote": _in(
        'type: recit\ntitre: "Un essai\nvoix: []\n', 2, 8, "yaml-guillemet", "guillemet"
    ),
    "bad indent": _in("type: recit\ntitre: x\n  annee: 2018\n", None, None, "yaml-retrait", ""),
    "duplicate key": _in(recit("annee: 2018", "annee: 2019"), 8, 1, "cle-en-double", "ligne 7"),
    "unknown key": _in(recit("thème: [energie]"), 7, 1, "cle-inconnue", "« themes »"),
    "unknown key, capital": _in(recit("Annee: 2018"), 7, 1, "cle-inconnue", "« annee »"),
    "unknown key in a voice": _in(voice("natur: rapporte"), 7, 5, "cle-inconnue", "« nature »"),
    "missing key": _in("type: recit\nvoix:\n  - {qui: A, role: elu, texte: b}\n", 1, 1,
        "cle-manquante", "« titre »"),
    "misspelt required key": _in(
        "type: recit\nTitre: Un essai\nvoix:\n  - {qui: A, role: elu, texte: b}\n", 2, 1,
        "cle-inconnue", "« titre »"),
    "missing key in a voice": _in("type: recit\ntitre: a\nvoix:\n  - qui: A\n    role: elu\n", 4, 5,
        "cle-manquante", "« texte »"),
    "list expected": _in(recit("effets: confiance"), 7, 9, "type-de-valeur", "[confiance]"),
    "text expected": _in(recit("occasion: 2018"), 7, 11, "type-de-valeur", '"2018"'),
    "group expected": _in("type: projet\ntitre: A\ndemande: inconu\n", 3, 10, "type-de-valeur",
        "« inconnu »", path="narratives/projet/a.yaml"),
    "boolean": _in(recit("prononce: true"), 7, 11, "type-de-valeur", "oui ou non"),
    "empty value": _in(recit("annee:"), 7, 7, "valeur-vide", "« inconnu »"),
    "empty list": _in(recit("effets: []"), 7, 9, "valeur-vide", "« inconnu »"),
    "empty group": _in("type: projet\ntitre: A\nrecherches: {}\n", 3, 13, "valeur-vide",
        "supprimez la clé", path="narratives/projet/a.yaml"),
    "two lines": _in(
        recit().replace("titre: Un essai", "titre: |\n  Un\n  essai"), 2, 8, "une-ligne", "|"
    ),
    "impossible date": _in(recit("date: 2018-02-31"), 7, 7, "date-impossible", "31 février 2018"),
    "impossible year": _in(recit("annee: 20188"), 7, 8, "date-illisible", "1995"),
    "unreadable date": _in(recit("date: 15/06/2018"), 7, 7, "date-illisible", "2018-06-15"),
    "nobody knows, where a date is needed": _in(
        "versions: [{nom: 2019, date: inconnu, phrase: Une.}]\n", 1, 30, "date-illisible",
        "Il faut ici une date", path="pages/versions.yaml"),
    "reversed period": _in(recit("annee: 2000-1995"), 7, 8, "dates-inversees", "2000-1995"),
    "reversed dates": _in(voice("consentement: {etat: public, date: 2018-06-15, jusquau: 2017}"), 7,
        61, "dates-inversees", "15 juin 2018"),
    "reversed stage": _in("type: projet\ntitre: A\ndemande: {du: 2019, au: 2018-06}\n", 3, 25,
        "dates-inversees", "juin 2018", path="narratives/projet/a.yaml"),
    "minutes before the meeting": _in(
        "type: reunion\ntitre: A\ndate: 2018-06-15\ncompte_rendu: {date: 2018-06-14}\n", 4, 22,
        "dates-inversees", "14 juin 2018", path="narratives/reunion/a.yaml"),
    "vocabulary": _in(
        recit("effets: [confiances, reconnaissance]"), 7, 10, "vocabulaire", "« confiance »"
    ),
    "vocabulary, plural": _in(
        recit().replace("habitant", "habitants"), 5, 11, "vocabulaire", "« habitant »"
    ),
    "vocabulary, nothing near": _in(
        recit().replace("habitant", "cosmonaute"), 5, 11, "vocabulaire", "operateur-economique"
    ),
    "too short a way": _in("type: index\ntitre: A\nparcours: [{fiche: index/a}]\n", 3, 11,
        "valeur-refusee", "deux au moins", path="pages/index/a.yaml"),
    "repeated word": _in(
        recit("effets: [confiance, confiance]"), 7, 21, "doublon", "« confiance »"
    ),
    "unknown record": (
        {**named("projet", "groupes-dechets"), RECIT: recit("projet: projet/groupe-dechets")},
        RECIT,
        7,
        9,
        "lien-inconnu",
        "« projet/groupes-dechets »",
    ),
    "not an id": (
        {**named("projet", "groupes-dechets"), RECIT: recit("projet: groupes dechets")},
        RECIT,
        7,
        9,
        "lien-inconnu",
        "« projet/groupes-dechets »",
    ),
    "wrong type": (
        {
            **named("lieu", "chemins", "genre: espace-naturel\n"),
            RECIT: recit("projet: lieu/chemins"),
        },
        RECIT,
        7,
        9,
        "lien-de-mauvais-type",
        "projet ou fifty-fifty",
    ),
    "capital, where words may stand": (
        {**named("acteur", "ada", "genre: personne\n"), RECIT: recit("plume: Acteur/Ada")},
        RECIT,
        7,
        8,
        "lien-inconnu",
        "« acteur/ada »",
    ),
    "plural type": (
        {**named("projet", "haie"), RECIT: recit("projet: projets/haie")},
        RECIT,
        7,
        9,
        "lien-inconnu",
        "« projet/haie »",
    ),
    "unknown source": (
        {**named("source", "referentiel"), RECIT: recit("sources: [référentiel § 5]")},
        RECIT,
        7,
        11,
        "source-inconnue",
        "« referentiel § 5 »",
    ),
    "source without a sign": (
        {**named("source", "referentiel"), RECIT: recit("sources: [referentiel 5.6]")},
        RECIT,
        7,
        11,
        "source-mal-ecrite",
        "§",
    ),
    "pages of a source": (
        {**named("source", "referentiel"), RECIT: recit("sources: [referentiel p. 12, 14]")},
        RECIT,
        7,
        30,
        "type-de-valeur",
        '"nom-de-la-source p. 12, 14"',
    ),
    "sections of a source": (
        {**named("source", "referentiel"), RECIT: recit("sources: [referentiel § 5, § 6]")},
        RECIT,
        7,
        28,
        "source-inconnue",
        "« nom-de-la-source § 6 »",
    ),
    "paper in a text": _in(recit("texte: Voir [le plan](plan.pdf)."), 7, 23, "lien-inconnu",
        "documents: [{fichier: plan.pdf"),
    "link in a text": (
        {
            **named("projet", "haie"),
            RECIT: recit("texte: |", "  Un mot.", "  Et [la](projet/hai)."),
        },
        RECIT,
        9,
        11,
        "lien-inconnu",
        "« projet/haie »",
    ),
    "the same link twice, as its own label": _in(
        recit("texte: Voir [lieu/a](lieu/a), puis [là](lieu/a)."), 7, 22, "lien-inconnu",
        "« lieu/a »"),
    "file in a text": _in(recit("texte: Voir [la haie](../lieu/haie.yaml)."), 7, 23, "lien-inconnu",
        "../lieu/haie.yaml"),
    "dangerous link": _in(
        recit("texte: Voir [la haie](javascript:alert)."), 7, 23, "adresse-refusee", "javascript:"
    ),
    "address": _in(recit("video: vimeo.com/1"), 7, 8, "adresse-refusee", "https://"),
    "one title": (
        {RECIT: recit(), "narratives/recit/zero.yaml": recit().replace("Un essai", "un_essai")},
        "narratives/recit/zero.yaml",
        2,
        8,
        "titre-en-double",
        RECIT,
    ),
    "one id": (
        {RECIT: recit(), "narratives/recits/essai.yaml": recit().replace("Un", "Autre")},
        "narratives/recits/essai.yaml",
        1,
        7,
        "id-en-double",
        RECIT,
    ),
    "an id of old": (
        {
            RECIT: recit(),
            "narratives/recit/zero.yaml": recit("anciens_ids: [recit/essai]").replace("Un", "Le"),
        },
        "narratives/recit/zero.yaml",
        7,
        15,
        "id-en-double",
        RECIT,
    ),
    "illegal title": _in(
        recit().replace("Un essai", "Un [essai]"), 2, 8, "titre-interdit", "parenthèses"
    ),
    "namespace": _in(
        recit().replace("Un essai", '"Aide : mode d’emploi"'), 2, 8, "titre-interdit", "« Aide »"
    ),
    "long title": _in(
        recit().replace("Un essai", "é" * 130), 2, 8, "titre-trop-long", "260 octets"
    ),
    "no type": _in(recit().replace("type: recit\n", ""), 1, 1, "type-manquant", "recit"),
    "unknown type": _in(recit().replace("recit", "Récits"), 1, 7, "type-inconnu", "« recit »"),
    "not a record": _in("- un\n- deux\n", 1, 1, "type-de-valeur", "groupe de clés"),
    "wrong folder": _in(recit(), 1, 7, "mauvais-dossier", "narratives/recit/essai.yaml",
        path="narratives/projet/essai.yaml"),
    "no folder": _in(recit(), 1, 7, "mauvais-dossier", "narratives/recit/essai.yaml",
        path="narratives/essai.yaml"),
    "file name": _in(
        recit(), 1, 1, "nom-de-fichier", "ete-2018.yaml", path="narratives/recit/Été 2018.yaml"
    ),
    "yml": _in(recit(), 1, 1, "nom-de-fichier", "essai.yaml", path="narratives/recit/essai.yml"),
    "latin-1": _in(recit().replace("Un", "Dé").encode("latin-1"), 2, 9, "encodage", "UTF-8"),
    "bom": _in(b"\xef\xbb\xbf" + recit().encode(), 1, 1, "bom", "UTF-8"),
    "empty": _in("", 1, 1, "fichier-vide", "titre"),
    "anchor": _in(recit("annee: &a 2018"), 7, 8, "yaml-ancre", "&"),
    "nesting": _in(recit("x: " + "[" * 900_000), 7, None, "profondeur", "50"),
    "too big": _in(recit("# " + "x" * (1 << 20)), 1, 1, "trop-gros", "1 Mio"),
    "tag": _in(recit("annee: !!python/object/apply:os.system [ls]"), 7, 8, "yaml-etiquette", "!"),
    "tagged key": _in(recit("!!python/name:os.system annee: 2018"), 7, 1, "yaml-etiquette", "!"),
    "control character": _in(recit("annee: 20\x0718"), 7, 10, "caractere-interdit", "U+0007"),
    "page without header": _in(
        "Un texte.\n", 1, 1, "en-tete-manquant", "titre", path="pages/notes.md"
    ),
    "page with a wrong key": _in("---\ntitre: Notes\nthemess: [energie]\n---\n", 3, 1,
        "cle-inconnue", "« themes »", path="pages/notes.md"),
    "link in a page": _in("---\ntitre: Notes\n---\n\nVoir [a](recit/a).\n", 5, 10, "lien-inconnu",
        "recit/a", path="pages/notes.md"),
    "index of nothing": _in(INDEX.replace("[projet, fifty-fifty]", "[projets]"), 7, 27,
        "vocabulaire", "« projet »", path="pages/index/a.yaml"),
    "configuration": _in(
        "corpus: Loos en Gohelle\n", 1, 9, "forme", "« loos-en-gohelle »", path="loosbot.yaml"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_one_finding_at_its_place(name: str, tmp_path: Path) -> None:
    files, path, line, column, code, message = FAULTS[name]
    begun = time.process_time()
    read = reading(tmp_path, files)
    assert time.process_time() - begun < 2
    assert [finding.code for finding in read.findings] == [code], read.findings
    finding = read.findings[0]
    assert (finding.path, finding.severity) == (path, "error")
    assert line is None or finding.line == line
    assert column is None or finding.column == column
    assert message in f"{finding.message} {finding.hint}"
    assert read.corpus is None


@pytest.mark.parametrize(
    ("link", "code"),
    [("recit/rien-du-tout", "lien-inconnu"), ("javascript:alert(1)", "adresse-refusee")],
)
def test_a_warning_about_a_text_hides_no_link_that_leads_nowhere(
    tmp_path: Path, link: str, code: str
) -> None:
    text = f"type: projet\ntitre: Un banc\ntexte: |\n  Du <b>gras</b>, et [rien]({link}).\n"
    read = reading(tmp_path, {"narratives/projet/banc.yaml": text})
    assert [(finding.severity, finding.code) for finding in read.findings] == [
        ("warning", "texte-html"),
        ("error", code),
    ]
