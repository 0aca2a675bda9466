#!/bin/sh
# frictionless-ckan-mapper drops one of two people who made a data package, and reads the shelf mark 1E10 as a number.
#
# Guess: licences and sources are lost. The guess was wrong: they are kept. People and shelf marks were noticed on the
# way.
#
# It converts a data package into what CKAN, the software of most open data portals, takes, and back.
#
# 1. To CKAN: of an author and a publisher, the publisher leaves no trace in the output. Nor does, beside an author, a
#    person without a role, who by the standard is a contributor. With a third person all are kept.
# 2. From CKAN: the value of a custom field, which is text in CKAN, is parsed as JSON. The shelf mark "1E10" of a French
#    archive (series E, register 10) becomes 10000000000.0, and part "2.10" of a plan becomes 2.1. Converted to CKAN
#    again, the shelf mark is that number.
#
# No error or warning. A comment in the source says that values are read as JSON ("JSON loads everything and on error
# have a string"); its page says neither that nor what happens to texts that look like numbers.
#
# Source: package (frictionless_to_ckan.py:126 to 138) removes "contributors" where there are two, unless both are
# authors, both maintainers or both without a role, although it has taken over only one author and one maintainer (108
# to 118); dataset (ckan_to_frictionless.py:124) passes each value of "extras" to json.loads.
#
# Why it matters here: a town publishes what somebody else wrote, and shelf marks of French communal archives are a
# number, a letter and a number. A dump's datapackage.json names one publisher.
#
# Seen with frictionless-ckan-mapper 1.0.9, Python 3.11. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check frictionless-ckan-mapper==1.0.9
cd "$folder"
venv/bin/python - <<'PYTHON'
import json
import sys
from importlib.metadata import version

from frictionless_ckan_mapper import ckan_to_frictionless, frictionless_to_ckan

print("frictionless-ckan-mapper", version("frictionless-ckan-mapper"))
TABLE = {"name": "bancs", "path": "bancs.csv"}
AUTHOR = {"title": "Ada E.", "role": "author"}
PUBLISHER = {"title": "Mairie", "role": "publisher"}
# a contributor, says the standard
WITHOUT = {"title": "Basile T."}


def kept(*people: dict[str, str]) -> list[str]:
    """Who of them stands somewhere in the data set of CKAN."""
    package = {"name": "ville", "resources": [TABLE], "contributors": list(people)}
    told = json.dumps(frictionless_to_ckan.package(package), ensure_ascii=False)
    return [one["title"] for one in people if one["title"] in told]


def read(typed: str) -> object:
    """What becomes of the value of a field in CKAN."""
    told = {"name": "ville", "license_id": "lov2", "extras": [{"key": "cote", "value": typed}], "resources": []}
    return ckan_to_frictionless.dataset(told)["cote"]


def again(typed: str) -> object:
    """And of that, in CKAN once more."""
    [field] = frictionless_to_ckan.package({"name": "ville", "cote": read(typed)})["extras"]
    return field["value"]


SEEN = (
    ("1. an author and a publisher", kept(AUTHOR, PUBLISHER), ["Ada E."]),
    ("1. an author and somebody without a role", kept(AUTHOR, WITHOUT), ["Ada E."]),
    ("2. 1E10", read("1E10"), 10000000000.0),
    ("2. 1E10, and to CKAN again", again("1E10"), 10000000000.0),
    ("2. 2.10", read("2.10"), 2.1),
    # as it should be
    ("1. a publisher alone", kept(PUBLISHER), ["Mairie"]),
    ("1. all three", kept(AUTHOR, PUBLISHER, WITHOUT), ["Ada E.", "Mairie", "Basile T."]),
    ("2. 1D10", read("1D10"), "1D10"),
)
still = True
for what, found, words in SEEN:
    print(what, "->", repr(found))
    still = still and found == words
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
