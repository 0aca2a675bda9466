"""The life of a project: six stages as cards, then what there is to say of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from loosbot.corpus.model import Record
from loosbot.corpus.stages import WORDS, stage_of
from loosbot.corpus.values import leaves
from loosbot.fields.codecs import DATE, LINKS, fact, word
from loosbot.fields.parameters import STAGES, STOP, Stage, parameters
from loosbot.fields.prose import prose
from loosbot.fields.site import Site
from loosbot.fields.statements import certainty, state_of, statements
from loosbot.fields.vocabulary import STATES
from loosbot.wikitext.blocks import bullets, join, section, table
from loosbot.wikitext.call import block_call, inline_call
from loosbot.wikitext.encoding import Context, Markup, encode


def stage_state(record: Record, key: str) -> str:
    """What the card says of a stage, by the rule of the reports (``corpus.stages``).

    What is told without a source is not attested. A page has no clock: a day still to come counts
    as one that was.
    """
    return stage_of(record, key, None).word


def stop_state(record: Record) -> str:
    """What the card says of a stop: as soon as the record says one thing of it, it took place."""
    value = record.data[STOP.key]
    if isinstance(value, Mapping):
        return WORDS["attested" if set(leaves(value)) - {*STATES} else "unknown"]
    return STATES.get(value, WORDS["attested"])


def course(record: Record, site: Site) -> str:
    """The six stages as cards, the events, then what is told of each stage."""
    cards = [_card(number, stage, record, site) for number, stage in enumerate(STAGES, 1)]
    if STOP.key in record.data:
        cards.append(_card(0, STOP, record, site))
    row = inline_call(site.names, "Étapes", "\n" + "\n".join(cards) + "\n")
    told = (_told(stage, record, site) for stage in (*STAGES, STOP))
    events = section("Le déroulé", episodes(record.data.get("deroule"), site), level=3)
    return join(row, events, *told)


def _card(number: int, stage: Stage, record: Record, site: Site) -> Markup:
    value = record.data.get(stage.key)
    head = [("N", str(number))] if number else []
    state = stop_state(record) if stage is STOP else stage_state(record, stage.key)
    head += [("Étape", stage.name), ("État", state)]
    return block_call(site.names, "Étape", head + parameters(stage.fields, value, site.names))


def _told(stage: Stage, record: Record, site: Site) -> str:
    """What a stage holds beside the facts of its card."""
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
