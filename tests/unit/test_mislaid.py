"""Words that still stand in a page, where no field takes them, are not taken out of the file."""

from __future__ import annotations

import pytest
from test_pull import published, pulled, tree_of

from loosbot.pull.proof import PublishedCorpus

ID = "fifty-fifty/jardin"
FILE = "narratives/fifty-fifty/jardin.yaml"
SOURCE = """\
type: fifty-fifty
titre: Le jardin
resume: Une friche est devenue un jardin.
recurrence: chaque samedi de printemps
arret: {motif: plus personne ne venait, suite: le jardin est prêté}
resultats:
- Les voisins se prêtent les clés du local.
- Le robinet ne fuit plus depuis mars.
enseignements: [Un cahier à la porte suffit pour se parler.]
texte: |
  La friche attendait depuis dix ans.

  Personne n’avait de brouette au début.
"""
KEYS = "* Les voisins se prêtent les clés du local.\n"
BARROW = "Personne n’avait de brouette au début."


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> PublishedCorpus:
    return published(tree_of(tmp_path_factory.mktemp("base"), {FILE: SOURCE}))


def edited(base: PublishedCorpus, *changes: tuple[str, str]) -> str:
    body = base.rendered[ID].body
    for old, new in changes:
        assert old in body, f"{old} in {body}"
        body = body.replace(old, new, 1)
    return body


@pytest.mark.parametrize(
    "changes",
    [
        [(KEYS, f"<del>{KEYS.strip()}</del>\n")],
        [(KEYS, f"<small>{KEYS.strip()}</small>\n")],
        [(KEYS, f"<ref>{KEYS.strip()}</ref>\n")],
        [(KEYS, ""), ("{{Provenance", f"{KEYS}\n{{{{Provenance")],
        [('<p class="resume', '<del><p class="resume')],
        [("| Récurrence = ", "|rence = ")],
        [("| Récurrence = ", "| ")],
        [("* '''Motif''' : plus", "* Motif : plus")],
        [(f"\n\n{BARROW}", ""), ("{{Prov", f"<blockquote>{BARROW}</blockquote>\n\n{{{{Prov")],
        [("== Résultats ==", "== Les résultats =="), ("du local", "du grenier")],
        [("== En détail ==\n", ""), ("dix ans", "douze ans")],
    ],
)
def test_the_file_keeps_what_still_stands_in_the_page(
    changes: list[tuple[str, str]], base: PublishedCorpus
) -> None:
    theirs = edited(base, *changes)

    carried = pulled(base, {ID: theirs})

    now = carried.files.get(FILE, SOURCE.encode()).decode()
    words = {word for word in SOURCE.split() if word in theirs}
    assert {word for word in words if word not in now} == set()
    assert carried.pages[0].left
