"""After a withdrawn consent: where the words still are on the wiki, and what a person must do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from shlex import quote
from typing import NamedTuple

from loosbot.corpus.privacy.withdrawals import WithdrawnPerson
from loosbot.frozen import dataclass
from loosbot.render.rendered import RenderedPage
from loosbot.sync.aim import Aim
from loosbot.sync.block import Block, Key, marked_in
from loosbot.sync.facts import FactCache
from loosbot.sync.outcome import HumanEdit
from loosbot.sync.planned import Action, PageFact, PlannedPage
from loosbot.sync.takeback import taken_back
from loosbot.sync.withdrawal import leftovers
from loosbot.sync.withdrawal.forgetting import in_git
from loosbot.sync.withdrawal.search import (
    NOWHERE,
    TEXT,
    MentioningPage,
    Mentions,
    PageVersions,
    remembered,
)
from loosbot.sync.withdrawal.searched import SearchedPages
from loosbot.sync.withdrawal.words import WithdrawnWords
from loosbot.wiki.reader import Reader
from loosbot.wiki.revisions import PageState, Revision
from loosbot.wiki.scan import standing as standing_versions

_CONCERNED: frozenset[Action] = frozenset({"human-edit", "update", "none", "retire"})
"""What is planned for a page that we published; an adopted one shows people's words alone."""


class _AffectedPage(NamedTuple):
    """A page of the plan that is on the wiki, and what it lost."""

    page: PlannedPage
    withdrawn: WithdrawnWords


@dataclass(frozen=True, slots=True)
class Duties:
    """``lines`` are what is left to do by hand, ``standing`` where the words can be read."""

    lines: tuple[str, ...]
    standing: tuple[HumanEdit, ...]


def withdrawn_over(
    reader: Reader,
    page: PlannedPage,
    state: PageState,
    fact: PageFact,
    wanted: Block,
    withdrawn: WithdrawnWords,
) -> PlannedPage:
    """A page that people changed, with our block in its place all the same.

    Nobody is told on the talk page: the message would show the words again.
    """
    if not withdrawn.within(state.text or ""):
        return page
    over = taken_back(reader, page, state, fact, wanted)
    if over.text is None:
        return over
    reason = f"{reason_of(withdrawn)} Le texte du dépôt remplace celui qui a été modifié."
    return replace(over, action="retrait", reason=reason, taken=False)


def marked(
    reader: Reader,
    pages: Sequence[PlannedPage],
    lost: Callable[[str], WithdrawnWords | None],
    looked: SearchedPages,
) -> list[PlannedPage]:
    """The plan with ``retrait`` where words that were withdrawn would stay.

    ``lost`` is what a page lost, by id. A page that was found clear is not asked about while its
    head is the one of that look.
    """
    concerned = {
        page.id: withdrawn
        for page in pages
        if page.pageid
        and page.action in _CONCERNED
        and not looked.clear(page.pageid, page.base)
        and (withdrawn := lost(page.id))
    }
    ids = [page.pageid for page in pages if page.id in concerned]
    texts = reader.pages_by_id(ids, content=True) if ids else {}
    return [
        _marked(page, texts[page.pageid], concerned[page.id]) if page.id in concerned else page
        for page in pages
    ]


def _marked(page: PlannedPage, state: PageState, withdrawn: WithdrawnWords) -> PlannedPage:
    text = (state.text or "") if page.text is None else page.text
    if not withdrawn.within(text):
        return page
    if page.action == "human-edit":
        over = f"Pour remettre le texte du dépôt : loosbot sync --retrait {quote(page.id)}"
        reason = f"{reason_of(withdrawn)} {page.reason} {over}"
        return replace(page, action="retrait", reason=reason)
    outside = "Quelqu’un les a écrits hors du texte publié : une personne doit les y retirer."
    head = state.revision
    return replace(
        page,
        action="retrait",
        reason=f"{reason_of(withdrawn)} {outside}",
        user=head.user if head else "",
        revision=head.id if head else 0,
    )


def reason_of(withdrawn: WithdrawnWords) -> str:
    """Whose words they are."""
    ended = all(person.ended for person in withdrawn.people)
    why = "Mots à ôter" if ended else "Consentement retiré"
    return f"{why} : {_who(withdrawn.people).removesuffix('.')}."


def duties_everywhere(
    reader: Reader,
    aim: Aim,
    cache: FactCache,
    pages: Sequence[PlannedPage],
    rendered: Iterable[RenderedPage],
    written: Mapping[int, int] | None = None,
) -> Duties:
    """:func:`duties`, with what the whole wiki still holds of those who withdrew: every version,
    every log.

    ``rendered`` are the pages as they are shown now.
    """

    def lost() -> dict[int, WithdrawnWords]:
        return {page.pageid: gone for page in pages if page.pageid and (gone := aim.lost(page.id))}

    everywhere = remembered(reader, aim.withdrawn, cache, (page.body for page in rendered), lost)
    return duties(
        reader, aim, pages, SearchedPages(cache.notes, aim.withdrawn), everywhere, written
    )


def duties(
    reader: Reader,
    aim: Aim,
    pages: Iterable[PlannedPage],
    looked: SearchedPages,
    everywhere: Mentions = NOWHERE,
    written: Mapping[int, int] | None = None,
) -> Duties:
    """What has to be done by hand, as the wiki is now. One request a page that changed, unless
    ``everywhere`` read all its versions.

    ``everywhere`` are the other places of the wiki that mention them; ``written`` are the revisions
    that were written since the plan was made, by page id. What is seen is noted in ``looked``.
    """
    concerned = _concerned(aim, pages, looked, everywhere, written or {})
    states = reader.pages_by_id([page.pageid for page, _ in concerned], content=True)
    old_versions = _old_versions(reader, concerned, states, everywhere.pasts, looked)
    numbers = [number for old in old_versions.values() for number in old]
    can_be_read = standing_versions(reader, numbers) if numbers else {}
    lines: list[str] = []
    standing: list[HumanEdit] = []
    for page, withdrawn in concerned:
        state = states[page.pageid]
        head = state.revision
        if head is None:
            continue
        shows = withdrawn.within(head.text or "")
        in_sight = shows or (
            withdrawn.in_title(state.title) or withdrawn.kept_in_key or withdrawn.is_file
        )
        place = everywhere.places.get(page.pageid)
        old = old_versions[page.pageid]
        lasting = in_sight or place is not None
        looked.note(page.pageid, head.id, old if old or lasting else None)
        readable = [number for number in old if can_be_read.get(number, (False,))[0]]
        if readable or lasting:
            lines += _of_page(aim, page, state, withdrawn, readable, place, shows=shows)
        if in_sight:
            reason = reason_of(withdrawn)
            # the newest revision may be our own notice, which changed nothing outside the block
            standing.append(
                HumanEdit(page.id, state.title, head.user, head.id, reason, edited=False)
            )
    lines += leftovers.elsewhere(everywhere, {page.pageid for page, _ in concerned}, aim.api)
    if lines:
        # not of the pages above alone: the words of who is found on none of ours are in git too;
        # an agreement that ended leaves them to the town
        gone = [person for person in aim.withdrawn if not person.ended]
        left = [person for person in gone if person.names or person.phrases or person.files]
        why = (
            "CONSENTEMENT RETIRÉ : des mots retirés"
            if gone
            else "ACCORD TERMINÉ OU RÉDUIT : des mots qu’il ne couvre plus"
        )
        lines = [
            f"{why} se lisent encore sur le wiki.",
            *lines,
            *leftovers.RIGHTS,
            *(in_git(left) if left else ()),
        ]
    return Duties(tuple(lines), tuple(standing))


def _concerned(
    aim: Aim,
    pages: Iterable[PlannedPage],
    looked: SearchedPages,
    everywhere: Mentions,
    written: Mapping[int, int],
) -> list[_AffectedPage]:
    """The pages that lost words, less those found clear before; notes those that lost none."""
    concerned: list[_AffectedPage] = []
    for page in pages:
        if not page.pageid:
            continue
        head = written.get(page.pageid, page.base)
        look_again = page.pageid in everywhere.places or page.pageid in everywhere.pasts
        if looked.clear(page.pageid, head) and not look_again:
            continue
        if withdrawn := aim.lost(page.id):
            concerned.append(_AffectedPage(page, withdrawn))
        else:
            looked.note(page.pageid, head, None)
    return concerned


def _of_page(
    aim: Aim,
    page: PlannedPage,
    state: PageState,
    withdrawn: WithdrawnWords,
    readable: Iterable[int],
    place: MentioningPage | None,
    *,
    shows: bool,
) -> Iterator[str]:
    """What is left to do on one page: ``readable`` are old versions with words of theirs that
    anybody can read."""
    yield f"« {state.title} » ({page.id}) — {_who(withdrawn.people)} :"
    if shows and state.revision:
        yield from _on_the_page(state.revision, aim.key(page.id), withdrawn)
    named = withdrawn.in_title(state.title)
    # a page that goes takes its versions with it, and its key
    if not (named or withdrawn.is_file):
        old = dict.fromkeys(readable, frozenset({TEXT}))
        for number, what in (place.old if place else {}).items():
            old[number] = old.get(number, frozenset()) | what
        yield from leftovers.old_versions(old, state.title, aim.api)
    if withdrawn.kept_in_key and not named:
        yield (
            f"    l’identifiant {page.id} nomme la personne, et le wiki le garde comme clé : "
            "renommez son fichier (git mv), avec l’ancien identifiant sous anciens_ids"
        )
    if named:
        yield leftovers.of_title(state.title)
    elif withdrawn.is_file:
        yield leftovers.OF_FILE


def _old_versions(
    reader: Reader,
    concerned: Iterable[_AffectedPage],
    states: Mapping[int, PageState],
    pasts: Mapping[int, PageVersions],
    looked: SearchedPages,
) -> dict[int, list[int]]:
    """The old versions of each page that hold words of theirs, newest first, hidden ones too.

    Those of a page whose head is the one of the last look, or of ``pasts``, are not read again.
    """
    old_versions: dict[int, list[int]] = {}
    for page, withdrawn in concerned:
        head = states[page.pageid].head
        past = pasts.get(page.pageid)
        if past and past.newest == head:
            old_versions[page.pageid] = [number for number in past.mentioning if number != head]
        elif (known := looked.old_versions(page.pageid, head)) is not None:
            old_versions[page.pageid] = known
        else:
            old_versions[page.pageid] = [
                revision.id
                for revision in reader.history(page.pageid, content=True)
                if revision.id != head and withdrawn.was_within(revision.text or "")
            ]
    return old_versions


def _who(people: Iterable[WithdrawnPerson]) -> str:
    return ", ".join(dict.fromkeys(person.who for person in people))


def _on_the_page(head: Revision, key: Key, withdrawn: WithdrawnWords) -> Iterator[str]:
    text = head.text or ""
    marked = marked_in(text, key)
    inside = marked.span if marked else ""
    outside = text.replace(inside, "\n", 1) if inside else text
    if withdrawn.within(inside) or not inside:
        yield f"    dans le texte publié : loosbot sync --retrait {quote(key.id)}"
    if inside:
        for line in withdrawn.lines(outside):
            yield f"    hors du texte publié, à retirer à la main : « {leftovers.cut(line)} »"
