"""Inline processors, where our Markdown differs from Python-Markdown's."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from string import punctuation
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import BACKTICK_RE, BacktickInlineProcessor, InlineProcessor
from markdown.util import ETX, STX, AtomicString

from loosbot.corpus.references import folded
from loosbot.wikitext.doctree import TAGS
from loosbot.wikitext.emphasis import Emphasis

# A label with one level of brackets, a target with one level of parentheses, a title to drop.
# Possessive, so that thousands of brackets take no more than one look each.
_LABEL = r"\[((?:[^][]++|\[[^][]*+\])*+)\]"
_LINK = (
    _LABEL + r"\(\s*+(?:<([^<>\n]*+)>|((?:[^()\s<>]++|\([^()\s]*+\))*+))"
    r"(?:\s++(?:\"[^\"]{0,300}\"|'[^']{0,300}'))?\s*+\)"
)
_FULL_REFERENCE = _LABEL + r"\[([^][]*+)\]"
_SHORT_REFERENCE = r"\[([^][]++)\]"
_MAIL = r"<(?:mailto:)?([^<>\s@!]{1,64}@[^<>\s@]{1,255})>"
_BREAK = r"(?:(?<! ) {2,}+|\\)\n"
TYPED = {name: tag for tag, name in TAGS.items()}
"""The tags that may be typed, and what they are called in the tree."""
_TYPED = rf"<({'|'.join(TYPED)})>([^<>\n]++)</\1>"
# MediaWiki's behaviour switches (``__TOC__``) look like bold
_SWITCH = (
    r"__(?:(?:NO|FORCE)?TOC|(?:NO|NEW|NONEW)?(?:EDITSECTION|SECTIONLINK)|HIDDENCAT|(?:NO)?INDEX"
    r"|NOGALLERY|STATICREDIRECT|NO(?:TITLE|CONTENT)CONVERT|DISAMBIG|(?:AUCUN|FORCER)?SOMMAIRE"
    r"|(?:SECTION|SANSSECTION|LIENNOUVELLESECTION|SANSLIENNOUVELLESECTION)[A-Z]*)__"
)
_LIBRARY_ONLY = (
    *("reference", "image_reference", "short_reference", "short_image_ref"),
    *("html", "entity", "not_strong", "em_strong2"),
)
_ESCAPE_HELD = re.compile(rf"{STX}([0-9]+){ETX}")
"""How the library holds a sign behind a backslash, which it takes out before the links."""
_ESCAPED = re.compile(rf"\\([{re.escape(punctuation)}])")
LIVE = re.compile(r"[\\`*_\[<]| {2}\n")
"""Signs without which none of these finds anything."""


_Maker = Callable[[re.Match[str], Callable[[str], str]], Element | str]


@dataclass(slots=True)
class Definitions:
    """Footnotes of the current text, and targets of its reference links."""

    notes: Mapping[str, Element] = field(default_factory=dict)
    references: Mapping[str, str] = field(default_factory=dict)


def register(md: Markdown, definitions: Definitions) -> None:
    """Register these processors, and remove those for syntax that the guide does not have."""
    md.ESCAPED_CHARS = list(punctuation)
    patterns = md.inlinePatterns
    for name in _LIBRARY_ONLY:
        patterns.deregister(name, strict=False)
    patterns.register(_Code(BACKTICK_RE), "backtick", 190)
    patterns.register(_NoteMark(definitions), "footnote", 175)
    patterns.register(_Made(r"(?<!\!)" + _LINK, md, _link), "link", 160)
    picture = _Made(r"\!" + _LINK, md, lambda m, unescape: _element("img", alt=unescape(m[1])))
    patterns.register(picture, "image_link", 150)
    patterns.register(_Reference(r"!?" + _FULL_REFERENCE, md, definitions), "full-reference", 140)
    patterns.register(_Reference(r"!?" + _SHORT_REFERENCE, md, definitions), "short-reference", 130)
    patterns.register(_Made(_MAIL, md, _mail), "automail", 110)
    patterns.register(_Made(_BREAK, md, lambda m, _: Element("br")), "linebreak", 100)
    typed = _Made(_TYPED, md, lambda m, _: _element(TYPED[m[1]], m[2]))
    patterns.register(typed, "typed", 90)
    patterns.register(_Made(_SWITCH, md, lambda m, _: m[0]), "switch", 65)
    patterns.register(Emphasis(), "em_strong", 60)


class _Made(InlineProcessor):
    """What a pattern finds, as what ``make`` makes of it; ``make`` gets the match, and what gives
    back the signs that the library holds apart."""

    def __init__(self, pattern: str, md: Markdown, make: _Maker) -> None:
        super().__init__(pattern, md)
        self._make = make

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's own signature
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str, int, int]:
        return self._make(m, self.unescape), m.start(0), m.end(0)


def _element(tag: str, text: str | None = None, **attributes: str) -> Element:
    element = Element(tag, attributes)
    element.text = text
    return element


def _link(m: re.Match[str], unescape: Callable[[str], str]) -> Element:
    return _element("a", m[1], href=unescape(m[2] or m[3] or "").strip())


def _mail(m: re.Match[str], unescape: Callable[[str], str]) -> Element:
    """The library's own writes the address as HTML references, to hide it from robots."""
    address = unescape(m[1])
    return _element("a", AtomicString(address), href=f"mailto:{address}")


class _Reference(InlineProcessor):
    """``[label][name]``, ``[name][]``, ``[name]``, and the same after ``!`` for a picture."""

    def __init__(self, pattern: str, md: Markdown, definitions: Definitions) -> None:
        super().__init__(pattern, md)
        self._definitions = definitions

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's own signature
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        label = m.group(1)
        name = (m.group(2) if m.re.groups > 1 else "") or label
        name = _ESCAPE_HELD.sub(lambda match: f"\\{chr(int(match[1]))}", self.unescape(name))
        references = self._definitions.references
        target = references.get(folded(name)) if references else None
        if target is None:
            return None, None, None
        if m.group().startswith("!"):
            element = Element("img", {"alt": self.unescape(label)})
        else:
            element = Element("a", {"href": _ESCAPED.sub(r"\1", target)})
            element.text = label
        return element, m.start(0), m.end(0)


class _Code(BacktickInlineProcessor):
    """Inline code; unlike the library's, also of blanks alone."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's own signature
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        element, start, end = super().handleMatch(m, data)
        if isinstance(element, Element) and not element.text:
            element.text = AtomicString(" ")
        return element, start, end


class _NoteMark(InlineProcessor):
    def __init__(self, definitions: Definitions) -> None:
        super().__init__(r"\[\^([^\]\n]*)\]")
        self._definitions = definitions

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's own signature
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        if m.group(1) not in self._definitions.notes:
            return None, None, None
        element = Element("sup")
        element.set("id", m.group(1))
        return element, m.start(0), m.end(0)
