"""The page of a form: its questions, what may be chosen, and what is wrong with the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import render_template

from loosbot.atelier.desk.drafts import Draft
from loosbot.atelier.desk.saving import Outcome, known_to
from loosbot.atelier.forms import conversation
from loosbot.atelier.forms.answers import Problem, record
from loosbot.atelier.forms.form import Form, FormContext, build
from loosbot.atelier.forms.known import RecordNames
from loosbot.atelier.forms.merge import FieldConflict
from loosbot.atelier.forms.showing import asked_at, value_in_words, walk
from loosbot.atelier.pages import room
from loosbot.atelier.pages.room import atelier
from loosbot.corpus.schema import Word
from loosbot.corpus.types import TYPES
from loosbot.fields.dictionary import dictionary


def creatable(types: Sequence[str] | Mapping[str, object]) -> list[str]:
    """The types that a name and a word or two are enough for."""
    return [
        name
        for name in types
        if name in conversation.QUESTIONNAIRES
        and all(field.key == "titre" or field.words for field in dictionary(name) if field.required)
    ]


def context_of(
    draft: Draft, problems: Sequence[Problem], unknown: Mapping[str, str]
) -> FormContext:
    """What the questions of a form are shown with; ``unknown`` are the names that were typed and
    that no record has, by field."""
    by_name: dict[str, list[Problem]] = {}
    for problem in problems:
        by_name.setdefault(problem.name, []).append(problem)
    return FormContext(draft.answers, atelier().desk.today, by_name, unknown)


def form_page(
    draft: Draft,
    outcome: Outcome | None = None,
    *,
    looked: bool = False,
    wanted: str = "",
    opened: str = "",
    refused: Sequence[Problem] = (),
) -> str:
    """The form of a draft as a page."""
    desk = atelier().desk
    known = known_to(desk, draft)
    answered = (
        outcome.given
        if outcome
        else record(dictionary(draft.type), draft.answers, room.base(draft), known, desk.today)
    )
    problems = [*(outcome.problems if outcome else answered.problems if looked else ()), *refused]
    form = build(draft.type, context_of(draft, problems, answered.unknown))
    targets = sorted({target for node in walk(form) for target in node.targets})
    stale = bool(draft.record) and desk.blob(desk.path_of(draft.record)) != draft.blob
    return render_template(
        "fiche.html",
        draft=draft,
        form=form,
        author=desk.author,
        problems=problems,
        clashes=[_shown_conflict(draft.type, clash, known) for clash in outcome.clashes]
        if outcome
        else [],
        looked=looked,
        wanted=wanted,
        opened=opened,
        stale=stale,
        record_title=desk.moment().titles.get(draft.record, ""),
        lists={
            target: [known.name(named.id, (target,)) for named in known.of((target,))]
            for target in targets
        },
        makings=_makings(form, opened),
        creables=creatable,
    )


def _shown_conflict(
    type_name: str, clash: FieldConflict, known: RecordNames
) -> tuple[str, str, str, str]:
    """The key of a conflict, how the form asks for it, and both answers."""
    mine, theirs = (
        value_in_words(type_name, clash.path, value, known) for value in (clash.mine, clash.theirs)
    )
    return clash.key, asked_at(type_name, clash.path), mine, theirs


def _makings(
    form: Form, opened: str
) -> list[tuple[str, str, list[tuple[str, str, tuple[Word, ...]]]]]:
    """For the answer where a record is to be made: each type, its name, and what it must say."""
    node = next((field for field in walk(form) if field.name == opened), None)
    if node is None:
        return []
    return [
        (
            name,
            TYPES[name].noun,
            [
                (field.key, field.title, field.words)
                for field in dictionary(name)
                if field.required and field.words
            ],
        )
        for name in creatable(node.targets)
    ]
