"""The life of a project: a table of the facts of its stages, its events, then the texts of each
stage. Encoding and decoding.
"""

from __future__ import annotations

from collections.abc import Mapping

from loosbot.corpus.french import typographic
from loosbot.corpus.model import Record
from loosbot.fields.agreement import agreed
from loosbot.fields.codecs import DATE
from loosbot.fields.events import EVENT
from loosbot.fields.lists import bullet_lines, fact_of, read_list, write_list
from loosbot.fields.parameters import STAGES, STOP, Stage, parameters
from loosbot.fields.prose import prose
from loosbot.fields.site import Site
from loosbot.fields.slots import CARDS, Slot, fixed, values
from loosbot.fields.statements import STATEMENT
from loosbot.fields.tables import (
    Column,
    Table,
    around_table,
    read_rows,
    row_of,
    take_tables,
    text_column,
    who_column,
    write_rows,
)
from loosbot.wikitext import wikicode
from loosbot.wikitext.blocks import join, section, table
from loosbot.wikitext.names import Names
from loosbot.wikitext.unmarkdown import split_blocks

_CAPTION = "Les étapes"
_COLUMNS = ("Étape", "Ce que l’on en sait")
_HAPPENED = "Le déroulé"
_STAGES = {stage.name: stage for stage in (*STAGES, STOP)}
_COMPUTED = ("N", "Étape", "État")
"""Parameters of a card of format 1 that no field gives."""
_LISTS = {"'''Les risques'''": "details_risques", "'''Ce que l’on constate'''": "constats"}
"""What opens a list among the texts of a stage -> its key."""
_VISITS = "Visites"
_VISIT = (
    Column(
        "Date",
        lambda visit, names: DATE.encode(visit["date"], names),
        lambda text, names: {"date": DATE.decode(text, names)},
    ),
    text_column("Constat", "constat", certain=True),
    who_column("Par qui"),
)


def write_course(record: Record, site: Site) -> str:
    """The facts of the stages as a table, the events, then the texts of each stage."""
    stages = (*STAGES, STOP)
    rows = [(stage.name, facts) for stage in stages if (facts := _write_facts(stage, record, site))]
    parts = (_write_details(stage, record, site) for stage in stages)
    happened = write_list(record.data.get("deroule"), EVENT, site.names)
    events = section(_HAPPENED, happened, level=3)
    return join(table(_CAPTION, _COLUMNS, rows) if rows else "", events, *parts)


def _write_facts(stage: Stage, record: Record, site: Site) -> str:
    """The cell of one stage: a list, one fact a line, each after its name."""
    facts = parameters(stage.fields, record.data.get(stage.key), site.names)
    return "".join(f"\n* '''{name}''' : {agreed(name, value)}" for name, value in facts)


def _write_details(stage: Stage, record: Record, site: Site) -> str:
    """What a stage holds beside the facts of its row."""
    value = record.data.get(stage.key)
    if not isinstance(value, Mapping):
        return ""
    blocks = []
    if "texte" in value:
        blocks.append(prose(value["texte"], site, record.path, level=3))
    blocks += [
        f"{opening}\n\n{write_list(value[key], STATEMENT, site.names)}"
        for opening, key in _LISTS.items()
        if key in value
    ]
    if "visites" in value:
        blocks.append(write_rows(_VISITS, _VISIT, value["visites"], site.names))
    return section(stage.name, *blocks, level=3)


def read_course(text: str, names: Names) -> list[Slot]:
    """The slots of the section "Le fil du projet": facts of the stages, then the texts of each."""
    facts, parts = wikicode.sections(text, 3)
    # format 1
    calls, rest = wikicode.take_templates(facts, {names.template("Étapes")})
    slots = []
    for call in calls:
        slots += _cards(call.values.get("1", ""), names)
    tables, rest = take_tables(rest)
    for grid in tables:
        slots += _read_facts(grid)
    slots += fixed(rest, "Le fil du projet")
    for title, body in parts:
        slots += _read_details(title, body)
    return slots


def _read_facts(grid: Table) -> list[Slot]:
    """The rows of the table of the stages: one slot a fact."""
    if grid.caption != _CAPTION or grid.headers != _COLUMNS:
        return fixed("\n".join(grid.rows), f"Le fil du projet : {grid.caption}")
    slots: list[Slot] = []
    shown = []
    for row in grid.rows:
        name, cells = row_of(row)
        shown.append(name)
        stage = _STAGES.get(name)
        before, lines = bullet_lines(cells[0]) if len(cells) == 1 else (row, [])
        if stage is None or before:
            slots += fixed(row, f"{_CAPTION} : {name}")
            continue
        facts: dict[str, str] = {}
        for line in lines:
            fact = fact_of(line)
            if fact is not None and fact[0] not in facts:
                facts[fact[0]] = fact[1]
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
        own = {key: text for key, text in call.values.items() if key not in _COMPUTED}
        slots += values(stage.fields, own, (stage.key,), name)
    return slots


def _read_details(title: str, text: str) -> list[Slot]:
    if title == _HAPPENED:
        return read_list(text, ("deroule",), title, EVENT)
    stage = _STAGES.get(title)
    if stage is None:
        return fixed(text, title)
    # the field's text is rendered above the table of visits, its own tables with it: text typed
    # below that one would move
    text, visits, behind = around_table(text, _VISITS)
    slots = fixed(behind, title)
    if visits is not None:
        slots += read_rows(visits, (stage.key, "visites"), _VISIT)
    prose: list[str] = []
    blocks = iter(split_blocks(wikicode.trim(text)))
    for block in blocks:
        heading, _, under = block.partition("\n")
        if typographic(heading.strip()) in _LISTS:
            key = _LISTS[typographic(heading.strip())]
            slots += read_list(under or next(blocks, ""), (stage.key, key), title, STATEMENT)
        else:
            prose.append(block)
    if prose:
        slots.append(Slot((stage.key, "texte"), "prose", tuple(prose), title, level=3))
    return slots
