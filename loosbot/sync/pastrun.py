"""The edits of an earlier run, found again by the summaries of our account."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from loosbot.errors import UsageError
from loosbot.frozen import dataclass
from loosbot.sync import summary
from loosbot.sync.block import Key
from loosbot.sync.summary import Origin
from loosbot.wiki.reader import Reader
from loosbot.wiki.revisions import Contribution

_LIMITS = (500, 5000, 50_000)
"""Edits of the account among which a run is looked for; it asks for more where it is not found."""
_MOVES = 5000


_Ours = Sequence[tuple[Contribution, Origin]]
"""Edits that published something of the corpus, newest first, each with its origin."""


@dataclass(frozen=True, slots=True)
class PastRun:
    """``edits`` of a run, and of its rollback on the same pages, newest first.

    ``messages`` counts those that it left on talk pages. ``before`` is the origin of the newest
    edit before the run that names a commit; ``newest`` that of the newest edit of all, rollbacks of
    the run left out. ``uploads`` maps a revision to the one that followed it without a summary of
    ours: the wiki makes one of its own, with the same text, where a file is sent.
    """

    edits: Sequence[Contribution]
    messages: int
    before: Origin | None
    newest: Origin
    uploads: Mapping[int, int]


def past_run(reader: Reader, corpus: str, run: str) -> PastRun:
    """The edits of our account in this run, and the state before it. Raises UsageError."""
    edits, ours = _far_enough_back(reader, corpus, run)
    revisions = _revisions_of(run, ours)
    if not revisions:
        raise UsageError(
            f"Le wiki ne connaît aucune publication « {run} » de ce corpus.",
            "Le nom d’une publication est dans le commentaire de chaque modification du robot, "
            "derrière « run », et dans le bilan de « loosbot sync --format json ».",
        )
    # a page touched only by the rollback of this run is a redirect that a move back left
    touched = {edit.pageid for edit, _ in ours if edit.revision in revisions}
    older = _older(ours, revisions)
    return PastRun(
        edits=[
            edit
            for edit, origin in ours
            if (origin.run == run or summary.undone_run(edit.comment) == run)
            and not summary.messaged_revision(edit.comment)
            and edit.pageid in touched
        ],
        messages=sum(
            origin.run == run and bool(summary.messaged_revision(edit.comment))
            for edit, origin in ours
        ),
        before=next((origin for origin in older if origin.commit), None),
        newest=next(origin for edit, origin in ours if summary.undone_run(edit.comment) != run),
        uploads={edit.parent: edit.revision for edit in edits if not summary.read(edit.comment)},
    )


def _far_enough_back(reader: Reader, corpus: str, run: str) -> tuple[Sequence[Contribution], _Ours]:
    """The newest edits of our account, down to one before the run; then those of this corpus."""
    account = reader.session.account().name
    for limit in _LIMITS:
        edits = reader.contributions(account, limit)
        ours = list(summary.of_corpus(edits, corpus))
        revisions = _revisions_of(run, ours)
        if len(edits) < limit or (revisions and _older(ours, revisions)):
            break
    return edits, ours


def _revisions_of(run: str, ours: _Ours) -> set[int]:
    return {
        edit.revision
        for edit, origin in ours
        if origin.run == run and not summary.messaged_revision(edit.comment)
    }


def _older(ours: _Ours, revisions: Collection[int]) -> list[Origin]:
    """The origins of the edits before these revisions, newest first."""
    first = min(revisions)
    return [origin for edit, origin in ours if edit.revision < first]


def first_titles(reader: Reader, run: str, past: PastRun) -> dict[str, str]:
    """The title that each page had before the run moved it, by id."""
    if all(summary.is_plain(edit.comment) for edit in past.edits):
        return {}
    account = reader.session.account().name
    titles: dict[str, str] = {}
    for entry in sorted(reader.log("move", None, _MOVES), key=lambda entry: entry.id):
        signature = summary.read(entry.comment)
        if entry.user == account and signature and signature[0].run == run:
            titles.setdefault(signature[1].id, entry.title)
    return titles


def signature_of(edit: Contribution) -> tuple[Origin, Key]:
    """The parsed summary of an edit of ours."""
    signature = summary.read(edit.comment)
    if signature is None:
        raise AssertionError(f"revision {edit.revision} is not ours")
    return signature
