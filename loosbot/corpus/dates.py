"""Dates as people know them: a year, a month, a day, a period, or "about".

``parse`` gives the first and the last day that a text can mean. Texts are read without regard
to case and accents.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache

from loosbot.errors import LoosbotError
from loosbot.frozen import dataclass

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
EXAMPLES = "2018, 2018-06, 2018-06-15, 1995-2000, depuis 2015, vers 1989, années 1980"
_MAX_LENGTH = 100
_YEARS = range(1000, 2201)


@dataclass(frozen=True, slots=True)
class Span:
    """From ``earliest`` to ``latest`` included; open ends are ``date.min`` and ``date.max``.

    ``approximate`` tells that the author wrote "about" in one way or another.
    """

    earliest: date
    latest: date
    approximate: bool
    text: str


class DateError(LoosbotError, ValueError):
    """A text that is no date. ``code`` is a finding's; ``message`` and ``hint`` are French."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


def is_date(value: str | int) -> bool:
    """Whether :func:`parse` can read it."""
    try:
        parse(value)
    except DateError:
        return False
    return True


@lru_cache(maxsize=4096)
def parse(value: str | int) -> Span:
    """The days that a date of a record covers. Raises DateError."""
    text = str(value)
    plain = _plain(text) if len(text) <= _MAX_LENGTH else ""
    days = _period(plain) if plain else None
    if days is None:
        raise DateError(
            "date-illisible",
            f"« {text[:40]} » n’est pas une date que l’on sait lire.",
            _numeric_date(plain)
            or _mended(plain)
            or f"Formes possibles : {EXAMPLES} ; ou inconnu.",
        )
    earliest, latest, approximate = days
    if latest < earliest:
        raise DateError(
            "dates-inversees",
            f"La période « {text} » finit avant d’avoir commencé.",
            "Écrivez d’abord le début, puis la fin.",
        )
    return Span(earliest, latest, approximate, text)


def display(value: str | int) -> str:
    """The date as French readers write it: ``15 juin 2018``, ``de 1995 à 2000``."""
    text = " ".join(str(value).split())
    if years := re.fullmatch(r"(\d{4})-(\d{4})", text):
        return f"de {years[1]} à {years[2]}"
    text = re.sub(r"(?<![\d-])(\d{4})-(\d\d)(?:-(\d\d))?(?![\d-])", _shown, text)
    return re.sub(r"\b([Dd])e (?=avril|août|octobre)", r"\1’", text)


def _shown(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    if not 1 <= int(month) <= 12:
        return match[0]
    name = f"{MONTHS[int(month) - 1]} {year}"
    if day is None:
        return name
    return f"1er {name}" if day == "01" else f"{int(day)} {name}"


_Days = tuple[date, date, bool]
_FOLDED_MONTHS = {
    "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)): index
    for index, name in enumerate(MONTHS, 1)
}
_MONTH = "|".join(_FOLDED_MONTHS)
_WEEKDAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) "
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_TWO_YEARS = re.compile(r"(\d{4})-(\d{4})", re.ASCII)
_FRENCH = re.compile(rf"(?:le )?(?:{_WEEKDAY})?(?:(1er|\d{{1,2}}) )?({_MONTH}) (\d{{4}})", re.ASCII)
_TWO_DAYS = re.compile(
    rf"(?:du |de |les )?(?:{_WEEKDAY})?(1er|\d{{1,2}})(?: et | au | a |-)"
    rf"(?:{_WEEKDAY})?(\d{{1,2}}) ({_MONTH}) (\d{{4}})",
    re.ASCII,
)
_TWO_MONTHS = re.compile(
    rf"(?:de |du |d')?(?:(1er|\d{{1,2}}) )?({_MONTH})(?: et | au? |-)"
    rf"(?:(1er|\d{{1,2}}) )?({_MONTH}) (\d{{4}})",
    re.ASCII,
)
_RANGE = re.compile(r"(?:de |du |d'|entre )?(.+?) (?:a|au|et|-|–) (.+)")
_ALTERNATIVES = re.compile(r"(.+?) ou (.+)")
_OPEN = re.compile(
    r"(depuis|a partir de|a partir des|a partir du|avant|apres|jusqu'en|jusqu'a|jusqu'au) (.+)"
)
_ABOUT = re.compile(r"(?:vers|environ|autour de|aux environs de) (?:l'annee )?(.+)")
_PART = re.compile(r"(?:a la |au )?(debut|milieu|mi|fin)(?: de | d'| des | du | |-)(.+)")
_DECADE = re.compile(r"(?:dans les |les )?annees (\d{3})0", re.ASCII)
_SEASON = re.compile(
    r"(?:l'|au )?(printemps|ete|automne|hiver)(?: de)? (\d{4})(?:-(\d{4}))?", re.ASCII
)
_SEASONS = {"printemps": (3, 20, 6, 20), "ete": (6, 21, 9, 22), "automne": (9, 23, 12, 20)}


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).split())


def _period(text: str) -> _Days | None:
    """Every form; a qualifier calls for a simpler form, so this ends.

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
            first, last = _period(match[1]), _period(match[2])
            if first is not None and last is not None:
                return first[0], last[1], approximate or first[2] or last[2]
    return None


def _simple(text: str) -> _Days | None:
    if match := _TWO_YEARS.fullmatch(text):
        return date(_year(match[1]), 1, 1), date(_year(match[2]), 12, 31), False
    if match := _ISO.fullmatch(text):
        return (*_days(*match.groups()), False)
    if match := _FRENCH.fullmatch(text):
        day, month, year = match.groups()
        return (*_days(year, str(_FOLDED_MONTHS[month]), day), False)
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
    days = _period(text)
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
    inner = (
        _period(match[1]) if match else _period(text[:-1].rstrip()) if text[-1:] == "?" else None
    )
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
        number = str(_FOLDED_MONTHS[month])
        return _days(year, number, first)[0], _days(year, number, last)[1], False
    if match := _TWO_MONTHS.fullmatch(text):
        day, month, last_day, last_month, year = match.groups()
        first_days = _days(year, str(_FOLDED_MONTHS[month]), day)
        return first_days[0], _days(year, str(_FOLDED_MONTHS[last_month]), last_day)[1], False
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


def _days(year: str, month: str | None, day: str | None) -> tuple[date, date]:
    """First and last day of a year, a month or a day."""
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
            else f"Écrivez {number} si vous ne savez que l’année. Une période : 1995-2000.",
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


_SIGN = r"[ /._\u2010-\u2015-]"
_DAY, _NUMBER, _WHOLE = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?P<year>\d{4})"
_NUMERIC = tuple(
    re.compile(form, re.ASCII)
    for form in (
        rf"{_DAY}{_SIGN}{_NUMBER}{_SIGN}{_WHOLE}",
        rf"{_WHOLE}{_SIGN}{_NUMBER}{_SIGN}{_DAY}",
        r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)",
    )
)
_MONTH_ONLY = re.compile(r"(\d{1,2})[/.-](\d{4})|(\d{4})[/.](\d{1,2})", re.ASCII)
_SHORT_YEAR = re.compile(
    rf"\d{{1,2}}{_SIGN}\d{{1,2}}{_SIGN}(\d\d)|(?:.* )?(?:{_MONTH}) (\d\d)|(\d\d)", re.ASCII
)
_HOUR = re.compile(r"(?<=\d)(?:t| a | )\d{1,2} ?[:h].*\Z")


def _numeric_date(text: str) -> str:
    """What to write instead of 15/06/2018, 20180615, 06/2018 or 15/06/18; "" for anything else."""
    text = _HOUR.sub("", text)
    if match := _MONTH_ONLY.fullmatch(text):
        month, year = match[1] or match[4], match[2] or match[3]
        _days(year, month, None)
        return f"Écrivez l’année puis le mois : {year}-{int(month):02}."
    if match := _SHORT_YEAR.fullmatch(text):
        short = match[1] or match[2] or match[3]
        return f"Écrivez l’année en entier : 20{short} ou 19{short}, et non {short}."
    found = next((match for form in _NUMERIC if (match := form.fullmatch(text))), None)
    if found is None:
        return ""
    day, month, year = found["day"], found["month"], found["year"]
    if int(month) > 12 >= int(day):
        day, month = month, day
    _days(year, month, day)  # says what is wrong with a day that no calendar has
    return f"Écrivez l’année, le mois puis le jour : {year}-{int(month):02}-{int(day):02}."


_LEAD = re.compile(r"(?:en|le|du|dans|courant|annee|l'annee) ")
_ABOUT_IT = re.compile(
    r"(?P<a>.+?),? (?:environ|a peu pres)|[~±] ?(?P<b>.+)|(?:ca\.?|circa) (?P<c>.+)"
)

_DIGITS = str.maketrans("oli", "011")
_TYPED_DIGITS = re.compile(r"\b(?=[oli]*\d)[\doli]{4}\b", re.ASCII)
_SHORT_MONTH = re.compile(rf"\b(?!(?:{_MONTH})\b)([a-z]{{3,5}})\.?(?= \d)", re.ASCII)
_QUARTER = re.compile(r"t ?([1-4]) (\d{4})", re.ASCII)


def _whole_month(match: re.Match[str]) -> str:
    """The month that an abbreviation begins, alone to do so."""
    months = [
        MONTHS[number - 1] for name, number in _FOLDED_MONTHS.items() if name.startswith(match[1])
    ]
    return months[0] if len(months) == 1 else match[0]


def _mended(text: str) -> str:
    """What to write instead of ``en 2018``, ``2018.``, ``2018 environ``, ``2018/2019``, ``2O18``,
    ``sept. 2018`` or ``T2 2018``."""
    bare = _LEAD.sub("", text.rstrip(" .;,:"), count=1).strip()
    around = _ABOUT_IT.fullmatch(bare)
    wanted = f"vers {next(filter(None, around.groups()))}" if around else bare
    wanted = re.sub(r"\A(\d{4}) ?/ ?(\d{4})\Z", r"\1-\2", wanted)
    # letters that are typed for digits: O for 0, l or I for 1
    wanted = _TYPED_DIGITS.sub(lambda typed: typed[0].translate(_DIGITS), wanted)
    wanted = _SHORT_MONTH.sub(_whole_month, wanted)
    if quarter := _QUARTER.fullmatch(wanted):
        last = 3 * int(quarter[1])
        wanted = f"{MONTHS[last - 3]} à {MONTHS[last - 1]} {quarter[2]}"
    return f"Écrivez : {wanted}" if wanted not in ("", text) and is_date(wanted) else ""
