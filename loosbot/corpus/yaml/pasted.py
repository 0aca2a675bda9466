"""Lists and tables as Word, a spreadsheet or a web page paste them: Markdown runs them together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from loosbot import lazy
from loosbot.escaping import beginning

BULLETS = (
    "•▪▫◦‣⁃∙⦁●○◯■□◆◇►▶▷▸▹➢➣➤➔➜➡→⇒✓✔✗✘❖✦★☆☐☑☒·¤"
    # the private signs that Word's own fonts leave behind
    "\uf02d\uf0a7\uf0a8\uf0b7\uf0d8\uf0e0\uf0fc\uf0fe"
)
DASHES = "–—―−‐‑‒"
_PICTURES = "\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f000-\U0001faff"
"""Arrows, signs and emojis, as a class of a pattern."""
_CIRCLED = "\u2460-\u2473\u2776-\u2793"
LINE_STARTS = (
    rf"(?:[{DASHES}] |[olnvqxüØ§~_][ \t]|-[^\W\d_]|--|[-=]+>|»|\[[ xX]?\] |\([0-9a-zA-Z]{{1,4}}\)"
    rf"|[a-zA-Z]{{1,4}}[.)/]|[a-zA-Z] [{DASHES}-] |[{_PICTURES}{_CIRCLED}]"
    rf"|[0-9]{{1,2}}(?:[°/.):-]|[ \u00a0][{DASHES}:-]|\ufe0f?\u20e3))"
)
"""Those that begin a line, and hold none of the signs that Markdown has."""
PASTED = rf"[{BULLETS}\t]|^[ ]*(?:{LINE_STARTS}|\*[^\W\d_])"
"""A text without any of these has nothing of the kind."""
_BULLET = lazy.pattern(rf"[ \t]*([{BULLETS}])[\ufe0e\ufe0f]?[ \t\u00a0]*(?=\S)")
_BLANK = "[ \t\u00a0\u202f]"
_BESIDE_ANOTHER = lazy.pattern(
    # signs that begin many a sentence: they make a list where two lines in a row have them
    rf"[ \t]*(?:(?P<dash>[{DASHES}]){_BLANK}+|(?P<letter>[olnvqxüØ~_]|§(?= [^\W\d])){_BLANK}+"
    rf"|(?P<arrow>-{{1,2}}>|=>|»|--|\[[ xX]?\]){_BLANK}+"
    rf"|(?P<letters>[a-z]\)|\([a-z]\)|[a-z][./]|[a-z] [{DASHES}-]){_BLANK}+"
    rf"|(?P<capitals>[A-Z]\)|\([A-Z]\)|[A-Z][./]|[A-Z] [{DASHES}-]){_BLANK}+"
    rf"|(?P<roman>[IVX]{{1,4}}[.)/]|[ivx]{{1,4}}[.)/]){_BLANK}+"
    r"|(?P<glued>-|\*(?!.*\*))(?=[^\W\d_])"
    rf"|(?P<circled>[{_CIRCLED}]|[0-9]\ufe0f?\u20e3){_BLANK}*"
    rf"|(?P<picture>[{_PICTURES}][\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]?){_BLANK}*"
    rf"|\((?P<within>[0-9]{{1,2}})\){_BLANK}+"
    rf"|(?P<deep>[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,3}}[.)]?){_BLANK}+"
    rf"|(?P<number>[0-9]{{1,2}})(?:°\)?{_BLANK}*|{_BLANK}?[/{DASHES}:-]{_BLANK}+(?![0-9])"
    r"|[.)](?=[^\W\d_])))(?=\S)"
)
_IN_ORDER = frozenset(("letters", "capitals", "roman", "number", "within", "deep"))
"""Kinds that make a list where the next one follows: « J. Petit » under « M. Durand » is none."""
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_SEMICOLONS = lazy.pattern(r"[^;]{1,60}(?:(?<=[^\s]);(?=[^\s;])[^;]{1,60}){1,30}\Z")
_TABS = lazy.pattern(r"[ ]*[^\s|>*+-][^\t]*\t+\S")


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
        if bullet is None or _stands_alone(lines, number):
            continue
        text = beginning(line[bullet.end() :].strip())
        sign = bullet[0].strip(" \t\u00a0")
        counted = _number_of(bullet)
        yield Misreading(
            "texte-puce",
            f"« {sign} » ne fait pas une liste : ces lignes seront mises bout à bout.",
            f"Commencez la ligne par le nombre, un point et une espace : {counted}. {text}"
            if counted
            else f"Commencez la ligne par un tiret et une espace : - {text}",
            line.strip(),
        )


def _number_of(bullet: re.Match[str]) -> str:
    """The number that counts an item, "" for an item that is not counted."""
    groups = bullet.groupdict()
    if circled := groups.get("circled"):
        return str(int(unicodedata.numeric(circled[0])))
    return groups.get("number") or groups.get("within") or ""


def _stands_alone(lines: list[str], number: int) -> bool:
    """Whether a line is a paragraph of its own, beside none that begins with the same sign."""
    sign = lines[number].lstrip()[:1]
    beside = [lines[at] for at in (number - 1, number + 1) if 0 <= at < len(lines)]
    next_ones = [lines[at] for at in (number - 2, number + 2) if 0 <= at < len(lines)]
    return not any(line.strip(" >\t") for line in beside) and not any(
        line.lstrip().startswith(sign) for line in next_ones
    )


def _in_a_row(lines: list[str], number: int) -> re.Match[str] | None:
    bullet = _BESIDE_ANOTHER.match(lines[number])
    if bullet is None:
        return None
    for beside, step in ((number - 1, 1), (number + 1, -1)):
        other = _BESIDE_ANOTHER.match(lines[beside]) if 0 <= beside < len(lines) else None
        if other and _go_together(bullet, other, step):
            return bullet
    return None


def _go_together(bullet: re.Match[str], other: re.Match[str], step: int) -> bool:
    """Whether two lines are items of one list; ``step`` is what the one counts beyond the other."""
    kinds = {bullet.lastgroup, other.lastgroup}
    if "roman" in kinds or not kinds - {"letters", "capitals"}:
        # « i) » is a letter and a number
        ranks = (_roman(bullet), _roman(other)), (_letter(bullet), _letter(other))
        return any(mine and its and mine - its == step for mine, its in ranks)
    if len(kinds) > 1:
        return False
    if bullet.lastgroup in _IN_ORDER:
        mine, its = (re.findall(r"[0-9]+", item[0]) for item in (bullet, other))
        return abs(int(mine[-1]) - int(its[-1])) == 1 or its in (mine[:-1], [*mine, "1"])
    return True


def _roman(bullet: re.Match[str]) -> int:
    sign = bullet[0].strip(" \t\u00a0\u202f.)(/").lower()
    return _ROMAN.index(sign) if sign in _ROMAN else 0


def _letter(bullet: re.Match[str]) -> int:
    sign = re.sub(r"[^A-Za-z]", "", bullet[0])
    return ord(sign) if len(sign) == 1 else 0


def sheets(lines: list[str]) -> Iterator[Misreading]:
    """Lines of a spreadsheet: tabulations, or as many semicolons, stand between their cells."""
    number = 0
    while number < len(lines):
        between, end = _between(lines[number]), number + 1
        while between and end < len(lines) and _between(lines[end]) == between:
            end += 1
        if end - number > 1:
            cells = [cell.strip() for cell in lines[number].split(between[0]) if cell.strip()]
            signs = "« ; »" if between[0] == ";" else "tabulations"
            yield Misreading(
                "texte-tableau",
                "Ces lignes viennent d’un tableur : sans traits, elles seront mises bout à bout.",
                f"Mettez des traits à la place des {signs} : | {' | '.join(cells)} |, "
                f"et sous cette ligne : |{' --- |' * len(cells)}",
                lines[number].strip(),
            )
        number = end


def _between(line: str) -> str:
    """What parts the cells of a row of a spreadsheet, "" where it is none."""
    if _TABS.match(line) and not (_BULLET.match(line) or _BESIDE_ANOTHER.match(line)):
        return "\t"
    return ";" * line.count(";") if _SEMICOLONS.match(line) else ""
