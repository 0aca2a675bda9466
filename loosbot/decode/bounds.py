"""Limits on decoding a changed page; a page over them is left to a person.

Reading costs some tens of microseconds a mark (a line, a link, a tag, a quote of apostrophes),
several times over, so one page of MediaWiki's 2 MiB could hold everybody up for half a minute.
"""

from __future__ import annotations

import re
from collections import Counter

MOST_MARKS = 8_000
"""The longest page of the shipped corpus has fewer."""
_LETTERS = 200
"""Letters that cost as much as a mark."""
_MARK = re.compile(r"&#?[0-9a-z]{1,8};|[\n<|&*#:;\[]|\{\{|''")

MOST_OPEN = 100
"""Marks that are open at once. Each that is never closed has the parser begin again at it, and
some thousands of them end the process that reads them (mwparserfromhell 0.7)."""
_ENDLESS = r"(?!(?:br|hr|wbr|img|li|dt|dd|tr|td|th)\b)"  # these need no closing tag
_NESTING = re.compile(
    rf"(?P<open>\{{\{{|\{{\||\[\[?|<{_ENDLESS}(?P<tag>[a-z]+))"
    rf"|(?P<close>\}}\}}|\|\}}(?!\}})|\]\]?|</{_ENDLESS}(?P<end>[a-z]+)|/>)",
    re.IGNORECASE,
)
_CLOSES = {"}}": "{{", "|}": "{|", "]]": "[[", "]": "["}

TOO_LONG = (
    "le texte publié est trop long pour être relu signe par signe (plus de 8 000 lignes, liens, "
    "balises et autres marques, ou plus de 100 qui ne sont pas fermés) : raccourcissez-le sur le "
    "wiki, ou recopiez-en ce qui compte dans la fiche"
)


def weight(body: str) -> int:
    """What a body costs to read, in marks."""
    return sum(1 for _ in _MARK.finditer(body)) + len(body) // _LETTERS


def is_too_long(body: str) -> bool:
    """Whether a body is left to a person. Above the bound nothing of it is read."""
    return weight(body) > MOST_MARKS or most_open(body) > MOST_OPEN


def most_open(body: str) -> int:
    """How many links, calls, tables and tags are open at once, at the most."""
    still: Counter[str] = Counter()
    last = ""
    now = most = 0
    for tag in _NESTING.finditer(body):
        if tag["open"]:
            last = (tag["tag"] or tag["open"]).lower()
            still[last] += 1
            now += 1
            most = max(most, now)
            continue
        closed = tag["close"]
        kind = last if closed == "/>" else (tag["end"] or _CLOSES[closed]).lower()
        if still[kind]:
            still[kind] -= 1
            now -= 1
    return most
