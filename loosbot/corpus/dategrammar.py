"""The forms of a date, each read into the days that it can mean. Pure.

:mod:`loosbot.corpus.dates` is the entry point; :mod:`loosbot.corpus.dateslips` has the hints for
other forms.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date, timedelta

from loosbot import lazy
from loosbot.errors import LoosbotError

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
    "novembre", "décembre",
)  # fmt: skip
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_YEARS = range(1000, 2201)


class DateError(LoosbotError, ValueError):
    """A text that is no date. ``code`` is a finding's; ``message`` and ``hint`` are French."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


_Days = tuple[date, date, bool]
FOLDED_MONTHS = {
    "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)): index
    for index, name in enumerate(MONTHS, 1)
}
MONTH = "|".join(FOLDED_MONTHS)
WEEKDAY = "|".join(WEEKDAYS)
_WEEKDAY = rf"(?:{WEEKDAY}) "
_ISO = lazy.pattern(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_TWO_YEARS = lazy.pattern(r"(\d{4})-(\d{4})", re.ASCII)
_FRENCH = lazy.pattern(
    rf"(?:le )?(?:{_WEEKDAY})?(?:(1er|\d{{1,2}}) )?({MONTH}) (\d{{4}})", re.ASCII
)
_TWO_DAYS = lazy.pattern(
    rf"(?:du |de |les )?(?:{_WEEKDAY})?(1er|\d{{1,2}})(?: et | au | a |-)"
    rf"(?:{_WEEKDAY})?(\d{{1,2}}) ({MONTH}) (\d{{4}})",
    re.ASCII,
)
_TWO_MONTHS = lazy.pattern(
    rf"(?:de |du |d')?(?:(1er|\d{{1,2}}) )?({MONTH})(?: et | au? |-)"
    rf"(?:(1er|\d{{1,2}}) )?({MONTH}) (\d{{4}})",
    re.ASCII,
)
_RANGE = lazy.pattern(r"(?:de |du |d'|entre )?(.+?) (?:a|au|et|-|–) (.+)")
_ALTERNATIVES = lazy.pattern(r"(.+?) ou (.+)")
_OPEN = lazy.pattern(
    r"(depuis|a partir de|a partir des|a partir du|avant|apres|jusqu'en|jusqu'a|jusqu'au) (.+)"
)
_ABOUT = lazy.pattern(r"(?:vers|environ|autour de|aux environs de) (?:l'annee )?(.+)")
_PART = lazy.pattern(r"(?:a la |au )?(debut|milieu|mi|fin)(?: de | d'| des | du | |-)(.+)")
_DECADE = lazy.pattern(r"(?:dans les |les )?annees (\d{3})0", re.ASCII)
_SEASON = lazy.pattern(
    r"(?:l'|au )?(printemps|ete|automne|hiver)(?: de)? (\d{4})(?:-(\d{4}))?", re.ASCII
)
_SEASONS = {"printemps": (3, 20, 6, 20), "ete": (6, 21, 9, 22), "automne": (9, 23, 12, 20)}


def ordinal(day: int) -> str:
    """The number of a day: ``1er``, ``15``."""
    return "1er" if day == 1 else str(day)


def plain(text: str) -> str:
    """In lower case, without accents, blanks folded."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).split())


def period(text: str) -> _Days | None:
    """The period that any form of date means, None for a text that is no date; recursion ends since
    a qualifier wraps a simpler form.

    « milieu des années 1990 ou début des années 2000 » is two dates before it is the middle of
    anything; « depuis 2015 ou 2016 » is one beginning.
    """
    for read in (_simple, _decade, _season, _open_ended, _days_or_months, _two, _about, _part):
        if (days := read(text)) is not None:
            return days
    return None


def _two(text: str) -> _Days | None:
    for pattern, approximate in ((_ALTERNATIVES, True), (_RANGE, False)):
        if match := pattern.fullmatch(text):
            first, last = period(match[1]), period(match[2])
            if first is not None and last is not None:
                return first[0], last[1], approximate or first[2] or last[2]
    return None


def _simple(text: str) -> _Days | None:
    if match := _TWO_YEARS.fullmatch(text):
        return date(_year(match[1]), 1, 1), date(_year(match[2]), 12, 31), False
    if match := _ISO.fullmatch(text):
        return (*days_of(*match.groups()), False)
    if match := _FRENCH.fullmatch(text):
        day, month, year = match.groups()
        return (*days_of(year, str(FOLDED_MONTHS[month]), day), False)
    return None


def _decade(text: str) -> _Days | None:
    match = _DECADE.fullmatch(text)
    if not match:
        return None
    first = _year(match[1] + "0")
    return date(first, 1, 1), date(first + 9, 12, 31), True


def _season(text: str) -> _Days | None:
    match = _SEASON.fullmatch(text)
    if not match:
        return None
    name, year, second = match[1], _year(match[2]), match[3]
    if name in _SEASONS:
        if second:
            return None
        month, day, last_month, last_day = _SEASONS[name]
        return date(year, month, day), date(year, last_month, last_day), True
    if second:
        return date(year, 12, 21), date(_year(second), 3, 20), True
    # "hiver 2018" is the one that ends or the one that begins that year: both are kept
    return date(year - 1, 12, 21), date(year + 1, 3, 20), True


def _closed(text: str) -> _Days | None:
    """A period with a beginning and an end; "avant avant 2018" has no meaning."""
    days = period(text)
    return days if days and days[0] > date.min and days[1] < date.max else None


def _open_ended(text: str) -> _Days | None:
    match = _OPEN.fullmatch(text)
    inner = _closed(match[2]) if match else None
    if not match or inner is None:
        return None
    earliest, latest, approximate = inner
    match match[1]:
        case "avant":
            return date.min, earliest - timedelta(days=1), approximate
        case "apres":
            return latest + timedelta(days=1), date.max, approximate
        case "depuis" | "a partir de" | "a partir du" | "a partir des":
            return earliest, date.max, approximate
        case _:
            return date.min, latest, approximate


def _about(text: str) -> _Days | None:
    match = _ABOUT.fullmatch(text)
    inner = period(match[1]) if match else period(text[:-1].rstrip()) if text[-1:] == "?" else None
    return (inner[0], inner[1], True) if inner else None


def _part(text: str) -> _Days | None:
    match = _PART.fullmatch(text)
    inner = _closed(match[2]) if match else None
    if not match or inner is None:
        return None
    first, last = inner[0], inner[1]
    third = (last - first).days // 3
    match match[1]:
        case "debut":
            return first, first + timedelta(days=third), True
        case "fin":
            return last - timedelta(days=third), last, True
        case _:
            return first + timedelta(days=third), last - timedelta(days=third), True


def _days_or_months(text: str) -> _Days | None:
    if match := _TWO_DAYS.fullmatch(text):
        first, last, month, year = match.groups()
        number = str(FOLDED_MONTHS[month])
        return days_of(year, number, first)[0], days_of(year, number, last)[1], False
    if match := _TWO_MONTHS.fullmatch(text):
        day, month, last_day, last_month, year = match.groups()
        first_days = days_of(year, str(FOLDED_MONTHS[month]), day)
        return first_days[0], days_of(year, str(FOLDED_MONTHS[last_month]), last_day)[1], False
    return None


def _year(text: str) -> int:
    year = int(text)
    if year not in _YEARS:
        raise DateError(
            "date-impossible",
            f"L’année {text} est hors de ce que l’on attend.",
            f"Écrivez une année entre {_YEARS[0]} et {_YEARS[-1]}.",
        )
    return year


def days_of(year: str, month: str | None, day: str | None) -> tuple[date, date]:
    """First and last day of a year, a month or a day. Raises DateError where there is none."""
    number = _year(year)
    if month is None:
        return date(number, 1, 1), date(number, 12, 31)
    index = int(month)
    if not 1 <= index <= 12:
        raise DateError(
            "date-impossible",
            f"Il n’y a pas de mois {month} : les mois vont de 01 à 12.",
            f"Écrivez l’année, le mois puis le jour : {number}-{int(day):02}-{index:02}."
            if day and day.isdigit() and 1 <= int(day) <= 12 and 1 <= index <= 31
            else f"Écrivez {number} si vous ne savez que l’année. Une période : "
            f"{number}-{number // 100 * 100 + index if index > number % 100 else number + 1}.",
        )
    last = calendar.monthrange(number, index)[1]
    if day is None:
        return date(number, index, 1), date(number, index, last)
    wanted = 1 if day == "1er" else int(day)
    if not 1 <= wanted <= last:
        raise DateError(
            "date-impossible",
            f"Le {wanted} {MONTHS[index - 1]} {year} n’existe pas.",
            f"En {year}, {MONTHS[index - 1]} a {last} jours. "
            f"Écrivez {number}-{index:02} si le jour n’est pas sûr.",
        )
    return date(number, index, wanted), date(number, index, wanted)
