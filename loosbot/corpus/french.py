"""Small pieces of French that pages, reports and messages share: dates, periods, counts, lists.

A date comes in as a record has it ("date souple", see :mod:`loosbot.corpus.dates`). Each function
answers for one place in a sentence, so that nobody glues « du » or « jusqu’au » before a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from loosbot import lazy
from loosbot.corpus.dategrammar import ordinal
from loosbot.corpus.dates import MONTHS, display, is_date, span
from loosbot.parsing import decimal_number, whole_number

_OFTEN = 1 << 12
"""Dates whose words are remembered: a report says the same few hundred thousands of times."""
_LINES_NAMED = 5
_ELISION = re.compile(r"(?<=\w)'(?=\w)")
_DAY = lazy.pattern(r"(\d{4})-(\d\d)-(\d\d)")
_MONTH = lazy.pattern(r"(\d{4})-(\d\d)")
_YEARS = lazy.pattern(r"(\d{4})-(\d{4})")
_BOUND = lazy.pattern(r"(.+?) au (.+)")
_A_DAY = lazy.pattern(r"\d{4}-\d\d-\d\d|(?:1er|\d{1,2}) [^\W\d]+ \d{4}")
_MONTHLY = rf"(?:\d{{4}}-\d\d|(?:(?:{'|'.join(MONTHS)}) )?\d{{4}})"
_YEARLY = lazy.pattern(rf"{_MONTHLY}(?: ou {_MONTHLY})?")
_ABOUT = re.compile(r"(?:vers|environ) (?:le )?(.+)")
_LED = re.compile(r"(?:depuis|jusqu['’]\w+|avant|après|apres|vers|environ|entre|du|de|les|dans) .*")
_GROUPED = lazy.pattern(r"-?[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+")
_INTEGER = lazy.pattern(r"-?[0-9]+")
_DECIMAL = lazy.pattern(r"-?[0-9]+,[0-9]+(?:e[+-]?[0-9]+)?|-?[0-9]+e[+-]?[0-9]+")
_NUMERALS = (
    *("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit"),
    *("neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize"),
)

_VOWEL = lazy.pattern(r"[aeiouàâäéèêëîïôöùûüœæ]|y(?=[^aeiou])", re.IGNORECASE)
_WHOLE = lazy.pattern(
    rf"(?!h|{_VOWEL.pattern})|oui\b|huit|onz|h(?:aie|al[lt]|ameau|an[dg]|asard|aut|ors)",
    re.IGNORECASE,
)
"""Before what « de » loses no letter: a consonant, an h that is heard, « oui », a number."""
_PLURAL = lazy.pattern(r"(?<=[bcdfglmnrteé])s\b")
"""Not that of « temps », « avis », « accès », « repas »."""
_OF_WHAT = lazy.pattern(r" (?:de|des|du|pour|sur) | d’")
_CONTRACTED = {"de": {"Le ": "du", "Les ": "des"}, "à": {"Le ": "au", "Les ": "aux"}}


def typographic(text: str) -> str:
    """The apostrophe that we print: ``l’eau``, also where somebody typed ``l'eau``."""
    return _ELISION.sub("’", text)


@lru_cache(maxsize=_OFTEN)
def when(text: str) -> str:
    """A date that stands alone: ``mai 2000``, ``du 4 au 15 juin 2018``, ``jusqu’en mai 2000``."""
    text = _plain(text)
    if match := _BOUND.fullmatch(text):
        first, last = match.groups()
        if not _LED.fullmatch(first) and is_date(first) and is_date(last):
            return period(first, last)
    if text.startswith("depuis ") and is_date(inner := text.removeprefix("depuis ")):
        return since(inner)
    if (match := _ABOUT.fullmatch(text)) and _DAY.fullmatch(match[1]):
        return f"vers le {when(match[1])}"
    if match := re.fullmatch(r"jusqu’(?:au|en|à) (.+)", text):
        return until(match[1]) if is_date(match[1]) else typographic(display(text))
    return typographic(display(text))


def period(first: str, last: str) -> str:
    """From one date to another, once where both are the same: ``de mai 2000 à juin 2001``."""
    first, last = _plain(first), _plain(last)
    if first == last:
        return when(first)
    start, end = _DAY.fullmatch(first), _DAY.fullmatch(last)
    if start and end:
        days = [ordinal(int(start[3])), ordinal(int(end[3]))]
        if start[1] == end[1] and start[2] == end[2]:
            return f"du {days[0]} au {days[1]} {MONTHS[int(end[2]) - 1]} {end[1]}"
        if start[1] == end[1]:
            return f"du {days[0]} {MONTHS[int(start[2]) - 1]} au {when(last)}"
    months = [_MONTH.fullmatch(first), _MONTH.fullmatch(last)]
    if months[0] and months[1] and months[0][1] == months[1][1]:
        return f"{de(MONTHS[int(months[0][2]) - 1])} à {when(last)}"
    begin = f"du {when(first)}" if start else de(when(first))
    return f"{begin} au {when(last)}" if end else f"{begin} à {when(last)}"


@lru_cache(maxsize=_OFTEN)
def since(text: str) -> str:
    """``depuis le 15 juin 2018``, ``depuis mai 2000``; once where the date says it itself.

    What lasted is over since its end; ``depuis 2015 environ``, ``depuis une date après 2019``.
    """
    text = _end(_plain(text).removeprefix("depuis "))
    if match := _ABOUT.fullmatch(text):
        return f"{since(match[1])} environ"
    if text.startswith(("après ", "apres ", "entre ")):
        return f"depuis une date {when(text)}"
    return f"depuis le {when(text)}" if _A_DAY.fullmatch(text) else f"depuis {_inside(text)}"


def until(text: str) -> str:
    """``jusqu’au 15 juin 2018``, ``jusqu’en mai 2000``, ``jusqu’à fin 2017``, ``jusque vers
    2015``; of what lasted, until its end."""
    text = _end(_plain(text))
    if text.startswith("depuis "):
        return when(text)
    if _ABOUT.fullmatch(text):
        return f"jusque {when(text)}".replace("environ", "vers")
    if text.startswith(("avant ", "après ", "apres ", "entre ")):
        return f"jusqu’à une date {when(text)}"
    said = _behind(text, "jusqu’au", "jusqu’en", le="jusqu’au", les="jusqu’aux")
    return said or f"jusqu’à {_inside(text)}"


def at(text: str) -> str:
    """When something took place: ``en 2019``, ``le 15 juin 2018``, ``fin 2017``, ``au printemps
    2018``."""
    text = _plain(text)
    if _end(text) != text:
        return when(text)
    if said := _behind(text, "le", "en", le="au", les="dans les"):
        return said
    inside = _inside(text)
    return f"à {inside}" if inside.startswith(("l’", "la ")) else inside


@lru_cache(maxsize=_OFTEN)
def due(text: str) -> str:
    """For when something is expected: ``pour le 15 juin 2018``, ``pour avril 2020``; ``avant
    2019`` and ``du 4 au 15 juin`` say it themselves."""
    text = _plain(text)
    if match := _ABOUT.fullmatch(text):
        return f"{due(match[1])} environ"
    if _LED.fullmatch(text) or _end(text) != text:
        return when(text)
    return f"pour le {when(text)}" if _A_DAY.fullmatch(text) else f"pour {_inside(text)}"


def open_end(text: str) -> str:
    """A sentence without its full stop, to go on after it; « Célia C. » keeps hers."""
    return re.sub(r"(?<=\w\w)\.$", "", text)


@lru_cache(maxsize=_OFTEN)
def ago(text: str, today: date | None) -> str:
    """``il y a huit ans``: whole years since the end of a date, "" where that says nothing.

    A date that is only known to the year has two ages; one that is less sure has the least of
    them. Years alone, so that what says it changes once a year and not every day.
    """
    whole = span(text)
    if whole is None or today is None or whole.latest >= today:
        return ""
    # what lasted is as old as its end
    end = span(re.split(" (?:à|au) ", text)[-1]) or whole
    least, most = _years(whole.latest, today), _years(end.earliest, today)
    if most == least:
        return f"il y a {_of_years(least)}" if least else "il y a moins d’un an"
    if most > least + 1:
        over = "d’" if least == 1 else "de "
        return f"il y a plus {over}{_of_years(least)}" if least else ""
    return f"il y a {numeral(least)} ou {_of_years(most)}" if least else "il y a moins de deux ans"


def _years(then: date, today: date) -> int:
    return today.year - then.year - ((today.month, today.day) < (then.month, then.day))


def _of_years(years: int) -> str:
    return f"{numeral(years)} {agreed('an', years)}"


def numeral(number: int) -> str:
    """In letters up to sixteen, as a text has it: ``huit``, then ``17``."""
    return _NUMERALS[number] if 0 <= number < len(_NUMERALS) else count(number)


def count(number: float) -> str:
    """``25 000``, ``12,5``, with the space that does not break."""
    if isinstance(number, float) and not number.is_integer():
        return repr(number).replace(".", ",")
    return f"{int(number):,}".replace(",", "\N{NO-BREAK SPACE}")


def read_count(text: str) -> int | float | None:
    """The inverse of :func:`count`, with any of three spaces; None when ``text`` is no number.

    A number too long to be a quantity is none.
    """
    if _GROUPED.fullmatch(text):
        return whole_number(re.sub(r"[ \u00a0\u202f]", "", text))
    if _INTEGER.fullmatch(text):
        return whole_number(text)
    if _DECIMAL.fullmatch(text):
        return decimal_number(text.replace(",", "."))
    return None


def counted(number: float, singular: str, several: str = "") -> str:
    """``0 jour``, ``1 jour``, ``1,5 jour``, ``2 jours``; ``several`` where an s is not enough."""
    return f"{count(number)} {agreed(singular, number, several)}"


def agreed(singular: str, number: float, several: str = "") -> str:
    """A word in the number that goes with it: French is plural from two on."""
    if abs(number) < 2:
        return singular
    return several or (singular if singular.endswith(("s", "x", "z")) else f"{singular}s")


def singular(title: str) -> str:
    """``Décision`` of ``Décisions``, ``Effet utile``, ``Point de vigilance``; ``Voix`` stays."""
    of_what = _OF_WHAT.search(title)
    end = of_what.start() if of_what else len(title)
    return _PLURAL.sub("", title[:end]) + title[end:]


def of(town: str) -> str:
    """``de Lens``, ``d’Arras``, ``du Havre``, ``des Ulis``, ``de La Rochelle``.

    Before an h « de » stands: whether it is mute no rule of spelling tells (Harnes, Haguenau).
    """
    return _placed(town, "de")


def de(words: str) -> str:
    """``de 2016``, ``d’avril``, ``d’habitant``; ``de oui``, ``de huit toits``, ``de haies``."""
    return f"de {words}" if _WHOLE.match(words) else f"d’{words}"


def to(town: str) -> str:
    """``à Lens``, ``à Arras``, ``au Havre``, ``aux Ulis``."""
    return _placed(town, "à")


def _placed(town: str, word: str) -> str:
    for article, joined in _CONTRACTED[word].items():
        if town.startswith(article):
            return f"{joined} {town.removeprefix(article)}"
    return f"d’{town}" if word == "de" and _VOWEL.match(town) else f"{word} {town}"


def listed(names: Iterable[str], last: str = "et") -> str:
    """``a``, ``a et b``, ``a, b et c``."""
    *first, end = [*names] or [""]
    return f"{', '.join(first)} {last} {end}" if first else end


def also(lines: Sequence[int]) -> str:
    """« Celui de la ligne 4 aussi. », for places further down with the same slip; "" for none."""
    if not lines:
        return ""
    if len(lines) == 1:
        return f" Celui de la ligne {lines[0]} aussi."
    named = [str(line) for line in lines[:_LINES_NAMED]]
    more = len(lines) - _LINES_NAMED
    key_names = listed([*named, counted(more, "autre")] if more > 0 else named)
    return f" Ceux des lignes {key_names} aussi."


def share(number: int, known: int, whole: int, *, unit: str, unknown: str) -> str:
    """``3 sur 4 (75 %)``; where some are not known, ``3 sur 4 connus, issue inconnue pour 2``.

    No percentage of a part: ``unknown`` says what is not known of the others, and the whole of
    which nothing is known is never a zero.
    """
    missing = whole - known
    if not whole:
        return f"aucun {unit}"
    if not known:
        return f"{unknown} pour {'le seul' if whole == 1 else f'les {count(whole)}'}"
    if missing:
        word = agreed("connu", known)
        return f"{count(number)} sur {count(known)} {word}, {unknown} pour {count(missing)}"
    return f"{count(number)} sur {count(whole)} ({_percent(number, whole)})"


def _percent(number: int, whole: int) -> str:
    """Rounded, a half up as a spreadsheet does, but never to none or to all where it is not."""
    rounded = (200 * number + whole) // (2 * whole)
    if number > 0 and not rounded:
        return "moins de 1\N{NO-BREAK SPACE}%"
    if number < whole and rounded == 100:
        return "plus de 99\N{NO-BREAK SPACE}%"
    return f"{rounded}\N{NO-BREAK SPACE}%"


def _end(text: str) -> str:
    """The end of what lasted, as a date by itself; any other date as it is."""
    if _LED.fullmatch(text) and not text.startswith(("du ", "de ", "d’", "jusqu’")):
        return text
    if match := _YEARS.fullmatch(text):
        return match[2]
    if match := re.fullmatch(r"(?:.+ (?:au|à)|jusqu’(?:au|en|à)) (.+)", text):
        return match[1] if is_date(match[1]) else text
    return text


def _behind(text: str, day: str, year: str, *, le: str, les: str) -> str:
    """A day, a month or a year, and what has « le » or « les » before it, behind the word that goes
    with each; "" for any other date."""
    if _A_DAY.fullmatch(text):
        return f"{day} {when(text)}"
    if _YEARLY.fullmatch(text):
        return f"{year} {when(text)}"
    article, _, rest = _inside(text).partition(" ")
    return f"{le if article == 'le' else les} {rest}" if article in ("le", "les") else ""


def _inside(text: str) -> str:
    """A date behind a preposition of ours: ``les années 1980``, ``l’été 2018``."""
    if text.startswith("années "):
        return f"les {text}"
    if text.startswith(("été ", "automne ", "hiver ")):
        return f"l’{text}"
    if text.startswith(("printemps ", "début des ", "milieu des ")):
        return f"le {text}"
    return f"la {text}" if text.startswith("fin des ") else when(text)


def _plain(text: str) -> str:
    return typographic(" ".join(str(text).split()))
