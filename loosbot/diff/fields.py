"""Two states of one document compared field by field. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from loosbot.corpus.french import de
from loosbot.corpus.schema import Shape
from loosbot.diff.differences import Change
from loosbot.diff.words import Words, identity

_SILENT = frozenset({"type", "anciens_ids"})
_FACT = frozenset({"valeur", "texte"})
_MISSING: Any = object()


def changes(
    before: Mapping[str, Any], after: Mapping[str, Any], shape: Shape, words: Words
) -> Iterator[Change]:
    """What changed between two states of one document, in the order of its schema; keys that it
    has not come last, in alphabetical order. ``words`` says what may be told of a value."""
    yield from _groups(before, after, shape, words, "", "")


def _groups(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    shape: Shape,
    words: Words,
    field: str,
    label: str,
) -> Iterator[Change]:
    known = [key for key in shape.properties if key in before or key in after]
    others = sorted({*before, *after} - set(known))
    for key in (*known, *others):
        if not field and key in _SILENT:
            continue
        old, new = before.get(key, _MISSING), after.get(key, _MISSING)
        if old == new:
            continue
        child = shape.child(key) or Shape()
        title = child.title or key.replace("_", " ")
        # ``valeur`` is left out of the name of a field: « Lieu », not « Lieu, valeur »
        inner = label if key in _FACT and label else f"{label}, {_low(title)}" if label else title
        path = f"{field}.{key}" if field else key
        yield from _value(old, new, child, words, path, inner)


def _value(
    old: Any, new: Any, shape: Shape, words: Words, field: str, label: str
) -> Iterator[Change]:
    if _is_fact(old) != _is_fact(new) and _MISSING not in (old, new):
        old, new = _as_fact(old), _as_fact(new)
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _groups(old, new, shape, words, field, label)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _lists(old, new, shape.items or Shape(), words, field, label)
    elif old is _MISSING:
        yield Change(
            field, "added", f"Le champ « {label} » est rempli{_in_words(new, shape, words)}."
        )
    elif new is _MISSING:
        yield Change(field, "withdrawn", f"Le champ « {label} » est retiré.")
    else:
        yield Change(field, "changed", _rewritten(old, new, shape, words, label))


def _rewritten(old: Any, new: Any, shape: Shape, words: Words, label: str) -> str:
    first, last = _short(old, shape, words), _short(new, shape, words)
    if first and last and first != last:
        return f"Le champ « {label} » passe {de(first)} à {last}."
    if last:
        return f"Le champ « {label} » est réécrit : {last}."
    return f"Le champ « {label} » est réécrit."


def _lists(
    old: list[Any], new: list[Any], shape: Shape, words: Words, field: str, label: str
) -> Iterator[Change]:
    removals = _without(old, new)
    additions = _without(new, old)
    if not removals and not additions:
        yield Change(field, "changed", f"Le champ « {label} » change d’ordre.")
        return
    for removed in list(removals):
        again = next((two for two in additions if _same(removed, two)), None)
        if again is None:
            continue
        removals.remove(removed)
        additions.remove(again)
        name = words.group(again, shape)
        inside = f"{label}, {name}" if name else label
        yield from _groups(
            _as_group(removed, again), _as_group(again, removed), shape, words, field, inside
        )
    if additions:
        yield Change(field, "added", _listed("Au champ", label, additions, shape, words))
    if removals:
        yield Change(field, "withdrawn", _listed("Du champ", label, removals, shape, words))


def _listed(start: str, label: str, items: list[Any], shape: Shape, words: Words) -> str:
    added = start == "Au champ"
    many = len(items) > 1
    names = [words.group(item, shape) for item in items]
    verb = ("s’ajoutent" if many else "s’ajoute") if added else ("partent" if many else "part")
    if all(names):
        return f"{start} « {label} » {verb} : {', '.join(names)}."
    count = f"{len(items)} éléments" if many else "un élément"
    quoted = [name for name in names if name]
    some = f", dont {', '.join(quoted)}" if quoted else ""
    return f"{start} « {label} » {verb} {count}{some}."


def _in_words(value: Any, shape: Shape, words: Words) -> str:
    """What follows « est rempli »: the value, its parts, or how many it holds."""
    if isinstance(value, list):
        names = [words.group(item, shape.items or Shape()) for item in value]
        if value and all(names):
            return f" : {', '.join(names)}"
        return f" ({len(value)} éléments)" if len(value) > 1 else ""
    if isinstance(value, Mapping) and "valeur" not in value:
        parts = [_low((shape.child(key) or Shape()).title or key) for key in value]
        return f" ({', '.join(parts)})"
    short = _short(value, shape, words)
    return f" : {short}" if short else ""


def _short(value: Any, shape: Shape, words: Words) -> str:
    if _is_fact(value):
        shape = shape.child("valeur") or shape
        value = value["valeur"]
    if isinstance(value, list):
        names = [words.group(item, shape.items or Shape()) for item in value]
        return ", ".join(names) if all(names) else ""
    return words.value(value, shape)


def _is_fact(value: Any) -> bool:
    return isinstance(value, Mapping) and "valeur" in value


def _as_fact(value: Any) -> Any:
    return value if isinstance(value, Mapping) else {"valeur": value}


def _as_group(value: Any, like: Any) -> Mapping[str, Any]:
    """An item of a list as a group: a lone word or text is the one that ``like`` holds."""
    if isinstance(value, Mapping):
        return value
    return {_own_key(like): value}


def _own_key(group: Any) -> str:
    return "valeur" if isinstance(group, Mapping) and "valeur" in group else "texte"


def _same(first: Any, other: Any) -> bool:
    """Whether two items are one, rewritten. Two texts that differ are two texts."""
    if isinstance(first, Mapping) and isinstance(other, Mapping):
        return (mine := identity(first)) is not None and mine == identity(other)
    if not isinstance(first, Mapping) and not isinstance(other, Mapping):
        return False
    group, text = (first, other) if isinstance(first, Mapping) else (other, first)
    return bool(group.get(_own_key(group)) == text)


def _without(items: list[Any], others: list[Any]) -> list[Any]:
    left = list(others)
    kept = []
    for item in items:
        if item in left:
            left.remove(item)
        else:
            kept.append(item)
    return kept


def _low(title: str) -> str:
    return title[:1].lower() + title[1:]
