"""Undoing a run, page by page, where nobody edited after it.

A run is found by its name in the summaries of our edits. What it did to a page is undone as a
whole: the text is the one from before it, byte for byte. A page that it created is not deleted,
which a robot has no right to: a notice takes the place of the block.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from loosbot.canonical import canonical
from loosbot.errors import UserError
from loosbot.frozen import dataclass
from loosbot.sync import block, summary
from loosbot.sync.aim import Aim
from loosbot.sync.apply import Run, Tick, make_moves, write_pages
from loosbot.sync.block import Key
from loosbot.sync.facts import FactCache
from loosbot.sync.farewell import cancelled_page
from loosbot.sync.lease import held
from loosbot.sync.outcome import Failure, HumanEdit, Outcome
from loosbot.sync.pastrun import first_titles, past_run, signature_of
from loosbot.sync.plan import FullPlan
from loosbot.sync.planned import Plan, PlannedPage
from loosbot.sync.stop import Watch, require_no_stop
from loosbot.sync.summary import Origin
from loosbot.sync.titles import Move
from loosbot.wiki.revisions import Contribution, PageState
from loosbot.wiki.writer import Writer
from loosbot.wikitext.names import Names

_STEPS = 5
"""Revisions among which the one before our moves is looked for; a swap takes two moves."""


@dataclass(frozen=True, slots=True)
class _Restoration:
    """One page to put back: the text from before, and the title (its own where it stays)."""

    id: str
    state: PageState
    text: str
    title: str
    created: bool


class Rollback:
    """``prepare`` reads, ``carry_out`` writes; ``outcome`` is filled on the way."""

    def __init__(
        self, writer: Writer, aim: Aim, run: str, cache: FactCache, outcome: Outcome
    ) -> None:
        self._writer = writer
        self._aim = aim
        self._corpus = aim.corpus
        self._run = run
        self._cache = cache
        self._outcome = outcome
        self._pages: list[_Restoration] = []
        self._origin = Origin(aim.corpus, "", False, outcome.run)

    def prepare(self) -> int:
        """Find what is to be undone; returns how many pages that is.

        Raises UsageError for a run that the wiki does not know, StopRequested, WikiUnavailable.
        """
        require_no_stop(self._writer)
        past = past_run(self._writer, self._corpus, self._run)
        titles = first_titles(self._writer, self._run, past)
        by_page: dict[int, list[Contribution]] = {}
        for edit in past.edits:
            by_page.setdefault(edit.pageid, []).append(edit)
        states = self._writer.pages_by_id(by_page, content=True)
        parents = self._writer.revisions(
            first.parent for edits in by_page.values() if (first := self._first(edits)).parent
        )
        sent = self._sent(by_page, states, past.uploads)
        for pageid, edits in by_page.items():
            state, first = states[pageid], self._first(edits)
            if state.revision is None or (state.redirect and state.revision.parent == 0):
                continue  # a page deleted since, or a redirect that a move left
            id_ = signature_of(first)[1].id
            if trouble := _came_after(state, edits, sent, self._writer.session.account().name):
                head = state.revision
                self._outcome.human_edits.append(
                    HumanEdit(id_, state.title, head.user, head.id, trouble)
                )
                continue
            before = parents[first.parent].text if first.parent in parents else None
            if first.parent and before is None:
                error = "La version d’avant est masquée : le robot ne peut pas la remettre."
                self._outcome.failed.append(Failure(id_, state.title, error))
                continue
            title = titles.get(id_, state.title)
            if who := _withdrawn_since(self._aim, id_, before or "", title):
                reason = f"Consentement retiré depuis : {who.removesuffix('.')}. "
                reason += "La version d’avant n’est pas remise."
                self._outcome.human_edits.append(
                    HumanEdit(id_, state.title, "", first.parent, reason, edited=False)
                )
                continue
            text = canonical(before) if before is not None else self._notice(id_, state)
            self._pages.append(_Restoration(id_, state, text, title, not first.parent))
        whole = not self._outcome.needs_human and past.newest.run == self._run
        origin = past.before if whole else past.newest
        if origin:
            self._origin = replace(self._origin, commit=origin.commit, dirty=origin.dirty)
        self._outcome.remarks = _remarks(past.messages, len(sent))
        todo = [page for page in self._pages if _differs(page)]
        self._outcome.unchanged = len(self._pages) - len(todo)
        self._pages = todo
        return len(todo)

    def carry_out(self, tick: Tick) -> None:
        """Move back, then write back; ``tick`` is called after each page that is written."""
        suffix = summary.rollback_suffix(self._run)
        watch = Watch(self._writer, lambda _: None)
        run = Run(self._aim, self._origin, self._cache, watch, retries=False, suffix=suffix)
        try:
            if any(page.title != page.state.title or page.created for page in self._pages):
                with held(self._writer, self._outcome.run) as run.watch.lease:
                    self._write_back(run, tick)
            else:
                self._write_back(run, tick)
        except UserError as refused:
            self._outcome.fatal = refused

    def _write_back(self, run: Run, tick: Tick) -> None:
        draft = FullPlan(Plan((), ()), {}, {})
        moves = {
            page.id: Move(page.id, page.state.pageid, page.state.title, page.title, "", False)
            for page in self._pages
            if page.title != page.state.title
        }
        moved = make_moves(self._writer, run, moves, self._outcome, tick)
        if self._outcome.stopped:
            self._outcome.remaining = len(self._pages) - len(moved)
            return
        write_pages(self._writer, run, draft, self._to_write(moved), self._outcome, tick)

    def _to_write(self, moved: set[str]) -> list[PlannedPage]:
        """The pages whose text is to be put back, with their heads as the moves left them."""
        failed = {failure.id for failure in self._outcome.failed}
        pages = []
        for page in self._pages:
            head = page.state.revision
            if head is None or page.id in failed or page.text == canonical(head.text or ""):
                continue
            moved_here = page.id in moved
            base = self._after_moves(page.state.pageid, head.id) if moved_here else head.id
            if not base:
                error = "La page a changé pendant l’annulation : relancez."
                self._outcome.failed.append(Failure(page.id, page.state.title, error))
                continue
            pages.append(
                PlannedPage(
                    page.id,
                    page.title,
                    page.title,
                    "retire" if page.created else "update",
                    f"La publication {self._run} est annulée.",
                    base=base,
                    pageid=page.state.pageid,
                    text=page.text,
                    before=head.text or "",
                )
            )
        return pages

    def _after_moves(self, pageid: int, seen: int) -> int:
        """The head of a page that we just moved, 0 where somebody came in between."""
        history = self._writer.history(pageid, limit=_STEPS)
        for revision in history:
            if revision.id == seen:
                return history[0].id
            if summary.undone_run(revision.comment) != self._run:
                return 0
        return 0

    def _sent(
        self,
        by_page: Mapping[int, Sequence[Contribution]],
        states: Mapping[int, PageState],
        uploads: Mapping[int, int],
    ) -> dict[int, int]:
        """The revisions of ours, each with the one that sending a file put behind it."""
        pairs = {
            edit.revision: uploads[edit.revision]
            for edits in by_page.values()
            for edit in edits
            if edit.revision in uploads and states[edit.pageid].revision
        }
        known = self._writer.revisions((*pairs, *pairs.values()), content=False) if pairs else {}
        return {
            ours: wiki_s
            for ours, wiki_s in pairs.items()
            if ours in known and wiki_s in known and known[ours].sha1 == known[wiki_s].sha1
        }

    def _first(self, edits: Sequence[Contribution]) -> Contribution:
        """The oldest edit that the run itself made of a page."""
        return min(
            (edit for edit in edits if signature_of(edit)[0].run == self._run),
            key=lambda contribution: contribution.revision,
        )

    @cached_property
    def _names(self) -> Names:
        return self._aim.names({})

    def _notice(self, id_: str, state: PageState) -> str:
        page = cancelled_page(self._corpus, id_, state.title, self._names)
        notice = block.make(Key(self._corpus, id_), state.title, page.body, page.kind)
        return block.write(notice)


def _came_after(
    state: PageState, edits: Sequence[Contribution], sent: Mapping[int, int], account: str
) -> str:
    """Why this page cannot be put back: somebody came after the run, or in the middle of it.

    ``sent`` gives the revision that an upload of ours put behind another.
    """
    head = state.revision
    chain = sorted(edits, key=lambda edit: edit.revision)
    ends = [sent.get(contribution.revision, contribution.revision) for contribution in chain]
    if head is None or head.id != ends[-1]:
        if head and head.user == account:
            return "La page a été publiée de nouveau depuis : elle est laissée telle quelle."
        return "La page a été modifiée depuis : elle est laissée telle quelle."
    if any(newer.parent != end for newer, end in zip(chain[1:], ends, strict=False)):
        return "La page a été modifiée pendant cette publication : elle est laissée telle quelle."
    return ""


def _withdrawn_since(aim: Aim, id_: str, text: str, title: str) -> str:
    """Those who withdrew and are mentioned in the text to restore."""
    mine = aim.lost(id_)
    if mine and (mine.was_within(text) or mine.in_title(title)):
        people = mine.people
    else:
        people = tuple(
            person for person in aim.withdrawn if person.mentioned_in(f"{title}\n{text}")
        )
    return ", ".join(dict.fromkeys(person.who for person in people))


def _differs(page: _Restoration) -> bool:
    return page.title != page.state.title or page.text != canonical(page.state.text or "")


def _remarks(messages: int, files: int) -> tuple[str, ...]:
    remarks: tuple[str, ...] = (
        "La prochaine publication (loosbot sync) remettra ce que dit le dépôt : corrigez-le "
        "d’abord, par exemple avec « git revert ».",
    )
    if messages:
        remarks += (f"Messages laissés en page de discussion par cette publication : {messages}.",)
    if files:
        remarks += (f"Fichiers envoyés par cette publication, qui restent sur le wiki : {files}.",)
    return remarks
