"""Reading a template parameter that a person may have edited."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

import mwparserfromhell
from mwparserfromhell.nodes import ExternalLink, HTMLEntity, Node, Tag, Template, Text, Wikilink

from loosbot import lazy
from loosbot.errors import LoosbotError
from loosbot.frozen import dataclass
from loosbot.wikitext.encoding import Context, Markup
from loosbot.wikitext.plaintext import decode

_SIGNATURE = lazy.pattern(
    r"\[\[[\s:]*(?:(?:discussion[ _])?utilisat(?:eur|rice)|user(?:[ _]talk)?"
    r"|sp[ée]cial\s*:\s*contributions)\s*[:/]",
    re.IGNORECASE,
)
_ACTING = lazy.pattern(r"</[A-Za-z]|__\w+?__")

BLANKS = r"(?:[ \t\u00a0\u202f]|&(?:nbsp|#160|#8239);)*"
"""A regular expression of the blanks around a sign of ours, no-break ones too: French typography
has people type those before a colon or a semicolon, as characters or as entities."""

SEMICOLON = Markup("<nowiki>;</nowiki>")
"""A semicolon inside one item of a list."""


class Undecodable(LoosbotError, ValueError):
    """A person wrote there what YAML cannot hold. The message is French, for that person."""


class Verbatim(str):
    """Wikitext that can be compared, but has no value in YAML."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Call:
    """One template call; positional parameters are called ``1``, ``2``...

    ``hidden`` holds what stands in a parameter that is given again further on: MediaWiki shows
    the last one alone.
    """

    name: str
    values: dict[str, str]
    hidden: tuple[str, ...]

    def beyond(self, *known: str) -> str:
        """What the call says that is in none of these parameters, "" for nothing."""
        rest = [f"{name}={text}" for name, text in self.values.items() if name not in known]
        return "|".join((*self.hidden, *rest))


def beyond_records(link: str, otherwise: str) -> str:
    """Why no file takes a link to a page that is no record, in French: ``otherwise`` where it is
    not the one that begins a signature."""
    if _SIGNATURE.match(link):
        return "une signature (ôtez-la : l’historique de la page dit qui a écrit, et quand)"
    return otherwise


def trim(wikitext: str) -> str:
    """A parameter's value without the blanks that MediaWiki leaves out; a no-break space stays."""
    return wikitext.strip(" \t\n\r\0\x0b")


def with_no_breaks(wikitext: str) -> str:
    """``wikitext`` with its no-break spaces as characters, where they were typed as entities."""
    wide = wikitext.replace("&nbsp;", "\u00a0").replace("&#160;", "\u00a0")
    return wide.replace("&#8239;", "\u202f")


def unpadded(wikitext: str) -> str:
    """What stands beside a sign of ours, without its blanks, those of French typography too."""
    return with_no_breaks(wikitext).strip(" \t\n\r\0\x0b\u00a0\u202f")


def plain(wikitext: str) -> str:
    """The text that ``wikitext`` shows; :class:`Undecodable` where there is live markup."""
    wikitext = wikitext.replace(SEMICOLON, "&#59;")
    for node in mwparserfromhell.parse(wikitext).nodes:
        if isinstance(node, HTMLEntity) or (isinstance(node, Text) and not _acts(str(node))):
            continue
        if isinstance(node, Tag) and node.tag == "br" and not node.attributes:
            continue
        if isinstance(node, ExternalLink) and not node.brackets:
            continue
        raise Undecodable(f"cette mise en forme ne tient pas dans la fiche : {node}")
    return decode(wikitext, Context.PARAM)


def _acts(text: str) -> bool:
    """Whether MediaWiki does something where the parser sees text: a switch (``__TOC__``), which
    shows nothing, or the end of a tag that was not opened."""
    return ("__" in text or "</" in text) and _ACTING.search(text) is not None


def plain_inside(wikitext: str) -> str:
    """The text of a piece that does not begin its line: a star at its start is no bullet."""
    return plain(f"x{wikitext}")[1:]


def split(wikitext: str) -> list[str]:
    """The items of a list separated by ``;``, or by ``,`` where all of them are links."""
    pieces = _split_at(wikitext, ";")
    if len(pieces) == 1:
        commas = _split_at(wikitext, ",")
        if len(commas) > 1 and all(sole_link(trim(piece)) for piece in commas):
            return commas
    return pieces


def _split_at(wikitext: str, separator: str) -> list[str]:
    pieces = [""]
    for node in mwparserfromhell.parse(wikitext).nodes:
        first, *others = str(node).split(separator) if isinstance(node, Text) else [str(node)]
        pieces[-1] += first
        pieces += others
    # a no-break space right before the separator belongs to it; we write a plain one there
    pieces[:-1] = (with_no_breaks(piece).rstrip("\u00a0\u202f") for piece in pieces[:-1])
    return [trim(piece) for piece in pieces if trim(piece)]


@dataclass(frozen=True, slots=True)
class Link:
    """One link to a page. ``label`` is wikitext, "" where the link shows its title."""

    title: str
    fragment: str
    label: str


@cache
def _heading(level: int) -> re.Pattern[str]:
    signs = "=" * level
    # a line of a preformatted text opens no section
    return re.compile(
        rf"<pre\b(?s:.*?)</pre>|^{signs}(?!=)(?P<title>.*?)(?<!=){signs}[ \t]*$", re.MULTILINE
    )


def sections(wikitext: str, level: int) -> tuple[str, list[tuple[str, str]]]:
    """What stands before the first heading of ``level``; then title and text of each section."""
    marks = [mark for mark in _heading(level).finditer(wikitext) if mark["title"] is not None]
    if not marks:
        return wikitext, []
    ends = [*(mark.start() for mark in marks[1:]), len(wikitext)]
    parts = [
        (mark["title"].strip(), wikitext[mark.end() : end])
        for mark, end in zip(marks, ends, strict=True)
    ]
    return wikitext[: marks[0].start()], parts


def sole_link(wikitext: str) -> Link | None:
    """The link that is all of ``wikitext``; None when there is more."""
    nodes = mwparserfromhell.parse(wikitext).nodes
    if len(nodes) != 1 or not isinstance(nodes[0], Wikilink):
        return None
    title, _, fragment = str(nodes[0].title).partition("#")
    label = "" if nodes[0].text is None else trim(str(nodes[0].text))
    return Link(title.strip(), fragment.strip(), label)


@cache
def _call_of(names: frozenset[str]) -> re.Pattern[str]:
    """How a call of one of these templates begins, as :func:`name_of` reads it."""
    ways = (
        f"[{re.escape(name[:1])}{re.escape(name[:1].lower())}]"
        + r"[\s_]+".join(re.escape(word) for word in name[1:].split(" "))
        for name in names
    )
    return re.compile(rf"\{{\{{[\s_]*(?:{'|'.join(ways)})")


def take_templates(wikitext: str, wanted: Collection[str]) -> tuple[list[Call], str]:
    """The top-level calls of these templates, in order, and the text without them."""
    if not _call_of(frozenset(wanted)).search(wikitext):
        return [], trim(wikitext)  # a quick test, to avoid parsing a long text
    calls: list[Call] = []
    rest: list[str] = []
    for node in _lines_apart(wikitext):
        name = name_of(node) if isinstance(node, Template) else ""
        if isinstance(node, Template) and name in wanted:
            calls.append(Call(name, values_of(node), hidden_in(node)))
        else:
            rest.append(str(node))
    return calls, trim("".join(rest))


def _lines_apart(wikitext: str) -> Sequence[Node]:
    """Its nodes. To the parser ``l'''eau''`` opens a bold that goes on to the next one, boxes
    and all (findings/mwparserfromhell-elisions.sh); MediaWiki ends it with its line."""
    return mwparserfromhell.parse(wikitext, skip_style_tags=True).nodes


def behind(wikitext: str, wanted: Collection[str]) -> str:
    """The words on the line of the first top-level call of these templates that stand behind it;
    other such calls are none."""
    if not _call_of(frozenset(wanted)).search(wikitext):
        return ""
    words: list[str] = []
    passed = False
    for node in _lines_apart(wikitext):
        if isinstance(node, Template) and name_of(node) in wanted:
            passed = True
        elif passed:
            words.append(str(node))
    return trim("".join(words).partition("\n")[0])


def values_of(template: Template) -> dict[str, str]:
    """Its parameters, stripped. The last of two with one name counts, as in MediaWiki."""
    return {trim(str(param.name)): trim(str(param.value)) for param in template.params}


def hidden_in(template: Template) -> tuple[str, ...]:
    """What stands in parameters that are given again further on."""
    shown: set[str] = set()
    hidden = []
    for parameter in reversed(template.params):
        name = trim(str(parameter.name))
        if name in shown:
            hidden.append(f"{name}={trim(str(parameter.value))}")
        shown.add(name)
    return tuple(reversed(hidden))


def name_of(template: Template) -> str:
    name = " ".join(str(template.name).replace("_", " ").split())
    return name[:1].upper() + name[1:]
