#!/bin/sh
# pandas-datapackage-reader reads numbers of a valid data package ten times too large.
#
# Expected: each column by what its field says.
#
# In Table Schema a column says which sign stands between its thousands ("groupChar") and before its
# decimals ("decimalChar"); a table says in its "dialect" what stands between its cells.
#
# 1. The sign of the last column is that of all: beside one with "1.000" for a thousand, 1.5 is 15.
# 2. The dialect is not looked at: a table with semicolons, as spreadsheets in French write them, has
#    one column, "id;annee".
# 3. The sign before decimals is asked of the table, where the format has none: "12,50" is a ValueError.
# 4. A package with a CSV file that has no schema, which may be missing, is an UnboundLocalError.
#
# Nothing is said of the first two.
#
# Its source: __init__.py:112, whose own comment says "Note that this will be applied to all fields";
# read_csv (121) is given no separator; decimalChar is asked of the schema (102).
#
# Here: the Data Package of a dump does without these words, and is read as it is; a town that adds a
# table of its own may not.
#
# Seen with pandas-datapackage-reader 0.18.0 and pandas 3.1.1, Python 3.11. Exits 0 where all is still
# so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pandas-datapackage-reader==0.18.0 \
    pandas==3.1.1
cd "$folder"
venv/bin/python -W ignore - <<'PYTHON'
import json
import sys
from importlib.metadata import version
from pathlib import Path

from pandas_datapackage_reader import read_datapackage

for name in ("pandas-datapackage-reader", "pandas"):
    print(name, version(name))


def read(text: str, **told: object) -> str:
    """The rows of a package's only table, or what was raised."""
    Path("bancs.csv").write_text(text, encoding="utf-8")
    resource = {"name": "bancs", "path": "bancs.csv", "format": "csv", **told}
    package = {"name": "ville", "resources": [resource]}
    Path("datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    try:
        return str(read_datapackage(".").to_dict("records"))
    except (UnboundLocalError, ValueError) as fault:
        return type(fault).__name__


def schema(*fields: dict[str, str]) -> dict[str, object]:
    return {"fields": fields}


LENGTH = {"name": "longueur", "type": "number"}
SCREWS = {"name": "vis", "type": "number", "groupChar": ".", "decimalChar": ","}
PRICE = {"name": "euros", "type": "number", "decimalChar": ","}
NAME, YEAR = {"name": "id", "type": "string"}, {"name": "annee", "type": "integer"}
SEEN = (
    ("longueur,vis\n1.5,1.000\n", {"schema": schema(LENGTH, SCREWS)}, "[{'longueur': 15.0, 'vis': 1000.0}]"),
    (
        "id;annee\na;2018\n",
        {"schema": schema(NAME, YEAR), "dialect": {"delimiter": ";"}},
        "[{'id;annee': 'a;2018'}]",
    ),
    ('id,euros\na,"12,50"\n', {"schema": schema(NAME, PRICE)}, "ValueError"),
    ("id\na\n", {}, "UnboundLocalError"),
    # as it should be
    ("longueur,annee\n1.5,2018\n", {"schema": schema(LENGTH, YEAR)}, "[{'longueur': 1.5, 'annee': 2018}]"),
)
still = True
for text, told, seen in SEEN:
    found = read(text, **told)
    print(repr(text), "->", found)
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
