#!/bin/sh
# csvw reads a valid data package as one without tables.
#
# Guess: one table, as the Data Package standard says. The guess was wrong.
#
# A table of a data package is a resource with a schema (version 1 adds "profile", version 2 "type"). csvw accepts it
# only if the resource also says "scheme": "file", a key of the Python library frictionless that is in neither version,
# and "format": "csv", which both versions leave optional.
#
# No error or warning.
#
# Source: frictionless.py:217 asks for rsc.get('scheme') == 'file' and 'format' == 'csv'.
#
# Why it matters here: for csvw's sake, a dump's datapackage.json gives both keys.
#
# Seen with csvw 4.1.1, Python 3.11: 0 tables, and 1 with both words. Exits 0 where it is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check csvw==4.1.1
cd "$folder"
printf 'id,annee\nbanc,2018\n' >bancs.csv
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version

from csvw import TableGroup

print("csvw", version("csvw"))
FIELDS = [{"name": "id", "type": "string"}, {"name": "annee", "type": "integer"}]
TABLE = {"name": "bancs", "path": "bancs.csv", "schema": {"fields": FIELDS}}
SEEN = (
    ({"profile": "tabular-data-resource"}, 0),
    ({"type": "table", "format": "csv"}, 0),
    ({"scheme": "file"}, 0),
    ({"scheme": "file", "format": "csv"}, 1),
)
still = True
for words, seen in SEEN:
    package = {"name": "ville", "resources": [TABLE | words]}
    group = TableGroup.from_frictionless_datapackage(package)
    print(words, "->", len(group.tables), "tables")
    still = still and len(group.tables) == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
