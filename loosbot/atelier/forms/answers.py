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
from dataclasses import dataclass
from dataclasses import field as default
from datetime import date
from typing import Any

from loosbot.atelier.forms.known import RecordNames
from loosbot.atelier.forms.spoken import date_shown, date_value, number_shown, number_value
from loosbot.corpus.decoding import FORBIDDEN
from loosbot.corpus.french import listed
from loosbot.corpus.model import KeyPath
from loosbot.corpus.types import TYPES
from loosbot.corpus.values import several
from loosbot.corpus.wording import slug
from loosbot.fields.dictionary import Field

Answers = Mapping[str, Sequence[str]]
ITEMS = "_items"
STATE = "_etat"
_ABSENT = object()
_PASTED = {0x07: " ", 0x0B: "\n", 0x0C: "\n\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n\n"}
_ONE_LINE = ("line", "date", "number", "address", "link", "links", "reference", "references")
_WORDS = ("choice", "flag")
_ID = "id"
_LONGEST_ID = 5


@dataclass(frozen=True, slots=True)
class Problem:
    """Something at one answer that cannot be saved. ``message`` and ``hint`` are French."""

    name: str
    message: str
    hint: str
    severity: str = "error"


@dataclass(slots=True)
class AnsweredRecord:
    """The record that answers make. ``names`` tells at which answer each of its values stands."""

    data: dict[str, Any]
    names: dict[KeyPath, str] = default(default_factory=dict)
    problems: list[Problem] = default(default_factory=list)
    unknown: dict[str, str] = default(default_factory=dict)
    """Links that no record answers to: the name that was typed, by answer."""


def clean(text: str, kind: str = "text") -> str:
    """An answer without what a browser adds, its line ends and blanks around it, and without what
    another program pastes and nobody sees: line breaks and page breaks of Word are those of a text,
    the end of a cell a blank, other signs of command nothing."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_PASTED)
    text = FORBIDDEN.sub("", text)
    if kind in _ONE_LINE:
        return " ".join(text.split("\n")).strip()
    # blanks before the first word mean something in Markdown
    return text.strip("\n").rstrip() if text.strip() else ""


# --- from a record to answers


def flat(
    fields: Sequence[Field], data: Mapping[str, Any], known: RecordNames
) -> dict[str, list[str]]:
    """The answers that a form shows for a record."""
    answers: dict[str, list[str]] = {}
    for field in fields:
        if field.key in data:
            _flat(field, field.key, data[field.key], known, answers)
    return answers


_Show = Callable[[Field, str, Any, RecordNames, dict[str, list[str]]], None]


def _flat(
    field: Field, name: str, value: Any, known: RecordNames, answers: dict[str, list[str]]
) -> None:
    if value in field.states and field.kind not in _WORDS and not _in_short(field):
        answers[f"{name}.{STATE}"] = [str(value)]
    elif field.kind == "items":
        items = several(value)
        answers[f"{name}.{ITEMS}"] = [str(index) for index in range(len(items))]
        for index, item in enumerate(items):
            _group(field, f"{name}.{index}", item, known, answers)
    elif field.kind == "group":
        _group(field, name, value, known, answers)
    elif field.many:
        answers[name] = [shown(field, item, known) for item in several(value)]
    else:
        answers[name] = [shown(field, value, known)]


def _in_short(field: Field) -> bool:
    """Whether the state of a group is that of its short form, which says it itself."""
    inner = field.field(field.short)
    return field.kind == "group" and inner is not None and bool(inner.states)


def _group(
    field: Field, name: str, value: Any, known: RecordNames, answers: dict[str, list[str]]
) -> None:
    if not isinstance(value, dict):
        value = {field.short: value}
    for inner in field.fields:
        if inner.key in value:
            _flat(inner, f"{name}.{inner.key}", value[inner.key], known, answers)


def shown(field: Field, value: Any, known: RecordNames) -> str:
    """One value as a form shows it."""
    if field.kind in ("link", "links"):
        return clean(known.name(str(value), field.targets), field.kind)
    if field.kind == "date":
        return date_shown(value)
    if field.kind == "number":
        return number_shown(value)
    return clean(str(value), field.kind)


# --- from answers to a record


def record(
    fields: Sequence[Field],
    answers: Answers,
    base: Mapping[str, Any],
    known: RecordNames,
    today: date,
) -> AnsweredRecord:
    """The record that these answers make of ``base``, which the form was shown for.

    ``answers`` are the posted texts by the name of their field (``decisions.0.qui``), ``known`` the
    names of records that may be typed; « hier » is the day before ``today``. What is wrong with an
    answer is among the problems of the result: nothing is raised.
    """
    answered = AnsweredRecord({})
    reading = _Reading(answers, known, today, answered)
    answered.data = reading.mapping(fields, "", base, ())
    return answered


class _Reading:
    def __init__(
        self, answers: Answers, known: RecordNames, today: date, given: AnsweredRecord
    ) -> None:
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
        for field in fields:
            name = f"{prefix}{field.key}"
            self._given.names[(*path, field.key)] = name
            value = self.value(field, name, old.get(field.key, _ABSENT), (*path, field.key))
            if value is not _ABSENT:
                values[field.key] = value
        known = {field.key for field in fields}
        old_keys = [key for key in old if key not in known or key in values]
        order = [*old_keys, *(key for key in values if key not in old)]
        return {key: values.get(key, old.get(key)) for key in order}

    def value(self, field: Field, name: str, base: Any, path: KeyPath) -> Any:
        """What stands at one field; ``_ABSENT`` for nothing."""
        if base is not _ABSENT and self._is_untouched(_flat, field, name, base):
            self._note_names(field, name, base, path)
            return base
        states = [state for state in self._texts(f"{name}.{STATE}") if state]
        value = self._read(field, name, base, path)
        allowed = [state for state in states if state in field.states]
        if not allowed:
            return value
        if value is not _ABSENT or len(allowed) > 1:
            states_named = " ou ".join(f"« {state.replace('-', ' ')} »" for state in allowed)
            self._problem(
                name,
                f"Il y a une réponse, et {states_named} est coché aussi."
                if value is not _ABSENT
                else f"{states_named.replace(' ou ', ' et ')} sont cochés tous les deux.",
                "Gardez l’un des deux.",
            )
            return value
        return allowed[0]

    def _read(self, field: Field, name: str, base: Any, path: KeyPath) -> Any:
        if field.kind == "items":
            return self._items(field, name, base, path)
        if field.kind == "group":
            return self._short(
                field, self.mapping(field.fields, f"{name}.", _long(field, base), path)
            )
        texts = [text for text in map(self._cleaner(field), self._texts(name)) if text]
        if not texts:
            return _ABSENT
        if field.many:
            values = list(dict.fromkeys(self._leaf(field, name, text) for text in texts))
            alone = field.alone and len(values) == 1
            return values[0] if alone else values
        return self._leaf(field, name, texts[0])

    def _items(self, field: Field, name: str, base: Any, path: KeyPath) -> Any:
        old = base if isinstance(base, list) else [] if base is _ABSENT else [base]
        values: list[Any] = []
        for key in dict.fromkeys(self._texts(f"{name}.{ITEMS}")):
            place = (*path, len(values))
            inner = f"{name}.{key}"
            before = old[int(key)] if key.isdigit() and int(key) < len(old) else _ABSENT
            self._given.names[place] = inner
            if before is not _ABSENT and self._is_untouched(_group, field, inner, before):
                self._note_item(field, inner, before, place)
                values.append(before)
                continue
            item = self.mapping(field.fields, f"{inner}.", _long(field, before), place)
            if item:
                self._name_it(field, item, values)
                values.append(self._short(field, item))
        return values or _ABSENT

    def _name_it(self, field: Field, item: dict[str, Any], others: Sequence[Any]) -> None:
        """Give an item without id one made from its text: forms do not ask for it."""
        named = field.field(_ID)
        if named is None or not named.required or _ID in item:
            return
        text = str(item.get("quoi") or item.get("texte") or "")
        stem = "-".join(slug(text).split("-")[:_LONGEST_ID]) or "engagement"
        taken = {other.get(_ID) for other in others if isinstance(other, dict)}
        names = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
        item[_ID] = next(name for name in names if name not in taken)

    def _short(self, field: Field, value: dict[str, Any]) -> Any:
        """A group as the file has it: its short form where nothing else is said."""
        if not value:
            return _ABSENT
        return value[field.short] if field.short and list(value) == [field.short] else value

    def _leaf(self, field: Field, name: str, text: str) -> Any:
        if text in field.states:
            return text
        if field.kind in ("link", "links"):
            id_ = self._known.meant(text, field.targets)
            if id_ is None:
                self._given.unknown[name] = text
                if not field.free:
                    self._no_such_record(field, name, text)
            return id_ or text
        if field.kind in ("reference", "references"):
            return self._known.passage(text)
        if field.kind == "date":
            return date_value(text, self._today)
        if field.kind == "number":
            return number_value(text, free=field.free, whole=field.whole)
        return text + "\n" if field.kind == "text" else text

    def _no_such_record(self, field: Field, name: str, text: str) -> None:
        near = self._known.near(text, field.targets)
        wanted = [TYPES[name] for name in field.targets]
        nouns = listed([f"d’un{'e' * row.feminine} {row.noun}" for row in wanted], "ou")
        self._problem(
            name,
            f"« {text} » n’est pas le nom {nouns}.",
            f"Vouliez-vous écrire « {near} » ?" if near else "Choisissez un nom de la liste.",
        )

    def _is_untouched(self, show: _Show, field: Field, name: str, base: Any) -> bool:
        """Whether the answers are those that ``show`` makes of the value in the file."""
        shown: dict[str, list[str]] = {}
        show(field, name, base, self._known, shown)
        return self._non_empty(shown) == self._below(name)

    def _below(self, name: str) -> dict[str, list[str]]:
        own = {name: self._answers[name]} if name in self._answers else {}
        below = {key: self._answers[key] for key in self._sorted if key.startswith(f"{name}.")}
        return self._non_empty({**own, **below})

    @staticmethod
    def _non_empty(answers: Answers) -> dict[str, list[str]]:
        texts_of = {
            name: [clean(text) for text in texts if clean(text)] for name, texts in answers.items()
        }
        return {name: texts for name, texts in texts_of.items() if texts}

    def _texts(self, name: str) -> Sequence[str]:
        return self._answers.get(name, ())

    @staticmethod
    def _cleaner(field: Field) -> Callable[[str], str]:
        return lambda text: clean(text, field.kind)

    def _problem(self, name: str, message: str, hint: str) -> None:
        self._given.problems.append(Problem(name, message, hint))

    def _note_names(self, field: Field, name: str, value: Any, path: KeyPath) -> None:
        """Note at which form field each part of an unchanged value is."""
        if field.kind == "items" and isinstance(value, list):
            keys = list(dict.fromkeys(self._texts(f"{name}.{ITEMS}")))
            for index, (key, item) in enumerate(zip(keys, value, strict=False)):
                self._given.names[(*path, index)] = f"{name}.{key}"
                self._note_item(field, f"{name}.{key}", item, (*path, index))
        elif field.kind == "group":
            self._note_item(field, name, value, path)

    def _note_item(self, field: Field, name: str, value: Any, path: KeyPath) -> None:
        for inner in field.fields if isinstance(value, dict) else ():
            self._given.names[(*path, inner.key)] = f"{name}.{inner.key}"
            if inner.key in value:
                place = (*path, inner.key)
                self._note_names(inner, f"{name}.{inner.key}", value[inner.key], place)


def _long(field: Field, value: Any) -> Any:
    """A group with its keys, where the file has its short form."""
    if value is _ABSENT or isinstance(value, dict) or not field.short:
        return value
    return {field.short: value}
