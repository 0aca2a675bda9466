"""What a Word file holds outside the run of its text: words in shapes, charts, notes in the margin.

mammoth 1.13.0 reads the older of the two forms in which Word writes a shape, and of that the
rectangles alone: an ellipse with words in it, WordArt, what another program writes without the
older form are gone without a word. Words in a shape come after the
paragraph that it is fixed to, as those of an ODT do; the rest is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement

from loosbot.exchange import passages
from loosbot.exchange.passages import Picture, Text
from loosbot.exchange.unpacked import bare_name, parsed
from loosbot.parsing import whole_number

HOLDS = re.compile(
    rb"[<:](?:txbxContent|textpath|AlternateContent|chart|relIds|wgp|wpc|OLEObject|altChunk|ptab"
    rb"|gridBefore)[\s/>]|type=\"(?:page|column)\""
)
_WORD = re.compile(r"\{([^}]*/wordprocessingml/(?:2006/)?main)\}(.+)")
_PARTS = re.compile(r"(?:comments|document|(?:header|footer)[0-9]*)\.xml")
OFF = ("0", "false", "off")
"""What says that a mark of Word does not hold."""
_MOST_BEFORE = 60


def unfolded(root: Element, parts: Mapping[str, bytes], left: Text) -> None:
    """Put the words of shapes where mammoth reads them; what no text can hold goes to ``left``."""
    parents = {child: parent for parent in root.iter() for child in parent}
    for paragraph in [element for element in root.iter() if local(element) == "p"]:
        after = [block for box in _boxes(paragraph) for block in box]
        if after:
            parent = parents[paragraph]
            place = list(parent).index(paragraph) + 1
            for block in reversed(after):
                parent.insert(place, block)
                parents[block] = parent
    twice = {
        drawing
        for element in [*root.iter()]
        if bare_name(element) == "AlternateContent"
        for drawing in _chosen(element)
    }
    for element in [*root.iter()]:
        match bare_name(element):
            case "drawing":
                left.pictures += _drawn(element, parts, grouped=element not in twice)
            case "object" if not any(bare_name(inner) == "imagedata" for inner in element.iter()):
                kind = next(
                    (inner.get("ProgID", "") for inner in element.iter() if inner.get("ProgID")), ""
                )
                left.pictures.append(Picture(f"objet incorporé {kind}".strip()))
            case "altChunk":
                left.asked.append(
                    "un autre document est inséré dans celui-ci : rien n’en est ici, importez-le à "
                    "part."
                )
            case "br" if given(element, "type") in ("page", "column"):
                _blank(element)
            case "ptab":
                _blank(element)
            case "tr":
                _fill_before(element)


def beside(parts: Mapping[str, bytes], left: Text) -> None:
    """Ask about what stands around the text, and is not taken over."""
    around: list[str] = []
    for name, part in sorted(parts.items()):
        stem = name.removeprefix("word/")
        if not part or not _PARTS.fullmatch(stem):
            continue
        root = parsed(part)
        if stem == "comments.xml":
            passages.comments(sum(local(element) == "comment" for element in root.iter()), left)
        elif stem == "document.xml":
            deleted = "".join(
                element.text or "" for element in root.iter() if local(element) == "delText"
            )
            passages.changes(len(deleted.split()), _struck(root), left)
        else:
            around.append(_words(root))
    passages.around(around, left)


def local(element: Element) -> str:
    """The name of an element of Word, "" of another one."""
    match = _WORD.fullmatch(element.tag)
    return match[2] if match else ""


def given(element: Element, name: str) -> str:
    """The attribute of this name, in whatever namespace; "" for none."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")


def _boxes(paragraph: Element) -> Iterator[list[Element]]:
    """The blocks of each shape of a paragraph, taken out of it. Of a shape that is there in two
    forms, the newer."""
    waiting = list(paragraph)
    while waiting:
        element = waiting.pop(0)
        if local(element) == "p":
            # of a shape inside: its turn comes once it is out
            continue
        if bare_name(element) == "AlternateContent":
            forms = [form for form in element if any(_is_box(inner) for inner in form.iter())]
            for form in forms[1:]:
                for inner in [*form.iter()]:
                    if _is_box(inner):
                        inner.clear()
        if _is_box(element):
            if local(element) == "txbxContent":
                blocks = list(element)
            else:
                blocks = [_paragraph_of(paragraph, element.get("string", ""))]
            element.clear()
            yield blocks
        else:
            waiting[:0] = list(element)


def _is_box(element: Element) -> bool:
    return local(element) == "txbxContent" or (
        bare_name(element) == "textpath" and bool(element.get("string"))
    )


def _paragraph_of(like: Element, text: str) -> Element:
    """A paragraph with these words."""
    space = like.tag.removesuffix("p")
    made = Element(f"{space}p")
    SubElement(SubElement(made, f"{space}r"), f"{space}t").text = text
    return made


def _chosen(element: Element) -> Iterator[Element]:
    """Have mammoth, which reads the older form, read the newer where another program left out or
    emptied that; the drawings of a newer form that it does not read."""
    forms = {bare_name(form): form for form in element}
    older, newer = forms.get("Fallback"), forms.get("Choice")
    if newer is not None and (older is None or not len(older)):
        if older is not None:
            element.remove(older)
        newer.tag = newer.tag.replace("Choice", "Fallback")
    elif newer is not None:
        yield from (inner for inner in newer.iter() if bare_name(inner) == "drawing")


def _drawn(drawing: Element, parts: Mapping[str, bytes], *, grouped: bool) -> Iterator[Picture]:
    """Charts, diagrams, and pictures in a group (``grouped``: no older form mentions them), of
    which mammoth tells nothing."""
    names = [bare_name(element) for element in drawing.iter()]
    if "chart" in names:
        yield Picture("graphique")
    if "relIds" in names:
        words = [
            element.text or ""
            for name, part in sorted(parts.items())
            if re.fullmatch(r"word/diagrams/data[0-9]*\.xml", name) and part
            for element in parsed(part).iter()
            if bare_name(element) == "t"
        ]
        yield Picture(" ".join(["schéma", *filter(None, words)]))
    if grouped and {"wgp", "wpc"} & {*names}:
        yield from (Picture("") for name in names if name == "blip")


def _blank(element: Element) -> None:
    """A new page in the middle of a line: a blank, as it parts two words."""
    element.tag = f"{element.tag.rpartition('}')[0]}}}t"
    element.attrib.clear()
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    element.text = " "


def _fill_before(row: Element) -> None:
    """Cells for the columns that a row leaves out at its beginning."""
    for shape in row:
        if local(shape) == "trPr":
            for element in shape:
                if local(element) == "gridBefore":
                    space = row.tag.removesuffix("tr")
                    for _ in range(min(whole_number(given(element, "val")) or 0, _MOST_BEFORE)):
                        cell = Element(f"{space}tc")
                        SubElement(cell, f"{space}p")
                        row.insert(list(row).index(shape) + 1, cell)
            return


def _struck(root: Element) -> int:
    """How many words are struck through."""
    return sum(
        len("".join(inner.text or "" for inner in run if local(inner) == "t").split())
        for run in root.iter()
        if local(run) == "r"
        for shape in run
        if local(shape) == "rPr"
        if any(
            local(mark) in ("strike", "dstrike") and given(mark, "val") not in OFF for mark in shape
        )
    )


def _words(root: Element) -> str:
    return " ".join(
        " ".join(element.text or "" for element in root.iter() if local(element) == "t").split()
    )
