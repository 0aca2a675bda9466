"""The marked block: the one part of a page that the bot owns. Pure.

In a page::

    <!-- loosbot record-title-hash -->
    body
    <!-- /loosbot record -->

Each of the three is the beginning of a SHA-256, so that nothing in a comment can be searched for:
the wiki's own search shows the first lines of wikitext that match. Which record a page is, its
tracking category tells. In a template both comments and their newlines stand in ``<noinclude>``,
so that nothing of them reaches the pages that call it. Text that only looks like a marker, or the
marker of another record, is text like any other.

Before, the two were (format 1, still read, never written)::

    <!-- loosbot corpus id hash | title | words for people -->
    <!-- /loosbot corpus id | words for people -->
"""

from __future__ import annotations

import hashlib
import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import field
from dataclasses import replace as replace_
from typing import Literal

from loosbot import lazy
from loosbot.canonical import canonical, storable
from loosbot.frozen import dataclass
from loosbot.wikitext.names import normal_title

HASH_DIGITS = 10
TAG_DIGITS = 6
_IN, _OUT = "<noinclude>", "</noinclude>"

Shape = Literal["page", "template"]


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """Whose block it is. ``str()`` gives the sort key of the tracking category.

    ``former`` are the ids that the record had before: a block that still bears one is its block.
    """

    corpus: str
    id: str
    former: tuple[str, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return f"{self.corpus}:{self.id}"


@dataclass(frozen=True, slots=True)
class Block:
    """A whole block. ``titled`` is the tag of the title that the corpus wanted then.

    ``hash`` is the one that the marker names; ``body`` is what stands between the markers.
    """

    key: Key
    titled: str
    body: str
    hash: str
    shape: Shape

    @property
    def intact(self) -> bool:
        """Whether the body is still the one that the hash was made from."""
        return _sha256(canonical(self.body)).startswith(self.hash)


@dataclass(frozen=True, slots=True)
class MarkedBlock:
    """A block in a text: ``text[start:end]``. ``marks`` are its two comments, as they stand."""

    block: Block
    start: int
    end: int
    span: str
    marks: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Missing:
    """No block: the text has no marker of this key."""


@dataclass(frozen=True, slots=True)
class DuplicateMarkers:
    """No block to trust: an opening or closing marker is there more than once."""


@dataclass(frozen=True, slots=True)
class DamagedMarkers:
    """No block to trust: a marker is alone, out of order, or edited."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """One of the two comments: ``text[start:end]``. ``hash`` is "" in one that closes."""

    start: int
    end: int
    text: str
    closes: bool
    titled: str
    hash: str


def _hash_of_canonical(body: str) -> str:
    """The hash that a marker carries: SHA-256 of the canonical body, 10 hex digits.

    It finds an accident to our own text, and nobody gains by forging it: 40 bits are enough.
    """
    return _sha256(body)[:HASH_DIGITS]


def title_tag(title: str) -> str:
    """The hash of a title in a marker; equal for all spellings of one MediaWiki title."""
    return _sha256(normal_title(title))[:TAG_DIGITS]


def record_tag(key: Key) -> str:
    """The hash of a record's id, which both markers hold."""
    return _sha256(str(key))[:TAG_DIGITS]


def _sha256(text: str) -> str:
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


def make(key: Key, title: str, body: str, shape: Shape = "page") -> Block:
    """A block for this body.

    Raises ValueError, in French, where the markers around it would not work: an empty body, one
    that holds these very markers, a comment that is not closed, a page's that could be taken for
    a template's.
    """
    body = storable(body)
    if shape == "page":
        body = body.lstrip("\n")  # a blank line beside a comment shows as an empty paragraph
    if not body:
        raise ValueError("Le texte à publier est vide.")
    if shape == "page" and (body.startswith(_OUT) or body.endswith(_IN)):
        raise ValueError("Le texte ferme un <noinclude> qu’il n’ouvre pas, ou l’inverse.")
    if any(_markers(body, key)):
        raise ValueError("Le texte contient les marques de son propre bloc.")
    if body.rfind("<!--") > body.rfind("-->"):
        raise ValueError("Le texte contient un commentaire <!-- qui n’est pas fermé par -->.")
    return Block(key, title_tag(title), body, _hash_of_canonical(body), shape)


def write(block: Block) -> str:
    """The block as wikitext, markers included; also the whole text of a new page."""
    tag = record_tag(block.key)
    begin = f"<!-- loosbot {tag}-{block.titled}-{block.hash} -->\n"
    end = f"\n<!-- /loosbot {tag} -->"
    if block.shape == "template":
        begin, end = f"{_IN}{begin}{_OUT}", f"{_IN}{end}{_OUT}"
    return begin + block.body + end


def find(text: str, key: Key) -> MarkedBlock | Missing | DuplicateMarkers | DamagedMarkers:
    """The block of ``key`` in a page's text; Missing, Doubled or Damaged where there is none to
    trust."""
    marks = list(_markers(text, key))
    begins = [mark for mark in marks if not mark.closes]
    if not marks:
        return Missing()
    if len(begins) > 1 or len(marks) - len(begins) > 1:
        return DuplicateMarkers()
    if len(marks) != 2 or marks[0] is not begins[0]:
        return DamagedMarkers()
    begin, end = marks
    if not begin.hash:
        return DamagedMarkers()
    if text[: begin.start].endswith(_IN) or key.id.startswith("modele/"):
        return _template(text, key, begin, end)
    return _page(text, key, begin, end)


def marked_in(text: str | None, key: Key) -> MarkedBlock | None:
    """The block of ``key`` in a page's text; None where there is none to trust, and no text."""
    marked = find(text or "", key)
    return marked if isinstance(marked, MarkedBlock) else None


def _page(text: str, key: Key, begin: _Mark, end: _Mark) -> MarkedBlock:
    """The block between two markers. What somebody typed on the line of a marker, inside, is
    text of the block like any other."""
    body = text[begin.end : end.start]
    body = body.removeprefix("\n").removesuffix("\n") if body != "\n" else ""
    return _marked_block(text, key, (begin, end), (begin.start, end.end), body, "page")


def _template(text: str, key: Key, begin: _Mark, end: _Mark) -> MarkedBlock | DamagedMarkers:
    """The block of a template: its markers stand in ``<noinclude>``. What somebody typed with one
    of them there belongs to the marker."""
    opening, closing = _around(text, begin), _around(text, end)
    if opening is None or closing is None or opening[1] > closing[0]:
        return DamagedMarkers()
    marks = (begin, end)
    around = (text[slice(*opening)], text[slice(*closing)])
    if around != (f"{_IN}{begin.text}\n{_OUT}", f"{_IN}\n{end.text}{_OUT}"):
        marks = (replace_(begin, text=around[0]), replace_(end, text=around[1]))
    body = text[opening[1] : closing[0]]
    return _marked_block(text, key, marks, (opening[0], closing[1]), body, "template")


def _around(text: str, mark: _Mark) -> tuple[int, int] | None:
    """Where the ``<noinclude>`` of a marker begins and ends; None where it stands in none."""
    start, stop = text.rfind(_IN, 0, mark.start), text.find(_OUT, mark.end)
    if start < 0 or stop < 0:
        return None
    alone = _OUT not in text[start : mark.start] and _IN not in text[mark.end : stop]
    return (start, stop + len(_OUT)) if alone else None


def _marked_block(
    text: str, key: Key, marks: tuple[_Mark, _Mark], span: tuple[int, int], body: str, shape: Shape
) -> MarkedBlock:
    begin, end = marks
    block = Block(key, begin.titled, body, begin.hash, shape)
    return MarkedBlock(block, *span, text[slice(*span)], (begin.text, end.text))


def is_marked(text: str) -> bool:
    """Whether a text holds the marker of any block."""
    return _MARK.search(text) is not None


def replace(text: str, marked: MarkedBlock, block: Block) -> str:
    """The text with another block in place of ``marked``; the rest stays as it is."""
    return text[: marked.start] + write(block) + text[marked.end :]


def adopt(text: str, block: Block) -> str:
    """A page written by people, with our block above what they wrote.

    They may have made it again from an old text of ours: a block that is still as we wrote it
    gives its place to the new one, of any other the markers alone are taken out.
    """
    rest, place = _without_copies(text, block.key)
    if place is None:
        return f"{write(block)}\n{rest}"
    return rest[:place] + write(block) + rest[place:]


def reclaim(text: str, block: Block, published: str = "") -> str | None:
    """A page whose block people changed, with our block in its place again.

    All that stands outside it stays, byte for byte. Markers that cannot be trusted are taken
    out, with every copy of the block that is still whole; ours then stands in the place of the
    first such copy, or of the body ``published`` last if it is there word for word, or else above
    what people wrote. None for a template that would have to stand above: it would show twice.
    """
    if marked := marked_in(text, block.key):
        return replace(text, marked, block)
    rest, place = _without_copies(text, block.key)
    if place is None and published and rest.count(published) == 1:
        place = rest.index(published)
        rest = rest.replace(published, "")
    if place is not None:
        return rest[:place] + write(block) + rest[place:]
    if not rest.strip():
        return write(block)
    return None if block.shape == "template" else adopt(rest, block)


def _without_copies(text: str, key: Key) -> tuple[str, int | None]:
    """The text without markers and without whole copies, and where the first of those stood."""
    marks = list(_markers(text, key))
    pieces: list[str] = []
    place: int | None = None
    position = 0
    for begin, end in itertools.pairwise(marks):
        first = begin.start - len(_IN) if text[: begin.start].endswith(_IN) else begin.start
        last = end.end + len(_OUT) if text.startswith(_OUT, end.end) else end.end
        copy = marked_in(text[first:last], key)
        if copy and copy.block.intact and first >= position:
            pieces.append(_unmarked(text[position:first], key))
            place = sum(map(len, pieces)) if place is None else place
            position = last
    pieces.append(_unmarked(text[position:], key))
    return "".join(pieces), place


def _unmarked(text: str, key: Key) -> str:
    """The text without the markers of ``key``, nor the <noinclude> made for one of them."""
    position = 0
    pieces = []
    for mark in _markers(text, key):
        start, end = mark.start, mark.end
        for before, after in ((_IN, f"\n{_OUT}"), (f"{_IN}\n", _OUT)):
            if text[:start].endswith(before) and text.startswith(after, end):
                start, end = start - len(before), end + len(after)
                break
        pieces.append(text[position:start])
        position = end
    return "".join((*pieces, text[position:]))


_MARK = lazy.pattern(
    r"<!-- (?P<end>/?)loosbot (?:"
    rf"(?P<record>[0-9a-f]{{{TAG_DIGITS}}})"
    rf"(?:-(?P<titled>[0-9a-f]{{{TAG_DIGITS}}})-(?P<hash>[0-9a-f]{{{HASH_DIGITS}}}))?"
    # people may have written inside the markers
    r"(?: [^|>\n]*)?"
    # format 1
    r"|(?P<corpus>[^\s|>]+) (?P<id>[^\s|>]+)(?: (?P<long>[0-9a-f]{16}))?"
    r"(?: \| (?P<title>[^|>\n]*))? \| [^|>\n]*"
    r") -->"
)


def _markers(text: str, key: Key) -> Iterator[_Mark]:
    """The markers of ``key``, of both formats, in order."""
    if "<!-- loosbot " not in text and "<!-- /loosbot " not in text:
        return
    keys = (key, *(Key(key.corpus, id_) for id_ in key.former))
    tags = {record_tag(known) for known in keys}
    names = {(_quote(known.corpus), _quote(known.id)) for known in keys}
    for marker in _MARK.finditer(text):
        if marker["record"] in tags or (marker["corpus"], marker["id"]) in names:
            title = marker["title"]
            titled = marker["titled"] or (title_tag(_unquote(title)) if title else "")
            hash_ = marker["hash"] or marker["long"] or ""
            yield _Mark(*marker.span(), marker[0], bool(marker["end"]), titled, hash_)


def _quote(text: str) -> str:
    """How format 1 wrote a name: letters and digits of any script, the rest as ``%XX``."""
    return "".join(
        letter
        if letter.isalnum() or letter in "-._/:'"
        else "".join(f"%{byte:02X}" for byte in letter.encode())
        for letter in unicodedata.normalize("NFC", text)
    )


def _unquote(text: str) -> str:
    data = re.sub(rb"%([0-9A-F]{2})", lambda escaped: bytes([int(escaped[1], 16)]), text.encode())
    return data.decode("utf-8", "replace")
