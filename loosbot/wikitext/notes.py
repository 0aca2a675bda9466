"""Notes that several places of a page cite, each citation with the words of its note. Pure.

MediaWiki has the words once, where the note is first cited or anywhere else, and ``<ref name="…"
/>`` at the others: what stands in one paragraph is then the affair of another one, and nobody
could take a paragraph alone. The name says nothing to a reader: it becomes that which the words
give, so that two wikitexts that MediaWiki shows alike are the same text.
"""

from __future__ import annotations

import hashlib
import re
from html import unescape

import mwparserfromhell
from mwparserfromhell.nodes import Tag, Text
from mwparserfromhell.wikicode import Wikicode

from loosbot import lazy

_NAMED = lazy.pattern(r"<ref\s[^>]*\bname\b", re.IGNORECASE)
_ENTITY = lazy.pattern(r"&#?\w+;")
_LONGEST = 4
"""Times its length that a text may come to: a long note may be cited a thousand times."""
_PER_TEXT = 20_000


def name_of(words: str) -> str:
    """The name of a note with these words. Two texts of one page never claim one name for two
    notes; MediaWiki refuses a name that is only digits."""
    return "note-" + hashlib.sha256(words.encode()).hexdigest()[:12]


def cited_in_full(wikitext: str) -> str:
    """The same page, the words of each named note at every place that cites it.

    A citation of a note that is not in this text stays as it is, and so does every note where
    all of them in full would be too long to read.
    """
    if not _NAMED.search(wikitext):
        return wikitext
    code = mwparserfromhell.parse(wikitext, skip_style_tags=True)
    notes = [(tag, name) for tag in code.ifilter_tags() if (name := _name(tag))]
    words: dict[str, str] = {}
    for tag, name in notes:
        if (text := _words(tag)).strip():
            words.setdefault(name, text)  # MediaWiki shows the first one
    added = sum(len(words.get(name, "")) for tag, name in notes if not _words(tag).strip())
    if added > _LONGEST * len(wikitext) + _PER_TEXT:
        return wikitext
    for tag, name in notes:
        text = _words(tag) if _words(tag).strip() else words.get(name, "")
        if text:
            _write(tag, text)
    return str(code)


def _name(tag: Tag) -> str:
    """The name of a note that has nothing else beside it, "" for any other tag."""
    if str(tag.tag).strip().lower() != "ref" or len(tag.attributes) != 1:
        return ""
    attribute = tag.attributes[0]
    named = str(attribute.name).strip().lower() == "name"
    # MediaWiki reads entities in an attribute: « a&amp;b » is the note « a&b »
    return _ENTITY.sub(_character, str(attribute.value or "")).strip() if named else ""


def _character(entity: re.Match[str]) -> str:
    return unescape(entity[0])


def _words(tag: Tag) -> str:
    return "" if tag.contents is None else str(tag.contents)


def _write(tag: Tag, words: str) -> None:
    tag.tag = "ref"
    tag.attributes.clear()
    tag.add("name", name_of(words))
    tag.padding = ""
    tag.implicit = tag.self_closing = False
    # not parsed: nothing looks into it any more
    tag.contents = Wikicode([Text(words)])
    tag.closing_tag = "ref"
