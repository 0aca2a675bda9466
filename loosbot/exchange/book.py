"""A workbook independent of its file format: cells, and the lists to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from loosbot.corpus.french import counted
from loosbot.corpus.types import TYPES
from loosbot.corpus.wording import quoted
from loosbot.errors import UserError
from loosbot.exchange.received import (
    LONGEST_CELL,
    MOST_CELLS,
    MOST_ROWS,
    Cell,
    Leftover,
    Line,
    ReceivedSheet,
    ReceivedWorkbook,
)
from loosbot.exchange.sheets import RANK, Column
from loosbot.exchange.table import Table
from loosbot.fields.vocabulary import STATES
from loosbot.frozen import dataclass

COMMIT_NAME = "loosbot-version"
LISTS = "Listes"
FIRST = 3
"""The first row below the keys, which are hidden, and the headers."""
_LONGEST_NAME = 31
_WIDE = {"text": 60, "plain": 40, "lines": 40, "line": 30, "links": 32, "references": 32}
_USUAL_WIDTH = 18


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet. ``keys`` are hidden above ``titles``; its own ``key`` stands before them.

    ``widths`` are in characters, 0 for a hidden column; ``choices`` tell for each column which
    list of the book it chooses from, and how long that is.
    """

    key: str
    name: str
    keys: tuple[str, ...]
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    choices: tuple[tuple[int, int] | None, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """All sheets, the lists that they choose from, and the commit that they come from."""

    title: str
    commit: str
    pages: tuple[Page, ...]
    lists: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as a reader finds it: rows with their number, cells from column A on.

    ``covered`` are the cells (``D4``) that are merged into another one.
    """

    name: str
    rows: Iterator[tuple[int, list[Cell]]]
    covered: frozenset[str] = frozenset()
    left: tuple[Leftover, ...] = ()


def book(tables: Sequence[Table], commit: str) -> Book:
    """The workbook of a type. Raises UserError for a text that no cell holds."""
    lists: dict[tuple[str, ...], int] = {}
    taken: set[str] = {LISTS.casefold()}
    pages = tuple(_page(table, lists, taken) for table in tables)
    return Book(tables[0].sheet.title, commit, pages, tuple(lists))


def _page(table: Table, lists: dict[tuple[str, ...], int], taken: set[str]) -> Page:
    sheet = table.sheet
    ranked = bool(sheet.chain)
    rows = []
    for row in table.rows:
        cells = [row.cells[column.key] for column in sheet.columns]
        for column, text in zip(sheet.columns, cells, strict=True):
            _require_short(row.id, column, text)
        rank = (".".join(map(str, row.ranks)),) if ranked else ()
        rows.append((row.id, *rank, *cells))
    used = [
        any(row[index] for row in rows)
        for index in range(1 + ranked, 1 + ranked + len(sheet.columns))
    ]
    # a detail column that no record fills is hidden (width 0), and can still be filled in
    widths = [
        (
            _WIDE.get(column.field.kind, _USUAL_WIDTH)
            if filled or not (column.detail or column.state)
            else 0
        )
        for column, filled in zip(sheet.columns, used, strict=True)
    ]
    choices = [_choice(column, lists) for column in sheet.columns]
    head = (sheet.owner, RANK) if ranked else (sheet.owner,)
    return Page(
        key=sheet.key,
        name=_name(sheet.title, taken),
        keys=(*head, *(column.key for column in sheet.columns)),
        titles=(
            *(("Fiche", "Rang") if ranked else ("Fiche",)),
            *(column.title for column in sheet.columns),
        ),
        rows=tuple(rows),
        widths=(30, *((8,) if ranked else ()), *widths),
        choices=(*(None for _ in head), *choices),
    )


def _require_short(id_: str, column: Column, text: str) -> None:
    if len(text) > LONGEST_CELL:
        raise UserError(
            f"{id_} : « {column.title} » a {len(text)} caractères, et une case de tableur en tient "
            f"{LONGEST_CELL} : il serait coupé.",
            "Exportez en CSV (--format csv), ou laissez ce texte à son fichier.",
        )


def _choice(column: Column, lists: dict[tuple[str, ...], int]) -> tuple[int, int] | None:
    field = column.field
    states = tuple(STATES) if field.states else ()
    if column.state:
        words: tuple[str, ...] = states
    elif field.kind in ("choice", "flag"):
        words = (*(word.title for word in field.words), *states)
    else:
        return None
    return lists.setdefault(words, len(lists)), len(words)


def _name(title: str, taken: set[str]) -> str:
    """A name that every program takes: short, one of a kind, without their own signs."""
    plain = "".join("-" if sign in r"[]:*?/\'" else sign for sign in title)
    name = plain[:_LONGEST_NAME].strip()
    number = 2
    while name.casefold() in taken:
        ending = f" {number}"
        name, number = plain[: _LONGEST_NAME - len(ending)].strip() + ending, number + 1
    taken.add(name.casefold())
    return name


def received(version: str, raw: Iterator[RawSheet]) -> ReceivedWorkbook:
    """A workbook as it came back. Raises UserError for one that no export wrote, or too large."""
    commit, type_, left = version, "", MOST_CELLS
    sheets: list[ReceivedSheet] = []
    strangers: list[str] = []
    for sheet in raw:
        rows: list[tuple[int, list[Cell]]] = []
        for number, cells in sheet.rows:
            left -= len(cells)
            if left < 0 or number > MOST_ROWS:
                raise UserError("Ce tableau est trop grand pour venir d’une exportation.")
            rows.append((number, cells))
        if rows and rows[0][1][0].text == COMMIT_NAME:
            commit = commit or (rows[0][1][1].text if len(rows[0][1]) > 1 else "")
            continue
        key = rows[0][1][0].text if rows else ""
        name = key.partition(":")[0]
        if name not in TYPES:
            strangers.append(sheet.name)
            continue
        type_ = type_ or name
        sheets.append(_sheet(key, sheet, rows))
    if not sheets:
        raise UserError(
            "Ce fichier ne vient pas de « loosbot export » : aucune feuille n’a sa première ligne, "
            "qui est cachée.",
            "Exportez d’abord : loosbot export TYPE, puis remplissez ce fichier-là.",
        )
    return ReceivedWorkbook(type_, "" if commit == "-" else commit, tuple(sheets), tuple(strangers))


def letters(number: int) -> str:
    """The name of a column, from 1: A, Z, AA."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _sheet(key: str, raw: RawSheet, rows: list[tuple[int, list[Cell]]]) -> ReceivedSheet:
    (_, head), *rest = rows
    keys = [cell.text for cell in head]
    # a column that somebody copied: the first is the one that was exported
    again = {rank for rank, name in enumerate(keys) if rank and name and name in keys[1:rank]}
    lines = []
    beside: dict[int, list[Cell]] = {}
    for number, cells in rest:
        if number < FIRST:
            continue
        # readers drop empty cells at the end of a row, also those that somebody cleared
        empty = (
            Cell("", "text", f"{letters(rank)}{number}")
            for rank in range(len(cells) + 1, len(keys) + 1)
        )
        named: dict[str, Cell] = {}
        for rank, cell in enumerate((*cells, *empty)):
            if rank and rank < len(keys) and keys[rank] and rank not in again:
                merged = cell.where in raw.covered
                named[keys[rank]] = Cell(cell.text, "covered", cell.where) if merged else cell
            elif cell.text:
                beside.setdefault(rank, []).append(cell)
        if any(cell.text for cell in named.values()):
            lines.append(Line(named, str(number)))
            for rank in again & beside.keys():
                # a copy that says the same says nothing of its own
                first = named[keys[rank]].text
                last, where = beside[rank][-1], f"{letters(rank + 1)}{number}"
                if (last.where, last.text) == (where, first):
                    beside[rank].pop()
    left = (*raw.left, *_columns(beside))
    names = tuple(dict.fromkeys(name for name in keys[1:] if name))
    return ReceivedSheet(key, raw.name, names, tuple(lines), left)


def _columns(beside: Mapping[int, Sequence[Cell]]) -> Iterator[Leftover]:
    """The columns that somebody added, which no field takes."""
    for rank, cells in sorted(beside.items()):
        if cells:
            yield Leftover(
                f"colonne {letters(rank + 1)}",
                f"Cette colonne n’est pas de l’exportation : {counted(len(cells), 'case')} "
                f"({quoted(cells[0].text)} en {cells[0].where}), rien n’en est repris.",
            )
