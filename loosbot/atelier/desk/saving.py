"""« Enregistrer »: from a draft to a commit, or to what must be mended first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from loosbot.atelier.desk.desk import About, Desk
from loosbot.atelier.desk.drafts import Draft
from loosbot.atelier.forms import conversation
from loosbot.atelier.forms.answers import AnsweredRecord, Problem, record
from loosbot.atelier.forms.known import RecordNames
from loosbot.atelier.forms.merge import FieldConflict, merge
from loosbot.corpus import schema
from loosbot.corpus.attached import named, path_of
from loosbot.corpus.check.load import judged
from loosbot.corpus.model import Corpus, Finding, KeyPath, Reading
from loosbot.corpus.paths import free_id, record_path
from loosbot.corpus.privacy.phrases import texts_of
from loosbot.corpus.tree import Overlay
from loosbot.corpus.types import TYPES
from loosbot.corpus.wording import Fault
from loosbot.corpus.yaml import reader
from loosbot.corpus.yaml.changes import Unpatchable, same
from loosbot.corpus.yaml.patch import begun, with_values
from loosbot.errors import UserError
from loosbot.fields.dictionary import dictionary, title


@dataclass(slots=True)
class Outcome:
    """What a draft would become. ``files`` are the files that change, by path; ``id`` is its
    record's; ``corpus`` the whole as it would be, None while something is to be mended."""

    id: str
    path: str
    given: AnsweredRecord
    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    clashes: list[FieldConflict] = field(default_factory=list)
    corpus: Corpus | None = None
    place: str = ""
    """What was made of it, where that is more than the record itself."""

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way of saving."""
        return not self.clashes and not any(
            problem.severity == "error" for problem in self.problems
        )


def known_to(desk: Desk, draft: Draft) -> RecordNames:
    """The records that a draft may name: those of the corpus, and those to be made with it."""
    titles = dict(desk.moment().titles)
    titles.update((id_, made.get("titre", "")) for id_, made in _made(desk, draft))
    return RecordNames(titles)


def _made(desk: Desk, draft: Draft) -> list[tuple[str, Mapping[str, str]]]:
    """The records to be made along with a draft, each with its id: never one that is there."""
    if not draft.made:
        return []
    taken = set(desk.moment().ids)
    records = []
    for made in draft.made:
        id_ = free_id(made.get("type", ""), made.get("titre", ""), taken.__contains__)
        taken.add(id_)
        records.append((id_, made))
    return records


def base_of(desk: Desk, draft: Draft) -> dict[str, Any]:
    """The record that a draft was shown for; only its type for a new one.

    Raises UserError where that version is gone.
    """
    if not draft.record:
        return {"type": draft.type}
    desk.require_readable(draft.record)
    data = desk.at_blob(draft.blob) if draft.blob else None
    values = reader.mapping(data)
    if values is None:
        raise UserError(
            "La version de la fiche que ce brouillon corrige ne se retrouve plus.",
            "Votre texte est gardé : ouvrez de nouveau la fiche, et reprenez-le de ce brouillon.",
        )
    return values


def judge(desk: Desk, draft: Draft, choices: Mapping[str, str]) -> Outcome:
    """What saving this draft would do; nothing is written. Raises UserError."""
    fields = dictionary(draft.type)
    base = base_of(desk, draft)
    answered = record(fields, draft.answers, base, known_to(desk, draft), desk.today)
    data = answered.data
    id_ = draft.record or _new_id(desk, draft)
    path = desk.path_of(id_) if draft.record else record_path(id_)
    outcome = Outcome(id_, path, answered, problems=list(answered.problems))
    if draft.record and not path:
        raise UserError(
            "La fiche que ce brouillon corrige n’existe plus.",
            "Votre texte est gardé ; recopiez-le dans une autre fiche.",
        )
    old = desk.content(path) if draft.record else None
    current = reader.mapping(old, path)
    if current is not None and not same(current, base):
        merged = merge(fields, base, data, current, choices)
        data, outcome.clashes = merged.data, merged.clashes
    text = written(draft.type, old, current or {}, data, outcome.problems)
    if text is not None and text != old:
        outcome.files[path] = text
    _add_made(desk, draft, outcome)
    _add_pictures(desk, draft, data, outcome)
    _check(desk, outcome)
    return outcome


def save(desk: Desk, draft: Draft, choices: Mapping[str, str]) -> Outcome:
    """Save a draft as a version where nothing stands in the way. Raises UserError."""
    with desk.lock:
        start = desk.starting_point()
        outcome = judge(desk, draft, choices)
        if not outcome.ready or not outcome.files:
            return outcome
        outcome.place = desk.keep(start, outcome.files, about(draft, outcome))
        desk.drafts.erase(draft.id)
    return outcome


def about(draft: Draft, outcome: Outcome) -> About:
    """The words under which a version is kept."""
    name = " ".join(str(outcome.given.data.get("titre", "")).split())
    verb = "corrige" if draft.record else "écrit"
    subject = f"Atelier : {verb} « {name} » ({title(draft.type)})"
    return About(subject, outcome.id, name, draft.branch, draft.tree)


def _new_id(desk: Desk, draft: Draft) -> str:
    paths = {entry.path.casefold() for entry in desk.tree.entries()}
    return free_id(draft.type, draft.title, lambda id_: record_path(id_) in paths)


def written(
    type_name: str,
    old: bytes | None,
    current: Mapping[str, Any],
    data: Mapping[str, Any],
    problems: list[Problem],
) -> bytes | None:
    """The file with these values; comments, order and layout of an old one stay.

    None where no file can hold them: ``problems`` then has one more, that says why.
    """
    start = old if old is not None else begun(type_name)
    known = current if old is not None else {"type": type_name}
    try:
        return with_values(start, known, {"type": type_name, **data})
    except Unpatchable as error:
        problems.append(Problem("", f"La fiche ne peut pas être écrite ainsi : {error}", ""))
    except UnicodeEncodeError:
        problems.append(Problem("", "Un texte contient un signe qui ne s’écrit pas.", ""))
    return None


def _add_made(desk: Desk, draft: Draft, outcome: Outcome) -> None:
    """The records to be made along with this one, where it still names them."""
    used = set(texts_of(outcome.given.data))
    for id_, made in _made(desk, draft):
        type_name = made.get("type", "")
        if id_ not in used or type_name not in TYPES:
            continue
        data = {"type": type_name, **{key: text for key, text in made.items() if text}}
        data.pop("reponse", None)
        if (text := written(type_name, None, {}, data, outcome.problems)) is not None:
            outcome.files[record_path(id_)] = text


def _add_pictures(desk: Desk, draft: Draft, data: Mapping[str, Any], outcome: Outcome) -> None:
    pictures = desk.drafts.files(draft.id)
    for _, name in named(data):
        if name in pictures:
            outcome.files[path_of(outcome.path, name)] = pictures[name]


def _check(desk: Desk, outcome: Outcome) -> None:
    """Judge the corpus as it would be, in the words of ``check``."""
    records = [path for path in outcome.files if path.endswith(".yaml")]
    reading, faults = judged(
        Overlay(desk.tree, outcome.files), records or [outcome.path], desk.held
    )
    named_fields = {problem.name for problem in outcome.given.problems}
    for fault in faults.get(outcome.path, ()):
        problem = _problem(fault, outcome.given, outcome.id.partition("/")[0])
        if (
            fault.code != "lien-inconnu"
            or not {problem.name, f"{problem.name}.valeur"} & named_fields
        ):
            outcome.problems.append(problem)
    for path in records:
        if path != outcome.path:
            outcome.problems += [
                Problem("", fault.message, fault.hint, fault.severity)
                for fault in faults.get(path, ())
            ]
    outcome.problems += elsewhere(desk.moment().reading, reading, records)
    outcome.corpus = reading.corpus if outcome.ready else None


def _problem(fault: Fault, given: AnsweredRecord, type_name: str) -> Problem:
    """A finding of ``check`` at its form field; a missing value by its question, since forms show
    no keys."""
    name = ""
    path: KeyPath = fault.path
    if fault.code == "cle-manquante":
        for place, answer in given.names.items():
            if place[:-1] == path and f"« {place[-1]} »" in fault.message:
                label = (
                    conversation.question_of(type_name, answer) or fault.hint.partition(" : ")[0]
                )
                return Problem(answer, f"« {label} » attend une réponse.", "", fault.severity)
    while path:
        if path in given.names:
            name = given.names[path]
            break
        path = path[:-1]
    hint = conversation.mend(fault.code, fault.hint, within=bool(fault.needle))
    message = fault.message
    if fault.path and isinstance(key := fault.path[-1], str):
        label = conversation.question_of(type_name, name) if path == fault.path else ""
        label = label or schema.shape(type_name).at(fault.path).title
        message = message.replace(f"« {key} »", f"« {label} »") if label else message
    return Problem(name, message, hint, fault.severity)


def elsewhere(before: Reading, after: Reading, mine: Sequence[str]) -> list[Problem]:
    """Errors that this file causes in others: a doubled title, a broken link."""

    def identity(finding: Finding) -> tuple[str, str, str]:
        return finding.path, finding.code, finding.message

    old = {identity(finding) for finding in before.findings}
    return [
        Problem("", finding.message, finding.hint)
        for finding in after.findings
        if finding.severity == "error" and finding.path not in mine and identity(finding) not in old
    ]
