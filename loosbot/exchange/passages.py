"""An imported document, independent of its format: headings, paragraphs, lists, tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from xml.etree.ElementTree import Element

from loosbot.frozen import dataclass
from loosbot.wikitext.doctree import HEADINGS, Document, citations
from loosbot.wikitext.markdownwriter import Writer


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the document, which is not taken over. ``alt`` is what the author says of it."""

    kind: str
    alt: str


@dataclass(slots=True)
class Passage:
    """One block: as a tree (of :mod:`loosbot.wikitext.doctree`), or as Markdown already typed."""

    element: Element | None = None
    typed: str = ""

    @property
    def text(self) -> str:
        """What a reader sees."""
        return self.typed if self.element is None else "".join(self.element.itertext())

    @property
    def level(self) -> int:
        """Of a heading; 0 for anything else."""
        if self.element is not None:
            return HEADINGS.get(self.element.tag, 0)
        signs = len(self.typed) - len(self.typed.lstrip("#"))
        return signs if signs <= 6 and self.typed[signs : signs + 1] == " " else 0

    @property
    def is_paragraph(self) -> bool:
        """Whether somebody may be marked as speaking at its beginning."""
        return self.element is None or self.element.tag == "p"

    def without(self, characters: int) -> None:
        """Take these many characters off its beginning, whatever markup they are in."""
        if self.element is None:
            self.typed = self.typed[characters:]
        else:
            _cut(self.element, characters)


@dataclass(slots=True)
class Text:
    """A whole document. ``notes`` are its footnotes by name, ``hidden`` counts the words that it
    does not show and that are not here, ``asked`` are questions about what else is not."""

    passages: list[Passage] = field(default_factory=list)
    notes: dict[str, Element] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)
    hidden: int = 0
    asked: list[str] = field(default_factory=list)


def markdown(passages: Sequence[Passage], notes: Mapping[str, Element]) -> str:
    """These passages as Markdown that people can read and edit."""
    if any(passage.element is None for passage in passages):
        return "\n\n".join(passage.typed.strip("\n") for passage in passages)
    root = Element("div")
    root.extend(passage.element for passage in passages if passage.element is not None)
    cited = list(_cited(root, notes))
    return Writer(Document(root, {name: notes[name] for name in cited}), careful=False).markdown()


def _cited(root: Element, notes: Mapping[str, Element]) -> Iterator[str]:
    seen: set[str] = set()
    waiting = [root]
    while waiting:
        for name in citations(waiting.pop()):
            if name in notes and name not in seen:
                seen.add(name)
                waiting.append(notes[name])
                yield name


def _cut(element: Element, left: int) -> int:
    """Take text off the beginning; how many characters are still to be taken."""
    text = element.text or ""
    element.text = text[left:]
    left = max(0, left - len(text))
    for child in element:
        if not left:
            break
        left = _cut(child, left)
        tail = child.tail or ""
        child.tail = tail[left:]
        left = max(0, left - len(tail))
    return left
