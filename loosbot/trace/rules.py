"""The rules of traceability, read from ``schemas/regles.yaml``, and what applies them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from loosbot import resources
from loosbot.corpus.reader import read
from loosbot.trace.model import Observation, Severity

FILE = "regles.yaml"
_SEVERITIES: Mapping[str, Severity] = {
    "erreur": "error",
    "avertissement": "warning",
    "information": "info",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``delay`` is in days, None where the rule holds at once."""

    code: str
    types: frozenset[str]
    topic: str
    states: frozenset[str]
    severity: Severity
    delay: int | None
    even_stopped: bool
    message: str
    why: str
    section: str
    todo: str
    who: str


@dataclass(frozen=True, slots=True)
class Rules:
    """Every rule, in the order of the file.

    ``watched`` are, by type of project, the fields whose change makes a récit or an evaluation
    suspect.
    """

    all: tuple[Rule, ...]
    watched: Mapping[str, tuple[str, ...]]

    def delay(self, code: str) -> int:
        """Days allowed by a rule. Raises KeyError for a rule that is absent or has no delay."""
        for rule in self.all:
            if rule.code == code and rule.delay is not None:
                return rule.delay
        raise KeyError(code)

    def broken(
        self, observations: Iterable[Observation], types: Mapping[str, str], today: date | None
    ) -> Iterator[tuple[Rule, Observation]]:
        """The rules that each observation breaks. ``types`` gives the type of every record."""
        index: dict[tuple[str, str, str], list[Rule]] = {}
        for rule in self.all:
            for type_ in rule.types:
                for state in rule.states:
                    index.setdefault((type_, rule.topic, state), []).append(rule)
        for seen in observations:
            for rule in index.get((types[seen.record], seen.topic, seen.state), ()):
                if (rule.even_stopped or not seen.stopped) and _is_due(rule, seen, today):
                    yield rule, seen


def load_rules() -> Rules:
    """The rules that come with the tool. Raises ValueError where their file is not readable."""
    path = resources.schemas() / FILE
    document = read(path.read_bytes(), FILE)
    if document.data is None:
        raise ValueError(document.findings)
    return Rules(
        tuple(
            Rule(
                code=one["code"],
                types=frozenset(one["types"]),
                topic=one["sujet"],
                states=frozenset(one["etats"]),
                severity=_SEVERITIES[one["gravite"]],
                delay=one.get("delai"),
                even_stopped=one.get("meme_arrete", False),
                message=one["message"],
                why=one["pourquoi"],
                section=one.get("section", ""),
                todo=one["combler"],
                who=one["qui"],
            )
            for one in document.data["regles"]
        ),
        {type_: tuple(names) for type_, names in document.data["champs_suivis"].items()},
    )


def _is_due(rule: Rule, seen: Observation, today: date | None) -> bool:
    if rule.delay is None:
        return True
    end = seen.until or today
    return end is not None and seen.since is not None and (end - seen.since).days > rule.delay
