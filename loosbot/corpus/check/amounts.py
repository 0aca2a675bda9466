"""Quantities that no sum and no table of data will count: a number glued to its unit, in letters,
behind a sign, or with a point for thousands. Pure.

A quantity may be words (« une dizaine »): only what is a number and would be read as words, or as
another number, is told.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from loosbot import lazy
from loosbot.corpus.dateslips import says_unknown
from loosbot.corpus.french import count
from loosbot.corpus.model import KeyPath
from loosbot.corpus.numerals import in_figures
from loosbot.corpus.schema import Shape
from loosbot.corpus.values import STATES
from loosbot.corpus.wording import Fault, quoted, warning, without_accents
from loosbot.parsing import decimal_number

SIGNS = (b"valeur:", b"couts:", b"participants:", b"presents:", b"chiffres:")
"""A file without any of these has no quantity."""
_PEOPLE = {"participants", "presents"}
"""What counts people: a cost or a difference may be negative."""
_BLANKS = "[ \u00a0\u202f]"
_GROUPS = r"[1-9][0-9]{0,2}(?:[.'’][0-9]{3})+(?![0-9])"
_PER = r"(?:/[^\W\d_]{1,12})?"
_GLUED = lazy.pattern(
    rf"(?P<number>-?(?:{_GROUPS}|[0-9]{{1,3}}(?:{_BLANKS}[0-9]{{3}})+|[0-9]{{1,15}})"
    rf"(?:[.,][0-9]{{1,6}})?){_BLANKS}?(?P<unit>%|k€|K€|M€|€ ?(?:TTC|HT)|[€$£]{_PER}|"
    r"(?!(?:max|min|maximum|minimum|à|ou|et|au|environ|fois|ans?|de|tiers|quarts?|milliers?"
    r"|(?:diz|douz|quinz|vingt|cent)aines?)\b)"
    rf"[^\W\d_]{{1,30}}[23]?\.?{_PER})"
)
_TIMES = {"k€": 1_000, "K€": 1_000, "M€": 1_000_000, "k": 1_000, "K": 1_000}
_TIMES |= {"mille": 1_000, "million": 1_000_000, "millions": 1_000_000}
_UNITS = {"k€": "€", "K€": "€", "M€": "€", "euros": "€", "euro": "€", "EUR": "€"}
_UNITS |= dict.fromkeys(("k", "K", "mille", "million", "millions"), "")
_CENTS = lazy.pattern(rf"([0-9]){_BLANKS}?€{_BLANKS}?([0-9]{{2}})(?![0-9])")
"""« 120€50 »"""
_MONEY = lazy.pattern(
    r"(?<![\w.,])(?:(?P<times>[0-9]{1,6}) ?(?:(?:[^\W\d_]+ )?[x×*]|[^\W\d_]+ à) ?)?"
    r"(?P<near>(?i:(?:environ|presque|près de|(?:plus|moins) de|au (?:plus|moins)"
    r"|[0-9]{1,15} à|entre [0-9]{1,15} et) )?)"
    rf"(?P<amount>(?:{_GROUPS}|[0-9]{{1,3}}(?:{_BLANKS}[0-9]{{3}})+|[0-9]{{1,15}})"
    rf"(?:[.,][0-9]{{1,2}})?{_BLANKS}?(?:[kKM]?€(?: ?(?:TTC|HT)\b)?|euros?\b))(?![/\w])"
)
"""A sum of money among words."""
_LONGEST = 200
"""Characters of words that say one sum; more is a text, which takes long to search."""
_TIE = r"(?:[\s:=,;–—-]|\(\s*\)|\b(?:de|pour|à)\b|\bd['’])+"
_TIES = lazy.pattern(rf"\A{_TIE}|{_TIE}\Z")
"""What ties a sum to what it is for."""
_CURRENCY = lazy.pattern(r"([€$£]) ?([0-9]{1,15}(?:[.,][0-9]{1,2})?)")
_NUMBER = r"([0-9]{1,15}(?:,[0-9]{1,6})?)"
_QUALIFIED = tuple(
    (lazy.pattern(form, re.IGNORECASE), instead)
    for form, instead in (
        (rf"(?:[~≈±]|env\.?|approx\.?|ca\.?|circa) ?{_NUMBER}", r"environ \1"),
        (rf"{_NUMBER} ?(?:\?|\((?:env\.?|environ|\?)\)|env\.?|environ)", r"environ \1"),
        (rf"> ?{_NUMBER}|{_NUMBER} ?\+|\+ de {_NUMBER}", r"plus de \1\2\3"),
        (rf"(?:<|- de) ?{_NUMBER}", r"moins de \1"),
        (rf"[≥⩾] ?{_NUMBER}|>= ?{_NUMBER}|{_NUMBER} ?min(?:imum)?\.?", r"au moins \1\2\3"),
        (rf"[≤⩽] ?{_NUMBER}|<= ?{_NUMBER}|{_NUMBER} ?max(?:imum)?\.?", r"au plus \1\2\3"),
    )
)
_ALONE = {"zero": "0", "aucun": "0", "aucune": "0", "une": "1", "sans objet": "sans-objet"}
_BETWEEN = lazy.pattern("([0-9]{1,15}) ?[-–] ?([0-9]{1,15})")
_BOUNDS = lazy.pattern("([0-9]{1,15}) à ([0-9]{1,15})")
_READ = lazy.pattern("(?:(?:environ|plus de|moins de|au plus|au moins|[0-9]{1,15} à) )?[0-9]{1,15}")
_THOUSANDS = lazy.pattern(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}|['’][0-9]{3}|,[0-9]{3})+")
_AND_CENTS = lazy.pattern(r"([1-9][0-9]{0,2}(?:\.[0-9]{3})+),([0-9]{1,2})")


def faults(data: Any, shape: Shape, source: bytes, spoiled: Collection[KeyPath]) -> Iterator[Fault]:
    """One warning for each such quantity of a document, which ``source`` holds."""
    for path, value in _quantities(data, shape, ()):
        if path in spoiled or isinstance(value, bool) or value in STATES:
            continue
        if isinstance(value, str):
            yield from _in_words(path, value)
        elif isinstance(value, int | float) and value < 0 and _PEOPLE & {*path}:
            yield warning(
                path,
                "nombre-negatif",
                f"{value} : un nombre de personnes n’est pas en dessous de zéro.",
                f"Écrivez : {abs(value)}",
            )
        elif isinstance(value, float) and 1 <= value < 1000:
            typed = f"{value:.3f}"
            if re.search(rb"(?<![\d.])%s(?!\d)" % typed.encode(), source):
                yield _of_thousands(path, typed, value)


def _in_words(path: KeyPath, value: str) -> Iterator[Fault]:
    if says_unknown(without_accents(value)):
        yield warning(
            path,
            "nombre-inconnu",
            f"{quoted(value)} se lit comme un chiffre que l’on connaît.",
            "Si personne ne le sait, écrivez : inconnu",
        )
    elif instead := _instead_of(value):
        yield _mere_words(path, value, f"Écrivez : {instead}")
    elif _THOUSANDS.fullmatch(value):
        yield _of_thousands(path, value, decimal_number(value.replace(",", ".")) or 0)
    elif pair := _BOUNDS.fullmatch(value):
        if int(pair[1]) > int(pair[2]):
            yield warning(
                path,
                "fourchette-inversee",
                f"{quoted(value)} finit plus bas qu’elle ne commence.",
                f"Écrivez : {pair[2]} à {pair[1]}",
            )
    elif parts := parted(value):
        apart, smaller = (
            pair if path[-1:] == ("valeur",) else f"{{{pair}}}"
            for pair in (parts, parted(value, thousands=False))
        )
        is_clear = "." not in value or apart == smaller or "unite: €" in apart
        otherwise = "" if is_clear else f". Si le point n’y sépare pas les milliers : {smaller}"
        yield _mere_words(path, value, f"Séparez le nombre de son unité : {apart}{otherwise}")
    elif bounds := _BETWEEN.fullmatch(value):
        yield _mere_words(path, value, f"Écrivez : {bounds[1]} à {bounds[2]}")
    elif total := _sum_among_words(value):
        keys, what = total
        if path[-1:] == ("valeur",):
            beside = f", et dites sous « quoi » ce qu’il mesure ({what})" if what else ""
            yield _mere_words(path, value, f"Séparez le nombre de son unité{beside} : {keys}")
        else:
            named = f", quoi: {json.dumps(what, ensure_ascii=False)}" if what else ""
            yield _mere_words(path, value, f"Séparez le nombre de son unité : {{{keys}{named}}}")


def _mere_words(path: KeyPath, value: str, hint: str) -> Fault:
    message = f"{quoted(value)} se lit comme des mots : il manquera aux totaux et aux données."
    return warning(path, "nombre-et-unite", message, hint)


def _sum_among_words(value: str) -> tuple[str, str] | None:
    """« Bois 120 € » as its two keys, ``valeur: 120, unite: €``, and what it is for; for « 3 x
    40 € » the whole is said. None where there is no sum of money, or several."""
    if len(value) > _LONGEST:
        return None
    value = _CENTS.sub(r"\1,\2 €", value)
    sums = list(_MONEY.finditer(value))
    pair = parted(sums[0]["amount"]) if len(sums) == 1 else ""
    if not pair:
        return None
    number, _, unit = pair.removeprefix("valeur: ").partition(",")
    if times := sums[0]["times"]:
        number = f"{float(number) * int(times):.12g}"
    near = re.sub(r"entre (\d+) et", r"\1 à", sums[0]["near"].lower())
    words = (
        value if times else _TIES.sub("", f"{value[: sums[0].start()]} {value[sums[0].end() :]}")
    )
    return f"valeur: {near}{number},{unit}", " ".join(words.split())


def _instead_of(value: str) -> str:
    """How to write « ~30 », « 30+ » or « trente »; "" for anything else."""
    if alone := _ALONE.get(without_accents(value)):
        return alone
    if _READ.fullmatch(figures := in_figures(value)) and figures != value:
        return figures
    if cents := _AND_CENTS.fullmatch(value):
        return f"{cents[1].replace('.', '')}.{cents[2]}"
    for form, instead in _QUALIFIED:
        if match := form.fullmatch(value):
            return match.expand(instead)
    return ""


def parted(value: str, *, thousands: bool = True) -> str:
    """A number and its unit, « 300 € » or « €300 », as their two keys, ``valeur: 300, unite: €``;
    "" for anything else. « 1.200 » is twelve hundred, with ``thousands``."""
    value = _CENTS.sub(r"\1,\2 €", value)
    if value[:1].isalpha() and not value.lower().startswith("un "):  # « un peu », « un banc »
        value = in_figures(value)
    match = _GLUED.fullmatch(_CURRENCY.sub(r"\2 \1", value) if value[:1] in "€$£" else value)
    if match is None:
        return ""
    typed = re.sub(_BLANKS, "", match["number"])
    if thousands and (groups := re.match(_GROUPS, typed)):
        typed = re.sub("[.'’]", "", groups[0]) + typed[groups.end() :]
    number = decimal_number(typed.replace(",", ".")) or 0.0
    number *= _TIMES.get(match["unit"], 1)
    unit = _UNITS.get(match["unit"], match["unit"]).replace("%", '"%"')
    written = int(number) if number.is_integer() else number
    return f"valeur: {written}, unite: {unit}" if unit else f"valeur: {written}"


def _quantities(value: Any, shape: Shape, path: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    """The values of quantities: written alone, or under ``valeur``. Only what may hold one is
    walked, which most of a record does not."""
    if {"valeur", "unite"} <= shape.properties.keys():
        if isinstance(value, dict):
            yield (*path, "valeur"), value.get("valeur")
        else:
            yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            child = shape.properties.get(key)
            if child is not None and (child.properties or child.items):
                yield from _quantities(inner, child, (*path, key))
    elif isinstance(value, list) and shape.items is not None:
        for index, inner in enumerate(value):
            yield from _quantities(inner, shape.items, (*path, index))


def _of_thousands(path: KeyPath, typed: str, value: float) -> Fault:
    whole = re.sub(r"[.,'’]", "", typed)
    sign = "la virgule" if "," in typed else "le point" if "." in typed else "l’apostrophe"
    read = f"se lit {count(value)}" if value else "se lit comme un mot, et non comme un nombre"
    otherwise = f", ou {value!r} si c’est bien ce nombre" if value else ""
    return warning(
        path,
        "nombre-a-point",
        f"« {typed} » {read}.",
        f"Si {sign} sépare les milliers, écrivez {whole}{otherwise}.",
        needle=typed,
    )
