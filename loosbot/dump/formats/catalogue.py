"""How catalogues find an edition: DCAT-AP, the national row for a town's data, RO-Crate.

Addresses are relative to the file, on the address where the town lays the folder when it tells it.
Without one a program that knows where it read the catalogue finds the files; the harvester of
data.gouv.fr (udata 17.18.0, findings/udata-dcat.sh) does not: to it they are files of its own disk,
and it takes nothing. Only the public edition is for catalogues; both are crates.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from loosbot.corpus import french
from loosbot.corpus.values import FORECAST
from loosbot.corpus.wording import slug
from loosbot.dump.datapackage import MEDIA
from loosbot.dump.filtered import Edition
from loosbot.dump.formats.csvfiles import encoded
from loosbot.dump.licences import LICENCES, Licence, Licensing, covering
from loosbot.dump.tables.table import TOWN, VOICES, Table
from loosbot.dump.writer import DumpFile, json_bytes

DCAT, ROW, CRATE = "catalogue.jsonld", "catalogue/jeu-de-donnees.csv", "ro-crate-metadata.json"
_BYTES = "application/octet-stream"
_EU = "http://publications.europa.eu/resource/authority/"
_FORMATS = {
    "csv": "CSV", "geojson": "GEOJSON", "json": "JSON", "jsonld": "JSON_LD", "ods": "ODS",
    "parquet": "PARQUET", "qdc": "XML", "qdpx": "ZIP", "txt": "TXT", "xml": "XML",
}  # fmt: skip
"""Endings of files and their names in the European list of file types: udata shows no format
without one, whatever the media type says."""
_RIGHTS = {VOICES: "Creative Commons Attribution Share-Alike"}
"""The title that data.gouv.fr and CKAN have for a licence whose address they do not know. Without
it, udata gives the whole the licence of the first file that has one it knows: the free one, to
voices too."""
_DESCRIPTION = (
    "Projets, récits et réunions menés avec les habitants : données pseudonymisées, pas anonymes."
)
_KEYWORDS = ("participation citoyenne", "récits", "transition")
_THEME = "Administration locale"
_SHORT = 356
"""Characters that the national row has for a description."""
_DATED = {
    "evenements": ("date", "statut"), "projets": ("annee", "annee_statut"),
    "fifty_fifty": ("annee", "annee_statut"), "recits": ("annee", "annee_statut"),
    "indicateurs": ("date", "statut"),
}  # fmt: skip
"""The tables that tell when something was, the column that does and that of what it is worth; a
source was published another day."""
_COLUMNS = (
    "COLL_NOM", "COLL_SIRET", "ID", "TITRE", "DESCRIPTION", "THEME", "PRODUCTEUR_NOM",
    "PRODUCTEUR_SIRET", "COUV_SPAT_MAILLE", "COUV_SPAT_NOM", "COUV_TEMP_DEBUT", "COUV_TEMP_FIN",
    "DATE_PUBL", "FREQ_MAJ", "DATE_MAJ", "MOTS_CLES", "LICENCE", "NB_RESSOURCES",
    "FORMAT_RESSOURCES", "URL",
)  # fmt: skip


def row(
    edition: Edition, tables: Sequence[Table], written: Sequence[DumpFile], address: str = ""
) -> bytes:
    """One row of the SCDL's simplified catalogue.

    The SIRET is the town's to fill in, and the address when it was not told.
    """
    snapshot = edition.snapshot
    first, last = period(tables)
    formats = sorted({file.path.rpartition(".")[2] for file in written})
    whole = "LO - Licence Ouverte" if covering(edition).name == TOWN else "CC - Creative Commons"
    cells: dict[str, str | int] = {
        "COLL_NOM": f"Commune {french.of(snapshot.commune)}",
        "ID": f"{slug(snapshot.corpus)}-{edition.kind}",
        "TITRE": edition.title,
        "DESCRIPTION": _DESCRIPTION[:_SHORT],
        "THEME": _THEME,
        "PRODUCTEUR_NOM": f"Commune {french.of(snapshot.commune)}",
        "COUV_SPAT_MAILLE": "Communale",
        "COUV_SPAT_NOM": snapshot.commune,
        "COUV_TEMP_DEBUT": f"{first}-01-01" if first else "",
        "COUV_TEMP_FIN": f"{last}-12-31" if last else "",
        "DATE_PUBL": snapshot.date,
        "FREQ_MAJ": "Sans régularité",
        "DATE_MAJ": snapshot.date,
        "MOTS_CLES": ";".join(slug(keyword).replace("-", " ") for keyword in _KEYWORDS),
        "LICENCE": whole,
        # the schema has room for three digits
        "NB_RESSOURCES": len(written) if len(written) < 1000 else "",
        "FORMAT_RESSOURCES": ";".join(formats),
        "URL": address,
    }
    return encoded(_COLUMNS, [[cells.get(name) for name in _COLUMNS]])


def period(tables: Sequence[Table]) -> tuple[str, str]:
    """The first and the last year that what happened was dated with; "" for the end of which
    nothing is known: before « avant 1990 », after « depuis 2000 »."""
    ends: tuple[list[str], list[str]] = ([], [])
    for table in tables:
        names = [column.name for column in table.columns]
        if (dated := _DATED.get(table.name)) is not None:
            date, worth = dated[0], names.index(dated[1])
            for years, end in zip(ends, ("debut", "fin"), strict=True):
                rank = names.index(f"{date}_{end}")
                years += [
                    str(row[rank])[:4] for row in table.rows if row[rank] and row[worth] != FORECAST
                ]
    starts, stops = ends
    first, last = min(starts, default=""), max(stops, default="")
    if stops and min(stops) < first:
        first = ""
    if starts and max(starts) > last:
        last = ""
    return first, last


def dcat(
    edition: Edition,
    tables: Sequence[Table],
    written: Sequence[DumpFile],
    licensing: Licensing,
    address: str,
) -> bytes:
    """A catalogue of one dataset (https://semiceu.github.io/DCAT-AP/releases/3.0.0/).

    ``address`` is where the folder is to be read, with a slash at the end.
    """
    snapshot = edition.snapshot
    described = {table.path: table for table in tables}
    first, last = period(tables)
    publisher = {
        "@id": "#commune",
        "@type": "foaf:Agent",
        "name": f"Commune {french.of(snapshot.commune)}",
    }
    if snapshot.insee:
        publisher["dct:identifier"] = snapshot.insee
    dataset: dict[str, Any] = {
        "@id": "#edition",
        "@type": "dcat:Dataset",
        "dct:identifier": f"{slug(snapshot.corpus)}-{edition.kind}",
        "title": edition.title,
        "description": _DESCRIPTION,
        "publisher": {"@id": "#commune"},
        "keyword": [*_KEYWORDS, snapshot.commune],
        "theme": {
            **_known(f"{_EU}data-theme/GOVE", "skos:Concept"),
            "skos:prefLabel": {"@value": "Gouvernement et secteur public", "@language": "fr"},
        },
        "language": _known(f"{_EU}language/FRA", "dct:LinguisticSystem"),
        "accessRights": _known(f"{_EU}access-right/PUBLIC", "dct:RightsStatement"),
        "license": _licence(licensing.whole),
        "distribution": [
            _distribution(file, described.get(file.path), licensing) for file in written
        ],
    }
    if rights := _RIGHTS.get(licensing.whole.name):
        dataset["dct:rights"] = {"@type": "dct:RightsStatement", "rdfs:label": rights}
    if snapshot.date:
        dataset |= {"issued": snapshot.date, "modified": snapshot.date}
    if snapshot.insee:
        place = f"http://id.insee.fr/geo/commune/{snapshot.insee}"
        dataset["spatial"] = _known(place, "dct:Location")
    if first or last:
        dataset["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            **({"startDate": f"{first}-01-01"} if first else {}),
            **({"endDate": f"{last}-12-31"} if last else {}),
        }
    catalogue = {
        "@id": "#catalogue",
        "@type": "dcat:Catalog",
        "title": f"{snapshot.commune} : données des récits",
        "description": _DESCRIPTION,
        "publisher": publisher,
        "language": _known(f"{_EU}language/FRA", "dct:LinguisticSystem"),
        "dataset": dataset,
    }
    base = {"@base": address} if address else {}
    return json_bytes({"@context": base | _context(), **catalogue})


def _relative(path: str) -> str:
    """A path as an address. "=" stands in one as it is (RFC 3986, 3.3): tinycrate 0.1.5 looks for a
    file under its address."""
    return quote(path, safe="/=")


def _known(address: str, kind: str) -> dict[str, str]:
    """An address with what it is: DCAT-AP's shapes ask, and no reader has to fetch it to know."""
    return {"@id": address, "@type": kind}


def _licence(licence: Licence) -> dict[str, str]:
    """With the name that catalogues know it by: CKAN (ckanext-dcat 2.4.4) knows another address."""
    title = _RIGHTS.get(licence.name, licence.title)
    return {**_known(licence.path, "dct:LicenseDocument"), "dct:title": title}


def _distribution(written: DumpFile, table: Table | None, licensing: Licensing) -> dict[str, Any]:
    """One file. No checksum: DCAT-AP wants it typed as hexadecimal, and udata then refuses the
    whole dataset; ``SHA256SUMS`` has them."""
    address = _relative(written.path)
    ending = written.path.rpartition(".")[2]
    kind = _FORMATS.get(ending)
    media = f"https://www.iana.org/assignments/media-types/{MEDIA.get(ending, _BYTES)}"
    return {
        "@id": f"#{address}",
        "@type": "dcat:Distribution",
        "title": table.title if table else written.path,
        **({"description": table.description} if table else {}),
        "accessURL": address,
        "downloadURL": address,
        "mediaType": _known(media, "dct:MediaType"),
        **({"format": _known(f"{_EU}file-type/{kind}", "dct:MediaTypeOrExtent")} if kind else {}),
        "license": _licence(licensing.of(written.path)),
        "byteSize": written.size,
    }


def _context() -> dict[str, Any]:
    """Written in the file: nothing is fetched to read it."""
    french = {"title": "dct:title", "description": "dct:description", "keyword": "dcat:keyword"}
    links = {
        "publisher": "dct", "theme": "dcat", "language": "dct", "accessRights": "dct",
        "license": "dct", "spatial": "dct", "accessURL": "dcat", "downloadURL": "dcat",
        "mediaType": "dcat", "format": "dct",
    }  # fmt: skip
    days = {"issued": "dct", "modified": "dct", "startDate": "dcat", "endDate": "dcat"}
    return {
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "name": "foaf:name",
        "dataset": "dcat:dataset",
        "distribution": "dcat:distribution",
        "byteSize": {"@id": "dcat:byteSize", "@type": "xsd:nonNegativeInteger"},
        **{key: {"@id": name, "@language": "fr"} for key, name in french.items()},
        **{key: {"@id": f"{short}:{key}", "@type": "@id"} for key, short in links.items()},
        **{key: {"@id": f"{short}:{key}", "@type": "xsd:date"} for key, short in days.items()},
    }


def crate(edition: Edition, written: Sequence[DumpFile], licensing: Licensing) -> bytes:
    """The folder as a crate (https://w3id.org/ro/crate/1.3): every file that is in it by now."""
    snapshot = edition.snapshot
    licences = {licensing.of(file.path).path for file in written} | {licensing.whole.path}
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": edition.title,
        "description": _DESCRIPTION,
        # the format wants one, also of what git does not date
        "datePublished": snapshot.date or "1970-01-01",
        "license": {"@id": licensing.whole.path},
        # who loads a deposit from the crate asks for authors, as CITATION.cff names them
        "author": {"@id": "#commune"},
        "publisher": {"@id": "#commune"},
        "inLanguage": snapshot.language,
        "keywords": ", ".join(_KEYWORDS),
        "hasPart": [{"@id": _relative(file.path)} for file in written],
    }
    if edition.recipient:
        root["conditionsOfAccess"] = (
            f"Remise à {edition.recipient}, jusqu’au {edition.expires} ; ne se republie pas."
        )
    graph: list[dict[str, Any]] = [
        {
            "@id": CRATE,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.3"},
        },
        root,
        {"@id": "#commune", "@type": "Organization",
         "name": f"Commune {french.of(snapshot.commune)}"},
        *(
            {"@id": licence.path, "@type": "CreativeWork", "name": licence.title,
             "identifier": licence.name}
            for licence in LICENCES.values()
            if licence.path in licences
        ),
        *(
            {
                "@id": _relative(file.path),
                "@type": "File",
                "name": file.path,
                "encodingFormat": MEDIA.get(file.path.rpartition(".")[2], _BYTES),
                "contentSize": str(file.size),
                "sha256": file.sha256,
                "license": {"@id": licensing.of(file.path).path},
            }
            for file in written
        ),
    ]  # fmt: skip
    return json_bytes({"@context": "https://w3id.org/ro/crate/1.3/context", "@graph": graph})
