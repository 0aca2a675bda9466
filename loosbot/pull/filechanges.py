"""What an edit changes, made in the bytes of one file; or why the file cannot say it. Pure."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from loosbot.corpus.check import checkedfile
from loosbot.corpus.paths import Place
from loosbot.corpus.yaml.patch import Change, Put, Unpatchable, apply, patch, patch_page
from loosbot.decode.merging import apart
from loosbot.decode.moved import CUT, is_cut
from loosbot.decode.threeway import Difference, beyond_any_file
from loosbot.fields.prose import prose
from loosbot.fields.site import Site
from loosbot.fields.slots import Slot
from loosbot.frozen import dataclass
from loosbot.pull.prose import Languages
from loosbot.pull.translate import BODY, Reading, at_once, changes
from loosbot.render.template import with_written_names
from loosbot.wikitext.names import Names
from loosbot.wikitext.unmarkdown import to_markdown
from loosbot.wikitext.wikicode import Undecodable


@dataclass(frozen=True, slots=True)
class File:
    """The file of one page, and what reading its page back needs."""

    place: Place
    data: bytes
    site: Site
    paths: Callable[[str], str]
    """Path of the file that has this id, "" where none has."""


def possible_part(
    file: File, difference: Difference, refused: str
) -> tuple[Difference | None, bytes, str]:
    """The part of a difference that its file can say, the bytes with it, and why it cannot say
    the rest."""
    if refused:
        return None, file.data, refused
    changed, reason = tried(file, difference)
    if not reason:
        return difference, changed, ""
    # cut into its smallest changes, so that one that fails leaves the others
    pieces = tuple(part for splice in difference.splices for part in apart(splice))
    if len(pieces) < 2:
        return None, file.data, reason
    difference = replace(difference, splices=pieces)
    good = tuple(
        splice
        for splice in difference.splices
        if not tried(file, replace(difference, splices=(splice,)))[1]
    )
    some = replace(difference, splices=good)
    changed, still = tried(file, some) if good else (file.data, reason)
    if still and good:
        # a splice that cites a note which its own side lacks has taken that of the other side
        alone = (replace(difference, splices=(splice,)) for splice in good)
        good = tuple(cut.splices[0] for cut in alone if not beyond_any_file(cut, file.site.names))
        some = replace(difference, splices=good)
        changed, still = tried(file, some) if good else (file.data, reason)
    return (None, file.data, reason) if still else (some, changed, reason)


def tried(file: File, *differences: Difference) -> tuple[bytes, str]:
    """The bytes with these differences made, or why the file cannot say them."""
    try:
        return _changed(file, differences), ""
    except (Undecodable, Unpatchable) as error:
        return file.data, str(error)


def rest(difference: Difference, possible: Difference | None) -> Difference:
    """What a file cannot say of a difference whose ``possible`` part it can; all where None."""
    if possible is None:
        return difference
    whole = (part for splice in difference.splices for part in apart(splice))
    left = tuple(part for part in whole if part not in possible.splices)
    return replace(difference, splices=left)


def _changed(file: File, differences: Sequence[Difference]) -> bytes:
    """The bytes with these differences made. Raises Undecodable, Unpatchable."""
    if file.place.kind == "template":
        return _template(file, differences[0])
    checked = checkedfile.read(file.place, file.data)
    whole: dict[str, Any] = {**(checked.data or {})}
    if file.place.kind == "page":
        whole[BODY[0]] = checked.body  # type: ignore[index]  # BODY holds one key
    wanted: list[Change] = []
    for difference in differences:
        if difference.theirs and is_cut(difference.theirs):
            raise Undecodable(CUT)
        some = changes(
            difference, Reading(whole, file.site.names, languages(file, difference.slot))
        )
        wanted += some
        if len(differences) > 1:
            whole = apply(whole, some)
    if len(differences) > 1:
        wanted = at_once(wanted, differences[0].slot.path[:-1], whole)
    if file.place.kind == "page":
        fields = [change for change in wanted if change.path != BODY]
        body = next((_body(change) for change in wanted if change.path == BODY), None)
        result = patch_page(file.data, fields, body)
    else:
        result = patch(file.data, wanted)
    for finding in checkedfile.read(file.place, result).all_findings():
        if finding.severity == "error":
            # what ``check`` says to write is what to write on the wiki
            raise Undecodable(f"{finding.message} {finding.hint}".rstrip())
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
    link = partial(_link, file)
    return Languages(
        to_wikitext=lambda markdown: site.names.read.ask(
            (path, slot.level, "markdown", markdown),
            lambda: prose(markdown, site, path, slot.level),
        ),
        to_markdown=lambda text: site.names.read.ask(
            (path, slot.level, text), lambda: to_markdown(text, level=slot.level, link=link)
        ),
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
