"""Dates and numbers as people say them, and how they are repeated back. Pure."""

from __future__ import annotations

import re
from datetime import date, timedelta

from loosbot.corpus import dates
from loosbot.corpus.french import period
from loosbot.parsing import decimal_number, whole_number

_DAY = re.compile(r"(?:le )?(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})", re.ASCII | re.IGNORECASE)
_MONTH = re.compile(r"(\d{1,2})[/.](\d{4})", re.ASCII)
_DAYS_AGO = {"aujourd'hui": 0, "hier": 1, "avant-hier": 2}
_BLANKS = re.compile(r"[\s\u00a0\u202f]")
_POINT_OF_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
_PLAIN_NUMBER = re.compile(r"-?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|-?\d+(?:[.,]\d+)?")


def date_value(text: str, today: date) -> str | int:
    """The date that a record holds for what somebody wrote; the same text where it is none."""
    plain = text.strip()
    if plain.isascii() and plain.isdigit() and len(plain) == 4:
        return int(plain)
    if parts := _DAY.fullmatch(plain):
        day, month, year = (int(group) for group in parts.groups())
        return f"{year}-{month:02}-{day:02}"
    if parts := _MONTH.fullmatch(plain):
        return f"{int(parts[2])}-{int(parts[1]):02}"
    ago = _DAYS_AGO.get(plain.casefold().replace("’", "'"))
    return plain if ago is None else (today - timedelta(days=ago)).isoformat()


def date_shown(value: str | int) -> str:
    """A date of a record as a form shows it, which :func:`date_value` reads back."""
    text = str(value)
    parts = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text, re.ASCII)
    return f"{parts[3]}/{parts[2]}/{parts[1]}" if parts else text


def date_understood(text: str, today: date) -> str:
    """What was understood of a date, to be read again by who wrote it; "" where nothing was."""
    value = date_value(text, today)
    try:
        span = dates.parse(value)
    except dates.DateError:
        return ""
    if span.earliest == span.latest:
        return dates.display(span.earliest.isoformat())
    if span.earliest == date.min:
        return f"jusqu’au {dates.display(span.latest.isoformat())}"
    if span.latest == date.max:
        return f"à partir du {dates.display(span.earliest.isoformat())}"
    about = "à peu près " if span.approximate else ""
    return about + period(span.earliest.isoformat(), span.latest.isoformat())


def number_value(text: str, *, free: bool = False, whole: bool = False) -> int | float | str:
    """The number that somebody wrote (« 25 000 », « 3,5 »); the same text where it is none.

    ``free`` where words are taken too: « 12.500 » stays as it was typed, since it may be twelve
    and a half or twelve thousand, which ``check`` asks. ``whole`` takes no decimals.
    """
    if not _PLAIN_NUMBER.fullmatch(text) or (free and _POINT_OF_THOUSANDS.fullmatch(text)):
        return text
    plain = _BLANKS.sub("", text).replace(",", ".")
    if (count := whole_number(plain)) is not None:
        return count
    decimal = None if whole else decimal_number(plain)
    return text if decimal is None else decimal


def number_shown(value: int | float | str) -> str:
    """A number as a form shows it."""
    if isinstance(value, float) and not isinstance(value, bool):
        return repr(value).replace(".", ",")
    return str(value)
