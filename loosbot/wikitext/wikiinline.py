"""The inline part of a Markdown tree, as wikitext: bold, links, code, citations of notes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree.ElementTree import Element

from loosbot.frozen import dataclass
from loosbot.wikitext.doctree import DEEPEST_INLINE, TAGS, code_text, one_line
from loosbot.wikitext.encoding import Context, Markup, compose, encode
from loosbot.wikitext.links import external_target, link_to


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads in the wiki. ``label`` serves a link whose own label is empty."""

    title: str
    fragment: str = ""
    label: str = ""


Resolver = Callable[[str], Target | None]
Part = str | Markup


@dataclass(frozen=True, slots=True)
class _InlineContext:
    """What surrounds an inline element."""

    bold: bool = False
    italic: bool = False
    link: bool = False
    depth: int = 0

    @property
    def quoted(self) -> bool:
        return self.bold or self.italic


_QUOTES = (Markup("''"), Markup("'''"))
# what may follow a bare URL without becoming part of it
_AFTER_URL = re.compile(r"[.,;:!?]?(?:\s|\Z)")


class InlineWriter:
    """``cite`` gives the citation of a note by name; None shows its mark as typed."""

    def __init__(self, resolve: Resolver, cite: Callable[[str], Markup | None]) -> None:
        self._resolve = resolve
        self._cite = cite

    def write(self, element: Element, context: Context, *, bold: bool = False) -> str:
        """Everything in ``element``, without the blanks around."""
        parts = self._parts(element, _InlineContext(bold=bold))
        if bold and _shows(parts):
            parts = [_QUOTES[1], *_trimmed(parts), _QUOTES[1]]
        return self.compose(parts, context)

    def compose(self, parts: list[Part], context: Context) -> str:
        return compose(_apart(_trimmed(parts)), context)

    def append(self, parts: list[Part], child: Element) -> None:
        """Add ``child`` and the text after it to what is to be composed."""
        self._append(parts, child, _InlineContext())

    def _parts(self, element: Element, inside: _InlineContext) -> list[Part]:
        if inside.depth > DEEPEST_INLINE:
            return [one_line("".join(element.itertext()))]
        parts: list[Part] = [one_line(element.text)]
        for child in element:
            self._append(parts, child, inside)
        return parts

    def _append(self, parts: list[Part], child: Element, inside: _InlineContext) -> None:
        tail = one_line(child.tail)
        deeper = replace(inside, depth=inside.depth + 1)
        match child.tag:
            case "strong" if not inside.bold:
                parts += _wrapped(self._parts(child, replace(deeper, bold=True)), _QUOTES[1])
            case "em" if not inside.italic:
                parts += _wrapped(self._parts(child, replace(deeper, italic=True)), _QUOTES[0])
            case "code":
                if child.text:
                    parts += (Markup("<code>"), one_line(code_text(child)), Markup("</code>"))
            case "br":
                if not isinstance(parts[-1], Markup):
                    parts[-1] = parts[-1].rstrip(" ")
                # quotes do not reach over a line's end
                parts.append(Markup("<br>") if inside.quoted else "\n")
                tail = tail.lstrip(" ")
            case "a" if not inside.link:
                parts += self._link(child, parts, replace(deeper, link=True))
            case "img":
                parts.append(one_line(child.get("alt")))
            case tag if tag in TAGS:
                inner = _trimmed(self._parts(child, deeper))
                if _shows(inner):
                    parts += (Markup(f"<{TAGS[tag]}>"), *inner, Markup(f"</{TAGS[tag]}>"))
            case "sup":
                name = child.get("id", "")
                parts.append((None if inside.link else self._cite(name)) or f"[^{name}]")
            case _:
                parts += self._parts(child, deeper)
        parts.append(tail)

    def _link(self, element: Element, before: list[Part], inside: _InlineContext) -> list[Part]:
        href = element.get("href", "")
        label = self._parts(element, inside)
        if (target := self._resolve(href)) is not None:
            text = self.compose(label, Context.LINK_LABEL)
            text = text or encode(target.label or target.title, Context.LINK_LABEL)
            return [link_to(target.title, text, target.fragment)]
        url = external_target(href)
        if url is None:
            return label
        if url == "".join(label) and _stays_a_link(url, before[-1], element.tail or ""):
            return [url]
        text = self.compose(label, Context.EXTERNAL_LABEL)
        text = text or encode(href, Context.EXTERNAL_LABEL)
        return [Markup(f"[{url} {text}]")]


def _shows(parts: list[Part]) -> bool:
    return any(isinstance(part, Markup) or part.strip(" ") for part in parts)


def _wrapped(parts: list[Part], quotes: Markup) -> list[Part]:
    return [quotes, *parts, quotes] if _shows(parts) else parts


def _trimmed(parts: list[Part]) -> list[Part]:
    """Without the blanks at both ends, which Markdown does not show."""
    kept = [part for part in parts if part]
    while kept and not isinstance(kept[0], Markup):
        kept[0] = kept[0].lstrip(" \n")
        if kept[0]:
            break
        kept.pop(0)
    while kept and not isinstance(kept[-1], Markup):
        kept[-1] = kept[-1].rstrip(" \n")
        if kept[-1]:
            break
        kept.pop()
    return kept


def _apart(parts: list[Part]) -> list[Part]:
    """Keep runs of quotes readable for MediaWiki: it knows two, three and five in a row."""
    out: list[Part] = []
    run: list[Part] = []
    for part in parts:
        if part in _QUOTES and isinstance(part, Markup):
            if len(run) > 1 or part in run:
                out.append(Markup("<nowiki/>"))
                run = []
            run.append(part)
        elif part:
            run = []
        out.append(part)
    return out


def _stays_a_link(url: str, before: Part, after: str) -> bool:
    """Whether MediaWiki makes a link of exactly ``url`` where it stands bare."""
    return (
        encode(url, Context.PARAM) == url
        and not url.lower().startswith("mailto:")
        and url[-1] not in ".,;:!?)"
        and not re.search(r"\w\Z", before)
        and _AFTER_URL.match(after) is not None
    )
