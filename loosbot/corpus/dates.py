"""Dates as people know them: a year, a month, a day, a period, or "about".

``parse`` gives the first and the last day that a text can mean. Texts are read without regard
to case and accents.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

from loosbot import lazy
from loosbot.corpus.dategrammar import MONTHS as MONTHS
from loosbot.corpus.dategrammar import DateError as DateError
from loosbot.corpus.dategrammar import ordinal, period, plain
from loosbot.corpus.dateslips import instead_of
from loosbot.corpus.datewords import across
from loosbot.escaping import beginning
from loosbot.frozen import dataclass

EXAMPLES = "2018, 2018-06, 2018-06-15, 1995-2000, depuis 2015, vers 1989, années 1980"
_MAX_LENGTH = 100
_ABOUT = 31
"""Days."""
_TWO_DAYS = lazy.pattern(r"\A(\d{4}-\d\d-\d\d) à (\d{4}-\d\d-\d\d)\Z", re.ASCII)
_DISPLAYED = lazy.pattern(
    rf"(?<![\w-])(?:(1er|[1-9]|[12][0-9]|3[01]) )?({'|'.join(MONTHS)}) ([0-9]{{4}})(?!\w)"
)
_ELIDED = lazy.pattern(r"\b([Dd])['’](?=[0-9]{4}-)")
_FROM_TO = lazy.pattern(r"du ([0-9]{4}-[0-9]{2}-[0-9]{2}) au ([0-9]{4}-[0-9]{2}-[0-9]{2})")
_FROM_YEAR = lazy.pattern(r"de ([0-9]{4}) à ([0-9]{4})")


@dataclass(frozen=True, slots=True)
class Span:
    """From ``earliest`` to ``latest`` included; open ends are ``date.min`` and ``date.max``.

    ``approximate``: whether the author wrote "about" in one way or another.
    """

    earliest: date
    latest: date
    approximate: bool
    text: str


def span(value: str | int) -> Span | None:
    """As :func:`parse`; None for what is no date."""
    try:
        return parse(value)
    except DateError:
        return None


def loosened(span: Span) -> Span:
    """The days that an approximate date may cover: « vers le 4 mars » is not known to the day. A
    month more on each side."""
    if not span.approximate:
        return span
    first = max(date.min.toordinal(), span.earliest.toordinal() - _ABOUT)
    last = min(date.max.toordinal(), span.latest.toordinal() + _ABOUT)
    return replace(span, earliest=date.fromordinal(first), latest=date.fromordinal(last))


def is_date(value: str | int) -> bool:
    """Whether :func:`parse` can read it."""
    return span(value) is not None


@lru_cache(maxsize=4096)
def parse(value: str | int) -> Span:
    """The days that a date of a record covers. Raises DateError."""
    text = str(value)
    folded = plain(text) if len(text) <= _MAX_LENGTH else ""
    days = period(folded) if folded else None
    if days is None:
        raise DateError(
            "date-illisible",
            f"« {beginning(text)} » n’est pas une date que l’on sait lire.",
            instead_of(folded) or f"Formes possibles : {EXAMPLES} ; ou inconnu.",
        )
    earliest, latest, approximate = days
    if latest < earliest:
        two_years = across(folded)
        raise DateError(
            "dates-inversees",
            f"La période « {text} » finit avant d’avoir commencé.",
            f"Si elle commence l’année d’avant, écrivez : {two_years}"
            if two_years
            else "Écrivez d’abord le début, puis la fin.",
        )
    return Span(earliest, latest, approximate, text)


def display(value: str | int) -> str:
    """The date as French readers write it: ``15 juin 2018``, ``de 1995 à 2000``, ``du 15 juin 2018
    au 2 juillet 2018``."""
    text = " ".join(str(value).split())
    if years := re.fullmatch(r"(\d{4})-(\d{4})", text):
        return years[1] if years[1] == years[2] else f"de {years[1]} à {years[2]}"
    text = _TWO_DAYS.sub(r"du \1 au \2", text)
    text = re.sub(r"(?<![\d-])(\d{4})-(\d\d)(?:-(\d\d))?(?![\d-])", _shown, text)
    return re.sub(r"\b([Dd])e (?=avril|août|octobre)", r"\1’", text)


def _shown(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    if not 1 <= int(month) <= 12:
        return match[0]
    name = f"{MONTHS[int(month) - 1]} {year}"
    return f"{ordinal(int(day))} {name}" if day else name


def undisplayed(text: str) -> str:
    """The exact way back from :func:`display` for what it changes; any other text (``depuis 2015``,
    ``fin 2017``, ``du 4 au 5 juin 2018``) as it is.

    The end of « du 4 au 5 juin 2018 » or « le 5 juin 2018 » is no day by itself: in figures, the
    whole would be no date any more.
    """
    if years := _FROM_YEAR.fullmatch(text):
        return f"{years[1]}-{years[2]}"
    figures = in_figures(text)
    days = _FROM_TO.fullmatch(figures) if figures != text else None
    return f"{days[1]} à {days[2]}" if days else figures


def in_figures(text: str) -> str:
    """As :func:`undisplayed`, and « du … au … » keeps its words, also between two days."""
    figures = _ELIDED.sub(r"\1e ", _DISPLAYED.sub(_to_iso, text))
    return figures if figures == text or is_date(figures) else text


def _to_iso(match: re.Match[str]) -> str:
    day, name, year = match.groups()
    month = f"{year}-{MONTHS.index(name) + 1:02}"
    if day is None:
        return month
    return f"{month}-{1 if day == '1er' else int(day):02}"
