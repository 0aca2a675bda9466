"""Reducing dates from days to months, in fields and inside texts."""

from __future__ import annotations

import re
from datetime import date, timedelta

from loosbot.corpus import dates

_MONTHS = "|".join(dates.MONTHS)
_DAY = r"(?:1\s?(?:er|ᵉʳ)|\d{1,2})"
_WEEKDAY = r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?"
_WRITTEN = re.compile(
    rf"\b(?:(?:le|du|au|les|de|dès le|depuis le)\s+)?{_WEEKDAY}{_DAY}"
    rf"(?:(?:\s*[-–]\s*|\s+(?:et|au|à|ou)\s+){_WEEKDAY}{_DAY})?"
    rf"\s+({_MONTHS})(\s+\d{{4}})?\b",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<![\d-])(\d{4}-\d{2})-\d{2}(?![\d-])")
_SLASHES = re.compile(r"(?<![\d/])\d{1,2}[/.](\d{1,2})[/.](\d{4})(?![\d/])")


def to_month(value: str | int) -> str:
    """A date of a record, no finer than a month. ``2018-06-15`` -> ``2018-06``.

    A whole year or period stays as it was written; other forms are written anew from their first
    and last months, so that ``du 4 au 15 juin 2018`` says ``2018-06``.
    """
    span = dates.parse(value)
    first, last = span.earliest, span.latest
    if first == date.min:
        return f"avant {_coarse(last + timedelta(days=1))}"
    if last == date.max:
        return f"depuis {_coarse(first)}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return span.text
    about = "vers " if span.approximate else ""
    if (first.year, first.month) == (last.year, last.month):
        return f"{about}{_month(first)}"
    return f"{about}{_month(first)} à {_month(last)}"


def first_month(value: str | int) -> str:
    """``2018-06`` for the first day that a date can mean; "" where it has no beginning."""
    first = dates.parse(value).earliest
    return "" if first == date.min else _month(first)


def last_month(value: str | int) -> str:
    """``2018-06`` for the last day that a date can mean; "" where it has no end."""
    last = dates.parse(value).latest
    return "" if last == date.max else _month(last)


def without_days(text: str) -> str:
    """A text with its dates reduced to months: ``le 2 février 2018`` -> ``en février 2018``."""
    text = _WRITTEN.sub(_said_in_month, text)
    text = _ISO.sub(r"\1", text)
    return _SLASHES.sub(r"\1/\2", text)


def _said_in_month(match: re.Match[str]) -> str:
    word = "En" if match[0][0].isupper() else "en"
    return f"{word} {match[1]}{match[2] or ''}"


def _coarse(day: date) -> str:
    """A bound of an open period: its year where that is all it says."""
    return f"{day.year:04}" if (day.month, day.day) == (1, 1) else _month(day)


def _month(day: date) -> str:
    return f"{day.year:04}-{day.month:02}"
