"""Records as one CSV table: a row each, without their lists, and back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from loosbot.corpus.french import counted
from loosbot.corpus.types import TYPES
from loosbot.corpus.wording import quoted
from loosbot.errors import UserError
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

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "'")
"""What a spreadsheet takes for a formula when it opens a CSV file, and our own guard."""
_SEPARATED = re.compile(r'"?sep=([,;\t])"?\r?\n', re.IGNORECASE)
"""A first line that tells Excel what parts the cells."""
_TOO_LARGE = "Ce tableau a trop de lignes, de colonnes ou de cases."


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
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            "Ce fichier CSV n’est pas en UTF-8.", "Enregistrez-le de nouveau, en choisissant UTF-8."
        ) from error
    declared = _SEPARATED.match(text)
    text = text[declared.end() :] if declared else text
    head = text.partition("\n")[0]
    separator = declared[1] if declared else max(",;\t", key=head.count)
    csv.field_size_limit(LONGEST_READ)
    rows: list[list[str]] = []
    left = MOST_CELLS
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            left -= len(row)
            if left < 0 or len(rows) > MOST_ROWS or len(row) > MOST_COLUMNS:
                raise UserError(_TOO_LARGE)
            rows.append(row)
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
        Line(
            {
                key: Cell(_bare(row[rank]), "text", f"{number}, colonne « {key} »")
                for key, rank in first.items()
                if rank < len(row)
            },
            str(number),
        )
        for number, row in enumerate(rows[1:], 2)
        if any(row)
    )
    type_ = _type(lines)
    sheet = ReceivedSheet(type_, "", tuple(first), lines, tuple(_beside(keys, rows[1:])))
    return ReceivedWorkbook(type_, _commit(lines), (sheet,))


def _beside(keys: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Leftover]:
    """The columns without a key, or with one that stood before and that say another thing."""
    found: dict[int, list[tuple[int, str]]] = {}
    for number, row in enumerate(rows, 2):
        for rank, text in enumerate(row):
            key = keys[rank] if rank < len(keys) else ""
            if text.strip() and not (key and text == row[keys.index(key)]):
                found.setdefault(rank, []).append((number, text))
    for rank, cells in found.items():
        key = keys[rank] if rank < len(keys) else ""
        what = f"La colonne « {key} » y est deux fois" if key else "Cette colonne n’a pas de nom"
        number, text = cells[0]
        yield Leftover(
            f"colonne {rank + 1}",
            f"{what} : {counted(len(cells), 'case')} ({quoted(text)} à la ligne {number}), rien "
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
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def _bare(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text[1:] if text.startswith("'") and text[1:].startswith(_DANGEROUS) else text
