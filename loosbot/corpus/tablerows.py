"""Rows of a Markdown table as GitHub reads them, each line in one pass."""

from __future__ import annotations

import re

_DELIMITER = re.compile(r" *+\|? *+:?-++:? *+(?:\| *+:?-++:? *+)*+\|? *+")
_PIECES = re.compile(r"\\.|`++|\|", re.DOTALL)
_ALIGNMENTS = {(True, False): "left", (True, True): "center", (False, True): "right"}


def cells_of(line: str) -> list[str]:
    """The cells of one row, without the blanks around and the pipes at both ends.

    A pipe after a backslash or in code separates nothing: GitHub cuts code there, and what
    people meant is lost.
    """
    line = line.strip(" ")
    pipes = _pipes(line)
    if pipes and pipes[0] == 0:
        line = line[1:]
        pipes = [place - 1 for place in pipes[1:]]
    if pipes and pipes[-1] == len(line) - 1:
        line = line[:-1]
        pipes.pop()
    starts = [0, *(place + 1 for place in pipes)]
    return [
        line[start:end].strip(" ") for start, end in zip(starts, [*pipes, len(line)], strict=True)
    ]


def _pipes(line: str) -> list[int]:
    """Where the pipes are that separate cells."""
    pieces = [(piece.start(), piece[0]) for piece in _PIECES.finditer(line)]
    last = {text: place for place, text in pieces if text[0] == "`"}
    pipes: list[int] = []
    fence = ""
    for place, text in pieces:
        if fence:
            # a backslash hides nothing in code: "\`" may end it
            if text == fence or (fence == "`" and text == "\\`"):
                fence = ""
        elif text[0] == "`":
            fence = text if last[text] > place else ""
        elif text == "|":
            pipes.append(place)
    return pipes


def alignments(line: str) -> list[str] | None:
    """Those of the columns that a delimiter row announces; None for any other line."""
    if not _DELIMITER.fullmatch(line) or line.strip(" ") == "-" or line.startswith("- "):
        # a dash alone underlines a title, a dash and a blank begin an item of a list
        return None
    return [
        _ALIGNMENTS.get((cell.startswith(":"), cell.endswith(":")), "")
        for cell in line.strip(" ").removeprefix("|").removesuffix("|").replace(" ", "").split("|")
    ]
