#!/bin/sh
# pandas-datapackage-reader reads numbers of a valid data package ten times too large.
#
# Guess: each column is read as its own field says. The guess was wrong.
#
# In Table Schema a column gives its separator of thousands ("groupChar") and of decimals ("decimalChar"); a table gives
# its separator of cells in its "dialect".
#
# 1. The separator of the last column is used for all: beside a column with "1.000" for a thousand, 1.5 is read as 15.
# 2. The dialect is ignored: a table with semicolons, as French spreadsheets write them, has one column, "id;annee".
# 3. The decimal separator is looked up on the table, where the format has none: "12,50" is a ValueError.
# 4. A package with a CSV file without a schema, which is optional, is an UnboundLocalError.
#
# No error or warning for the first two.
#
# Source: __init__.py:112, whose own comment says "Note that this will be applied to all fields"; read_csv (121) is
# given no separator; decimalChar is looked up on the schema (102).
#
# Why it matters here: a dump's Data Package does without these keys and is read correctly; a table that a town adds may
# not be.
#
# Seen with pandas-datapackage-reader 0.18.0 and pandas 3.1.1, Python 3.11. Exits 0 where all is still so, else 1.
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
