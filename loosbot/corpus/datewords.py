"""The words of a date in English, or in a French that no form of a date has: the same in words
that :mod:`loosbot.corpus.dategrammar` reads. Pure; texts are as its ``plain`` gives them."""

from __future__ import annotations

import re
from datetime import date

from loosbot import lazy
from loosbot.corpus.dategrammar import (
    FOLDED_MONTHS,
    MONTH,
    MONTHS,
    WEEKDAY,
    WEEKDAYS,
    ordinal,
    plain,
)
from loosbot.corpus.numerals import in_figures

_ENGLISH = dict(
    zip(
        (
            *("january", "february", "march", "april", "may", "june", "july", "august"),
            *("september", "october", "november", "december"),
        ),
        MONTHS,
        strict=True,
    )
) | {
    "feb": "fevrier", "apr": "avril", "aug": "aout", "spring": "printemps", "summer": "ete",
    "autumn": "automne", "fall": "automne", "winter": "hiver", "since": "depuis",
    "until": "jusqu'en", "till": "jusqu'en", "before": "avant", "after": "apres", "around": "vers",
    "about": "vers", "early": "debut", "late": "fin", "mid": "mi", "beginning of": "debut",
    "end of": "fin", "from": "de", "to": "a", "between": "entre", "and": "et", "or": "ou",
}  # fmt: skip
_IN_ENGLISH = lazy.pattern(rf"\b(?:{'|'.join(_ENGLISH)})\b")
_RANKS = {
    "premier": "1er", "second": "2e", "deuxieme": "2e", "troisieme": "3e", "quatrieme": "4e",
    "first": "1er", "third": "3e", "fourth": "4e",
}  # fmt: skip
_RANKED = lazy.pattern(rf"\b({'|'.join(_RANKS)}) (?=trim|sem|quarter|half)")
_OTHER = tuple(
    (lazy.pattern(form, re.ASCII), instead)
    for form, instead in (
        (r"\b(?:the )?((?:1[89]|20)\d0)'?s\b", r"annees \1"),
        (r"\b(?:the |an |l'an |in )(?=\d{4}\b)", ""),
        (r"\b(\d{1,2})(?:st|nd|rd|th)\b(?: of)?", r"\1"),
        (rf"\b({MONTH})\. ", r"\1 "),
        (r" ?(?:→|->) ?", " a "),
        (r"\b(depuis|avant|apres) (?:le |la |l')(?=(?:printemps|ete|automne|hiver) )", r"\1 "),
        (r"\bquarter\b", "trimestre"),
        (r"\bhalf(?: of)?\b", "semestre"),
        (r"\b(trim|sem)[a-z]* ([1-4]) (?=\d{4})", r"\2e \1 "),
        (rf"\b({MONTH}) (\d{{1,2}}),? (?=\d{{4}}\b)", r"\2 \1 "),
        (rf"\b(\d{{4}}),? ({MONTH}) (\d{{1,2}})\b", r"\3 \2 \1"),
        (r"\bjusqu'en (?=\d{1,2} )", "jusqu'au "),
        (r"\A(?:des|a (?:compter|dater)) (?:le |du )(?=\d)", "depuis le "),
        (r"\A(?:des(?! que\b)|a (?:compter|dater) de) ", "depuis "),
        (r"\Aa (?:compter|dater) d'", "depuis "),
        (r"\A(?:approx\.?|aux alentours (?:de )?|plus ou moins|env\.|c\.(?= ?\d)|≈) ?", "vers "),
        (r"\A(?:>= ?(\d{4})|(\d{4}) ?\+)\Z", r"depuis \1\2"),
        (r"\A> ?(?=\d{4})", "apres "),
        (r"\A<= ?(?=\d{4})", "jusqu'en "),
        (r"\A< ?(?=\d{4})", "avant "),
        (
            r"\A(?:mandat|saison|exercice|budget|annee scolaire|quinquennat|periode)"
            r" (?=\d{4}(?:-|\Z))|\Aannees (?=\d{4}-)",
            "",
        ),
        (r"\A(\d{4}) et (?:suivantes?|apres|au-dela)\Z", r"depuis \1"),
        (r"\A(?:tous les ans|chaque annee|annuelle(?:ment)?|annuel),? depuis ", "depuis "),
        (rf"\A(\d{{4}}) ?\(({MONTH})\)\Z", r"\2 \1"),
        (r"\Aweek-?end du (?=\d)", ""),
        (r"\A(debut|milieu|fin) (?:d')?annees (?=[2-9]0\Z)", r"\1 des annees 19"),
        (r"\As ?(?=\d{1,2}[ -]\d{4}\Z)", "semaine "),
        (r"\A(0[1-9]|1[0-2])/(\d{4}) ?(?:-|a|au) ?(0[1-9]|1[0-2])/(\d{4})\Z", r"\2-\1 a \4-\3"),
        (r"(?:,? | ?\()(?:au |le )?(?:matin|matinee|midi|apres-midi|soir|soiree|journee)\)?\Z", ""),
        (r"\A(?:le )?(?:matin|matinee|apres-midi|soir|soiree|journee) du (?=\d)", ""),
        (r"\b(debut|milieu|fin) des annees ([2-9]0)\b", r"\1 des annees 19\2"),
    )
)
_RELATIVE = lazy.pattern(
    r"(?:.* )?(?:hier|avant-hier|demain|recemment|bientot|prochainement|derniere?|passee?"
    r"|prochaine?|des que possible|au plus vite|rapidement"
    r"|yesterday|last|next|ago|il y a|a venir|a l'avenir)(?: .*)?"
)
_NO_YEAR = lazy.pattern(
    rf"(?:(?:le|au|fin|debut|mi)[ -])?(?:(?:{WEEKDAY}) )?(?:(?:1er|\d{{1,2}}) )?(?:{MONTH})"
    r"|(?:l')?(?:printemps|ete|automne|hiver)|noel"
)
_DAY_AND_MONTH = lazy.pattern(r"(?:(?:le|au) )?([0-3]?\d)[/.]([01]?\d)", re.ASCII)
_ACROSS = lazy.pattern(rf"(?:de |d')?({MONTH})(?: a |-| et )({MONTH}) (\d{{4}})", re.ASCII)
_NAMED_DAY = lazy.pattern(
    rf"\b({WEEKDAY}) (?:1er|(\d{{1,2}}))"
    rf"(?=(?:(?: et | au | a |-)(?:(?:{WEEKDAY}) )?\d{{1,2}})? ({MONTH}) (\d{{4}})\b)",
    re.ASCII,
)
_GREGORIAN = date(1582, 12, 20)
"""The first day of the present calendar in France: before it a day of the week is another."""
_WEEK = lazy.pattern(
    r"(?:semaine|week|sem\.?) ?(\d{1,2})(?:,? (?:de )?|-|/)(\d{4})|(\d{4})-?w(\d{1,2})", re.ASCII
)


def in_our_words(text: str) -> str:
    """``text`` with each word of English, each number in letters, each rank and each hour of the
    day said as the forms of a date are: « 12th march 2018 » and « douze mars deux mille dix-huit »
    are « 12 mars 2018 »; the same text where it has none."""
    text = in_figures(_IN_ENGLISH.sub(lambda word: _ENGLISH[word[0]], text))
    text = _RANKED.sub(lambda rank: f"{_RANKS[rank[1]]} ", text)
    for form, instead in _OTHER:
        text = form.sub(instead, text)
    return text


def lacking(text: str) -> str:
    """What a date lacks that nobody reads without its year or its day, in French; "" else."""
    if _NO_YEAR.fullmatch(text):
        bare = text.removeprefix("le ").removeprefix("au ")
        return f"Dites aussi l’année : {bare} 2018, si c’était en 2018."
    if match := _DAY_AND_MONTH.fullmatch(text):
        day = f"2018-{int(match[2]):02}-{int(match[1]):02}"
        return f"Dites aussi l’année : {day}, si c’était en 2018."
    if _RELATIVE.fullmatch(text):
        return "Cela dépend du jour où on le lit. Écrivez l’année, le mois ou le jour : 2018-06-15."
    return ""


def week(text: str) -> str:
    """``du 19 au 25 mars 2018`` of « semaine 12 2018 »; "" for what is no week of a year."""
    match = _WEEK.fullmatch(text)
    if not match:
        return ""
    number, year = int(match[1] or match[4]), int(match[2] or match[3])
    try:
        monday, sunday = (date.fromisocalendar(year, number, day) for day in (1, 7))
    except ValueError:
        return ""
    if (monday.year, monday.month) == (sunday.year, sunday.month):
        return f"du {ordinal(monday.day)} au {sunday.day} {MONTHS[sunday.month - 1]} {sunday.year}"
    return f"{monday.isoformat()} à {sunday.isoformat()}"


def misnamed(text: str) -> tuple[str, str] | None:
    """What the first day of a date that has the name of another day of the week is called there,
    and what it is: « lundi » and « mardi 5 juin 2018 » of « Lundi 5 juin 2018 ». None for a date
    without one. ``text`` is a date as people write it, of days that the calendar has."""
    for name, number, month, year in _NAMED_DAY.findall(plain(text)):
        day = date(int(year), FOLDED_MONTHS[month], int(number or 1))
        weekday = WEEKDAYS[day.weekday()]
        if day >= _GREGORIAN and weekday != name:
            return name, f"{weekday} {ordinal(day.day)} {MONTHS[day.month - 1]} {day.year}"
    return None


def across(text: str) -> str:
    """``décembre 2017 à janvier 2018`` of « decembre-janvier 2018 »; "" for anything else."""
    match = _ACROSS.fullmatch(text)
    if not match or FOLDED_MONTHS[match[1]] <= FOLDED_MONTHS[match[2]]:
        return ""
    first, last = (MONTHS[FOLDED_MONTHS[name] - 1] for name in match.groups()[:2])
    return f"{first} {int(match[3]) - 1} à {last} {match[3]}"
