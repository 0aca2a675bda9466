"""The report for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from loosbot.corpus.dates import display
from loosbot.trace.model import Figure, Gap, Progress, Promise, RecordTrace, Report, Stage
from loosbot.trace.words import (
    PARTIAL,
    SEVERITIES,
    SIGNS,
    STAGE_NAMES,
    STATES,
    order,
    outcome,
    proof,
    reason,
    share,
    since_when,
)

_LEGEND = "   ".join(f"{SIGNS[state]} {name}" for state, name in STATES.items())
_LISTED = 5
"""Of a longer list only the length stands here; the other forms of the report have them all."""


def to_text(report: Report) -> str:
    """Figures first, then promises, then one block a record: its life-line and its gaps."""
    lines = [_title(report), ""]
    if not report.date:
        lines += ["Sans git ni --date, aucun délai n’est jugé.", ""]
    if report.partial:
        lines += [PARTIAL, ""]
    lines += ["Les chiffres", ""]
    lines += _figures(report.figures)
    lines += ["", "  Toutes les fiches de chaque compte : --format html, csv ou json."]
    if report.progress is not None:
        lines += ["", *_progress(report.progress)]
    for title, kinds in (
        ("Les promesses", ("engagement", "decision")),
        ("Les enseignements et leur suite", ("enseignement",)),
    ):
        found = [one for one in report.promises if one.kind in kinds]
        if found:
            lines += ["", title, "", *map(_promise, found)]
    lines += ["", "Les fiches", "", f"  {_LEGEND}"]
    for one in sorted(report.records, key=order):
        lines += ["", *_record(one)]
    return "\n".join([*lines, "", _summary(report)]) + "\n"


def _title(report: Report) -> str:
    day = f" au {display(report.date)}" if report.date else ""
    commit = f" (version {report.commit[:12]})" if report.commit else ""
    return f"Traçabilité de {report.town}{day}{commit}"


def _figures(figures: Iterable[Figure]) -> Iterator[str]:
    """Each share, its rule once for those that follow one another, and who stands where."""
    rule = ""
    for one in figures:
        if one.rule != rule:
            rule = one.rule
            yield f"  {rule}"
        yield f"    {one.label} : {share(one.numerator, one.denominator)}"
        if one.denominator:
            for stand, ids in (("comptés", one.counted), *one.others.items()):
                if ids:
                    listed = ", ".join(ids) if len(ids) <= _LISTED else str(len(ids))
                    yield f"      {stand} : {listed}"


def _progress(one: Progress) -> Iterator[str]:
    yield f"Le chemin fait depuis le {display(one.date)}"
    yield ""
    moved = [
        (f"{change.numerator_before} sur {change.denominator_before}", change)
        for change in one.figures
        if (change.numerator_before, change.denominator_before)
        != (change.numerator, change.denominator)
    ]
    for before, change in moved:
        yield f"  {change.label} : {before} → {change.numerator} sur {change.denominator}"
    for sign, closings in (("comblé", one.closed), ("nouveau", one.opened)):
        for gap in closings:
            times = f" ({gap.count} fois)" if gap.count > 1 else ""
            yield f"  [{sign}] {gap.record} : {gap.what}{times}"
    if not moved and not one.closed and not one.opened:
        yield "  Rien n’a changé."


def _promise(one: Promise) -> str:
    """One line: what became of it, who owes it, what, for when, why, and the proof."""
    said = [f"échéance : {display(one.due)}" if one.due else ""]
    said.append(("suite : " if one.kind != "engagement" else "raison : ") + one.said)
    said.append(f"preuve : {one.proof}")
    details = " ; ".join(text for text in said if text and not text.endswith(" : "))
    who = f"{one.who} : " if one.who else ""
    end = f" ({details})" if details else ""
    what = one.what or "on ne sait plus quoi"
    return f"  [{outcome(one.kind, one.outcome)}] {who}{what}{end} — {one.record}"


def _record(one: RecordTrace) -> Iterator[str]:
    yield f"  {one.title} ({one.id})"
    if one.stages:
        yield "    " + "   ".join(f"{SIGNS[s.state]} {STAGE_NAMES[s.stage]}" for s in one.stages)
    for stage in one.stages:
        if stage.state == "attested":
            yield f"      ✓ {_proved(stage)}"
    if one.stop is not None:
        when = f" ({display(one.stop.date)})" if one.stop.date else ""
        yield f"      ■ arrêté{when} : {reason(one.stop)}"
    for gap in one.gaps:
        yield f"    {_gap(gap)}"


def _proved(stage: Stage) -> str:
    day = display(stage.date)
    said = [f"du {day}" if " au " in day else day] if day else []
    if stage.sources:
        said.append("preuve : " + ", ".join(stage.sources))
    else:
        said += proof(stage)
    return f"{STAGE_NAMES[stage.stage]} : {' ; '.join(said)}"


def _gap(gap: Gap) -> str:
    since = f" Depuis : {told}." if (told := since_when(gap)) else ""
    return (
        f"[{SEVERITIES[gap.severity]}] {_sentence(gap.message)}{since} Qui : {gap.who}. "
        f"{gap.todo} → {gap.path}:{gap.line}"
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…", ")")) else f"{text}."


def _summary(report: Report) -> str:
    count = Counter(gap.severity for one in report.records for gap in one.gaps)
    if not count:
        return "Rien à compléter."
    errors = f"{count['error']} erreur{'s' if count['error'] > 1 else ''}"
    return f"Il reste : {errors}, {count['warning']} à compléter, {count['info']} si possible."
