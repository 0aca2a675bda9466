"""What sync would do: the wiki looked at, the corpus rendered for it, and the two compared. Reads,
never writes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field, replace

from loosbot.frozen import dataclass
from loosbot.render.rendered import RenderedPage
from loosbot.sync import block
from loosbot.sync.aim import Aim
from loosbot.sync.compare import compare
from loosbot.sync.facts import FactCache
from loosbot.sync.farewell import farewell, kept_for, retired_page
from loosbot.sync.observe import WikiState, observe
from loosbot.sync.planned import Plan, PlannedPage
from loosbot.sync.settled import heads
from loosbot.sync.titles import Move, Titles, resolve
from loosbot.sync.withdrawal.duties import marked
from loosbot.sync.withdrawal.searched import SearchedPages
from loosbot.wiki.reader import Reader
from loosbot.wikitext.names import normal_title


@dataclass(frozen=True, slots=True)
class FullPlan:
    """A plan with what carrying it out needs: the moves, and every page as it was rendered.

    ``heads`` tells what was looked at, ``tracked`` what else the tracking category holds; see
    :mod:`loosbot.sync.settled`.
    """

    plan: Plan
    moves: Mapping[str, Move]
    rendered: Mapping[str, RenderedPage]
    heads: Mapping[str, str] = field(default_factory=dict)
    tracked: Mapping[str, str] = field(default_factory=dict)


def make_plan(reader: Reader, aim: Aim, cache: FactCache) -> FullPlan:
    """Look at the wiki, render with the titles found there, and compare.

    Raises WikiUnavailable.
    """
    sight = observe(reader, aim, cache)
    titles = resolve(sight)
    rendered = aim.render(titles.actual)
    pages = compare(reader, aim, titles, rendered, cache)
    if carried := _taken(pages, titles):
        # only now is it known that these do not wait for a person: their new titles are due
        others = resolve(sight, carried)
        again = aim.render(others.actual)
        moved = compare(reader, aim, others, again, cache)
        if all(page.action != "human-edit" for page in moved if page.id in carried):
            titles, rendered, pages = others, again, moved
    pages += _retired(reader, aim, sight, titles, rendered, cache)
    pages = marked(reader, pages, aim.lost, SearchedPages(cache.notes, aim.withdrawn))
    remarks = (
        *sight.remarks,
        *(
            f"« {titles.actual[id_]} » ({id_}) : {former}"
            for id_, former in titles.followed.items()
        ),
    )
    plan = Plan(tuple(sorted(pages, key=lambda page: page.id)), remarks)
    looked_at = (seen.state for seen in (*sight.seen.values(), *sight.orphans.values()))
    return FullPlan(plan, titles.moves, rendered, heads(looked_at), heads(sight.tracked))


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
    reader: Reader,
    aim: Aim,
    sight: WikiState,
    managed: Titles,
    others: Mapping[str, RenderedPage],
    cache: FactCache,
) -> list[PlannedPage]:
    """The pages of records that left the corpus: a notice takes the place of the block.

    ``managed`` are the titles of the others, ``others`` their pages, by id.
    """
    if not sight.orphans:
        return []
    names = aim.names(managed.actual)
    heirs = {seen.holder: id_ for id_, seen in managed.seen.items() if seen.holder}
    actual = {id_: seen.state.title for id_, seen in sight.orphans.items()}
    titles = Titles(actual, {}, sight.orphans, {})
    known = aim.last_versions(tuple(actual))
    rendered = {
        id_: retired_page(aim.corpus, id_, title, names, known.get(id_))
        for id_, title in actual.items()
    }
    pages = [
        farewell(page, aim.key(page.id), page.id in known)
        for page in compare(reader, aim, titles, rendered, cache)
    ]
    return [
        kept_for(page, aim.key(page.id), others[heirs[page.id]]) if page.id in heirs else page
        for page in pages
    ]


def replan(reader: Reader, aim: Aim, draft: FullPlan, id_: str, cache: FactCache) -> PlannedPage:
    """Plan one page again, as it is on the wiki now, from the same rendering.

    What a person changed meanwhile was seen by nobody: it is not taken back.
    """
    overrides = replace(aim.overrides, take_back=(), retrait=())
    aim = replace(aim, overrides=overrides)
    titles = resolve(observe(reader, replace(aim, wanted={id_: aim.wanted[id_]}), cache))
    return compare(reader, aim, titles, draft.rendered, cache)[0]
