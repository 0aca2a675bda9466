"""A list, one line an item, or the sentence of a state that stands for it.

An item is a ``Codec`` of its line, which is written and read without its bullet.
"""

from __future__ import annotations

import re
from typing import Any

import mwparserfromhell
from mwparserfromhell.nodes import Node, Tag, Text

from loosbot.corpus.model import KeyPath
from loosbot.fields.codecs import Codec
from loosbot.fields.linked import read_linked, write_linked
from loosbot.fields.slots import Slot, fixed
from loosbot.fields.vocabulary import STATES, fold
from loosbot.wikitext import wikicode
from loosbot.wikitext.blocks import bullets
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.names import Names

_SENTENCES = {
    "inconnu": "''Inconnu : les sources ne le disent pas.''",
    "sans-objet": "''Sans objet.''",
}


_FACT = re.compile(
    rf"'''(?P<name>(?:[^'\n]|'(?!''))+)'''{wikicode.BLANKS}(?P<colon>:?){wikicode.BLANKS}"
    r"(?P<value>.*)",
    re.DOTALL,
)


def fact_of(line: str) -> tuple[str, str] | None:
    """Name and value of a fact of a list, ``'''name''' : value``, without its bullet; None for any
    other line. People put the colon in the bold too, and around it the blanks of French
    typography."""
    match = _FACT.fullmatch(line)
    if match is None:
        return None
    name = wikicode.unpadded(match["name"])
    if not match["colon"]:
        if not name.endswith(":"):
            return None
        name = wikicode.unpadded(name[:-1])
    return name, match["value"]


def write_list(value: Any, item: Codec, names: Names) -> str:
    """The lines of a list, or the state that stands for it; "" when there is none."""
    if value is None or isinstance(value, str):
        return state_of(value)
    return bullets(item.encode(member, names) for member in value)


_HEADING = re.compile(r"^={2,6}[^=\n].*=[ \t]*$", re.MULTILINE)


def read_list(text: str, path: KeyPath, label: str, item: Codec) -> list[Slot]:
    """The slot of a bulleted list, or of the sentence that stands for it (``inconnu``).

    A heading ends it: what stands below is of another part, be it that this one was moved above.
    """
    heading = _HEADING.search(text)
    text, below = (text[: heading.start()], text[heading.start() :]) if heading else (text, "")
    if decoded_state(text):
        said = Slot(
            path, "value", (text.strip(),), label, lambda typed, names: decoded_state(typed)
        )
        return [said, *fixed(below, label)]
    before, lines = bullet_lines(text)
    slots = [Slot(path, "items", tuple(lines), label, item.decode)] if lines else []
    return slots + fixed(f"{before}\n{below}", label)


def state_of(value: Any) -> str:
    """The sentence that stands for a value which is a state; "" for any other value."""
    return _SENTENCES.get(value, "") if isinstance(value, str) else ""


def decoded_state(text: str) -> str:
    """``inconnu`` or ``sans-objet`` where the text is the sentence that says so; else ""."""
    folded_text = fold(text.strip(" \n'."))
    return next(
        (
            state
            for state, shown in STATES.items()
            if folded_text in (fold(shown), fold(state_of(state).strip(" '.")))
        ),
        "",
    )


def bullet_lines(text: str) -> tuple[str, list[str]]:
    """The items without their bullets, and what stands before, between and after them.

    An item holds the lines of deeper levels below it. A line without a bullet ends the list for
    the wiki: it is a paragraph, and no part of what stands above. A bullet with nothing behind it,
    which no reader sees, is none.
    """
    before, *rest = re.split(r"^\*(?![*#:;])[ \t]*", f"\n{wikicode.trim(text)}", flags=re.MULTILINE)
    parted = [_ended(wikicode.trim(item)) for item in rest]
    around = (before.strip(), *(after.strip() for _, after in parted))
    return "\n".join(filter(None, around)), [item for item, _ in parted if item]


_END = re.compile(r"\n(?![*#:;\n])|\n(?=\n)")


def _ended(item: str) -> tuple[str, str]:
    """An item, and what follows it without being part of it."""
    if "\n" not in item:
        return item, ""
    nodes = mwparserfromhell.parse(item, skip_style_tags=True).nodes
    # a template, a note or a table may span lines
    lines = "".join(str(node) if _is_bare(node) else "x" * len(str(node)) for node in nodes)
    end = _END.search(lines)
    return (item[: end.start()], item[end.end() :]) if end else (item, "")


def _is_bare(node: Node) -> bool:
    """Text, or the bullet of a deeper level."""
    return isinstance(node, Text) or (isinstance(node, Tag) and bool(node.wiki_markup))


TEXT_LINE = Codec(
    lambda value, names: encode(value, Context.LIST_ITEM),
    lambda line, names: wikicode.plain_inside(line),
)
"""A line that is nothing but text."""
LINKED_LINE = Codec(lambda value, names: write_linked(value, Context.LIST_ITEM, names), read_linked)
"""A line that is a sentence, with links to records in it."""
