"""``datapackage.json``: the one descriptor of a dump (Data Package v2, schemas inline).

https://datapackage.org/standard/data-package/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from loosbot.corpus.schema import Word
from loosbot.dump.filtered import Edition
from loosbot.dump.licences import Licence, Licensing
from loosbot.dump.tables.fields import Column
from loosbot.dump.tables.table import Table
from loosbot.dump.writer import DumpFile, json_bytes

NAME = "datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
MEDIA = {
    "csv": "text/csv", "txt": "text/plain", "md": "text/markdown", "json": "application/json",
    "sqlite": "application/vnd.sqlite3", "xml": "application/xml", "jsonld": "application/ld+json",
    "geojson": "application/geo+json", "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "qdc": "application/xml", "vtt": "text/vtt", "parquet": "application/vnd.apache.parquet",
    "qdpx": "application/zip", "cff": "application/yaml",
}  # fmt: skip


def datapackage(
    edition: Edition, tables: Sequence[Table], written: Iterable[DumpFile], licensing: Licensing
) -> bytes:
    """The descriptor of ``written``: tables with their schema, other files with their type."""
    by_path = {table.path: table for table in tables}
    snapshot = edition.snapshot
    package: dict[str, Any] = {
        "$schema": _PROFILE,
        "name": f"{snapshot.corpus}-{edition.kind}",
        "title": edition.title,
        "description": "Données et récits des projets menés avec les habitants. "
        "Lisez README.md : ce que l’édition contient, et ce qu’elle ne promet pas.",
        "version": snapshot.date or "0",
        "licenses": [_licence(licensing.whole)],
        # without version 1's word for it the town is an author to frictionless-ckan-mapper (1.0.9)
        "contributors": [{"title": snapshot.commune, "roles": ["publisher"], "role": "publisher"}],
        "sources": [_source(edition)],
        "keywords": ["participation citoyenne", "récits", snapshot.commune],
    }
    if snapshot.date:
        package["created"] = f"{snapshot.date}T00:00:00Z"
    package["resources"] = [
        _table(by_path[file.path], file, licensing)
        if file.path in by_path
        else _file(file, licensing)
        for file in sorted(written)
        # frictionless reads Parquet through pandas, where an empty whole number becomes NaN and
        # a fault, and wants an extra for a workbook: these copies are named in README.md and
        # SHA256SUMS
        if not file.path.endswith((".parquet", ".ods"))
    ]
    return json_bytes(package)


def _source(edition: Edition) -> dict[str, Any]:
    snapshot = edition.snapshot
    source = {"title": f"Corpus {snapshot.corpus}, lu par {snapshot.tool}"}
    if snapshot.commit:
        source["version"] = f"{snapshot.commit}{'+' if snapshot.modified else ''}"
    if edition.recipient:
        source["title"] += f" ; remis à {edition.recipient}, jusqu’au {edition.expires}"
    return source


def _licence(licence: Licence) -> dict[str, str]:
    return {"name": licence.name, "title": licence.title, "path": licence.path}


def _file(written: DumpFile, licensing: Licensing) -> dict[str, Any]:
    extension = written.path.rpartition(".")[2]
    return {
        "name": resource_name(written.path),
        "path": written.path,
        "format": extension,
        "mediatype": MEDIA.get(extension, "application/octet-stream"),
        "bytes": written.size,
        "hash": f"sha256:{written.sha256}",
        "licenses": [_licence(licensing.of(written.path))],
    }


def resource_name(path: str) -> str:
    """A name that is unique because the path is: ``textes/a.txt`` -> ``textes-a-txt``."""
    plain = path.lower().replace("=", "-").replace("/", "-").replace(".", "-")
    return "".join(char if char.isalnum() or char in "-_" else "-" for char in plain)


def _table(table: Table, written: DumpFile, licensing: Licensing) -> dict[str, Any]:
    """A table, also in words of version 1: without ``profile`` the R package frictionless (1.2.1)
    refuses to read it, without ``scheme`` csvw (4.1.1, findings/csvw-datapackage.sh) sees none."""
    return {
        **_file(written, licensing),
        "name": table.name,
        "type": "table",
        "profile": "tabular-data-resource",
        "scheme": "file",
        "title": table.title,
        "description": table.description,
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"'},
        "schema": table_schema(table),
    }


def table_schema(table: Table) -> dict[str, Any]:
    """The Table Schema of one table."""
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
    }
    # no column of a primary key may be empty (Table Schema), unique as its cells may be together
    if {*table.key} <= {column.name for column in table.columns if column.required}:
        schema["primaryKey"] = list(table.key)
    references = [
        {
            "fields": [reference.column],
            "reference": {"resource": reference.table, "fields": [reference.target]},
        }
        for reference in table.references
    ]
    if references:
        schema["foreignKeys"] = references
    return schema


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": "string" if column.type == "uri" else column.type,
        "title": column.title,
        "description": column.description,
    }
    if constraints := dict(_constraints(column)):
        field["constraints"] = constraints
    if column.words:
        field["categories"] = [_category(word) for word in column.words]
    return field


def _category(word: Word) -> dict[str, str]:
    """A category of Table Schema: a word, and its definition where there is one."""
    meaning = {"description": word.description} if word.description else {}
    return {"value": word.value, "label": word.title, **meaning}


def _constraints(column: Column) -> Iterator[tuple[str, Any]]:
    if column.required:
        yield "required", True
    if column.words:
        yield "enum", [word.value for word in column.words]
