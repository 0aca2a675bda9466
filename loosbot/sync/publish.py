"""One run of sync: plan, choose, move, write, read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from loosbot.errors import UserError, WikiUnavailable
from loosbot.frozen import dataclass
from loosbot.sync import selection
from loosbot.sync.advice import together
from loosbot.sync.aim import Aim
from loosbot.sync.apply import Run, Tick, file_result, move_pages, settled, write_pages
from loosbot.sync.facts import FactCache
from loosbot.sync.lease import held
from loosbot.sync.opening import OpenedWiki, require_known
from loosbot.sync.outcome import Outcome
from loosbot.sync.plan import FullPlan, make_plan
from loosbot.sync.planfile import PlanEntry as KeptPage
from loosbot.sync.planned import MADE, PlannedPage
from loosbot.sync.proposaltalk import Findings, post
from loosbot.sync.settled import SettledRun, digest_of_heads, mark, site_digest
from loosbot.sync.source import Source, backwards
from loosbot.sync.standstill import newest_change
from loosbot.sync.stop import Watch, require_no_stop
from loosbot.sync.summary import Origin
from loosbot.sync.takeback import PendingMessage, leave_notes, owed_before
from loosbot.sync.uploads import PendingUpload, lacking, send
from loosbot.sync.withdrawal.duties import duties_everywhere
from loosbot.wiki.revisions import LatestChanges
from loosbot.wiki.writer import Writer
from loosbot.wikitext.names import normal_title


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person asked for: ``only`` these pages, as this plan was ``kept``; ``backwards``
    over a newer version too."""

    only: frozenset[str] = frozenset()
    kept: Mapping[str, KeptPage] | None = None
    retire_many: bool = False
    backwards: bool = False


class Publication:
    """``prepare`` reads, ``carry_out`` writes; ``outcome`` is filled on the way."""

    def __init__(
        self,
        writer: Writer,
        aim: Aim,
        cache: FactCache,
        source: Source,
        choices: Choices,
        outcome: Outcome,
    ) -> None:
        origin = Origin(aim.corpus, source.commit, source.dirty, outcome.run)
        # checked again before writing: the confirmation may have taken an hour
        late = partial(backwards, source=source)
        watch = Watch(writer, (lambda _: None) if choices.backwards else late)
        self._run = Run(aim, origin, cache, watch, retries=choices.kept is None)
        self._writer = writer
        self._choices = choices
        self._outcome = outcome
        self._corpus = source.corpus
        self._draft: FullPlan | None = None
        self._owed: list[PendingMessage] = []
        self._change = ""
        """Where somebody withdrew and pages were written: the newest edit of any page, asked for
        before the wiki was searched for them."""
        self._files: tuple[PendingUpload, ...] = ()

    def prepare(self) -> int:
        """Plan; returns how many pages are to be moved or written, and files sent.

        Raises UsageError for an unknown id, UserError where too many pages would be retired,
        StopRequested.
        """
        require_known(self._run.aim, self._choices.only)
        require_no_stop(self._writer)
        whole = make_plan(self._writer, self._run.aim, self._run.cache)
        take_back = frozenset(self._run.aim.overrides.take_back)
        require_known(self._run.aim, take_back - {page.id for page in whole.plan.pages})
        files, replaced = lacking(self._writer, self._run.aim, whole)
        # a file is taken back by uploading it again; its page has no text of ours to restore
        texts = take_back - {file.id for file in files}
        self._owed = owed_before(self._writer, whole.plan, texts)
        draft = self._chosen(whole)
        selection.require_few_retired(draft.plan, self._choices.retire_many)
        self._draft = draft
        chosen = {page.id for page in draft.plan.pages}
        self._files = tuple(file for file in files if file.id in chosen)
        self._outcome.human_edits += [edit for edit in replaced if edit.id in chosen]
        return len(_todo(draft)) + len(draft.moves) + len(self._files)

    @property
    def taken_back(self) -> list[PlannedPage]:
        """The pages where a person's change will not be kept."""
        return [page for page in _todo(self._draft) if page.taken] if self._draft else []

    @property
    def _heads(self) -> Mapping[str, str]:
        """The heads as read, with those written since; see :mod:`loosbot.sync.settled`."""
        looked_at = self._draft.heads if self._draft else {}
        return {**looked_at, **{str(id_): mark(head) for id_, head in self._outcome.heads.items()}}

    @property
    def _settles(self) -> bool:
        """Whether the pages are now what a plan made with the same titles wants: whatever was
        written is a newer text of a page that bore its title before."""
        wanted, heads = self._run.aim.wanted, self._outcome.heads
        return all(
            write.action == "update"
            and write.page.pageid in heads
            and normal_title(write.page.title) == normal_title(wanted[write.page.id])
            for write in self._outcome.written
        )

    def settled_run(
        self, wiki: OpenedWiki, newest: LatestChanges, filed: str, proposals: Mapping[str, str]
    ) -> SettledRun | None:
        """The state that the next run may meet unchanged; None where this run has more to report.

        ``newest`` is where the wiki stood before it was looked at, ``filed`` the category of the
        pages that people proposed, ``proposals`` their heads.
        """
        quiet = self._settles and self._outcome.quiet_but(wiki.notice)
        if self._draft is None or wiki.forgot or not quiet:
            return None
        api, pages = self._run.aim.api, self._heads
        return SettledRun(
            wiki=wiki.source.corpus.config.wiki,
            api=api,
            site=site_digest(wiki.site, api),
            open=wiki.source.channel == "wiki-ouvert",
            log=newest.entry,
            pages=len(pages),
            heads=digest_of_heads({**self._draft.tracked, **pages}),
            notice=wiki.notice,
            portal=wiki.portal,
            change=self._change or (newest.change if self._run.aim.withdrawn else ""),
            filed=filed,
            proposals=digest_of_heads(proposals),
        )

    @property
    def pages(self) -> Sequence[PlannedPage]:
        """Every page, as it was planned."""
        return self._draft.plan.pages if self._draft else ()

    def post_findings(self, findings: Sequence[Findings]) -> None:
        """Post on their talk pages why proposed pages are no records yet."""
        post(self._writer, self._run.origin, findings, self._outcome)

    @property
    def titles(self) -> list[str]:
        """What is to be written or moved, in words: the pages of files that people write first."""
        if self._draft is None:
            return []
        draft = self._draft
        moved = [page for page in draft.plan.pages if page.id in draft.moves]
        pages = {page.id: page for page in (*_todo(draft), *moved)}
        by_hand = sorted(pages.values(), key=lambda page: (page.id.startswith(MADE), page.id))
        return [page.to for page in by_hand] + [file.title for file in self._files]

    def carry_out(self, tick: Tick) -> None:
        """Make the moves, then write; ``tick`` is called after each page.

        A run that renames or retires pages takes the lease of the wiki, then plans again: the
        one that had it before may have renamed them.
        """
        draft = self._draft
        if draft is None:
            raise AssertionError("carry_out comes after prepare")
        if not draft.moves and not any(page.action == "retire" for page in _todo(draft)):
            self._write(draft, tick)
            return
        watch = self._run.watch
        try:
            with held(self._writer, self._outcome.run) as watch.lease:
                if late := watch.late(self._writer):
                    raise late
                draft = self._chosen(make_plan(self._writer, self._run.aim, self._run.cache))
                selection.require_few_retired(draft.plan, self._choices.retire_many)
                self._write(draft, tick)
        except UserError as refused:
            self._outcome.fatal = refused
            self._outcome.remaining = len(_todo(draft)) + len(draft.moves)

    def _write(self, draft: FullPlan, tick: Tick) -> None:
        outcome = self._outcome
        if draft.moves:
            moved = move_pages(self._writer, self._run, draft, outcome, tick)
            if outcome.stopped:
                outcome.remaining = len(_todo(draft)) + len(draft.moves) - outcome.moved
                return
            # moves of a kept plan, once made, are in no later plan
            draft = self._chosen(moved, after=draft)
        outcome.remarks += (*draft.plan.remarks, *together(draft.plan.pages))
        failed = {failure.id for failure in outcome.failed}
        todo = _todo(draft)
        for page in draft.plan.pages:
            if page.id not in failed and page.text is None:
                file_result(settled(page), outcome)
        run = self._run
        uploads = partial(send, self._writer, run.watch, run.origin, self._files, outcome, tick)
        write_pages(self._writer, run, draft, todo, outcome, tick, uploads)
        if not outcome.stopped:
            self._post_messages()
            self._look_for_withdrawn(draft)

    def _look_for_withdrawn(self, draft: FullPlan) -> None:
        """Add the duties where somebody withdrew; a page that still shows their words waits."""
        aim, outcome = self._run.aim, self._outcome
        if aim.withdrawn and outcome.written:
            self._change = newest_change(self._writer)
        try:
            pages, rendered = draft.plan.pages, draft.rendered.values()
            written = {write.page.pageid: write.revision for write in outcome.written}
            owed = duties_everywhere(self._writer, aim, self._run.cache, pages, rendered, written)
        except WikiUnavailable as error:
            outcome.fatal = error
            return
        outcome.duties = owed.lines
        named = {edit.id for edit in outcome.human_edits} | {
            failure.id for failure in outcome.failed
        }
        outcome.human_edits += [edit for edit in owed.standing if edit.id not in named]

    def _post_messages(self) -> None:
        """Post a message to each person whose change was not kept."""
        reverted = [written for written in self._outcome.written if written.page.taken]
        owed = self._owed + [
            PendingMessage(
                written.page.id, written.page.pageid, written.page.title, written.page.revision
            )
            for written in reverted
        ]
        run = self._run
        try:
            leave_notes(
                self._writer, self._corpus, run.origin, owed, run.aim.withdrawn, self._outcome
            )
        except WikiUnavailable as error:
            self._outcome.fatal = error

    def _chosen(self, draft: FullPlan, after: FullPlan | None = None) -> FullPlan:
        plan = selection.narrowed(draft.plan, self._choices.only, draft.rendered)
        plan = selection.as_planned(plan, self._choices.kept, after.moves if after else ())
        ids = {page.id for page in plan.pages if page.action == "move"}
        moves = {id_: move for id_, move in draft.moves.items() if id_ in ids}
        return replace(draft, plan=plan, moves=moves)


def _todo(draft: FullPlan) -> list[PlannedPage]:
    return [page for page in draft.plan.pages if selection.to_write(page)]
