#!/bin/sh
# csv-detective turns counts into True and False, and article 1.10 into article 1.1.
#
# Guess: whole numbers, like the other columns of counts. The guess was wrong.
#
# data.gouv.fr runs it on every CSV file of a town, to show the file as a table and to serve it by its API, with the
# types that it finds. It recognises years, dates and the codes of communes ("01001" stays text). But:
#
# 1. A column of whole numbers that happens to hold only 0 and 1 becomes boolean: everybody who came with one child came
#    with True, and a rank that is always 1 is True.
# 2. Articles 1.1 and 1.10 of an agreement are both 1.1.
#
# Source: "1" and "0" are in bool_mapping (formats/bool.py:6), and output/utils.py:25 puts "bool over everything".
#
# Why it matters here: the tables of a dump have such columns as long as a town has few records. Their Data Package
# gives the types, but a harvest of the CSV alone does not see it.
#
# Seen with csv-detective 0.13.0, Python 3.11. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check csv-detective==0.13.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version

from csv_detective import routine

print("csv-detective", version("csv-detective"))
COLUMNS = {
    "rang": ["1", "1", "1", "1"],
    "enfants": ["0", "1", "1", "0"],
    "adultes": ["1", "2", "1", "1"],
    "article": ["1.1", "1.10", "2.1", "2.10"],
    "commune": ["01001", "62528", "01001", "62528"],
}
SEEN = {
    "rang": [True, True, True, True],
    "enfants": [False, True, True, False],
    "adultes": [1, 2, 1, 1],
    "article": [1.1, 1.1, 2.1, 2.1],
    "commune": COLUMNS["commune"],
}
rows = [",".join(COLUMNS), *map(",".join, zip(*COLUMNS.values(), strict=True))]
with open("presents.csv", "w", encoding="utf-8") as file:
    file.write("\n".join(rows) + "\n")
told, frames = routine("presents.csv", save_results=False, num_rows=-1, output_df=True)
[frame] = frames
still = True
for name, seen in SEEN.items():
    found = frame[name].tolist()
    print(f"{name}: {COLUMNS[name]} is {told['columns'][name]['format']}: {found}")
    still = still and [*map(repr, found)] == [*map(repr, seen)]
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
