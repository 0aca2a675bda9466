"""What every OpenDocument 1.2 workbook of ours is made of, whatever stands in its cells."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from loosbot.parsing import whole_number

MIME = "application/vnd.oasis.opendocument.spreadsheet"
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
URIS = {
    "office": f"{_OASIS}office:1.0", "table": f"{_OASIS}table:1.0", "text": f"{_OASIS}text:1.0",
    "style": f"{_OASIS}style:1.0", "number": f"{_OASIS}datastyle:1.0", "meta": f"{_OASIS}meta:1.0",
    "fo": f"{_OASIS}xsl-fo-compatible:1.0", "of": f"{_OASIS}of:1.2",
    "manifest": f"{_OASIS}manifest:1.0", "dc": "http://purl.org/dc/elements/1.1/",
    "draw": f"{_OASIS}drawing:1.0", "svg": f"{_OASIS}svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}  # fmt: skip
"""Prefix -> its namespace."""
_BLANKS = re.compile("  +")


def named(*prefixes: str) -> str:
    """The attributes that declare these prefixes."""
    return " ".join(f'xmlns:{prefix}="{URIS[prefix]}"' for prefix in prefixes)


def qn(name: str) -> str:
    """The tag or attribute ``text:p`` as ElementTree writes it."""
    prefix, _, local = name.partition(":")
    return f"{{{URIS[prefix]}}}{local}"


_SPACES, _COUNT, _ANNOTATION = qn("text:s"), qn("text:c"), qn("office:annotation")
_SIGNS = {qn("text:tab"): "\t", qn("text:line-break"): "\n"}


def is_bare(text: str) -> bool:
    """Whether a text, which is not empty, is written as it stands, in one line."""
    # one test a sign: a loop over them takes three times as long, and each cell is asked
    return not (
        "\n" in text
        or "&" in text
        or "<" in text
        or ">" in text
        or "  " in text
        or text[:1] == " "
        or text[-1:] == " "
    )


def paragraph_text(element: Element, most: int) -> str:
    """The text of a paragraph, where blanks, tabs and line breaks are elements of their own.

    Raises ValueError where it is longer than ``most`` characters: one element stands for many.
    """
    parts = [element.text or ""]
    length = 0
    for child in element:
        if child.tag == _SPACES:
            parts.append(" " * min(whole_number(child.get(_COUNT, "1")) or 1, most + 1))
        elif child.tag in _SIGNS:
            parts.append(_SIGNS[child.tag])
        elif child.tag != _ANNOTATION:
            parts.append(paragraph_text(child, most))
        parts.append(child.tail or "")
        length += len(parts[-1]) + len(parts[-2])
        if length > most:
            raise ValueError(f"une case a plus de {most} signes")
    return "".join(parts)


def paragraphs(text: str) -> str:
    """The text of a cell, one ``text:p`` a line."""
    if is_bare(text):
        return f"<text:p>{text}</text:p>"
    return "".join(f"<text:p>{_line(line)}</text:p>" for line in text.split("\n"))


def _line(line: str) -> str:
    """A line whose blanks stay: readers fold them elsewhere (OpenDocument 1.2, 6.1.2).

    A tab is written as it is: LibreOffice 7.4 drops ``text:tab`` in a cell, and joins two words.
    """
    folded = _BLANKS.sub(_blank, escape(line))
    if folded.startswith(" "):
        folded = f"<text:s/>{folded[1:]}"
    return f"{folded[:-1]}<text:s/>" if folded.endswith(" ") else folded


def _blank(blanks: re.Match[str]) -> str:
    return f' <text:s text:c="{len(blanks[0]) - 1}"/>'


def no_styles() -> str:
    """``styles.xml``, which a workbook may lack; odfdo 3.27.3 then tells no style of a sheet, and
    odsparsator 1.17.0, which asks for them, reads nothing."""
    return f'{XML}<office:document-styles {named("office")} office:version="1.2"/>'


def manifest() -> str:
    """``META-INF/manifest.xml``: the members of every workbook."""
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (
            ("/", MIME),
            *((f"{part}.xml", "text/xml") for part in ("content", "styles", "meta")),
        )
    )
    return (
        f'{XML}<manifest:manifest {named("manifest")} manifest:version="1.2">{entries}'
        "</manifest:manifest>"
    )
