"""A prose that changed, back into its Markdown: only the paragraphs that changed are rewritten.

The author's own paragraphs stay as they are typed, with their line breaks. The result is always
rendered again and compared; a Markdown that cannot be taken apart is written anew as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import product

from loosbot import lazy
from loosbot.corpus.references import definitions, labels
from loosbot.decode.merging import Splice, apart
from loosbot.frozen import dataclass
from loosbot.pull.prosenotes import (
    DEFINITION,
    NOTE,
    Notes,
    cited_names,
    is_glued,
    joined,
    notes_of,
    only_defines,
    parts_of,
    without_uncited,
)
from loosbot.pull.relaid import relaid, rewrap
from loosbot.wikitext.notes import cited_in_full
from loosbot.wikitext.unmarkdown import Undecodable, split_blocks

_FENCE = lazy.pattern(r"[ >\t]*(?:[-*+] |[0-9]{1,9}[.)] )*(`{3,}+|~{3,}+)")
_NAMED = lazy.pattern(r'<ref name="note-[0-9a-f]{12}">')
_SHARED = lazy.pattern(r'<ref name="note-[0-9a-f]{12}">(.*?)</ref>', re.DOTALL)
_BLANKS = " \t\n"
"""What ends a text without showing; a no-break space is a character like any other."""


@dataclass(frozen=True, slots=True)
class Languages:
    """One prose in both forms; ``to_markdown`` raises ``wikicode.Undecodable``."""

    to_wikitext: Callable[[str], str]
    to_markdown: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Some Markdown between blank lines, which shows as the blocks ``first`` to ``last``.

    ``gap`` is what stands between it and the chunk above.
    """

    text: str
    first: int
    last: int
    gap: str


def spliced(
    source: str, shown: Sequence[str], splices: Sequence[Splice], languages: Languages
) -> str:
    """The Markdown that shows ``shown``, the blocks of ``source``, with ``splices`` made in it.

    Raises ``wikicode.Undecodable`` where Markdown cannot say it, and where ``source`` says more
    than ``shown``: what is written anew would be without it.
    """
    blocks = list(shown)
    for splice in reversed(splices):
        blocks[splice.start : splice.end] = splice.new
    wanted = languages.to_markdown(_shared("\n\n".join(blocks)))
    end = source[len(source.rstrip(_BLANKS)) :]
    # each paragraph in the layout of the one that it was, however many changed side by side
    each = [part for splice in splices for part in apart(splice)]
    ways = (each, splices) if each != list(splices) else (splices,)
    for parts, renotes, shares in product(ways, (True, False), (True, False)):
        try:
            patient = _patched(
                source.rstrip(_BLANKS), shown, parts, languages, renotes=renotes, shares=shares
            )
        except Undecodable:  # a piece that Markdown can say among its neighbours alone
            patient = None
        if patient is not None and _says(patient, languages) == wanted:
            return patient + end
    if _says(source, languages) != languages.to_markdown(_shared("\n\n".join(shown))):
        raise Undecodable("la page ne montre pas tout le texte du fichier")
    return wanted + end if wanted else ""


def _shared(wikitext: str) -> str:
    """The same text, where a note that has got a name has it wherever its words stand: who cites
    a note again names it, and the paragraph that had it already says what it said."""
    for note in {match[0]: match[1] for match in _SHARED.finditer(wikitext)}.items():
        wikitext = wikitext.replace(f"<ref>{note[1]}</ref>", note[0])
    return wikitext


def _says(markdown: str, languages: Languages) -> str:
    return languages.to_markdown(languages.to_wikitext(markdown))


def _patched(
    source: str,
    shown: Sequence[str],
    splices: Sequence[Splice],
    languages: Languages,
    *,
    renotes: bool,
    shares: bool,
) -> str | None:
    """``source`` with only the chunks that changed rewritten; None where it has no such chunks.

    ``renotes`` says that a note with other words is the one that the source has; else it is one
    beside it, which other chunks still cite. ``shares`` says the same of one with its words.
    """
    parts = parts_of(source)
    chunks = _chunks(parts, shown, languages)
    if chunks is None:
        return None
    notes = Notes(notes_of(parts[::2]), shares=shares)
    out: list[tuple[str, str]] = []
    done = 0
    pending = list(splices)
    end = _end(chunks)
    for number, chunk in enumerate(chunks):
        mine = [splice for splice in pending if _belongs(splice, chunk, number == end)]
        pending = [splice for splice in pending if splice not in mine]
        if not mine:
            if done <= chunk.first:
                out.append((chunk.gap, chunk.text))
            continue
        while mine and mine[0].start == mine[0].end == chunk.first:
            # an addition at the edge leaves the chunk after it as it is
            text = languages.to_markdown("\n\n".join(mine.pop(0).new))
            out.append(("\n\n", notes.cited_in(text, "")))
        if not mine:
            out.append((chunk.gap, chunk.text))
            continue
        blocks: list[str] = []
        at = max(chunk.first, done)
        for splice in mine:
            blocks += [*shown[at : splice.start], *splice.new]
            at = max(at, splice.end)
        blocks += shown[at : chunk.last]
        done = at
        anew = languages.to_markdown("\n\n".join(blocks))
        if changed := notes.cited_in(anew, chunk.text if renotes else ""):
            out.append((chunk.gap, _in_layout_of(chunk.text, changed, languages)))
    if pending or not out:
        return None if pending else ""
    pieces = [
        (gap, notes.renoted.get(note[1], text) if (note := DEFINITION.match(text)) else text)
        for gap, text in out
    ]
    gap = "\n" if any(is_glued(gap, text) for gap, text in pieces) else "\n\n"
    pieces += [(gap, definition) for definition in notes.new.values()]
    gone = cited_names(parts[::2]) - cited_names(text for _, text in pieces)
    return joined(without_uncited(pieces, gone))


def _end(chunks: Sequence[_Chunk]) -> int:
    """The chunk at which an addition to the end belongs: notes at the end stay there."""
    shown = [number for number, chunk in enumerate(chunks) if chunk.first < chunk.last]
    return min(shown[-1] + 1 if shown else 0, len(chunks) - 1)


def _in_layout_of(before: str, after: str, languages: Languages) -> str:
    if _is_as_we_write(before, languages):
        return after
    wanted = _says(after, languages)
    kept = relaid(before, after, lambda text: _says(text, languages) == wanted)
    return rewrapped(before, after, languages) if kept is None else kept


def _is_as_we_write(markdown: str, languages: Languages) -> bool:
    """Whether its layout is what we would write anyway, so that none is to be kept."""
    try:
        return _says(markdown, languages) == markdown
    except Undecodable:
        return False


def _belongs(splice: Splice, chunk: _Chunk, is_last: bool) -> bool:
    return chunk.first <= splice.start < chunk.last or (is_last and splice.start == chunk.last)


def _chunks(
    parts: Sequence[str], shown: Sequence[str], languages: Languages
) -> list[_Chunk] | None:
    """The chunks of a Markdown, each with the blocks that it alone gives; None if they are not
    all of ``shown``. Notes are read where they are cited, whatever their place in the text."""
    texts = list(parts[::2])
    gaps = [*parts[1::2], ""]
    notes = notes_of(texts)
    links = [text for text in texts if only_defines(text)]
    cited = labels(text for text in texts if not only_defines(text))
    wanted = _unnamed(shown)
    chunks: list[_Chunk] = []
    at = start = 0
    while start < len(texts):
        for stop in range(start + 1, len(texts) + 1):
            text = "".join(texts[n] + (gaps[n] if n < stop - 1 else "") for n in range(start, stop))
            blocks = _blocks(
                text, notes, [link for link in links if link != text], cited, languages
            )
            is_whole = stop == len(texts) or not _in_fence(text)
            if is_whole and wanted[at : at + len(blocks)] == blocks:
                break
        else:
            return None
        gap = gaps[start - 1] if start else ""
        chunks.append(_Chunk(text, at, at + len(blocks), gap))
        at += len(blocks)
        start = stop
    return chunks if at == len(shown) else None


def _in_fence(text: str) -> bool:
    """Whether the text ends inside a fence, where a blank line ends nothing."""
    fence = ""
    for line in text.split("\n"):
        fence_line = _FENCE.match(line)
        if fence_line and not fence:
            fence = fence_line[1]
        elif (
            fence_line and fence_line[1].startswith(fence) and not line[fence_line.end() :].strip()
        ):
            fence = ""
    return bool(fence)


def _blocks(
    text: str, notes: dict[str, str], links: list[str], labelled: set[str], languages: Languages
) -> list[str]:
    if DEFINITION.match(text):
        return []
    if only_defines(text) and all(
        definition.label in labelled for definition in definitions(text)[0]
    ):
        return []
    cited = [notes[name] for name in dict.fromkeys(NOTE.findall(text)) if name in notes]
    here = labels([text])
    cited += [part for part in links if any(link.label in here for link in definitions(part)[0])]
    wikitext = languages.to_wikitext("\n\n".join([text, *cited]))
    return _unnamed(split_blocks(cited_in_full(wikitext))) if wikitext else []


def _unnamed(blocks: Sequence[str]) -> list[str]:
    """Blocks without the names of their notes: one that others cite too has one."""
    return [_NAMED.sub("<ref>", block) for block in blocks]


def rewrapped(before: str, after: str, languages: Languages) -> str:
    """``after``, its first paragraph with the line breaks of ``before`` where the words are
    the same."""
    after, gap, others = after.partition("\n\n")
    if "\n" not in before or "\n" in after:
        return after + gap + others
    lines = rewrap(before.split("\n"), after)
    wrapped = "\n".join(lines)
    # a line that now begins with a dash or a number would be an item of a list
    same = _says(wrapped, languages) == _says(after, languages)
    return (wrapped if same else after) + gap + others
