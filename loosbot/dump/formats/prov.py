"""``prov.json``: where each record comes from, in PROV-JSON (research edition only).

https://www.w3.org/submissions/prov-json/. Authors of records are given by role, never by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from loosbot import __version__
from loosbot.dump.filtered import Edition
from loosbot.dump.tables.table import Table
from loosbot.dump.writer import json_bytes

PATH = "prov.json"
_AGENT = {"$": "prov:SoftwareAgent", "type": "prov:QUALIFIED_NAME"}


def files(edition: Edition, tables: Sequence[Table]) -> Iterator[tuple[str, bytes]]:
    """One file."""
    if edition.kind == "recherche":
        yield PATH, json_bytes(_document(edition))


def _document(edition: Edition) -> dict[str, Any]:
    snapshot = edition.snapshot
    corpus: dict[str, Any] = {"prov:label": f"Corpus {snapshot.corpus}"}
    if snapshot.commit:
        corpus["ville:commit"] = snapshot.commit
        corpus["ville:modifie"] = snapshot.modified
    dump = {
        "prov:label": f"Export {edition.kind}",
        "ville:destinataire": edition.recipient,
        "ville:expire": edition.expires,
    }
    entities: dict[str, Any] = {"ville:corpus": corpus, "ville:export": dump}
    derived, attributed, roles = {}, {}, set()
    for number, (id_, origin) in enumerate(edition.origins.items(), 1):
        entity = {"ville:commit": origin.commit, "ville:date": origin.date}
        entities[f"ville:{id_}"] = entity | ({"ville:fichier": origin.path} if origin.path else {})
        derived[f"_:d{number}"] = {
            "prov:generatedEntity": "ville:export",
            "prov:usedEntity": f"ville:{id_}",
        }
        attributed[f"_:a{number}"] = {
            "prov:entity": f"ville:{id_}",
            "prov:agent": f"ville:role/{origin.role}",
        }
        roles.add(origin.role)
    document = {
        "prefix": {"ville": f"https://loosbot.invalid/{snapshot.corpus}/"},
        "entity": entities,
        "activity": {"ville:exporter": {"prov:label": "loosbot dump build"}},
        "agent": {
            "ville:loosbot": {"prov:type": _AGENT, "ville:version": __version__},
            **{f"ville:role/{role}": {"prov:label": role} for role in sorted(roles)},
        },
        "used": {"_:u": {"prov:activity": "ville:exporter", "prov:entity": "ville:corpus"}},
        "wasGeneratedBy": {
            "_:g": {"prov:entity": "ville:export", "prov:activity": "ville:exporter"}
        },
        "wasAssociatedWith": {
            "_:w": {"prov:activity": "ville:exporter", "prov:agent": "ville:loosbot"}
        },
        "wasDerivedFrom": derived,
        "wasAttributedTo": attributed,
    }
    return {key: value for key, value in document.items() if value}
