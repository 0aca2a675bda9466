"""Shares: what is counted, among what, and how the rest stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from loosbot.trace.model import Figure


def share(
    code: str, label: str, rule: str, found: Sequence[tuple[str, str]], wanted: str
) -> Figure:
    """The share of those that stand as ``wanted``, each given by its id and how it stands."""
    counted = tuple(id_ for id_, stand in found if stand == wanted)
    among = tuple(id_ for id_, _ in found)
    others = grouped((id_, stand) for id_, stand in found if stand != wanted)
    return Figure(code, label, len(counted), len(among), rule, counted, among, others)


def grouped(found: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """Ids by how they stand, in the order of the words."""
    groups: dict[str, list[str]] = {}
    for id_, stand in found:
        groups.setdefault(stand, []).append(id_)
    return {stand: tuple(ids) for stand, ids in sorted(groups.items())}
