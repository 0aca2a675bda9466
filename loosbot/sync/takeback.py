"""Publishing over a person's change, on request by name, and the message to its author."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from loosbot.canonical import canonical
from loosbot.corpus.french import listed
from loosbot.corpus.links import former_ids
from loosbot.corpus.model import Corpus
from loosbot.corpus.privacy.withdrawals import WithdrawnPerson, mentions_any
from loosbot.decode.regions import changed_marks
from loosbot.errors import UsageError
from loosbot.frozen import dataclass
from loosbot.sync import block, summary
from loosbot.sync.advice import explain
from loosbot.sync.block import Block, Key
from loosbot.sync.note import (
    RevertedEdit,
    changed_lines,
    diff_link,
    may_be_quoted,
    note,
    was_taken_away,
    with_section,
)
from loosbot.sync.outcome import Failure, Outcome
from loosbot.sync.planned import PageFact, Plan, PlannedPage, digest
from loosbot.sync.summary import Origin
from loosbot.sync.whereabouts import way_back
from loosbot.wiki.reader import Reader
from loosbot.wiki.revisions import PageState, WikiRefusal
from loosbot.wiki.writer import Writer

_TRIES = 3
_MESSAGES = 50
"""Our own edits of a talk page among which a message is looked for."""


@dataclass(frozen=True, slots=True)
class PendingMessage:
    """A message to leave, unless it is there: about ``revision``, which page ``id`` had."""

    id: str
    pageid: int
    title: str
    revision: int


def taken_back(
    reader: Reader, page: PlannedPage, state: PageState, fact: PageFact, wanted: Block
) -> PlannedPage:
    """The page with our block over what people changed in it; the rest of it stays.

    ``state`` holds the text. A title that changed as well is for the next run: a page is not
    moved before its block is ours.
    """
    text = state.read_text
    if fact.published:
        wanted = replace(wanted, titled=fact.published)
    last = None
    if not block.marked_in(text, wanted.key):
        last = reader.revisions([fact.written]).get(fact.written)
    before = block.marked_in(last.text, wanted.key) if last else None
    new = block.reclaim(text, wanted, before.block.body if before else "")
    if new is None:
        reason = "Les marques de ce modèle ont disparu : remettez-les, puis relancez."
        return replace(page, action="error", reason=f"{page.reason} {reason}")
    who = page.user or "une personne"
    reason = f"Le texte du dépôt remplace la modification de {who}, qui en est avertie."
    return replace(
        page,
        action="update",
        reason=reason,
        rendering=digest(block.write(wanted)),
        text=canonical(new),
        before=text,
        taken=True,
    )


def owed_before(reader: Reader, plan: Plan, take_back: Collection[str]) -> list[PendingMessage]:
    """Messages that an earlier run may not have come to leave.

    Raises UsageError that names every page in ``take_back`` that nobody changed, and that was not
    taken back.
    """
    owed = [
        PendingMessage(page.id, page.pageid, page.title, page.takes)
        for page in plan.pages
        if page.takes
    ]
    known = {debt.id for debt in owed}
    account = reader.session.account().name
    unchanged = []
    for page in plan.pages:
        if page.id not in take_back or page.id in known or page.taken:
            continue
        if page.action == "error":
            continue
        newest = reader.last_by(page.pageid, account, 1) if page.pageid else []
        revision = summary.taken_back_revision(newest[0].comment) if newest else 0
        if revision:
            owed.append(PendingMessage(page.id, page.pageid, page.title, revision))
        else:
            unchanged.append(f"« {page.title} » ({page.id})")
    if unchanged:
        raise UsageError(
            f"Personne n’a modifié le texte publié de {listed(unchanged)}. Rien n’a été publié.",
            "--take-back ne vaut que pour une page que « loosbot plan » dit modifiée sur le wiki.",
        )
    return owed


def leave_notes(
    writer: Writer,
    corpus: Corpus,
    origin: Origin,
    owed: Sequence[PendingMessage],
    withdrawn: Collection[WithdrawnPerson],
    outcome: Outcome,
) -> None:
    """Leave each message that is not on the talk page, and never was.

    ``withdrawn`` are those who withdrew: no message mentions them. Raises WikiUnavailable.
    """
    if not owed:
        return
    # pages move before messages are posted: another page may have the old title by now
    now = writer.pages_by_id(debt.pageid for debt in owed)
    owed = [replace(debt, title=now[debt.pageid].title) for debt in owed if now[debt.pageid].exists]
    talk_pages = talk_titles(writer, (debt.title for debt in owed))
    # read together: those that were told long ago are asked for in each run
    talks = writer.pages(talk_pages.values(), content=True)
    for debt in owed:
        if _is_there(talks[talk_pages[debt.title]], debt):
            continue
        try:
            outcome.notes += _leave(writer, corpus, origin, debt, talk_pages[debt.title], withdrawn)
        except WikiRefusal as refusal:
            outcome.failed.append(Failure(debt.id, talk_pages[debt.title], explain(refusal)))


def _leave(
    writer: Writer,
    corpus: Corpus,
    origin: Origin,
    owed: PendingMessage,
    talk: str,
    withdrawn: Collection[WithdrawnPerson],
) -> bool:
    """Whether a message was written."""
    key = Key(origin.corpus, owed.id, former_ids(corpus).get(owed.id, ()))
    for tries in range(1, _TRIES + 1):
        state = writer.pages([talk], content=True)[talk]
        if _is_there(state, owed):
            return False
        reverted = _what_was_taken(writer, key, owed)
        if reverted is None or _was_left(writer, state, reverted):
            return False
        quoted = may_be_quoted(reverted) and not mentions_any(
            withdrawn, "\n".join(changed_lines(reverted))
        )
        if mentions_any(withdrawn, reverted.user):
            reverted = replace(reverted, user="")
        body = note(reverted, way_back(corpus, owed.id, _gone(reverted)), quoted=quoted)
        comment = summary.write(origin, owed.id, summary.message_suffix(owed.revision))
        try:
            writer.edit(with_section(state, body, comment))
        except WikiRefusal as refusal:
            if refusal.code not in ("editconflict", "articleexists") or tries == _TRIES:
                raise
        else:
            return True
    raise AssertionError("the last try returns or raises")


def _is_there(talk: PageState, owed: PendingMessage) -> bool:
    return diff_link(owed.revision) in (talk.text or "")


def _gone(taken: RevertedEdit) -> list[str]:
    """The lines of ours that the person changed."""
    return [line[1:] for line in changed_lines(taken) if line.startswith("-")]


def _what_was_taken(reader: Reader, key: Key, owed: PendingMessage) -> RevertedEdit | None:
    """What was undone, from the page's history; None where it was hidden since."""
    account = reader.session.account().name
    mine = reader.last_by(owed.pageid, account, _MESSAGES)
    ours = next(
        (made for made in mine if summary.taken_back_revision(made.comment) == owed.revision), None
    )
    if ours is None:
        return None
    theirs = reader.revisions([owed.revision, ours.parent])
    person, parent = theirs.get(owed.revision), theirs.get(ours.parent)
    published = next(
        (
            marked
            for made in mine
            if made.id < ours.id
            if (marked := block.marked_in(made.text, key)) and marked.block.intact
        ),
        None,
    )
    if person is None or parent is None or parent.text is None:
        return None
    standing = block.marked_in(parent.text, key)
    new = standing.block.body if standing else parent.text
    if standing and published:
        # words written in the comments around the block are words too
        marks = changed_marks(published.marks, standing.marks, ours=True)
        new = "\n".join((new, *(mark.after for mark in marks)))
    back = block.marked_in(ours.text, key)
    return RevertedEdit(
        owed.title,
        person.user,
        person.id,
        published.block.body if published else "",
        new,
        ours.timestamp,
        account,
        back.block.body if back else "",
    )


def _was_left(reader: Reader, talk: PageState, taken: RevertedEdit) -> bool:
    """Whether the message was there and people took it away."""
    if talk.revision is None:
        return was_taken_away(reader, talk, taken.day)
    mine = reader.last_by(talk.pageid, taken.account, _MESSAGES)
    return any(summary.messaged_revision(edit.comment) == taken.revision for edit in mine)


def talk_titles(reader: Reader, titles: Iterable[str]) -> dict[str, str]:
    """The talk page of each page. A namespace's talk is the one that follows it (core)."""
    spaces = reader.site().namespaces
    names = {number: name for name, number in spaces.items() if name}
    talk_pages = {}
    for title in titles:
        prefix, colon, rest = title.partition(":")
        number = spaces.get(prefix.lower(), 0) if colon else 0
        talk_pages[title] = f"{names[number + 1]}:{rest if number else title}"
    return talk_pages
