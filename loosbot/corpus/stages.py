"""What is known of one stage of a project: the same answer for its page and for the reports.

A stage is attested only by a source or a document; a date or a text alone is said, without proof.
It is unknown when someone wrote ``inconnu``, missing when nobody said anything, or nothing that a
source backs. A dated deed told in ``deroule`` is worth as much as the stage's own words; what was
only announced is worth nothing. A project owes no convention: only a fifty-fifty does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from loosbot.corpus import dates
from loosbot.corpus.model import Record
from loosbot.corpus.values import (
    NOT_APPLICABLE,
    UNKNOWN,
    day_span,
    happened,
    is_forecast,
    items,
    known,
    leaves,
    nested,
    sources_of,
)
from loosbot.frozen import dataclass

STAGES: Mapping[str, str] = {
    "demande": "la demande",
    "diagnostic": "le diagnostic",
    "convention": "la convention",
    "realisation": "la réalisation",
    "suivi": "le suivi",
    "evaluation": "l’évaluation",
}
"""The six stages of a project in their order, each as a sentence names it."""
STAGE_NAMES: Mapping[str, str] = {
    key: re.split("[ ’]", label, maxsplit=1)[1] for key, label in STAGES.items()
}
"""The same without their articles."""

State = Literal["attested", "unknown", "missing", "not-applicable"]

WORDS: Mapping[State, str] = {
    "attested": "attesté",
    "unknown": "inconnu",
    "missing": "non renseigné",
    "not-applicable": "sans objet",
}
"""The one word for each state, on a page, in a report and in a dump."""
UNPROVED = "dit, sans source"
"""What is told of a stage that no source backs: its state is ``missing``."""
PLANNED = "prévu"
"""What was planned or expected of a stage, or stands on a day to come: ``missing`` as well."""
UNSURE: Mapping[str, str] = {
    "deduit": "déduit",
    "calcule": "calculé",
    "estime": "estimé",
    "declare": "déclaré",
}
"""Status of a stage that a source backs -> the word for it: the source does not say it itself."""
_OF_A_DEVICE = frozenset({"diagnostic", "convention", "suivi"})
"""What only a fifty-fifty is asked: a feast or a report has no convention to lack."""
_DONE = frozenset({"abouti", "entretien-erode"})


@dataclass(frozen=True, slots=True)
class StageFacts:
    """What is known of a stage. ``date`` is a "date souple" as the record has it, or "".

    ``described`` says that the record tells something of it, be it without any proof;
    ``planned`` that it was only announced, whoever announced it. ``status`` is the word of
    ``statut-fait`` by which the record says that an attested stage is deduced, estimated or the
    like, or "".
    """

    state: State
    date: str = ""
    proofs: tuple[str, ...] = ()
    described: bool = False
    planned: bool = False
    status: str = ""

    @property
    def word(self) -> str:
        """The state as people read it."""
        return word(self.state, described=self.described, planned=self.planned, status=self.status)


def word(state: State, *, described: bool, planned: bool, status: str) -> str:
    """The state of a stage as people read it; values as in :class:`StageFacts`."""
    if planned:
        return PLANNED
    if state == "attested" and status:
        return UNSURE[status]
    return UNPROVED if state == "missing" and described else WORDS[state]


_NOTHING, _NOT_ASKED = StageFacts("missing"), StageFacts("not-applicable")
"""Of most stages nothing is said."""


def stage_of(record: Record, key: str, today: date | None) -> StageFacts:
    """The stage under ``key``. Without ``today`` a day still to come counts as one that was.

    A stage is attested by its own sources before anything else. What is told or dated without
    any, and without ``inconnu``, rests on the sources of the whole record: the schema says that
    a fact is attested by the nearest ones.
    """
    own = _own(record, key, today)
    if own.state in ("attested", "not-applicable", "unknown"):
        return own
    deed = _deed(record, key, today)
    if deed is not None and (deed.state == "attested" or not (own.described or own.planned)):
        return deed
    if record.data.get(key) is None and record.type == "projet" and key in _OF_A_DEVICE:
        return _NOT_ASKED
    return own


def _own(record: Record, key: str, today: date | None) -> StageFacts:
    value = record.data.get(key)
    if value is None:
        return _NOTHING
    if is_forecast(value) or (isinstance(value, dict) and _is_to_come(value, today)):
        return StageFacts("missing", planned=True)
    value = happened(value)
    if not isinstance(value, dict):
        return StageFacts("not-applicable" if value == NOT_APPLICABLE else "unknown")
    when, backing = _fact_date(value, today), proofs(value)
    inherited = sources_of(record.data.get("sources"))
    if when or backing:
        return _proved(when, backing or inherited, _status(value))
    texts = set(map(str, leaves(value)))
    # ``inconnu`` inside one promise or one visit does not make the whole stage unknown
    plain = leaves([part for part in value.values() if not isinstance(part, list)])
    if UNKNOWN in plain or (UNKNOWN in texts and texts <= {UNKNOWN, NOT_APPLICABLE}):
        return StageFacts("unknown", described=not texts <= {UNKNOWN, NOT_APPLICABLE})
    if texts <= {NOT_APPLICABLE}:
        return StageFacts("not-applicable" if texts else "missing")
    return _proved("", inherited, _status(value))


def _is_to_come(value: Mapping[str, Any], today: date | None) -> bool:
    """Whether the stage is dated in the future: its sources then back a plan, not a fact."""
    if today is None or UNKNOWN in map(str, value.values()):
        return False
    span = day_span(value.get("date", value.get("du")))
    return span is not None and span.earliest > today


def _proved(when: str, backing: tuple[str, ...], status: str) -> StageFacts:
    state: State = "attested" if backing else "missing"
    return StageFacts(state, when, backing, described=True, status=status if backing else "")


def _status(value: Mapping[str, Any]) -> str:
    status = value.get("statut")
    return status if isinstance(status, str) and status in UNSURE else ""


def _deed(record: Record, key: str, today: date | None) -> StageFacts | None:
    """The last dated event of this stage: one that names it, or, for the realisation, any of a
    finished project."""
    state = record.data.get("statut")
    is_done = key == "realisation" and known(state) in _DONE
    dated: list[tuple[date, StageFacts]] = []
    for _, event in items(record.data.get("deroule")):
        if is_forecast(event) or not (
            event.get("etape") == key or (is_done and "etape" not in event)
        ):
            continue
        when, span = known(event.get("date")), day_span(event.get("date"))
        if is_forecast(event.get("date")) or span is None:
            continue
        if today is None or span.earliest <= today:
            backing = proofs(event) or sources_of(record.data.get("sources"))
            dated.append((span.earliest, _proved(when, backing, _status(event))))
    return max(dated, key=lambda entry: entry[0])[1] if dated else None


def proofs(value: Mapping[str, Any]) -> tuple[str, ...]:
    """The documents, proofs and sources that a stage names, each once."""
    ids = [*sources_of(value.get("document")), *sources_of(value.get("preuve"))]
    for listed in nested(value, "sources"):
        ids += sources_of(listed)
    # « source/cahier » and « cahier » are one
    return tuple({id_.removeprefix("source/"): id_ for id_ in reversed(ids)}.values())[::-1]


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
    inner = [known(text) for text in nested(list(value.values()), "date")]
    for text in (own_date(value), *reversed(inner)):
        span = day_span(text)
        if span is not None and (today is None or span.earliest <= today):
            return text
    return ""


def _readable(text: str, otherwise: str) -> str:
    return text if dates.is_date(text) else otherwise
