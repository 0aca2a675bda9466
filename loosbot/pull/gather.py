"""Reading what people did: the edits of each block since we published it, and the renamings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from loosbot.decode.bounds import MOST_MARKS, TOO_LONG, is_too_long, weight
from loosbot.decode.regions import changed_marks
from loosbot.pull.edits import EditedPage, RenamedPage, Unreadable, WikiEdit, WikiEdits
from loosbot.sync import block, summary
from loosbot.sync.advice import beyond_pull
from loosbot.sync.block import Key, MarkedBlock
from loosbot.sync.planned import GONE, PlannedPage
from loosbot.wiki.reader import Reader
from loosbot.wiki.revisions import Revision
from loosbot.wikitext.names import normal_title

_STAYS = ("none", "update", "human-edit")
_MOVES = 5
"""Titles that a page may have had since ours, one after the other."""
_LOOK_BACK = 200
"""Revisions of a page that are read for its edits; older ones count as one edit."""
_STEPS = 4
"""Edits of a page since ours that are read together with those of the other pages."""


def gather(
    reader: Reader,
    key: Callable[[str], Key],
    pages: Iterable[PlannedPage],
    wanted: Mapping[str, str],
) -> WikiEdits:
    """What people did to the ``pages`` of a plan; ``wanted`` is the title of each id in the
    corpus, ``key`` whose block it is. A few requests for all the pages that people edited, and one
    for each that they edited often. Raises WikiUnavailable."""
    pages = list(pages)
    account = reader.session.account().name
    chains = _since_ours_together(reader, key, pages, account)
    edited: list[EditedPage] = []
    unreadable: list[Unreadable] = []
    renamed: list[RenamedPage] = []
    for page in pages:
        if page.action == "human-edit" and page.pageid:
            history = chains.get(page.pageid, [])
            if not history or not _ours(history[-1], key(page.id), account):
                read = reader.history(page.pageid, limit=_LOOK_BACK, content=True)
                history = _as_saved(read, history[0].id if history else 0)
            edit = _page(reader, key(page.id), page, history, account)
            if isinstance(edit, EditedPage):
                edited.append(edit)
            else:
                unreadable.append(edit)
        if page.renamed and page.pageid and page.to == page.title and page.action in _STAYS:
            renamed.append(_renaming(reader, page, wanted[page.id]))
    return WikiEdits(tuple(edited), tuple(renamed), tuple(unreadable))


def _since_ours_together(
    reader: Reader, key: Callable[[str], Key], pages: Iterable[PlannedPage], account: str
) -> dict[int, list[Revision]]:
    """The newest revisions of the pages that people edited, newest first: down to our newest
    intact one, where they were not edited more than :data:`_STEPS` times since."""
    keys = {
        page.pageid: key(page.id) for page in pages if page.action == "human-edit" and page.pageid
    }
    heads = reader.pages_by_id(keys, content=True) if keys else {}
    chains = {pageid: [state.revision] for pageid, state in heads.items() if state.revision}
    for _ in range(_STEPS):
        parents = {
            pageid: chain[-1].parent
            for pageid, chain in chains.items()
            if not _ours(chain[-1], keys[pageid], account)
        }
        before = reader.revisions(filter(None, parents.values())) if parents else {}
        for pageid, parent in parents.items():
            if parent in before:
                chains[pageid].append(before[parent])
    return chains


def _as_saved(history: list[Revision], head: int) -> list[Revision]:
    """The revisions below a head, each before its parent, and then the others: the wiki lists them
    by their time, and its clock may have been set back."""
    left = {revision.id: revision for revision in history}
    chain = []
    while revision := left.pop(head, None):
        chain.append(revision)
        head = revision.parent
    return [*chain, *left.values()]


def _page(
    reader: Reader, key: Key, page: PlannedPage, history: list[Revision], account: str
) -> EditedPage | Unreadable:
    if not history:
        return Unreadable(page.id, page.title, GONE, page.user, page.revision)
    now = block.find(history[0].text or "", key)
    if not isinstance(now, MarkedBlock):
        reason = f"{page.reason} {page.remedy}"
        return Unreadable(page.id, page.title, reason, page.user, page.revision)
    base, newer = _since_ours(history, key, account)
    if base is None:
        older = reader.last_by(page.pageid, account, _LOOK_BACK)
        base = next((revision for revision in older if _ours(revision, key, account)), None)
    if base is None:
        reason = "Aucune version publiée par loosbot n’est intacte dans l’historique de la page."
        return Unreadable(page.id, page.title, reason, page.user, page.revision)
    edits: list[WikiEdit] = []
    published = block.find(base.text or "", key)
    assert isinstance(published, MarkedBlock)  # noqa: S101 - the base is chosen by its block
    body = _body(base, key)
    for revision in reversed(newer):
        after = _body(revision, key)
        if after is not None and body is not None and after != body:
            edits.append(_edit(revision, account, edits, body, after))
            body = after
    if edits and is_too_long(edits[-1].after):
        reason = f"{page.reason} {beyond_pull(TOO_LONG)}"
        return Unreadable(page.id, page.title, reason, edits[-1].user, edits[-1].revision)
    edits = _within_bounds(edits)
    undone = now.block.intact and now.block.hash != published.block.hash
    regions = changed_marks(published.marks, now.marks, ours=undone)
    return EditedPage(page.id, page.title, tuple(edits), tuple(regions))


def _within_bounds(edits: list[WikiEdit]) -> list[WikiEdit]:
    """The edits; the oldest merged into one where reading each would take too long."""
    kept: list[WikiEdit] = []
    left = MOST_MARKS
    for edit in reversed(edits):
        left -= weight(edit.after)
        if kept and left < 0:
            kept[-1] = replace(kept[-1], before=edits[0].before)
            break
        kept.append(edit)
    return kept[::-1]


def _since_ours(
    history: list[Revision], key: Key, account: str
) -> tuple[Revision | None, list[Revision]]:
    """The newest intact revision of ours, and those after it, newest first.

    A merge made by the server leaves a revision in our name that holds a person's words: its
    block does not match its own hash, so it counts as that person's edit.
    """
    for number, revision in enumerate(history):
        if _ours(revision, key, account):
            return revision, history[:number]
    return None, history


def _ours(revision: Revision, key: Key, account: str) -> bool:
    robot = revision.user == account and not summary.is_by_hand(revision)
    marked = block.find(revision.text or "", key) if robot else None
    return isinstance(marked, MarkedBlock) and marked.block.intact


def _body(revision: Revision, key: Key) -> str | None:
    marked = block.find(revision.text or "", key)
    return marked.block.body if isinstance(marked, MarkedBlock) else None


def _edit(
    revision: Revision, account: str, before: list[WikiEdit], body: str, after: str
) -> WikiEdit:
    user = revision.user
    if user == account and before:
        user = before[-1].user
    return WikiEdit(
        revision.id, user, revision.timestamp, revision.comment, before=body, after=after
    )


def _renaming(reader: Reader, page: PlannedPage, wanted: str) -> RenamedPage:
    title = normal_title(page.title)
    last, source = None, wanted
    for _ in range(_MOVES):
        entries = reader.log("move", source)
        last = next((entry for entry in entries if normal_title(entry.target) == title), None)
        if last is not None or not entries:
            break
        source = entries[0].target
    prefix, colon, _ = page.title.partition(":")
    return RenamedPage(
        page.id,
        page.title,
        last.user if last else "",
        last.timestamp if last else "",
        prefix if colon and prefix.lower() in reader.site().namespaces else "",
    )
