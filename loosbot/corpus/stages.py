"""What is known of one stage of a project: the same answer for its page and for the reports.

A stage is attested only by a dated fact or by a document; it is unknown when someone wrote
``inconnu``, missing when nobody said anything, or nothing that a date or a source backs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from loosbot.corpus import dates
from loosbot.corpus.model import Record
from loosbot.corpus.values import (
    NOT_APPLICABLE,
    UNKNOWN,
    day_span,
    known,
    leaves,
    nested,
    sources_of,
)

State = Literal["attested", "unknown", "missing", "not-applicable"]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a stage. ``date`` is a "date souple" as the record has it, or "".

    ``told`` says that the record tells something of it, be it without any proof.
    """

    state: State
    date: str = ""
    proofs: tuple[str, ...] = ()
    told: bool = False


def stage_of(record: Record, key: str, today: date | None) -> Known:
    """The stage under ``key``. Without ``today`` a day still to come counts as one that was.

    A stage is attested by its own date or source before anything else. What is told without
    either, and without ``inconnu``, rests on the sources of the whole record: the schema says
    that a fact is attested by the nearest ones. So does a date that has none of its own.
    """
    value = record.data.get(key)
    if value is None:
        return Known("missing")
    if not isinstance(value, dict):
        return Known("not-applicable" if value == NOT_APPLICABLE else "unknown")
    when, found = _fact_date(value, today), proofs(value)
    inherited = sources_of(record.data.get("sources"))
    if when or found:
        return Known("attested", when, found or inherited, told=True)
    said = set(map(str, leaves(value)))
    # what is unknown of one promise or of one visit is not said of the stage
    own = leaves([one for one in value.values() if not isinstance(one, list)])
    if UNKNOWN in own or (UNKNOWN in said and said <= {UNKNOWN, NOT_APPLICABLE}):
        return Known("unknown", told=not said <= {UNKNOWN, NOT_APPLICABLE})
    if said <= {NOT_APPLICABLE}:
        return Known("not-applicable" if said else "missing")
    return Known("attested" if inherited else "missing", "", inherited, told=True)


def proofs(value: Mapping[str, Any]) -> tuple[str, ...]:
    """The documents, proofs and sources that a stage names, each once."""
    found = [*sources_of(value.get("document")), *sources_of(value.get("preuve"))]
    for listed in nested(value, "sources"):
        found += sources_of(listed)
    return tuple(dict.fromkeys(found))


def own_date(value: Mapping[str, Any]) -> str:
    """``date``, else ``du`` and ``au``, else those of ``duree``, else the signature."""
    if text := known(value.get("date")):
        return text
    period = value.get("duree")
    for holder in (value, period if isinstance(period, dict) else {}):
        first, last = known(holder.get("du")), known(holder.get("au"))
        if first and last:
            return first if first == last else _readable(f"{first} au {last}", first)
        if first or last:
            return _readable(f"depuis {first}" if first else f"jusqu’au {last}", first or last)
    return known(value.get("signature"))


def end_of(text: str) -> str:
    """The last part of what ``own_date`` makes of a period."""
    return text.rpartition(" au ")[2].removeprefix("depuis ").removeprefix("jusqu’au ")


def _fact_date(value: Mapping[str, Any], today: date | None) -> str:
    """The date of what happened: a day still to come is a plan, not a fact."""
    inner = [known(one) for one in nested(list(value.values()), "date")]
    for text in (own_date(value), *reversed(inner)):
        span = day_span(text)
        if span is not None and (today is None or span.earliest <= today):
            return text
    return ""


def _readable(text: str, otherwise: str) -> str:
    return text if dates.is_date(text) else otherwise
