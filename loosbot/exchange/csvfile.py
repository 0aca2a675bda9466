"""Records as one CSV table: a row each, without their lists, and back."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from loosbot.corpus.french import counted
from loosbot.corpus.types import TYPES
from loosbot.corpus.wording import quoted
from loosbot.errors import UserError
from loosbot.escaping import FORMULA_STARTS
from loosbot.exchange.received import (
    LONGEST_READ,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Leftover,
    Line,
    ReceivedSheet,
    ReceivedWorkbook,
)
from loosbot.exchange.sheets import COMMIT, ID
from loosbot.exchange.table import Table

_GUARDED = (*FORMULA_STARTS, "'")
"""Before these we put an apostrophe, and take it off again: it is one of them, so that none that
somebody typed is lost."""
_SEPARATED = re.compile(r'"?sep=([,;\t])"?\r?\n', re.IGNORECASE)
"""A first line that tells Excel what parts the cells."""
_TOO_LARGE = "Ce tableau a trop de lignes, de colonnes ou de cases."


class _Cells(Mapping[str, Cell]):
    """The cells of a row by their key, each made when it is asked for: two million of them take
    ten times what their texts do.
    """

    __slots__ = ("_number", "_ranks", "_row")

    def __init__(self, row: Sequence[str], ranks: Mapping[str, int], number: int) -> None:
        self._row, self._ranks, self._number = row, ranks, number

    def __getitem__(self, key: str) -> Cell:
        rank = self._ranks[key]
        if rank >= len(self._row):
            raise KeyError(key)
        return Cell(_bare(self._row[rank]), "text", f"{self._number}, colonne « {key} »")

    def __iter__(self) -> Iterator[str]:
        return (key for key, rank in self._ranks.items() if rank < len(self._row))

    def __len__(self) -> int:
        return sum(rank < len(self._row) for rank in self._ranks.values())


def write(table: Table, commit: str) -> bytes:
    """Keys in the first line; the commit on each line, so that a part of the file has it too."""
    stream = io.StringIO()
    out = csv.writer(stream, lineterminator="\r\n")
    keys = [column.key for column in table.sheet.columns]
    out.writerow([ID, *keys, COMMIT])
    for row in table.rows:
        out.writerow([row.id, *(_guarded(row.cells[key]) for key in keys), commit])
    return stream.getvalue().encode()


def read(data: bytes) -> ReceivedWorkbook:
    """A table as it came back. Raises UserError."""
    stream = io.TextIOWrapper(io.BytesIO(data), "utf-8-sig", newline="")
    csv.field_size_limit(LONGEST_READ)
    rows: list[list[str]] = []
    left = MOST_CELLS
    try:
        head = stream.readline()
        declared = _SEPARATED.fullmatch(head)
        if not declared:
            stream.seek(0)
        separator = declared[1] if declared else max(",;\t", key=head.count)
        for row in csv.reader(stream, delimiter=separator, strict=True):
            left -= len(row)
            if left < 0 or len(rows) > MOST_ROWS or len(row) > MOST_COLUMNS:
                raise UserError(_TOO_LARGE)
            rows.append(row)
    except UnicodeDecodeError as error:
        raise UserError(
            "Ce fichier CSV n’est pas en UTF-8.", "Enregistrez-le de nouveau, en choisissant UTF-8."
        ) from error
    except csv.Error as error:
        raise UserError(
            f"Ce fichier CSV est mal formé, ou l’une de ses cases a plus de {LONGEST_READ} signes.",
            f"Regardez vers la ligne {len(rows) + 1} du tableau : un guillemet n’y est pas fermé, "
            "ou une case est coupée.",
        ) from error
    keys = [key.strip() for key in rows[0]] if rows else []
    if ID not in keys:
        raise UserError(
            f"Ce fichier n’a pas de colonne « {ID} » : il ne vient pas de « loosbot export ».",
            "Exportez d’abord : loosbot export TYPE --format csv.",
        )
    # a column that somebody copied: the first is the one that was exported
    first = {key: rank for rank, key in reversed([*enumerate(keys)]) if key}
    lines = tuple(
        Line(_Cells(row, first, number), str(number))
        for number, row in enumerate(rows[1:], 2)
        if any(row)
    )
    type_ = _type(lines)
    sheet = ReceivedSheet(type_, "", tuple(first), lines, tuple(_beside(keys, first, rows[1:])))
    return ReceivedWorkbook(type_, _commit(lines), (sheet,))


def _beside(
    keys: Sequence[str], first: Mapping[str, int], rows: Sequence[Sequence[str]]
) -> Iterator[Leftover]:
    """The columns without a key, or with one that stood before and that say another thing."""
    counts: Counter[int] = Counter()
    shown: dict[int, tuple[int, str]] = {}
    for number, row in enumerate(rows, 2):
        for rank, text in enumerate(row):
            own = first.get(keys[rank]) if rank < len(keys) else None
            if own != rank and text.strip() and (own is None or text != row[own]):
                counts[rank] += 1
                shown.setdefault(rank, (number, text))
    for rank, (number, text) in shown.items():
        key = keys[rank] if rank < len(keys) else ""
        what = f"La colonne « {key} » y est deux fois" if key else "Cette colonne n’a pas de nom"
        yield Leftover(
            f"colonne {rank + 1}",
            f"{what} : {counted(counts[rank], 'case')} ({quoted(text)} à la ligne {number}), rien "
            "n’en est repris.",
        )


def _type(lines: tuple[Line, ...]) -> str:
    for line in lines:
        name = line.cells[ID].text.partition("/")[0] if ID in line.cells else ""
        if name in TYPES:
            return name
    raise UserError(
        "Aucune ligne ne dit de quel type sont ces fiches.",
        "Écrivez l’identifiant d’une fiche au moins : projet/mon-projet.",
    )


def _commit(lines: tuple[Line, ...]) -> str:
    named = {line.cells[COMMIT].text for line in lines if COMMIT in line.cells} - {""}
    if len(named) > 1:
        raise UserError(
            "Les lignes de ce fichier viennent de plusieurs exportations.",
            "Importez-les une par une, chacune dans son fichier.",
        )
    return named.pop() if named else ""


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_GUARDED) else text


def _bare(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text[1:] if text.startswith("'") and text[1:].startswith(_GUARDED) else text
