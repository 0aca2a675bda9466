"""The life of a project in one line: its stages, each with its state. Written, and read again."""

from __future__ import annotations

from collections.abc import Mapping

from loosbot.corpus.model import Record
from loosbot.corpus.stages import WORDS, stage_of
from loosbot.corpus.values import leaves
from loosbot.fields.codecs import SEPARATOR
from loosbot.fields.parameters import STAGES, STOP
from loosbot.fields.site import Site
from loosbot.fields.slots import Slot, fixed
from loosbot.fields.vocabulary import STATES, vocabulary
from loosbot.fields.voices import silent
from loosbot.wikitext import wikicode
from loosbot.wikitext.blocks import block_call
from loosbot.wikitext.encoding import Markup
from loosbot.wikitext.names import Names


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


def write_lifeline(record: Record, site: Site) -> Markup:
    """The stages in one line, each with its state, and what is missing, folded."""
    states = {stage.key: stage_state(record, stage.key) for stage in STAGES}
    shown = [(stage.name, states[stage.key]) for stage in STAGES]
    if STOP.key in record.data:
        shown.append((STOP.name, _worth(record)))
    return block_call(site.names, "Fil", [*shown, ("Manque", _lacking(record, states, site))])


def _worth(record: Record) -> str:
    """The state of a stop; for one that is written, the status of its fact."""
    state, value = stop_state(record), record.data[STOP.key]
    worth = value.get("statut") if isinstance(value, Mapping) else None
    if state != WORDS["attested"] or not isinstance(worth, str):
        return state
    return vocabulary("statut-fait").label(worth).lower()


def _lacking(record: Record, states: Mapping[str, str], site: Site) -> str:
    """The stages without any entry, and the roles without any voice."""
    missing = (stage for stage in STAGES if states[stage.key] == WORDS["missing"])
    stages = (stage.name.lower() for stage in missing)
    voices = (f"la voix d’un {place.lower()}" for place in silent(record, site))
    return SEPARATOR.join((*stages, *voices))


def read_lifeline(text: str, names: Names) -> tuple[list[Slot], str]:
    """The stages in one line, which no field gives, and the text without it."""
    calls, rest = wikicode.take_templates(text, {names.template("Fil")})
    lines = "\n".join(f"{name} = {state}" for call in calls for name, state in call.values.items())
    return fixed(lines, "La vie du projet"), rest
