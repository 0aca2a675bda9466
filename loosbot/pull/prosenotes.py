"""The chunks of a Markdown and its notes, those defined and those cited, as some change. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import count

from loosbot import lazy
from loosbot.corpus.references import definitions, labels

_GAP = lazy.pattern(r"(\n(?:[ \t]*\n)+)")
NOTE = lazy.pattern(r"\[\^([^\]\n]*)\]")
DEFINITION = lazy.pattern(r"\[\^([^\]\n]*)\]:")
_NEXT_NOTE = lazy.pattern(r"(\n)(?=\[\^[^\]\n]*\]:)")
_DEFINED = lazy.pattern(r"^\[\^[^\]\n]*\]:", re.MULTILINE)
_FENCES = lazy.pattern(r"`{3}|~{3}")


def parts_of(source: str) -> list[str]:
    """The chunks of a Markdown and, between them, their gaps. Each note is a chunk with all its
    paragraphs, also where it begins on the line below a sentence or another note."""
    raw = _GAP.split(source)
    parts: list[str] = []
    for place in range(0, len(raw), 2):
        gap, text = "".join(raw[place - 1 : place]), raw[place]
        if parts and DEFINITION.match(parts[-1]) and text.startswith(("    ", "\t")):
            parts[-1] += gap + text
        else:
            pieces = [text] if _FENCES.search(text) else _NEXT_NOTE.split(text)
            parts += [gap, *pieces] if parts else pieces
    return parts


def is_glued(gap: str, text: str) -> bool:
    """Whether a chunk is a note on the line just below the chunk before it."""
    return gap == "\n" and DEFINITION.match(text) is not None


def joined(pieces: Sequence[tuple[str, str]]) -> str:
    """The text of these chunks, each with the gap before it; that of the first is left out."""
    return "".join(gap * (place > 0) + text for place, (gap, text) in enumerate(pieces))


def cited_names(texts: Iterable[str]) -> set[str]:
    """The names of the notes that these chunks cite."""
    return {name for text in texts for name in NOTE.findall(_DEFINED.sub("", text))}


def without_uncited(chunks: list[tuple[str, str]], gone: set[str]) -> list[tuple[str, str]]:
    """Without the definitions of links and of the notes ``gone`` that nobody cites any more: they
    would be shown."""
    noted: list[tuple[str, str]] = []
    left = ""
    for gap, text in chunks:
        note = DEFINITION.match(text)
        if note is not None and note[1] in gone:
            left = left or gap
            continue
        # the first of several notes stands apart, also when it was the second
        noted.append((left if left and is_glued(gap, text) else gap, text))
        left = ""
    cited = labels(text for _, text in noted if not only_defines(text))
    return noted[:1] + [
        (gap, text)
        for gap, text in noted[1:]
        if not only_defines(text)
        or any(definition.label in cited for definition in definitions(text)[0])
    ]


def only_defines(text: str) -> bool:
    """Whether it is nothing but definitions of reference links."""
    return text.lstrip(" ").startswith("[") and not definitions(text.strip())[1]


def notes_of(texts: Sequence[str]) -> dict[str, str]:
    """The definitions among these texts, by the name of the note."""
    return {note[1]: text for text in texts if (note := DEFINITION.match(text)) is not None}


class Notes:
    """The notes of a Markdown while its chunks are rewritten, one after the other.

    ``renoted`` holds the definitions of notes whose words changed, ``new`` those of notes that the
    source has not, by name.
    """

    def __init__(self, known: Mapping[str, str], *, shares: bool) -> None:
        self._known = known
        self._shares = shares
        self.renoted: dict[str, str] = {}
        self.new: dict[str, str] = {}

    def cited_in(self, text: str, before: str) -> str:
        """``text`` citing the notes that are defined already, under their names.

        A note whose words changed keeps its name where ``before`` cites as many.
        """
        cited_before = list(dict.fromkeys(NOTE.findall(before)))
        cited_now = list(dict.fromkeys(NOTE.findall(_DEFINED.sub("", text))))
        in_place = (
            dict(zip(cited_now, cited_before, strict=True))
            if len(cited_now) == len(cited_before)
            else {}
        )
        names = self._names(cited_before)
        kept: list[tuple[str, str]] = []
        renamed: dict[str, str] = {}
        parts = parts_of(text)
        for gap, part in zip(["", *parts[1::2]], parts[::2], strict=True):
            note = DEFINITION.match(part)
            if note is None:
                kept.append((gap, part))
            elif _note_text(part) in names:
                renamed[note[1]] = names[_note_text(part)]
                if not self._shares:
                    del names[_note_text(part)]
            elif in_place.get(note[1]) in self._known:
                name = in_place[note[1]]
                renamed[note[1]] = name
                self.renoted[name] = DEFINITION.sub(f"[^{name}]:", part, count=1)
            else:
                name = next(str(n) for n in count(1) if str(n) not in {*self._known, *self.new})
                renamed[note[1]] = name
                self.new[name] = DEFINITION.sub(f"[^{name}]:", part, count=1)
        return NOTE.sub(lambda cited: f"[^{renamed.get(cited[1], cited[1])}]", joined(kept))

    def _names(self, cited: Sequence[str]) -> dict[str, str]:
        """The name of each note by its words as they are now: of all of them where places share
        them, else of those that are ``cited`` here."""
        now = {**self._known, **self.renoted, **self.new}
        return {
            _note_text(definition): name
            for name, definition in now.items()
            if self._shares or name in cited
        }


def _note_text(definition: str) -> str:
    return " ".join(DEFINITION.sub("", definition, count=1).split())
