"""The life-line of a project: for each stage its state, its date and its proof."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from loosbot.corpus import dates
from loosbot.corpus.model import Record
from loosbot.trace.facts import (
    NOT_APPLICABLE,
    UNKNOWN,
    View,
    day_span,
    known,
    leaves,
    nested,
    sources_of,
)
from loosbot.trace.model import Observation, Stage, Stop

WRITTEN = ("demande", "diagnostic", "convention", "realisation", "suivi", "evaluation")
STAGES = (*WRITTEN, "recit")
STAGE_NAMES = {
    "demande": "demande",
    "diagnostic": "diagnostic",
    "convention": "convention",
    "realisation": "réalisation",
    "suivi": "suivi",
    "evaluation": "évaluation",
    "recit": "récit",
}


def life_line(record: Record, view: View) -> tuple[Stage, ...]:
    """The stages of one project, in their order."""
    return (*(_written(record, key, view) for key in WRITTEN), _told(record, view))


def stop(record: Record) -> Stop | None:
    """How the project was stopped, if its record says that it was."""
    value = record.data.get("arret")
    if value is None or value == NOT_APPLICABLE:
        return None
    if not isinstance(value, dict):
        return Stop("", "", ())
    return Stop(known(value.get("motif")), _own_date(value), _proofs(value))


def observe(record: Record, stages: tuple[Stage, ...], end: Stop | None) -> Iterator[Observation]:
    """One observation a stage, one for the stop."""
    stopped = end is not None
    for stage in stages:
        value = record.data.get(stage.stage)
        said = stage.state == "missing" and value is not None
        yield Observation(
            record.id,
            stage.stage,
            "unproved" if said else stage.state,
            (stage.stage,),
            stopped=stopped,
        )
    if end is not None:
        value = record.data["arret"]
        reason = value if isinstance(value, str) else value.get("motif")
        state = "attested" if end.reason else "missing" if reason is None else "unknown"
        yield Observation(record.id, "arret", state, ("arret", "motif"), stopped=True)
    elif known(record.data.get("statut")) == "abandonne":
        yield Observation(record.id, "arret", "undeclared", ("statut",))


def _written(record: Record, key: str, view: View) -> Stage:
    """A stage is attested by its own date or source before anything else.

    What is told without either, and without ``inconnu``, rests on the sources of the whole
    record: the schema says that a fact is attested by the nearest ones.
    """
    value = record.data.get(key)
    if value is None:
        return Stage(key, "missing", "", ())
    if not isinstance(value, dict):
        return Stage(key, "not-applicable" if value == NOT_APPLICABLE else "unknown", "", ())
    when, proofs = _fact_date(value, view), _proofs(value)
    if when or proofs:
        return Stage(key, "attested", when, proofs)
    said = set(map(str, leaves(value)))
    if UNKNOWN in said:
        return Stage(key, "unknown", "", ())
    if said <= {NOT_APPLICABLE}:
        return Stage(key, "not-applicable" if said else "missing", "", ())
    inherited = sources_of(record.data.get("sources"))
    return Stage(key, "attested" if inherited else "missing", "", inherited)


def _told(record: Record, view: View) -> Stage:
    """The récits about a project are themselves the documents."""
    told = [one for one in view.about.get(record.id, ()) if one.type == "recit"]
    when = [known(one.data.get("date", one.data.get("annee"))) for one in told]
    first = next((one for one in when if one), "")
    return Stage(
        "recit", "attested" if told else "missing", first, tuple(sorted(one.id for one in told))
    )


def _proofs(stage: Mapping[str, Any]) -> tuple[str, ...]:
    found = [*sources_of(stage.get("document")), *sources_of(stage.get("preuve"))]
    for value in nested(stage, "sources"):
        found += sources_of(value)
    return tuple(dict.fromkeys(found))


def _fact_date(stage: Mapping[str, Any], view: View) -> str:
    """The date of what happened: a day still to come is a plan, not a fact."""
    inner = [known(one) for one in nested(list(stage.values()), "date")]
    for text in (_own_date(stage), *reversed(inner)):
        span = day_span(text)
        if span is not None and (view.today is None or span.earliest <= view.today):
            return text
    return ""


def _own_date(stage: Mapping[str, Any]) -> str:
    """``date``, else ``du`` and ``au``, else those of ``duree``, else the signature."""
    if text := known(stage.get("date")):
        return text
    period = stage.get("duree")
    for holder in (stage, period if isinstance(period, dict) else {}):
        first, last = known(holder.get("du")), known(holder.get("au"))
        if first and last:
            return first if first == last else _readable(f"{first} au {last}", first)
        if first or last:
            return _readable(f"depuis {first}" if first else f"jusqu'au {last}", first or last)
    return known(stage.get("signature"))


def _readable(text: str, otherwise: str) -> str:
    return text if dates.is_date(text) else otherwise
