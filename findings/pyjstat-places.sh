#!/bin/sh
# pyjstat, which makes JSON-stat of a table, gives one quarter the count of another, and leaves out the column "nom".
#
# Guess: where a combination is missing, the counts after it move up. The guess held; the order of rows and the column
# names were noticed on the way.
#
# JSON-stat is the format in which Eurostat and other statistical offices pass on their tables. Its counts are in one
# list, and only the position says what each belongs to: the last column runs fastest (row-major order, "value" in the
# description of its 2.0). So a writer has to put them in that order, with one position for each combination.
#
# 1. A table sorted by year (2018 Nord 10, 2018 Sud 20, 2019 Nord 30, 2019 Sud 40) whose columns are quarter, then year,
#    is written with "Nord 2019" 20 and "Sud 2018" 30: each has the other's count. It reads its own file back that way,
#    too. Sorted by quarter all is right.
# 2. A table without "Nord 2018" becomes a file of two quarters, two years and three counts.
# 3. Which columns are dimensions is decided by their letters: with the counts in "nombre" (value="nombre"), a column
#    "nom" is none of them, for "nom" is in "nombre". For four counts by name and year the file has only years, two
#    positions and four counts. A column "quartier" beside the same counts is kept.
#
# No error or warning.
#
# Source: to_json_stat (pyjstat.py:712) writes the counts in their order, and the sizes (724) from the values of each
# column; "item not in value" (523, 690) has a text on its right, where it needs a list. fill_category is meant to mend
# the second, with DataFrame.append, which pandas no longer has since its 2.0.
#
# Why it matters here: a town's indicators are by place and year, in the order in which they were counted: by year.
#
# Seen with pyjstat 2.4.0, pandas 2.3.3 and numpy 2.0.2, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyjstat==2.4.0 pandas==2.3.3 numpy==2.0.2
cd "$folder"
venv/bin/python - <<'PYTHON'
import json
import sys
from importlib.metadata import version

import pandas
from pyjstat.pyjstat import Dataset

for name in ("pyjstat", "pandas", "numpy"):
    print(name, version(name))


def written(rows: list[tuple], columns: list[str], counts: str = "value") -> dict:
    """Of the JSON-stat of a table: which columns tell whose count it is, how many words each has, the counts."""
    table = pandas.DataFrame(rows, columns=columns)
    file = json.loads(Dataset.read(table, value=counts).write())
    return {"id": file["id"], "size": file["size"], "counts": file[counts]}


def read_back(rows: list[tuple], columns: list[str]) -> dict:
    file = Dataset.read(pandas.DataFrame(rows, columns=columns)).write()
    table = Dataset.read(file).write("dataframe")
    return {" ".join(row[:-1]): row[-1] for row in table.values.tolist()}


COLUMNS = ["quartier", "annee", "value"]
BY_YEAR = [("Nord", "2018", 10), ("Sud", "2018", 20), ("Nord", "2019", 30), ("Sud", "2019", 40)]
BY_QUARTER = sorted(BY_YEAR)
SEEN = (
    (
        "by year",
        read_back(BY_YEAR, COLUMNS),
        {"Nord 2018": 10, "Nord 2019": 20, "Sud 2018": 30, "Sud 2019": 40},
    ),
    (
        "without Nord 2018",
        written(BY_QUARTER[1:], COLUMNS),
        {"id": ["quartier", "annee"], "size": [2, 2], "counts": [30, 20, 40]},
    ),
    (
        "by name",
        written(BY_QUARTER, ["nom", "annee", "nombre"], "nombre"),
        {"id": ["annee"], "size": [2], "counts": [10, 30, 20, 40]},
    ),
    # as it should be
    (
        "by quarter",
        read_back(BY_QUARTER, COLUMNS),
        {"Nord 2018": 10, "Nord 2019": 30, "Sud 2018": 20, "Sud 2019": 40},
    ),
    (
        "by quarter, as nombre",
        written(BY_QUARTER, ["quartier", "annee", "nombre"], "nombre"),
        {"id": ["quartier", "annee"], "size": [2, 2], "counts": [10, 30, 20, 40]},
    ),
    (
        "one not known",
        written([("Nord", "2018", 10.5), ("Nord", "2019", None)], COLUMNS),
        {"id": ["quartier", "annee"], "size": [1, 2], "counts": [10.5, None]},
    ),
)
still = True
for what, found, words in SEEN:
    print(what, "->", found)
    still = still and found == words
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
