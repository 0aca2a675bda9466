"""Wikitext that people may have edited, into the tree of the Markdown that means the same.

The tree is the one that :mod:`loosbot.wikitext.wikiserializer` writes. What Markdown cannot hold
raises :class:`Undecodable`, in French.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from mwparserfromhell.nodes import Node, Tag

from loosbot.wikitext.blocks import UNNAMED
from loosbot.wikitext.doctree import Document
from loosbot.wikitext.encoding import Context
from loosbot.wikitext.plaintext import decode
from loosbot.wikitext.wikiblocks import (
    Item,
    Line,
    heading_in,
    is_blank,
    items,
    joined,
    lines,
    parsed,
    refused,
    tag_name,
)
from loosbot.wikitext.wikicode import Undecodable
from loosbot.wikitext.wikiinline import Target
from loosbot.wikitext.wikimarkup import NO_TAG, InlineReader, Linker, plain_of, tidy
from loosbot.wikitext.wikitables import attributes_of, table_of

_RULE = re.compile(r"-{4,}[ \t]*")
_NOTE_START = re.compile(r"\[\^([^\]\n]*)\]:[ \t]*")
_CODE_STYLE = "white-space:pre-wrap"
_BLOCK_TAGS = frozenset({"blockquote", "div", "pre", "table", "ul", "ol", "hr"})
_INDENT = "un retrait ou une définition (à la place de « : » ou de « ; », écrivez « * », ou rien)"
_OTHER_TABLE = (
    'un tableau d’une autre allure que les nôtres, qui commencent par {| class="wikitable"'
)
_FORMER_FRAME = {"style": "overflow-x:auto"}
"""Of tables that were published before the keyboard reached their frame."""
_FRAME = _FORMER_FRAME | {"tabindex": "0", "role": "region", "aria-label": UNNAMED}
DEEPEST_LIST = 30


class Reader:
    """Reads one text once, that stands under a heading of ``level``."""

    def __init__(self, *, level: int, link: Linker) -> None:
        self._level = level
        self._text = InlineReader(link, self._note)
        self._notes: dict[str, Element] = {}
        self._names: dict[str, str] = {}
        self._count = 0
        self._in_note = False

    @property
    def targets(self) -> dict[str, Target]:
        """The pages that the links lead to, by what Markdown has for them."""
        return self._text.targets

    def document(self, wikitext: str) -> Document:
        """The whole tree. A note's name here is its number in the text.

        Raises Undecodable for what Markdown cannot say.
        """
        root = Element("root")
        self._blocks(parsed(wikitext).nodes, root, quoted=False)
        for name, key in self._names.items():
            if key not in self._notes:
                raise Undecodable(f"la note « {name} » est citée sans être écrite")
        self._take_uncited_notes(root)
        return Document(root, self._notes)

    def _take_uncited_notes(self, root: Element) -> None:
        """Notes that nobody cites are the last paragraphs of a text: ``[^1]: …``."""
        notes: dict[str, Element] = {}
        while len(root) and root[-1].tag == "note":
            start = _NOTE_START.match(root[-1][0].text or "")
            if start is None or start[1] in notes:
                break
            root[-1][0].text = (root[-1][0].text or "")[start.end() :]
            notes[start[1]] = root[-1]
            root.remove(root[-1])
        for index in range(len(root) - 1, -1, -1):
            if root[index].tag == "note":
                root[index : index + 1] = list(root[index])
        self._notes.update(reversed(notes.items()))

    # Blocks

    def _blocks(self, nodes: Sequence[Node], parent: Element, *, quoted: bool) -> None:
        """What stands on lines of its own, added to ``parent``."""
        paragraph: list[Line] = []
        listed: list[tuple[str, Line]] = []

        def flush() -> None:
            if paragraph:
                self._paragraph(joined(paragraph), parent)
            if listed:
                self._list(listed, parent)
            paragraph.clear()
            listed.clear()

        for number, line in enumerate(lines(nodes)):
            start = line[0] if line and isinstance(line[0], str) else ""
            if number == 0 and quoted:
                # text right after a closing tag is not at the start of a line
                paragraph += [] if is_blank(line) else [line]
                continue
            marker = re.match(r"[*#:;]*", start)
            marks = marker.group() if marker else ""
            heading = heading_in(line)
            if is_blank(line):
                flush()
            elif marks:
                if paragraph:
                    flush()
                listed.append((marks, [start[len(marks) :], *line[1:]]))
            elif heading is not None:
                flush()
                self._heading(*heading, parent, quoted=quoted)
            elif len(line) == 1 and _RULE.fullmatch(start):
                flush()
                SubElement(parent, "hr")
            elif start.startswith("----"):
                raise refused("du texte suit une ligne de tirets (allez à la ligne)", start)
            elif start.startswith(" ") and not quoted:
                raise refused("une ligne commence par une espace (à ôter)", start)
            elif start.lstrip(" ").startswith("{|"):
                raise refused("un tableau qui ne finit pas", start)
            else:
                if listed:
                    flush()
                paragraph.append(line)
        flush()

    def _heading(self, level: int, line: Line, parent: Element, *, quoted: bool) -> None:
        if quoted:
            raise refused("un titre dans une citation ou un cadre (à écrire en gras)", line)
        if level <= self._level and level < 6:
            raise refused(f"un titre de ce niveau (il faut plus de {self._level} signes =)", line)
        self._text.read(line, SubElement(parent, f"h{max(1, level - self._level)}"))

    def _list(self, marked: list[tuple[str, Line]], parent: Element) -> None:
        """Lines that follow each other, each with its marker."""
        for marks, line in marked:
            if set(marks) - set("*#"):
                raise refused(_INDENT, [marks, *line])
            if len(marks) > DEEPEST_LIST:
                raise refused("une liste trop profonde", [marks, *line])
        open_lists: list[tuple[str, Element]] = []
        made: list[tuple[Element, Element]] = []
        for marks, line in marked:
            common = 0
            for (mark, _), wanted in zip(open_lists, marks, strict=False):
                if mark != wanted:
                    break
                common += 1
            del open_lists[common:]
            for mark in marks[common:]:
                home = open_lists[-1][1][-1] if open_lists else parent
                element = SubElement(home, "ol" if mark == "#" else "ul")
                made.append((home, element))
                open_lists.append((mark, element))
                if len(marks) > len(open_lists):
                    SubElement(element, "li")
            self._item(line, SubElement(open_lists[-1][1], "li"))
        for home, element in reversed(made):
            _drop_hidden(home, element)

    # What may hold text and blocks on one line

    def _flow(self, line: Sequence[Item], parent: Element) -> None:
        """A paragraph, an item or a note: texts, and the blocks between them."""
        text: list[Item] = []
        for item in line:
            if isinstance(item, Tag) and self._is_block(item):
                self._paragraphs(text, parent)
                text = []
                self._tag(item, parent)
            else:
                text.append(item)
        self._paragraphs(text, parent)

    def _paragraph(self, line: Sequence[Item], parent: Element) -> None:
        """A paragraph on lines of its own: it may be a note that nobody cites."""
        flow, home = Element("note"), parent
        self._flow(line, flow)
        for child in flow:
            starts = child.tag == "p" and _NOTE_START.match(child.text or "") is not None
            if starts and home.tag == "root":
                home = SubElement(parent, "note")
            home.append(child)

    def _is_block(self, tag: Tag) -> bool:
        name = tag_name(tag)
        return name in _BLOCK_TAGS or (name == "code" and bool(tag.attributes))

    def _paragraphs(self, text: list[Item], parent: Element) -> None:
        """One paragraph, or several where two line breaks follow each other."""
        whole = Element("p")
        self._text.grow(text, whole)
        for paragraph in _between_gaps(whole):
            tidy(paragraph)
            if len(paragraph) or paragraph.text:
                parent.append(paragraph)

    def _tag(self, tag: Tag, parent: Element) -> None:
        name = tag_name(tag)
        attributes = attributes_of(tag)
        if "aria-label" in attributes:
            attributes["aria-label"] = html.unescape(attributes["aria-label"])
        nodes = tag.contents.nodes if tag.contents is not None else []
        match name:
            case "hr" if not attributes:
                SubElement(parent, "hr")
            case "blockquote" if not attributes:
                quote = Element("blockquote")
                self._blocks(nodes, quote, quoted=True)
                parent.append(quote)
            case "div" if attributes in (_FRAME, _FORMER_FRAME):
                inner = [item for item in items(nodes) if not isinstance(item, str) or item.strip()]
                if (
                    len(inner) != 1
                    or not isinstance(inner[0], Tag)
                    or tag_name(inner[0]) != "table"
                ):
                    raise refused("un cadre autour d’autre chose qu’un tableau", tag)
                self._tag(inner[0], parent)
            case "table" if attributes == {"class": "wikitable"}:
                parent.append(table_of(tag, self._cell))
            case "table":
                # published again, the table would have other borders than the person gave it
                raise refused(_OTHER_TABLE, tag)
            case "ul" | "ol" if set(attributes) <= {"start"}:
                self._html_list(name, attributes, nodes, parent)
            case "pre" if not attributes:
                _code(parent, decode(str(tag.contents).removeprefix("\n"), Context.PRE))
            case "code" if attributes == {"style": _CODE_STYLE}:
                _code(parent, "".join(plain_of(node) for node in items(nodes)))
            case _:
                raise refused(NO_TAG, tag)

    def _html_list(
        self, name: str, attributes: dict[str, str], nodes: Sequence[Node], parent: Element
    ) -> None:
        element = SubElement(parent, name)
        if "start" in attributes:
            if name == "ul" or not re.fullmatch("[0-9]{1,9}", attributes["start"]):
                raise refused("ce numéro de départ", attributes["start"])
            element.set("start", attributes["start"])
        for item in items(nodes):
            if isinstance(item, str) and not item.strip():
                continue
            if not isinstance(item, Tag) or tag_name(item) != "li" or item.attributes:
                raise refused("une liste ne contient que des éléments", item)
            self._item(items(item.contents.nodes), SubElement(element, "li"))
        _drop_hidden(parent, element)

    def _item(self, line: Sequence[Item], item: Element) -> None:
        self._flow(line, item)
        if len(item) == 1 and not len(item[0]) and item[0].text == "\N{NO-BREAK SPACE}":
            del item[0]
            item.set("empty", "")
        elif not len(item) and any(
            isinstance(part, Tag) and tag_name(part) == "br" for part in line
        ):
            item.set("empty", "")  # shown as one

    def _cell(self, content: Sequence[Item], cell: Element) -> None:
        self._text.read(content, cell)
        if any(True for _ in cell.iter("br")):
            raise refused(
                "un retour à la ligne dans une case (faites-en deux lignes, ou une phrase)", content
            )

    # Notes

    def _note(self, tag: Tag) -> Element:
        attributes = attributes_of(tag)
        if self._in_note or set(attributes) - {"name"}:
            raise refused("une note n’a que son nom, et n’en contient pas d’autre (à ôter)", tag)
        name = attributes.get("name", "")
        key = self._names.get(name) if name else None
        if key is None:
            # no note that Markdown can name has a bracket in its name
            key = f"]{self._count}"
            self._count += 1
            if name:
                self._names[name] = key
        nodes = tag.contents.nodes if tag.contents is not None else []
        content = items(nodes)
        if content and isinstance(content[0], str) and re.match(r"\s*(?:[*#:;]|\{\|)", content[0]):
            raise refused("un bloc commence une note", tag)
        if content:
            self._note_content(key, tag, content)
        elif not name:
            raise refused("une note vide", tag)
        return Element("sup", {"id": key})

    def _note_content(self, key: str, tag: Tag, content: list[Item]) -> None:
        note = Element("note")
        self._in_note = True
        self._flow(content, note)
        self._in_note = False
        if not len(note):
            raise refused("une note vide", tag)
        if key in self._notes and tostring(self._notes[key]) != tostring(note):
            raise refused("deux notes du même nom", tag)
        self._notes[key] = note


def _drop_hidden(home: Element, element: Element) -> None:
    """Take the items without anything that end a list in ``home`` out of it: MediaWiki hides them,
    an editor leaves them there. One above others waits for words, and stays as an empty one."""
    while len(element) and not len(element[-1]) and "empty" not in element[-1].attrib:
        del element[-1]
    for item in element:
        if not len(item):
            item.set("empty", "")
    if not len(element):
        home.remove(element)


def _code(parent: Element, text: str) -> None:
    lines_ = [line if line.strip() else "" for line in text.split("\n")]
    code = SubElement(SubElement(parent, "pre"), "code")
    # held escaped for HTML, as the Markdown library does
    code.text = html.escape("\n".join(lines_).rstrip("\n"), quote=False)


def _between_gaps(whole: Element) -> Iterator[Element]:
    """The paragraphs that two breaks in a row separate."""
    paragraph = Element("p")
    paragraph.text = whole.text
    children = list(whole)
    for index, child in enumerate(children):
        previous = children[index - 1] if index and child.tag == "br" else None
        if previous is not None and previous.tag == "br" and not (previous.tail or "").strip(" "):
            yield paragraph
            paragraph = Element("p")
            paragraph.text = child.tail
            continue
        paragraph.append(child)
    yield paragraph
