"""The parts of a page made of template calls: its fiche, the stages, the voices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import mwparserfromhell
from mwparserfromhell.nodes import Template

from loosbot.corpus.french import typographic
from loosbot.fields.items import event, listed, statement
from loosbot.fields.parameters import FICHES, STAGES, STOP, VOICE
from loosbot.fields.slots import CALLS, CARDS, COUNT, Slot, fixed, values
from loosbot.fields.tables import VISITS, rows_of, take_tables
from loosbot.fields.voices import WITHIN
from loosbot.wikitext import wikicode
from loosbot.wikitext.names import Names
from loosbot.wikitext.unmarkdown import split_blocks

_STAGES = {stage.name: stage for stage in (*STAGES, STOP)}
_COMPUTED = ("N", "Étape", "État")
_FRICTIONS = "'''Frottements'''"
_LISTS = {"'''Les risques'''": "details_risques", "'''Ce que l’on constate'''": "constats"}


def fiche(record_type: str, text: str, names: Names) -> tuple[list[Slot], str]:
    """The slots of ``{{Fiche …}}``, and the text without it."""
    template, fields = FICHES[record_type]
    calls, rest = wikicode.take_templates(text, {names.template(template)})
    slots = fixed(str(len(calls)), f"{CALLS}{template}")
    for call in calls[:1]:
        slots += values(fields, call.values, (), template)
    return slots, rest


def course(text: str, names: Names) -> list[Slot]:
    """The section "Le fil du projet": cards of the stages, then what is told of each."""
    cards, *told = re.split(r"^===(?!=)(.*?)===(?!=)[ \t]*$", text, flags=re.MULTILINE)
    calls, rest = wikicode.take_templates(cards, {names.template("Étapes")})
    slots = fixed(rest, "Le fil du projet")
    for call in calls:
        slots += _stages(call.values.get("1", ""), names)
    for title, body in zip(told[::2], told[1::2], strict=True):
        slots += _told(title.strip(), body)
    return slots


def _stages(text: str, names: Names) -> list[Slot]:
    calls, rest = wikicode.take_templates(text, {names.template("Étape")})
    slots = fixed(rest, "Étapes")
    shown = [call.values.get("Étape", "") for call in calls]
    slots += fixed(", ".join(shown), CARDS)
    for call, name in zip(calls, shown, strict=True):
        stage = _STAGES.get(name)
        if stage is None:
            continue
        for parameter in _COMPUTED:
            slots += fixed(call.values.get(parameter, ""), f"{name} : {parameter}")
        own = {key: one for key, one in call.values.items() if key not in _COMPUTED}
        slots += values(stage.fields, own, (stage.key,), name)
    return slots


def _told(title: str, text: str) -> list[Slot]:
    if title == "Le déroulé":
        return listed(text, ("deroule",), title, event)
    stage = _STAGES.get(title)
    if stage is None:
        return fixed(text, title)
    tables, text = take_tables(text)
    slots: list[Slot] = []
    for table in tables:
        if table.caption == "Visites":
            slots += rows_of(table, (stage.key, "visites"), VISITS, tuple(VISITS))
        else:
            slots += fixed("\n".join(table.rows), f"{title} : {table.caption}")
    prose: list[str] = []
    blocks = iter(split_blocks(wikicode.trim(text)))
    for block in blocks:
        heading, _, under = block.partition("\n")
        if typographic(heading.strip()) in _LISTS:
            key = _LISTS[typographic(heading.strip())]
            slots += listed(under or next(blocks, ""), (stage.key, key), title, statement)
        else:
            prose.append(block)
    if prose:
        slots.append(Slot((stage.key, "texte"), "prose", tuple(prose), title, level=3))
    return slots


@dataclass(frozen=True, slots=True)
class _Card:
    call: dict[str, str]
    text: str


def voices(text: str, names: Names) -> list[Slot]:
    """The voices of a record, in the order of the file; those of other pages come from there."""
    every, rest = _cards(text, names)
    cards = [card for card in every if WITHIN not in card.call]
    slots = fixed(rest, "Les voix") + fixed(str(len(cards)), COUNT)
    for card in every:
        if WITHIN in card.call:
            told = "\n".join((*(f"{key} = {one}" for key, one in card.call.items()), card.text))
            slots += fixed(told, "Voix d’autres pages")
    for number, card in enumerate(cards):
        label = f"Voix {number + 1}"
        slots += values(VOICE, card.call, ("voix", number), label)
        said, heading, frictions = card.text.partition(f"{_FRICTIONS}\n")
        if heading:
            path = ("voix", number, "frottements")
            slots += listed(frictions, path, f"{label} : frottements", statement)
        if wikicode.trim(said):
            path = ("voix", number, "texte")
            blocks = tuple(split_blocks(wikicode.trim(said)))
            slots.append(Slot(path, "prose", blocks, label, level=3))
    return slots


def _cards(text: str, names: Names) -> tuple[list[_Card], str]:
    begin, end = names.template("Voix"), names.template("Fin de voix")
    cards: list[_Card] = []
    rest: list[str] = []
    call: dict[str, str] | None = None
    said: list[str] = []
    for name, node in _nodes(text):
        if isinstance(node, Template) and name == begin and call is None:
            call, said = wikicode.values_of(node), []
        elif name == end and call is not None:
            cards.append(_Card(call, wikicode.trim("".join(said))))
            call = None
        elif call is not None:
            said.append(str(node))
        else:
            rest.append(str(node))
    if call is not None:
        rest += said
    return cards, re.sub(r"\s+", " ", "".join(rest))


def _nodes(text: str) -> Iterator[tuple[str, object]]:
    for node in mwparserfromhell.parse(text).nodes:
        yield wikicode.name_of(node) if isinstance(node, Template) else "", node
