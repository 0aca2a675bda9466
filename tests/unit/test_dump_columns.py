"""The tables of a dump are written column by column: the same bytes as cell by cell."""

from __future__ import annotations

import pytest

from loosbot.dump.formats.csvfiles import encoded
from loosbot.dump.formats.spreadsheet import written
from loosbot.dump.tables.fields import Cell

Rows = list[tuple[Cell, ...]]


@pytest.mark.parametrize(
    ("rows", "csv"),
    [
        pytest.param([], "", id="no row"),
        pytest.param([("a", "b")], '"a","b"\n', id="texts"),
        pytest.param([("a", None), ("é", "b")], '"a",\n"é","b"\n', id="nothing"),
        pytest.param([("a", None), ("b", None)], '"a",\n"b",\n', id="an empty column"),
        pytest.param([(None, None)], ",\n", id="an empty row"),
        pytest.param([("", "b")], ',"b"\n', id="a text without a sign is nothing"),
        pytest.param([("a", 0), ("b", None), ("c", 12)], '"a",0\n"b",\n"c",12\n', id="numbers"),
        pytest.param([("a", 2.0), ("b", 2.5)], '"a",2\n"b",2.5\n', id="decimals"),
        pytest.param([("a", 2), ("b", "2")], '"a",2\n"b","2"\n', id="a number and a text"),
        pytest.param([('dit "oui"', "b")], '"dit ""oui""","b"\n', id="quotes"),
        pytest.param([("a\nb", "=1+1")], '"a\nb","=1+1"\n', id="lines and formulas"),
        pytest.param([("a\x1fb", "c"), ("d", "e")], '"a\x1fb","c"\n"d","e"\n', id="our own sign"),
    ],
)
def test_rows_as_csv(rows: Rows, csv: str) -> None:
    assert encoded(("x", "y"), rows).decode() == f"x,y\n{csv}"


def test_days_have_no_quotes_in_csv() -> None:
    rows: Rows = [("a", "2024-01-31"), ("b", None)]
    assert encoded(("x", "y"), rows, bare={1}) == b'x,y\n"a",2024-01-31\n"b",\n'


def test_many_rows_keep_their_order() -> None:
    rows: Rows = [(str(rank), rank) for rank in range(2000)]
    assert encoded(("x", "y"), rows).decode().splitlines()[1:] == [
        f'"{n}",{n}' for n in range(2000)
    ]


TEXT = '<table:table-cell table:style-name="mots" office:value-type="string">'
DAY = '<table:table-cell table:style-name="jour" office:value-type="date" office:date-value='
NUMBER = '<table:table-cell table:style-name="nombre" office:value-type="float" office:value='
END = "</table:table-cell>"


def _gap(count: int) -> str:
    return f'<table:table-cell table:number-columns-repeated="{count}"/>'


@pytest.mark.parametrize(
    ("cells", "row"),
    [
        pytest.param(("a",), f"{TEXT}<text:p>a</text:p>{END}", id="a text"),
        pytest.param((None, None), "", id="nothing at the end is not written"),
        pytest.param(
            (None, "", "a"), f"{_gap(2)}{TEXT}<text:p>a</text:p>{END}", id="nothing before"
        ),
        pytest.param(
            ("a & b",), f"{TEXT}<text:p>a &amp; b</text:p>{END}", id="a sign of the format"
        ),
        pytest.param(("a\nb",), f"{TEXT}<text:p>a</text:p><text:p>b</text:p>{END}", id="two lines"),
        pytest.param((" a",), f"{TEXT}<text:p><text:s/>a</text:p>{END}", id="a blank first"),
        pytest.param(
            (None, None, None, "2024-01-31"),
            f'{_gap(3)}{DAY}"2024-01-31"><text:p>2024-01-31</text:p>{END}',
            id="a day",
        ),
        pytest.param(
            (None, None, None, None, 0), f'{_gap(4)}{NUMBER}"0"><text:p>0</text:p>{END}', id="zero"
        ),
    ],
)
@pytest.mark.parametrize("beside", [None, "texte"])
def test_a_row_of_the_workbook(cells: tuple[Cell, ...], row: str, beside: str | None) -> None:
    """A row is the same whatever stands in the rows written with it."""
    styles = ["mots", "mots", "mots", "jour", "nombre"]
    whole = (*cells, *[None] * (5 - len(cells)))
    other = (beside, beside, None, None, 7)
    begin, end = "<table:table-row>", "</table:table-row>"
    lines = written([whole, other, whole], styles).decode().split(end)
    assert lines[0] == lines[2] == begin + row


def test_many_empty_cells_are_told_a_few_at_a_time() -> None:
    """ezodf 0.3.2 reads 32 cells that are told by one number as one cell."""
    row = written([(*[None] * 70, "a")], ["mots"] * 71).decode()
    assert row == (
        f"<table:table-row>{_gap(31)}{_gap(31)}{_gap(8)}{TEXT}<text:p>a</text:p>{END}"
        "</table:table-row>"
    )
