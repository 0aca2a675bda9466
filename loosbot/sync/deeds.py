"""What a run did to the wiki, found again from the summaries of our own edits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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


@dataclass(frozen=True, slots=True)
class Deeds:
    """What a run did, and what was already undone of it: ``edits``, newest first.

    ``messages`` counts those that it left on talk pages. ``before`` is what the newest edit
    before it came from, where one names a commit; ``newest`` what the newest of all came from.
    ``uploads`` gives the revision that followed another without a summary of ours: the wiki makes
    one of its own, with the same text, where a file is sent.
    """

    edits: Sequence[Contribution]
    messages: int
    before: Origin | None
    newest: Origin
    uploads: Mapping[int, int]


def deeds_of(reader: Reader, corpus: str, run: str) -> Deeds:
    """What the account did in this run, and what stood before it. Raises UsageError."""
    account = reader.session.account().name
    for limit in _LIMITS:
        made = reader.contributions(account, limit)
        ours = list(summary.of_corpus(made, corpus))
        in_it = [
            contribution.revision
            for contribution, origin in ours
            if origin.run == run and not summary.announced(contribution.comment)
        ]
        older = [
            origin for contribution, origin in ours if in_it and contribution.revision < min(in_it)
        ]
        if (in_it and older) or len(made) < limit:
            break
    if not in_it:
        raise UsageError(
            f"Le wiki ne connaît aucune publication « {run} » de ce corpus.",
            "Le nom d’une publication est dans le commentaire de chaque modification du robot, "
            "derrière « run », et dans le bilan de « loosbot sync --format json ».",
        )
    edits = [
        contribution
        for contribution, origin in ours
        if (origin.run == run or summary.undone(contribution.comment) == run)
        and not summary.announced(contribution.comment)
    ]
    # a page that the undoing of this run alone touched is a redirect made by a move back
    touched = {edit.pageid for edit in edits if edit.revision in in_it}
    messages = sum(
        origin.run == run and bool(summary.announced(contribution.comment))
        for contribution, origin in ours
    )
    newest = next(
        origin for contribution, origin in ours if summary.undone(contribution.comment) != run
    )
    named = next((origin for origin in older if origin.commit), None)
    uploads = {
        contribution.parent: contribution.revision
        for contribution in made
        if not summary.read(contribution.comment)
    }
    return Deeds(
        [edit for edit in edits if edit.pageid in touched], messages, named, newest, uploads
    )


def first_titles(reader: Reader, run: str, deeds: Deeds) -> dict[str, str]:
    """The title that each page had before the run moved it, by id."""
    if all(summary.is_plain(edit.comment) for edit in deeds.edits):
        return {}
    account = reader.session.account().name
    titles: dict[str, str] = {}
    for entry in sorted(reader.log("move", None, _MOVES), key=lambda entry: entry.id):
        signature = summary.read(entry.comment)
        if entry.user == account and signature and signature[0].run == run:
            titles.setdefault(signature[1].id, entry.title)
    return titles


def said_of(edit: Contribution) -> tuple[Origin, Key]:
    """What the summary of an edit of ours says."""
    signature = summary.read(edit.comment)
    if signature is None:
        raise AssertionError(f"revision {edit.revision} is not ours")
    return signature
