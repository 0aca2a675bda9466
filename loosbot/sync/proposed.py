"""Pages that people proposed, and that ``pull`` read: taken over at that very version, whole."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial

from loosbot.canonical import canonical
from loosbot.decode.proposal import source_of, unsaid
from loosbot.history.tree import CommitTree
from loosbot.sync import block
from loosbot.sync.aim import Aim
from loosbot.sync.block import Block
from loosbot.sync.planned import ObservedPage, PlannedPage
from loosbot.sync.source import Source
from loosbot.wiki.revisions import PageState
from loosbot.wikitext.names import Names

MOVED_ON = (
    "La page proposée a changé depuis que « loosbot pull » l’a lue : relancez-le, enregistrez, "
    "puis publiez."
)


def in_git(source: Source) -> Callable[[Collection[str]], Mapping[str, tuple[int, int]]]:
    """The page and the version that records of the last commit were read from."""
    return partial(_in_git, source)


def _in_git(source: Source, ids: Collection[str]) -> Mapping[str, tuple[int, int]]:
    records = source.whole.records
    paths = {records[id_].path: id_ for id_ in ids if id_ in records}
    if source.repository is None or source.head is None or not paths:
        return {}
    tree = CommitTree(source.repository, source.head.id)
    present = {entry.path for entry in tree.entries()}
    read = tree.read(path for path in paths if path in present)
    sources = {paths[path]: source_of(data) for path, data in read}
    return {id_: page for id_, page in sources.items() if page}


def proposals_of(aim: Aim, seen: Mapping[str, ObservedPage]) -> Mapping[str, tuple[int, int]]:
    """As :func:`in_git`, for the records whose title is that of a page which people wrote."""
    adopted = [id_ for id_, page in seen.items() if page.action == "adopt"]
    return aim.proposals(adopted) if adopted else {}


def taken_over(draft: PlannedPage, state: PageState, wanted: Block, names: Names) -> PlannedPage:
    """The page of a record in the place of what was proposed, where it holds all of it."""
    text = state.read_text
    if missing := unsaid(draft.id, text, wanted.body, names):
        reason = f"La page proposée reste telle qu’elle est : {missing[0].sentence}."
        return replace(draft, action="adopt", reason=reason, lacks=missing)
    reason = "La page proposée devient celle de la fiche, qui dit tout ce qu’elle disait."
    return replace(
        draft, action="adopt", reason=reason, text=canonical(block.write(wanted)), before=text
    )
