#!/bin/sh
# udata, the software of data.gouv.fr, cannot harvest a catalogue that DCAT-AP's own shapes accept.
#
# Guess: what DCAT-AP's shapes accept is harvested. The guess was wrong.
#
# 1. It does not tell its RDF reader where the catalogue came from: a relative address, which JSON-LD resolves against
#    that, becomes a file on the harvester's own disk, and the dataset is refused.
# 2. DCAT-AP 3 requires a checksum typed xsd:hexBinary; typed that way, the dataset is refused too.
# 3. If the licence of a dataset is not in its list, it takes that of one of its files. data.gouv.fr only knows CC BY-SA
#    by an address of opendefinition.org: a dataset under CC BY-SA 4.0 with one table under the Licence Ouverte is shown
#    under the Licence Ouverte as a whole.
# 4. It finds no format for a file, whatever its media type says, unless dct:format says it too.
#
# Source: parse(data=…, format=…) without the address (harvest/backends/dcat.py:133); a checksum is what rdf_value
# gives, a Python value of bytes (core/dataset/rdf.py:913); "first match wins", over dataset, rights and files (1070);
# format_from_rdf looks up dct:format (731).
#
# Why it matters here: catalogue.jsonld is written for that harvester, which is why "dump build" takes --adresse.
#
# Seen with udata 17.18.0 on mongomock 4.3.0, rdflib 7.6.0, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check udata==17.18.0 \
    mongomock==4.3.0 rdflib==7.6.0
cd "$folder"
venv/bin/python - <<'PYTHON' 2>errors || { tail -n 5 errors; exit 1; }
import json
import sys
from importlib.metadata import version

import mongoengine
import mongomock
from flask import Flask
from flask_babel import Babel
from mongoengine.errors import ValidationError
from rdflib import DCAT, RDF, Graph
from udata import settings

app = Flask("harvester")
app.config.from_object(settings.Defaults)
Babel(app)
mongoengine.connect("udata", mongo_client_class=mongomock.MongoClient)

from udata.core.dataset.rdf import dataset_from_rdf
from udata.models import Dataset, License

print("udata", version("udata"))
BASE = "https://donnees.example.org/"
OPEN = "https://www.etalab.gouv.fr/wp-content/uploads/2017/04/ETALAB-Licence-Ouverte-v2.0.pdf"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
CHECKSUM = {
    "@type": "spdx:Checksum",
    "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
    "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": "0a" * 32},
}


def harvested(base: str, **told: object) -> tuple[Dataset, str]:
    """A dataset under CC BY-SA 4.0 with one table under the Licence Ouverte, and why not."""
    table = {
        "@type": "dcat:Distribution",
        "dct:title": "Projets",
        "dcat:accessURL": {"@id": f"{base}projets.csv"},
        "dct:license": {"@id": OPEN},
        "dcat:mediaType": {"@id": "https://www.iana.org/assignments/media-types/text/csv"},
        **told,
    }
    catalogue = {
        "@context": CONTEXT,
        "@id": f"{base}#jeu",
        "@type": "dcat:Dataset",
        "dct:title": "Projets et récits",
        "dct:description": "Une ville.",
        "dct:license": {"@id": "https://creativecommons.org/licenses/by-sa/4.0/"},
        "dcat:distribution": table,
    }
    # as its harvester does: the text alone
    graph = Graph().parse(data=json.dumps(catalogue), format="json-ld")
    dataset = dataset_from_rdf(graph, Dataset(), node=graph.value(None, RDF.type, DCAT.Dataset))
    try:
        dataset.validate()
    except ValidationError as refused:
        return dataset, str(refused)
    return dataset, ""


with app.test_request_context():
    # of the list of data.gouv.fr
    License(
        id="cc-by-sa",
        title="Creative Commons Attribution Share-Alike",
        url="http://www.opendefinition.org/licenses/cc-by-sa",
    ).save()
    License(
        id="lov2",
        title="Licence Ouverte / Open Licence version 2.0",
        url="https://www.etalab.gouv.fr/licence-ouverte-open-licence",
        alternate_urls=[OPEN],
    ).save()
    License(id="notspecified", title="License Not Specified").save()

    relative, why_relative = harvested("")
    _, why_checksum = harvested(BASE, **{"spdx:checksum": CHECKSUM})
    taken, why_taken = harvested(BASE)
    kind = {"@id": "http://publications.europa.eu/resource/authority/file-type/CSV"}
    typed, _ = harvested(BASE, **{"dct:format": kind})

print("1.", relative.resources[0].url, "->", why_relative)
print("2. checksum ->", why_checksum)
print("3. licence:", taken.license.id, "refused" if why_taken else "taken")
print("4. format:", taken.resources[0].format, "with dct:format:", typed.resources[0].format)
still = (
    relative.resources[0].url.startswith("file:///") and "Invalid URL" in why_relative,
    "checksum" in why_checksum,
    not why_taken and taken.license.id == "lov2",
    taken.resources[0].format is None and typed.resources[0].format == "csv",
)
print("still so:", still)
sys.exit(0 if all(still) else 1)
PYTHON
