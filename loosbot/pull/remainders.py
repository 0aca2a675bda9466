"""What people wrote on a page and no file says: each passage named once. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from loosbot.decode.frame import Page, lines_of
from loosbot.decode.regions import Region, regions
from loosbot.decode.threeway import VOICES
from loosbot.pull.edits import EditedPage, PageResult, PendingVoice, Remainder
from loosbot.pull.proof import Proof
from loosbot.pull.step import WHOLE_PAGE

NO_FILE = (
    "aucun fichier de ce corpus ne donne cette page : modifiez les fiches d’où elle vient, ou "
    "écrivez hors du texte publié"
)
"""The reason why nothing of a page is carried back that no file gives."""
RENAMED = "Titre"
"""The label of the title of a page."""
_PARAMETER = re.compile(r"\| (?P<name>[^=|]+) =\Z")
_AROUND_A_VOICE = re.compile(r"===(?!=)|\{\{[^{}]*\Z|\}\}\Z|\| [^=]* =\Z|\Z")


def drop_mended(
    pages: Mapping[str, PageResult], proof: Proof, read: Mapping[str, tuple[Page, Page]]
) -> None:
    """Name nothing that one edit left and a later one mended: it is on the wiki no more."""
    for id_, pieces in proof.pieces.items():
        result = pages.get(id_)
        if result is None:
            continue
        if not pieces and not proof.regions.get(id_):
            result.left = [left for left in result.left if left.label == RENAMED]
            result.conflicts = []
            continue
        body = read[id_][1].body
        result.left = [
            left
            for left in result.left
            if left.label == RENAMED or left.path in pieces or _stands(left.after, body)
        ]
        result.conflicts = [
            conflict
            for conflict in result.conflicts
            if conflict.path in pieces or _stands(conflict.wiki, body)
        ]


def _stands(passage: str, body: str) -> bool:
    """Whether a line of it is in the page still; a passage without any is one that is gone."""
    lines = [line for line in passage.split("\n") if line.strip()]
    return not lines or any(line in body for line in lines)


def name_the_rest(
    edited: Iterable[EditedPage],
    pages: dict[str, PageResult],
    proof: Proof,
    path_of: Callable[[str], str],
) -> None:
    """Name all that people wrote around the pieces and that no file says now. ``path_of`` gives
    the file of a page, "" where it has none."""
    for page in edited:
        waiting = proof.waiting.get(page.id, ())
        if waiting and page.id in pages:
            pages[page.id].waiting += waiting
        result = pages.get(page.id)
        computed = result and any(passage.reason == NO_FILE for passage in result.left)
        changed = _by_line(page) if computed else proof.regions.get(page.id, ())
        around = [*changed, *page.marks]
        if not around:
            continue
        if result is None:
            result = pages[page.id] = PageResult(page.id, page.title, path_of(page.id))
        if any(passage.path == () and passage.reason in WHOLE_PAGE for passage in result.left):
            continue  # said of the page as a whole already
        if computed:
            # one word for them all: who goes over a computed page with a robot changes hundreds
            sides = zip(*((region.before, region.after) for region in around), strict=True)
            before, after = ("\n".join(filter(None, side)) for side in sides)
            result.left = [Remainder((), "Page", before, after, NO_FILE)]
            continue
        labels = {left.label for left in result.left if left.path}
        labels |= {conflict.label for conflict in result.conflicts}
        parts = {left.label for left in result.left if left.path[:1] == ("§",)}
        result.left += [
            Remainder((), region.label, region.before, region.after, region.reason)
            for region in around
            if region.label not in parts
            and not (labels and region.titles and _announce(region, labels))
            and not _is_named_voices(region, result.left, result.waiting)
            and not _is_named_parameters(region, result.left)
        ]


def _by_line(page: EditedPage) -> Sequence[Region]:
    """All that people changed on a page that no file gives, also where it looks like a field."""
    then, now = (lines_of(body) for body in (page.edits[0].before, page.edits[-1].after))
    return regions(then, now, then)


def _announce(region: Region, labels: Collection[str]) -> bool:
    """Whether the titles that came are those of passages that are named: nobody's own words."""
    return all(line.strip("= ") in labels for line in region.after.split("\n") if line)


def _is_named_parameters(region: Region, left: Iterable[Remainder]) -> bool:
    """Whether a passage is the names of parameters alone, whose texts are named already."""
    names = {passage.label.rpartition(" : ")[2] for passage in left if passage.path}
    lines = [*region.before.split("\n"), *region.after.split("\n")]
    parameters = [_PARAMETER.match(line) for line in lines if line]
    return bool(parameters) and all(
        parameter is not None and parameter["name"] in names for parameter in parameters
    )


def _is_named_voices(
    region: Region, left: Iterable[Remainder], waiting: Iterable[PendingVoice]
) -> bool:
    """Whether a passage is the heading, box or words of voices that are named as a whole."""
    shown = {line for event in waiting for line in event.text.split("\n")} | {
        line
        for passage in left
        if passage.path[:2] == ("§", VOICES)
        or (passage.path[:1] == ("voix",) and len(passage.path) == 2)
        for line in (*passage.before.split("\n"), *passage.after.split("\n"))
    }
    lines = (*region.before.split("\n"), *region.after.split("\n"))
    return bool(shown) and all(
        line in shown or (_AROUND_A_VOICE.match(line) and _tells_of(line, shown)) for line in lines
    )


def _tells_of(line: str, shown: Iterable[str]) -> bool:
    """Whether a heading of a voice names nobody but who is named in the lines that are shown;
    another line names nobody. Of voices that only moved, no line is shown."""
    if not line.startswith("=") or not any(shown):
        return True
    who = line.strip("= ").partition("·")[0].casefold()
    said = "\n".join(shown).casefold()
    return all(name.strip() in said for name in who.split(","))
