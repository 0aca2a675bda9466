"""The text of a wikitext line (bold, links, code, citations) into the tree of a Markdown text."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

from mwparserfromhell.nodes import ExternalLink, HTMLEntity, Node, Tag, Wikilink
from mwparserfromhell.wikicode import Wikicode

from loosbot import lazy
from loosbot.wikitext.doctree import TAGS
from loosbot.wikitext.encoding import BLANK_SEPARATORS, Context, encode
from loosbot.wikitext.inlinetidy import tidy_inline
from loosbot.wikitext.links import external_target
from loosbot.wikitext.plaintext import decode
from loosbot.wikitext.wikiblocks import Item, items, refused, tag_name
from loosbot.wikitext.wikicode import beyond_records
from loosbot.wikitext.wikiinline import Target
from loosbot.wikitext.wikiquotes import QuoteMark, Token, grow, tokens_of
from loosbot.wikitext.wikitables import attributes_of

Linker = Callable[[str, str], str | None]
"""Wiki title and fragment -> what a Markdown link has between its parentheses, or None."""

_LIVE = lazy.pattern(r"<[A-Za-z/!]|\{\{|\[\[|__\w+?__")
_LINE_START = lazy.pattern(r"\n[ \t]*(?:[*#:;]|\{\||={1,6}.*=|----|\n)")
_URL = lazy.pattern(rf'(?<!\w)https?://[^][<>"\x00-\x20\x7f{BLANK_SEPARATORS}]+', re.IGNORECASE)
_CODE = "ce code n’existe pas en Markdown (à ôter, ou à mettre hors du texte publié)"
_BLOCK = (
    "un bloc commence au milieu d’un texte (dans une case ou une note, tout s’écrit à la suite)"
)
NO_TAG = (
    "cette balise n’existe pas en Markdown (gardez-en les mots sans elle, ou mettez le tout hors "
    "du texte publié)"
)
"""Why a tag of HTML or of an extension cannot be read, and what to do about it."""
_INLINE = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    **{name: tag for tag, name in TAGS.items()},
}


class InlineReader:
    """``note`` reads a ``<ref>``. ``targets``: where the links lead, as Markdown writes them."""

    def __init__(self, link: Linker, note: Callable[[Tag], Element]) -> None:
        self._link = link
        self._note = note
        self._in_link = False
        self.targets: dict[str, Target] = {}

    def read(self, line: Sequence[Item], parent: Element) -> None:
        """All of ``line`` into ``parent``, without blanks and breaks at both ends."""
        self.grow(line, parent)
        tidy(parent)

    def grow(self, line: Sequence[Item], parent: Element) -> None:
        """As :meth:`read`, keeping blanks and breaks at both ends."""
        grow(parent, self._tokens(line))
        tidy_inline(parent)

    def _tokens(self, line: Sequence[Item]) -> list[Token]:
        tokens: list[Token] = []
        for item in line:
            tokens += self._text(item) if isinstance(item, str) else self._node(item)
        return tokens

    def _text(self, text: str) -> list[Token]:
        if code := _LIVE.search(text):
            raise refused(_CODE, text[code.start() :])
        if code := _LINE_START.search(text):
            raise refused(_BLOCK, text[code.start() :].strip())
        tokens: list[Token] = []
        for token in tokens_of(text.replace("\t", " ")):
            is_text = isinstance(token, str) and not self._in_link
            tokens += _bare_links(str(token)) if is_text else [token]
        return tokens

    def _node(self, node: Node) -> list[Token]:
        match node:
            case HTMLEntity():
                return [plain_of(node)]
            case Wikilink():
                return [self._wikilink(node)]
            case ExternalLink():
                return [self._external(node)]
            case Tag():
                return self._inline_tag(node)
            case _:
                raise refused(_CODE, node)

    def _inline_tag(self, tag: Tag) -> list[Token]:
        name, attributes = tag_name(tag), attributes_of(tag)
        if name == "ref":
            return [self._note(tag)]
        if attributes:
            raise refused(NO_TAG, tag)
        if name == "br":
            return [QuoteMark.BREAK]
        if name == "nowiki":
            contents = str(tag.contents) if tag.contents is not None else ""
            return (
                [QuoteMark.GAP, decode(contents, Context.PRE).replace("\n", " ")]
                if contents
                else [QuoteMark.GAP]
            )
        nodes = tag.contents.nodes if tag.contents is not None else []
        if name == "code":
            element = Element("code")
            text = "".join(plain_of(node) for node in items(nodes)).replace("\n", " ")
            element.text = html.escape(text, quote=False)
            return [element]
        if name not in _INLINE:
            raise refused(NO_TAG, tag)
        element = Element(_INLINE[name])
        grow(element, self._tokens(items(nodes)))
        return [element]

    def _wikilink(self, node: Wikilink) -> Element:
        typed = str(node.title)
        if "{{" in typed or "\n" in typed or (node.text is not None and not str(node.text)):
            raise refused("ce lien n’est pas complet", node)
        shown = decode(typed, Context.HEADING)
        is_file = re.match(
            r"\s*(?:cat[ée]gor(?:y|ie)|fichier|file|image)\s*:", shown, re.IGNORECASE
        )
        if is_file:
            raise refused("une catégorie ou un fichier (à mettre hors du texte publié)", node)
        title, _, fragment = shown.strip().removeprefix(":").partition("#")
        title = " ".join(title.replace("_", " ").split())
        title = title[:1].upper() + title[1:]
        fragment = fragment.strip()
        href = self._link(title, fragment)
        if href is None:
            no_record = (
                "un lien vers une page qui n’est pas une fiche (à écrire hors du texte publié)"
            )
            raise refused(beyond_records(str(node), no_record), node)
        self.targets[href] = Target(title, fragment)
        element = Element("a", {"href": href})
        if node.text is None:
            element.text = shown.strip().removeprefix(":")
        else:
            self._label(node.text, element)
        return element

    def _external(self, node: ExternalLink) -> Element:
        url = decode(str(node.url), Context.HEADING)
        if external_target(url) is None:
            raise refused("un lien qui n’est ni http, ni https, ni mailto (à ôter)", node)
        if node.title is None or not str(node.title).strip():
            raise refused("un lien sans texte (à écrire derrière l’adresse et une espace)", node)
        element = Element("a", {"href": _written(url)})
        self._label(node.title, element)
        return element

    def _label(self, label: Wikicode, element: Element) -> None:
        self._in_link = True
        grow(element, self._tokens(items(label.nodes)))
        self._in_link = False


def _bare_links(text: str) -> list[Token]:
    """Links for the bare addresses that would not stay links when written as text."""
    tokens: list[Token] = []
    end = 0
    for address in _URL.finditer(text):
        url = address.group().rstrip(",;.:!?" if "(" in address.group() else ",;.:!?)")
        if encode(url, Context.LIST_ITEM) != url:
            element = Element("a", {"href": _written(url)})
            element.text = url
            tokens += [text[end : address.start()], element]
            end = address.start() + len(url)
    return [token for token in (*tokens, text[end:]) if not isinstance(token, str) or token]


def _written(url: str) -> str:
    """An address as the renderer writes it."""
    return decode(external_target(url) or url, Context.HEADING)


def plain_of(item: Item) -> str:
    """Text where nothing else may stand, as in code; a line break is a newline.

    Raises Undecodable for anything else.
    """
    if isinstance(item, HTMLEntity):
        shown = decode(str(item), Context.PRE)
        return " " if shown in "\n\t" else shown
    if isinstance(item, Tag):
        if tag_name(item) == "br" and not item.attributes:
            return "\n"
        if tag_name(item) == "nowiki" and not item.attributes:
            return "" if item.contents is None else decode(str(item.contents), Context.PRE)
    if not isinstance(item, str) or "''" in item or _LIVE.search(item):
        raise refused("une mise en forme dans du code", item)
    return item


def tidy(parent: Element) -> None:
    """Without blanks and breaks at both ends, nor blanks around a break."""
    while len(parent) and parent[0].tag == "br" and not (parent.text or "").strip(" "):
        parent.text = parent[0].tail
        parent.remove(parent[0])
    while len(parent) and parent[-1].tag == "br" and not (parent[-1].tail or "").strip(" "):
        parent.remove(parent[-1])
    _set_text(parent, 0, _text(parent, 0).lstrip(" "))
    _set_text(parent, len(parent), _text(parent, len(parent)).rstrip(" \t\n"))
    for index, child in enumerate(parent):
        if child.tag == "br":
            _set_text(parent, index, _text(parent, index).rstrip(" "))
            _set_text(parent, index + 1, _text(parent, index + 1).lstrip(" "))


def _text(parent: Element, index: int) -> str:
    """The text before the child at ``index``; after the last one for the number of children."""
    return (parent[index - 1].tail if index else parent.text) or ""


def _set_text(parent: Element, index: int, text: str) -> None:
    if index:
        parent[index - 1].tail = text
    else:
        parent.text = text
