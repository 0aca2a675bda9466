"""The report for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from loosbot.corpus.dates import display
from loosbot.corpus.stages import State
from loosbot.trace.model import Figure, Gap, Progress, RecordTrace, Report, Severity, Stage
from loosbot.trace.stages import STAGE_NAMES

SIGNS: Mapping[State, str] = {
    "attested": "✓",
    "unknown": "?",
    "missing": "·",
    "not-applicable": "–",
}
SEVERITIES: Mapping[Severity, str] = {
    "error": "erreur",
    "warning": "à compléter",
    "info": "si possible",
}
_FIRST = ("fifty-fifty", "projet", "reunion", "recit")
_LEGEND = "✓ attesté   ? inconnu (on a cherché)   · manque   – sans objet"


def to_text(report: Report) -> str:
    """Figures first, then one block a record: its life-line, then one line a gap."""
    lines = [_title(report), ""]
    if not report.date:
        lines += ["Sans git ni --date, aucun délai n’est jugé.", ""]
    lines += ["Les chiffres", ""]
    lines += [f"  {_figure(one)}" for one in report.figures]
    if report.progress is not None:
        lines += ["", *_progress(report.progress)]
    lines += ["", "Les fiches", "", f"  {_LEGEND}"]
    for one in sorted(report.records, key=_order):
        lines += ["", *_record(one)]
    return "\n".join([*lines, "", _summary(report)]) + "\n"


def _order(one: RecordTrace) -> tuple[int, str]:
    """Projects first, then what is told and said about them."""
    type_ = one.id.partition("/")[0]
    return (_FIRST.index(type_) if type_ in _FIRST else len(_FIRST), one.id)


def _title(report: Report) -> str:
    day = f" au {display(report.date)}" if report.date else ""
    commit = f" (version {report.commit[:12]})" if report.commit else ""
    return f"Traçabilité de {report.corpus}{day}{commit}"


def _figure(one: Figure) -> str:
    share = f" ({round(100 * one.numerator / one.denominator)} %)" if one.denominator else ""
    return f"{one.label} : {one.numerator} sur {one.denominator}{share}"


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
            times = f" ({gap.count})" if gap.count > 1 else ""
            yield f"  [{sign}] {gap.record} : {gap.code}{times}"
    if not moved and not one.closed and not one.opened:
        yield "  Rien n’a changé."


def _record(one: RecordTrace) -> Iterator[str]:
    yield f"  {one.title} ({one.id})"
    if one.stages:
        yield "    " + "   ".join(f"{SIGNS[s.state]} {STAGE_NAMES[s.stage]}" for s in one.stages)
    for stage in one.stages:
        if stage.state == "attested":
            yield f"      ✓ {_proved(stage)}"
    if one.stop is not None:
        when = f" ({display(one.stop.date)})" if one.stop.date else ""
        yield f"      ■ arrêté{when} : {one.stop.reason or 'raison non écrite'}"
    for gap in one.gaps:
        yield f"    {_gap(gap)}"


def _proved(stage: Stage) -> str:
    day = display(stage.date)
    said = [f"du {day}" if " au " in day else day] if day else []
    if stage.sources:
        said.append("preuve : " + ", ".join(stage.sources))
    return f"{STAGE_NAMES[stage.stage]} : {' ; '.join(said)}"


def _gap(gap: Gap) -> str:
    return (
        f"[{SEVERITIES[gap.severity]}] {_sentence(gap.message)} Qui : {gap.who}. "
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
