"""Whether the corpus holds everything that people changed inside a block, which may then be
overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from loosbot.decode.bounds import TOO_LONG, is_too_long
from loosbot.decode.frame import outstanding, read_page
from loosbot.decode.regions import changed_marks
from loosbot.decode.threeway import beyond_any_file
from loosbot.frozen import dataclass
from loosbot.sync import block, summary
from loosbot.sync.advice import HIDDEN, ILLEGIBLE, VOICE_WAITS, beyond_pull
from loosbot.sync.block import Block, MarkedBlock
from loosbot.sync.planned import PageFact, digest
from loosbot.wiki.reader import Reader
from loosbot.wiki.revisions import PageState, Revision
from loosbot.wikitext.links import LINKED_TITLE
from loosbot.wikitext.names import Names

_LOOK_BACK = 50
"""Revisions of ours among which the newest intact one is looked for."""


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """A page whose block a person changed, with the body that the corpus wants there."""

    state: PageState
    fact: PageFact
    wanted: Block


def carried_back(
    reader: Reader, pages: Iterable[ChangedPage], names: Names
) -> dict[str, str | None]:
    """By id, None where all that the block of a page holds is in the corpus.

    Elsewhere what to do about it where ``pull`` can take nothing of it (``PlannedPage.remedy``),
    "" where it can.

    What we published last, what people made of it and what we would publish now are compared,
    the pieces that fields show by what they say, all that stands around them by its text: each
    passage that people changed must stand in what we would publish. One request for each page
    whose newest revision of ours is not intact, one or two for all the others.
    """
    passages: dict[str, str | None] = {}
    unread = []
    for page in pages:
        if page.fact.mark != "block" or page.state.redirect:
            passages[page.wanted.key.id] = ILLEGIBLE
        elif page.fact.span == digest(block.write(page.wanted)):
            passages[page.wanted.key.id] = None
        else:
            unread.append(page)
    bases = reader.revisions(
        [changed.fact.written for changed in unread if changed.fact.written_span]
    )
    texts = [changed.state.text or "" for changed in unread]
    names = with_redirects(reader, texts, names)
    return passages | {
        changed.wanted.key.id: _left(reader, changed, bases, names) for changed in unread
    }


def _left(
    reader: Reader, page: ChangedPage, bases: Mapping[int, Revision], names: Names
) -> str | None:
    """What to do about the change of one page; None where the corpus has taken all of it."""
    key = page.wanted.key
    theirs = block.marked_in(page.state.text, key)
    base = _base(reader, page, bases)
    if theirs is None or base is None:
        return HIDDEN
    if is_too_long(theirs.block.body):
        return beyond_pull(TOO_LONG)
    before, after, ours = (
        read_page(key.id, names.called_today(body, base.block.body), names)
        for body in (base.block.body, theirs.block.body, page.wanted.body)
    )
    differences, regions = outstanding(before, after, ours, names)
    undone = theirs.block.intact and theirs.block.hash != base.block.hash
    regions += changed_marks(base.marks, theirs.marks, ours=undone)
    if not differences and not regions:
        return None
    if any(difference.voice for difference in differences):
        return VOICE_WAITS
    reasons = [beyond_any_file(difference, names) for difference in differences]
    reasons += [region.reason for region in regions]
    return beyond_pull(reasons[0]) if all(reasons) else ""


def _base(reader: Reader, page: ChangedPage, bases: Mapping[int, Revision]) -> MarkedBlock | None:
    """The newest intact block of ours: the base of the comparison. One merged by the server is not
    intact."""
    key, fact = page.wanted.key, page.fact
    if fact.written in bases:
        candidates = [bases[fact.written]]
    else:
        account = reader.session.account().name
        edits = reader.last_by(page.state.pageid, account, _LOOK_BACK)
        candidates = [edit for edit in edits if not summary.is_by_hand(edit)]
    for revision in candidates:
        marked = block.marked_in(revision.text, key)
        if marked and marked.block.intact:
            return marked
    return None


def with_redirects(reader: Reader, bodies: Iterable[str], names: Names) -> Names:
    """``names`` that also know the redirects which these texts link to.

    One request where a text links to a title that is none of ours, none otherwise.
    """
    linked = {link.strip() for body in bodies for link in LINKED_TITLE.findall(body)}
    unknown = sorted(title for title in linked if names.identify(title) is None)
    targets = reader.redirects(unknown) if unknown else {}
    return replace(names, redirects=targets) if targets else names
