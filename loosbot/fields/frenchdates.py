"""The exact way back from :func:`loosbot.corpus.dates.display`.

``15 juin 2018`` is ``2018-06-15`` again, ``juin 2018`` is ``2018-06``, ``du 15 juin 2018 au 2
juillet 2018`` is ``2018-06-15 à 2018-07-02``; the other forms of a "date souple" (``depuis 2015``,
``fin 2017``, ``du 4 au 5 juin 2018``) are the same in YAML.
"""

from __future__ import annotations

import re

from loosbot import lazy
from loosbot.corpus.dates import MONTHS, is_date

_FRENCH = lazy.pattern(
    rf"(?<![\w-])(?:(1er|[1-9]|[12][0-9]|3[01]) )?({'|'.join(MONTHS)}) ([0-9]{{4}})(?!\w)"
)
_ELIDED = lazy.pattern(r"\b([Dd])['’](?=[0-9]{4}-)")
_TWO_DAYS = lazy.pattern(r"du ([0-9]{4}-[0-9]{2}-[0-9]{2}) au ([0-9]{4}-[0-9]{2}-[0-9]{2})")
_YEARS = lazy.pattern(r"de ([0-9]{4}) à ([0-9]{4})")


def parsed(text: str) -> str:
    """The inverse of ``display`` for what it changes; any other text as it is.

    The end of « du 4 au 5 juin 2018 » or « le 5 juin 2018 » is no day by itself: in figures, the
    whole would be no date any more.
    """
    if years := _YEARS.fullmatch(text):
        return f"{years[1]}-{years[2]}"
    figures = in_figures(text)
    days = _TWO_DAYS.fullmatch(figures) if figures != text else None
    return f"{days[1]} à {days[2]}" if days else figures


def in_figures(text: str) -> str:
    """As :func:`parsed`, and « du … au … » keeps its words, also between two days."""
    figures = _ELIDED.sub(r"\1e ", _FRENCH.sub(_to_iso, text))
    return figures if figures == text or is_date(figures) else text


def _to_iso(match: re.Match[str]) -> str:
    day, name, year = match.groups()
    month = f"{year}-{MONTHS.index(name) + 1:02}"
    if day is None:
        return month
    return f"{month}-{1 if day == '1er' else int(day):02}"
