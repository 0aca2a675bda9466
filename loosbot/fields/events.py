"""Events of ``deroule`` and ``reperes``, one a line, in the order of the file: written, and read
again."""

from __future__ import annotations

import re
from typing import Any

from loosbot.fields.certainty import certainty, fact, with_certainty
from loosbot.fields.codecs import DATE, Codec, word
from loosbot.fields.linked import read_linked, write_linked
from loosbot.fields.statements import decoded_date
from loosbot.wikitext import wikicode
from loosbot.wikitext.encoding import Context
from loosbot.wikitext.names import Names
from loosbot.wikitext.wikicode import Undecodable

_EVENT = re.compile(r"(?:<b>(?P<head>.*?)</b>\s*:\s*)?(?P<text>.*)", re.DOTALL)
_ENDING = re.compile(r"(?P<text>.*?)[ \t\n]*<small>\[(?P<axes>.*)\]</small>", re.DOTALL)
_AXES = (("niveau", fact(word("niveau"))), ("part_au_faire", fact(word("part-au-faire"))))
"""Two vocabularies without a word in common."""


def _write(event: Any, names: Names) -> str:
    head = []
    if "date" in event:
        head.append(DATE.encode(event["date"], names))
    if "titre" in event:
        head.append(write_linked(event["titre"], Context.LIST_ITEM, names))
    axes = [axis.encode(event[key], names) for key, axis in _AXES if key in event]
    start = f"<b>{' – '.join(head)}</b> : " if head else ""
    end = f" <small>[{', '.join(axes)}]</small>" if axes else ""
    text = write_linked(event["texte"], Context.LIST_ITEM, names)
    return start + text + certainty(event, names) + end


def _read(line: str, names: Names) -> Any:
    # the axes come behind what is known of the event, or a person put them before it
    axes = _ENDING.fullmatch(wikicode.trim(line))
    rest, certainty = with_certainty(axes["text"] if axes else line, names)
    value: dict[str, Any] = {}
    if axes is None and (axes := _ENDING.fullmatch(rest)):
        rest = axes["text"]
    match = _EVENT.fullmatch(wikicode.trim(rest))
    assert match is not None  # noqa: S101 - every text matches
    if match["head"]:
        value |= _when_and_title(match["head"], names)
    value["texte"] = read_linked(wikicode.trim(match["text"]), names)
    if axes:
        value |= _axes(axes["axes"], names)
    return {**value, **certainty}


def _when_and_title(head: str, names: Names) -> dict[str, Any]:
    date = decoded_date(head, names)
    if date is not None:
        return {"date": date}
    when, dash, title = head.partition(" – ")
    date = decoded_date(when, names) if dash else None
    if date is not None:
        return {"date": date, "titre": read_linked(title, names)}
    return {"titre": read_linked(head, names)}


def _axes(text: str, names: Names) -> dict[str, Any]:
    axes: dict[str, Any] = {}
    for part in text.split(", "):
        for key, axis in _AXES:
            try:
                axes.setdefault(key, axis.decode(part, names))
                break
            except Undecodable:
                continue
        else:
            raise Undecodable(f"« {part} » n’est ni un niveau ni une part au faire")
    return axes


EVENT = Codec(_write, _read)
