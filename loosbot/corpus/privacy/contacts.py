"""E-mails, telephone numbers and joined names among those of a person, and how else they are typed.
Pure."""

from __future__ import annotations

from collections.abc import Iterator

from loosbot import lazy

_MAIL = lazy.pattern(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_BETWEEN = lazy.pattern(r"[\s./()\u2010-\u2015-]+")
_NUMBER = lazy.pattern(r"(?:(?:\+|00)330?|0)([1-9][0-9]{8})")
"""A number of the French plan, without what may stand between its digits: the nine that every
spelling has."""
JOINED = lazy.pattern(r" et | & ")
_BEFORE = ("0", "33", "33 0", "00 33")
"""What stands before the nine: « 06… », « +33 6… », « +33 (0)6… », « 0033 6… »."""


def is_contact(name: str) -> bool:
    """Whether a name is an e-mail or a French telephone number."""
    return bool(_MAIL.fullmatch(name) or nine_digits(name))


def nine_digits(name: str) -> str:
    """The digits that every spelling of a French telephone number has, "" for anything else."""
    number = _NUMBER.fullmatch(_BETWEEN.sub("", name))
    return number[1] if number else ""


def spellings(name: str) -> Iterator[str]:
    """A name; for a telephone number the ways to write it, for a couple the name of each too, where
    it is more than one word. What parts its digits does not matter to
    :class:`~loosbot.corpus.privacy.names.Names`, which compares words joined."""
    if nine := nine_digits(name):
        yield from (f"{before} {nine}" for before in _BEFORE)
        return
    yield name
    of_each = JOINED.split(name)
    yield from (part for part in of_each if len(of_each) > 1 and " " in part)
