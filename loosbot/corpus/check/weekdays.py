"""Days of the week in texts that are not those of their date: « mardi 3 juin 2018 » was a Sunday.

Those of fields that are dates are looked at with these (:mod:`loosbot.corpus.check.chronology`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from loosbot import lazy
from loosbot.corpus.check.texts import TextCheck
from loosbot.corpus.dategrammar import FOLDED_MONTHS, WEEKDAY, WEEKDAYS
from loosbot.corpus.wording import quoted, without_accents
from loosbot.corpus.yaml.pasted import Misreading

MOST = 3
_GREGORIAN = 1583
"""The first year whose days are counted as ours everywhere that kept records in French."""
_DATED = lazy.pattern(
    rf"\b(?P<name>(?i:{WEEKDAY}))[ \u00a0\u202f](?P<day>1er|[0-9]{{1,2}})"
    r"(?:[ \u00a0\u202f](?P<month>[^\W\d_]{3,9})\.?[ \u00a0\u202f]"
    r"|[/.-](?P<number>0?[1-9]|1[0-2])[/.-])(?P<year>[0-9]{4})\b(?! ?\[sic\])"
)


def misreadings(text: str) -> Iterator[Misreading]:
    """The dates of a text whose day of the week is another one."""
    for match in islice(_DATED.finditer(text), MOST):
        day = _day_of(match)
        if day is None or day.year < _GREGORIAN:
            continue
        name = WEEKDAYS[day.weekday()]
        if name == match["name"].lower():
            continue
        right = name.capitalize() if match["name"][0].isupper() else name
        yield Misreading(
            "jour-de-semaine",
            f"{quoted(match[0])} : ce jour-là est un {name}.",
            "Le jour ou la date est faux. Si c’est le jour, écrivez : "
            f"{right}{match[0][len(match['name']) :]}",
            match[0],
        )


def _day_of(match: re.Match[str]) -> date | None:
    month = int(match["number"] or FOLDED_MONTHS.get(without_accents(match["month"]), 0))
    try:
        return date(int(match["year"]), month, int(match["day"].removesuffix("er")))
    except ValueError:
        return None


# a file without a day of the week before a number has no such date
CHECK = TextCheck(re.compile(rb"di(?:manche)?(?: |\xc2\xa0)[0-9]").search, misreadings)
