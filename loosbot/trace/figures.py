"""Shares: numerator, denominator, and the states of the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from loosbot.corpus import french
from loosbot.trace.reported import Figure

Standing = Sequence[tuple[str, str]]
"""Each of those that are counted: its id, and how it stands in words."""


def share(
    code: str,
    label: str,
    rule: str,
    standing: Standing,
    wanted: str,
    *,
    unit: str = "cas",
    unsure: Mapping[str, str] | None = None,
) -> Figure:
    """The share of ids in the state ``wanted``, among pairs of id and state.

    ``unsure`` are the words of those that may stand so or not, each with what is unknown of
    them: no percentage is taken over these.
    """
    counted = tuple(id_ for id_, stand in standing if stand == wanted)
    doubtful = [stand for _, stand in standing if stand in (unsure or {})]
    known = len(standing) - len(doubtful)
    unknown = next(iter((unsure or {}).values()), "")
    return Figure(
        code=code,
        label=label,
        numerator=len(counted),
        denominator=len(standing),
        rule=rule,
        counted=counted,
        among=tuple(id_ for id_, _ in standing),
        others=grouped((id_, stand) for id_, stand in standing if stand != wanted),
        known=known,
        said=french.share(len(counted), known, len(standing), unit=unit, unknown=unknown),
    )


def count(code: str, label: str, rule: str, standing: Standing, wanted: str) -> Figure:
    """How many are in the state ``wanted``, without a percentage: the others are unknown."""
    figure = share(code, label, rule, standing, wanted)
    said = f"{french.count(figure.numerator)} sur {french.count(figure.denominator)}"
    return replace(figure, said=said)


def grouped(standing: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """Ids by state, in the order of the words."""
    groups: dict[str, list[str]] = {}
    for id_, stand in standing:
        groups.setdefault(stand, []).append(id_)
    return {stand: tuple(ids) for stand, ids in sorted(groups.items())}
