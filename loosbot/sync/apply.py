"""Applying a plan: moves first, then pages, each with an outcome of its own."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue

from loosbot.errors import WikiUnavailable
from loosbot.frozen import dataclass
from loosbot.sync import summary
from loosbot.sync.advice import OVERTAKEN, explain, what_to_do
from loosbot.sync.aim import Aim
from loosbot.sync.facts import CONNECTIONS, FactCache
from loosbot.sync.outcome import Failure, HumanEdit, Outcome, WrittenRevision
from loosbot.sync.plan import FullPlan, make_plan, replan
from loosbot.sync.planned import PlannedPage
from loosbot.sync.readback import refresh, verify
from loosbot.sync.stop import Watch
from loosbot.sync.summary import Origin
from loosbot.sync.titles import Move, ordered
from loosbot.wiki.revisions import Edit, WikiRefusal
from loosbot.wiki.writer import Writer

_STALE = OVERTAKEN | {"contentmodel-mismatch"}
"""Refusals of a page that is no longer as it was at the plan."""
_ORDER = ("modele/", "categorie/", "fichier/", "")
"""Beginnings of ids, in the order in which pages are written; files are sent before the last."""

Result = WrittenRevision | Failure | HumanEdit | None
Tick = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Run:
    """One run: the desired state, its origin, and whether a page that changed may be planned again.

    ``watch`` finds a request on the wiki to stop; ``suffix`` ends each summary.
    """

    aim: Aim
    origin: Origin
    cache: FactCache
    watch: Watch
    retries: bool
    suffix: str = ""


def move_pages(writer: Writer, run: Run, draft: FullPlan, outcome: Outcome, tick: Tick) -> FullPlan:
    """Make the moves of a plan, and plan again, since every link may have changed with them."""
    make_moves(writer, run, draft.moves, outcome, tick)
    return draft if outcome.stopped else make_plan(writer, run.aim, run.cache)


def make_moves(
    writer: Writer, run: Run, moves: Mapping[str, Move], outcome: Outcome, tick: Tick
) -> set[str]:
    """Make some moves; returns the ids of the pages that were moved, or could not be.

    A move that fails fails its page and those that wait for its title.
    """
    failed: set[str] = set()
    made: set[str] = set()
    with outcome.stopping():
        for move in ordered(moves):
            if move.id in failed:
                continue
            run.watch.look()
            reason = summary.write(run.origin, move.id, run.suffix)
            if move.reason:
                reason = f"{reason} — {move.reason}"[: summary.LIMIT]
            try:
                made_so = writer.move(
                    move.pageid,
                    move.target,
                    reason,
                    redirect=move.redirect,
                    by_hand=summary.is_by_hand,
                )
            except WikiRefusal as refusal:
                failed.add(move.id)
                outcome.failed.append(Failure(move.id, move.source, explain(refusal)))
                continue
            outcome.steps += 1
            if made_so.talk_stays:
                outcome.remarks += (
                    f"La discussion de « {made_so.source} » n’a pas suivi la page : "
                    f"« {made_so.target} » avait déjà la sienne. Réunissez-les sur le wiki.",
                )
            if move.target == moves[move.id].target:
                made.add(move.id)
                tick()
    outcome.moved = len(made)
    return made | failed


def write_pages(
    writer: Writer,
    run: Run,
    draft: FullPlan,
    pages: Iterable[PlannedPage],
    outcome: Outcome,
    tick: Tick,
    send: Callable[[], None] = lambda: None,
) -> None:
    """Write these pages over a few connections, then read back what was written.

    ``send`` is called once the pages of files are there, before those that show them: a page
    that was drawn without its picture keeps the gap where the picture came within the same
    second (``ParserOutput::expired``). ``tick`` is called after each page.

    Stops between two pages on ^C, when somebody asks so on the wiki, and when it can take no
    page at all: ``outcome`` says so, and how many are left.
    """
    groups: dict[int, list[PlannedPage]] = {}
    for page in pages:
        groups.setdefault(_rank(page), []).append(page)
        outcome.remaining += 1
    if groups:
        with outcome.stopping():
            run.watch.look()
    team = _Team(writer, run, draft)
    try:
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            for rank, prefix in enumerate(_ORDER):
                if not prefix and not outcome.stopped:
                    send()
                if outcome.stopped:
                    break
                pending = {pool.submit(team.write, page) for page in groups.get(rank, ())}
                _gather(pending, run.watch, outcome, tick)
    finally:
        team.close()
    if not isinstance(outcome.fatal, WikiUnavailable):
        verify(writer, run.aim.corpus, outcome)
        refresh(writer, outcome)


def _rank(page: PlannedPage) -> int:
    """Templates, categories and files first: no page may show one that is not there yet."""
    return next(rank for rank, prefix in enumerate(_ORDER) if page.id.startswith(prefix))


def _gather(
    pending: Collection[Future[Result]], watch: Watch, outcome: Outcome, tick: Tick
) -> None:
    """Record each result as it comes.

    Futures put themselves on a queue when done: ``wait`` would scan all that are left after each
    page, which costs more than the writing from a thousand pages on.
    """
    done: SimpleQueue[Future[Result]] = SimpleQueue()
    left = set(pending)
    try:
        for future in pending:
            future.add_done_callback(done.put)
        while left:
            try:
                future = done.get()
            except KeyboardInterrupt:
                outcome.interrupted = True
                _cancel(left)
                # ^C may have come between a result and its use: drain all finished futures once
                # more
                for future in left:
                    if future.done():
                        done.put(future)
                continue
            if future in left:
                left.remove(future)
                going = not outcome.stopped
                _file(future, watch, outcome, tick)
                if going and outcome.stopped:
                    _cancel(left)
    finally:
        _cancel(left)


def _file(future: Future[Result], watch: Watch, outcome: Outcome, tick: Tick) -> None:
    if future.cancelled():
        return
    try:
        file_result(future.result(), outcome)
        outcome.remaining -= 1
    except WikiUnavailable as error:
        outcome.fatal = outcome.fatal or error
    tick()
    if not outcome.stopped:
        with outcome.stopping():
            watch.look()


def _cancel(pending: Iterable[Future[Result]]) -> None:
    """Cancel what has not begun. Requests under way finish: their answers hold what was written."""
    for future in pending:
        future.cancel()


def file_result(result: Result, outcome: Outcome) -> None:
    """Add what became of one page to the tally."""
    match result:
        case WrittenRevision(revision=0) | None:
            outcome.unchanged += 1
        case WrittenRevision():
            outcome.written.append(result)
        case Failure():
            outcome.failed.append(result)
        case HumanEdit():
            outcome.human_edits.append(result)


class _Team:
    """A writer for each thread, on its own connection."""

    def __init__(self, writer: Writer, run: Run, draft: FullPlan) -> None:
        self._writer = writer
        self._run = run
        self._draft = draft
        self._own = threading.local()
        self._writers: list[Writer] = []

    def write(self, page: PlannedPage) -> Result:
        """Write one page, planning it once more if it changed meanwhile.

        None where nothing is left to write. Raises WikiUnavailable.
        """
        try:
            return self._edit(page)
        except WikiRefusal as refusal:
            if refusal.code not in _STALE:
                return Failure(page.id, page.title, explain(refusal))
            if not self._run.retries:
                reason = "La page a changé depuis le plan : refaites-le."
                return Failure(page.id, page.title, reason)
        if page.id not in self._run.aim.wanted:
            return Failure(
                page.id, page.title, "La page a changé pendant la publication : relancez."
            )
        if late := self._run.watch.late(self._mine()):
            return Failure(page.id, page.title, late.message)
        again = replan(self._mine(), self._run.aim, self._draft, page.id, self._run.cache)
        if again.text is None:
            return settled(again)
        try:
            return self._edit(again)
        except WikiRefusal as refusal:
            return Failure(page.id, page.title, explain(refusal))

    def close(self) -> None:
        for writer in self._writers:
            writer.session.close()

    def _edit(self, page: PlannedPage) -> WrittenRevision:
        if page.text is None:
            raise ValueError(f"nothing to write on {page.id}")
        suffix = self._run.suffix
        if page.taken:
            suffix = summary.take_back_suffix(page.revision)
        comment = summary.write(self._run.origin, page.id, suffix)
        writer = self._mine()
        began = time.monotonic()
        result = writer.edit(
            Edit(page.title, page.text, comment, page.base, page.pageid if page.base else 0)
        )
        ended = time.monotonic()
        sha1 = hashlib.sha1(page.text.encode(), usedforsecurity=False).hexdigest()
        return WrittenRevision(
            page, page.action, result.revision, sha1, result.merged, began, ended
        )

    def _mine(self) -> Writer:
        if not hasattr(self._own, "writer"):
            self._own.writer = Writer(self._writer.session.clone())
            self._writers.append(self._own.writer)
        mine: Writer = self._own.writer
        return mine


def settled(page: PlannedPage) -> Failure | HumanEdit | None:
    """The outcome of a page that is not to be written; None where nothing is to be said of it."""
    if page.action == "retrait":
        reason = page.reason
        return HumanEdit(page.id, page.title, page.user, page.revision, reason, edited=False)
    if page.action == "human-edit":
        reason = f"{page.reason} {what_to_do(page)}"
        return HumanEdit(page.id, page.title, page.user, page.revision, reason)
    if page.action == "none":
        return None
    return Failure(page.id, page.title, f"{page.reason} {what_to_do(page)}".rstrip())
