#!/bin/sh
# tableschema takes a column of French decimals for points on a map.
#
# Guess: text, since "12,5" is not a number with a decimal point, or a number. The guess was wrong.
#
# It guesses the types of a table for a Data Package: it calls a column of "12,5" and "3,5" a "geopoint", and reads 12
# degrees east and 5 north. One more value anywhere ("1250,00", which is no longitude) and the same column is text.
#
# No error or warning.
#
# Source: _INFER_TYPE_ORDER (schema.py:558) tries "geopoint" third, before "number"; text comes last, for columns that
# are neither.
#
# Why it matters here: describing a French town's table with it, as Validata and goodtables did, publishes prices that a
# map shows in the sea.
#
# Seen with tableschema 1.21.0, Python 3.11. Exits 0 where it is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tableschema==1.21.0 setuptools==65.5.0
cd "$folder"
venv/bin/python -W ignore - <<'PYTHON'
import sys
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path

import tableschema

print("tableschema", version("tableschema"))
SEEN = {
    ("12,5", "3,5"): ("geopoint", [(Decimal(12), Decimal(5)), (Decimal(3), Decimal(5))]),
    ("12,5", "1250,00"): ("string", ["12,5", "1250,00"]),
    ("12.5", "3.5"): ("number", [Decimal("12.5"), Decimal("3.5")]),
}
still = True
for cells, (kind, values) in SEEN.items():
    rows = "".join(f'bois,"{cell}"\n' for cell in cells)
    Path("prix.csv").write_text(f"quoi,euros\n{rows}", encoding="utf-8")
    table = tableschema.Table("prix.csv")
    table.infer()
    [found] = [field.type for field in table.schema.fields if field.name == "euros"]
    read = [row[1] for row in table.read()]
    print(*cells, "->", found, read)
    still = still and found == kind and read == values
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
