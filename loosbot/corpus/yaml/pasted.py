"""Lists and tables as Word, a spreadsheet or a web page paste them: Markdown runs them together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

BULLETS = (
    "•▪▫◦‣⁃∙⦁●○◯■□◆◇►▶▷▸▹➢➣➤➔➜➡→⇒✓✔✗✘❖✦★☆☐☑☒·¤"
    # the private signs that Word's own fonts leave behind
    "\uf02d\uf0a7\uf0a8\uf0b7\uf0d8\uf0e0\uf0fc\uf0fe"
)
DASHES = "–—―−‐‑‒"
PASTED = (
    rf"[{BULLETS}\t]|^[ ]*(?:[{DASHES}] |o |[-*][^\W\d_]|[a-z]\) "
    r"|[0-9]{1,2}(?:°|[/-] |[.)](?=[^\W\d_])))"
)
"""A text without any of these has nothing of the kind."""
LINE_STARTS = rf"(?:[{DASHES}] |o |-[^\W\d_]|[a-z]\) |[0-9]{{1,2}}[°/.)-])"
"""Those of them that begin a line, and hold none of the signs that Markdown has."""
_BULLET = re.compile(rf"[ \t]*([{BULLETS}])[ \t\u00a0]*(?=\S)")
_BESIDE_ANOTHER = re.compile(
    # signs that begin many a sentence: they make a list where two lines in a row have them
    rf"[ \t]*(?:(?P<dash>[{DASHES}])[ \t\u00a0]+|(?P<letter>o)[ \t]+|(?P<letters>[a-z]\))[ \t]+"
    r"|(?P<glued>-|\*(?!.*\*))(?=[^\W\d_])"
    r"|(?P<number>[0-9]{1,2})(?:°\)?[ \t]*|[/-][ \t]+|[.)](?=[^\W\d_])))(?=\S)"
)
_TABS = re.compile(r"[ ]*[^\s|>*+-][^\t]*\t+\S")


class Misreading(NamedTuple):
    """What is wrong at one place of a text; ``typed`` is what stands there."""

    code: str
    message: str
    hint: str
    typed: str


def bullets(lines: list[str]) -> Iterator[Misreading]:
    """Lines that begin with a sign which is none for a list."""
    for number, line in enumerate(lines):
        bullet = _BULLET.match(line) or _in_a_row(lines, number)
        if bullet is None:
            continue
        text = line[bullet.end() :].strip()[:40]
        sign = bullet[0].strip(" \t\u00a0")
        counted = bullet.groupdict().get("number")
        yield Misreading(
            "texte-puce",
            f"« {sign} » ne fait pas une liste : ces lignes seront mises bout à bout.",
            f"Commencez la ligne par le nombre, un point et une espace : {counted}. {text}"
            if counted
            else f"Commencez la ligne par un tiret et une espace : - {text}",
            line.strip(),
        )


def _in_a_row(lines: list[str], number: int) -> re.Match[str] | None:
    bullet = _BESIDE_ANOTHER.match(lines[number])
    if bullet is None:
        return None
    beside = (*lines[max(number - 1, 0) : number], *lines[number + 1 : number + 2])
    others = (_BESIDE_ANOTHER.match(line) for line in beside)
    return (
        bullet if any(other and other.lastgroup == bullet.lastgroup for other in others) else None
    )


def tabs(lines: list[str]) -> Iterator[Misreading]:
    """Lines of a spreadsheet: their cells have nothing but tabulations between them."""
    number = 0
    while number < len(lines):
        end = number
        while end < len(lines) and _is_row(lines[end]):
            end += 1
        if end - number > 1:
            cells = [cell.strip() for cell in lines[number].split("\t") if cell.strip()]
            yield Misreading(
                "texte-tableau",
                "Ces lignes viennent d’un tableur : sans traits, elles seront mises bout à bout.",
                f"Mettez des traits à la place des tabulations : | {' | '.join(cells)} |, "
                f"et sous cette ligne : |{' --- |' * len(cells)}",
                lines[number].strip(),
            )
        number = max(end, number + 1)


def _is_row(line: str) -> bool:
    return _TABS.match(line) is not None and not (
        _BULLET.match(line) or _BESIDE_ANOTHER.match(line)
    )
