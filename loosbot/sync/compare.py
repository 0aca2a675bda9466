"""Comparing each wanted page with the wiki: by its head revision first, then by history and text.

Reads, never writes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from loosbot.canonical import canonical
from loosbot.render.rendered import RenderedPage
from loosbot.sync import block, summary
from loosbot.sync.advice import ILLEGIBLE, not_wikitext
from loosbot.sync.aim import Aim
from loosbot.sync.block import Block
from loosbot.sync.carried import ChangedPage, carried_back
from loosbot.sync.facts import FactCache, establish
from loosbot.sync.pagehashes import Sums
from loosbot.sync.planned import GONE, ObservedPage, PageFact, PlannedPage
from loosbot.sync.proposed import MOVED_ON, proposals_of, taken_over
from loosbot.sync.takeback import taken_back
from loosbot.sync.titles import Titles
from loosbot.sync.withdrawal.duties import withdrawn_over
from loosbot.wiki.reader import Reader
from loosbot.wiki.revisions import PageState
from loosbot.wikitext.names import normal_title


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A page that its head does not decide: who wrote its block must be looked up."""

    seen: ObservedPage
    draft: PlannedPage
    wanted: Block


def compare(
    reader: Reader, aim: Aim, titles: Titles, rendered: Mapping[str, RenderedPage], cache: FactCache
) -> list[PlannedPage]:
    """One PlannedPage for each id of ``titles``, in no order.

    ``rendered`` are the pages as the corpus has them, by id. Only those whose head alone does not
    tell are read, in batches; what is learnt of their revisions goes into ``cache``. Raises
    WikiUnavailable.
    """
    account = reader.session.account().name
    proposed = proposals_of(aim, titles.seen)
    comparison = _Comparison(reader, aim, titles, rendered, cache, account, proposed)
    decided = [comparison.by_head(seen) for seen in titles.seen.values()]
    waiting = [page for page in decided if isinstance(page, _Waiting)]
    return [
        *(page for page in decided if isinstance(page, PlannedPage)),
        *comparison.by_text(waiting),
    ]


@dataclass(frozen=True, slots=True)
class _Comparison:
    """``account`` is our own on the wiki. ``proposed`` gives the page and the revision that the
    file of a record was read from, where people proposed it.
    """

    reader: Reader
    aim: Aim
    titles: Titles
    rendered: Mapping[str, RenderedPage]
    cache: FactCache
    account: str
    proposed: Mapping[str, tuple[int, int]]

    def by_head(self, seen: ObservedPage) -> PlannedPage | _Waiting:
        """The plan of a page, decided by its head alone; _Waiting where text or history is
        needed."""
        id_, state = seen.id, seen.state
        draft = PlannedPage(
            id_,
            state.title,
            self.titles.actual[id_],
            "none",
            self.titles.followed.get(id_, ""),
            base=state.head,
            pageid=state.pageid,
            takes=_takes(state, self.account),
            renamed=_renamed(seen),
        )
        # a proposal is taken over at the very revision that its file names: later edits were not
        # read
        read = self.proposed.get(id_) == (state.pageid, state.head)
        if seen.action and not (
            seen.action == "adopt" and (read or id_ in self.aim.overrides.adopt)
        ):
            trouble = MOVED_ON if id_ in self.proposed else seen.trouble
            to = seen.wanted if seen.action == "error" else draft.to
            return replace(draft, to=to, action=seen.action, reason=trouble)
        if state.exists and state.model != "wikitext":
            return replace(draft, action="error", reason=not_wikitext(state.model))
        page, key = self.rendered[id_], self.aim.key(id_)
        try:
            sums = self.cache.sums.of(key, seen.wanted, page)
        except ValueError as error:
            return replace(draft, action="error", reason=str(error))
        draft = replace(draft, rendering=sums.block)
        if not state.exists and id_ in self.aim.unsaid:
            return unnamed(draft, self.aim.unsaid[id_])
        moves = id_ in self.titles.moves
        if _untouched(state, self.account, sums) and not seen.fresh and not moves:
            return draft
        wanted = block.make(key, seen.wanted, page.body, page.kind)
        if not state.exists or seen.fresh:
            return created(draft, wanted)
        return _Waiting(seen, draft, wanted)

    def by_text(self, waiting: Sequence[_Waiting]) -> list[PlannedPage]:
        """What the history and the text of these pages decide.

        The texts of all are read in a few requests, then their pasts, before any is judged.
        """
        overrides = self.aim.overrides
        written = {*overrides.take_back, *overrides.retrait}
        known = _texts(self.reader, waiting, self.cache, written)
        edited = [
            ChangedPage(*known[page.draft.id], page.wanted)
            for page in waiting
            if page.draft.id in known
            and page.seen.action is None
            and not known[page.draft.id][1].ours
        ]
        names = self.aim.names
        left = carried_back(self.reader, edited, names(self.titles.actual)) if edited else {}
        return [
            self._decided(page, *known[page.draft.id], left.get(page.draft.id, ""))
            if page.draft.id in known
            else replace(page.draft, action="error", reason=GONE)
            for page in waiting
        ]

    def _decided(
        self, page: _Waiting, state: PageState, fact: PageFact, left: str | None
    ) -> PlannedPage:
        """``left`` as in :meth:`_judged`."""
        id_, wanted = page.draft.id, page.wanted
        draft = replace(page.draft, base=state.head)
        if page.seen.action == "adopt":
            if id_ in self.proposed and id_ not in self.aim.overrides.adopt:
                return taken_over(draft, state, wanted, self.aim.names(self.titles.actual))
            return adopted(draft, state, wanted)
        judged = self._judged(draft, state, fact, wanted, left)
        if judged.action != "human-edit":
            return judged
        if id_ in self.aim.overrides.take_back:
            return taken_back(self.reader, judged, state, fact, wanted)
        if id_ in self.aim.overrides.retrait and (words := self.aim.lost(id_)):
            return withdrawn_over(self.reader, judged, state, fact, wanted, words)
        return judged

    def _judged(
        self, draft: PlannedPage, state: PageState, fact: PageFact, wanted: Block, left: str | None
    ) -> PlannedPage:
        """A page that exists and that we published once: whose is its block now?

        ``left`` is what to do about a person's change, None where the corpus has taken all of it.
        """
        if state.redirect:
            reason = "La page est devenue une redirection."
            return left_alone(draft, state, fact, reason, ILLEGIBLE)
        if not fact.ours and left is not None:
            if fact.altered:
                reason = "Le wiki a modifié le texte publié en l’enregistrant."
                return replace(draft, action="error", reason=reason)
            return left_alone(draft, state, fact, why_changed(fact, state), left)
        move = self.titles.moves.get(draft.id)
        if fact.span == draft.rendering:
            if move:
                return replace(draft, action="move", reason=move.reason)
            return draft
        text = state.read_text
        marked = block.marked_in(text, wanted.key)
        if marked is None:
            raise AssertionError(f"the block of {draft.id} is not where its fact says")
        new = block.replace(text, marked, wanted)
        if move:
            return replace(draft, action="move", reason=move.reason, text=new, before=text)
        reason = draft.reason or "Le contenu a changé dans le dépôt."
        if not fact.ours:
            reason = "La modification du wiki est reprise dans le dépôt."
        return replace(draft, action="update", reason=reason, text=new, before=text)


def _texts(
    reader: Reader, waiting: Sequence[_Waiting], cache: FactCache, overridden: Collection[str]
) -> dict[str, tuple[PageState, PageFact]]:
    """State and fact of each waiting page, with the text where the block is to be changed."""
    facts = establish(reader, [(page.wanted.key, page.seen.state) for page in waiting], cache)
    by_id = {key.id: fact for (key, _), fact in facts.items()}
    lacking = [
        page.wanted.key
        for page in waiting
        if (known := by_id.get(page.draft.id))
        and _needs_text(
            *known, page.draft, page.seen.action == "adopt" or page.draft.id in overridden
        )
    ]
    now = reader.pages_by_id((by_id[key.id][0].pageid for key in lacking), content=True)
    moved_on = []
    for key in lacking:
        state, fact = by_id[key.id]
        latest = now[state.pageid]
        if latest.head == fact.revision:
            by_id[key.id] = (latest, fact)
        else:
            del by_id[key.id]
            if latest.exists:
                moved_on.append((key, latest))
    # edited between two of our requests: the fact of the new head is unknown, so fetch its text too
    for (key, _), text in establish(reader, moved_on, cache).items():
        by_id[key.id] = text
    return by_id


def _needs_text(state: PageState, fact: PageFact, draft: PlannedPage, always: bool) -> bool:
    if state.revision is None or state.revision.text is not None:
        return False
    if fact.ours:
        return always or fact.span != draft.rendering
    return always or fact.mark == "block"


def _untouched(state: PageState, account: str, sums: Sums) -> bool:
    """Whether the whole page is what we would write, by its metadata (SHA-1) alone."""
    head = state.revision
    if head is None or head.user != account or state.redirect:
        return False
    return head.sha1 == sums.page


def _takes(state: PageState, account: str) -> int:
    head = state.revision
    return summary.taken_back_revision(head.comment) if head and head.user == account else 0


def _renamed(seen: ObservedPage) -> bool:
    """Whether a person moved the page: the corpus still wants the title that we published."""
    wanted = normal_title(seen.wanted)
    published = seen.fact is not None and seen.fact.published == block.title_tag(seen.wanted)
    return published and seen.state.exists and normal_title(seen.state.title) != wanted


def left_alone(
    draft: PlannedPage, state: PageState, fact: PageFact, reason: str, remedy: str
) -> PlannedPage:
    """The plan of a page whose block a person changed: left as it is, its editor named."""
    head = state.revision
    return replace(
        draft,
        to=draft.title,
        action="human-edit",
        reason=reason,
        # a user name that an administrator hid stays hidden: no other editor is named instead
        user=fact.user if fact.changed or head is None else head.user,
        revision=fact.changed or fact.revision,
        remedy=remedy,
    )


def why_changed(fact: PageFact, state: PageState) -> str:
    """The sentence about what a person did to our block."""
    who = f" par {fact.user}" if fact.user else ""
    if state.revision is not None and state.revision.size == 0:
        return f"La page a été vidée{who}."
    return {
        "block": f"Le texte publié a été modifié{who} sur le wiki.",
        "missing": f"Les marques du texte publié ont été retirées{who}.",
        "doubled": f"Les marques du texte publié sont en double (dernière main : {fact.user}).",
        "damaged": f"Les marques du texte publié ont été abîmées{who}.",
    }[fact.mark]


def created(draft: PlannedPage, wanted: Block) -> PlannedPage:
    """The plan of a page that does not exist yet."""
    reason = "La page n’existe pas encore."
    return replace(draft, action="create", reason=reason, text=block.write(wanted))


def unnamed(draft: PlannedPage, path: str) -> PlannedPage:
    """The plan of a page whose key holds the name of somebody masked: not created. One that exists
    stays, and is reported apart."""
    return replace(
        draft,
        action="error",
        reason="Le nom du fichier est celui de quelqu’un qui n’a pas accepté de paraître ici, et "
        f"le wiki le garderait comme clé : renommez {path} (git mv), puis publiez.",
    )


def adopted(draft: PlannedPage, state: PageState, wanted: Block) -> PlannedPage:
    """The plan of a page that people wrote: our block goes above. ``state`` holds its text."""
    reason = "Le bloc est placé au-dessus du texte des habitants du wiki, qui reste."
    new = canonical(block.adopt(state.read_text, wanted))
    return replace(draft, action="adopt", reason=reason, text=new, before=state.read_text)
