"""An edition as the tables of a received dump tell it: what every other format is made from."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, get_args

from loosbot import lazy
from loosbot.corpus import additions, schema
from loosbot.corpus.model import RECORD_TYPES, Link, Record
from loosbot.corpus.types import PROJECTS
from loosbot.corpus.values import several
from loosbot.dump.check.bounds import MOST_ELEMENTS, MOST_INFLATED, LimitReached
from loosbot.dump.check.received import ReceivedDump, Row, Unreadable, by_column, groups
from loosbot.dump.edition.passages import placed, stories
from loosbot.dump.filtered import WITHHELD, Edition, Kind, Passage, Privacy, Snapshot, known, stated
from loosbot.dump.formats.catalogue import CRATE
from loosbot.dump.formats.participedia.body import LONGEST, SCOPE
from loosbot.dump.formats.participedia.files import CASES
from loosbot.dump.formats.vocabularies import COLUMNS, LIST, SKOS, vocabularies
from loosbot.dump.report import NAME as REPORT
from loosbot.dump.tables.fields import EVENT_KEYS, SEPARATOR, fields, is_fact
from loosbot.dump.tables.normative import TABLE_NAMES
from loosbot.dump.tables.parts import TEXTS
from loosbot.dump.tables.table import Table, column
from loosbot.parsing import decimal_number, json_value, whole_number

_NOTHINGS = {"inconnu": "inconnu", "masque": WITHHELD, "sans-objet": "sans-objet"}
_PARTS: Mapping[str, tuple[str, ...]] = {
    "evenements": ("date", "niveau", "part_au_faire", "texte", "qui", "statut", "sources"),
    "engagements": ("qui", "quoi", "echeance", "issue", "statut", "sources"),
    "mesures": ("valeur", "unite", "quoi", "comptage", "date", "statut", "sources", "note"),
    "enonces": ("qui", "date", "statut", "sources"),
}
"""The columns of each table of parts that formats read, each a key of its part."""
_TOOL = lazy.pattern(r"loosbot [\w.+-]{1,40}", re.ASCII)
_WHOLE = ("reunion", "recit", "compte-rendu")
"""Kinds of events that repeat what the record's own row says."""


def edition(dump: ReceivedDump) -> Edition:
    """The edition that the tables of a dump tell. Raises Unreadable, LimitReached, OSError."""
    data = _records(dump)
    frictions: dict[str, list[str]] = {}
    for row in dump.rows("enonces"):
        if row.get("champ") == "voix.frottements" and row.get("texte"):
            frictions.setdefault(row.get("passage", ""), []).append(row["texte"])
    voices = [_passage(row, frictions) for row in dump.rows("passages")]
    _require_bounded(data, voices)
    for table in _PARTS:
        for row in dump.rows(table):
            if row.get("fiche") in data and row.get("genre") not in _WHOLE:
                _add_part(data[row["fiche"]], row, table)
    bodies = _bodies(dump)
    for voice in voices:
        if voice.record in data:
            _add_voice(data[voice.record], voice, bodies)
    titles = {id_: str(content["titre"]) for id_, content in data.items()}
    tales = stories([voice for voice in voices if voice.record in data], titles)
    paths = {id_: str(content.pop("", "")) for id_, content in data.items()}
    snapshot, kind = _snapshot(dump)
    return Edition(
        kind=kind,
        snapshot=snapshot,
        records={
            id_: Record(id_, content["type"], paths[id_], content) for id_, content in data.items()
        },
        ties=tuple(
            Link(row.get("source", ""), (row.get("champ", ""),), row.get("cible", ""))
            for row in dump.rows("liens")
        ),
        passages=placed(voices, tales),
        stories=tuple(tales),
        stages=(),
        gaps=(),
        people=frozenset(
            row.get("id", "") for row in dump.rows("acteurs") if row.get("pseudonyme") == "oui"
        ),
        privacy=Privacy(0, 0, {}, {}, ()),
        recipient="",
        expires="",
        pages=iter(()),
        origins={},
        renamed={},
    )


def root(dump: ReceivedDump) -> Mapping[str, Any]:
    """What the RO-Crate says of the whole folder. Raises Unreadable, LimitReached, OSError."""
    graph = groups(dump.json(CRATE).get("@graph"))
    return next((entity for entity in graph if entity.get("@id") == "./"), {})


def events(dump: ReceivedDump) -> Table:
    """The table of events, as far as formats read it. Raises the same."""
    header, *rows = list(dump.lines("evenements")) or [[]]
    columns = tuple(column(name, "", "") for name in header)
    cells = tuple(tuple(cell or None for cell in row) for row in rows)
    return Table("evenements", "", "", columns, cells)


def words(dump: ReceivedDump) -> additions.Additions:
    """The words that the town added to the vocabularies, or has otherwise. Raises the same."""
    ours = {
        (book.name, term.value): term for book in vocabularies() for term in book.terms.values()
    }
    added: dict[str, list[Mapping[str, str]]] = {}
    for row in by_column(dump.csv(LIST)) if dump.size(LIST) is not None else ():
        name, word, title, meaning, wider = (row.get(column, "") for column in COLUMNS[:5])
        term = ours.get((name, word))
        if term is None or (term.title, term.description, term.wider) != (title, meaning, wider):
            larger = {"plus_large": wider} if wider else {}
            new = {"mot": word, "titre": title, "definition": meaning, **larger}
            added.setdefault(name, []).append(new)
    if not added:
        return additions.NONE
    books = {str(scheme.get("@id")).rpartition("/")[2]: scheme for scheme in _schemes(dump)}
    return additions.Additions(
        json.dumps(added),
        {name: tuple(terms) for name, terms in added.items()},
        tuple(
            additions.AddedField("", (), str(books.get(name, {}).get("prefLabel", name)),
                                 str(books.get(name, {}).get("definition", "")),
                                 "mot", name, (), "")
            for name in added
        ),
    )  # fmt: skip


def _schemes(dump: ReceivedDump) -> list[Mapping[str, Any]]:
    """What names the vocabularies, which their words do not."""
    return groups(dump.json(SKOS).get("@graph")) if dump.size(SKOS) is not None else []


def _snapshot(dump: ReceivedDump) -> tuple[Snapshot, Kind]:
    """What the descriptor and the crate say of the whole, and the name of a folder of Parquet."""
    described = dump.described
    corpus, _, kind = str(described.get("name", "")).rpartition("-")
    if kind not in get_args(Kind):
        raise Unreadable("datapackage.json ne dit pas quelle édition c’est")
    town = next(iter(groups(described.get("contributors"))), {})
    codes = {
        path.rpartition("/commune=")[2].partition("/")[0]
        for path in dump.names
        if "/commune=" in path
    }
    day = str(described.get("version", ""))
    snapshot = Snapshot(
        corpus=corpus,
        commune=str(town.get("title", "")),
        insee="".join(sorted(codes - {corpus})),
        language=str(root(dump).get("inLanguage", "fr")) if dump.size(CRATE) is not None else "fr",
        date="" if day == "0" else day,
        commit="",
        modified=False,
        consents="",
        tool=_tool(dump),
    )
    return snapshot, kind  # type: ignore[return-value]  # it is one of the two


def _tool(dump: ReceivedDump) -> str:
    """What the report says that the dump was written by; "" where that is no name and version."""
    tool = ""
    with suppress(Unreadable):
        tool = str(dump.json(REPORT).get("outil"))
    return tool if _TOOL.fullmatch(tool) else ""


def _records(dump: ReceivedDump) -> dict[str, dict[str, Any]]:
    """What the row of each record says, by id; the path of its file is under ""."""
    records: dict[str, dict[str, Any]] = {
        row.get("id", ""): {"type": row.get("type", ""), "titre": row.get("titre", "")}
        for row in dump.rows("fiches")
        if row.get("type") in RECORD_TYPES
    }
    for type_ in RECORD_TYPES:
        columns = fields(type_)
        for row in dump.rows(TABLE_NAMES[type_]):
            if (content := records.get(row.get("id", ""))) is None:
                continue
            content[""] = row.get("fichier", "")
            for field in columns:
                value = _value(row, field.name, field.form)
                if value is not None:
                    _put(content, field.path, value)
            for key in {field.path[0] for field in columns if len(field.path) > 1}:
                if isinstance(group := content.get(key), dict):
                    content[key] = _whole(group, [f.path[1:] for f in columns if f.path[0] == key])
    return records


def _whole(group: dict[str, Any], paths: Sequence[Sequence[str]]) -> Any:
    """A group, or the nothing that stands for all of it: each of its columns says the same."""
    for key in {path[0] for path in paths if len(path) > 1}:
        if isinstance(inner := group.get(key), dict):
            group[key] = _whole(inner, [path[1:] for path in paths if path[:1] == (key,)])
    keys = {path[0] if path else "valeur" for path in paths}
    values = {str(value) for value in group.values()}
    whole = keys == group.keys() and len(values) == 1 and values <= _NOTHINGS.keys()
    return next(iter(group.values())) if whole else group


def _value(row: Row, name: str, form: str = "text") -> Any:
    """What a cell says, or which of the nothings; None for nothing at all."""
    cell = row.get(name, "")
    if not cell:
        return _NOTHINGS.get(row.get(f"{name}_motif", ""))
    if form == "number":
        return decimal_number(cell)
    return cell.split(SEPARATOR) if form == "list" else cell


def _put(content: dict[str, Any], path: Sequence[str], value: Any) -> None:
    """Write a value under a path; beside a status, a value is that of a fact."""
    *above, last = path
    for key in above:
        inner = content.get(key)
        if not isinstance(inner, dict):
            inner = content[key] = {} if inner is None else {"valeur": inner}
        content = inner
    content[last] = value


def _add_part(content: dict[str, Any], row: Row, table: str) -> None:
    """Write a part of a record where its id says that it stands; what stands in a voice, or in
    another part, no format but the tables has."""
    *path, last = row.get("id", "").removeprefix(f"{row['fiche']}/").split("-")
    if not last.isdecimal():
        path.append(last)
    if not path or any(map(str.isdecimal, path)):
        return
    shape = schema.shape(content["type"]).at(tuple(path))
    shape = shape.items or shape if last.isdecimal() else shape
    part = _part(row, table, shape)
    above, around = content, schema.shape(content["type"])
    for key in path[:-1]:
        around = around.at((key,))
        inner = above[key] = _opened(above.get(key), around)
        above = inner
    there = above.get(path[-1])
    if not last.isdecimal():
        words, whole = {*map(str, part.values())}, shape.properties.keys() & {*_PARTS[table]}
        if row.get("genre") == "etape" and part.keys() == whole and words <= _NOTHINGS.keys():
            # of a stage that is unknown as a whole every cell says so
            above[path[-1]] = next(iter(part.values()))
        else:
            above[path[-1]] = {**_opened(there, shape), **part}
    elif not is_fact(shape):
        above[path[-1]] = [*(there if last != "1" and isinstance(there, list) else ()), part]
    elif isinstance(there, list) and part.get("valeur") in there:
        there[there.index(part["valeur"])] = part


def _opened(value: Any, shape: schema.Shape) -> dict[str, Any]:
    """A group, to write a part into; what each of its columns said stood for all of it so far."""
    if isinstance(value, dict):
        return value
    keys = shape.properties.keys() - EVENT_KEYS - {"sources"}
    return dict.fromkeys(keys, value) if value in _NOTHINGS.values() else {}


def _part(row: Row, table: str, shape: schema.Shape) -> dict[str, Any]:
    cells = {}
    for key in _PARTS[table]:
        listed = key == "sources" or shape.at((key,)).items is not None
        cells[key] = _value(row, key, "list" if listed else "text")
    if table == "evenements" and row.get("genre") != "etape":
        cells["titre"] = _value(row, "nom")
    if table == "enonces":
        word = next((key for key in TEXTS if key in shape.properties), TEXTS[0])
        cells[word] = _value(row, "texte")
        cells |= json_value(row["autres"]) if row.get("autres") else {}
    return {key: cell for key, cell in cells.items() if cell is not None}


def _add_voice(content: dict[str, Any], voice: Passage, bodies: Mapping[str, str]) -> None:
    """Write a voice into its record. Whether others may use its words no table says: they may
    where a case of Participedia quotes them."""
    projects = content.get("projet") if content["type"] not in PROJECTS else voice.record
    words = f"{content['titre']} ({known(voice.role) or 'voix'})\n\n{voice.text.strip()}"
    # one that is not there was refused: as a rule for the length of what it quotes
    there = [bodies[str(stated(case))] for case in several(projects) if str(stated(case)) in bodies]
    quoted = any(words in body for body in there) or not there
    spoken: dict[str, Any] = {
        "qui": list(voice.speakers), "role": voice.role, "texte": voice.text,
        "consentement": {"portee": [SCOPE] if quoted else []},
    }  # fmt: skip
    content.setdefault("voix", []).append(spoken)


def _bodies(dump: ReceivedDump) -> Mapping[str, str]:
    """The stories of the cases for Participedia, by project."""
    if dump.size(CASES) is None:
        return {}
    return {
        row.get("id", "").partition(":")[2]: row["body"]
        for row in by_column(dump.csv(CASES))
        if len(row.get("body", "")) <= LONGEST
    }


def _passage(row: Row, frictions: Mapping[str, Sequence[str]]) -> Passage:
    """A passage of a table, without its place."""
    start, end = (row.get(f"film_{key}", "") for key in ("debut", "fin"))
    return Passage(
        id=row.get("id", ""),
        # before passages had a column for it, only récits had texts
        record=row.get("fiche") or row.get("recit", ""),
        rank=whole_number(row.get("rang", "")) or 0,
        speakers=tuple(_value(row, "voix", "list") or ()),
        role=_value(row, "role") or "",
        nature=row.get("nature", ""),
        date=_value(row, "date") or "",
        year=_value(row, "annee") or "",
        themes=tuple(_value(row, "themes", "list") or ()),
        effects=tuple(_value(row, "effets", "list") or ()),
        frictions=tuple(frictions.get(row.get("id", ""), ())),
        text=_value(row, "texte") or "",
        film=(whole_number(start) or 0, whole_number(end)) if start else None,
    )


def _require_bounded(records: Mapping[str, Mapping[str, Any]], voices: Sequence[Passage]) -> None:
    """Raise LimitReached where the titles and words that are to be said again are far longer than
    the tables: a stranger may name one record of a long title in every row."""
    themes = {theme for voice in voices for theme in voice.themes}
    if len(themes) * len(voices) > MOST_ELEMENTS:
        raise LimitReached("pas relu, trop de thèmes")
    told = {id_: len(content["titre"]) for id_, content in records.items()}
    spoken: dict[str, int] = {}
    for voice in voices:
        spoken[voice.record] = spoken.get(voice.record, 0) + len(voice.text)
    size = 0
    for id_, content in records.items():
        own = told[id_] + spoken.get(id_, 0)
        for value in content.values():
            for word in several(value):
                if isinstance(word, str) and word in told:
                    # either may be told of the other
                    size += told[word] + own
    if size > MOST_INFLATED:
        raise LimitReached("pas relu, les fiches se citent beaucoup trop")
