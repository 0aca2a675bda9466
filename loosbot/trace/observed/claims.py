"""Figures and statements, by the number of sources that back them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from loosbot.corpus import french
from loosbot.corpus.links import source_id
from loosbot.corpus.model import KeyPath, Record
from loosbot.corpus.values import STATES, items, known, sources_of
from loosbot.trace.facts import View, listed, structured
from loosbot.trace.figures import grouped, share
from loosbot.trace.reported import Claims, Figure, Observation
from loosbot.trace.words import shortened

_FIGURES: Mapping[str, str] = {
    "chiffres": "chiffre",
    "participants": "participants",
    "presents": "présents",
    "couts": "coût",
    "valeur": "valeur",
}
_STATEMENTS = frozenset(
    {"resultats", "frottements", "constats", "details_risques", "precisions_limites"}
)
_CLAIMS = _STATEMENTS | (_FIGURES.keys() - {"valeur"})
"""The keys that hold what can be true or false: a figure, or a statement."""


def claims(view: View) -> tuple[tuple[Claims, ...], list[Observation]]:
    """The count of each record that claims something, and its claims without source."""
    counted, seen = [], []
    disputed = _disputed(view)
    for record in view.corpus.records.values():
        counts, unsourced = [], []
        for path, value, sources in _claims(record):
            # two passages of one document count as one source
            counts.append(len({source_id(source) for source in sources}))
            if not sources:
                unsourced.append(_worded(path, value))
                values = {"quoi": shortened(unsourced[-1])}
                seen.append(Observation(record.id, "chiffre", "missing", path, values=values))
        if record.id in disputed:
            values = {"autres": view.name(sorted(disputed[record.id]))}
            seen.append(Observation(record.id, "chiffre", "disputed", ("valeur",), values=values))
        if counts:
            counted.append(
                Claims(
                    record.id,
                    record.title,
                    len(counts),
                    counts.count(0),
                    counts.count(1),
                    sum(count > 1 for count in counts),
                    int(record.id in disputed),
                    tuple(unsourced),
                )
            )
    return tuple(counted), seen


def claims_something(record: Record) -> bool:
    """Whether a record holds a figure or a statement at all."""
    return next(_claims(record), None) is not None


def figures(counted: tuple[Claims, ...]) -> Iterator[Figure]:
    """The shares of claims that have a source at all, one alone, or another that disagrees."""
    total = sum(claims.total for claims in counted)
    sourced = total - sum(claims.without_source for claims in counted)
    named = "Les fiches nommées sont celles où ils sont."
    yield _figure(
        "affirmations-sourcees",
        "Chiffres et énoncés qui ont une source",
        sourced,
        total,
        "Chiffres et énoncés couverts par une source, la leur ou la plus proche dans la fiche, "
        f"parmi tous ceux du corpus. {named}",
        tuple(claims.id for claims in counted if claims.without_source < claims.total),
        tuple(claims.id for claims in counted),
        grouped((claims.id, "il en manque") for claims in counted if claims.without_source),
    )
    among = [claims for claims in counted if claims.without_source < claims.total]
    yield _figure(
        "affirmations-une-source",
        "Chiffres et énoncés qui n’ont qu’une source",
        sum(claims.one_source for claims in counted),
        sourced,
        f"Chiffres et énoncés qu’un seul document couvre, parmi ceux qui ont une source. {named}",
        tuple(claims.id for claims in among if claims.one_source),
        tuple(claims.id for claims in among),
        grouped((claims.id, "plusieurs sources") for claims in among if not claims.one_source),
    )
    yield share(
        "chiffres-en-desaccord",
        "Chiffres qu’un autre contredit",
        "Indicateurs liés à un autre par « contredit », dans un sens ou dans l’autre, parmi tous.",
        [
            (claims.id, "en désaccord" if claims.disputed else "sans désaccord connu")
            for claims in counted
            if claims.id.startswith("indicateur/")
        ],
        "en désaccord",
        unit="chiffre",
    )


def _figure(
    code: str,
    label: str,
    numerator: int,
    denominator: int,
    rule: str,
    counted: tuple[str, ...],
    among: tuple[str, ...],
    others: Mapping[str, tuple[str, ...]],
) -> Figure:
    """Of claims rather than of records: several may stand in one."""
    text = french.share(numerator, denominator, denominator, unit="énoncé", unknown="")
    return Figure(
        code, label, numerator, denominator, rule, counted, among, others, denominator, text
    )


def _disputed(view: View) -> dict[str, set[str]]:
    """Indicators that contradict one another, both ways."""
    opposed: dict[str, set[str]] = {}
    for record in view.corpus.records.values():
        if record.type == "indicateur":
            for name in listed(record.data.get("contredit")):
                if (other := view.ids.get(name)) is not None:
                    opposed.setdefault(record.id, set()).add(other)
                    opposed.setdefault(other, set()).add(record.id)
    return opposed


def _claims(record: Record) -> Iterator[tuple[KeyPath, Any, tuple[str, ...]]]:
    if record.type == "indicateur":
        whole = {"quoi": record.title, **record.data}
        yield ("valeur",), whole, sources_of(record.data.get("sources"))
    yield from _walk(structured(record, *_CLAIMS), (), ())


def _walk(
    value: Mapping[str, Any], path: KeyPath, sources: tuple[str, ...]
) -> Iterator[tuple[KeyPath, Any, tuple[str, ...]]]:
    nearest = sources_of(value.get("sources")) or sources
    for key, inner in value.items():
        if key in _CLAIMS:
            listed = items(inner)
            for rank, item in listed or [(-1, inner)]:
                if item in STATES or (isinstance(item, dict) and item.get("valeur") in STATES):
                    continue  # what nobody knows claims nothing
                own = sources_of(item.get("sources")) if isinstance(item, dict) else ()
                where: KeyPath = (*path, key, rank) if listed else (*path, key)
                yield where, item, own or nearest
        elif isinstance(inner, dict):
            yield from _walk(inner, (*path, key), nearest)
        else:
            for rank, item in items(inner):
                if isinstance(item, dict):
                    yield from _walk(item, (*path, key, rank), nearest)


def _worded(path: KeyPath, value: Any) -> str:
    """A claim in words: « présents : 6 personnes », or the statement itself."""
    key = next(name for name in reversed(path) if isinstance(name, str))
    if not isinstance(value, dict):
        return f"{_FIGURES[key]} : {known(value)}" if key in _FIGURES else known(value)
    if "texte" in value:
        return known(value)
    what = known(value.get("quoi")) or _FIGURES[key]
    amount = " ".join(filter(None, (known(value), known(value.get("unite")))))
    return f"{what} : {amount}" if amount else what
