"""The report for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial

from loosbot.corpus.dates import display
from loosbot.corpus.french import counted, since, when
from loosbot.trace.layout import contents, waiting
from loosbot.trace.layout.typeset import to_text as to_lines
from loosbot.trace.layout.typeset import wrapped
from loosbot.trace.reported import Figure, Gap, Progress, Promise, RecordTrace, Report, Stage
from loosbot.trace.words import (
    PARTIAL,
    SEVERITIES,
    SIGNS,
    STAGE_NAMES,
    became,
    heading,
    order,
    reason,
    since_when,
    source,
    state,
    stated,
)

_NAMED = {sign: [name for name in SIGNS if SIGNS[name] == sign] for sign in SIGNS.values()}
_LEGEND = " ; ".join(
    f"{sign}\N{NO-BREAK SPACE}{', '.join(named)}" for sign, named in _NAMED.items()
)
_LISTED = 5
"""Of a longer list only the length stands here; the other forms of the report have them all."""


def to_text(report: Report) -> str:
    """Figures first, then promises, then one block a record: its life-line and its gaps."""
    lines = [wrapped(_title(report)), ""]
    if not report.date:
        lines += [wrapped("Sans git ni --date, aucun délai n’est jugé."), ""]
    if report.partial:
        lines += [wrapped(PARTIAL), ""]
    if shares := list(_figures(contents.shares(report))):
        more = "Toutes les fiches de chaque compte : --format html, csv ou json."
        lines += ["Les chiffres", "", *shares, "", wrapped(more, "  ", "  "), ""]
    if report.progress is not None:
        lines += [*_progress(report.progress), ""]
    for title, kinds in (
        ("Les promesses", ("engagement", "decision")),
        ("Les enseignements et leur suite", ("enseignement",)),
    ):
        promises = [promise for promise in report.promises if promise.kind in kinds]
        if promises:
            lines += [title, "", *map(_promise, promises), ""]
    judged = bool(report.date)
    for table in (
        waiting.announcements(report.announced, judged=judged),
        waiting.expected(report.announced, judged=judged),
    ):
        if table.rows:
            lines += [table.title, "", *to_lines(table, lambda id_: id_), ""]
    if report.records:
        lines += ["Les fiches", "", wrapped(_LEGEND, "  ", "  "), ""]
    named = cache(partial(source, titles=report.titles))
    for record in sorted(report.records, key=order):
        lines += [*_record(record, named), ""]
    return "\n".join([*lines, _summary(report)]) + "\n"


def _title(report: Report) -> str:
    day = f" au {display(report.date)}" if report.date else ""
    commit = f" (version {report.commit[:12]})" if report.commit else ""
    return f"{heading(report)}{day}{commit}"


def _figures(figures: Iterable[Figure]) -> Iterator[str]:
    """Each share, its rule once for those that follow one another, and who stands where."""
    rule = ""
    for figure in figures:
        if figure.rule != rule:
            rule = figure.rule
            yield wrapped(rule, "  ", "  ")
        yield wrapped(f"{figure.label} : {figure.said}", "      ", "    ")
        for stand, ids in figure.standing.items():
            if ids:
                listed = ", ".join(ids) if len(ids) <= _LISTED else str(len(ids))
                yield wrapped(f"{stand} : {listed}", "        ", "      ")


def _progress(findings: Progress) -> Iterator[str]:
    yield f"Le chemin fait {since(findings.date)}"
    yield ""
    moved = [change for change in findings.figures if change.moved]
    for change in moved:
        line = f"{change.label} : {change.said_before} → {change.said}"
        yield wrapped(line, "    ", "  ")
    for sign, closings in (("comblé", findings.closed), ("nouveau", findings.opened)):
        for gap in closings:
            times = f" ({gap.count} fois)" if gap.count > 1 else ""
            yield wrapped(f"[{sign}] {gap.record} : {gap.what}{times}", "    ", "  ")
    if not moved and not findings.closed and not findings.opened:
        yield "  Rien n’a changé."


def _promise(promise: Promise) -> str:
    """One line: what became of it, who owes it, what, for when, why, and the proof."""
    facts = [f"échéance : {when(promise.due)}" if promise.due else ""]
    facts.append(("suite : " if promise.kind != "engagement" else "raison : ") + promise.said)
    facts.append(f"preuve : {promise.proof}")
    details = " ; ".join(text for text in facts if text and not text.endswith(" : "))
    who = f"{promise.who} : " if promise.who else ""
    end = f" ({details})" if details else ""
    text = f"[{became(promise)}] {who}{stated(promise)}{end} — {promise.record}"
    return wrapped(text, "    ", "  ")


def _record(trace: RecordTrace, named: Callable[[str], str]) -> Iterator[str]:
    yield wrapped(f"{trace.title} ({trace.id})", "    ", "  ")
    if trace.stages:
        yield _life_line(tuple((stage.stage, state(stage)) for stage in trace.stages))
    for stage in trace.stages:
        if proofs := " ; ".join(_proved(stage, named)):
            line = f"{SIGNS[state(stage)]} {STAGE_NAMES[stage.stage]} : {proofs}"
            yield wrapped(line, "        ", "      ")
    if trace.stop is not None:
        since = f" ({when(trace.stop.date)})" if trace.stop.date else ""
        yield wrapped(f"■ arrêté{since} : {reason(trace.stop)}", "        ", "      ")
    for gap in trace.gaps:
        yield wrapped(_gap(gap), "      ", "    ")


@cache
def _life_line(stages: tuple[tuple[str, str], ...]) -> str:
    """The signs of the stages: those of one project are those of many others."""
    row = "  ".join(
        f"{SIGNS[word]}\N{NO-BREAK SPACE}{STAGE_NAMES[stage]}" for stage, word in stages
    )
    return wrapped(row, "    ", "    ")


def _proved(stage: Stage, named: Callable[[str], str]) -> Iterator[str]:
    """What stands behind the state of a stage: nothing where its sign says all that is known."""
    if stage.date:
        yield when(stage.date)
    if stage.sources:
        yield "preuve : " + ", ".join(map(named, stage.sources))
    elif stage.state == "missing" and stage.described:
        yield state(stage)
    if stage.looked:
        yield "cherché sans trouver : " + " ; ".join(stage.looked)


def _gap(gap: Gap) -> str:
    since = f" {lapse[:1].upper()}{lapse[1:]}." if (lapse := since_when(gap)) else ""
    return (
        f"[{SEVERITIES[gap.severity]}] {_sentence(gap.message)}{since} Qui : {gap.who}. "
        f"{gap.todo} → {gap.path}:{gap.line}"
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _summary(report: Report) -> str:
    count = Counter(gap.severity for record in report.records for gap in record.gaps)
    if not count:
        return "Rien à compléter."
    counts = [counted(count["error"], "erreur")] if count["error"] else []
    counts += [f"{count['warning']} à compléter"] if count["warning"] else []
    counts += [f"{count['info']} si possible"] if count["info"] else []
    return wrapped(f"Il reste : {', '.join(counts)}.")
