"""After the writing: does the wiki hold what was sent, and show it?"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence

from loosbot.canonical import canonical
from loosbot.sync.advice import EDITED
from loosbot.sync.block import Key, marked_in
from loosbot.sync.outcome import Failure, HumanEdit, Outcome, WrittenRevision
from loosbot.sync.planned import digest
from loosbot.wiki.writer import Writer

_SECOND = 1.0


def refresh(writer: Writer, outcome: Outcome) -> None:
    """Have what was written drawn afresh where pages appeared or files were sent during the run.

    A page that was saved before one that it links to keeps that link red until the wiki's job
    queue comes to it. One that shows a file may have been drawn before the wiki, after it has
    answered, threw away what it had of that file, small pictures too
    (``LocalFile::recordUpload3``): its picture is then not there. The cache is dated to the second
    (``ParserOutput::expired``): a page of the last second is drawn afresh in the next only, so we
    wait for it where it matters.
    """
    if not outcome.uploads and not any(written.action == "create" for written in outcome.written):
        return
    late = drawn_too_soon(outcome.written, outcome.uploads, time.monotonic())
    waiting = {written.revision for written in late}
    writer.purge(
        written.page.title for written in outcome.written if written.revision not in waiting
    )
    if late:
        last = max(written.ended for written in late)
        writer.session.sleep(max(0.0, last + _SECOND - time.monotonic()))
        writer.purge(written.page.title for written in late)


def drawn_too_soon(
    several: Sequence[WrittenRevision], uploads: Collection[str], now: float
) -> list[WrittenRevision]:
    """The pages of the last second that name one that was not there yet when they were saved, or
    a file of ``uploads``, the titles of those that were sent."""
    created = [written for written in several if written.action == "create"]
    return [
        written
        for written in several
        if now - written.ended < _SECOND
        and (
            any(_names(written, title) for title in uploads)
            or any(
                other.ended > written.began and _names(written, other.page.title)
                for other in created
                if other is not written
            )
        )
    ]


def _names(written: WrittenRevision, title: str) -> bool:
    """Whether the text of a page has a title, with its namespace or without."""
    name = title.partition(":")[2].strip() or title
    return name in (written.page.text or "")


def verify(writer: Writer, corpus: str, outcome: Outcome) -> None:
    """Read back what was written, by its metadata: the wiki must hold what was sent.

    Where it merged our text with a person's, or changed it, only the page can tell.
    """
    written = {write.revision: write for write in outcome.written}
    stored = writer.revisions(written, content=False)
    doubtful = {
        revision
        for revision, write in written.items()
        if write.merged or revision not in stored or stored[revision].sha1 != write.sha1
    }
    outcome.heads = {
        write.page.pageid: stored[revision]
        for revision, write in written.items()
        if revision not in doubtful and write.page.pageid
    }
    if not doubtful:
        return
    texts = writer.revisions(doubtful)
    parents = writer.revisions((revision.parent for revision in texts.values()), content=False)
    for number in doubtful:
        write, revision = written[number], texts.get(number)
        page, text = write.page, revision.text if revision else None
        if revision and text is not None and write.merged:
            # the text is a person's and ours in one: nothing but our block can be compared
            marked = marked_in(text, Key(corpus, page.id))
            if marked is None or digest(marked.span) != page.rendering:
                user = parents[revision.parent].user if revision.parent in parents else ""
                reason = f"Une personne modifiait ce texte au moment où il était publié. {EDITED}"
                outcome.human_edits.append(HumanEdit(page.id, page.title, user, number, reason))
        elif text is None or canonical(text) != page.text:
            error = (
                "Le wiki a enregistré un autre texte que celui qui lui a été envoyé "
                f"(révision {number}) : une extension du wiki le modifie."
            )
            outcome.failed.append(Failure(page.id, page.title, error))
