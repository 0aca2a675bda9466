"""Tables that a Markdown text means to have, and that are none. Nothing is looked for in code."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from loosbot import lazy
from loosbot.corpus.french import counted
from loosbot.corpus.tablerows import alignments, cells_of
from loosbot.corpus.yaml.pasted import Misreading

BLOCK_START = lazy.pattern(r"[ \t]*(?:[-+*>#|]|[0-9]{1,9}[.)] )")


def broken_tables(lines: list[str]) -> Iterator[Misreading]:
    """Tables that lack their line of dashes, or whose rows have more or fewer cells than it."""
    number = 0
    if any(line.lstrip().startswith("{|") for line in lines):
        return  # a table in wikitext has its own message
    while number + 1 < len(lines):
        header, below = lines[number].lstrip(" >\t"), lines[number + 1].lstrip(" >\t")
        columns = alignments(below) if "|" in header and ("|" in below or "-" in below) else None
        cells = len(cells_of(header))
        if columns is not None and cells == len(columns):
            number = yield from _rows(lines, number + 2, cells)
        elif columns is not None and "|" in below:
            yield Misreading(
                "texte-tableau",
                f"Ce tableau ne sera pas lu : {counted(cells, 'case')} au-dessus des tirets, "
                f"et {len(columns)} dessous.",
                f"Mettez sous la première ligne : |{' --- |' * cells}",
                lines[number + 1].strip(),
            )
            number += 2
        elif header.startswith("|") and below.startswith("|"):
            yield Misreading(
                "texte-tableau",
                "Ces lignes ne font pas un tableau : il manque des tirets sous la première.",
                f"Ajoutez sous cette ligne : |{' --- |' * cells}",
                lines[number].strip(),
            )
            number = _end_of_block(lines, number)
        else:
            number += 1


def _rows(lines: list[str], number: int, columns: int) -> Generator[Misreading, None, int]:
    """Report the rows that do not fit; returns the index of the line after the table."""
    while number < len(lines) and lines[number].strip(" >\t"):
        row = lines[number].lstrip(" >\t")
        if BLOCK_START.match(row) and not row.startswith("|"):
            break
        cells = len(cells_of(row))
        if cells != columns:
            more = "un trait qui ne sépare rien s’écrit « \\| »"
            less = "une case vide se garde : « | | »"
            yield Misreading(
                "texte-tableau",
                f"Cette ligne du tableau a {counted(cells, 'case')}, et la première "
                f"en a {columns}.",
                f"Mettez-en {columns} ; {more if cells > columns else less}. Si la ligne n’est "
                "pas du tableau, laissez une ligne vide au-dessus.",
                lines[number].strip(),
            )
        number += 1
    return number


def _end_of_block(lines: list[str], number: int) -> int:
    while number < len(lines) and lines[number].strip(" >\t"):
        number += 1
    return number
