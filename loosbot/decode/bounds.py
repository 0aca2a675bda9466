"""How much of a page that people changed is read for its meaning: the rest is for a person.

Reading costs some tens of microseconds a mark (a line, a link, a tag, a quote of apostrophes),
several times over, so one page of MediaWiki's 2 MiB could hold everybody up for half a minute.
"""

from __future__ import annotations

import re

MOST_MARKS = 8_000
"""The longest page of the shipped corpus has fewer than 6,000."""
_LETTERS = 200
"""Letters that cost as much as a mark."""
_MARK = re.compile(r"[\n<|&*#:;\[]|\{\{|''")

TOO_LONG = (
    "le texte publié est trop long pour être relu signe par signe (plus de 8 000 lignes, liens, "
    "balises et autres marques) : raccourcissez-le sur le wiki, ou recopiez-en ce qui compte dans "
    "la fiche"
)


def weight(body: str) -> int:
    """What a body costs to read, in marks."""
    return sum(1 for _ in _MARK.finditer(body)) + len(body) // _LETTERS


def is_too_long(body: str) -> bool:
    """Whether a body is left to a person. Above the bound nothing of it is read."""
    return weight(body) > MOST_MARKS
