"""One table, laid out for a terminal, a browser and a wiki."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_growth import steps

from loosbot.trace.layout import waiting
from loosbot.trace.layout.tables import (
    Cell,
    Column,
    Table,
    day,
    names,
    number,
    rows,
    without_constant_columns,
    words,
)
from loosbot.trace.layout.typeset import WIDTH, spaced, to_html, to_text, wrapped
from loosbot.trace.observed import minutes
from loosbot.trace.reported import Minutes, Upkeep
from loosbot.trace.words import source
from loosbot.wikitext.blocks import long

TITLES = {"projet/banc": "Le banc", "projet/mare": "La mare", "projet/mur": "Le mur"}


def table(*lines: tuple[Cell, ...], notes: tuple[str, ...] = ()) -> Table:
    heads = ("Projet", "Date", "Voix", "Issue", "Quoi")
    return Table("t", "Les projets", "Trois projets", tuple(map(Column, heads)), rows(lines), notes)


THREE = table(
    (names("projet/banc"), day("2018-06"), number(2, "voix"), words("tenu"), Cell()),
    (names("projet/mare"), day("2019"), number(None), words("tenu"), Cell()),
    (names("projet/mur"), Cell(), number(0, "voix"), words("tenu"), Cell()),
)


def test_what_everybody_has_is_said_once_and_what_nobody_has_is_not_said() -> None:
    shown = without_constant_columns(THREE)
    assert [column.title for column in shown.columns] == ["Projet", "Date", "Voix"]
    assert shown.notes == ("Issue, pour tous : tenu.",)


def test_two_rows_that_agree_are_no_rule() -> None:
    two = table(*[row.cells for row in THREE.rows[:2]])
    assert "Issue" in [column.title for column in without_constant_columns(two).columns]


def test_an_unknown_number_is_nothing_and_a_zero_is_one() -> None:
    assert number(None, "voix") == Cell()
    assert number(0, "jour").text == "0 jour"


def test_a_terminal_shows_a_line_a_row() -> None:
    assert list(to_text(THREE, TITLES.__getitem__)) == [
        "- Le banc (date : juin 2018 ; voix : 2 voix)",
        "- La mare (date : 2019)",
        "- Le mur (voix : 0 voix)",
        "Issue, pour tous : tenu.",
    ]


def test_a_list_stands_under_its_row() -> None:
    items = Cell(under=(words("Livrer le bois"), words("Poser les vis avant la fête de la rue")))
    table = Table("t", "T", "T", (Column("Fiche"), Column("Quoi")), rows([(words("Banc"), items)]))
    assert list(to_text(table, str)) == [
        "- Banc",
        "  - Livrer le bois",
        "  - Poser les vis avant la fête de la rue",
    ]
    assert "<ul><li>Livrer le bois</li><li>Poser" in "".join(to_html(table, str))


@pytest.mark.parametrize(
    ("text", "shown"),
    [("<script>", "&lt;script&gt;"), ("l’eau & le feu", "l’eau &amp; le feu")],
)
def test_html_shows_what_was_typed(text: str, shown: str) -> None:
    hostile = table((words(text), words(text), words(text), words(text), words(text)))
    page = "".join(to_html(hostile, str))
    assert page.count(f">{shown}</t") == 5
    assert 'data-nom="Date"' in page


def test_a_table_of_one_column_is_a_list_behind_its_notes() -> None:
    table = Table(
        "t", "T", "T", (Column("Fiche", "record"),), rows([(names("projet/banc"),)]), ("N.",)
    )
    assert "".join(to_html(table, TITLES.__getitem__)) == "<p>N.</p><ul><li>Le banc</li></ul>"


def test_a_table_without_rows_is_its_sentence() -> None:
    assert list(to_html(table(notes=("Aucun.",)), str)) == ["<p>Aucun.</p>"]
    assert table().says_nothing


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("referentiel § 5.6.4.2", "Référentiel § 5.6.4.2"),
        ("referentiel n. 35", "Référentiel n. 35"),
        ("source/album", "Album"),
        # an id of several words is not a name: the title is
        ("note-carrot-mob § 2", "Note sur le Carrot’Mob § 2"),
        ("Un courrier de 2019", "Un courrier de 2019"),
    ],
)
def test_a_source_is_named_as_people_do(reference: str, expected: str) -> None:
    titles = {
        "source/referentiel": "Référentiel de l’implication citoyenne",
        "source/album": "L’album",
        "source/note-carrot-mob": "Note sur le Carrot’Mob",
    }
    assert source(reference, titles) == expected


def test_what_nobody_heard_of_is_a_list_and_the_oldest_news_come_first() -> None:
    def made(id_: str, news: str = "", state: str = "") -> Upkeep:
        return Upkeep(id_, "", state, news, None)

    entries = (
        made("projet/d"),
        made("projet/c", "2018-06"),
        made("projet/b", "après 2003"),
        made("projet/a", state="erode"),
    )
    assert [row.cells[0].record for row in waiting.kept(entries).rows] == [
        "projet/b", "projet/c", "projet/a",
    ]  # fmt: skip
    assert [row.cells[0].record for row in waiting.unheard(entries).rows] == ["projet/d"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("Un mot", "- Un mot"),
        ("a" * 58 + " b", "- " + "a" * 58 + "\n  b"),
        ("a " + "b" * 70 + " c", "- a\n  " + "b" * 70 + "\n  c"),
        # two spaces stay two within a line, and none begins one
        ("a  b " + "c" * 52 + "  d", "- a  b " + "c" * 52 + "\n  d"),
        ("a" * 54 + " 12 %", "- " + "a" * 54 + "\n  12 %"),
        ("Un\tmot\n", "- Un      mot"),
    ],
)
def test_lines_are_cut_between_words(text: str, shown: str) -> None:
    assert wrapped(text, "  ", "- ") == shown


_PIECES = [
    "mot",
    "l’un",
    "x" * 70,
    "x" * 56,
    "«",
    "»",
    ":",
    "%",
    "un-deux",
    "12\u00a0000",
    " ",
    "\t",
]


@given(st.lists(st.sampled_from(_PIECES)), st.sampled_from([" ", " ", "  ", ""]))
def test_a_line_is_cut_as_python_cuts_it(pieces: list[str], space: str) -> None:
    text = space.join(pieces)
    lines = textwrap.wrap(
        spaced(text),
        WIDTH,
        initial_indent="- ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    assert wrapped(text, "    ", "- ") == "\n".join(lines).replace("\u00a0", " ")


def test_a_meeting_is_not_looked_at_for_each_service() -> None:
    def cost(number: int) -> int:
        met = tuple(
            Minutes(f"reunion/{n}", "", "2019", "", 3, "2019-T1", f"Service {n}", "in-time")
            for n in range(number)
        )
        return steps(lambda: list(minutes.figures(met, 30)))

    cost(10)
    assert cost(400) < 10 * cost(50)


def test_of_a_long_table_only_the_beginning_is_counted() -> None:
    def cost(number: int) -> int:
        return steps(lambda: long([["un mot", "[[un lien|un autre]]"]] * number))

    assert long([["un mot"]] * 300) and not long([["un mot"]] * 100)
    # ten times the rows; how a first call is counted differs from one Python to another
    assert cost(20_000) < 3 * cost(2_000)


def test_what_comes_back_in_table_after_table_is_one_cell() -> None:
    assert names("projet/banc") is names("projet/banc")
    assert day("2018-06") is day("2018-06")
    assert names("projet/banc", under=[words("un mot")]).under == (words("un mot"),)
