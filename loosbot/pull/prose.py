"""A prose that changed, back into its Markdown: only the paragraphs that changed are rewritten.

The author's own paragraphs stay as they are typed, with their line breaks. The result is always
rendered again and compared; a Markdown that cannot be taken apart (notes that several paragraphs
share) is written anew as a whole.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from loosbot.decode.threeway import Splice
from loosbot.render.unmarkdown import split_blocks

_GAP = re.compile(r"(\n[ \t]*(?:\n[ \t]*)+)")
_NOTE = re.compile(r"\[\^([^\]\n]*)\]")
_DEFINITION = re.compile(r"\[\^([^\]\n]*)\]:")
_LONGEST_LINE = 100
_BLANKS = " \t\n"
"""What ends a text without showing; a no-break space is a character like any other."""


@dataclass(frozen=True, slots=True)
class Languages:
    """One prose in both forms; ``to_markdown`` raises ``wikicode.Undecodable``."""

    to_wikitext: Callable[[str], str]
    to_markdown: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Some Markdown between blank lines, which shows as the blocks ``first`` to ``last``."""

    text: str
    first: int
    last: int


def spliced(
    source: str, shown: Sequence[str], splices: Sequence[Splice], languages: Languages
) -> str:
    """The Markdown that shows ``shown``, the blocks of ``source``, with ``splices`` made in it.

    Raises ``wikicode.Undecodable`` where Markdown cannot say it.
    """
    blocks = list(shown)
    for splice in reversed(splices):
        blocks[splice.start : splice.end] = splice.new
    wanted = languages.to_markdown("\n\n".join(blocks))
    end = source[len(source.rstrip(_BLANKS)) :]
    patient = _patched(source.rstrip(_BLANKS), shown, splices, languages)
    if patient is not None and _says(patient, languages) == wanted:
        return patient + end
    return wanted + end if wanted else ""


def _says(markdown: str, languages: Languages) -> str:
    return languages.to_markdown(languages.to_wikitext(markdown))


def _patched(
    source: str, shown: Sequence[str], splices: Sequence[Splice], languages: Languages
) -> str | None:
    """``source`` with only the chunks that changed rewritten; None where it has no such chunks."""
    parts = _GAP.split(source)
    chunks = _chunks(parts, shown, languages)
    if chunks is None:
        return None
    notes = _notes(parts[::2])
    out: list[str] = []
    done = 0
    pending = list(splices)
    for number, chunk in enumerate(chunks):
        mine = [one for one in pending if _belongs(one, chunk, number == len(chunks) - 1)]
        pending = [one for one in pending if one not in mine]
        if not mine:
            if done <= chunk.first:
                out.append(chunk.text)
            continue
        while mine and mine[0].start == mine[0].end == chunk.first:
            # an addition at the edge leaves the chunk after it as it is
            added = _with_known_notes(languages.to_markdown("\n\n".join(mine.pop(0).new)), notes)
            if added is None:
                return None
            out.append(added)
        if not mine:
            out.append(chunk.text)
            continue
        blocks: list[str] = []
        at = max(chunk.first, done)
        for splice in mine:
            blocks += [*shown[at : splice.start], *splice.new]
            at = max(at, splice.end)
        blocks += shown[at : chunk.last]
        done = at
        text = _with_known_notes(languages.to_markdown("\n\n".join(blocks)), notes)
        if text is None:
            return None
        if text:
            out.append(rewrapped(chunk.text, text, languages))
    return None if pending else "\n\n".join(out)


def _belongs(splice: Splice, chunk: _Chunk, is_last: bool) -> bool:
    return chunk.first <= splice.start < chunk.last or (is_last and splice.start == chunk.last)


def _chunks(
    parts: Sequence[str], shown: Sequence[str], languages: Languages
) -> list[_Chunk] | None:
    """The chunks of a Markdown, each with the blocks that it alone gives; None if they are not
    all of ``shown``. Notes are read where they are cited, whatever their place in the text."""
    texts = list(parts[::2])
    gaps = [*parts[1::2], ""]
    notes = _notes(texts)
    chunks: list[_Chunk] = []
    at = start = 0
    while start < len(texts):
        for stop in range(start + 1, len(texts) + 1):
            text = "".join(texts[n] + (gaps[n] if n < stop - 1 else "") for n in range(start, stop))
            blocks = _blocks(text, notes, languages)
            if list(shown[at : at + len(blocks)]) == blocks:
                break
        else:
            return None
        chunks.append(_Chunk(text, at, at + len(blocks)))
        at += len(blocks)
        start = stop
    return chunks if at == len(shown) else None


def _notes(texts: Sequence[str]) -> dict[str, str]:
    """The definitions among these texts, by the name of the note."""
    return {found[1]: text for text in texts if (found := _DEFINITION.match(text)) is not None}


def _with_known_notes(text: str, notes: Mapping[str, str]) -> str | None:
    """``text`` citing the notes that the source defines already; None where one is new."""
    names = {_note_text(said): name for name, said in notes.items()}
    kept: list[str] = []
    renamed: dict[str, str] = {}
    for part in text.split("\n\n"):
        found = _DEFINITION.match(part)
        if found is None:
            kept.append(part)
        elif _note_text(part) in names:
            renamed[found[1]] = names[_note_text(part)]
        else:
            return None
    return _NOTE.sub(lambda cited: f"[^{renamed.get(cited[1], cited[1])}]", "\n\n".join(kept))


def _note_text(definition: str) -> str:
    return " ".join(_DEFINITION.sub("", definition, count=1).split())


def _blocks(text: str, notes: dict[str, str], languages: Languages) -> list[str]:
    if _DEFINITION.match(text):
        return []
    cited = [notes[name] for name in dict.fromkeys(_NOTE.findall(text)) if name in notes]
    wikitext = languages.to_wikitext("\n\n".join([text, *cited]))
    return split_blocks(wikitext) if wikitext else []


def rewrapped(before: str, after: str, languages: Languages) -> str:
    """``after``, its first paragraph with the line breaks of ``before`` where the words are
    the same."""
    after, gap, others = after.partition("\n\n")
    if "\n" not in before or "\n" in after:
        return after + gap + others
    old = [[word for word in line.split(" ") if word] for line in before.split("\n")]
    words = after.split(" ")
    flat = [word for line in old for word in line]
    starts = {sum(map(len, old[:number])) for number in range(1, len(old))}
    matches = SequenceMatcher(None, flat, words, autojunk=False).get_matching_blocks()
    place = {one.a + n: one.b + n for one in matches for n in range(one.size)}
    # a line also ends where it did when the first word of the next one is what changed
    breaks = sorted(
        {place[n] for n in starts if n in place}
        | {place[n - 1] + 1 for n in starts if n not in place and n - 1 in place}
    )
    lines = [
        line
        for start, end in pairwise(
            [0, *(one for one in breaks if 0 < one < len(words)), len(words)]
        )
        for line in _short(" ".join(words[start:end]))
    ]
    wrapped = "\n".join(lines)
    # a line that now begins with a dash or a number would be an item of a list
    same = _says(wrapped, languages) == _says(after, languages)
    return (wrapped if same else after) + gap + others


def _short(line: str) -> list[str]:
    return textwrap.wrap(line, _LONGEST_LINE, break_long_words=False, break_on_hyphens=False) or [
        line
    ]
