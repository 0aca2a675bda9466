"""Records as rows: the raw values, the groups, the order and the cells that an index asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from loosbot.corpus.additions import per_town
from loosbot.corpus.check.coherence import plain_key
from loosbot.corpus.model import Record
from loosbot.corpus.types import ROW_TYPES, TYPES
from loosbot.fields.agreement import state_beside
from loosbot.fields.certainty import fact
from loosbot.fields.codecs import DATE, LINK_LIST, Codec, listed, word
from loosbot.fields.collation import date_key, initial, sort_key, year_of
from loosbot.fields.parameters import ROWS, Field, at, fiche_of
from loosbot.fields.quantities import QUANTITY
from loosbot.fields.site import Site, bare
from loosbot.fields.statements import STATEMENT
from loosbot.fields.vocabulary import STATES, vocabulary
from loosbot.fields.voices import roles_heard
from loosbot.render.indexes.outcomes import COLUMNS
from loosbot.render.sources import source_lines
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.links import external_link

DATES = frozenset({"annee", "date"})
_VOCABULARIES = {
    "themes": "theme",
    "effets": "effet",
    "limites": "limite",
    "leviers": "levier",
    "vigilances": "vigilance",
    "niveau": "niveau",
    "taille": "taille",
    "role": "role",
    "part_au_faire": "part-au-faire",
}
_WORD_LISTS: Mapping[str, Codec] = {
    key: listed(fact(word(_VOCABULARIES[key])))
    for key in ("effets", "limites", "leviers", "vigilances")
}


def value_of(record: Record, key: str) -> Any:
    """The value of a field; ``convention.signature`` goes inside."""
    return at(record.data, tuple(plain_key(key).split(".")))


def raw_values(record: Record, key: str) -> list[str]:
    """What a filter compares: every value that a field holds, as text."""
    if key == "type":
        return [record.type]
    value = bare(value_of(record, key))
    items = value if isinstance(value, list) else [] if value is None else [value]
    return [str(bare(item)) for item in items]


def groups(record: Record, key: str, site: Site) -> list[tuple[str, str]]:
    """The parts of an index a record belongs to: pairs of a sorting text and a heading."""
    if key == "initiale":
        letter = initial(record.title)
        return [(letter, letter)]
    if key == "type":
        # a record type is shown by its name: « Récits », not « recit »
        plural = TYPES[record.type].plural
        return [(sort_key(plural), plural)]
    key = plain_key(key)
    labels = []
    for value in raw_values(record, key):
        if value in STATES:
            continue
        if key in DATES:
            label = year_of(value) or value
        elif name := vocabulary_of(record.type, key):
            # a narrower theme goes under its wider one: « Voirie » in « Mobilité et voirie »
            label = vocabulary(name).label(vocabulary(name).widest(value))
        else:
            label = site.names.label(value)
        labels.append((sort_key(label), label))
    return list(dict.fromkeys(labels)) or [("\uffff", "Non précisé")]


def vocabulary_of(record_type: str, key: str) -> str | None:
    """Name of the vocabulary that the values of a field come from; None where they are free."""
    key = plain_key(key)
    if key == "genre":
        return f"genre-{record_type}"
    if key == "statut":
        return "statut-fait" if record_type == "indicateur" else "statut-projet"
    return _VOCABULARIES.get(key)


def order(record: Record, key: str) -> str:
    """What a record is sorted by."""
    value = bare(value_of(record, key))
    if key in DATES:
        return date_key(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:024.6f}"
    if isinstance(value, list):
        value = bare(value[0]) if value else None
    return "\uffff" if value is None else sort_key(str(value))


def cell(record: Record, key: str, site: Site) -> tuple[str, str]:
    """Wikitext of one cell, and what it is sorted by ("" for the text itself)."""
    if key == "titre":
        # no sort key: browsers sort titles in French themselves, and a key would precede them in
        # the wikitext
        return _title(record, site), ""
    if key == "voix":
        return _voices(record, site), ""
    if key == "type":
        noun = TYPES[record.type].noun
        return encode(noun[:1].upper() + noun[1:], Context.CELL), ""
    value = value_of(record, key)
    if value is None and key in COLUMNS:
        return COLUMNS[key][1](record, site.names), ""
    if value is None:
        return "", ""
    if isinstance(value, str) and value in STATES:
        field = _fields(record.type).get(plain_key(key))
        return state_beside(field.parameter if field else key, value), ""
    if plain_key(key) == "sources":
        return "<br>".join(source_lines(value, site.names, Context.CELL)), ""
    text = _field_cell(record, plain_key(key), value, site)
    sorted_apart = key in DATES or isinstance(value, int | float)
    return text, order(record, key) if sorted_apart else ""


def _field_cell(record: Record, key: str, value: Any, site: Site) -> str:
    field = _fields(record.type).get(key)
    if field is not None:
        return field.encode(bare(value) if field.codec is QUANTITY else _brief(value), site.names)
    if key in _WORD_LISTS:
        return _WORD_LISTS[key].encode(_brief(value), site.names)
    if key.rpartition(".")[2] in ("resume", "texte") and isinstance(value, str):
        return encode(site.markdown.plain_text(value), Context.CELL)
    if isinstance(value, list):
        item = _in_words if record.type in ROW_TYPES else _item
        return "<br>".join(item(member, site) for member in value)
    return _item(value, site)


def _brief(value: Any) -> Any:
    """A value, or each of a list, with its status at most: a cell holds no footnote."""
    if isinstance(value, list):
        return [_brief(inner) for inner in value]
    if isinstance(value, Mapping) and "valeur" in value:
        kept = {key: value[key] for key in ("valeur", "statut") if key in value}
        return kept if "statut" in kept else kept["valeur"]
    return value


def _in_words(value: Any, site: Site) -> str:
    """One of the statements of a record that has no page: its row is where all of it stands."""
    if not isinstance(value, Mapping) or "texte" not in value:
        return _item(value, site)
    line = STATEMENT.encode({key: value[key] for key in value if key != "sources"}, site.names)
    sources = value.get("sources")
    if sources is None:
        return line
    if isinstance(sources, str):
        return f"{line} <small>(source : {state_beside('source', sources)})</small>"
    links = " ; ".join(source_lines(sources, site.names, Context.CELL))
    return f"{line} <small>({links})</small>"


def _item(value: Any, site: Site) -> str:
    """Any other value: a statement, a reference, a date or a number."""
    if isinstance(value, Mapping):
        if "texte" in value:
            # who says so; its sources are on the record's page
            kept = {key: value[key] for key in ("texte", "qui") if key in value}
            return STATEMENT.encode(kept, site.names)
        value = next((value[name] for name in ("valeur", "qui", "quoi") if name in value), "")
    if isinstance(value, list):
        return LINK_LIST.encode(value, site.names)
    if isinstance(value, str):
        return LINK_LIST.encode([value], site.names)
    return (
        DATE.encode(value, site.names)
        if isinstance(value, int)
        else encode(str(value), Context.CELL)
    )


@per_town
def _fields(record_type: str) -> dict[str, Field]:
    fields = ROWS[record_type] if record_type in ROWS else fiche_of(record_type)[1]
    return {".".join(str(part) for part in field.path): field for field in fields}


def _title(record: Record, site: Site) -> str:
    if record.type not in ROW_TYPES:
        return str(site.names.link_or_text(record.id, Context.CELL))
    url = record.data.get("url")
    if isinstance(url, str) and url not in STATES:
        return str(external_link(url, record.title, Context.CELL))
    return encode(record.title, Context.CELL)


def _voices(record: Record, site: Site) -> str:
    """The roles of who speaks on the record, then in the récits and meetings about it."""
    heard = [record] if record.type == "recit" else site.heard_about(record.id)
    lines = []
    for tale in heard:
        roles = ", ".join(roles_heard(tale.data["voix"]))
        link = "" if tale is record else f"{site.names.link_or_text(tale.id)} : "
        lines.append(f"{link}{encode(roles, Context.CELL)}")
    return "<br>".join(lines) or "aucune"
