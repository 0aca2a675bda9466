"""The day of a feast in a year, fixed or counted from Easter. Pure."""

from __future__ import annotations

import re
from datetime import date, timedelta

from loosbot import lazy
from loosbot.corpus.dategrammar import MONTHS, ordinal

_FIXED = {
    "nouvel an": (1, 1),
    "jour de l'an": (1, 1),
    "chandeleur": (2, 2),
    "saint-valentin": (2, 14),
    "fete du travail": (5, 1),
    "fete de la musique": (6, 21),
    "saint-jean": (6, 24),
    "fete nationale": (7, 14),
    "assomption": (8, 15),
    "toussaint": (11, 1),
    "armistice": (11, 11),
    "saint-nicolas": (12, 6),
    "noel": (12, 25),
    "saint-sylvestre": (12, 31),
}
_FROM_EASTER = {
    "mardi gras": -47,
    "mercredi des cendres": -46,
    "rameaux": -7,
    "vendredi saint": -2,
    "lundi de paques": 1,
    "paques": 0,
    "ascension": 39,
    "lundi de pentecote": 50,
    "pentecote": 49,
}
_FEAST = lazy.pattern(
    r"(?:(?:la |l'|jour d[eu] )|(?:dimanche|jeudi) (?:de l'|de la |de |des ))?"
    rf"({'|'.join(map(re.escape, _FIXED | _FROM_EASTER))}) (?:de |en )?(\d{{4}})",
    re.ASCII,
)
_GREGORIAN = 1583


def day(text: str) -> str:
    """``22 avril 2019`` of « lundi de paques 2019 »; "" for what is no feast of a year.

    ``text`` is as :func:`~loosbot.corpus.dategrammar.plain` gives it.
    """
    match = _FEAST.fullmatch(text)
    if not match or (year := int(match[2])) < _GREGORIAN:
        return ""
    feast = (
        date(year, *_FIXED[match[1]])
        if match[1] in _FIXED
        else _easter(year) + timedelta(days=_FROM_EASTER[match[1]])
    )
    return f"{ordinal(feast.day)} {MONTHS[feast.month - 1]} {year}"


def _easter(year: int) -> date:
    """The Sunday of Easter in the Gregorian calendar (J. Meeus, Astronomical Algorithms, ch. 8)."""
    golden, century, of_century = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, rest = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, rest + 1)
