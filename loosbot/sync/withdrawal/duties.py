"""A consent is withdrawn: where the words still stand on the wiki, and what a person must do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from shlex import quote
from typing import Any

from loosbot.corpus.privacy.withdrawals import Source, mark_of
from loosbot.sync.block import Block, Found, Key, find
from loosbot.sync.planned import Action, Fact, PlannedPage
from loosbot.sync.takeback import taken_back
from loosbot.sync.withdrawal import leftovers
from loosbot.sync.withdrawal.everywhere import NOWHERE, TEXT, Everywhere, Past
from loosbot.sync.withdrawal.forgetting import in_git
from loosbot.sync.withdrawal.words import Withdrawn
from loosbot.wiki.everything import standing as standing_versions
from loosbot.wiki.reader import Reader
from loosbot.wiki.revisions import PageState, Revision

_CONCERNED: frozenset[Action] = frozenset({"human-edit", "update", "none", "retire"})
"""What is planned for a page that we published; an adopted one shows people's words alone."""

_NOTE = "pages-retraits"


@dataclass(frozen=True, slots=True)
class Standing:
    """A page that shows such words now: its title, its head, and who wrote that."""

    id: str
    title: str
    revision: int
    user: str


@dataclass(frozen=True, slots=True)
class Duties:
    """``lines`` tell a person what is left to do, ``standing`` where the words can be read."""

    lines: tuple[str, ...]
    standing: tuple[Standing, ...]


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
    reader: Reader, pages: Iterable[PlannedPage], withdrawn: Mapping[str, Withdrawn]
) -> list[PlannedPage]:
    """The plan with ``retrait`` where words that were withdrawn would stay."""
    planned = list(pages)
    concerned = {
        page.pageid
        for page in planned
        if page.id in withdrawn and page.pageid and page.action in _CONCERNED
    }
    texts = reader.pages_by_id(concerned, content=True) if concerned else {}
    return [
        _marked(page, texts[page.pageid], withdrawn[page.id]) if page.pageid in concerned else page
        for page in planned
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
    pages: Iterable[PlannedPage], withdrawn: Mapping[str, Withdrawn]
) -> dict[int, Withdrawn]:
    """What the pages of a plan that are on the wiki lost, by page id."""
    return {
        page.pageid: withdrawn[page.id] for page in pages if page.id in withdrawn and page.pageid
    }


def duties(
    reader: Reader,
    key: Callable[[str], Key],
    pages: Sequence[PlannedPage],
    withdrawn: Mapping[str, Withdrawn],
    api: str,
    everywhere: Everywhere = NOWHERE,
    notes: dict[str, Any] | None = None,
) -> Duties:
    """What has to be done by hand, as the wiki is now. One request a page that changed, unless
    ``everywhere`` read all its versions.

    ``key`` tells whose block an id is, ``everywhere`` what else of the wiki tells of them;
    ``notes`` is what is kept from one look to the next.
    """
    concerned = [page for page in pages if page.id in withdrawn and page.pageid]
    states = reader.pages_by_id([page.pageid for page in concerned], content=True)
    heads = {pageid: state.revision for pageid, state in states.items()}
    pasts = {
        pageid: past
        for pageid, past in everywhere.pasts.items()
        if (head := heads.get(pageid)) and head.id == past.newest
    }
    held_by = _held(reader, concerned, heads, withdrawn, pasts, notes if notes is not None else {})
    lines: list[str] = []
    standing: list[Standing] = []
    for page in concerned:
        mine = withdrawn[page.id]
        state = states[page.pageid]
        head = state.revision
        held = held_by[page.pageid]
        named = mine.in_title(state.title)
        seen = everywhere.places.get(page.pageid)
        shows = head is not None and mine.within(head.text or "")
        if head is None or not (held or shows or named or mine.kept_in_key or mine.is_file or seen):
            continue
        lines.append(f"« {state.title} » ({page.id}) — {_who(mine.sources)} :")
        if named or mine.kept_in_key or mine.is_file or shows:
            standing.append(Standing(page.id, state.title, head.id, head.user))
        if shows:
            lines += _on_the_page(head, key(page.id), mine)
        old = dict.fromkeys(held, frozenset({TEXT}))
        for number, what in (seen.old if seen else {}).items():
            old[number] = old.get(number, frozenset()) | what
        # a page that goes takes its versions with it
        lines += () if named or mine.is_file else leftovers.old_versions(old, state.title, api)
        if mine.kept_in_key:
            lines.append(
                f"    l’identifiant {page.id} nomme la personne, et le wiki le garde comme clé : "
                "renommez son fichier (git mv), avec l’ancien identifiant sous anciens_ids"
            )
        if named:
            lines.append(leftovers.of_title(state.title))
        elif mine.is_file:
            lines.append(leftovers.OF_FILE)
    lines += leftovers.elsewhere(everywhere, {page.pageid for page in concerned}, api)
    if lines:
        sources = [source for page in concerned for source in withdrawn[page.id].sources]
        lines = [
            "CONSENTEMENT RETIRÉ : des mots retirés se lisent encore sur le wiki.",
            *lines,
            *leftovers.RIGHTS,
            *in_git(list(dict.fromkeys(sources))),
        ]
    return Duties(tuple(lines), tuple(standing))


def _held(
    reader: Reader,
    pages: Sequence[PlannedPage],
    heads: Mapping[int, Revision | None],
    withdrawn: Mapping[str, Withdrawn],
    pasts: Mapping[int, Past],
    notes: dict[str, Any],
) -> dict[int, list[int]]:
    """The old versions of each page that tell it, newest first, and can be read still.

    Those of a page whose head is the one of the last look, or of ``pasts``, are not read again.
    """
    mark = mark_of([source for page in pages for source in withdrawn[page.id].sources])
    before = notes.get(_NOTE, {})
    known = before.get("pages", {}) if before.get("mark") == mark else {}
    held: dict[str, list[Any]] = {}
    for page in pages:
        head = heads[page.pageid]
        name = f"{page.pageid} {head.id if head else 0}"
        if past := pasts.get(page.pageid):
            held[name] = [page.pageid, [number for number in past.tell if number != past.newest]]
            continue
        held[name] = known.get(name) or [
            page.pageid,
            [
                revision.id
                for revision in reader.history(page.pageid, content=True)
                if (head is None or revision.id != head.id)
                and withdrawn[page.id].was_within(revision.text or "")
            ],
        ]
    notes[_NOTE] = {"mark": mark, "pages": held}
    asked = [number for _, numbers in held.values() for number in numbers]
    can_be_read = standing_versions(reader, asked) if asked else {}
    return {
        page: [number for number in numbers if can_be_read.get(number, (False,))[0]]
        for page, numbers in held.values()
    }


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
