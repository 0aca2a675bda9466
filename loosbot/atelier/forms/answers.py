"""A record as the answers of a form, and back. Pure.

``flat`` gives the answers that a form shows for a record, ``record`` the record that answers
make. A part of the form that still says what it was shown for gives back that very value: what
nobody touched never changes, however it is written in the file.

Names of answers follow the paths of the fields: ``voix.0.consentement.etat``. The items of a list
have keys (``0`` for the first of the file, ``n0`` for a new one), which ``voix._items`` puts in
order. ``.._etat`` says that a value is unknown or does not apply.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from loosbot.atelier.forms.known import Known
from loosbot.atelier.forms.spoken import date_shown, date_value, number_shown, number_value
from loosbot.corpus.model import KeyPath
from loosbot.corpus.wording import slug
from loosbot.fields.dictionary import Field

Answers = Mapping[str, Sequence[str]]
ITEMS = "_items"
STATE = "_etat"
_ABSENT = object()
_ONE_LINE = ("line", "date", "number", "address", "link", "links", "reference", "references")
_WORDS = ("choice", "flag")
_ID = "id"
_LONGEST_ID = 5


@dataclass(frozen=True, slots=True)
class Problem:
    """Something at one answer that cannot be saved. ``message`` and ``hint`` are French."""

    name: str
    message: str
    hint: str = ""
    severity: str = "error"


@dataclass(slots=True)
class Given:
    """The record that answers make. ``names`` tells at which answer each of its values stands."""

    data: dict[str, Any]
    names: dict[KeyPath, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unknown: dict[str, str] = field(default_factory=dict)
    """Links that no record answers to: the name that was typed, by answer."""


def clean(text: str, kind: str = "text") -> str:
    """An answer without what a browser adds: its line ends, blanks around it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if kind in _ONE_LINE:
        return " ".join(text.split("\n")).strip()
    # blanks before the first word mean something in Markdown
    return text.strip("\n").rstrip() if text.strip() else ""


# --- from a record to answers


def flat(fields: Sequence[Field], data: Mapping[str, Any], known: Known) -> dict[str, list[str]]:
    """The answers that a form shows for a record."""
    found: dict[str, list[str]] = {}
    for one in fields:
        if one.key in data:
            _flat(one, one.key, data[one.key], known, found)
    return found


def _flat(one: Field, name: str, value: Any, known: Known, found: dict[str, list[str]]) -> None:
    if value in one.states and one.kind not in _WORDS and not _in_short(one):
        found[f"{name}.{STATE}"] = [str(value)]
    elif one.kind == "items":
        items = value if isinstance(value, list) else [value]
        found[f"{name}.{ITEMS}"] = [str(index) for index in range(len(items))]
        for index, item in enumerate(items):
            _group(one, f"{name}.{index}", item, known, found)
    elif one.kind == "group":
        _group(one, name, value, known, found)
    elif one.many:
        items = value if isinstance(value, list) else [value]
        found[name] = [_shown(one, item, known) for item in items]
    else:
        found[name] = [_shown(one, value, known)]


def _in_short(one: Field) -> bool:
    """Whether the state of a group is that of its short form, which says it itself."""
    inner = one.field(one.short)
    return one.kind == "group" and inner is not None and bool(inner.states)


def _group(one: Field, name: str, value: Any, known: Known, found: dict[str, list[str]]) -> None:
    if not isinstance(value, dict):
        value = {one.short: value}
    for inner in one.fields:
        if inner.key in value:
            _flat(inner, f"{name}.{inner.key}", value[inner.key], known, found)


def _shown(one: Field, value: Any, known: Known) -> str:
    if one.kind in ("link", "links"):
        return clean(known.name(str(value), one.targets), one.kind)
    if one.kind == "date":
        return date_shown(value)
    if one.kind == "number":
        return number_shown(value)
    return clean(str(value), one.kind)


# --- from answers to a record


def record(
    fields: Sequence[Field],
    answers: Answers,
    base: Mapping[str, Any],
    known: Known,
    today: date,
) -> Given:
    """The record that these answers make of ``base``, which the form was shown for."""
    given = Given({})
    reading = _Reading(answers, known, today, given)
    given.data = reading.mapping(fields, "", base, ())
    return given


class _Reading:
    def __init__(self, answers: Answers, known: Known, today: date, given: Given) -> None:
        self._answers = answers
        self._known = known
        self._today = today
        self._given = given
        self._sorted = sorted(answers)

    def mapping(
        self, fields: Sequence[Field], prefix: str, base: Any, path: KeyPath
    ) -> dict[str, Any]:
        """The values of these fields; keys of ``base`` that no field has stay."""
        old = base if isinstance(base, dict) else {}
        values: dict[str, Any] = {}
        for one in fields:
            name = f"{prefix}{one.key}"
            self._given.names[(*path, one.key)] = name
            value = self.value(one, name, old.get(one.key, _ABSENT), (*path, one.key))
            if value is not _ABSENT:
                values[one.key] = value
        known = {one.key for one in fields}
        kept = [key for key in old if key not in known or key in values]
        order = [*kept, *(key for key in values if key not in old)]
        return {key: values.get(key, old.get(key)) for key in order}

    def value(self, one: Field, name: str, base: Any, path: KeyPath) -> Any:
        """What stands at one field; ``_ABSENT`` for nothing."""
        if base is not _ABSENT and self._is_untouched(one, name, base):
            self._tell_names(one, name, base, path)
            return base
        states = [one_state for one_state in self._texts(f"{name}.{STATE}") if one_state]
        value = self._read(one, name, base, path)
        allowed = [state for state in states if state in one.states]
        if not allowed:
            return value
        if value is not _ABSENT or len(allowed) > 1:
            said = " ou ".join(f"« {state.replace('-', ' ')} »" for state in allowed)
            self._problem(
                name,
                f"Il y a une réponse, et {said} est coché aussi."
                if value is not _ABSENT
                else f"{said.replace(' ou ', ' et ')} sont cochés tous les deux.",
                "Gardez l’un des deux.",
            )
            return value
        return allowed[0]

    def _read(self, one: Field, name: str, base: Any, path: KeyPath) -> Any:
        if one.kind == "items":
            return self._items(one, name, base, path)
        if one.kind == "group":
            return self._short(one, self.mapping(one.fields, f"{name}.", _long(one, base), path))
        texts = [text for text in map(self._cleaner(one), self._texts(name)) if text]
        if not texts:
            return _ABSENT
        if one.many:
            values = list(dict.fromkeys(self._leaf(one, name, text) for text in texts))
            alone = one.alone and len(values) == 1
            return values[0] if alone else values
        return self._leaf(one, name, texts[0])

    def _items(self, one: Field, name: str, base: Any, path: KeyPath) -> Any:
        old = base if isinstance(base, list) else [] if base is _ABSENT else [base]
        values: list[Any] = []
        for key in dict.fromkeys(self._texts(f"{name}.{ITEMS}")):
            place = (*path, len(values))
            inner = f"{name}.{key}"
            before = old[int(key)] if key.isdigit() and int(key) < len(old) else _ABSENT
            self._given.names[place] = inner
            if before is not _ABSENT and self._is_untouched_item(one, inner, before):
                self._tell_item(one, inner, before, place)
                values.append(before)
                continue
            item = self.mapping(one.fields, f"{inner}.", _long(one, before), place)
            if item:
                self._name_it(one, item, values)
                values.append(self._short(one, item))
        return values or _ABSENT

    def _name_it(self, one: Field, item: dict[str, Any], others: Sequence[Any]) -> None:
        """Give an item the name that it needs, made from what it says: nobody thinks of one."""
        named = one.field(_ID)
        if named is None or not named.required or _ID in item:
            return
        text = str(item.get("quoi") or item.get("texte") or "")
        stem = "-".join(slug(text).split("-")[:_LONGEST_ID]) or "engagement"
        taken = {other.get(_ID) for other in others if isinstance(other, dict)}
        names = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
        item[_ID] = next(one_name for one_name in names if one_name not in taken)

    def _short(self, one: Field, value: dict[str, Any]) -> Any:
        """A group as the file has it: its short form where nothing else is said."""
        if not value:
            return _ABSENT
        return value[one.short] if one.short and list(value) == [one.short] else value

    def _leaf(self, one: Field, name: str, text: str) -> Any:
        if text in one.states:
            return text
        if one.kind in ("link", "links"):
            id_ = self._known.meant(text, one.targets)
            if id_ is None:
                self._given.unknown[name] = text
                if not one.free:
                    self._no_such_record(one, name, text)
            return id_ or text
        if one.kind in ("reference", "references"):
            return self._known.passage(text)
        if one.kind == "date":
            return date_value(text, self._today)
        if one.kind == "number":
            return number_value(text)
        return text + "\n" if one.kind == "text" else text

    def _no_such_record(self, one: Field, name: str, text: str) -> None:
        near = self._known.near(text, one.targets)
        self._problem(
            name,
            f"Aucune fiche ne s’appelle « {text} ».",
            f"Vouliez-vous écrire « {near} » ?" if near else "Choisissez un nom de la liste.",
        )

    def _is_untouched(self, one: Field, name: str, base: Any) -> bool:
        shown: dict[str, list[str]] = {}
        _flat(one, name, base, self._known, shown)
        return self._said(shown) == self._below(name)

    def _is_untouched_item(self, one: Field, name: str, base: Any) -> bool:
        shown: dict[str, list[str]] = {}
        _group(one, name, base, self._known, shown)
        return self._said(shown) == self._below(name)

    def _below(self, name: str) -> dict[str, list[str]]:
        own = {name: self._answers[name]} if name in self._answers else {}
        below = {key: self._answers[key] for key in self._sorted if key.startswith(f"{name}.")}
        return self._said({**own, **below})

    @staticmethod
    def _said(answers: Answers) -> dict[str, list[str]]:
        said = {
            name: [clean(text) for text in texts if clean(text)] for name, texts in answers.items()
        }
        return {name: texts for name, texts in said.items() if texts}

    def _texts(self, name: str) -> Sequence[str]:
        return self._answers.get(name, ())

    @staticmethod
    def _cleaner(one: Field) -> Callable[[str], str]:
        return lambda text: clean(text, one.kind)

    def _problem(self, name: str, message: str, hint: str) -> None:
        self._given.problems.append(Problem(name, message, hint))

    def _tell_names(self, one: Field, name: str, value: Any, path: KeyPath) -> None:
        """Where the parts of a value that was kept stand in the form."""
        if one.kind == "items" and isinstance(value, list):
            keys = list(dict.fromkeys(self._texts(f"{name}.{ITEMS}")))
            for index, (key, item) in enumerate(zip(keys, value, strict=False)):
                self._given.names[(*path, index)] = f"{name}.{key}"
                self._tell_item(one, f"{name}.{key}", item, (*path, index))
        elif one.kind == "group":
            self._tell_item(one, name, value, path)

    def _tell_item(self, one: Field, name: str, value: Any, path: KeyPath) -> None:
        for inner in one.fields if isinstance(value, dict) else ():
            self._given.names[(*path, inner.key)] = f"{name}.{inner.key}"
            if inner.key in value:
                place = (*path, inner.key)
                self._tell_names(inner, f"{name}.{inner.key}", value[inner.key], place)


def _long(one: Field, value: Any) -> Any:
    """A group with its keys, where the file has its short form."""
    if value is _ABSENT or isinstance(value, dict) or not one.short:
        return value
    return {one.short: value}
