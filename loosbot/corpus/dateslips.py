"""What people write for a date that is none of its forms, and how to write it instead. Pure."""

from __future__ import annotations

import difflib
import re
from datetime import date, timedelta

from loosbot import lazy
from loosbot.corpus import datewords, feasts
from loosbot.corpus.dategrammar import (
    FOLDED_MONTHS,
    MONTH,
    MONTHS,
    DateError,
    days_of,
    period,
    plain,
)

_SIGN = r"[ /._\u2010-\u2015-]"
_DAY, _NUMBER, _WHOLE = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?P<year>\d{4})"
_NUMERIC = tuple(
    lazy.pattern(form, re.ASCII)
    for form in (
        rf"{_DAY}{_SIGN}{_NUMBER}{_SIGN}{_WHOLE}",
        rf"{_WHOLE}{_SIGN}{_NUMBER}{_SIGN}{_DAY}",
        r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)",
    )
)
_MONTH_ONLY = lazy.pattern(
    r"(\d{1,2})[/.-](\d{4})|(\d{4})[/.-](\d{1,2})|((?:19|20)\d\d)(0[1-9]|1[0-2])", re.ASCII
)
_SHORT_DATE = lazy.pattern(
    rf"(?P<a>\d{{1,2}})(?P<sign>{_SIGN})(?P<b>\d{{1,2}}){_SIGN}(?P<c>\d\d)", re.ASCII
)
_BRIEF_MONTH = rf"(?:{MONTH}|janv|fevr|juil|sept|oct|nov|dec)\.?"
_SHORT_YEAR = lazy.pattern(
    rf"(?!.*\d{{4}})(?:.* )?{_BRIEF_MONTH} '?(\d\d)|'?(\d\d)"
    rf"|(?:\d{{1,2}}-)?{_BRIEF_MONTH}-(\d\d)",
    re.ASCII,
)
_EXCEL_DAY = lazy.pattern(rf"(\d{{1,2}})-({MONTH})-\d\d", re.ASCII)
_LATEST = 49
"""The last year in two digits that may be of this century: plans reach so far."""
_HOUR = lazy.pattern(r"(?<=\d)(?:t|,? (?:a |de |vers )?)\d{1,2} ?[:h].*\Z")
_UNKNOWN = frozenset(
    (
        *("?", "??", "???", "-", "nc", "n.c", "n/c", "nr", "nsp", "na", "n/a", "sd", "s.d", "x"),
        *("inconnu", "inconnus", "inconnues", "unknown", "none", "null", "tbd"),
        *("sans date", "non date", "non datee", "date inconnue", "inconnue", "pas de date"),
        *("ne sait pas", "je ne sais pas", "on ne sait pas", "non connu", "non connue"),
        *("non communique", "non communiquee", "non precise", "non precisee", "pas su"),
        *("nd", "n.d"),
        *("non disponible", "pas connu", "pas connue", "a definir", "a determiner", "en attente"),
        *("non chiffre", "non chiffree", "aucune idee"),
        *("non renseigne", "non renseignee", "a preciser", "a completer", "a verifier"),
    )
)


def says_unknown(text: str) -> bool:
    """Whether a text, in lower case and without accents, is how people write that nobody knows:
    « n.c. », « ? », « a preciser »."""
    return text.strip(" .") in _UNKNOWN


def instead_of(text: str) -> str:
    """How to write a date that nothing reads, in French; "" where nobody can tell.

    ``text`` is as :func:`~loosbot.corpus.dategrammar.plain` gives it. Raises DateError for a day
    that no calendar has.
    """
    if text.strip(" .") in _UNKNOWN:
        return "Si personne ne le sait, écrivez : inconnu"
    if text in ("en cours", "ce jour", "aujourd'hui", "toujours en cours"):
        return "Dites depuis quand : depuis 2015"
    if open_ended := _UNFINISHED.fullmatch(text):
        return f"Écrivez : depuis {open_ended[1]}"
    ours = datewords.in_our_words(text)
    return (
        _numeric_date(text)
        or datewords.lacking(ours)
        or _mended(text)
        or (_in_words(ours) if ours != text else "")
        or _inside(text)
    )


def _in_words(text: str) -> str:
    """What to write of a date in words of ours. Raises DateError for a day of no calendar."""
    return _written(text) if period(text) else _mended(text)


def _numeric_date(text: str) -> str:
    """What to write instead of 15/06/2018, 20180615, 06/2018 or 15/06/18; "" for anything else."""
    text = _HOUR.sub("", text)
    if match := _MONTH_ONLY.fullmatch(text):
        month, year = match[1] or match[4] or match[6], match[2] or match[3] or match[5]
        days_of(year, month, None)
        return f"Écrivez l’année puis le mois : {year}-{int(month):02}."
    if match := _SHORT_DATE.fullmatch(text):
        return _short_date(match["a"], match["b"], match["c"], match["sign"])
    if match := _SHORT_YEAR.fullmatch(text):
        short = match[1] or match[2] or match[3]
        years = _whole_years(short)
        if named := _EXCEL_DAY.fullmatch(text):
            return f"Écrivez l’année en entier : {named[1]} {named[2]} {', ou '.join(years)}."
        return f"Écrivez l’année en entier : {' ou '.join(years)}, et non {short}."
    day = in_digits(text)
    return f"Écrivez l’année, le mois puis le jour : {day}." if day else ""


def in_digits(text: str) -> str:
    """``2018-06-15`` for a day in digits, 15/06/2018 or 20180615; "" for anything else.

    Raises DateError for a day that no calendar has.
    """
    parts = next((match for form in _NUMERIC if (match := form.fullmatch(text))), None)
    if parts is None:
        return ""
    day, month, year = parts["day"], parts["month"], parts["year"]
    if int(month) > 12 >= int(day):
        day, month = month, day
    days_of(year, month, day)  # says what is wrong with a day that no calendar has
    return _numeric(year, month, day)


def _short_date(first: str, second: str, last: str, sign: str) -> str:
    """What to write instead of 12/05/18: day, month and year, and what else it may mean.

    Raises DateError where no calendar has such a day.
    """
    if int(first) > 31:
        first, last = last, first
        sign = "/"
    day, month = (second, first) if int(second) > 12 >= int(first) else (first, second)
    years = _whole_years(last)
    readings = [_numeric(year, month, day) for year in years if _has(year, month, day)]
    if not readings:
        days_of(years[0], month, day)
    readings[1:] = [f"{other} si c’était en {other[:4]}" for other in readings[1:]]
    # « 18-05-12 » may be an international date without its century
    if sign == "-" and _has(f"20{first:0>2}", second, last) and first != last:
        readings.append(f"{_numeric(f'20{first:0>2}', second, last)} si l’année est devant")
    return f"Écrivez l’année en entier, le mois puis le jour : {', ou '.join(readings)}."


def _whole_years(short: str) -> list[str]:
    """The years that two digits may mean, the likeliest first."""
    return [f"20{short}"] * (int(short) <= _LATEST) + [f"19{short}"]


def _numeric(year: str, month: str, day: str) -> str:
    return f"{year}-{int(month):02}-{int(day):02}"


def _has(year: str, month: str, day: str) -> bool:
    """Whether the calendar has this day."""
    try:
        days_of(year, month, day)
    except DateError:
        return False
    return True


_YEAR_INSIDE = lazy.pattern(
    r"(?<!\d)(?<!\b\d[/.-])(?<!\b\d\d[/.-])(?:1[5-9]|20)\d\d(?!\d)(?![/.-]\d\d?\b)", re.ASCII
)
_MOST_WORDS = 12


def _inside(text: str) -> str:
    """What to write of « vacances de Noël 2018 » or « 2015, puis 2018 »: the longest date that its
    words hold; "" where they hold none. Whether it is the one that was meant, nobody knows."""
    years = sorted({match[0] for match in _YEAR_INSIDE.finditer(text)})
    words = [word.strip(" .,;:()") for word in text.split()][:_MOST_WORDS]
    if len(years) > 1:
        return f"Une seule date ici. Si c’est toute la période, écrivez : {years[0]}-{years[-1]}"
    if not years:
        return ""
    size = len(words)
    runs = (
        " ".join(words[start : start + length])
        for length in range(size, 0, -1)
        for start in range(size - length + 1)
    )
    wanted = next((run for run in runs if years[0] in run and _is_date(_accented(run))), years[0])
    return f"On y lit {_accented(wanted)} : si c’est la date, écrivez-la seule."


_LEAD = lazy.pattern(
    r"\A(?:(?:en|le|les|du|dans|courant|annee|l'annee|(?:la )?nuit du"
    r"|(?:signee?|faite?|datee?|publiee?|envoyee?)s? (?:du|en|le)"
    r"|(?:lun|mar|mer|jeu|ven|sam|dim)\.) |(?:a|pendant|durant|courant(?: de)?|au cours de) (?=l'))"
)
_UNFINISHED = lazy.pattern(r"(\d{4}) ?[-–—]? ?\.{3}", re.ASCII)
_ABOUT_IT = lazy.pattern(
    r"(?P<a>.+?),? (?:env\.?|environ|a peu pres)|[~±] ?(?P<b>.+)|(?:ca\.?|circa) (?P<c>.+)"
    r"|(?P<d>.+?) ?\((?:a (?:confirmer|verifier|preciser)|\?+|env\.?|environ|approximatif)\)"
)
_DIGITS = str.maketrans("oli", "011")
_TYPED_DIGITS = lazy.pattern(
    r"\b(?=[oli]*\d)[\doli]{4}\b|(?<=\d-)(?=[oli]?\d)[\doli]{2}\b", re.ASCII
)
_CLOSE = 0.85
_SHORT_MONTH = lazy.pattern(rf"\b(?!(?:{MONTH})\b)([a-z]{{3,10}})\.?(?=[ -]\d)", re.ASCII)
_UNPARTED = lazy.pattern(rf"(?<=[a-z]{{3}})(?=\d)|(?<=\d)(?=(?:{MONTH})\b)", re.ASCII)
"""Where a blank lacks between a word and a number."""
_PART_OF_YEAR = lazy.pattern(
    r"(?:(?P<name>[tsq]) ?(?P<a>[1-4])|(?P<b>[1-4])(?:er|e|eme|nd|d)? (?P<word>trim|sem)[a-z.]*)"
    r"(?: de| -|-|/)? ?(?P<year>\d{4})|(?P<y>\d{4})[ -]?(?P<n>[tsq])(?P<c>[1-4])",
    re.ASCII,
)
_SERIAL = lazy.pattern(r"([3-5]\d{4})(?:[.,]\d+)?", re.ASCII)
"""A day as a spreadsheet counts it, since the end of 1899: 1982 to 2064."""
_CENTURY = lazy.pattern(r"(?:au |le )?([ivx]{2,5}|1[0-9]|2[01])(?:e|eme) siecle")
_ROMAN = {"xv": 15, "xvi": 16, "xvii": 17, "xviii": 18, "xix": 19, "xx": 20, "xxi": 21}
_DAY_INSIDE = lazy.pattern(
    r"(?:\ble )?(?<![\d./-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)", re.ASCII
)
_MONTH_INSIDE = lazy.pattern(r"(?<![\d./-])(\d{1,2})[/.](\d{4})(?!\d)", re.ASCII)
_ISO = r"\d{4}-\d\d(?:-\d\d)?"
_TWO_DAYS = lazy.pattern(r"\A\d{4}-\d\d-\d\d au (?=\d)", re.ASCII)
_OTHERWISE = tuple(
    (lazy.pattern(form, re.ASCII), instead)
    for form, instead in (
        (r"(\d{4}) ?(?:[/–—,→&+ ]|->) ?(\d{4})", r"\1-\2"),
        (r"(?:du )?(\d\d) (?:au|et) ((\d{4}-\d\d)-\d\d)", r"\3-\1 à \2"),
        (rf"(\d{{1,2}}) ?[/&] ?(\d{{1,2}} (?:{MONTH}) \d{{4}})", r"du \1 au \2"),
        (rf"(?:1 er|premier)[ -]({MONTH}) (\d{{4}})", r"1er \1 \2"),
        (r"([12]) (\d{3})", r"\1\2"),
        (rf"({_ISO}) ?[/–—-] ?({_ISO})", r"\1 à \2"),
        (r"(?:de |du )?(.+?) (?:a|-|–|—) (?:ce jour|aujourd'hui|maintenant|\.{2,3})", r"depuis \1"),
        (r"(\d{4}) ?[-–—]", r"depuis \1"),
        (
            rf"(\d{{1,2}} {MONTH}) ?[–—-] ?(\d{{1,2}} {MONTH} \d{{4}})".replace(
                MONTH, f"(?:{MONTH})"
            ),
            r"du \1 au \2",
        ),
        (r"(.+ \d{4}) ?(?:[–—→-]|->) ?([a-z1-9].* \d{4})", r"\1 à \2"),
        (rf"({MONTH})(?:, (?:{MONTH}))*(?:,| et) ({MONTH}) (\d{{4}})", r"\1 à \2 \3"),
        (r"(?:les )?annees ([2-9]0)", r"années 19\1"),
        (
            r"(?:vers )?(?:la |le )?(debut|milieu|mi|fin)[ -](?:d'annee|de l'annee|de) (\d{4})",
            r"\1 \2",
        ),
        (r"(?:vers )?(?:la |le )(debut|milieu|fin) (\d{4})", r"\1 \2"),
        (r"(?:la )?rentree (?:de )?(\d{4})", r"septembre \1"),
        (r"(\d{1,2})(?:, \d{1,2})+ et (.+)", r"du \1 au \2"),
        (rf"(\d{{1,2}}|1er)[-/ ]({MONTH})(?:[-/]|, )(\d{{4}})", r"\1 \2 \3"),
        (rf"({MONTH})(?:, |[-/.])(\d{{4}})", r"\1 \2"),
        (rf"(\d{{4}}),? ({MONTH})", r"\2 \1"),
        (rf"(\d{{4}}) ({MONTH}) (\d{{1,2}})", r"\3 \2 \1"),
        (r"hiver (\d{4}) ?/ ?(\d{4})", r"hiver \1-\2"),
        (rf"({MONTH}) ?[/–—-] ?({MONTH}) (\d{{4}})", r"\1 à \2 \3"),
        (r"entre (.+) et (.* \d{4}|\d{4})", r"\1 à \2"),
        (r"(?:printemps|ete|automne) ?[-/] ?(?:ete|automne|hiver) (\d{4})", r"\1"),
    )
)
"""What people write, and the same as a date is written here."""
_ACCENTS = {
    "debut": "début", "fevrier": "février", "aout": "août", "decembre": "décembre", "ete": "été",
    "apres": "après", "annees": "années", "a": "à",
}  # fmt: skip
_UNACCENTED = lazy.pattern(rf"\b(?:{'|'.join(_ACCENTS)})\b")


def _mended(text: str) -> str:
    """What to write instead of ``en 2018``, ``2018.``, ``2018 environ``, ``2018/2019``, ``2O18``,
    ``sept. 2018`` or ``T2 2018``."""
    bare = _HOUR.sub("", _LEAD.sub("", text.rstrip(" .;,:"), count=1).strip())
    if bare != text and (numeric := _numeric_date(bare)):
        return numeric
    if match := _SERIAL.fullmatch(bare):
        day = date(1899, 12, 30) + timedelta(days=int(match[1]))
        return f"Si un tableur a fait ce nombre d’un jour, écrivez : {day.isoformat()}"
    if days := datewords.week(bare) or feasts.day(bare):
        return f"Écrivez : {days}"
    if match := _CENTURY.fullmatch(bare):
        century = _ROMAN.get(match[1]) or (int(match[1]) if match[1].isdigit() else 0)
        return f"Écrivez : {century - 1}01-{century}00" if century else ""
    around = _ABOUT_IT.fullmatch(bare)
    wanted = f"vers {next(filter(None, around.groups()))}" if around else bare
    wanted = _DAY_INSIDE.sub(lambda day: _numeric(day[3], day[2], day[1]), wanted)
    wanted = _MONTH_INSIDE.sub(lambda match: f"{match[2]}-{int(match[1]):02}", wanted)
    # letters that are typed for digits: O for 0, l or I for 1
    wanted = _TYPED_DIGITS.sub(lambda typed: typed[0].translate(_DIGITS), wanted)
    wanted = _SHORT_MONTH.sub(_whole_month, _UNPARTED.sub(" ", wanted))
    for form, instead in _OTHERWISE:
        if match := form.fullmatch(wanted):
            wanted = match.expand(instead)
    if part := _PART_OF_YEAR.fullmatch(wanted):
        wanted = _months_of(part)
    return _written(wanted) if wanted != text else ""


def _written(text: str) -> str:
    """« Écrivez : début 2018 » of the plain « debut 2018 »; "" where it is no date."""
    wanted = _accented(text)
    wanted = _TWO_DAYS.sub(r"du \g<0>", wanted)
    return f"Écrivez : {wanted}" if wanted and _is_date(wanted) else ""


def _accented(text: str) -> str:
    return _UNACCENTED.sub(lambda word: _ACCENTS[word[0]], text).replace("'", "’")


def _is_date(text: str) -> bool:
    try:
        days = period(plain(text))
    except DateError:
        return False
    return days is not None and days[0] <= days[1]


def _whole_month(match: re.Match[str]) -> str:
    """The month that an abbreviation begins, alone to do so, or that was meant by a slip."""
    months = [
        MONTHS[number - 1] for name, number in FOLDED_MONTHS.items() if name.startswith(match[1])
    ]
    near = difflib.get_close_matches(match[1], FOLDED_MONTHS, 1, _CLOSE) if not months else []
    months += [MONTHS[FOLDED_MONTHS[name] - 1] for name in near]
    return months[0] if len(months) == 1 else match[0]


def _months_of(part: re.Match[str]) -> str:
    """The months of a quarter or of half a year; "" where a year has no such part."""
    name = part["name"] or part["word"] or part["n"]
    rank, year = int(part["a"] or part["b"] or part["c"]), part["year"] or part["y"]
    months = 6 if name.startswith("s") else 3
    if rank * months > 12:
        return ""
    return f"{MONTHS[(rank - 1) * months]} à {MONTHS[rank * months - 1]} {year}"
