"""An OpenDocument text as passages: what is shown, without what was deleted, commented, hidden."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from loosbot.corpus.wording import quoted
from loosbot.dump.formats.opendocument import qn
from loosbot.errors import UserError
from loosbot.exchange import passages
from loosbot.exchange.docx import WEB, shaped
from loosbot.exchange.passages import Passage, Picture, Text
from loosbot.exchange.unpacked import parsed
from loosbot.parsing import whole_number
from loosbot.wikitext.doctree import add_text

_HEADING = re.compile(r"Heading_20_([1-6])")
_AROUND = (
    "style:header", "style:header-first", "style:header-left", "style:footer", "style:footer-first",
    "style:footer-left",
)  # fmt: skip
_MOST_REPEATED = 5_000
"""Elements that cells may add by saying that they stand several times in their row."""

_PARAGRAPH = qn("text:hidden-paragraph")
# the deleted text of tracked changes lies in the body, comments inside their paragraph
_LEFT_OUT = {
    qn("text:tracked-changes"), qn("office:annotation"), qn("office:annotation-end"),
    qn("text:sequence-decls"), qn("office:forms"), qn("text:table-of-content"),
}  # fmt: skip


def read(data: bytes, name: str) -> Text:
    """The document. Raises UserError where it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            content = parsed(archive.read("content.xml"))
            styles = _styles(archive)
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile) as fault:
        raise UserError(f"« {name} » ne peut pas être lu comme un document ODT.") from fault
    body = content.find(f"{qn('office:body')}/{qn('office:text')}")
    if body is None:
        raise UserError(f"« {name} » n’est pas un document de texte.")
    text = _Walk([*styles, content]).run(body)
    _ask(body, [*styles, content], text)
    return text


def _ask(body: Element, parts: Sequence[Element], text: Text) -> None:
    """The questions on what is not taken over, or not as the document shows it."""
    # beside the words stand who took them out, and when
    deleted = [
        word
        for change in body.iter(qn("text:deletion"))
        for part in change
        if part.tag != qn("office:change-info")
        for word in _words(part)
    ]
    crossed = {
        style.get(qn("style:name"))
        for part in parts
        for style in part.iter(qn("style:style"))
        for given in style.iterfind(qn("style:text-properties"))
        if given.get(qn("style:text-line-through-style"), "none") != "none"
    }
    struck = [
        word
        for element in body.iter(qn("text:span"))
        if element.get(qn("text:style-name")) in crossed
        for word in _words(element)
    ]
    passages.comments(sum(1 for _ in body.iter(qn("office:annotation"))), text)
    passages.changes(len(deleted), len(struck), text)
    passages.around(
        (
            " ".join(_words(around))
            for part in parts
            for kind in _AROUND
            for around in part.iter(qn(kind))
        ),
        text,
    )
    filled = [
        value
        for form in body.iter(qn("office:forms"))
        for control in form.iter()
        for key, value in control.items()
        if key.rpartition("}")[2] == "current-value" and value.strip()
    ]
    if filled:
        filled_in = ", ".join(map(quoted, filled))
        text.asked.append(f"dans les champs d’un formulaire, {filled_in} : rien n’en est repris.")


def _words(element: Element) -> list[str]:
    return " ".join(element.itertext()).split()


def _styles(archive: zipfile.ZipFile) -> list[Element]:
    """The styles that have a name, and the lists that LibreOffice took from a Word file: they are
    in a part of their own, which a document may lack."""
    if "styles.xml" not in archive.namelist():
        return []
    return [parsed(archive.read("styles.xml"))]


class _Walk:
    def __init__(self, parts: Sequence[Element]) -> None:
        """``parts`` tell the styles, a later one over an earlier."""
        self.text = Text()
        self.parents: dict[str, str] = {}
        self.marks: dict[str, list[str]] = {}
        self.hiding: set[str] = set()
        """The styles whose words are not shown."""
        self.numbered: dict[str, set[str]] = {}
        """The levels of each list style that are numbered, from "1"."""
        self.repeats = _MOST_REPEATED
        self.beside: list[Element] = []
        """Frames and shapes of the paragraph that is read: their words stand after it."""
        for part in parts:
            for style in part.iter(qn("style:style")):
                self._style(style)
            for style in part.iter(qn("text:list-style")):
                self.numbered[style.get(qn("style:name"), "")] = {
                    level.get(qn("text:level"), "1")
                    for level in style.iter(qn("text:list-level-style-number"))
                    if level.get(qn("style:num-format"), "1")
                }

    def _style(self, style: Element) -> None:
        name = style.get(qn("style:name"), "")
        self.parents[name] = style.get(qn("style:parent-style-name"), "")
        given = style.find(qn("style:text-properties"))
        if given is not None and given.get(qn("text:display")) == "none":
            self.hiding.add(name)
        if given is not None and style.get(qn("style:family")) == "text":
            self.marks[name] = [
                tag
                for tag, key, value in (
                    ("strong", "fo:font-weight", "bold"),
                    ("em", "fo:font-style", "italic"),
                )
                if given.get(qn(key)) == value
            ]

    def run(self, body: Element) -> Text:
        """The passages and the notes of the body of a document."""
        root = Element("div")
        self._blocks(body, root)
        self.text.passages = [
            Passage(shaped(element)) for element in root if "".join(element.itertext()).strip()
        ]
        for note in self.text.notes.values():
            shaped(note)
        return self.text

    def _blocks(
        self, parent: Iterable[Element], into: Element, listed: str = "", level: int = 1
    ) -> None:
        for child in parent:
            if child.tag in _LEFT_OUT or self._is_hidden(child):
                continue
            if child.tag in (qn("text:h"), qn("text:p")):
                self._inline(child, SubElement(into, self._tag(child)))
                beside, self.beside = self.beside, []
                self._blocks(beside, into)
            elif child.tag == qn("text:list"):
                name = child.get(qn("text:style-name"), listed)
                made = self._list(child, into, str(level) in self.numbered.get(name, ()))
                for item in child:
                    if item.tag in (qn("text:list-item"), qn("text:list-header")):
                        self._blocks(item, SubElement(made, "li"), name, level + 1)
            elif child.tag == qn("table:table"):
                self._table(child, SubElement(into, "table"))
            elif not self._picture(child):
                self._blocks(child, into, listed, level)

    def _list(self, listed: Element, into: Element, numbered: bool) -> Element:
        """A new list, or the one before it to continue: La Suite Docs writes each item as a list of
        its own."""
        tag = "ol" if numbered else "ul"
        goes_on = not numbered or listed.get(qn("text:continue-numbering")) == "true"
        if goes_on and len(into) and into[-1].tag == tag:
            return into[-1]
        return SubElement(into, tag)

    def _tag(self, paragraph: Element) -> str:
        style = paragraph.get(qn("text:style-name"), "")
        # a document that went through another program may have lost its headings, not their style
        for name in (style, self.parents.get(style, "")):
            if match := _HEADING.fullmatch(name):
                return f"h{match[1]}"
            if name == "Title":
                return "h1"
        if paragraph.tag == qn("text:h"):
            level = paragraph.get(qn("text:outline-level"), "1")
            return f"h{level}" if level in "123456" else "h6"
        return "p"

    def _table(self, table: Element, into: Element) -> None:
        for row in _own_rows(table):
            made = SubElement(into, "tr")
            for cell in row:
                if cell.tag in (qn("table:table-cell"), qn("table:covered-table-cell")):
                    self._blocks(cell, SubElement(made, "td"))
                    for _ in range(_times(cell) - 1):
                        again = SubElement(made, "td")
                        # repeated cells may hold tables of such cells: all are counted
                        self.repeats -= sum(1 for _ in cell.iter())
                        if self.repeats > 0:
                            self._blocks(cell, again)

    def _inline(self, source: Element, into: Element) -> None:
        _add(into, source.text)
        for child in source:
            self._child(child, into)
            _add(into, child.tail)

    def _child(self, child: Element, into: Element) -> None:
        if child.tag in _LEFT_OUT or self._is_hidden(child):
            return
        if child.tag == qn("text:s"):
            _add(into, " ")  # a run of blanks counts as one
        elif child.tag == qn("text:tab"):
            _add(into, " ")
        elif child.tag == qn("text:line-break"):
            SubElement(into, "br")
        elif child.tag == qn("text:note"):
            self._note(child, into)
        elif child.tag == qn("text:a"):
            href = child.get(qn("xlink:href"), "")
            made = SubElement(into, "a" if href.lower().startswith(WEB) else "span")
            made.set("href", href)
            self._inline(child, made)
        elif child.tag.startswith(qn("draw:")) and child.tag != qn("draw:a"):
            self.beside.append(child)
        else:
            for mark in self.marks.get(child.get(qn("text:style-name"), ""), []):
                into = SubElement(into, mark)
            self._inline(child, into)

    def _is_hidden(self, element: Element) -> bool:
        """Whether its words are not shown, and so not taken but counted."""
        hidden = (
            element.get(qn("text:style-name"), "") in self.hiding
            or element.get(qn("text:is-hidden")) == "true"
            or element.get(qn("text:display")) == "none"
            or any(
                mark.get(qn("text:is-hidden")) == "true" for mark in element.iterfind(_PARAGRAPH)
            )
        )
        if hidden:
            self.text.hidden += len("".join(element.itertext()).split())
        return hidden

    def _note(self, note: Element, into: Element) -> None:
        name = f"note-{len(self.text.notes) + 1}"
        SubElement(into, "sup").set("id", name)
        made = self.text.notes[name] = Element("li")
        if (body := note.find(qn("text:note-body"))) is not None:
            self._blocks(body, made)

    def _picture(self, frame: Element) -> bool:
        """Whether this is the frame of a picture, which is noted."""
        if frame.find(qn("draw:image")) is None:
            return False
        words = [frame.find(qn("svg:title")), frame.find(qn("svg:desc"))]
        alt = " ".join(word.text for word in words if word is not None and word.text)
        self.text.pictures.append(Picture(alt))
        return True


def _own_rows(table: Element) -> Iterator[Element]:
    """The rows of a table and not those of the tables inside it, which come with their cells."""
    for child in table:
        if child.tag == qn("table:table-row"):
            yield child
        elif child.tag != qn("table:table"):
            yield from _own_rows(child)


def _times(cell: Element) -> int:
    given = whole_number(cell.get(qn("table:number-columns-repeated"), "1"))
    return 1 if given is None else min(given, 50)


def _add(into: Element, text: str | None) -> None:
    # a line break of the file is a blank; those that people typed are elements
    add_text(into, re.sub(r"[ \t\r\n]+", " ", text or ""))
