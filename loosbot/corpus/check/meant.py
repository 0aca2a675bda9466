"""A document with the type, the keys and the kinds of values that its author meant, so that a wrong
one hides no other fault. Pure."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

from loosbot.corpus.check.misplaced import type_called
from loosbot.corpus.check.samples import as_list
from loosbot.corpus.check.validate import type_key
from loosbot.corpus.model import Finding, KeyPath
from loosbot.corpus.schema import Shape
from loosbot.corpus.wording import Fault, did_you_mean, nearest
from loosbot.corpus.yaml.changes import Put, apply, value_at
from loosbot.corpus.yaml.reader import read


def type_of(data: Any, known: tuple[str, ...], folder: str) -> str:
    """The type that a document with a fault of :func:`.validate.type_fault` is meant to have,
    which its folder tells where nothing else does; "" where nobody can know."""
    if not isinstance(data, dict):
        return ""
    given = data.get(type_key(data), "")
    if not isinstance(given, str) or not given:
        given = folder
    other = type_called(given)
    near = other if other in known else nearest(given, known)
    return near or (folder if folder in known else "")


def with_kinds(data: Any, told: list[Fault], shape: Shape) -> tuple[Any, dict[KeyPath, KeyPath]]:
    """The document with each value that is of another kind than its field as its hint writes it:
    ``sources: registre p 4`` as a list of one. Also where the new values stand in ``data``."""
    typed: dict[KeyPath, KeyPath] = {}
    changes = []
    for fault in told:
        field = shape.at(fault.path)
        if fault.code != "type-de-valeur" or not fault.path or field.items is None:
            continue
        value = value_at(data, fault.path)
        if isinstance(value, dict) and set(value) & field.items.properties.keys():
            items: Any = [value]
        elif isinstance(value, str) and fault.hint.endswith(written := as_list(value, field.items)):
            items = read(f"- {written}".encode(), "").data[0]
        else:
            continue
        changes.append(Put(fault.path, items))
        typed[(*fault.path, 0)] = fault.path
    return (apply(data, changes), typed) if changes else (data, {})


def with_keys(data: Any, told: list[Fault], _shape: Shape) -> tuple[Any, dict[KeyPath, KeyPath]]:
    """The document with each key that was meant in the place of an unknown one, and where the
    values of these keys stand in ``data``."""
    meant: dict[KeyPath, str] = {}
    taken: set[KeyPath] = set()
    for fault in told:
        group, name = fault.path[:-1], fault.meant
        if name and name not in value_at(data, group) and (*group, name) not in taken:
            taken.add((*group, name))
            meant[fault.path] = name
    if not meant:
        return data, {}
    data = deepcopy(data)
    for path, name in sorted(meant.items(), key=lambda renamed: -len(renamed[0])):
        group = value_at(data, path[:-1])
        pairs = [(name if key == path[-1] else key, value) for key, value in group.items()]
        group.clear()
        group.update(pairs)
    typed: dict[KeyPath, KeyPath] = {
        tuple(meant.get(path[: rank + 1], key) for rank, key in enumerate(path)): path
        for path in meant
    }
    return data, typed


def keys_told_once(findings: list[Finding]) -> list[Finding]:
    """Without the second finding on a key that is no word and so is none of its group either; the
    mend is that of the group, where it knows what was meant: ``{date: 2019, texte: "Un bal"}``."""
    odd = {(it.line, it.column): it for it in findings if it.code == "cle-non-texte"}
    # « Accord: oui » is no capital too many, but a key of another thing
    agreed = {it.line: it.hint for it in findings if it.code == "accord-du-role"}
    if not odd and not agreed:
        return findings
    cased = {it.line for it in findings if it.hint == did_you_mean("accord")} & agreed.keys()
    unknown = {(it.line, it.column): it for it in findings if it.code == "cle-inconnue"}
    once = []
    for finding in findings:
        place = (finding.line, finding.column)
        if finding.line in cased:
            if finding.code == "accord-du-role":
                continue
            if finding.hint == did_you_mean("accord"):
                finding = replace(finding, hint=agreed[finding.line])
        if finding.code == "cle-inconnue" and place in odd:
            continue
        group = unknown.get(place) if odd.get(place) is finding else None
        is_meant = group is not None and group.hint.startswith(("Écrivez : ", "Retirez "))
        once.append(replace(finding, hint=group.hint) if group and is_meant else finding)
    return once
