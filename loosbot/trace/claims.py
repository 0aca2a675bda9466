"""Figures and statements, by the number of sources that back them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from loosbot.corpus.links import source_id
from loosbot.corpus.model import KeyPath, Record
from loosbot.corpus.values import STATES, items, known, sources_of
from loosbot.trace.facts import View
from loosbot.trace.model import Claims, Figure, Observation

FIGURES = frozenset({"chiffres", "participants", "presents", "couts"})
STATEMENTS = frozenset(
    {"resultats", "frottements", "constats", "details_risques", "precisions_limites"}
)


def claims(view: View) -> tuple[tuple[Claims, ...], list[Observation]]:
    """The count of each record that claims something, and its claims without source."""
    found, seen = [], []
    disputed = _disputed(view)
    for record in view.corpus.records.values():
        counts = []
        for path, value, sources in _claims(record):
            # two passages of one document are one source
            counts.append(len({source_id(one) for one in sources}))
            if not sources:
                seen.append(_without(record, path, value))
        if record.id in disputed:
            values = {"autres": view.name(sorted(disputed[record.id]))}
            seen.append(Observation(record.id, "chiffre", "disputed", ("valeur",), values=values))
        if counts:
            found.append(
                Claims(
                    record.id,
                    len(counts),
                    counts.count(0),
                    counts.count(1),
                    sum(count > 1 for count in counts),
                    int(record.id in disputed),
                )
            )
    return tuple(found), seen


def figures(found: tuple[Claims, ...]) -> Iterator[Figure]:
    """The share of claims that have a source at all."""
    total = sum(one.total for one in found)
    yield Figure(
        "affirmations-sourcees",
        "Chiffres et énoncés qui ont une source",
        total - sum(one.without_source for one in found),
        total,
        "Chiffres et énoncés couverts par une source, la leur ou la plus proche dans la fiche, "
        "parmi tous ceux du corpus ; les fiches nommées sont celles où ils sont.",
        tuple(one.id for one in found if one.without_source < one.total),
        tuple(one.id for one in found),
    )


def _disputed(view: View) -> dict[str, set[str]]:
    """Indicators that contradict one another, both ways."""
    found: dict[str, set[str]] = {}
    for link in view.corpus.links:
        if link.path[:1] == ("contredit",):
            found.setdefault(link.source, set()).add(link.target)
            found.setdefault(link.target, set()).add(link.source)
    return found


def _claims(record: Record) -> Iterator[tuple[KeyPath, Any, tuple[str, ...]]]:
    if record.type == "indicateur":
        yield ("valeur",), record.data.get("titre"), sources_of(record.data.get("sources"))
    yield from _walk(record.data, (), ())


def _walk(
    value: Mapping[str, Any], path: KeyPath, sources: tuple[str, ...]
) -> Iterator[tuple[KeyPath, Any, tuple[str, ...]]]:
    nearest = sources_of(value.get("sources")) or sources
    for key, inner in value.items():
        if key in FIGURES or key in STATEMENTS:
            listed = items(inner)
            each = listed or ([(-1, inner)] if inner not in STATES else [])
            for rank, one in each:
                own = sources_of(one.get("sources")) if isinstance(one, dict) else ()
                where: KeyPath = (*path, key, rank) if listed else (*path, key)
                yield where, one, own or nearest
        elif isinstance(inner, dict):
            yield from _walk(inner, (*path, key), nearest)
        else:
            for rank, one in items(inner):
                if isinstance(one, dict):
                    yield from _walk(one, (*path, key, rank), nearest)


def _without(record: Record, path: KeyPath, value: Any) -> Observation:
    if isinstance(value, dict):
        text = " ".join(filter(None, (known(value.get("quoi")), known(value))))
    else:
        text = known(value)
    return Observation(record.id, "chiffre", "missing", path, values={"quoi": text[:80]})
