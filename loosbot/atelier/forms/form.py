"""The dictionary of fields as a form: what is asked, in which order, with what was answered. Pure.

No form is written by hand: a field that is added to a schema stands in it, behind « en dire
plus ». ``conversation`` only tells which questions come first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from loosbot.atelier.forms import conversation
from loosbot.atelier.forms.answers import ITEMS, STATE, Answers, Problem
from loosbot.atelier.forms.spoken import date_understood
from loosbot.corpus.french import singular
from loosbot.corpus.schema import Word
from loosbot.fields.dictionary import Field, dictionary

_PROVENANCE = ("statut", "sources", "note", "comptage")
"""What says where a fact comes from: behind a line of its own, with each fact."""
_RADIOS = 7
"""Words that are shown one under the other; more of them go into a list to open."""
_CONSENT = "consentement"
_GENERAL = "La fiche"
NEW = "n"


@dataclass(frozen=True, slots=True)
class Choice:
    """One word that can be chosen."""

    key: str
    label: str
    definition: str
    chosen: bool = False


@dataclass(slots=True)
class Node:
    """One field of a form. ``widget`` says how it is asked; ``inner`` are the parts of a group,
    ``more`` those behind a line to open; ``items`` the members of a list."""

    name: str
    label: str
    help: str
    widget: str
    required: bool
    values: tuple[str, ...]
    choices: tuple[Choice, ...] = ()
    states: tuple[Choice, ...] = ()
    targets: tuple[str, ...] = ()
    free: bool = False
    understood: str = ""
    problems: tuple[Problem, ...] = ()
    unknown: str = ""
    inner: list[Node] = field(default_factory=list)
    more: list[Node] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    quick: tuple[Choice, ...] = ()
    filled: bool = False
    consent: bool = False

    @property
    def id(self) -> str:
        """Its id in the page."""
        return "c-" + self.name.replace(".", "-")

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def parts(self) -> list[Node]:
        """The fields inside it: of a group, and of each member of a list."""
        return [*self.inner, *self.more, *(part for item in self.items for part in item.parts)]

    @property
    def troubled(self) -> bool:
        """Whether something in it is to be mended."""
        return bool(self.problems) or any(part.troubled for part in self.parts)


@dataclass(slots=True)
class Item:
    """One member of a list."""

    key: str
    name: str
    label: str
    inner: list[Node]
    more: list[Node]
    problems: tuple[Problem, ...]

    @property
    def parts(self) -> list[Node]:
        return [*self.inner, *self.more]


@dataclass(slots=True)
class Form:
    """A whole form: the first questions, then the rest, by heading of the page."""

    type: str
    verb: str
    first: list[Node]
    rest: list[tuple[str, list[Node]]]

    def nodes(self) -> list[Node]:
        """Every field at the top of it."""
        return [*self.first, *(node for _, nodes in self.rest for node in nodes)]


@dataclass(frozen=True, slots=True)
class FormContext:
    """What a form is shown with."""

    answers: Answers
    today: date
    problems: Mapping[str, Sequence[Problem]] = field(default_factory=dict)
    unknown: Mapping[str, str] = field(default_factory=dict)


def build(type_name: str, shown: FormContext) -> Form:
    """The form of a type of record."""
    questionnaire = conversation.QUESTIONNAIRES[type_name]
    builder = _FormBuilder(
        shown, {question.field: question for question in questionnaire.questions}
    )
    fields = dictionary(type_name)
    questioned = {question.field.partition(".")[0] for question in questionnaire.questions}
    first: list[Node] = []
    for question in questionnaire.questions:
        top, _, below = question.field.partition(".")
        field = next(inner for inner in fields if inner.key == top)
        if below and field.kind == "group":
            if (inner := field.field(below)) is not None:
                first.append(builder.node(inner, question.field))
        elif not any(node.name == top for node in first):
            first.append(builder.node(field, top))
    placed = {node.name for node in first}
    rest: dict[str, list[Node]] = {}
    for field in fields:
        if field.key in placed:
            continue
        node = builder.node(
            field, field.key, without=placed if field.key in questioned else frozenset()
        )
        rest.setdefault(field.heading or _GENERAL, []).append(node)
    return Form(type_name, questionnaire.verb, first, list(rest.items()))


class _FormBuilder:
    def __init__(self, shown: FormContext, questions: Mapping[str, conversation.Question]) -> None:
        self._shown = shown
        self._questions = questions

    def node(
        self, field: Field, name: str, without: frozenset[str] | set[str] = frozenset()
    ) -> Node:
        """One field; ``without`` are parts of a group that stand elsewhere in the form."""
        label, help_ = self._words(field)
        for word in field.simple.words:
            # the file has the word, the form its title
            help_ = help_.replace(f"« {word.value} »", f"« {word.title} »")
        node = Node(
            name=name,
            label=label,
            help=help_,
            widget=field.kind,
            required=self._demanded(field),
            values=tuple(self._shown.answers.get(name, ())),
            targets=field.targets,
            free=field.free,
            problems=tuple(self._shown.problems.get(name, ())),
            unknown=self._shown.unknown.get(name, ""),
            consent=field.key == _CONSENT,
        )
        if field.kind in ("choice", "flag", "choices"):
            self._choices(node, field)
        elif field.kind == "items":
            self._items(node, field)
            self._states(node, field)
        elif field.kind == "group":
            self._group(node, field, name, without)
        else:
            self._states(node, field)
            if field.kind == "date" and node.value:
                node.understood = date_understood(node.value, self._shown.today)
        node.filled = _is_filled(node)
        return node

    @staticmethod
    def _demanded(field: Field) -> bool:
        """Whether a form says that it cannot do without: a consent may stay unanswered, and the
        name of an item is made from what it says."""
        return field.required and _CONSENT not in field.path[:-1] and field.key != "id"

    def _words(self, field: Field) -> tuple[str, str]:
        if (question := self._questions.get(field.name)) is not None:
            return question.ask, question.why or field.help
        if _CONSENT in field.path[:-1] and field.key in conversation.CONSENT:
            ask, why = conversation.CONSENT[field.key]
            return ask, why or field.help
        for name in (".".join(field.path[-2:]), field.key):
            if name in conversation.HELP:
                return field.title, conversation.HELP[name]
        # a text box takes Markdown, and nobody must know the word
        return field.title, field.help.replace(", en Markdown", "")

    def _choices(self, node: Node, field: Field) -> None:
        shorter = conversation.ANSWERS.get(field.vocabulary, {})
        words = [
            _choice(replace(word, title=shorter.get(word.value, word.title)), node.values)
            for word in field.words
        ]
        if field.kind == "choices":
            node.choices = tuple(words)
            node.widget = "checkboxes"
            self._states(node, field)
            return
        words += [_choice(word, node.values) for word in states_of(field)]
        # unknown words stay in the form as typed
        known = {word.key for word in words}
        strange = [value for value in node.values if value and value not in known]
        words += [Choice(value, value, "", True) for value in strange]
        node.choices = tuple(words)
        asked = field.name in self._questions or _CONSENT in field.path[:-1]
        node.widget = "radios" if asked and len(words) <= _RADIOS + 2 else "select"

    def _states(self, node: Node, field: Field) -> None:
        ticked = self._shown.answers.get(f"{node.name}.{STATE}", ())
        node.states = tuple(_choice(word, ticked) for word in states_of(field))

    def _group(
        self, node: Node, field: Field, name: str, without: frozenset[str] | set[str]
    ) -> None:
        inner = field.field(field.short)
        if inner is None:
            self._states(node, field)
        node.inner, node.more = self._parts(field, name, without)
        if inner is not None and node.inner:
            main = node.inner[0]
            main.label, main.help = node.label, node.help
            main.required = field.required
            main.problems = (*node.problems, *main.problems)
            node.problems = ()
            node.widget = "fact"

    def _parts(
        self, field: Field, name: str, without: frozenset[str] | set[str]
    ) -> tuple[list[Node], list[Node]]:
        """The parts that are seen, and those behind a line to open."""
        keys = [inner.key for inner in field.fields]
        first = [key for key in keys if f"{field.name}.{key}" in self._questions]
        if field.key == _CONSENT:
            first = list(conversation.CONSENT)
        elif field.short:
            first = [field.short]
        elif not first:
            first = [key for key in keys if key not in (*_PROVENANCE, "id", "du", "au")]
        nodes = {
            inner.key: self.node(inner, f"{name}.{inner.key}")
            for inner in field.fields
            if f"{name}.{inner.key}" not in without
        }
        order = self._order(field, first)
        seen = [nodes.pop(key) for key in order if key in nodes]
        return seen, list(nodes.values())

    def _order(self, field: Field, first: Sequence[str]) -> list[str]:
        """The order of the conversation, where it has one."""
        wanted = [name.rpartition(".")[2] for name in self._questions]
        names = [
            f"{field.name}.{key}" for key in wanted if f"{field.name}.{key}" in self._questions
        ]
        order = [name.rpartition(".")[2] for name in names]
        return order or list(first)

    def _items(self, node: Node, field: Field) -> None:
        keys = [key for key in self._shown.answers.get(f"{node.name}.{ITEMS}", ()) if key]
        short = field.field(field.short)
        if short is not None and short.words:
            node.quick = tuple(map(_choice, short.words))
        elif not keys and field.name in self._roots():
            # an empty first item (voice, decision) to fill in
            keys = [f"{NEW}0"]
        for number, key in enumerate(dict.fromkeys(keys), 1):
            inner, more = self._parts(field, f"{node.name}.{key}", frozenset())
            if short is not None and inner:
                inner[0].label = f"{field.title}, {number}"
            name = f"{node.name}.{key}"
            problems = tuple(self._shown.problems.get(name, ()))
            node.items.append(
                Item(key, name, f"{singular(field.title)} {number}", inner, more, problems)
            )

    def _roots(self) -> set[str]:
        return {
            name[: index if index >= 0 else None]
            for name in self._questions
            for index in (-1, name.rfind("."))
        }


def _choice(word: Word, chosen: Sequence[str] = ()) -> Choice:
    return Choice(word.value, word.title, word.description, word.value in chosen)


def states_of(field: Field) -> list[Word]:
    """What may stand in the place of a value, as a form says it."""
    words = {"inconnu": "On ne sait pas", "sans-objet": "Sans objet"}
    definitions = {
        "inconnu": "Les sources ne le disent pas, et on l’écrit.",
        "sans-objet": "La question ne se pose pas.",
    }
    return [Word(key, words.get(key, key), definitions.get(key, "")) for key in field.states]


def _is_filled(node: Node) -> bool:
    """Whether something stands in it."""
    if any(text.strip() for text in node.values) or any(state.chosen for state in node.states):
        return True
    if any(item.key[:1] != NEW for item in node.items):
        return True
    return any(part.filled for part in node.parts)
