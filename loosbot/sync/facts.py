"""Who wrote the block of a page, from its history; with a cache that may be lost at any time."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, TypeVar

from loosbot.corpus.check.filecache import read_cache, write_cache
from loosbot.sync import summary
from loosbot.sync.block import (
    DamagedMarkers,
    DuplicateMarkers,
    Key,
    MarkedBlock,
    find,
    is_marked,
    marked_in,
)
from loosbot.sync.pagehashes import KnownHashes
from loosbot.sync.planned import Mark, PageFact, digest
from loosbot.wiki.reader import Reader
from loosbot.wiki.revisions import PageState, Revision

CONNECTIONS = 4
T = TypeVar("T")
R = TypeVar("R")
_VERSION = 5
_NOTES = "notes"
"""What else was learnt of this wiki, by who learnt it; no page's name is like it."""
_LOOK_BACK = 100
"""Revisions among which the person who changed a block is looked for."""
_BY_HAND = 10
"""Newest edits by our account of a page among which one of ours is looked for."""


class FactCache:
    """The cache of facts of one wiki, account and corpus. A missing or malformed file only costs
    requests.
    """

    def __init__(self, folder: Path, wiki: str, account: str, corpus: str) -> None:
        name = digest(json.dumps([_VERSION, wiki, account, corpus]))[:24]
        self._file = folder / f"faits-{name}.json"
        self._known, self.notes = _read(self._file)
        self._notes_before = dict(self.notes)
        self.sums = KnownHashes(self.notes)
        self._used: dict[str, PageFact] = {}
        self._mentions: Callable[[str], bool] = lambda _: False

    def keep_not(self, mentions: Callable[[str], bool]) -> None:
        """Set a filter: facts that mention somebody who withdrew are not cached."""
        self._mentions = mentions

    def get(self, key: Key, state: PageState) -> PageFact | None:
        """The cached fact for this head of this page, if any."""
        name = _name(key, state)
        fact = self._used.get(name) or self._known.get(name)
        if fact is not None:
            self._used[name] = fact
        return fact

    def put(self, key: Key, state: PageState, fact: PageFact) -> None:
        self._used[_name(key, state)] = fact

    def save(self) -> None:
        """Write the entries that this run used; the others belong to pages or heads that are
        gone."""
        if self._used == self._known and self.notes == self._notes_before:
            return
        data = {
            name: asdict(fact)
            for name, fact in sorted(self._used.items())
            if not self._mentions(f"{name} {fact.published} {fact.record} {fact.user}")
        }
        write_cache(self._file, {_NOTES: self.notes, **data})


def establish(
    reader: Reader, pages: Iterable[tuple[Key, PageState]], cache: FactCache
) -> dict[tuple[Key, int], tuple[PageState, PageFact]]:
    """The fact of each existing page, by key and page id, with the state that it holds for.

    A page that changed since its state was read comes back with the newer one; a page deleted
    since is left out. The text of a page that had to be read is in its state.
    """
    known: dict[tuple[Key, int], tuple[PageState, PageFact]] = {}
    unread: list[tuple[Key, PageState]] = []
    for key, state in pages:
        fact = cache.get(key, state)
        if fact is None:
            unread.append((key, state))
        else:
            known[key, state.pageid] = (state, fact)
    if not unread:
        return known
    now = reader.pages_by_id((state.pageid for _, state in unread), content=True)
    current = [(key, now[state.pageid]) for key, state in unread if now[state.pageid].exists]
    ours = _newest_of_ours(reader, [state for _, state in current])
    heads = [(key, state, ours[state.pageid]) for key, state in current]
    facts = _each(reader, lambda mine, page: _fact(mine, *page), heads)
    for (key, state), fact in zip(current, facts, strict=True):
        cache.put(key, state, fact)
        known[key, state.pageid] = (state, fact)
    return known


def _newest_of_ours(reader: Reader, states: Iterable[PageState]) -> dict[int, Revision | None]:
    """The newest revision of ours of each page, with its text; None where there is none. What
    somebody saved who was logged in as the robot is theirs.

    One request serves the pages that were edited once since, two more those among our newest
    edits, since the wiki filters the history of one page at a time by its author; each of the
    others takes one.
    """
    account = reader.session.account().name
    heads = {state.pageid: state.revision for state in states}
    revisions = {id_: head for id_, head in heads.items() if head and _is_ours(head, account)}
    parent_ids = {id_: head.parent for id_, head in heads.items() if head and id_ not in revisions}
    parents = reader.revisions(filter(None, parent_ids.values()))
    revisions |= {
        id_: parents[parent]
        for id_, parent in parent_ids.items()
        if parent in parents and _is_ours(parents[parent], account)
    }
    lacking = heads.keys() - revisions.keys()
    if not lacking:
        return dict(revisions)
    limit = reader.session.batch()
    edits = reader.contributions(account, limit)
    newest: dict[int, int] = {}
    for edit in edits:
        if edit.pageid in lacking and not summary.is_by_hand(edit):
            # listed by time, and the clock of the wiki may have been set back
            newest[edit.pageid] = max(edit.revision, newest.get(edit.pageid, 0))
    texts = reader.revisions(newest.values())
    revisions |= {id_: texts[number] for id_, number in newest.items() if number in texts}
    # fewer edits than requested are all there are: a page that none of them names was
    # never ours
    others = sorted(lacking - revisions.keys()) if len(edits) == limit else []
    last = _each(reader, lambda mine, id_: mine.last_by(id_, account, _BY_HAND), others)
    for id_, edits_of_page in zip(others, last, strict=True):
        mine = [revision for revision in edits_of_page if _is_ours(revision, account)]
        if mine:
            revisions[id_] = max(mine, key=lambda revision: revision.id)
    return {id_: revisions.get(id_) for id_ in heads}


def _is_ours(revision: Revision, account: str) -> bool:
    return revision.user == account and not summary.is_by_hand(revision)


def _each(reader: Reader, ask: Callable[[Reader, T], R], items: Sequence[T]) -> list[R]:
    """Map ``ask`` over ``items`` in threads, each with its own connection."""

    def apart(t: T) -> R:
        with closing(reader.session.clone()) as session:
            return ask(Reader(session), t)

    if len(items) < 2:
        return [ask(reader, page) for page in items]
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        return list(pool.map(apart, items))


def _fact(reader: Reader, key: Key, state: PageState, written: Revision | None) -> PageFact:
    head = state.revision
    if head is None:
        raise ValueError(f"page {state.pageid} has no revision")
    fact = read_fact(key, head, written)
    if written is None or written.text is None:
        # whether we wrote the block cannot be known from the text: a person has to decide
        title = _hidden_title(reader, key, state, written)
        return replace(fact, published=title, changed=head.id) if title else fact
    if fact.ours or not fact.published:
        return fact
    if head.parent == written.id and _shape(key, head) != _shape(key, written):
        return replace(fact, user=head.user, changed=head.id)
    return _who_changed(reader, key, state.pageid, fact)


def _hidden_title(reader: Reader, key: Key, state: PageState, written: Revision | None) -> str:
    """The tag of the title under which we published a page whose versions by us were hidden.

    "" where we never did: it is somebody's copy, or a page of their own. One request where the
    page has our block.
    """
    here = marked_in(state.text, key)
    if here is None or (written is not None and not summary.is_about(written.comment, key)):
        return ""
    if written is not None:
        return here.block.titled
    hidden = (
        revision
        for revision in reader.history(state.pageid, limit=_LOOK_BACK, content=True)
        if not revision.user
    )
    ours = any(revision.text is None or marked_in(revision.text, key) for revision in hidden)
    return here.block.titled if ours else ""


def read_fact(key: Key, head: Revision, written: Revision | None) -> PageFact:
    """The fact that follows from a head and the newest revision by our account. Pure."""
    here = find(head.text or "", key)
    mark: Mark = "missing"
    span = body = ""
    if isinstance(here, MarkedBlock):
        mark, span, body = "block", digest(here.span), digest(here.block.body)
    elif isinstance(here, DuplicateMarkers):
        mark = "doubled"
    elif isinstance(here, DamagedMarkers):
        mark = "damaged"
    about = written is not None and summary.is_about(written.comment, key)
    before = marked_in(written.text, key) if written and about else None
    signature = summary.read(written.comment) if written else None
    return PageFact(
        revision=head.id,
        mark=mark,
        span=span,
        body=body,
        written=written.id if written else 0,
        written_span=digest(before.span) if before and before.block.intact else "",
        published=before.block.titled if before else "",
        elsewhere=before is None and written is not None and is_marked(written.text or ""),
        record=signature[1].id if signature and signature[1].corpus == key.corpus else "",
    )


def _who_changed(reader: Reader, key: Key, pageid: int, fact: PageFact) -> PageFact:
    """Name the person who touched our block last: the head may be by somebody else."""
    account = reader.session.account().name
    history = reader.history(pageid, limit=_LOOK_BACK, content=True)
    for newer, older in itertools.pairwise(history):
        by_hand = newer.user != account or summary.is_by_hand(newer)
        if by_hand and _shape(key, newer) != _shape(key, older):
            return replace(fact, user=newer.user, changed=newer.id)
    last = history[0]
    return replace(fact, user=last.user, changed=last.id, altered=last.user == account)


def _shape(key: Key, revision: Revision) -> str:
    marked = find(revision.text or "", key)
    return marked.span if isinstance(marked, MarkedBlock) else type(marked).__name__


def _name(key: Key, state: PageState) -> str:
    """The cache key of a fact. The revision id alone would not do: a wiki that was erased counts
    from one again."""
    head = state.revision
    tail = f"{head.id}#{head.timestamp}#{head.sha1}" if head else "0"
    return f"{'|'.join((str(key), *key.former))}#{state.pageid}#{tail}"


def _read(file: Path) -> tuple[dict[str, PageFact], dict[str, Any]]:
    try:
        raw = read_cache(file)
        notes = raw.pop(_NOTES, {})
        return {str(name): PageFact(**fields) for name, fields in raw.items()}, dict(notes)
    except (OSError, ValueError, TypeError, AttributeError):
        return {}, {}
