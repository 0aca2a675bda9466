"""The box of facts of a record's page, ``{{Fiche …}}``: written, and read again."""

from __future__ import annotations

import re

from loosbot.corpus.model import Record
from loosbot.corpus.types import TYPES
from loosbot.fields.parameters import fields_of, parameters
from loosbot.fields.slots import CALLS, Slot, fixed, values
from loosbot.wikitext import wikicode
from loosbot.wikitext.blocks import block_call
from loosbot.wikitext.encoding import Markup
from loosbot.wikitext.names import Names

_UNDER_A_TITLE = re.compile(
    r"^=[^\n]*=[ \t]*\n(?:(?!\{\{Fiche |=).*\n)*\{\{Fiche [^|{}\n]*\n(?:[^}\n].*\n)*\}\}"
    r"(?P<behind>(?:\n(?!=).*)*)",
    re.MULTILINE,
)
"""The box that stands in a section, with the rest of that section."""


def write_fiche(record: Record, names: Names) -> Markup:
    """The call of its template, with each field that the record has."""
    box = parameters(fields_of(record.type), record.data, names)
    return block_call(names, TYPES[record.type].box, box)


def read_fiche(record_type: str, text: str, names: Names) -> tuple[list[Slot], str]:
    """The slots of ``{{Fiche …}}``, and the text without it."""
    template = TYPES[record_type].box
    behind: list[Slot] = []
    if under := _UNDER_A_TITLE.search(text):
        # a section above the box with the same heading would take this text
        behind = fixed(under["behind"], "Sous l’encadré")
        text = text[: under.start("behind")] + text[under.end("behind") :]
    calls, rest = wikicode.take_templates(text, {names.template(template)})
    slots = [*fixed(str(len(calls)), f"{CALLS}{template}"), *behind]
    for call in calls[:1]:
        slots += values(fields_of(record_type), call.values, (), template)
    return slots, rest
