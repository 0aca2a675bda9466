"""Which parts of a chart a record belongs to, and how much it brings there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from loosbot import lazy
from loosbot.corpus import dates, schema
from loosbot.corpus.check.coherence import plain_key
from loosbot.corpus.model import Record
from loosbot.corpus.types import TYPES
from loosbot.fields.collation import sort_key
from loosbot.fields.site import bare
from loosbot.fields.vocabulary import STATES, vocabulary
from loosbot.frozen import dataclass
from loosbot.parsing import whole_number
from loosbot.render.indexes.rows import is_date, raw_values, value_of, vocabulary_of

Label = Callable[[str], str]
"""What readers see for an id; a free text is given back as it is."""

_RANGE = lazy.pattern(r"([0-9]+(?:,[0-9]+)?)(?: à ([0-9]+(?:,[0-9]+)?))?")
_GROUPS = lazy.pattern("(?<=[0-9])[ \u00a0\u202f](?=[0-9]{3}(?![0-9]))")
"""The blanks of « 25 000 »."""


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """A bar, a row or a column. ``known`` is False for what no record says."""

    rank: tuple[int, str]
    label: str
    known: bool = True


UNKNOWN = Part((10_000, ""), "Non précisé", known=False)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, or what lies between two."""

    low: int | Decimal = 0
    high: int | Decimal = 0

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.low + other.low, self.high + other.high)

    def __str__(self) -> str:
        low, high = (str(side).replace(".", ",") for side in (self.low, self.high))
        return low if self.low == self.high else f"{low} à {high}"


def year(number: int) -> Part:
    return Part((number, ""), str(number))


def parts(record: Record, key: str, label: Label) -> list[Part]:
    """Every part that a field puts a record in; ``UNKNOWN`` where it says nothing."""
    key = plain_key(key)
    shares = [
        _part(record, key, value, label) for value in raw_values(record, key) if value not in STATES
    ]
    return list(dict.fromkeys(shares)) or [UNKNOWN]


def _part(record: Record, key: str, value: str, label: Label) -> Part:
    if is_date(key):
        first = dates.parse(value).earliest
        if first == date.min:
            # "avant 2019" is no year: a part of its own, before the first year
            return Part((0, value), dates.display(value))
        return year(first.year)
    if name := vocabulary_of(record.type, key):
        # a narrower theme counts under its wider one: « Voirie » in « Mobilité et voirie »
        value = vocabulary(name).widest(value)
        terms = list(vocabulary(name).terms)
        rank = terms.index(value) if value in terms else len(terms)
        return Part((rank, ""), vocabulary(name).label(value))
    shown = TYPES[value].noun if key == "type" else label(value)
    return Part((0, sort_key(shown)), shown)


def lasting(record: Record, key: str) -> Part | None:
    """The part of a number that is not one year's: its record lasts, or comes back. None else.

    « 10 à 15 par an, depuis 2015 » under 2015 alone would say that it was over.
    """
    values = [value for value in raw_values(record, plain_key(key)) if value not in STATES]
    if not is_date(plain_key(key)) or not values:
        return None
    span = dates.parse(values[0])
    returns = "recurrence" in record.data and record.data["recurrence"] not in STATES
    if span.earliest == date.min or (span.earliest.year == span.latest.year and not returns):
        return None
    shown = dates.display(values[0])
    label = f"chaque année ({shown})" if returns and shown.isdecimal() else shown
    return Part((span.earliest.year, f"~{values[0]}"), label)


def amount(record: Record, key: str) -> Amount | None:
    """A quantity as numbers; None where it is unknown, absent or in words."""
    value = bare(value_of(record, key))
    if isinstance(value, float):
        value = repr(value).replace(".", ",")
    bounds = _RANGE.fullmatch(_GROUPS.sub("", str(value))) if value is not None else None
    if bounds is None:
        return None
    low = _exact(bounds[1])
    high = _exact(bounds[2]) if bounds[2] else low
    return None if low is None or high is None else Amount(low, high)


def _exact(text: str) -> int | Decimal | None:
    """A number with a comma or without; None for one that is too long to be a quantity."""
    whole, _, behind = text.partition(",")
    number = whole_number(whole)
    return number if number is None or not behind.strip("0") else Decimal(f"{whole}.{behind}")


def unit(record: Record, key: str) -> str:
    """What a quantity counts, in the record's words; "" where it does not say."""
    figure = value_of(record, key)
    unit_word = figure.get("unite", "") if isinstance(figure, Mapping) else ""
    return "" if unit_word in STATES else str(unit_word)


def field_title(record_type: str, key: str) -> str:
    """The title of a field in the schema of a type; ``realisation.participants`` goes inside."""
    shape = schema.shape(record_type)
    title = key
    for step in plain_key(key).split("."):
        child = shape.properties.get(step)
        if child is None:
            return title
        shape, title = child, child.title or step
    return title
