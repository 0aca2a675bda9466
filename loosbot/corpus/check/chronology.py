"""Dates that cannot be, and dates that contradict each other."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from loosbot import lazy
from loosbot.corpus import dates, datewords
from loosbot.corpus.check.validate import date_fault
from loosbot.corpus.model import KeyPath
from loosbot.corpus.schema import Shape
from loosbot.corpus.values import at, items
from loosbot.corpus.wording import Fault, warning

_FAR = lazy.pattern(r"(?<![0-9])2[1-9][0-9]{2}(?![0-9])")
"""Years of which nobody here will tell."""
_SAME_GROUP = (("du", "au"), ("date", "jusquau"))
"""Keys of one group of which the first cannot come after the second."""
_AGAIN = lazy.pattern(
    r"\b(?:refai|réfec|reconstr|remett|remise|remplac|répar|rénov|restaur|rouv|réouv"
    r"|(?:à|de) nouveau\b)",
    re.IGNORECASE,
)
"""What is needed where something was done before: « refaire l’allée », « de nouveau »."""


def faults(
    data: Any, known: Iterable[tuple[KeyPath, Any, Shape]], spoiled: Collection[KeyPath]
) -> Iterator[Fault]:
    """What the schema cannot say: years written as numbers, and the order of dates.

    ``known`` are all values of ``data`` that its schema knows.
    """
    for path, value, shape in known:
        if isinstance(value, dict):
            for first, second in _SAME_GROUP:
                if first in value and second in value:
                    yield from _reversed(data, (*path, first), (*path, second), spoiled)
        elif shape.date and type(value) is int and path not in spoiled and not dates.is_date(value):
            yield date_fault(value, path, shape)
        elif shape.date and isinstance(value, str) and path not in spoiled:
            yield from _misnamed(value, path)
        if shape.date and path not in spoiled and path[-1] != "jusquau":
            yield from _far(value, path)
    if isinstance(data, Mapping) and data.get("type") == "reunion":
        yield from _after_the_meeting(data, spoiled)
    if isinstance(data, Mapping) and "demande" in data and "realisation" in data:
        yield from _asked_when_done(data, spoiled)


def _far(value: Any, path: KeyPath) -> Iterator[Fault]:
    """The warning of a year of another century to come: 2108 for 2018."""
    if year := _FAR.search(str(value)):
        swapped = f"{year[0][0]}{year[0][2]}{year[0][1]}{year[0][3]}"
        meant = f" Deux chiffres y sont peut-être échangés : {swapped}." if swapped < "21" else ""
        yield warning(
            path, "annee-lointaine", f"L’année {year[0]} est très loin.", f"Vérifiez-la.{meant}"
        )


def _misnamed(value: str, path: KeyPath) -> Iterator[Fault]:
    # each day of the week has these letters
    if "di" in value.casefold() and dates.is_date(value) and (day := datewords.misnamed(value)):
        name, right = day
        yield warning(
            path,
            "jour-de-semaine",
            f"Le {right.split(' ', 1)[1]} n’est pas un {name}.",
            f"Le jour ou la date est faux. Si c’est le jour, écrivez : {right}",
        )


def _after_the_meeting(data: Mapping[str, Any], spoiled: Collection[KeyPath]) -> Iterator[Fault]:
    """Faults of minutes and follow-ups that are dated before their meeting."""
    later: list[KeyPath] = [("compte_rendu", "date")]
    later += [("decisions", index, "date_suite") for index, _ in items(data.get("decisions"))]
    for path in later:
        yield from _reversed(data, ("date",), path, spoiled)


def _asked_when_done(data: Mapping[str, Any], spoiled: Collection[KeyPath]) -> Iterator[Fault]:
    """The warning of a demand of a day when all was done: a realisation that only begins may be of
    several years, and of several demands, and what was done may be asked for again."""
    if _AGAIN.search(str(_at(data, ("demande", "besoin")))):
        return
    demand = _first_of(data, ("demande",), ("date", "du"), spoiled)
    done = _first_of(data, ("realisation",), ("au", "date"), spoiled)
    if demand and done and dates.loosened(done[1]).latest < dates.loosened(demand[1]).earliest:
        yield warning(
            demand[0],
            "demande-apres",
            f"La demande ({dates.display(demand[1].text)}) est datée d’après la réalisation "
            f"({dates.display(done[1].text)}).",
            "Vérifiez les deux dates : elles sont peut-être échangées.",
        )


def _first_of(
    data: Any, stage: KeyPath, keys: Iterable[str], spoiled: Collection[KeyPath]
) -> tuple[KeyPath, dates.Span] | None:
    """The first of these dates that a stage has, with its place."""
    for path in ((*stage, key) for key in keys):
        if path not in spoiled and (span := _span(data, path)):
            return path, span
    return None


def _reversed(
    data: Any, first: KeyPath, second: KeyPath, spoiled: Collection[KeyPath]
) -> Iterator[Fault]:
    if first in spoiled or second in spoiled:
        return
    begin, end = _span(data, first), _span(data, second)
    if begin is None or end is None:
        return
    if dates.loosened(end).latest >= dates.loosened(begin).earliest:
        return
    yield Fault(
        second,
        "dates-inversees",
        f"« {second[-1]} » ({dates.display(end.text)}) est avant « {first[-1]} » "
        f"({dates.display(begin.text)}).",
        "Vérifiez les deux dates : elles sont peut-être échangées.",
    )


def _at(data: Any, path: KeyPath) -> Any:
    """The value at ``path``, that of a fact without what is known of it; None for none."""
    value = at(data, path)
    return value.get("valeur") if isinstance(value, dict) else value


def _span(data: Any, path: KeyPath) -> dates.Span | None:
    value = _at(data, path)
    return dates.span(value) if type(value) in (str, int) else None
