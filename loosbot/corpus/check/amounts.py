"""Quantities that no sum and no table of data will count: a number glued to its unit, a point for
thousands. Pure.

A quantity may be words (« une dizaine »): only what is a number and would be read as words, or as
another number, is told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from loosbot import late
from loosbot.corpus.dateslips import says_unknown
from loosbot.corpus.french import count
from loosbot.corpus.model import KeyPath
from loosbot.corpus.schema import Shape
from loosbot.corpus.values import STATES
from loosbot.corpus.wording import Fault, quoted, without_accents
from loosbot.guarded import decimal_number

SIGNS = (b"valeur:", b"couts:", b"participants:", b"presents:", b"chiffres:")
"""A file without any of these has no quantity."""
_BLANKS = "[ \u00a0\u202f]"
_GLUED = late.pattern(
    rf"(?P<number>-?(?:[0-9]{{1,3}}(?:{_BLANKS}[0-9]{{3}})+|[0-9]{{1,15}})(?:[.,][0-9]{{1,6}})?)"
    rf"{_BLANKS}?(?P<unit>%|k€|K€|M€|€|(?!(?:à|ou|et|au|environ|fois|ans?|de)\b)[^\W\d_]{{1,30}})"
)
_TIMES = {"k€": 1_000, "K€": 1_000, "M€": 1_000_000}
_UNITS = {"k€": "€", "K€": "€", "M€": "€", "euros": "€", "euro": "€", "EUR": "€"}
_BETWEEN = late.pattern("([0-9]{1,15}) ?[-–] ?([0-9]{1,15})")
_THOUSANDS = late.pattern(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")


def faults(data: Any, shape: Shape, source: bytes, spoiled: Collection[KeyPath]) -> Iterator[Fault]:
    """One warning for each such quantity of a document, which ``source`` holds."""
    for path, value in _quantities(data, shape, ()):
        if path in spoiled or isinstance(value, bool) or value in STATES:
            continue
        if isinstance(value, float):
            typed = f"{value:.3f}"
            if 1 <= value < 1000 and re.search(rb"(?<![\d.])%s(?!\d)" % typed.encode(), source):
                yield _of_thousands(path, typed, value)
        elif isinstance(value, str) and says_unknown(without_accents(value)):
            yield Fault(
                path,
                "nombre-inconnu",
                f"{quoted(value)} se lit comme un chiffre que l’on connaît.",
                "Si personne ne le sait, écrivez : inconnu",
                severity="warning",
            )
        elif isinstance(value, str) and _THOUSANDS.fullmatch(value):
            yield _of_thousands(path, value, 0)
        elif isinstance(value, str) and (match := _GLUED.fullmatch(value)):
            yield _glued(path, value, match)
        elif isinstance(value, str) and (bounds := _BETWEEN.fullmatch(value)):
            yield Fault(
                path,
                "nombre-et-unite",
                f"{quoted(value)} se lit comme des mots, et non comme une fourchette.",
                f"Écrivez : {bounds[1]} à {bounds[2]}",
                severity="warning",
            )


def parted(value: str) -> str:
    """A number and its unit as their two keys, ``valeur: 300, unite: €``; "" for anything else."""
    match = _GLUED.fullmatch(value)
    return _pair(match) if match else ""


def _quantities(value: Any, shape: Shape, path: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    """The values of quantities: written alone, or under ``valeur``."""
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
    whole = typed.replace(".", "")
    read = f"se lit {count(value)}" if value else "se lit comme un mot, et non comme un nombre"
    otherwise = f", ou {value!r} si c’est bien ce nombre" if value else ""
    return Fault(
        path,
        "nombre-a-point",
        f"« {typed} » {read}.",
        f"Si le point sépare les milliers, écrivez {whole}{otherwise}.",
        severity="warning",
        needle=typed,
    )


def _pair(match: re.Match[str]) -> str:
    number = decimal_number(re.sub(_BLANKS, "", match["number"]).replace(",", ".")) or 0.0
    number *= _TIMES.get(match["unit"], 1)
    unit = _UNITS.get(match["unit"], match["unit"]).replace("%", '"%"')
    written = int(number) if number.is_integer() else number
    return f"valeur: {written}, unite: {unit}"


def _glued(path: KeyPath, value: str, match: re.Match[str]) -> Fault:
    pair = _pair(match)
    return Fault(
        path,
        "nombre-et-unite",
        f"{quoted(value)} se lit comme des mots : ce nombre manquera aux totaux et aux données.",
        f"Séparez le nombre de son unité : {pair if path[-1:] == ('valeur',) else f'{{{pair}}}'}",
        severity="warning",
    )
