"""A Word document as passages: mammoth converts it to HTML, which is parsed here.

Not its Markdown: there each full stop is escaped, and bold with a blank at its edge is no bold.
Insertions that were tracked are kept; deletions, comments and what the document hides are not.
"""

from __future__ import annotations

import io
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement

import mammoth

from loosbot.errors import UserError
from loosbot.exchange import wordxml
from loosbot.exchange.passages import Passage, Picture, Text
from loosbot.parsing import whole_number
from loosbot.wikitext.doctree import add_text

_STYLES = "\n".join(
    [
        *(
            f"p[style-name='{name} {level}'] => h{level}:fresh"
            for name in ("Titre", "Heading")
            for level in range(1, 7)
        ),
        *(f"p[style-name='{name}'] => h1:fresh" for name in ("Title", "Titre")),
    ]
)
_WIDEST = 200
"""Columns to which the other rows of a table are filled up."""
_HIGHEST = 1_000
"""Rows that a cell may stand in."""
_TABLE = ("table", "thead", "tbody", "tr", "td", "th")
_BLOCKS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote")
_INLINE = {"strong": "strong", "em": "em", "sup": "superscript", "sub": "subscript", "a": "a"}
WEB = ("http://", "https://", "mailto:")


def read(data: bytes, name: str) -> Text:
    """The document. Raises UserError where mammoth cannot read it."""
    left = Text()

    def seen(image: mammoth.documents.Image) -> dict[str, str]:
        # not opened: a picture may be a link to a file of this machine
        left.pictures.append(Picture(image.alt_text or ""))
        return {"src": ""}

    try:
        made = mammoth.convert_to_html(
            io.BytesIO(wordxml.readied(data, left)),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(seen),
        )
    except Exception as fault:
        raise UserError(
            f"« {name} » ne peut pas être lu comme un document Word.",
            "Ouvrez-le dans un traitement de texte et enregistrez-le de nouveau.",
        ) from fault
    builder = _Builder()
    builder.feed(made.value)
    builder.close()
    text = builder.text(left.pictures)
    text.hidden, text.asked = left.hidden, left.asked
    return text


def passages_of(html: str) -> Text:
    """A text that a web form wrote, from a stranger: its paragraphs, lists, tables and links.

    Raises UserError where its tags stand one in another without end.
    """
    builder = _Form()
    builder.feed(html)
    builder.close()
    return builder.text([Picture("")] * builder.pictures)


class _Builder(HTMLParser):
    """The tree of the HTML, in the words of :mod:`loosbot.wikitext.doctree`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("div")
        self._open: list[tuple[str, Element]] = [("div", self.root)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        above = self._open[-1][1]
        if tag == "br":
            SubElement(above, "br")
            return
        if tag == "img":
            return
        if tag == "input":
            # an element without end tag; Word shows this sign
            if given.get("type") == "checkbox":
                self.handle_data("☒" if "checked" in given else "☐")
            return
        if tag == "a" and given.get("href", "").startswith("#footnote-ref"):
            self._open.append((tag, Element("left-out")))
            return
        if tag == "a" and given.get("href", "").startswith(("#footnote-", "#endnote-")):
            # « [1] » inside a raised text: the raised text becomes the mark of the note
            above.tag = "sup"
            above.set("id", given["href"].removeprefix("#"))
            self._open.append((tag, Element("left-out")))
            return
        made = SubElement(above, _INLINE.get(tag, tag))
        if tag == "a":
            href = given.get("href", "")
            made.set("href", href)
            if not href.lower().startswith(WEB):
                made.tag = "span"
        if tag == "li" and given.get("id"):
            made.set("id", given["id"])
        self._open.append((tag, made))
        if tag in ("td", "th"):
            made.tag = tag
            made.set("rows", given.get("rowspan", "1"))
            for _ in range(min(whole_number(given.get("colspan", "1")) or 1, 50) - 1):
                SubElement(above, tag).set("rows", made.get("rows", "1"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth][0] == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        add_text(self._open[-1][1], data)

    def text(self, pictures: list[Picture]) -> Text:
        """What was fed, as passages; a list whose items all have an id holds the notes."""
        text = Text(pictures=pictures)
        for child in self.root:
            items = [item for item in child if item.tag == "li" and item.get("id")]
            if child.tag == "ol" and items and len(items) == len(child):
                text.notes |= {item.get("id", ""): item for item in items}
            elif child.tag in _BLOCKS:
                text.passages.append(Passage(shaped(child)))
        for note in text.notes.values():
            shaped(note)
        text.passages = [passage for passage in text.passages if passage.text.strip()]
        return text


_TRANSPARENT = ("div", "span", "section", "article", "font", "u", "s", "html", "body")
_DROPPED = ("script", "style", "iframe", "object", "svg", "head", "template")
_DEEPEST = 50
_ALIKE = {"b": "strong", "i": "em", "h1": "h2", "pre": "p", "dl": "p", "dd": "p", "dt": "p"}


class _Form(_Builder):
    """Wraps loose text in paragraphs, and drops elements that a page cannot hold, with their
    content."""

    def __init__(self) -> None:
        super().__init__()
        self.pictures = 0
        self._dropped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED:
            self._dropped += 1
        elif tag == "img":
            self.pictures += 1
        elif not self._dropped and tag not in _TRANSPARENT:
            tag = _ALIKE.get(tag, tag)
            if len(self._open) > _DEEPEST:
                raise UserError("Un texte a trop de balises l’une dans l’autre : il n’est pas lu.")
            self._loose(tag)
            super().handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _DROPPED:
            self._dropped = max(0, self._dropped - 1)
        elif not self._dropped:
            super().handle_endtag(_ALIKE.get(tag, tag))

    def handle_data(self, data: str) -> None:
        if self._dropped:
            return
        if len(self._open) > 1 and self._open[1][0] != "loose":
            super().handle_data(data)
            return
        for number, block in enumerate(data.replace("\r", "").split("\n\n")):
            if number:
                del self._open[1:]
            if block.strip() or len(self._open) > 1:
                self._loose("")
                super().handle_data(block)

    def _loose(self, tag: str) -> None:
        """Wrap inline content outside any paragraph in one; a block closes it."""
        if tag in _BLOCKS:
            if len(self._open) > 1 and self._open[1][0] == "loose":
                del self._open[1:]
        elif len(self._open) == 1:
            self._open.append(("loose", SubElement(self.root, "p")))


def shaped(element: Element) -> Element:
    """Lists hold items of paragraphs, and cells one line: what the writer of Markdown expects."""
    for item in element.iter("li"):
        _wrap(item)
    for row in [*element.iter("tr")]:
        # rows of a nested table were flattened into the cell before
        for cell in row if row.tag == "tr" else ():
            _one_line(cell)
    for table in element.iter("table"):
        _fill_below(table)
        widest = min(max((len(row) for row in table.iter("tr")), default=0), _WIDEST)
        for row in table.iter("tr"):
            for _ in range(widest - len(row)):
                SubElement(row, "td")
    return element


def _fill_below(table: Element) -> None:
    """A cell that is as high as several rows has an empty one in each row below, so that no word
    slips under another title."""
    still: dict[int, int] = {}
    for row in table.iter("tr"):
        cells = list(row)
        rank = 0
        while rank < _WIDEST and (
            cells or any(still.get(place, 0) for place in still if place >= rank)
        ):
            if still.get(rank, 0):
                still[rank] -= 1
                row.insert(rank, Element("td"))
            elif not cells:
                # the columns before one that goes on may be missing
                row.insert(rank, Element("td"))
            else:
                still[rank] = min(whole_number(cells.pop(0).get("rows", "1")) or 1, _HIGHEST) - 1
            rank += 1


def _wrap(item: Element) -> None:
    """The words of an item in a paragraph, its lists after it."""
    lists = [child for child in item if child.tag in ("ul", "ol", "p")]
    if lists and lists[0] is item[0] and not (item.text or "").strip():
        return
    paragraph = Element("p")
    paragraph.text, item.text = item.text, None
    for child in list(item):
        if child.tag not in ("ul", "ol", "p"):
            item.remove(child)
            paragraph.append(child)
    item.insert(0, paragraph)


def _one_line(cell: Element) -> None:
    for inner in [*cell.iter()]:
        if inner.tag in _TABLE and inner is not cell:
            inner.tag = "span"
    for number, child in enumerate([inner for inner in cell.iter() if inner.tag in ("p", "br")]):
        if child.tag == "br":
            child.tag = "span"
            child.text = " / "
        else:
            child.tag = "span"
            if number:
                child.text = f" / {child.text or ''}"
