"""Reading a template parameter that a person may have edited."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import mwparserfromhell
from mwparserfromhell.nodes import ExternalLink, HTMLEntity, Tag, Template, Text, Wikilink

from loosbot.render.plaintext import decode
from loosbot.render.wikitext import Context, Markup

SEMICOLON = Markup("<nowiki>;</nowiki>")
"""A semicolon inside one item of a list."""


class Undecodable(ValueError):  # noqa: N818 - it names what happened
    """A person wrote there what YAML cannot hold. The message is French, for that person."""


@dataclass(frozen=True, slots=True)
class Call:
    """One template call; positional parameters are called ``1``, ``2``..."""

    name: str
    values: dict[str, str]


def trim(wikitext: str) -> str:
    """A parameter's value without the blanks that MediaWiki leaves out; a no-break space stays."""
    return wikitext.strip(" \t\n\r\0\x0b")


def plain(wikitext: str) -> str:
    """The text that ``wikitext`` shows; :class:`Undecodable` where there is live markup."""
    wikitext = wikitext.replace(SEMICOLON, "&#59;")
    for node in mwparserfromhell.parse(wikitext).nodes:
        if isinstance(node, Text | HTMLEntity):
            continue
        if isinstance(node, Tag) and node.tag == "br":
            continue
        if isinstance(node, ExternalLink) and not node.brackets:
            continue
        raise Undecodable(f"cette mise en forme ne tient pas dans la fiche : {node}")
    return decode(wikitext, Context.PARAM)


def split(wikitext: str) -> list[str]:
    """The items of a list separated by ``;``, or by ``,`` where all of them are links."""
    pieces = _split_at(wikitext, ";")
    if len(pieces) == 1:
        commas = _split_at(wikitext, ",")
        if len(commas) > 1 and all(sole_link(trim(one)) for one in commas):
            return commas
    return pieces


def _split_at(wikitext: str, separator: str) -> list[str]:
    pieces = [""]
    for node in mwparserfromhell.parse(wikitext).nodes:
        first, *others = str(node).split(separator) if isinstance(node, Text) else [str(node)]
        pieces[-1] += first
        pieces += others
    return [trim(piece) for piece in pieces if trim(piece)]


def sole_link(wikitext: str) -> tuple[str, str] | None:
    """Title and fragment of the link that is all of ``wikitext``; None when there is more."""
    nodes = mwparserfromhell.parse(wikitext).nodes
    if len(nodes) != 1 or not isinstance(nodes[0], Wikilink):
        return None
    title, _, fragment = str(nodes[0].title).partition("#")
    return title.strip(), fragment.strip()


def take_templates(wikitext: str, wanted: Collection[str]) -> tuple[list[Call], str]:
    """The top-level calls of these templates, in order, and the text without them."""
    calls: list[Call] = []
    rest: list[str] = []
    for node in mwparserfromhell.parse(wikitext).nodes:
        name = name_of(node) if isinstance(node, Template) else ""
        if isinstance(node, Template) and name in wanted:
            calls.append(Call(name, values_of(node)))
        else:
            rest.append(str(node))
    return calls, trim("".join(rest))


def values_of(template: Template) -> dict[str, str]:
    """Its parameters, stripped. The last of two with one name counts, as in MediaWiki."""
    return {trim(str(one.name)): trim(str(one.value)) for one in template.params}


def name_of(template: Template) -> str:
    name = " ".join(str(template.name).replace("_", " ").split())
    return name[:1].upper() + name[1:]
