"""One edit of one page carried into the bytes of its file. Pure."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from loosbot.corpus import drafts
from loosbot.corpus.model import KeyPath
from loosbot.corpus.patch import Put, Unpatchable, patch, patch_page
from loosbot.corpus.paths import Place
from loosbot.decode.slots import Slot, Slots
from loosbot.decode.threeway import Difference, compare
from loosbot.decode.voicing import without
from loosbot.pull.model import Conflict, Left, Step, Taken
from loosbot.pull.prose import Languages
from loosbot.pull.translate import BODY, Reading, changes
from loosbot.render.names import Names
from loosbot.render.prose import prose
from loosbot.render.site import Site
from loosbot.render.template import with_written_names
from loosbot.render.unmarkdown import to_markdown
from loosbot.render.wikicode import Undecodable


@dataclass(frozen=True, slots=True)
class File:
    """The file of one page, and what reading its page back needs."""

    place: Place
    data: bytes
    site: Site
    paths: Callable[[str], str]
    """Path of the file that has this id, "" where none has."""


def carry(
    file: File, base: Slots, theirs: Slots, ours: Slots, refused: Mapping[KeyPath, str]
) -> tuple[Step, Slots]:
    """Make the changes of one edit in its file; also the slots that the file then shows.

    ``refused`` says of slots whose change was tried why it cannot stay in the file.
    """
    data = file.data
    taken: list[Taken] = []
    conflicts: list[Conflict] = []
    left: list[Left] = []
    shown = dict(ours)
    for difference in compare(base, theirs, ours, file.site.names):
        slot = difference.slot
        if difference.kind == "fixed":
            left.append(_left(difference, difference.reason))
            continue
        conflicts += (
            Conflict(slot.path, slot.label, *map("\n\n".join, (one.base, one.theirs, one.ours)))
            for one in difference.clashes
        )
        now = replace(file, data=data)
        possible, reason = _possible(now, difference, refused.get(slot.path, ""))
        if reason:
            left.append(_left(_rest(difference, possible), reason))
        changed = _changed(now, possible) if possible else data
        if possible and changed != data:
            data = changed
            taken.append(_taken(possible))
            shown = _after(shown, possible)
    step = Step(data if data != file.data else None, tuple(taken), tuple(conflicts), tuple(left))
    return step, shown


def _possible(file: File, difference: Difference, refused: str) -> tuple[Difference | None, str]:
    """The part of a difference that its file can say, and why it cannot say the rest."""
    if refused:
        return None, refused
    reason = _impossible(file, difference)
    if not reason or len(difference.splices) < 2:
        return (None if reason else difference), reason
    good = tuple(
        one
        for one in difference.splices
        if not _impossible(file, replace(difference, splices=(one,)))
    )
    some = replace(difference, splices=good)
    return (some if good and not _impossible(file, some) else None), reason


def _impossible(file: File, difference: Difference) -> str:
    """Why the file cannot say this, "" where it can."""
    try:
        _changed(file, difference)
    except (Undecodable, Unpatchable) as error:
        return str(error)
    return ""


def _rest(difference: Difference, possible: Difference | None) -> Difference:
    if possible is None:
        return difference
    left = tuple(one for one in difference.splices if one not in possible.splices)
    return replace(difference, splices=left)


def _changed(file: File, difference: Difference) -> bytes:
    """The bytes with one difference made. Raises Undecodable, Unpatchable."""
    if file.place.kind == "template":
        return _template(file, difference)
    draft = drafts.read(file.place, file.data)
    whole: dict[str, Any] = {**(draft.data or {})}
    if file.place.kind == "page":
        whole[BODY[0]] = draft.body  # type: ignore[index]  # BODY holds one key
    reading = Reading(whole, file.site.names, languages(file, difference.slot))
    wanted = changes(difference, reading)
    if file.place.kind == "page":
        fields = [one for one in wanted if one.path != BODY]
        body = next((_body(one) for one in wanted if one.path == BODY), None)
        result = patch_page(file.data, fields, body)
    else:
        result = patch(file.data, wanted)
    for finding in drafts.read(file.place, result).all_findings():
        if finding.severity == "error":
            raise Undecodable(finding.message)
    return result


def _body(change: object) -> str:
    return str(change.value) if isinstance(change, Put) else ""


def _template(file: File, difference: Difference) -> bytes:
    """A template is copied back as it stands; lines that clash leave it alone."""
    if difference.clashes or difference.ours is None:
        raise Undecodable("le modèle a changé aussi dans le dépôt, aux mêmes lignes")
    lines = list(difference.ours.texts)
    for splice in reversed(difference.splices):
        lines[splice.start : splice.end] = splice.new
    text = with_written_names("\n".join(lines), file.site)
    return (text + "\n" if file.data.endswith(b"\n") else text).encode()


def languages(file: File, slot: Slot) -> Languages:
    """Both ways between the Markdown of a slot and its wikitext."""
    path, site = file.place.path, file.site
    return Languages(
        to_wikitext=lambda markdown: prose(markdown, site, path, slot.level),
        to_markdown=partial(to_markdown, level=slot.level, link=partial(_link, file)),
    )


def _link(file: File, title: str, fragment: str) -> str | None:
    """What a Markdown link to this wiki page holds: the path of its file, from this one."""
    names: Names = file.site.names
    id_ = names.identify(title, fragment)
    path = file.paths(id_) if id_ else ""
    if not path:
        return None
    target = posixpath.relpath(path, posixpath.dirname(file.place.path) or ".")
    return f"{target}#{fragment}" if fragment and id_ not in names.rows else target


def _after(slots: Slots, difference: Difference) -> Slots:
    """The slots that the file shows once it has taken this difference."""
    slot = difference.slot
    if difference.splices and difference.ours:
        texts = list(difference.ours.texts)
        for splice in reversed(difference.splices):
            texts[splice.start : splice.end] = splice.new
        return {**slots, slot.path: replace(difference.ours, texts=tuple(texts))}
    if difference.theirs is None and slot.path[:1] == ("voix",) and len(slot.path) == 2:
        return without(slots, int(slot.path[1]))
    if difference.theirs is None:
        return {path: one for path, one in slots.items() if path != slot.path}
    return {**slots, slot.path: difference.theirs}


def _taken(difference: Difference) -> Taken:
    slot = difference.slot
    if difference.splices:
        old = "\n\n".join(text for one in difference.splices for text in one.old)
        new = "\n\n".join(text for one in difference.splices for text in one.new)
        return Taken(slot.path, slot.label, old, new)
    return Taken(slot.path, slot.label, _text(difference.base), _text(difference.theirs))


def _left(difference: Difference, reason: str) -> Left:
    slot = difference.slot
    if difference.splices:
        taken = _taken(difference)
        return Left(slot.path, slot.label, taken.before, taken.after, reason)
    return Left(slot.path, slot.label, _text(difference.base), _text(difference.theirs), reason)


def _text(slot: Slot | None) -> str:
    return "\n\n".join(slot.texts) if slot else ""
