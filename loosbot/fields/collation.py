"""French alphabetical order, without any locale."""

from __future__ import annotations

import re
from functools import lru_cache

from loosbot.fields.vocabulary import fold

_ARTICLE = re.compile(r"(?:les?|la|une?|des|du|de la|aux?)\s+|(?:[ld]|de l)['’]\s*")
_DIGITS = re.compile(r"[0-9]+")
# « 1995-2000 » is two years, not a month of the first
_YEAR = re.compile(r"(?<![0-9])([0-9]{4})(?:-([0-9]{2})(?![0-9])(?:-([0-9]{2})(?![0-9]))?)?")


@lru_cache(maxsize=32_768)
def sort_key(text: str) -> str:
    """``text`` for sorting: é with e, a leading article left out, 2 before 10.

    The result is readable.
    """
    plain = fold(text).replace("’", "'")
    shorter = _ARTICLE.sub("", plain, count=1) if _ARTICLE.match(plain) else plain
    return _DIGITS.sub(lambda digits: digits[0].zfill(6), shorter or plain)


def filing_key(title: str) -> str:
    """What a category files a page by, "" where its title does as well.

    The first word alone: pages that share it are filed by their titles.

    >>> filing_key("L’école"), filing_key("Abris à insectes"), filing_key("Échec")
    ('ecole', '', 'echec')
    """
    word = sort_key(title).split(" ", 1)[0]
    return "" if title.casefold().startswith(word) else word


def initial(title: str) -> str:
    """The letter under which a title stands in French order; ``0–9`` for all that begin otherwise.

    >>> initial("L'école"), initial("Œuvre"), initial("« Ici et là »"), initial("1995 en images")
    ('E', 'O', 'I', '0–9')
    """
    first = next((letter for letter in sort_key(title) if letter.isalnum()), "0")
    return "0–9" if not first.isalpha() else first.upper()


def date_key(value: object) -> str:
    """First day that a "date souple" names, as ``2018-06-15``; ``9999`` when it names none."""
    return _first_day(str(value))


@lru_cache(maxsize=4096)
def _first_day(text: str) -> str:
    match = _YEAR.search(text)
    if match is None:
        return "9999"
    return "-".join(part or "00" for part in match.groups())


def year_of(value: object) -> str | None:
    """The first year that a date names; None when it names none."""
    match = _YEAR.search(str(value))
    return match[1] if match else None
