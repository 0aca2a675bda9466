"""Comparing what the corpus wants with what the wiki has. Reads, never writes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from loosbot.render.rendered import RenderedPage
from loosbot.sync import block, summary
from loosbot.sync.advice import ILLEGIBLE
from loosbot.sync.aim import Aim
from loosbot.sync.block import Block, MarkedBlock
from loosbot.sync.carried import Changed, carried_back
from loosbot.sync.decided import adopted, created, left_alone, unnamed, why_changed
from loosbot.sync.facts import FactCache, establish
from loosbot.sync.farewell import farewell, retired_page
from loosbot.sync.observe import Sight, observe
from loosbot.sync.planned import GONE, Fact, Plan, PlannedPage, Seen
from loosbot.sync.proposed import MOVED_ON, proposals_of, taken_over
from loosbot.sync.standstill import heads
from loosbot.sync.sums import Sums
from loosbot.sync.takeback import taken_back
from loosbot.sync.titles import Move, Titles, resolve
from loosbot.sync.withdrawal.duties import marked, withdrawn_over
from loosbot.sync.withdrawal.looked import Looked
from loosbot.wiki.reader import Reader
from loosbot.wiki.revisions import PageState
from loosbot.wikitext.names import normal_title


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan with what carrying it out needs: the moves, and every page as it was rendered.

    ``heads`` tells what was looked at; see :mod:`loosbot.sync.standstill`.
    """

    plan: Plan
    moves: Mapping[str, Move]
    rendered: Mapping[str, RenderedPage]
    heads: Mapping[str, str] = field(default_factory=dict)


def make_plan(reader: Reader, aim: Aim, cache: FactCache) -> Draft:
    """Look at the wiki, render with the titles found there, and compare.

    Raises WikiUnavailable.
    """
    sight = observe(reader, aim.key, aim.wanted, cache, aim.recreate)
    titles = resolve(sight)
    rendered = aim.render(titles.actual)
    pages = _compare(reader, aim, titles, rendered, cache)
    if carried := _taken(pages, titles):
        # only now is it known that these do not wait for a person: their new titles are due
        others = resolve(sight, carried)
        again = aim.render(others.actual)
        moved = _compare(reader, aim, others, again, cache)
        if all(page.action != "human-edit" for page in moved if page.id in carried):
            titles, rendered, pages = others, again, moved
    pages += _retired(reader, aim, sight, titles.actual, cache)
    pages = marked(reader, pages, aim.lost, Looked(cache.notes, aim.gone))
    remarks = (
        *sight.remarks,
        *(
            f"« {titles.actual[id_]} » ({id_}) : {former}"
            for id_, former in titles.followed.items()
        ),
    )
    plan = Plan(tuple(sorted(pages, key=lambda page: page.id)), remarks)
    looked_at = (seen.state for seen in (*sight.seen.values(), *sight.orphans.values()))
    return Draft(plan, titles.moves, rendered, heads(looked_at))


def _taken(pages: Collection[PlannedPage], titles: Titles) -> set[str]:
    """The pages whose change by a person the corpus has taken, and whose title it changed too."""
    return {
        page.id
        for page in pages
        if page.action == "update"
        and not page.taken
        and page.id not in titles.moves
        and (seen := titles.seen[page.id]).fact is not None
        and not seen.fact.ours
        and seen.fact.published
        and seen.fact.published != block.title_tag(seen.wanted)
        and normal_title(page.title) != normal_title(seen.wanted)
    }


def _retired(
    reader: Reader, aim: Aim, sight: Sight, managed: Mapping[str, str], cache: FactCache
) -> list[PlannedPage]:
    """The pages of records that left the corpus: a notice takes the place of the block.

    ``managed`` are the titles of the others, by id.
    """
    if not sight.orphans:
        return []
    names = aim.names(managed)
    actual = {id_: seen.state.title for id_, seen in sight.orphans.items()}
    titles = Titles(actual, {}, sight.orphans, {})
    known = aim.last_versions(tuple(actual))
    rendered = {
        id_: retired_page(aim.corpus, id_, title, names, known.get(id_))
        for id_, title in actual.items()
    }
    pages = _compare(reader, aim, titles, rendered, cache)
    return [farewell(page, aim.key(page.id), page.id in known) for page in pages]


def replan(reader: Reader, aim: Aim, draft: Draft, id_: str, cache: FactCache) -> PlannedPage:
    """Plan one page again, as it is on the wiki now, from the same rendering.

    What a person changed meanwhile was seen by nobody: it is not taken back.
    """
    aim = replace(aim, take_back=frozenset(), retrait=frozenset())
    again = {id_: aim.wanted[id_]}
    titles = resolve(observe(reader, aim.key, again, cache, aim.recreate))
    return _compare(reader, aim, titles, draft.rendered, cache)[0]


def _compare(
    reader: Reader,
    aim: Aim,
    titles: Titles,
    rendered: Mapping[str, RenderedPage],
    cache: FactCache,
) -> list[PlannedPage]:
    """One PlannedPage for each id, fetching the texts of those that need it."""
    done: list[PlannedPage] = []
    waiting: list[tuple[Seen, PlannedPage, Block]] = []
    account = reader.session.account().name
    proposed = proposals_of(aim, titles.seen)
    for id_, seen in titles.seen.items():
        draft = PlannedPage(
            id_,
            seen.state.title,
            titles.actual[id_],
            "none",
            titles.followed.get(id_, ""),
            base=_head(seen.state),
            pageid=seen.state.pageid,
            takes=_takes(seen.state, account),
            renamed=_renamed(seen),
        )
        # a proposal is taken over at the very revision that its file names: who wrote on it since
        # has said more than we read
        wished = id_ in aim.adopt or proposed.get(id_) == (seen.state.pageid, _head(seen.state))
        if seen.action and not (seen.action == "adopt" and wished):
            trouble = MOVED_ON if id_ in proposed else seen.trouble
            to = seen.wanted if seen.action == "error" else draft.to
            done.append(replace(draft, to=to, action=seen.action, reason=trouble))
            continue
        page = rendered[id_]
        try:
            sums = cache.sums.of(aim.key(id_), seen.wanted, page)
        except ValueError as error:
            done.append(replace(draft, action="error", reason=str(error)))
            continue
        draft = replace(draft, rendering=sums.block)
        if not seen.state.exists and id_ in aim.unsaid:
            done.append(unnamed(draft, aim.unsaid[id_]))
        elif _untouched(seen.state, account, sums) and not seen.fresh and id_ not in titles.moves:
            done.append(draft)
        else:
            wanted = block.make(aim.key(id_), seen.wanted, page.body, page.kind)
            if not seen.state.exists or seen.fresh:
                done.append(created(draft, wanted))
            else:
                waiting.append((seen, draft, wanted))
    # the texts of all that wait in a few requests, then all their pasts, before any is judged
    known = _texts(reader, waiting, cache, aim.take_back | aim.retrait)
    edited = [
        Changed(*known[draft.id], wanted)
        for seen, draft, wanted in waiting
        if draft.id in known and seen.action is None and not known[draft.id][1].ours
    ]
    left = carried_back(reader, edited, aim.names(titles.actual)) if edited else {}
    for seen, draft, wanted in waiting:
        if draft.id not in known:
            done.append(replace(draft, action="error", reason=GONE))
            continue
        state, fact = known[draft.id]
        draft = replace(draft, base=_head(state))
        if seen.action == "adopt" and draft.id in proposed and draft.id not in aim.adopt:
            done.append(taken_over(draft, state, wanted, aim.names(titles.actual)))
        elif seen.action == "adopt":
            done.append(adopted(draft, state, wanted))
        else:
            move = titles.moves.get(draft.id)
            judged = _judged(draft, state, fact, wanted, account, move, left.get(draft.id, ""))
            if judged.action == "human-edit" and draft.id in aim.take_back:
                judged = taken_back(reader, judged, state, fact, wanted)
            elif (
                judged.action == "human-edit"
                and draft.id in aim.retrait
                and (words := aim.lost(draft.id))
            ):
                judged = withdrawn_over(reader, judged, state, fact, wanted, words)
            done.append(judged)
    return done


def _texts(
    reader: Reader,
    waiting: list[tuple[Seen, PlannedPage, Block]],
    cache: FactCache,
    asked: frozenset[str],
) -> dict[str, tuple[PageState, Fact]]:
    """State and fact of each waiting page, with the text where the block is to be changed."""
    facts = establish(reader, [(wanted.key, seen.state) for seen, _, wanted in waiting], cache)
    by_id = {key.id: fact for (key, _), fact in facts.items()}
    lacking = [
        wanted.key
        for seen, draft, wanted in waiting
        if draft.id in by_id
        and _needs_text(*by_id[draft.id], draft, seen.action == "adopt" or draft.id in asked)
    ]
    now = reader.pages_by_id((by_id[key.id][0].pageid for key in lacking), content=True)
    moved_on = []
    for key in lacking:
        state, fact = by_id[key.id]
        latest = now[state.pageid]
        if _head(latest) == fact.revision:
            by_id[key.id] = (latest, fact)
        else:
            del by_id[key.id]
            if latest.exists:
                moved_on.append((key, latest))
    # edited between two of our reads: its new head is not kept yet, so its text comes along
    for (key, _), found in establish(reader, moved_on, cache).items():
        by_id[key.id] = found
    return by_id


def _needs_text(state: PageState, fact: Fact, draft: PlannedPage, asked: bool) -> bool:
    if state.revision is None or state.revision.text is not None:
        return False
    if fact.ours:
        return asked or fact.span != draft.rendering
    return asked or fact.mark == "block"


def _judged(
    draft: PlannedPage,
    state: PageState,
    fact: Fact,
    wanted: Block,
    account: str,
    move: Move | None,
    left: str | None,
) -> PlannedPage:
    """A page that exists and that we published once: whose is its block now?

    ``left`` is what to do about a person's change, None where the corpus has taken all of it.
    """
    if state.redirect:
        reason = "La page est devenue une redirection."
        return left_alone(draft, state, fact, reason, ILLEGIBLE)
    if not fact.ours and left is not None:
        if fact.changed and fact.user == account:
            reason = "Le wiki a modifié le texte publié en l’enregistrant."
            return replace(draft, action="error", reason=reason)
        return left_alone(draft, state, fact, why_changed(fact, state), left)
    text = state.revision.text if state.revision else None
    if fact.span == draft.rendering:
        if move:
            return replace(draft, action="move", reason=move.reason)
        return draft
    if text is None:
        raise AssertionError(f"the text of {draft.id} was not read")
    marked = block.find(text, wanted.key)
    if not isinstance(marked, MarkedBlock):
        raise AssertionError(f"the block of {draft.id} is not where its fact says")
    new = block.replace(text, marked, wanted)
    if move:
        return replace(draft, action="move", reason=move.reason, text=new, before=text)
    reason = draft.reason or "Le contenu a changé dans le dépôt."
    if not fact.ours:
        reason = "La modification du wiki est reprise dans le dépôt."
    return replace(draft, action="update", reason=reason, text=new, before=text)


def _untouched(state: PageState, account: str, sums: Sums) -> bool:
    """Whether the whole page is what we would write, told by its metadata alone."""
    head = state.revision
    if head is None or head.user != account or state.redirect:
        return False
    return head.sha1 == sums.page


def _takes(state: PageState, account: str) -> int:
    head = state.revision
    return summary.taken(head.comment) if head and head.user == account else 0


def _renamed(seen: Seen) -> bool:
    """A title that changed in the corpus alone is not a person's, be the page waiting for one."""
    wanted = normal_title(seen.wanted)
    published = seen.fact is not None and seen.fact.published == block.title_tag(seen.wanted)
    return published and seen.state.exists and normal_title(seen.state.title) != wanted


def _head(state: PageState) -> int:
    return state.revision.id if state.revision else 0
