"""What a Markdown text is made of: as markdown-it-py reads it, and as our wikitext shows it.

Both are written alike: ``ul(li(p:"a") li(p:"b"))``. In the text, letters are marked where they
begin to look bold or italic (``{b}``, ``{i}``, ``{bi}``, ``{}``): italic in italic is italic.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from markdown_it import MarkdownIt
from markdown_it.token import Token

from loosbot.wikitext.doctree import code_text
from loosbot.wikitext.markdown import MarkdownRenderer
from loosbot.wikitext.wikireader import Reader

_REFERENCE = MarkdownIt("commonmark").enable("table")
_RENDERER = MarkdownRenderer()
_TEXT_HOLDERS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "th", "td"}
_SAME = {"a", "span", "superscript", "subscript"}
Run = tuple[str, bool, bool]


def expected(source: str) -> str:
    """The structure that CommonMark, with GitHub's tables, gives."""
    out: list[str] = []
    for token in _REFERENCE.parse(source):
        if token.type == "inline":
            if out[-1].strip(" ").split(":")[0] not in _TEXT_HOLDERS:
                out.append("p:")
            out.append(_looks(_token_runs(token.children or [])))
        elif token.type in ("fence", "code_block"):
            out.append(f" pre:{_code(token.content)}")
        elif token.type == "html_block":
            out.append(f" p:{_looks([(token.content, False, False)])}")
        elif token.type == "hr":
            out.append(" hr")
        elif token.nesting == 1 and token.tag in _TEXT_HOLDERS:
            out.append(f" {token.tag}:")
        elif token.nesting == 1:
            out.append(f" {token.tag}{_start(token.attrs.get('start', 1))}(")
        elif token.nesting == -1 and token.tag not in _TEXT_HOLDERS:
            out.append(")")
    return "".join(out).replace("( ", "(").strip(" ")


def shown(source: str) -> str:
    """The structure that the wikitext has in which we write this text."""
    wikitext = _RENDERER.to_wikitext(source, level=1, resolve=lambda target: None)
    document = Reader(level=1, link=lambda title, fragment: None).document(wikitext)
    # markdown-it-py gives a table without rows no body
    return " ".join(map(_block, document.root)).replace(" tbody()", "")


def _block(element: Element) -> str:
    tag = element.tag
    if tag == "hr":
        return tag
    if tag == "pre":
        return f"pre:{_code(code_text(element))}"
    if tag in _TEXT_HOLDERS:
        return f"{tag}:{_looks(_element_runs(element, False, False))}"
    start = _start(element.get("start", "1"))
    return f"{tag}{start}({' '.join(map(_block, element))})"


def _start(number: object) -> str:
    return "" if str(number) == "1" else f"={number}"


def _code(text: str) -> str:
    return repr("\n".join(line.rstrip(" ") for line in text.split("\n")).rstrip("\n"))


def _token_runs(tokens: Iterable[Token]) -> Iterator[Run]:
    bold = italic = 0
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "softbreak":
                yield " ", False, False
            case "hardbreak":
                yield "\n", False, False
            case "code_inline":
                yield f"`{token.content}`", bold > 0, italic > 0
            case _:
                yield token.content, bold > 0, italic > 0


def _element_runs(element: Element, bold: bool, italic: bool) -> Iterator[Run]:
    yield element.text or "", bold, italic
    for child in element:
        match child.tag:
            case "br":
                yield "\n", False, False
            case "code":
                yield f"`{code_text(child)}`", bold, italic
            case _:
                yield from _element_runs(
                    child, bold or child.tag == "strong", italic or child.tag == "em"
                )
        yield child.tail or "", bold, italic


def _looks(runs: Iterable[Run]) -> str:
    """The letters with a mark where their look changes; blanks look the same in bold."""
    out: list[str] = []
    look = ""
    for text, bold, italic in runs:
        now = "b" * bold + "i" * italic
        for letter in text.replace("\t", " "):
            if letter not in " \n" and now != look:
                out.append(f"{{{now}}}")
                look = now
            out.append(letter)
    return repr(re.sub(" *\n *", "⏎", re.sub("[ ]+", " ", "".join(out)).strip(" \n")))
