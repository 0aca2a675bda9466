"""One case as their row and as the states of its cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from loosbot.dump.filtered import Edition, Snapshot
from loosbot.dump.formats.participedia.answer import (
    ABSENT,
    MASKED,
    NO_QUESTION,
    Answer,
    computed,
    nothing,
    source_of,
)
from loosbot.dump.formats.participedia.body import LONGEST, body
from loosbot.dump.formats.participedia.case import Case, cases
from loosbot.dump.formats.participedia.mapping import Question, load
from loosbot.dump.formats.participedia.rules import NOT_ASKED, RULES

LONGEST_TITLE = 10
"""Words of a title."""
LONGEST_SUMMARY = 280
"""Characters of a brief description."""


@dataclass(frozen=True, slots=True)
class ExaminedCase:
    """A case with its story; ``refusal`` says why it is left out, "" where it is not."""

    case: Case
    story: Answer
    refusal: str


def examined(edition: Edition) -> tuple[ExaminedCase, ...]:
    """Every case of an edition, looked at once."""
    told = [(case, body(case)) for case in cases(edition)]
    return tuple(ExaminedCase(case, story, _refusal(case, story)) for case, story in told)


def sheets(
    snapshot: Snapshot, entries: Iterable[ExaminedCase]
) -> Iterator[tuple[str, list[tuple[Question, Answer]]]]:
    """Each case's id, and its answers in the order of their form; none that is refused."""
    questions = load().questions
    common = _common(snapshot)
    for entry in entries:
        if entry.refusal:
            continue
        answers = {**common, **_own(entry.case, entry.story, snapshot)}
        yield (
            public_id(snapshot, entry.case.record.id),
            [(question, answers.get(question.name, ABSENT)) for question in questions],
        )


def public_id(snapshot: Snapshot, id_: str) -> str:
    """An id that no number of theirs can be: ``loos:projet/x``."""
    return f"{snapshot.corpus}:{id_}"


def _common(snapshot: Snapshot) -> dict[str, Answer]:
    """What is the same for every case of a corpus."""
    region = load().regions.get(_department(snapshot.insee), "")
    people = [f"{who}_{what}" for who in ("creator", "last_updated_by")
              for what in ("id", "name", "profile_url")]  # fmt: skip
    return {
        **NOT_ASKED,
        **dict.fromkeys(people, MASKED),
        **dict.fromkeys(("url", "is_component_of_url", "primary_organizer_url"), NO_QUESTION),
        "type": computed("case"),
        "original_language": computed(snapshot.language),
        "city": computed(snapshot.commune),
        "province": computed(region),
        "country": computed("France" if snapshot.insee else ""),
    }


def _department(insee: str) -> str:
    return insee[:3] if insee.startswith("97") else insee[:2]


def _own(case: Case, story: Answer, snapshot: Snapshot) -> dict[str, Answer]:
    record = case.record
    answers = {name: rule(case) for name, rule in RULES.items()}
    for name in ("is_component_of_id", "primary_organizer_id"):
        values = tuple(public_id(snapshot, value) for value in answers[name].values)
        answers[name] = replace(answers[name], values=values)
    source = source_of(record.data)
    summary = record.data.get("resume")
    answers["id"] = computed(public_id(snapshot, record.id))
    answers["title"] = Answer((record.title,), "atteste", source)
    answers["description"] = nothing(summary) or Answer((str(summary),), "atteste", source)
    answers["body"] = story
    return answers


def refusals(entries: Iterable[ExaminedCase]) -> list[str]:
    """Why each case that is left out is, and what to do; their form would cut it."""
    return [entry.refusal for entry in entries if entry.refusal]


def _refusal(case: Case, story: Answer) -> str:
    title, summary = case.record.title, str(case.get("resume") or "")
    words, size = len(title.split()), sum(map(len, story.values))
    if words > LONGEST_TITLE:
        fault = f"son titre a {words} mots, Participedia en admet {LONGEST_TITLE}"
    elif len(summary) > LONGEST_SUMMARY:
        fault = f"son résumé a {len(summary)} signes, Participedia en admet {LONGEST_SUMMARY}"
    elif size > LONGEST:
        fault = f"son compte rendu a {size} signes, Participedia en admet {LONGEST}"
    else:
        return ""
    return f"{case.record.id} : {fault} ; raccourcissez-le, rien n’est coupé"


def row(answers: Sequence[tuple[Question, Answer]]) -> tuple[str, ...]:
    """The 113 cells of a case."""
    cells: list[str] = []
    for question, answer in answers:
        cells += answer.values
        cells += [""] * (max(question.ranks, 1) - len(answer.values))
    return tuple(cells)


def states(
    case: str, question: Question, answer: Answer
) -> Iterator[tuple[str, str, str, str, int, str, str]]:
    """A row for each cell: case, column, value, state, rule, source, note.

    In a list of theirs that has more places than answers, the places left over are absent.
    """
    for rank, column in enumerate(question.columns):
        value = answer.values[rank] if rank < len(answer.values) else ""
        if column == "body":
            # its words are in cases.csv; here they would be a third of the file
            value = ""
        over = bool(answer.values) and rank >= len(answer.values)
        state = "absent" if over else answer.state
        source, note = ("", "") if over else (answer.source, answer.note)
        yield case, column, value, state, question.number, source, note
