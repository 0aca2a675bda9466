"""A pull takes no more than people wrote, and a second one adds nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_pull import bodies, corpus_of, numbered, published, pulled, tree_of

from loosbot.corpus.tree import FolderTree
from loosbot.pull.carry import carry_back
from loosbot.pull.edits import EditedPage, PullResult, WikiEdit, WikiEdits
from loosbot.pull.proof import PublishedCorpus

DEVICE = "fifty-fifty/chemins"
FILES = numbered(lambda n, _: f"la phrase numéro {n}")
TITLE = re.compile(r"^(?:=+ .+ =+|'''[^'\n]+''')\n", re.MULTILINE)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> PublishedCorpus:
    return published(tree_of(tmp_path_factory.mktemp("base"), FILES))


def edited(base: PublishedCorpus, id_: str, old: str, new: str) -> dict[str, str]:
    body = base.rendered[id_].body
    assert old in body
    return {id_: body.replace(old, new, 1)}


def again(base: PublishedCorpus, theirs: dict[str, str], folder: Path) -> PullResult:
    """The pull after one whose files were kept, from the same page of the wiki."""
    for path, data in pulled(base, theirs).files.items():
        (folder / path).write_bytes(data)
    event = (
        EditedPage(
            id_, base.titles[id_], (WikiEdit(7, "Camille", "", "", base.rendered[id_].body, body),)
        )
        for id_, body in theirs.items()
    )
    return carry_back(
        published(FolderTree(folder)), WikiEdits(tuple(event), (), ()), one_by_one=False
    )


@pytest.mark.parametrize("id_", [DEVICE, "recit/chantier", "reunion/soir", "projet/recherche"])
@pytest.mark.parametrize("put", ["", "<span>Bilan</span>\n", "rename", "level"])
def test_no_field_is_emptied_or_filled_because_a_title_is_gone(
    id_: str, put: str, base: PublishedCorpus
) -> None:
    """Of every title of a page: its words stand under another one, or under none."""
    body = base.rendered[id_].body
    titles = list(TITLE.finditer(body))
    assert len(titles) > 2
    for title in titles:
        other = {
            "rename": re.sub(r"(\w)", r"Bilan \1", title[0], count=1),
            "level": re.sub(r"^(=+)(.*?)=+$", r"=\1\2=\1", title[0], flags=re.MULTILINE),
        }.get(put, put)
        if other == title[0]:
            continue
        theirs = {id_: body[: title.start()] + other + body[title.end() :]}
        carried = pulled(base, theirs)
        assert [taken for page in carried.pages for taken in page.taken] == [], title[0]
        assert any(page.left for page in carried.pages), title[0]


def test_a_part_that_goes_with_its_title_is_deleted(base: PublishedCorpus) -> None:
    carried = pulled(base, edited(base, DEVICE, "== Résultats ==\n\n* la phrase numéro 45\n\n", ""))
    assert [(taken.label, taken.removed) for page in carried.pages for taken in page.taken] == [
        ("Résultats", True)
    ]


@pytest.mark.parametrize("id_", [DEVICE, "reunion/soir"])
def test_a_part_that_goes_leaves_the_others_in_their_order(id_: str, base: PublishedCorpus) -> None:
    body = base.rendered[id_].body
    parts = re.split(r"^(?===[^=])", body, flags=re.MULTILINE)
    assert len(parts) > 5
    for part in parts[1:-1]:
        [page] = pulled(base, {id_: body.replace(part, "")}).pages
        assert "Ordre des parties" not in {left.label for left in page.left}, part


def test_words_above_a_computed_table_are_told_with_a_row_that_changed(
    base: PublishedCorpus,
) -> None:
    body = base.rendered["index/sources"].body
    row = next(line for line in body.split("\n") if line.startswith("| "))

    [page] = pulled(base, {"index/sources": f"Un mot.\n\n{body.replace(row, row + '!')}"}).pages

    [left] = page.left
    assert (left.before, left.after) == (row, f"Un mot.\n{row}!")


def test_a_part_that_moved_is_told_by_the_titles_around_it(base: PublishedCorpus) -> None:
    body = base.rendered[DEVICE].body
    parts = re.split(r"^(?===[^=])", body, flags=re.MULTILINE)
    [n] = [n for n, part in enumerate(parts) if part.startswith("== Pourquoi ? ==")]
    parts[n - 2 : n + 1] = [parts[n], *parts[n - 2 : n]]

    [page] = pulled(base, {DEVICE: "".join(parts)}).pages

    [left] = [left for left in page.left if left.label == "Ordre des parties"]
    assert left.before == "Que s’est-il passé ? ; Les points de vue ; Pourquoi ?"
    assert left.after == "Pourquoi ? ; Que s’est-il passé ? ; Les points de vue"


def test_items_that_move_from_one_title_to_another_are_carried(base: PublishedCorpus) -> None:
    body = base.rendered[DEVICE].body
    item = "* la phrase numéro 45\n"
    body = body.replace(item, "").replace("== Questions ouvertes ==\n\n", f"\\g{item}")
    body = body.replace("\\g", "== Questions ouvertes ==\n\n")
    [page] = pulled(base, {DEVICE: body}).pages
    assert {taken.label for taken in page.taken} == {"Résultats", "Questions ouvertes"}


@pytest.mark.parametrize(
    ("old", "added"),
    [
        ("* la phrase numéro 45\n", "* Un ajout.\n* <span>ailleurs</span>\n"),
        ("* la phrase numéro 45\n", "* <span>ailleurs</span>\n* Un ajout.\n"),
        ("* la phrase numéro 45\n", "* Un ajout.\n* <span>ailleurs</span>\n* Un second ajout.\n"),
        ("la phrase numéro 65\n", "\nUn ajout.\n\n<div>ailleurs</div>\n"),
        ("la phrase numéro 65\n", "\n<div>ailleurs</div>\n\nUn ajout.\n"),
        # a row that a nested table joins to what cannot come back, and one that can
        ("| la phrase numéro 44\n", "{|\n| ailleurs\n|-\n| Un ajout.\n| 3\n|}\n"),
    ],
)
def test_what_came_back_beside_what_could_not_comes_back_once(
    old: str, added: str, base: PublishedCorpus, tmp_path: Path
) -> None:
    theirs = edited(base, DEVICE, old, old + added)
    tree_of(tmp_path, FILES)

    [page] = again(base, theirs, tmp_path).pages

    assert page.taken == []
    assert page.conflicts == []
    assert any("ailleurs" in left.after for left in page.left)
    shown = bodies(corpus_of(FolderTree(tmp_path)))[DEVICE]
    assert shown.count("Un ajout.") == 1


def test_a_voice_of_another_page_becomes_none_of_this_one(base: PublishedCorpus) -> None:
    theirs = edited(base, DEVICE, "| Récit = [[Le chantier vu de la mairie]]\n", "")

    carried = pulled(base, theirs)

    assert carried.files == {}
    assert "Voix 3" in {left.label for left in carried.pages[0].left}


def test_a_title_cut_in_two_is_not_taken_into_the_text_above_again_and_again(
    base: PublishedCorpus, tmp_path: Path
) -> None:
    title = "== Ce qui peut être amélioré =="
    theirs = edited(base, DEVICE, title, title.replace("être ", "être\n=== Titre ===\n\n"))
    tree_of(tmp_path, FILES)

    once = pulled(base, theirs)

    assert any(left.label == "Ce qui peut être amélioré" for left in once.pages[0].left)
    assert again(base, theirs, tmp_path).files == {}


@pytest.mark.parametrize("before", ["* ", "* '''Besoin''' : "])
def test_an_item_cut_in_two_by_a_new_line_stays_whole_in_its_file(
    before: str, base: PublishedCorpus
) -> None:
    """MediaWiki ends the list there, and shows the rest as a paragraph that no field holds."""
    theirs = edited(base, DEVICE, f"{before}la phrase ", f"{before}la phrase\n")

    carried = pulled(base, theirs)

    assert carried.files == {}
    assert any("numéro" in left.after for left in carried.pages[0].left)


@pytest.mark.parametrize(
    ("id_", "after", "where"),
    [
        (DEVICE, "|+ Visites", "Suivi"),
        ("recit/chantier", "{{Fiche récit", "Sous l’encadré"),
        ("page/accueil", "", "Haut de la page"),
    ],
)
def test_words_typed_on_the_other_side_of_what_a_field_stands_by_stay_there(
    id_: str, after: str, where: str, base: PublishedCorpus
) -> None:
    """Behind the table of visits, under the box of a récit, above the summary of a page."""
    body = base.rendered[id_].body
    end = re.compile(r"(?:\n</div>|\n\}\}|\A)\n*").search(body, body.index(after))
    assert end is not None
    added = f"{body[: end.end()]}Un mot de Paul.\n\n{body[end.end() :]}"

    carried = pulled(base, {id_: added})

    assert carried.files == {}
    [left] = carried.pages[0].left
    assert (left.label, left.after) == (where, "Un mot de Paul.")


@pytest.mark.parametrize("blank", ["", "\n", "\n \n\n"])
def test_a_title_comes_back_with_what_it_announces(
    blank: str, base: PublishedCorpus, tmp_path: Path
) -> None:
    """Blank lines under a title are typed by many, and show nothing."""
    old = "== Autour du récit ==\n\n"
    theirs = edited(base, "recit/chantier", old, f"{old}=== Un titre ===\n{blank}Un ajout.\n\n")
    tree_of(tmp_path, FILES)

    assert pulled(base, theirs).complete
    assert again(base, theirs, tmp_path).files == {}
    assert (
        "=== Un titre ===\nUn ajout.\n\n"
        in bodies(corpus_of(FolderTree(tmp_path)))["recit/chantier"]
    )


def test_a_title_that_somebody_wrote_is_named_beside_what_waits(base: PublishedCorpus) -> None:
    body = base.rendered[DEVICE].body
    theirs = body.replace("* la phrase numéro 45\n", "* <span>ailleurs</span>\n")
    theirs = theirs.replace("== Questions ouvertes ==", "== Les questions de Paul ==")

    [page] = pulled(base, {DEVICE: theirs}).pages

    assert any("ailleurs" in left.after for left in page.left)
    assert any("Les questions de Paul" in left.after for left in page.left)


def test_a_title_waits_with_what_it_announces(base: PublishedCorpus) -> None:
    old = "== Autour du récit ==\n\n"
    added = "=== Un titre ===\n\n<div>ailleurs</div>\n\n"

    carried = pulled(base, edited(base, "recit/chantier", old, old + added))

    assert carried.files == {}
    assert [left.after for left in carried.pages[0].left] == [added.strip()]


def test_a_change_that_says_nothing_is_told_where_it_is(
    base: PublishedCorpus, tmp_path: Path
) -> None:
    """Sync leaves such a page to a person, and pull said that nobody had changed it."""
    page = "pages/accueil.md"
    tree = tree_of(tmp_path, {**FILES, page: f"{FILES[page].rstrip()}\n\nLa fin.\n"})
    theirs = edited(last := published(tree), "page/accueil", "La fin.\n\n", "La fin.\n\n* \n\n")

    carried = pulled(last, theirs)

    assert carried.files == {}
    assert [(left.label, left.after) for left in carried.pages[0].left] == [
        ("Texte de la page", "* ")
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "* la phrase numéro 50 {{Statut|déduit}}",
            "* la phrase numéro 50 {{Statut|déduit}} ou non",
        ),
        ("|titre=Le référentiel}}\n|}", "|titre=Le référentiel}}, dit-on\n|}"),
        ("{{Statut|déduit}} {{Source|", "{{Statut|déduit}} ou non {{Source|"),
    ],
)
def test_words_behind_a_source_are_not_put_under_it(
    old: str, new: str, base: PublishedCorpus
) -> None:
    carried = pulled(base, edited(base, DEVICE, old, new))

    assert carried.files == {}
    assert "que la fiche garde à la fin" in carried.pages[0].left[0].reason


def test_what_replaced_an_item_beside_what_could_not_is_no_conflict(
    base: PublishedCorpus, tmp_path: Path
) -> None:
    theirs = edited(
        base, DEVICE, "* la phrase numéro 45\n", "* Autre chose.\n* <span>ailleurs</span>\n"
    )
    tree_of(tmp_path, FILES)

    [page] = again(base, theirs, tmp_path).pages

    assert (page.taken, page.conflicts) == ([], [])


@pytest.mark.parametrize("between", ["\nUn paragraphe.\n", "Un paragraphe.\n", "| Une case.\n"])
def test_a_paragraph_under_a_list_is_no_part_of_its_last_item(
    between: str, base: PublishedCorpus
) -> None:
    item = "* la phrase numéro 45\n"
    [page] = pulled(base, edited(base, DEVICE, item, f"{item}{between}* Un ajout.\n")).pages
    assert [taken.after for taken in page.taken] == ["Un ajout."]
    assert [left.after for left in page.left] == [between.strip()]


def test_an_italic_behind_an_elision_hides_no_box(tmp_path: Path) -> None:
    """``l'''eau''`` is an apostrophe and an italic, and ends with its line."""
    record = (
        "type: recit\ntitre: La mare\nannee: 2018\nvoix:\n- qui: Ada E.\n  role: habitant\n"
        "  consentement: {etat: public}\n  texte: L’eau de la mare.\neffets: [fierte]\n"
    )
    base = published(tree_of(tmp_path, {"narratives/recit/mare.yaml": record}))
    body = base.rendered["recit/mare"].body
    assert body.index("L’eau") < body.index("{{Fiche") < body.rindex("'''")

    carried = pulled(base, {"recit/mare": body.replace("L’eau", "''Ici'', l'''eau''")})

    assert carried.pages[0].left == []
    assert b"*Ici*, l'*eau* de la mare." in carried.files["narratives/recit/mare.yaml"]
