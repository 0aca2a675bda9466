"""Preprocessing a Word file for mammoth: hidden text removed, elements that it ignores
converted."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Container, Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from loosbot.exchange import wordboxes
from loosbot.exchange.passages import Picture, Text
from loosbot.exchange.unpacked import parsed
from loosbot.exchange.wordboxes import OFF, given, local
from loosbot.parsing import whole_number

_UNREAD = {
    "fldSimple": "smartTag", "dir": "smartTag", "bdo": "smartTag", "ruby": "smartTag",
    "rubyBase": "smartTag", "cr": "br",
}  # fmt: skip
"""What mammoth 1.13.0 leaves out with its words, as what it reads."""
_LOSES = re.compile(rb"[<:](?:fldSimple|dir|bdo|ruby|cr|oMath|ddList)[\s/>]")
_HIDES = re.compile(rb"[<:]vanish[\s/>]")
_WORD = re.compile(r"\{[^}]*/wordprocessingml/(?:2006/)?main\}(.+)")
_FORMULA = re.compile(r"\{[^}]*/math\}oMath")


def readied(data: bytes, left: Text) -> bytes:
    """The document in elements that mammoth reads, without what it hides; a formula goes to the
    pictures of ``left``."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    files = {name: part for name, part in parts.items() if name.endswith(".xml")}
    hidden = {name for name, part in files.items() if _HIDES.search(part)}
    styles = {
        style
        for name in hidden
        if name.endswith("/styles.xml")
        for style in _hiding_styles(parsed(parts[name]))
    }
    lost = [
        name
        for name, part in files.items()
        # a part may be empty
        if part
        and (
            styles
            or name in hidden
            or _LOSES.search(part)
            or (name.endswith("/document.xml") and wordboxes.HOLDS.search(part))
        )
    ]
    wordboxes.beside(parts, left)
    if not lost:
        return data
    for name in lost:
        root = parsed(parts[name])
        if styles or name in hidden:
            _take_hidden(root, styles, left)
        _read_all(root, left.pictures)
        if name.endswith("/document.xml"):
            wordboxes.unfolded(root, parts, left)
        parts[name] = ElementTree.tostring(root)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _read_all(root: Element, pictures: list[Picture]) -> None:
    for element in root.iter():
        if (match := _WORD.fullmatch(element.tag)) and match[1] in _UNREAD:
            element.tag = element.tag.removesuffix(match[1]) + _UNREAD[match[1]]
        elif match and match[1] == "fldChar" and (chosen := _chosen(element)):
            element.tag = element.tag.removesuffix(match[1]) + "t"
            element.clear()
            element.text = chosen
        elif _FORMULA.fullmatch(element.tag):
            pictures.append(Picture(f"formule {''.join(element.itertext())}"))


def _chosen(field: Element) -> str:
    """What a form of Word before content controls shows in its drop-down list, "" for no list."""
    for listed in field.iter():
        if local(listed) == "ddList":
            values = {local(element): given(element, "val") for element in listed}
            words = [given(element, "val") for element in listed if local(element) == "listEntry"]
            rank = whole_number(values.get("result", values.get("default", "0")))
            return words[rank] if rank is not None and 0 <= rank < len(words) else ""
    return ""


def _hiding_styles(root: Element) -> Iterator[str]:
    for style in root.iter():
        if local(style) == "style" and any(
            local(element) == "vanish" and given(element, "val") not in OFF
            for element in style.iter()
        ):
            yield given(style, "styleId")


def _take_hidden(root: Element, styles: Container[str], left: Text) -> None:
    """Take out the runs that Word neither shows nor prints, which every reader takes for others
    (findings/docx-readers.sh). What opens and closes a field stays."""
    for paragraph in [element for element in root.iter() if local(element) == "p"]:
        named = [element for shape in paragraph if local(shape) == "pPr" for element in shape]
        whole = any(
            local(element) == "pStyle" and given(element, "val") in styles for element in named
        )
        for run in [element for element in paragraph.iter() if local(element) == "r"]:
            if not _is_hidden(run, styles, whole):
                continue
            for child in list(run):
                if local(child) not in ("rPr", "fldChar", "instrText"):
                    left.hidden += len("".join(child.itertext()).split())
                    run.remove(child)


def _is_hidden(run: Element, styles: Container[str], whole: bool) -> bool:
    """Its own word goes over that of its style, and this one over its paragraph's."""
    marks = {
        local(element): given(element, "val")
        for shape in run
        if local(shape) == "rPr"
        for element in shape
    }
    if "vanish" in marks:
        return marks["vanish"] not in OFF
    return whole or marks.get("rStyle", "") in styles
