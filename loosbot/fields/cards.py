"""The parts of a page with boxes and tables of facts: its fiche, the stages, the voices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import mwparserfromhell
from mwparserfromhell.nodes import Template

from loosbot.corpus.french import typographic
from loosbot.fields.items import bullet_lines, event, listed, statement
from loosbot.fields.parameters import STAGES, STOP, VOICE, fiche_of
from loosbot.fields.slots import CALLS, CARDS, COUNT, Slot, fixed, values
from loosbot.fields.stages import CAPTION, COLUMNS
from loosbot.fields.tables import VISITS, Table, row_of, rows_of, take_tables
from loosbot.fields.voices import FRICTIONS, WITHIN
from loosbot.wikitext import wikicode
from loosbot.wikitext.names import Names
from loosbot.wikitext.unmarkdown import split_blocks

_STAGES = {stage.name: stage for stage in (*STAGES, STOP)}
_COMPUTED = ("N", "Étape", "État")
_FACT = re.compile(r"'''(?P<name>[^'\n]+(?:'[^'\n]+)*)'''[ \t]*:[ \t]*(?P<value>.*)", re.DOTALL)
_LISTS = {"'''Les risques'''": "details_risques", "'''Ce que l’on constate'''": "constats"}


def fiche(record_type: str, text: str, names: Names) -> tuple[list[Slot], str]:
    """The slots of ``{{Fiche …}}``, and the text without it."""
    template, fields = fiche_of(record_type)
    calls, rest = wikicode.take_templates(text, {names.template(template)})
    slots = fixed(str(len(calls)), f"{CALLS}{template}")
    for call in calls[:1]:
        slots += values(fields, call.values, (), template)
    return slots, rest


def lifeline(text: str, names: Names) -> tuple[list[Slot], str]:
    """The stages in one line, which no field gives, and the text without it."""
    calls, rest = wikicode.take_templates(text, {names.template("Fil")})
    said = "\n".join(f"{name} = {one}" for call in calls for name, one in call.values.items())
    return fixed(said, "La vie du projet"), rest


def course(text: str, names: Names) -> list[Slot]:
    """The section "Le fil du projet": facts of the stages, then what is told of each."""
    facts, told = wikicode.sections(text, 3)
    # format 1
    calls, rest = wikicode.take_templates(facts, {names.template("Étapes")})
    slots = []
    for call in calls:
        slots += _cards(call.values.get("1", ""), names)
    tables, rest = take_tables(rest)
    for table in tables:
        slots += _facts(table)
    slots += fixed(rest, "Le fil du projet")
    for title, body in told:
        slots += _told(title, body)
    return slots


def _facts(table: Table) -> list[Slot]:
    """The rows of the table of the stages: one slot a fact."""
    if table.caption != CAPTION or table.headers != COLUMNS:
        return fixed("\n".join(table.rows), f"Le fil du projet : {table.caption}")
    slots: list[Slot] = []
    shown = []
    for row in table.rows:
        name, cells = row_of(row)
        shown.append(name)
        stage = _STAGES.get(name)
        before, lines = bullet_lines(cells[0]) if len(cells) == 1 else (row, [])
        if stage is None or before:
            slots += fixed(row, f"{CAPTION} : {name}")
            continue
        facts: dict[str, str] = {}
        for line in lines:
            fact = _FACT.fullmatch(line)
            known = fact is not None and fact["name"] not in facts
            if fact is not None and known:
                facts[fact["name"]] = fact["value"]
            else:
                slots += fixed(line, f"{name} : {line}")
        slots += values(stage.fields, facts, (stage.key,), name)
    return fixed(", ".join(shown), CARDS) + slots


def _cards(text: str, names: Names) -> list[Slot]:
    """The cards of format 1."""
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
class _Voice:
    """What the box of a voice says, and its words. ``boxed`` says whether it has one."""

    call: dict[str, str]
    text: str
    boxed: bool = True


def voices(text: str, names: Names) -> list[Slot]:
    """The voices of a record, in the order of the file; those of other pages come from there."""
    old = "{{" + names.template("Début des voix") in text
    every, rest = _between_calls(text, names) if old else _under_headings(text, names)
    own = [voice for voice in every if WITHIN not in voice.call]
    slots = fixed(rest, "Les voix") + fixed(str(len(own)) if own else "", COUNT)
    for voice in every:
        if WITHIN in voice.call:
            told = "\n".join((*(f"{key} = {one}" for key, one in voice.call.items()), voice.text))
            slots += fixed(told, "Voix d’autres pages")
    for number, voice in enumerate(own):
        label = f"Voix {number + 1}"
        slots += fixed("" if voice.boxed else "0", f"{CALLS}{label}")
        slots += values(VOICE, voice.call, ("voix", number), label)
        said, heading, frictions = voice.text.partition(f"{FRICTIONS}\n")
        if heading:
            path = ("voix", number, "frottements")
            slots += listed(frictions, path, f"{label} : frottements", statement)
        if wikicode.trim(said):
            path = ("voix", number, "texte")
            blocks = tuple(split_blocks(wikicode.trim(said)))
            slots.append(Slot(path, "prose", blocks, label, level=3))
    return slots


def _under_headings(text: str, names: Names) -> tuple[list[_Voice], str]:
    """Each voice stands under its heading, and ends with its box."""
    before, parts = wikicode.sections(text, 3)
    voices: list[_Voice] = []
    rest = [before]
    box = names.template("Voix")
    for _, part in parts:
        said: list[str] = []
        boxed = False
        for name, node in _nodes(part):
            if isinstance(node, Template) and name == box:
                call = wikicode.values_of(node)
                voices.append(_Voice(call, wikicode.trim("".join(said))))
                said, boxed = [], True
            else:
                said.append(str(node))
        left = wikicode.trim("".join(said))
        if left and not boxed:
            # its box is gone, and its words are not: a voice is never deleted so
            voices.append(_Voice({}, left, boxed=False))
        else:
            rest.append(left)
    return voices, re.sub(r"\s+", " ", " ".join(rest))


def _between_calls(text: str, names: Names) -> tuple[list[_Voice], str]:
    """Format 1: each voice stood between two calls."""
    begin, end = names.template("Voix"), names.template("Fin de voix")
    voices: list[_Voice] = []
    rest: list[str] = []
    call: dict[str, str] | None = None
    said: list[str] = []
    for name, node in _nodes(text):
        if isinstance(node, Template) and name == begin and call is None:
            call, said = wikicode.values_of(node), []
        elif name == end and call is not None:
            voices.append(_Voice(call, wikicode.trim("".join(said))))
            call = None
        elif call is not None:
            said.append(str(node))
        else:
            rest.append(str(node))
    if call is not None:
        rest += said
    return voices, re.sub(r"\s+", " ", "".join(rest))


def _nodes(text: str) -> Iterator[tuple[str, object]]:
    for node in mwparserfromhell.parse(text).nodes:
        yield wikicode.name_of(node) if isinstance(node, Template) else "", node
