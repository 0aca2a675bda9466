"""Not one word lost: whatever people write between the markers is carried back or named."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from fuzz.edits import drawn
from fuzz.silent import Town, town, verdict
from test_pull import numbered, published, pulled, tree_of

from loosbot.decode.frame import outstanding, read_page
from loosbot.decode.regions import ROW_GONE
from loosbot.pull.carry import carry_back
from loosbot.pull.edits import EditedPage, PullResult, WikiEdit, WikiEdits
from loosbot.pull.proof import PublishedCorpus, site_with
from loosbot.pull.report import PullReport, as_text
from loosbot.pull.step import WHOLE_PAGE

DEVICE = "fifty-fifty/chemins"
PORTAL = "page/accueil"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> PublishedCorpus:
    tree = tree_of(tmp_path_factory.mktemp("base"), numbered(lambda n, _: f"texte {n}"))
    return published(tree)


def body(base: PublishedCorpus, id_: str = DEVICE) -> str:
    return base.rendered[id_].body


def changed(base: PublishedCorpus, old: str, new: str) -> str:
    """The body of a page after one edit; ``old`` must stand in it."""
    assert old in body(base), old
    return body(base).replace(old, new, 1)


def left_of(carried: PullResult) -> list[tuple[str, str, str]]:
    [page] = carried.pages
    assert carried.files == {}
    return [(left.label, left.after, left.reason) for left in page.left]


WORD = "'''[[Mots des fiches#Effets|Coût réduit]]'''"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "label"),
    [
        pytest.param(f"* {WORD}", f"Un mot du maire.\n\n* {WORD}", "Effets",
                     id="a paragraph above a list of words"),
        pytest.param("! scope=\"col\" | Combien", "! scope=\"col\" | Combien (TTC)",
                     "Coûts et chiffres", id="the header of a table"),
        pytest.param("! scope=\"col\" | S’engage à", "! scope=\"col\" | S’engage à (dit Paul)",
                     "Qui apporte quoi", id="the header of a table of promises"),
        pytest.param("|+ Coûts", "|+ Coûts de 2019", "Coûts et chiffres", id="a caption"),
        pytest.param('aria-label="&#67;oûts"', 'aria-label="Coûts vus"', "Coûts et chiffres",
                     id="an attribute"),
        pytest.param("| Taille = Lourd", "| Taille = 12 ha\n| Taille = Lourd", "Haut de la page",
                     id="a second parameter of one name"),
        pytest.param("| Taille = Lourd", "| Taille = Lourd\n| une note\n", "Haut de la page",
                     id="a positional parameter"),
        pytest.param("| Taille = Lourd", "| Taille = Lourd\n| Humeur = bonne", "Haut de la page",
                     id="a parameter that the box does not have"),
        pytest.param("[[Catégorie:Fiches loosbot", "[[Catégorie:Mes chemins]]\n"
                     "[[Catégorie:Fiches loosbot", None, id="a category"),
        pytest.param("== Effets ==", "<!-- Paul : à revoir -->\n== Effets ==", None,
                     id="a comment between two sections"),
    ],
)  # fmt: skip
def test_what_stands_beside_the_fields_is_named_with_its_wikitext(
    old: str, new: str, label: str | None, base: PublishedCorpus
) -> None:
    carried = pulled(base, {DEVICE: changed(base, old, new)})

    left = left_of(carried)
    assert label is None or label in {where for where, _, _ in left}
    shown = "\n".join(after for _, after, _ in left)
    assert all(line in shown for line in new.split("\n") if line not in old)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(WORD, "'''[[Accueil|Coût réduit]]'''", id="link of a word"),
        pytest.param("titre=Le référentiel", "titre=Le document perdu", id="title of a source"),
        pytest.param("{{Source|referentiel|passage=§ 2", "{{Source|referentiel|lu|passage=§ 2",
                     id="positional parameter of a source"),
        pytest.param("{{Statut|déduit}}", "{{Statut|déduit|par Paul}}", id="parameter of a status"),
        pytest.param("{{Statut|déduit}}", "{{Statut|déduit}} {{Statut|estimé}}", id="two statuses"),
        pytest.param("[[Le grand champ]]", "[[Le grand champ|la prairie]]", id="label of a link"),
        pytest.param("[[Le grand champ]]", "[[Le grand champ#Hier]]", id="section of a link"),
        pytest.param("[[Le grand champ]]", "[[le grand champ]]", id="capital of a link"),
        pytest.param("| texte 38", "! texte 38", id="sign of a cell"),
        pytest.param("| Statut = En cours {{Statut|déduit}} {{Source|referentiel|passage=§ 2|titre="
                     "Le référentiel}}", "| Statut = En cours {{Source|referentiel|passage=§ 2|"
                     "titre=Le référentiel}} {{Statut|déduit}}", id="order of two boxes"),
        pytest.param('! scope="row" style="text-align:left" | texte',
                     '! scope="row" style="color:red" | texte', id="attribute of a cell"),
    ],
)  # fmt: skip
def test_words_in_a_line_that_its_field_cannot_hold_are_named(
    old: str, new: str, base: PublishedCorpus
) -> None:
    carried = pulled(base, {DEVICE: changed(base, old, new)})

    assert len(left_of(carried)) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("\n\n== Effets ==", "\n\n\n== Effets ==", id="blank lines"),
        pytest.param("== Effets ==", "==Effets==", id="blanks in a title"),
        pytest.param(f"* {WORD}", f"*{WORD}", id="blank behind a bullet"),
        pytest.param("| Taille = Lourd", "|  Taille=Lourd ", id="blanks of a parameter"),
        pytest.param("| Taille = Lourd\n", "", id="order of parameters"),
        pytest.param("</div>", "</div>  ", id="blanks at the end of a line"),
        pytest.param("<br>", "<br />", id="line break"),
    ],
)  # fmt: skip
def test_what_mediawiki_shows_alike_is_no_change(old: str, new: str, base: PublishedCorpus) -> None:
    id_, text = DEVICE, body(base)
    if old == "<br>":
        id_, text = "indicateur", '== Un tableau ==\n{| class="x"\n! a<br>b\n|}\n'
    names = site_with(base, base.corpus).names
    if "Taille" in old and not new:
        moved = text.replace(old, "").replace(
            "{{Fiche fifty-fifty\n", "{{Fiche fifty-fifty\n" + old
        )
    else:
        assert old in text
        moved = text.replace(old, new, 1)
    before, after = (read_page(id_, side, names) for side in (text, moved))
    assert moved != text
    assert outstanding(before, after, before, names) == ([], [])


def test_a_parameter_that_its_field_refuses_is_named_once(base: PublishedCorpus) -> None:
    typed = changed(base, "| Récurrence = texte 2\n", "| Récurrence = [[Ailleurs]]\n")
    added = typed.replace("| Objet = texte 19\n", "| Objet = texte 19\n| Document = ailleurs\n")

    left = left_of(pulled(base, {DEVICE: added}))

    assert sorted(label for label, _, _ in left) == [
        "Convention : Document",
        "Fiche fifty-fifty : Récurrence",
    ]


def test_a_box_that_was_moved_out_or_deleted_empties_no_file(base: PublishedCorpus) -> None:
    text = body(base)
    start, end = (
        text.index("{{Fiche fifty-fifty"),
        text.index("}}\n", text.index("| Sources =")) + 3,
    )
    carried = pulled(base, {DEVICE: text[:start] + text[end:]})

    assert carried.files == {}
    [page] = carried.pages
    assert [left.reason in WHOLE_PAGE for left in page.left] == [True]


def test_a_stage_that_is_gone_keeps_its_fields_and_the_rest_comes_back(
    base: PublishedCorpus,
) -> None:
    text = changed(base, "* texte", "* autre")
    row = '|-\n! scope="row" style="text-align:left" | {}\n'
    start, end = (text.index(row.format(stage)) for stage in ("Diagnostic", "Convention"))
    carried = pulled(base, {DEVICE: text[:start] + text[end:]})

    [page] = carried.pages
    assert not any(change.removed for change in page.taken) and len(carried.files) == 1
    assert ROW_GONE in [left.reason for left in page.left]


def test_a_field_that_is_gone_is_said_to_be_deleted(base: PublishedCorpus) -> None:
    carried = pulled(base, {DEVICE: changed(base, "| Taille = Lourd\n", "")})

    [taken] = carried.pages[0].taken
    assert taken.removed
    [data] = carried.files.values()
    assert b"taille:" not in data
    lines = list(as_text(PullReport(carried, dry=False), {}))
    assert "    supprimé : Fiche fifty-fifty : Taille" in lines
    assert not any("repris" in line for line in lines)


def test_most_of_a_record_gone_is_carried_nowhere(base: PublishedCorpus) -> None:
    text = body(base)
    carried = pulled(base, {DEVICE: text[: text.index("== Le fil du projet ==")]})

    assert carried.files == {}
    assert [left.reason in WHOLE_PAGE for left in carried.pages[0].left] == [True]


def several(base: PublishedCorpus, id_: str, *bodies: str) -> PullResult:
    """What pull makes of several edits, one after the other; the first is our own text."""
    edits = tuple(
        WikiEdit(n, "Camille", f"2026-01-0{n}T00:00:00Z", "", before, after)
        for n, (before, after) in enumerate(itertools.pairwise(bodies), 1)
    )
    page = EditedPage(id_, base.titles[id_], edits)
    return carry_back(base, WikiEdits((page,), (), ()), one_by_one=False)


@pytest.mark.slow
def test_a_field_that_pull_wrote_is_the_base_of_its_next_edit(
    base: PublishedCorpus, tmp_path: Path
) -> None:
    ours = body(base)
    first = ours.replace("texte 0", "un premier mot").replace(
        "== Effets ==", "== Effets ==\nHein ?"
    )
    done = several(base, DEVICE, ours, first)
    files = dict(base.tree.read(entry.path for entry in base.tree.entries()))
    texts = {path: data.decode() for path, data in (files | done.files).items()}
    now = published(tree_of(tmp_path, texts))
    second = first.replace("un premier mot", "un second mot")

    again = several(now, DEVICE, ours, first, second)

    [page] = again.pages
    assert page.conflicts == []
    assert "un second mot" in b"".join(again.files.values()).decode()
    assert [left.after for left in page.left] == ["Hein ?"]


def test_a_page_of_prose_comes_back_paragraph_by_paragraph(base: PublishedCorpus) -> None:
    text = body(base, PORTAL)
    first = text[: text.index("\n\nLire")].rpartition("\n")[2]
    edited = text.replace(first, "Un autre mot").replace(
        "Lire [[", "Signé [[Utilisateur:Camille]].\n\nLire bien [["
    )
    assert edited.count("Un autre mot") == 1

    carried = pulled(base, {PORTAL: edited})

    [data] = carried.files.values()
    assert "Un autre mot" in data.decode()
    [left] = carried.pages[0].left
    assert "Utilisateur:Camille" in left.after


BEGIN = "<!-- Ce qui suit est calculé à partir des fiches : corrigez les fiches elles-mêmes. -->\n"
END = "<!-- Fin de ce qui est calculé. -->"


@pytest.mark.parametrize("gone", [(BEGIN,), (END,), (BEGIN, END), ("calculé à partir",)])
def test_what_is_computed_is_not_prose_when_its_mark_is_gone(
    gone: tuple[str, ...], base: PublishedCorpus
) -> None:
    text = body(base, PORTAL)
    for mark in gone:
        assert mark in text
        text = text.replace(mark, "", 1)
    edited = text.replace("Lire [[", "Lire bien [[")

    carried = pulled(base, {PORTAL: edited})

    [data] = carried.files.values()
    assert "Lire bien" in data.decode()
    assert "Passer le relais" not in data.decode()
    assert any("Passer le relais" in left.before + left.after for left in carried.pages[0].left)


@pytest.fixture(scope="module")
def shown() -> Town:
    return town()


@pytest.mark.parametrize("edits", [15, pytest.param(300, marks=pytest.mark.slow)])
def test_no_edit_of_the_published_corpus_is_silent(edits: int, shown: Town) -> None:
    silent = [
        (edited.kind, edited.id, edited.place)
        for edited in drawn(shown.bodies, edits, seed=12)
        if verdict(edited, shown) == "silent"
    ]
    assert silent == []
