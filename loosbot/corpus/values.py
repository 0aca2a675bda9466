"""What can be read from the values of a record: states, dates, sources, what lies inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from loosbot.corpus import dates
from loosbot.corpus.model import KeyPath

UNKNOWN = "inconnu"
NOT_APPLICABLE = "sans-objet"
FORECAST = "prevu"
"""The status of a fact that was only announced."""
STATES = (UNKNOWN, NOT_APPLICABLE)
"""What YAML holds instead of a value."""
STATE_WORDS: Mapping[str, str] = {UNKNOWN: "inconnu", NOT_APPLICABLE: "sans objet"}
"""How each is written on a page."""


def known(value: Any) -> str:
    """The text of a value, "" where it is absent, unknown or does not apply."""
    if isinstance(value, dict):
        value = value.get("valeur", value.get("texte"))
    return "" if value is None or value in STATES else " ".join(str(value).split())


def is_forecast(value: Any) -> bool:
    """Whether a fact was announced, planned or expected, by a source older than its date."""
    return isinstance(value, dict) and value.get("statut") == FORECAST


def happened(value: Any) -> Any:
    """A value without what was only announced, at any depth; None where nothing is left."""
    if is_forecast(value):
        return None
    if isinstance(value, dict):
        return {key: kept for key, inner in value.items() if (kept := happened(inner)) is not None}
    if isinstance(value, list):
        return [kept for item in value if (kept := happened(item)) is not None]
    return value


def point(place: Any) -> tuple[float, float] | None:
    """Latitude and longitude of what ``coordonnees`` holds, in degrees, each as it is written; None
    where it lacks one of them."""
    if not isinstance(place, Mapping):
        return None
    pair: list[Any] = [
        number.get("valeur") if isinstance(number, Mapping) else number
        for number in (place.get("latitude"), place.get("longitude"))
    ]
    if any(isinstance(number, bool) or not isinstance(number, int | float) for number in pair):
        return None
    return pair[0], pair[1]


def day_span(value: Any) -> dates.Span | None:
    """The days that a date covers; None for no date at all."""
    text = known(value)
    return dates.span(text) if text else None


def last_day(value: Any) -> date | None:
    """The last day that a date can mean; of one with an open end, the first. None for what is no
    date, and for one without any bound."""
    span = day_span(value)
    if span is None:
        return None
    day = span.latest if span.latest < date.max else span.earliest
    return day if day > date.min else None


def sources_of(value: Any) -> tuple[str, ...]:
    """The references of a ``sources`` key, or of a proof; () where they are unknown."""
    if value is None or value in STATES:
        return ()
    return tuple(map(str, several(value)))


def leaves(value: Any) -> Iterator[Any]:
    """Every scalar below a value."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from leaves(item)
    else:
        yield value


def texts(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Every text of a document, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from texts(inner, (*path, index))


def nested(value: Any, *keys: str) -> list[Any]:
    """Every value of these keys, at any depth, in the order of the file."""
    values: list[Any] = []
    left = [value]
    while left:
        node = left.pop()
        if isinstance(node, dict):
            values += [node[key] for key in keys if key in node]
            left += [inner for inner in reversed(node.values()) if isinstance(inner, dict | list)]
        elif isinstance(node, list):
            left += [inner for inner in reversed(node) if isinstance(inner, dict | list)]
    return values


def at(data: Any, path: Iterable[str | int]) -> Any:
    """The value at a path of a document, whatever the document holds; None where there is none."""
    for key in path:
        if isinstance(data, dict):
            data = data.get(key)
        elif isinstance(data, list) and isinstance(key, int) and key < len(data):
            data = data[key]
        else:
            return None
    return data


def several(value: Any) -> list[Any]:
    """The members of a list, or what stands alone in the place of one."""
    return value if isinstance(value, list) else [value]


def items(value: Any) -> list[tuple[int, Any]]:
    """The members of a list with their rank; none where the list is absent or a state."""
    return list(enumerate(value)) if isinstance(value, list) else []


def groups(value: Any) -> list[tuple[int, dict[str, Any]]]:
    """Those members of a list that are groups of keys, with their rank."""
    return [(rank, item) for rank, item in items(value) if isinstance(item, dict)]


def speakers(voice: Mapping[str, Any]) -> list[str]:
    """Who speaks: ids and free text."""
    return [name for name in several(voice.get("qui")) if isinstance(name, str)]
