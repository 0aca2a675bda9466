"""What changed between two reports on the same corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from loosbot.trace.reported import Closing, FigureChange, Progress, Report
from loosbot.trace.rules import Rules


def compared(before: Report, now: Report, rules: Rules) -> Report:
    """The report ``now``, with its progress since ``before``, both judged by ``rules``."""
    whats = {rule.code: rule.what for rule in rules.all}
    earlier = {figure.code: figure for figure in before.figures}
    figures = tuple(
        FigureChange(
            figure.code,
            figure.label,
            old.numerator if (old := earlier.get(figure.code)) else 0,
            old.denominator if old else 0,
            figure.numerator,
            figure.denominator,
            old.said if old else "pas encore compté",
            figure.said,
        )
        for figure in now.figures
    )
    old_gaps, new_gaps = _gaps(before), _gaps(now)
    return replace(
        now,
        progress=Progress(
            before.date,
            before.commit,
            figures,
            _fewer(old_gaps, new_gaps, whats),
            _fewer(new_gaps, old_gaps, whats),
        ),
    )


def _gaps(report: Report) -> Counter[tuple[str, str]]:
    return Counter((record.id, gap.code) for record in report.records for gap in record.gaps)


def _fewer(
    some: Counter[tuple[str, str]], others: Counter[tuple[str, str]], whats: Mapping[str, str]
) -> tuple[Closing, ...]:
    return tuple(
        Closing(id_, code, whats[code], count)
        for (id_, code), count in sorted((some - others).items())
    )
