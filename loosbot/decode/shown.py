"""What a piece of wikitext shows, however it is typed: to tell a change that no field can hold.

Two pieces that say the same to their field may be shown otherwise: a header's sign for a cell's,
a link to a section of the same page, a word without its link. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import mwparserfromhell
from mwparserfromhell.nodes import Comment, HTMLEntity, Node, Tag, Template, Wikilink
from mwparserfromhell.wikicode import Wikicode

_SIGNS = {"b": "'''", "strong": "'''", "i": "''", "em": "''"}
_BLANKS = re.compile(r"\s+")
_PARAGRAPH = re.compile(r"(?<=\w)[ \t]*\n[ \t]*\n\s*(?=\w)")
"""A blank line between two words is shown as one, wherever they stand."""
_AFTER_A_DIGIT = re.compile(r"(?<=\d) | (?=\d)")
_CELLS = re.compile(r"\s*(\|\||!!)\s*")


def shown(wikitext: str) -> str:
    """A normal form, equal for wikitexts that MediaWiki shows alike: blanks (those of a number
    too), entities, ``<b>`` for ``'''``, ``||`` for a cell on its own line, the label of a link that
    is its title, the order and the blanks of named parameters."""
    text = "".join(_shown(mwparserfromhell.parse(wikitext)))
    text = _PARAGRAPH.sub("<p>", _CELLS.sub(lambda signs: f" {signs[1][0]} ", text))
    return _AFTER_A_DIGIT.sub("", _BLANKS.sub(" ", text).strip())


def _shown(code: Wikicode) -> Iterator[str]:
    for node in code.nodes:
        yield _of(node)


def _of(node: Node) -> str:
    match node:
        case Comment():
            return ""
        case HTMLEntity():
            return str(node.normalize())
        case Wikilink():
            title = _first_upper(str(node.title).replace("_", " ").strip())
            label = shown(str(node.title if node.text is None else node.text))
            return f"[[{title}|{label}]]"
        case Template():
            named = sorted(
                f"{str(param.name).strip()}={shown(str(param.value))}"
                for param in node.params
                if param.showkey
            )
            unnamed = [shown(str(param.value)) for param in node.params if not param.showkey]
            return f"{{{{{'|'.join((_first_upper(str(node.name).strip()), *unnamed, *named))}}}}}"
        case Tag():
            return _of_tag(node)
    return str(node)


def _of_tag(tag: Tag) -> str:
    name = str(tag.tag).lower()
    inside = "" if tag.contents is None else "".join(_shown(tag.contents))
    if name == "nowiki":
        return inside
    sign = _SIGNS.get(name, "")
    if sign and not tag.attributes:
        return f"{sign}{inside}{sign}"
    if name in ("br", "li", "dt", "dd"):
        return f"<{name}>"
    return f"<{name}{''.join(str(attribute) for attribute in tag.attributes)}>{inside}</{name}>"


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
