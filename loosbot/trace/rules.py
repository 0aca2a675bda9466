"""The rules of traceability, read from ``schemas/regles.yaml``, and what applies them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from loosbot.corpus import additions
from loosbot.corpus.model import Corpus
from loosbot.corpus.yaml.reader import shipped
from loosbot.frozen import dataclass
from loosbot.trace.reported import Observation, Severity

FIELD = "champ:"
"""What begins the topic of a rule of the town: the key of a field follows."""
MINUTES_RULE = "compte-rendu-absent"
"""The rule whose delay is the one that minutes are measured by."""
_OF_ONE = re.compile(r"\s*[(:].*\{.*")
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

    @property
    def what(self) -> str:
        """The message, whatever the record: what it says of one alone comes after a colon, or in
        parentheses."""
        return _OF_ONE.sub("", self.message).rstrip(".")


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that apply, in the order of the file.

    ``delays`` has the days allowed by every rule that has a delay, those that do not apply too.
    ``asked`` has what each rule about something missing asks for: a type, a topic, and whether
    the project is stopped; also of the rules that do not apply, since what is counted by a share
    is not a matter of what one wants to be told. ``watched`` are, by type of project, the fields
    whose change makes a récit or an evaluation suspect. ``since`` says from which day on a rule
    holds, where a town says so.
    """

    all: tuple[Rule, ...]
    delays: Mapping[str, int]
    watched: Mapping[str, tuple[str, ...]]
    since: Mapping[str, str]
    asked: frozenset[tuple[str, str, bool]]

    def asks(self, type_: str, topic: str, *, stopped: bool) -> bool:
        """Whether a record of this type should say something of a topic."""
        return (type_, topic, stopped) in self.asked

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


def load_rules(changes: Mapping[str, Mapping[str, Any]] | None = None) -> Rules:
    """The rules that come with the tool, with a town's ``changes`` (``regles`` of loosbot.yaml)
    and those that it adds.

    Raises ValueError where the file of the tool is not readable.
    """
    data = shipped("regles.yaml")
    changes = changes or {}
    rules = [_rule({**rule, **changes.get(rule["code"], {})}) for rule in data["regles"]]
    own = map(_own, additions.current().rules)
    return Rules(
        (*(rule for rule in rules if changes.get(rule.code, {}).get("active") != "non"), *own),
        {rule.code: rule.delay for rule in rules if rule.delay is not None},
        {type_: tuple(names) for type_, names in data["champs_suivis"].items()},
        {code: str(change["depuis"]) for code, change in changes.items() if "depuis" in change},
        frozenset(
            (type_, rule.topic, stopped)
            for rule in rules
            if "missing" in rule.states
            for type_ in rule.types
            for stopped in ((False, True) if rule.even_stopped else (False,))
        ),
    )


def rules_of(corpus: Corpus) -> Rules:
    """The rules as this corpus sets them.

    They tell the section of the reference document that asks for each; a town that is
    not described in that document would send its readers to a text of somebody else's.
    """
    rules = load_rules(corpus.config.regles)
    if corpus.config.referentiel == "oui":
        return rules
    return replace(rules, all=tuple(replace(rule, section="") for rule in rules.all))


def _rule(row: Mapping[str, Any]) -> Rule:
    return Rule(
        code=row["code"],
        types=frozenset(row["types"]),
        topic=row["sujet"],
        states=frozenset(row["etats"]),
        severity=_SEVERITIES[row["gravite"]],
        delay=row.get("delai"),
        even_stopped=row.get("meme_arrete", False),
        message=row["message"],
        why=row["pourquoi"],
        section=row.get("section", ""),
        todo=row["combler"],
        who=row["qui"],
    )


def _own(row: Mapping[str, Any]) -> Rule:
    """A rule of the town: what it asks of a field (see :mod:`loosbot.trace.observed.townrules`)."""
    return Rule(
        code=row["code"],
        types=frozenset(row["fiches"]),
        topic=f"{FIELD}{row['champ']}",
        states=frozenset({{"absent": "missing", "inconnu": "unknown"}[row["quand"]]}),
        severity=_SEVERITIES[row.get("gravite", "avertissement")],
        delay=None,
        even_stopped=True,
        message=row["message"],
        why=row.get("pourquoi", "La commune le demande."),
        section="",
        todo=row["combler"],
        who=row.get("qui", "{referent}"),
    )


def _is_due(rule: Rule, seen: Observation, today: date | None) -> bool:
    if rule.delay is None:
        return True
    end = seen.until or today
    return end is not None and seen.since is not None and (end - seen.since).days > rule.delay
