"""Edit after edit, as ``pull --branch`` takes them, names what the page still holds at the end."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from test_pull import published, tree_of

from loosbot.pull.carry import carry_back
from loosbot.pull.edits import EditedPage, PullResult, RenamedPage, WikiEdit, WikiEdits
from loosbot.pull.proof import PublishedCorpus

ID = "projet/jardin"
FILE = "narratives/projet/jardin.yaml"
SOURCE = """\
type: projet
titre: Le jardin
annee: 2018
texte: |
  Une friche.

  Fin.
resultats:
- Le banc sert.
"""
GALLERY = ("Fin.", "Fin. <gallery>Fichier:a.jpg</gallery>")
NO_GALLERY = (GALLERY[1], "Fin.")
END = ("Fin.", "Fin du tout.")
BOLD = ("* Le banc sert.", "* Le '''banc''' sert.")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> PublishedCorpus:
    return published(tree_of(tmp_path_factory.mktemp("base"), {FILE: SOURCE}))


def taken(
    base: PublishedCorpus, bodies: Sequence[str], renamed: Sequence[RenamedPage] = ()
) -> PullResult:
    """Carry what leads from our page to each of these bodies, one after the other."""
    edits = tuple(
        WikiEdit(number, "Camille", "", "", before, after)
        for number, (before, after) in enumerate(pairwise((base.rendered[ID].body, *bodies)), 7)
    )
    gathered = WikiEdits((EditedPage(ID, base.titles[ID], edits),), tuple(renamed), ())
    return carry_back(base, gathered, one_by_one=True)


def typed(base: PublishedCorpus, *steps: tuple[str, str]) -> list[str]:
    bodies = [base.rendered[ID].body]
    for old, new in steps:
        assert bodies[-1].count(old) == 1
        bodies.append(bodies[-1].replace(old, new))
    return bodies[1:]


def test_what_a_later_edit_mended_is_not_said_to_be_on_the_wiki(base: PublishedCorpus) -> None:
    carried = taken(base, typed(base, GALLERY, NO_GALLERY, END))

    assert carried.complete
    assert carried.files[FILE].decode() == SOURCE.replace("Fin.", "Fin du tout.")


def test_what_nobody_mended_is_named_beside_it(base: PublishedCorpus) -> None:
    carried = taken(base, typed(base, GALLERY, BOLD, NO_GALLERY, END))

    assert [left.label for left in carried.pages[0].left] == ["Résultats"]
    assert carried.files[FILE].decode() == SOURCE.replace("Fin.", "Fin du tout.")


def test_a_page_that_was_emptied_and_put_back_has_nothing_left(base: PublishedCorpus) -> None:
    [mended] = typed(base, END)

    carried = taken(base, ["", base.rendered[ID].body, mended])

    assert carried.complete
    assert carried.files[FILE].decode() == SOURCE.replace("Fin.", "Fin du tout.")


def test_a_title_that_no_file_takes_stays_named(base: PublishedCorpus) -> None:
    renamed = RenamedPage(ID, "Aide:Le jardin", "Camille", "", "Aide")

    for steps in ((GALLERY, NO_GALLERY), (GALLERY, BOLD, NO_GALLERY)):
        carried = taken(base, typed(base, *steps), [renamed])

        assert "Titre" in [left.label for left in carried.pages[0].left]


@pytest.mark.parametrize(
    ("steps", "change"),
    [
        ((GALLERY, (GALLERY[1], "Fin du tout.")), ("Fin.", "Fin du tout.")),
        ((BOLD, (BOLD[1], "* Le banc resservira.")), ("banc sert", "banc resservira")),
        (
            (BOLD, ("* Le '''banc'''", "* Le '''grand''' ''banc''"), END),
            ("Fin.", "Fin du tout."),
        ),
    ],
)
def test_an_edit_goes_on_from_one_that_no_file_could_take(
    base: PublishedCorpus, steps: tuple[tuple[str, str], ...], change: tuple[str, str]
) -> None:
    carried = taken(base, typed(base, *steps))

    assert carried.files[FILE].decode() == SOURCE.replace(*change)
    assert [page.conflicts for page in carried.pages] == [[]]
    assert carried.complete is (len(steps) == 2)


def test_what_was_emptied_and_written_again_is_no_conflict(base: PublishedCorpus) -> None:
    [mended] = typed(base, END)

    carried = taken(base, ["", mended])

    assert carried.complete
    assert carried.files[FILE].decode() == SOURCE.replace(*END)


def test_what_changed_in_git_too_stays_a_conflict(tmp_path: Path) -> None:
    base = published(tree_of(tmp_path / "before", {FILE: SOURCE}))
    now = published(tree_of(tmp_path / "now", {FILE: SOURCE.replace("Fin.", "Fin de tout.")}))
    before, *after = (base.rendered[ID].body, *typed(base, GALLERY, (GALLERY[1], "Fini.")))
    edits = tuple(
        WikiEdit(number, "Camille", "", "", *sides)
        for number, sides in enumerate(pairwise((before, *after)), 7)
    )

    carried = carry_back(
        now, WikiEdits((EditedPage(ID, now.titles[ID], edits),), (), ()), one_by_one=True
    )

    assert carried.files == {}
    assert carried.pages[0].conflicts


@pytest.mark.parametrize(
    ("key", "words"), [("resume", "Une friche."), ("texte", "Une friche."), ("annee", "2018")]
)
def test_a_field_that_changed_on_both_sides_is_told_once(
    key: str, words: str, tmp_path: Path
) -> None:
    source = f"type: projet\ntitre: Banc\n{key}: {words}\n"
    in_git, on_wiki = ("2016", "2017") if key == "annee" else ("Une vigne.", "Un pré.")
    base = published(tree_of(tmp_path / "before", {FILE: source}))
    now = published(tree_of(tmp_path / "now", {FILE: source.replace(words, in_git)}))
    body = base.rendered[ID].body
    edit = WikiEdit(7, "Camille", "", "", body, body.replace(words, on_wiki, 1))

    carried = carry_back(
        now, WikiEdits((EditedPage(ID, now.titles[ID], (edit,)),), (), ()), one_by_one=False
    )

    (page,) = carried.pages
    assert [(conflict.wiki, conflict.file) for conflict in page.conflicts] == [(on_wiki, in_git)]
    assert page.left == []
