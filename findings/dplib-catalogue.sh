#!/bin/sh
# dplib-py, an implementation of Data Package, writes a DCAT catalogue without licence, people and split tables.
#
# Guess: people, licences, keywords or dates are lost. The guess held for people and licences; the tables and their
# class were noticed on the way.
#
# It reads version 2 packages in full, and converts them to what portals take, and back.
#
# 1. The package's licence is missing from the DCAT: only a file with licences of its own keeps one, the first. In the
#    standard, the licence of a package applies to its files.
# 2. So is everybody: publisher and author alike, for whom DCAT has publisher and creator.
# 3. A table whose path is a list, as the standard allows for big ones, is left out, for CKAN and Zenodo too. The table
#    beside it is there.
# 4. Each file has the type dcat:distribution, the property, where DCAT has the class dcat:Distribution: a search for
#    files by their class, as DCAT-AP's shapes do it, finds none.
#
# No error or warning. Converted back, the package has one table, no licence, and nobody.
#
# Source: DcatPackage.from_dp (dplib/plugins/dcat/models/package.py) knows neither licences nor contributors; from_dp of
# a resource returns nothing if the path is not a string; DISTRIBUTION is DCAT.distribution (namespaces.py:16).
#
# Why it matters here: a dump's datapackage.json repeats the licence at each file, so the licence survives, but not the
# town. A dump has a DCAT catalogue of its own, catalogue.jsonld: give that one to a portal.
#
# Seen with dplib-py 1.1.0 and rdflib 7.6.0, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check dplib-py==1.1.0 rdflib==7.6.0
cd "$folder"
venv/bin/python -W ignore - <<'PYTHON'
import json
import sys
from importlib.metadata import version

from dplib.models import Package
from dplib.plugins.ckan.models import CkanPackage
from dplib.plugins.dcat.models import DcatPackage
from dplib.plugins.zenodo.models import ZenodoPackage
from rdflib import RDF, Namespace

for name in ("dplib-py", "rdflib"):
    print(name, version(name))
DCAT, TERMS = Namespace("http://www.w3.org/ns/dcat#"), Namespace("http://purl.org/dc/terms/")
LICENCE = {"name": "CC0-1.0", "path": "https://creativecommons.org/publicdomain/zero/1.0/"}


def package(licence: dict[str, object]) -> Package:
    return Package.from_dict(
        {
            "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
            "id": "https://example.org/bancs",
            "name": "bancs",
            "licenses": [LICENCE],
            "contributors": [
                {"title": "Mairie", "roles": ["publisher"]},
                {"title": "Ada E.", "roles": ["author"]},
            ],
            "resources": [
                {"name": "bancs", "path": "https://example.org/bancs.csv", **licence},
                {"name": "visites", "path": ["https://example.org/v1.csv", "https://example.org/v2.csv"]},
            ],
        }
    )


def catalogue(licence: dict[str, object]) -> tuple[int, int, list[str], list[str], bool]:
    """How many files, of them by their class; licences; their classes; whether somebody is named."""
    graph = DcatPackage.from_dp(package(licence)).to_graph()
    files = list(graph.objects(None, DCAT.distribution))
    return (
        len(files),
        len(list(graph.subjects(RDF.type, DCAT.Distribution))),
        [str(one) for one in graph.objects(None, TERMS.license)],
        [str(one).rpartition("#")[2] for file in files for one in graph.objects(file, RDF.type)],
        any(name in graph.serialize(format="turtle") for name in ("Mairie", "Ada")),
    )


back = DcatPackage.from_dp(package({})).to_dp()
told = [
    json.dumps(CkanPackage.from_dp(package({})).to_dict(), ensure_ascii=False),
    json.dumps(ZenodoPackage.from_dp(package({})).to_dict(), ensure_ascii=False),
]
SEEN = (
    ("DCAT", catalogue({}), (1, 0, [], ["distribution"], False)),
    ("and back", (len(back.resources), len(back.licenses), len(back.contributors)), (1, 0, 0)),
    ("tables for CKAN, for Zenodo", [("bancs.csv" in one, "v1.csv" in one) for one in told], [(True, False)] * 2),
    # as it should be
    ("a licence of the file", catalogue({"licenses": [LICENCE]})[2], [LICENCE["path"]]),
    ("read", (len(package({}).resources), len(package({}).licenses), len(package({}).contributors)), (2, 1, 2)),
    ("licence for CKAN, for Zenodo", [LICENCE["path"] in one for one in told], [True, True]),
)
still = True
for what, found, words in SEEN:
    print(what, "->", found)
    still = still and found == words
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
