"""The tree of a Markdown text, written as Markdown that people can read and edit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from string import punctuation
from xml.etree.ElementTree import Element

from loosbot import lazy
from loosbot.wikitext.doctree import HEADINGS, TAGS, Document, code_text, starts_elsewhere

_INDENT = "    "
_ESCAPABLE = re.escape(punctuation)
_NEEDED = lazy.pattern(
    # a backslash that would hide a sign, or meet one that follows the text
    rf"\\(?=[{_ESCAPABLE}]|\Z)"
    r"|`"
    r"|(?<! )\*|\*(?! )"
    # underscores that could begin something
    r"|(?<!\w)_++(?=[^\s_])"
    # the end of a link's label, the tags that Markdown has
    rf"|\](?=\()|<(?=(?:{'|'.join(TAGS.values())})>)"
)
_SIGN = lazy.pattern(".")
_AUTOMATIC = lazy.pattern(r"(<(?:[A-Za-z][A-Za-z0-9+.-]*://[^<>]*|[^<>\s@]+@[^<>\s@]+))>")
_EVERY = lazy.pattern(rf"[{_ESCAPABLE}]")
_LINE_START = lazy.pattern(
    r"(?P<before>[ ]*(?:[0-9]{1,9}(?=[.)](?: |$)))?)"
    r"(?=[#>]|[-+*](?: |$)|(?<=[0-9])[.)]|\[\^[^\]]*\]:|~~~"
    r"|(?:=+|-+|(?:-[ ]*){3,}|(?:_[ ]*){3,}|(?:\*[ ]*){3,})[ ]*$|[-:|][-:| ]*[-:|][ ]*$)"
)
_OTHER_SIGN = {"-": "*", ".": ")"}


class Writer:
    """Writes one document once. ``careful`` escapes all that could ever be a sign."""

    def __init__(self, document: Document, *, careful: bool) -> None:
        self._document = document
        self._careful = careful
        self._numbers: dict[str, str] = {}
        typed = "".join(document.root.itertext())
        typed += "".join("".join(note.itertext()) for note in document.notes.values())
        taken = set(re.findall(r"\[\^([0-9]+)\]", typed)) | set(document.notes)
        self._free = (str(number) for number in count(1) if str(number) not in taken)

    def markdown(self) -> str:
        """Paragraphs are one line each; without a newline at the end."""
        blocks = list(self._blocks(self._document.root))
        written = [self._note(name) for name in list(self._numbers)]
        forgotten = [
            self._note(name)
            for name in self._document.notes
            if not name.startswith("]") and name not in self._numbers
        ]
        return "\n\n".join([*blocks, *written, *forgotten])

    # Blocks

    def _blocks(self, parent: Element) -> Iterator[str]:
        above, sign = "", ""
        for child in parent:
            if child.tag in ("ul", "ol"):
                # two lists in a row need different bullets to stay apart
                usual = "-" if child.tag == "ul" else "."
                sign = _OTHER_SIGN[usual] if child.tag == above and sign == usual else usual
                text = self._list(child, sign)
            else:
                text = self._block(child)
            if text:
                above = child.tag
                yield text

    def _block(self, element: Element) -> str:
        match element.tag:
            case "blockquote":
                inner = "\n\n".join(self._blocks(element))
                return "\n".join(f"> {line}" if line else ">" for line in inner.split("\n"))
            case "pre":
                return _fenced(code_text(element))
            case "table":
                return self._table(element)
            case "hr":
                return "---"
            case tag if tag in HEADINGS:
                text = re.sub(r"(?:\A|(?<= ))#(?=#*\Z)", r"\\#", self._inline(element))
                return f"{'#' * HEADINGS[tag]} {text}"
            case _:
                lines = self._inline(element).split("\n")
                return "\n".join(map(_escaped_start, lines))

    def _list(self, element: Element, sign: str) -> str:
        number = int(element.get("start", "1"))
        written: list[str] = []
        loose = False
        for item in element:
            marker = f"{number}{sign} " if element.tag == "ol" else f"{sign} "
            blocks = list(self._blocks(item))
            if not blocks:
                if "empty" in item.attrib:
                    written.append(marker.rstrip(" "))
                    number += 1
                continue
            tags = [child.tag for child in item]
            if tags[0] == "hr":
                # three dashes after a dash would be a rule and no item
                blocks[0] = "___"
            elif tags[0] != "p":
                # continuation lines are indented to the item's text
                marker = marker.ljust(len(_INDENT))
            tight = len(blocks) == 1 or (
                len(blocks) == 2
                and tags[0] == "p"
                and tags[1] in ("ul", "ol")
                and not starts_elsewhere(item[1])
                and "\n\n" not in blocks[1]
                # a dash alone under a sentence would make a title of it
                and "empty" not in item[1][0].attrib
            )
            body = ("\n" if tight else "\n\n").join(blocks)
            written.append(_indented(body, first=marker))
            loose = loose or not tight
            number += 1
        return ("\n\n" if loose else "\n").join(written)

    def _table(self, table: Element) -> str:
        cells = [[self._inline(cell, in_cell=True) for cell in row] for row in table.iter("tr")]
        header = next(table.iter("tr"))
        rules = [_rule(cell.get("style", "")) for cell in header]
        lines = [cells[0], rules, *cells[1:]]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)

    def _note(self, name: str) -> str:
        label = self._numbers.get(name, name)
        blocks = list(self._blocks(self._document.notes[name]))
        start = f"[^{label}]:"
        if not blocks:
            return start
        tags = [child.tag for child in self._document.notes[name]]
        body = "\n\n".join(blocks)
        if tags[0] == "p":
            return _indented(body, first=f"{start} ")
        return f"{start}\n{_indented(body, first=_INDENT)}"

    # Text

    def _inline(self, element: Element, *, in_cell: bool = False) -> str:
        return self._content(element, in_cell).strip(" ")

    def _content(self, element: Element, in_cell: bool) -> str:
        out = self._text(element.text, in_cell)
        for child in element:
            if child.tag == "a" and out.endswith("!"):
                # ``!`` before a link would make it an image
                out = f"{out[:-1]}\\!"
            out += self._child(child, in_cell)
            out += self._text(child.tail, in_cell)
        return out

    def _child(self, child: Element, in_cell: bool) -> str:
        match child.tag:
            case "strong" | "em":
                signs = "**" if child.tag == "strong" else "*"
                inner = self._content(child, in_cell)
                bare = inner.strip(" ")
                if not bare:
                    return inner
                start = len(inner) - len(inner.lstrip(" "))
                end = len(inner.rstrip(" "))
                return f"{inner[:start]}{signs}{bare}{signs}{inner[end:]}"
            case "code":
                return _code_span(code_text(child))
            case "br":
                return "  \n"
            case "sup":
                return f"[^{self._number(child.get('id', ''))}]"
            case tag if tag in TAGS:
                return f"<{TAGS[tag]}>{self._content(child, in_cell)}</{TAGS[tag]}>"
            case "a":
                return self._link(child, in_cell)
            case _:
                return self._content(child, in_cell)

    def _link(self, element: Element, in_cell: bool) -> str:
        href = element.get("href", "")
        label = self._content(element, in_cell).strip(" ")
        if not len(element):
            if element.text == href and re.match(r"https?://[^<>\s]*\Z", href, re.IGNORECASE):
                return f"<{href}>"
            if f"mailto:{element.text}" == href:
                return f"<{element.text}>"
        href = href.replace("`", "%60").replace("\\", "%5C")
        if in_cell:
            href = href.replace("|", "%7C")
        if not re.fullmatch(r"(?:[^()\s<>]|\([^()\s]*\))+", href):
            href = f"<{href}>"
        return f"[{label}]({href})"

    def _number(self, key: str) -> str:
        if key not in self._numbers:
            self._numbers[key] = next(self._free)
        return self._numbers[key]

    def _text(self, text: str | None, in_cell: bool) -> str:
        if not text:
            return ""
        if self._careful:
            return _EVERY.sub(r"\\\g<0>", text)
        text = _NEEDED.sub(lambda sign: _SIGN.sub(r"\\\g<0>", sign[0]), text)
        text = _AUTOMATIC.sub(r"\1\\>", text)
        return text.replace("|", "\\|") if in_cell else text


def _escaped_start(line: str) -> str:
    start = _LINE_START.match(line)
    return f"{start['before']}\\{line[start.end() :]}" if start else line


def _indented(text: str, first: str) -> str:
    """``first`` before the first line, four spaces or more before the others that have text."""
    lines = text.split("\n")
    indent = _INDENT if first.startswith("[^") else " " * max(len(_INDENT), len(first))
    return "\n".join(
        [f"{first}{lines[0]}", *(f"{indent}{line}" if line else "" for line in lines[1:])]
    )


def _fenced(code: str) -> str:
    longest = max((len(run) for run in re.findall("`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{code}\n{fence}"


def _rule(style: str) -> str:
    return {"left": ":--", "center": ":-:", "right": "--:"}.get(
        style.removeprefix("text-align: ").removesuffix(";"), "---"
    )


def _code_span(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    blank = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{blank}{text}{blank}{fence}"
