"""What is said of a record, and how sure it is: statements, words, lessons, figures, promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from loosbot.fields.codecs import DATE, LINKS, NUMBER, SOURCES, status_call
from loosbot.fields.parameters import PROMISE, parameters
from loosbot.fields.site import bare
from loosbot.fields.vocabulary import STATES, vocabulary
from loosbot.wikitext.blocks import bullets, table
from loosbot.wikitext.call import inline_call
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.names import Names

_SENTENCES = {
    "inconnu": "''Inconnu : les sources ne le disent pas.''",
    "sans-objet": "''Sans objet.''",
}


def state_of(value: Any) -> str:
    """The sentence that stands for a value which is a state; "" for any other value."""
    return _SENTENCES.get(value, "") if isinstance(value, str) else ""


def certainty(item: Mapping[str, Any], names: Names) -> str:
    """What is known about a fact, to write behind it: its status and its sources."""
    out = ""
    if "statut" in item:
        out += f" {status_call(item['statut'], names)}"
    if "sources" in item:
        out += f" {SOURCES.encode(item['sources'], names)}"
    return out


def statement(value: Any, names: Names) -> str:
    """One ``enonce`` as one line of a list."""
    if isinstance(value, str):
        return encode(value, Context.LIST_ITEM)
    line = encode(value["texte"], Context.LIST_ITEM)
    said = [LINKS.encode(value["qui"], names)] if "qui" in value else []
    if "date" in value:
        said.append(DATE.encode(value["date"], names))
    if said:
        line += f" <small>({', '.join(said)})</small>"
    return line + certainty(value, names)


def statements(value: Any, names: Names) -> str:
    """A list of ``enonce``, or the state that stands for it; "" when there is none."""
    if value is None or isinstance(value, str):
        return state_of(value)
    return bullets(statement(one, names) for one in value)


def words(value: Any, vocabulary_name: str, names: Names) -> str:
    """Words of a vocabulary, each with what it was here (``note``) and how sure it is.

    The definition is one gesture away, on the index that holds it. Where no page of the wiki
    defines the word, a word without anything of its own has its definition beside it.
    """
    if value is None or isinstance(value, str):
        return state_of(value)
    lines = []
    for item in value:
        one = str(bare(item))
        term = vocabulary(vocabulary_name).terms.get(one)
        label = term.label if term else one
        link = names.definition(vocabulary_name, one, label)
        said = item.get("note", "") if isinstance(item, Mapping) else ""
        if not said and link is None and term:
            said = small_first(term.definition)
        line = f"'''{link or encode(label, Context.LIST_ITEM)}'''"
        line += f" : {encode(said, Context.LIST_ITEM)}" if said else ""
        lines.append(line + (certainty(item, names) if isinstance(item, Mapping) else ""))
    return bullets(lines)


def small_first(sentence: str) -> str:
    """A definition goes on after a colon; ``DICRIM`` and the like keep their capitals."""
    if len(sentence) > 1 and sentence[1].isupper():
        return sentence
    return sentence[:1].lower() + sentence[1:]


def lessons(value: Any, names: Names) -> str:
    """What an experience teaches, and what became of it."""
    if value is None or isinstance(value, str):
        return state_of(value)
    lines = []
    for one in value:
        lines.append(f"* {statement(one, names)}")
        if isinstance(one, Mapping) and "suite" in one:
            lines.append(f"** Suite : {_follow_up(one['suite'], names)}")
    return "\n".join(lines)


def _follow_up(value: Any, names: Names) -> str:
    if isinstance(value, str):
        return STATES.get(value, value)
    parts = [encode(_without_stop(value), Context.LIST_ITEM)] if "quoi" in value else []
    if "qui" in value:
        parts.append(f"par {LINKS.encode(value['qui'], names)}")
    if "echeance" in value:
        due = value["echeance"]
        known = f"pour : {DATE.encode(due, names)}"
        parts.append("échéance inconnue" if due == "inconnu" else known)
    if "fait" in value:
        done = {"oui": "fait", "non": "pas encore fait"}
        parts.append(done.get(value["fait"], f"fait : {STATES.get(value['fait'], '')}"))
    if "date" in value:
        day = value["date"]
        parts.append("date inconnue" if day == "inconnu" else DATE.encode(day, names))
    if "preuve" in value:
        parts.append(f"preuve : {LINKS.encode(value['preuve'], names)}")
    return ", ".join(parts) + certainty(value, names)


def _without_stop(value: Mapping[str, Any]) -> str:
    """What follows, without its full stop where a comma comes next: never « mixtes., fait »."""
    said: str = value["quoi"]
    return said.removesuffix(".") if len(value) > 1 else said


def figures(caption: str, values: Any, names: Names) -> str:
    """Quantities as a table; a state is a sentence."""
    if not values or isinstance(values, str):
        return state_of(values)
    rows = []
    for one in values:
        item = one if isinstance(one, Mapping) else {"valeur": one}
        what = encode(item.get("quoi", "Chiffre"), Context.CELL)
        amount = cell(NUMBER.encode(item["valeur"], names))
        unit = encode(item["unite"], Context.CELL) if "unite" in item else ""
        how = [encode(item[key], Context.CELL) for key in ("comptage", "note") if key in item]
        if "date" in item:
            how.insert(0, DATE.encode(item["date"], names))
        status = vocabulary("statut-fait").label(item["statut"]).lower() if "statut" in item else ""
        source = SOURCES.encode(item["sources"], names) if "sources" in item else ""
        measured = f"{amount}\u00a0{unit}" if unit else amount
        rows.append((what, measured + source, status, "<br>".join(how)))
    headers = ["Quoi", "Combien", "Ce que cela vaut", "Date et mode de comptage"]
    kept = [index for index in range(len(headers)) if index < 2 or any(row[index] for row in rows)]
    # sortable: on a phone some skins scroll the table itself, and the keyboard needs a way in
    return table(
        caption,
        [headers[i] for i in kept],
        [[row[i] for i in kept] for row in rows],
        sortable=True,
    )


def promises(caption: str, values: Any, names: Names) -> str:
    """Engagements as a table, one promise a row; what came of it in a small ``{{Engagement}}``."""
    if not values or isinstance(values, str):
        return state_of(values)
    rows = [_promise(one, names) for one in values]
    return table(caption, (*PROMISE_CELLS, "Tenu ?"), rows)


PROMISE_CELLS: Mapping[str, str] = {
    "Qui": "Qui",
    "S’engage à": "Quoi",
    "Pour quand": "Pour quand",
}
"""Column of a promise -> its field that is the text of a cell; the others are in the call."""


def _promise(promise: Mapping[str, Any], names: Names) -> tuple[str, ...]:
    found = dict(parameters(PROMISE, promise, names))
    cells = [found.pop(parameter, "") for parameter in PROMISE_CELLS.values()]
    return (*cells, inline_call(names, "Engagement", **found))


def contributions(values: Any, names: Names) -> str:
    """Who brought what."""
    if not values or isinstance(values, str):
        return state_of(values)
    rows: Sequence[Sequence[str]] = [
        (
            LINKS.encode(one["qui"], names),
            cell(encode(one["quoi"], Context.CELL)) + certainty(one, names),
        )
        for one in values
    ]
    return table("Ce que chacun a apporté", ["Qui", "Quoi"], rows)


def cell(wikitext: str) -> str:
    """A cell's text; a state is written as a word."""
    return STATES.get(wikitext, wikitext)
