"""What an index says of one field of a record: the text of a cell, and what it is sorted by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from loosbot.corpus import french
from loosbot.corpus.additions import per_town
from loosbot.corpus.check.coherence import plain_key
from loosbot.corpus.model import Record
from loosbot.corpus.types import PROJECTS, ROW_TYPES, TYPES
from loosbot.corpus.values import known
from loosbot.fields.agreement import state_beside
from loosbot.fields.certainty import fact
from loosbot.fields.codecs import DATE, LINK_LIST, Codec, listed, word
from loosbot.fields.parameters import CLAUSES, ROWS, STAGES, STOP, Field, fields_of
from loosbot.fields.quantities import QUANTITY
from loosbot.fields.site import Site, bare
from loosbot.fields.statements import STATEMENT
from loosbot.fields.vocabulary import STATES
from loosbot.fields.voices import speaking_roles
from loosbot.render.foot import source_lines
from loosbot.render.indexes.outcomes import COLUMNS, amount
from loosbot.render.indexes.rows import VOCABULARIES, is_date, order, value_of
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.links import external_link

_WORD_LISTS: Mapping[str, Codec] = {
    key: listed(fact(word(VOCABULARIES[key])))
    for key in ("effets", "limites", "leviers", "vigilances")
}
_TEXT_KEYS = ("texte", "quoi", "constat", "fonction")
"""Keys of a group that hold what it says, the first that it has."""


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
    key = plain_key(key)
    if isinstance(value, str) and value in STATES:
        field = _fields(record.type).get(key)
        return state_beside(field.parameter if field else key.rpartition(".")[2], value), ""
    if key.rpartition(".")[2] == "sources":
        return "<br>".join(source_lines(value, site.names, Context.CELL)), ""
    text = _field_cell(record, key, value, site)
    sorted_apart = is_date(key) or isinstance(bare(value), int | float)
    return text, order(record, key) if sorted_apart else ""


def _field_cell(record: Record, key: str, value: Any, site: Site) -> str:
    field = _fields(record.type).get(key)
    if field is not None and field.codec is not QUANTITY:
        return field.encode(_brief(value), site.names)
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
    """Any other value: a group of keys, a reference, a date or a number."""
    if isinstance(value, Mapping):
        return _group(value, site)
    if isinstance(value, list):
        return LINK_LIST.encode(value, site.names)
    if isinstance(value, str):
        return LINK_LIST.encode([value], site.names)
    return (
        DATE.encode(value, site.names)
        if isinstance(value, int)
        else encode(str(value), Context.CELL)
    )


def _group(value: Mapping[str, Any], site: Site) -> str:
    """What a group of keys says, who says or does it, and how sure it is: a cell without its
    status would make a fact of what is deduced. Its sources are on the record's page."""
    if "valeur" in value:
        return amount(value, site.names)
    text_key = next((key for key in _TEXT_KEYS if key in value), "")
    if text_key:
        statement = {key: value[key] for key in ("qui", "statut") if key in value}
        if text_key == "constat" and "date" in value:
            statement["date"] = value["date"]
        return STATEMENT.encode({"texte": value[text_key], **statement}, site.names)
    if "qui" in value:
        return _item(value["qui"], site)
    first, last = known(value.get("du")), known(value.get("au"))
    if first and last:
        return encode(french.period(first, last), Context.CELL)
    term = french.since(first) if first else french.until(last) if last else ""
    return encode(term, Context.CELL)


@per_town
def _fields(record_type: str) -> dict[str, Field]:
    """Dotted path of a field, in a stage too (``demande.canal``) -> how it is written."""
    fields = ROWS[record_type] if record_type in ROWS else fields_of(record_type)
    written = {".".join(map(str, field.path)): field for field in fields}
    if record_type in PROJECTS:
        placed = [(stage.key, field) for stage in (*STAGES, STOP) for field in stage.fields]
        placed += [("convention", field) for field in CLAUSES]
        for stage, field in placed:
            written.setdefault(".".join((stage, *map(str, field.path))), field)
    return written


def _title(record: Record, site: Site) -> str:
    if record.type not in ROW_TYPES:
        return str(site.names.link_or_text(record.id, Context.CELL))
    url = record.data.get("url")
    if isinstance(url, str) and url not in STATES:
        return str(external_link(url, record.title, Context.CELL))
    return encode(record.title, Context.CELL)


def _voices(record: Record, site: Site) -> str:
    """The roles of who speaks on the record, then in the récits and meetings about it."""
    tales = [record] if record.type == "recit" else site.speaking_of(record.id)
    lines = []
    for tale in tales:
        roles = ", ".join(speaking_roles(tale.data["voix"]))
        link = "" if tale is record else f"{site.names.link_or_text(tale.id)} : "
        lines.append(f"{link}{encode(roles, Context.CELL)}")
    return "<br>".join(lines) or "aucune"
