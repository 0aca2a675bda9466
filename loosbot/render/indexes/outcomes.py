"""What a record says of its end, in one cell: how it ended, how long it took, what it cost.

An index names these like fields (``fin``, ``duree``, ``couts``), though each is gathered from
several of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from loosbot.corpus import dates, french
from loosbot.corpus.dates import Span, display
from loosbot.corpus.model import Record
from loosbot.corpus.values import items, known, nested
from loosbot.fields.certainty import status_call
from loosbot.fields.codecs import NUMBER
from loosbot.fields.vocabulary import STATES, vocabulary
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.names import Names

_BEGINS = (("demande", "date"), ("demande", "du"), ("realisation", "du"), ("realisation", "date"))
_ENDS = (("arret", "date"), ("realisation", "au"), ("realisation", "date"), ("arret", "au"))
_MONTH, _YEAR = 30, 365
_EXACT = 31
"""A date that covers more days than this is too vague to count months from."""


def how_it_ended(record: Record, names: Names) -> str:
    """The state of a project and why it stopped; of a meeting, what was decided."""
    state = known(record.data.get("statut"))
    stop = record.data.get("arret")
    ends = []
    if state:
        ends.append(encode(vocabulary("statut-projet").label(state), Context.CELL))
        ends[-1] += _sure(record.data["statut"], names)
    if isinstance(stop, Mapping):
        if not state:
            ends.append("Arrêté")
        when, why = known(stop.get("date")), known(stop.get("motif"))
        ends[-1] += f" ({encode(display(when), Context.CELL)})" if when else ""
        ends[-1] += f" : {encode(why, Context.CELL)}" if why else ""
        ends[-1] += _sure(stop, names) if when or why else ""
    if record.type == "reunion":
        decided = [
            f"{encode(text, Context.CELL)}{_sure(decision, names)}"
            for _, decision in items(record.data.get("decisions"))
            if (text := known(decision))
        ]
        ends.append(f"Réunion ; décidé : {' '.join(decided)}" if decided else "Réunion")
    if not ends and str(record.data.get("statut")) in STATES:
        ends.append("Fin inconnue")
    return ", ".join(ends)


def _sure(item: object, names: Names) -> str:
    """`` {{Statut|déduit}}`` behind what is not attested; "" where nothing says how sure it is."""
    status = item.get("statut") if isinstance(item, Mapping) else None
    return f" {status_call(status, names)}" if isinstance(status, str) else ""


def how_long(record: Record, names: Names) -> str:
    """From the first dated stage to the last, counted as finely as both dates allow, and no surer
    than either stage is."""
    begin, end = _first(record, _BEGINS), _first(record, _ENDS)
    if begin is None or end is None:
        return ""
    (first, began), (last, ended) = begin, end
    if last.latest <= first.earliest:
        return ""
    same = first.text == last.text
    span = french.at(first.text) if same else french.period(first.text, last.text)
    doubt = _sure(record.data[began], names) or _sure(record.data[ended], names)
    return encode(f"{_counted(first, last)} ({span})", Context.CELL) + doubt


def costs(record: Record, names: Names) -> str:
    """Each cost with what it pays and how sure it is."""
    lines = []
    for value in nested(dict(record.data), "couts"):
        if isinstance(value, str):
            lines.append(STATES.get(value, encode(value, Context.CELL)))
        for _, cost in items(value):
            lines.append(amount(cost if isinstance(cost, Mapping) else {"valeur": cost}, names))
    return "<br>".join(lines)


def amount(item: Mapping[str, Any], names: Names) -> str:
    """A quantity with its unit, of what it is, and how sure it is."""
    unit = encode(f"\u00a0{item['unite']}", Context.CELL) if "unite" in item else ""
    what = f" : {encode(item['quoi'], Context.CELL)}" if "quoi" in item else ""
    number = NUMBER.encode(item["valeur"], names)
    return f"{number}{'' if item['valeur'] in STATES else unit}{what}{_sure(item, names)}"


COLUMNS: Mapping[str, tuple[str, Callable[[Record, Names], str]]] = {
    "fin": ("Comment cela s’est terminé", how_it_ended),
    "duree": ("Combien de temps", how_long),
    "couts": ("Ce que cela a coûté", costs),
}
"""Name of a column -> its header, and what it says of a record."""


def _first(record: Record, places: tuple[tuple[str, str], ...]) -> tuple[Span, str] | None:
    """The first of these dates that is written and has two ends, and the key of its stage."""
    for stage, key in places:
        value = record.data.get(stage)
        text = known(value.get(key)) if isinstance(value, Mapping) else ""
        if text and dates.is_date(text):
            span = dates.parse(text)
            if span.earliest.year > 1 and span.latest.year < 9999:
                return span, stage
    return None


def _counted(first: Span, last: Span) -> str:
    """« 40 jours », « environ 3 mois », « environ 2 ans »: no finer than both dates are."""
    vague = any((span.latest - span.earliest).days > _EXACT for span in (first, last))
    # who works from the 4th to the 5th works two days
    days = (last.latest - first.earliest).days + 1
    if vague:
        years = last.latest.year - first.earliest.year
        return "moins d’un an" if not years else f"environ {french.counted(years, 'an')}"
    if days < 2 * _MONTH:
        # « vers le 15 juin » is one day to count with
        about = "environ " if first.approximate or last.approximate else ""
        return f"{about}{french.counted(days, 'jour')}"
    if days < 2 * _YEAR:
        return f"environ {round(days / 30.44)} mois"
    return f"environ {round(days / 365.25)} ans"
