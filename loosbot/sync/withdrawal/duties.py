"""A consent is withdrawn: where the words still stand on the wiki, and what a person must do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from shlex import quote
from typing import NamedTuple

from loosbot.corpus.privacy.withdrawals import Source
from loosbot.sync.aim import Aim
from loosbot.sync.block import Block, Found, Key, find
from loosbot.sync.outcome import HumanEdit
from loosbot.sync.planned import Action, Fact, PlannedPage
from loosbot.sync.takeback import taken_back
from loosbot.sync.withdrawal import leftovers
from loosbot.sync.withdrawal.everywhere import NOWHERE, TEXT, Everywhere, Past
from loosbot.sync.withdrawal.forgetting import in_git
from loosbot.sync.withdrawal.looked import Looked
from loosbot.sync.withdrawal.words import Withdrawn
from loosbot.wiki.everything import standing as standing_versions
from loosbot.wiki.reader import Reader
from loosbot.wiki.revisions import PageState, Revision

_CONCERNED: frozenset[Action] = frozenset({"human-edit", "update", "none", "retire"})
"""What is planned for a page that we published; an adopted one shows people's words alone."""


class _Concerned(NamedTuple):
    """A page of the plan that is on the wiki, and what it lost."""

    page: PlannedPage
    withdrawn: Withdrawn


@dataclass(frozen=True, slots=True)
class Duties:
    """``lines`` tell a person what is left to do, ``standing`` where the words can be read."""

    lines: tuple[str, ...]
    standing: tuple[HumanEdit, ...]


def withdrawn_over(
    reader: Reader,
    page: PlannedPage,
    state: PageState,
    fact: Fact,
    wanted: Block,
    withdrawn: Withdrawn,
) -> PlannedPage:
    """A page that people changed, with our block in its place all the same.

    Nobody is told on the talk page: the message would show the words again.
    """
    if not withdrawn.within(page_text(state)):
        return page
    over = taken_back(reader, page, state, fact, wanted)
    if over.text is None:
        return over
    reason = f"{reason_of(withdrawn)} Le texte du dépôt remplace celui qui a été modifié."
    return replace(over, action="retrait", reason=reason, taken=False)


def marked(
    reader: Reader,
    pages: Sequence[PlannedPage],
    lost: Callable[[str], Withdrawn | None],
    looked: Looked,
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


def _marked(page: PlannedPage, state: PageState, withdrawn: Withdrawn) -> PlannedPage:
    text = page_text(state) if page.text is None else page.text
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


def reason_of(withdrawn: Withdrawn) -> str:
    """Whose words they are."""
    return f"Consentement retiré : {_who(withdrawn.sources)}."


def lost_by(
    pages: Iterable[PlannedPage], lost: Callable[[str], Withdrawn | None]
) -> dict[int, Withdrawn]:
    """What the pages of a plan that are on the wiki lost, by page id."""
    return {
        page.pageid: withdrawn for page in pages if page.pageid and (withdrawn := lost(page.id))
    }


def duties(
    reader: Reader,
    aim: Aim,
    pages: Iterable[PlannedPage],
    looked: Looked,
    everywhere: Everywhere = NOWHERE,
    written: Mapping[int, int] | None = None,
) -> Duties:
    """What has to be done by hand, as the wiki is now. One request a page that changed, unless
    ``everywhere`` read all its versions.

    ``everywhere`` is what else of the wiki tells of them; ``written`` are the revisions that were
    written since the plan was made, by page id. What is seen is noted in ``looked``.
    """
    heads = {page.pageid: page.base for page in pages if page.pageid} | dict(written or {})
    concerned: list[_Concerned] = []
    for page in pages:
        head = heads.get(page.pageid, 0)
        seen = everywhere.places.get(page.pageid)
        asked_again = seen is not None or page.pageid in everywhere.pasts
        if not page.pageid or (looked.clear(page.pageid, head) and not asked_again):
            continue
        if withdrawn := aim.lost(page.id):
            concerned.append(_Concerned(page, withdrawn))
        else:
            looked.note(page.pageid, head, None)
    states = reader.pages_by_id([one.page.pageid for one in concerned], content=True)
    telling = _telling(reader, concerned, states, everywhere.pasts, looked)
    numbers = [number for old in telling.values() for number in old]
    can_be_read = standing_versions(reader, numbers) if numbers else {}
    lines: list[str] = []
    standing: list[HumanEdit] = []
    for page, mine in concerned:
        state = states[page.pageid]
        head_now = state.revision
        if head_now is None:
            continue
        held = [one for one in telling[page.pageid] if can_be_read.get(one, (False,))[0]]
        shows = mine.within(head_now.text or "")
        named = mine.in_title(state.title)
        seen = everywhere.places.get(page.pageid)
        lasting = shows or named or mine.kept_in_key or mine.is_file or seen is not None
        old_ones = telling[page.pageid]
        looked.note(page.pageid, head_now.id, old_ones if old_ones or lasting else None)
        if not (held or lasting):
            continue
        lines.append(f"« {state.title} » ({page.id}) — {_who(mine.sources)} :")
        if named or mine.kept_in_key or mine.is_file or shows:
            standing.append(
                HumanEdit(page.id, state.title, head_now.user, head_now.id, reason_of(mine))
            )
        if shows:
            lines += _on_the_page(head_now, aim.key(page.id), mine)
        old = dict.fromkeys(held, frozenset({TEXT}))
        for number, what in (seen.old if seen else {}).items():
            old[number] = old.get(number, frozenset()) | what
        # a page that goes takes its versions with it
        lines += () if named or mine.is_file else leftovers.old_versions(old, state.title, aim.api)
        if mine.kept_in_key:
            lines.append(
                f"    l’identifiant {page.id} nomme la personne, et le wiki le garde comme clé : "
                "renommez son fichier (git mv), avec l’ancien identifiant sous anciens_ids"
            )
        if named:
            lines.append(leftovers.of_title(state.title))
        elif mine.is_file:
            lines.append(leftovers.OF_FILE)
    lines += leftovers.elsewhere(everywhere, {one.page.pageid for one in concerned}, aim.api)
    if lines:
        sources = [source for one in concerned for source in one.withdrawn.sources]
        lines = [
            "CONSENTEMENT RETIRÉ : des mots retirés se lisent encore sur le wiki.",
            *lines,
            *leftovers.RIGHTS,
            *in_git(list(dict.fromkeys(sources))),
        ]
    return Duties(tuple(lines), tuple(standing))


def _telling(
    reader: Reader,
    concerned: Iterable[_Concerned],
    states: Mapping[int, PageState],
    pasts: Mapping[int, Past],
    looked: Looked,
) -> dict[int, list[int]]:
    """The old versions of each page that tell it, newest first, hidden ones too.

    Those of a page whose head is the one of the last look, or of ``pasts``, are not read again.
    """
    telling: dict[int, list[int]] = {}
    for page, withdrawn in concerned:
        revision = states[page.pageid].revision
        head = revision.id if revision else 0
        past = pasts.get(page.pageid)
        if past and past.newest == head:
            telling[page.pageid] = [number for number in past.tell if number != head]
        elif (known := looked.telling(page.pageid, head)) is not None:
            telling[page.pageid] = known
        else:
            telling[page.pageid] = [
                revision.id
                for revision in reader.history(page.pageid, content=True)
                if revision.id != head and withdrawn.was_within(revision.text or "")
            ]
    return telling


def page_text(state: PageState) -> str:
    """The text that was read with the state, "" for a hidden one."""
    return (state.revision.text or "") if state.revision else ""


def _who(sources: Iterable[Source]) -> str:
    return ", ".join(dict.fromkeys(source.who for source in sources))


def _on_the_page(head: Revision, key: Key, withdrawn: Withdrawn) -> Iterator[str]:
    text = head.text or ""
    marked = find(text, key)
    inside = marked.span if isinstance(marked, Found) else ""
    outside = text.replace(inside, "\n", 1) if inside else text
    if withdrawn.within(inside) or not inside:
        yield f"    dans le texte publié : loosbot sync --retrait {quote(key.id)}"
    if inside:
        for line in withdrawn.lines(outside):
            yield f"    hors du texte publié, à retirer à la main : « {leftovers.cut(line)} »"
