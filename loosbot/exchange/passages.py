"""An imported document, independent of its format: headings, paragraphs, lists, tables; and
the questions that it leaves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from xml.etree.ElementTree import Element

from loosbot.corpus.french import counted
from loosbot.corpus.wording import quoted
from loosbot.frozen import dataclass
from loosbot.wikitext.doctree import HEADINGS, Document, citations
from loosbot.wikitext.markdownwriter import Writer


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the document, which is not taken over. ``alt`` is what the author says of it."""

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


_ALONE = re.compile(r"[\W\d_]+|\b(?:page|sur|de|p)\b", re.IGNORECASE)
"""What the foot of a page says where it says nothing but its number."""


def comments(count: int, left: Text) -> None:
    """Comments in the margin, of a document of any kind."""
    if count:
        left.asked.append(
            f"{counted(count, 'commentaire')} en marge : faut-il en reprendre quelque chose ? Rien "
            "n’en est ici."
        )


def changes(deleted: int, struck: int, left: Text) -> None:
    """Words that a document shows as taken out: by its tracked changes, or struck through."""
    if deleted:
        words = counted(deleted, "mot supprimé", "mots supprimés")
        left.asked.append(
            f"{words} par le suivi des modifications, qui n’est pas encore accepté : rien n’en est "
            "ici, et ce qui fut ajouté y est. Est-ce bien ce qui est convenu ?"
        )
    if struck:
        words = counted(struck, "mot barré", "mots barrés")
        left.asked.append(f"{words} : repris comme les autres, faut-il les ôter ?")


def around(texts: Iterable[str], left: Text) -> None:
    """The heads and feet of pages, where they say more than a number."""
    quotes = [quoted(words) for words in dict.fromkeys(texts) if _ALONE.sub("", words)]
    if quotes:
        left.asked.append(f"en-tête ou pied de page, {', '.join(quotes)} : rien n’en est repris.")
