#!/bin/sh
# csvs-to-sqlite merges all establishments whose numbers begin alike, in the column it is asked to extract.
#
# Guess: codes lose their leading zero. The guess held, as anywhere pandas reads; the long numbers were noticed on the
# way.
#
# It loads CSV files into SQLite. A column named by "--extract-column" becomes a table of its own, with each value once
# and an id that leads to it: meant for values that come often, its page says.
#
# 1. In a column of numbers with one empty cell, only six digits are kept. Two nine-digit numbers (French SIREN),
#    216205286 and 216205112, become "2.16205e+08", once, and both rows lead to it. The numbers themselves are gone.
# 2. The amounts 12345.67 and 12345.71 both become "12345.7".
#
# No error or warning. Without an empty cell whole numbers are kept; with "--just-strings" everything is, leading zeros
# too.
#
# Source: id_for_value (csvs_to_sqlite/utils.py:198) writes a float as "{0:g}"; pandas makes floats of whole numbers
# beside an empty cell.
#
# Why it matters here: the lists of subsidies that French towns publish identify associations by such numbers, and some
# have none. A dump has an SQLite file of its own, in which codes are texts.
#
# Seen with csvs-to-sqlite 1.3.1 and pandas 3.1.1, Python 3.11. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check csvs-to-sqlite==1.3.1 pandas==3.1.1
cd "$folder"
venv/bin/python - <<'PYTHON'
import sqlite3
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

for name in ("csvs-to-sqlite", "pandas"):
    print(name, version(name))


def kept(values: list[str], *options: str) -> list[tuple[str, str | None]]:
    """Who has which value, by the table that was set apart."""
    rows = "".join(f"{who},{value}\n" for who, value in zip("abc", values, strict=True))
    Path("t.csv").write_text(f"qui,numero\n{rows}", encoding="utf-8")
    Path("t.db").unlink(missing_ok=True)
    subprocess.run(
        ["venv/bin/csvs-to-sqlite", "t.csv", "t.db", "-c", "numero", *options], check=True, capture_output=True
    )
    with sqlite3.connect("t.db") as db:
        return db.execute(
            "SELECT t.qui, numero.value FROM t LEFT JOIN numero ON numero.id = t.numero ORDER BY t.qui"
        ).fetchall()


SIREN = ["216205286", "216205112", ""]
SEEN = (
    ("SIREN, one empty", kept(SIREN), ["2.16205e+08", "2.16205e+08", None]),
    ("amounts", kept(["12345.67", "12345.71", "3.5"]), ["12345.7", "12345.7", "3.5"]),
    # as it should be
    ("SIREN, none empty", kept(SIREN[:2] + ["215900010"]), ["216205286", "216205112", "215900010"]),
    ("SIREN, as texts", kept(SIREN, "--just-strings"), ["216205286", "216205112", None]),
)
still = True
for what, found, words in SEEN:
    print(what, "->", found)
    still = still and found == list(zip("abc", words, strict=True))
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
