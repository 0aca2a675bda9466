#!/bin/sh
# csvkit sorts a French table and writes its prices a hundred times as large.
#
# Whatever reads a table in csvkit and writes it (csvsort, csvjson, in2csv, csvstat) guesses types.
# A comma is taken out of a number wherever it stands, not only before three figures: "12,50" is
# 1250, "3,5" is 35, and the sum that csvstat tells is as wrong. With --locale fr_FR they are right,
# with --no-inference they are text. A code of a commune that begins with 0 loses it either way that
# is guessed. Nothing is said.
#
# tableschema, which guesses the types of a Data Package, does not read such a number; a column of
# those with one decimal is points of a map to it ("12,5" at 12 by 5).
#
# Seen with csvkit 2.2.0 (agate 1.14.2, babel 2.19.0) and tableschema 1.21.0, Python 3.11. Exits 0
# where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check csvkit==2.2.0 \
    agate==1.14.2 babel==2.19.0 tableschema==1.21.0 setuptools==65.5.0
cd "$folder"
export LC_ALL=C.UTF-8
cat >prix.csv <<'CSV'
quoi,euros,commune
bois,"12,50",01001
vis,"3,5",62528
peinture,"1250,00",01001
CSV
printf 'quoi,euros\nbois,"12,5"\nvis,"3,5"\n' >points.csv
venv/bin/python - <<'PYTHON'
import subprocess
import sys
from importlib.metadata import version

import tableschema

for name in ("csvkit", "tableschema"):
    print(name, version(name))


def told(*words: str) -> str:
    made = subprocess.run(
        [f"venv/bin/{words[0]}", *words[1:]], capture_output=True, check=True, encoding="utf-8"
    )
    return made.stdout


SORT = ("csvsort", "-c", "euros")
SEEN = {
    (*SORT, "prix.csv"): "vis,35,62528\nbois,1250,1001\npeinture,125000,1001",
    (*SORT, "--locale", "fr_FR", "prix.csv"): "vis,3.5,62528\nbois,12.50,1001\npeinture,1250.00,1001",
    (*SORT, "--no-inference", "prix.csv"): 'bois,"12,50",01001\npeinture,"1250,00",01001\nvis,"3,5",62528',
}
still = True
for words, seen in SEEN.items():
    found = told(*words).strip().split("\n", 1)[1]
    print(*words, "->", found.replace("\n", " | "))
    still = still and found == seen
table = tableschema.Table("points.csv")
table.infer()
[kind] = [field.type for field in table.schema.fields if field.name == "euros"]
points = [row[1] for row in table.read()]
print("tableschema:", kind, points)
still = still and kind == "geopoint" and points == [(12, 5), (3, 5)]
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
