"""The life of a project: six stages in one line, a table of facts, then what is told of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from loosbot.corpus.model import Record
from loosbot.corpus.stages import WORDS, stage_of
from loosbot.corpus.values import leaves
from loosbot.fields.codecs import DATE, LINKS, SEPARATOR, fact, word
from loosbot.fields.parameters import STAGES, STOP, Stage, parameters
from loosbot.fields.prose import prose
from loosbot.fields.site import Site
from loosbot.fields.statements import certainty, state_of, statements
from loosbot.fields.vocabulary import STATES, vocabulary
from loosbot.fields.voices import silent
from loosbot.wikitext.blocks import bullets, join, section, table
from loosbot.wikitext.call import block_call
from loosbot.wikitext.encoding import Context, Markup, encode

CAPTION = "Les étapes"
COLUMNS = ("Étape", "Ce que l’on en sait")


def stage_state(record: Record, key: str) -> str:
    """What the line says of a stage, by the rule of the reports (``corpus.stages``).

    What is told without a source is not attested. A page has no clock: a day still to come counts
    as one that was.
    """
    return stage_of(record, key, None).word


def stop_state(record: Record) -> str:
    """What the line says of a stop: as soon as the record says one thing of it, it took place."""
    value = record.data[STOP.key]
    if isinstance(value, Mapping):
        return WORDS["attested" if set(leaves(value)) - {*STATES} else "unknown"]
    return STATES.get(value, WORDS["attested"])


def lifeline(record: Record, site: Site) -> Markup:
    """The stages in one line, each with its state, and what is missing, folded."""
    shown = [(stage.name, _sign(record, stage)) for stage in STAGES]
    if STOP.key in record.data:
        shown.append((STOP.name, _sign(record, STOP)))
    return block_call(site.names, "Fil", [*shown, ("Manque", _lacking(record, site))])


def _sign(record: Record, stage: Stage) -> str:
    """The state of a stage; of one that is told, what its fact is worth."""
    state = stop_state(record) if stage is STOP else stage_state(record, stage.key)
    value = record.data.get(stage.key)
    worth = value.get("statut") if isinstance(value, Mapping) else None
    if state != WORDS["attested"] or not isinstance(worth, str):
        return state
    return vocabulary("statut-fait").label(worth).lower()


def _lacking(record: Record, site: Site) -> str:
    """The stages of which nobody said anything, and the places that do not speak."""
    missing = (one for one in STAGES if stage_state(record, one.key) == WORDS["missing"])
    stages = (stage.name.lower() for stage in missing)
    voices = (f"une voix : {place.lower()}" for place in silent(record, site))
    return SEPARATOR.join((*stages, *voices))


def course(record: Record, site: Site) -> str:
    """The facts of the stages as a table, the events, then what is told of each stage."""
    stages = (*STAGES, STOP)
    rows = [(one.name, facts) for one in stages if (facts := _facts(one, record, site))]
    told = (_told(stage, record, site) for stage in stages)
    events = section("Le déroulé", episodes(record.data.get("deroule"), site), level=3)
    return join(table(CAPTION, COLUMNS, rows) if rows else "", events, *told)


def _facts(stage: Stage, record: Record, site: Site) -> str:
    """The cell of one stage: a list, one fact a line, each after its name."""
    facts = parameters(stage.fields, record.data.get(stage.key), site.names)
    return "".join(f"\n* '''{name}''' : {value}" for name, value in facts)


def _told(stage: Stage, record: Record, site: Site) -> str:
    """What a stage holds beside the facts of its row."""
    value = record.data.get(stage.key)
    if not isinstance(value, Mapping):
        return ""
    blocks = []
    if "texte" in value:
        blocks.append(prose(value["texte"], site, record.path, level=3))
    for key, title in (("details_risques", "Les risques"), ("constats", "Ce que l’on constate")):
        if key in value:
            blocks.append(f"'''{title}'''\n\n{statements(value[key], site.names)}")
    if "visites" in value:
        blocks.append(_visits(value["visites"], site))
    return section(stage.name, *blocks, level=3)


def _visits(value: Any, site: Site) -> str:
    if isinstance(value, str):
        return state_of(value)
    rows = [
        (
            DATE.encode(one["date"], site.names),
            encode(one["constat"], Context.CELL) + certainty(one, site.names),
            LINKS.encode(one["qui"], site.names) if "qui" in one else "",
        )
        for one in value
    ]
    return table("Visites", ["Date", "Constat", "Par qui"], rows)


_AXES = (("niveau", fact(word("niveau"))), ("part_au_faire", fact(word("part-au-faire"))))


def episodes(value: Any, site: Site) -> str:
    """``deroule`` or ``reperes`` as a dated list, in the order of the file."""
    if value is None or isinstance(value, str):
        return state_of(value)
    return bullets(_episode(one, site) for one in value)


def _episode(event: Mapping[str, Any], site: Site) -> str:
    head = []
    if "date" in event:
        head.append(DATE.encode(event["date"], site.names))
    if "titre" in event:
        head.append(encode(event["titre"], Context.LIST_ITEM))
    axes = [axis.encode(event[key], site.names) for key, axis in _AXES if key in event]
    start = f"<b>{' – '.join(head)}</b> : " if head else ""
    end = f" <small>[{', '.join(axes)}]</small>" if axes else ""
    text = encode(event["texte"], Context.LIST_ITEM)
    return start + text + certainty(event, site.names) + end
