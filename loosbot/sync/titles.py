"""The title of each page: moves that the corpus wants, moves that people made. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from loosbot.frozen import dataclass
from loosbot.render.categories import TRACKING
from loosbot.sync.advice import explain
from loosbot.sync.block import title_tag
from loosbot.sync.observe import WikiState, refused
from loosbot.sync.planned import ObservedPage
from loosbot.wiki.revisions import PageState, covers_redirect

_NO_ARTICLES = frozenset((2, 6, 8, 10, 14, 828))
"""Users, files, messages of the wiki, templates, categories, modules (Manual:Namespace)."""


@dataclass(frozen=True, slots=True)
class Move:
    """A page to rename. ``redirect``: whether its old title should lead to the new one."""

    id: str
    pageid: int
    source: str
    target: str
    reason: str
    redirect: bool = True


@dataclass(frozen=True, slots=True)
class Titles:
    """``actual`` is the title of every page once the moves are made, by id.

    ``seen`` is the sight with what titles change in it; ``followed`` names, by id, the pages
    that stay where a person moved them.
    """

    actual: Mapping[str, str]
    moves: Mapping[str, Move]
    seen: Mapping[str, ObservedPage]
    followed: Mapping[str, str]


def resolve(sight: WikiState, carried: Collection[str] = ()) -> Titles:
    """Decide the titles: a change in the corpus wins, a person's move alone is followed.

    ``carried`` are pages that a person changed, and whose change the corpus has taken.
    The tracking category alone goes back to its name, and a page in a namespace where no reader
    looks for it waits for a person.
    """
    moves: dict[str, Move] = {}
    followed: dict[str, str] = {}
    strays: dict[str, str] = {}
    for id_, seen in sight.seen.items():
        target = sight.targets[id_]
        if seen.action or not seen.state.exists or seen.state.title == target.title:
            continue
        if id_ != TRACKING and _is_astray(seen.state, target):
            strays[id_] = (
                f"La page est maintenant « {seen.state.title} » : une fiche ne se lit pas là, et "
                f"loosbot n’y touche pas. Renommez-la en « {target.title} » sur le wiki ; si elle "
                "doit y rester, retirez du texte les deux marques de loosbot."
            )
            continue
        if seen.fact is None or seen.state.redirect:
            continue
        if not seen.fact.ours and id_ not in carried:
            continue  # a page that waits for a person stays where it is
        if id_ == TRACKING:
            # the next run looks for its pages under this name, and under no other
            reason = "Renommée sur le wiki : sous un autre nom, loosbot ne retrouve plus ses pages."
            moves[id_] = Move(id_, seen.state.pageid, seen.state.title, target.title, reason)
        elif seen.fact.published == title_tag(seen.wanted):
            followed[id_] = f"Renommée sur le wiki, de « {target.title} »."
        else:
            moves[id_] = Move(id_, seen.state.pageid, seen.state.title, target.title, _reason(seen))
    troubles = _blocked(sight, moves) | strays
    seen_now = {
        id_: _settled(seen, troubles.get(id_, ""), moves) for id_, seen in sight.seen.items()
    }
    wanted = {target.title for target in sight.targets.values()}
    moves = {id_: replace(move, redirect=move.source not in wanted) for id_, move in moves.items()}
    actual = {}
    for id_, seen in seen_now.items():
        if id_ in moves:
            actual[id_] = moves[id_].target
        elif id_ in strays:
            # links of every page must not lead into somebody's user pages
            actual[id_] = sight.targets[id_].title
        else:
            actual[id_] = seen.state.title if seen.state.exists else sight.targets[id_].title
    return Titles(actual, moves, seen_now, followed)


def _is_astray(state: PageState, target: PageState) -> bool:
    """Whether a page was moved to a user, talk, interface or similar namespace.

    A namespace of articles, such as that of the project or of its help, is followed.
    """
    space = state.namespace
    return space != target.namespace and (space % 2 == 1 or space in _NO_ARTICLES)


def _reason(seen: ObservedPage) -> str:
    if seen.fact and seen.fact.published != title_tag(seen.state.title):
        return "Titre changé dans le dépôt et sur le wiki : celui du dépôt l’emporte."
    return "Titre changé dans le dépôt."


def _blocked(sight: WikiState, moves: dict[str, Move]) -> dict[str, str]:
    """Take out the moves that cannot be made; returns the reasons, by id.

    A target held by a page that moves away itself is free; if that move is impossible, so is
    the one that waits for it.
    """
    troubles: dict[str, str] = {}
    owners = {seen.state.pageid: id_ for id_, seen in sight.seen.items() if seen.state.exists}
    while True:
        leaving = {move.pageid for move in moves.values()}
        stuck = {}
        for id_ in moves:
            target = sight.targets[id_]
            if trouble := refused(id_, target):
                stuck[id_] = trouble
            elif target.redirect and id_ in sight.kept:
                stuck[id_] = explain(covers_redirect(target.title))
            elif target.exists and target.pageid not in leaving and not target.redirect:
                stuck[id_] = _held(target.title, owners.get(target.pageid, ""))
        if not stuck:
            return troubles
        troubles.update(stuck)
        for id_ in stuck:
            del moves[id_]


def _held(title: str, owner: str) -> str:
    """The sentence on a title that another page has, with what to do."""
    if owner:
        return (
            f"Le titre « {title} » est encore celui de la page de {owner} : une fois qu’elle en "
            "aura changé, relancez ; sinon, donnez un autre titre à la fiche."
        )
    return (
        f"Le titre « {title} » est déjà celui d’une autre page : donnez un autre titre à la fiche, "
        "ou renommez cette page sur le wiki."
    )


def _settled(seen: ObservedPage, trouble: str, moves: Mapping[str, Move]) -> ObservedPage:
    if trouble:
        return replace(seen, action="error", trouble=trouble)
    if seen.holder in moves:
        free = replace(seen.state, pageid=0, revision=None, redirect=False)
        return replace(seen, state=free, action=None, trouble="", holder="")
    return seen


def ordered(moves: Mapping[str, Move]) -> list[Move]:
    """The moves in an order in which each finds its target free.

    Pages that swap their titles go through a temporary one, which takes one more move.
    """
    waiting = dict(moves)
    steps: list[Move] = []
    while waiting:
        sources = {move.source for move in waiting.values()}
        free = [move for move in waiting.values() if move.target not in sources]
        if free:
            steps += free
            for move in free:
                del waiting[move.id]
            continue
        first = next(iter(waiting.values()))
        aside = f"{first.source} (déplacement en cours)"
        steps.append(replace(first, target=aside, redirect=False))
        waiting[first.id] = replace(first, source=aside, redirect=False)
    return steps
