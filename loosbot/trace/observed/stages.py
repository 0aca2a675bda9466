"""The life-line of a project: for each stage its state, its date and its proof."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from loosbot.corpus import french
from loosbot.corpus.model import Record
from loosbot.corpus.stages import STAGES as WRITTEN
from loosbot.corpus.stages import State, end_of, own_date, proofs, stage_of
from loosbot.corpus.values import NOT_APPLICABLE, day_span, items, known
from loosbot.trace.facts import View
from loosbot.trace.reported import Observation, ProjectStop, Stage

STAGES = (*WRITTEN, "recit")
"""The stages that a record tells, then the story that comes of them."""


def life_line(record: Record, view: View) -> tuple[Stage, ...]:
    """The stages of one project, in their order."""
    return (*(_written(record, key, view) for key in WRITTEN), _tale(record, view))


def stop(record: Record) -> ProjectStop | None:
    """How the project was stopped, if its record says that it was."""
    value = record.data.get("arret")
    if value is None or value == NOT_APPLICABLE:
        return None
    if not isinstance(value, dict):
        return ProjectStop("", "", (), "unknown")
    motive = value.get("motif")
    reason = known(motive)
    state: State = "attested" if reason else "missing" if motive is None else "unknown"
    return ProjectStop(reason, own_date(value), proofs(value), state)


def observe(
    record: Record, stages: tuple[Stage, ...], end: ProjectStop | None, today: date | None
) -> Iterator[Observation]:
    """One observation a stage, one for the stop; nothing is so since a day to come."""
    stopped = end is not None
    # the only clue since when a stage is missing is the last dated stage before it
    since = known(record.data.get("annee"))
    begun = day_span(since)
    if begun is not None and today is not None and begun.earliest > today:
        since = ""
    for stage in stages:
        unproved = stage.state == "missing" and stage.described
        yield Observation(
            record.id,
            stage.stage,
            "planned" if stage.planned else "unproved" if unproved else stage.state,
            (stage.stage,),
            when=since if stage.state == "missing" else "",
            stopped=stopped,
        )
        if stage.date:
            since = end_of(stage.date)
    if end is not None:
        place = ("arret", "motif")
        yield Observation(record.id, "arret", end.state, place, when=end.date, stopped=True)
    elif known(record.data.get("statut")) == "abandonne":
        yield Observation(record.id, "arret", "undeclared", ("statut",))


def _written(record: Record, key: str, view: View) -> Stage:
    stage = stage_of(record, key, view.today)
    looked = tuple(_looked(record, key, view))
    return Stage(
        key,
        stage.state,
        stage.date,
        stage.proofs,
        described=stage.described,
        looked=looked,
        planned=stage.planned,
        status=stage.status,
    )


def _looked(record: Record, key: str, view: View) -> Iterator[str]:
    """Where somebody looked for a stage, who and when: « inconnu » alone claims nothing of it."""
    searches = record.data.get("recherches")
    listed = searches.get(key) if isinstance(searches, dict) else None
    for _, search in items(listed):
        details = search if isinstance(search, dict) else {"texte": search}
        when = known(details.get("date"))
        by = ", ".join(filter(None, (view.name(details.get("qui")), when and french.at(when))))
        text = french.open_end(known(details.get("texte")))
        yield f"{text} ({by})" if by else text


def _tale(record: Record, view: View) -> Stage:
    """The récits about a project are themselves the documents."""
    tales = [story for story in view.about.get(record.id, ()) if story.type == "recit"]
    when = [known(story.data.get("date", story.data.get("annee"))) for story in tales]
    first = next((date for date in when if date), "")
    proofs = tuple(sorted(story.id for story in tales))
    return Stage("recit", "attested" if tales else "missing", first, proofs)
