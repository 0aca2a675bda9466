"""A text of one or some sentences with links to records in it: written as wikitext, and read again.

The file has ``[le skate park](projet/skatepark)`` (:mod:`loosbot.corpus.inlinelinks`), the page
``[[Skate park|le skate park]]``. Whatever holds such a text asks here, there and back.
"""

from __future__ import annotations

from itertools import groupby

import mwparserfromhell
from mwparserfromhell.nodes import Text, Wikilink

from loosbot.corpus.inlinelinks import InlineLink, pieces
from loosbot.wikitext import wikicode
from loosbot.wikitext.encoding import Context, Markup, compose, encode
from loosbot.wikitext.links import link
from loosbot.wikitext.names import Names
from loosbot.wikitext.plaintext import decode
from loosbot.wikitext.wikicode import Undecodable


def write_linked(text: str, context: Context, names: Names) -> str:
    """The wikitext that shows ``text``, its links to records as links."""
    if "](" not in text:
        return encode(text, context)
    return compose((_shown(part, names) for part in pieces(text)), context)


def read_linked(wikitext: str, names: Names) -> str:
    """The text of a piece that does not begin its line: a star at its start is no bullet.

    Raises ``wikicode.Undecodable``.
    """
    if "[[" not in wikitext:
        return _free(wikicode.plain_inside(wikitext), names)
    nodes = mwparserfromhell.parse(f"x{wikitext}").nodes
    nodes[0] = Text(str(nodes[0])[1:])
    read = []
    for is_link, some in groupby(nodes, lambda node: isinstance(node, Wikilink)):
        if is_link:
            read += [str(_link_of(str(node), names)) for node in some]
        else:
            read.append(_free(wikicode.plain_inside("".join(map(str, some))), names))
    return "".join(read)


def read_linked_value(wikitext: str, names: Names) -> str:
    """As :func:`read_linked`, for a whole parameter value, which may begin a line."""
    start = wikitext.partition("[[")[0]
    wikicode.plain(start)
    return read_linked(wikitext, names)


def _shown(part: str | InlineLink, names: Names) -> str | Markup:
    if isinstance(part, str):
        return part
    if part.id not in names.labels:
        return str(part)
    page = names.titles.get(names.rows.get(part.id, part.id))
    if page is None:
        return part.label
    return link(page, part.label, names.anchor(part.id) if part.id in names.rows else part.fragment)


def _link_of(wikitext: str, names: Names) -> InlineLink:
    target = wikicode.sole_link(wikitext)
    id_ = names.identify(target.title, target.fragment) if target else None
    if target is None or id_ is None:
        no_record = "un lien vers une page qui n’est pas une fiche du corpus"
        raise Undecodable(f"{wikicode.beyond_records(wikitext, no_record)} : {wikitext}")
    words = wikicode.plain_inside(target.label) or _title_shown(wikitext)
    fragment = f"#{target.fragment}" if target.fragment and id_ not in names.rows else ""
    read = InlineLink(words, id_ + fragment.replace(" ", "_"))
    if list(pieces(str(read))) != [read]:
        raise Undecodable(f"les mots de ce lien ont des crochets ou plusieurs lignes : {wikitext}")
    return read


def _title_shown(wikitext: str) -> str:
    """What a link without words of its own shows."""
    return decode(wikitext[2:-2].partition("|")[0].strip().removeprefix(":"), Context.LINK_LABEL)


def _free(text: str, names: Names) -> str:
    """The text. Raises Undecodable where the file would read a part of it as a link."""
    for part in pieces(text):
        if isinstance(part, InlineLink) and part.id in names.labels:
            raise Undecodable(f"« {part} » : écrire un lien vers la page, [[…]]")
    return text
