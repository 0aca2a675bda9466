#!/bin/sh
# anjana counts everyone aged exactly eighteen as a minor, and keeps each row's position in the list of names.
#
# Guess: a row whose quarter is unknown falls into no class, as with pycanon, which it uses to count. The guess held;
# the bounds and the positions were noticed on the way.
#
# anjana makes a table fit for publication, by k-anonymity and stricter models. Its page shows generate_intervals, which
# groups ages into classes. A class is written "[0, 18)", which in mathematics (and ISO 80000-2) includes the lower
# bound and excludes the upper one.
#
# 1. A value exactly on a bound goes into the class below: of the ages 17, 18 and 19, with classes of 18 years from 0,
#    two are "[0, 18)". With classes of ten years 20 is in "[10, 20)"; 30, 40 and 50 are treated the same way.
# 2. A value below the first bound goes into the first class: 5 is in "[10, 20)". A value above the last bound raises an
#    error.
# 3. Where rows are suppressed so that the others can stay (supp_level, which the caller asks for), the result has one
#    more column, "index", with each row's position in the original table. The names beside it are "*", but a list
#    sorted by name gives them back. Without suppressed rows there is no such column.
#
# No error or warning.
#
# Source: generate_intervals (anonymity/utils/utils.py:273) asks searchsorted for the position before an equal bound,
# and clamps what would come before everything to 1 (274); reset_index on the remaining rows
# (anonymity/_k_anonymity.py:279) keeps the old positions as a column.
#
# Why it matters here: a town's survey goes to researchers by age and quarter. Rounded ages, which people give most
# often (20, 30, 40), are counted among younger people, and someone who voted at eighteen is a child.
#
# Seen with anjana 1.2.3, pycanon 1.3.5, pandas 2.3.3 and numpy 2.0.2, Python 3.11. Exits 0 where all is still so, else
# 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check anjana==1.2.3 pycanon==1.3.5 \
    pandas==2.3.3 numpy==2.0.2
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version

import pandas
from anjana.anonymity import k_anonymity
from anjana.anonymity.utils import generate_intervals

for name in ("anjana", "pycanon", "pandas", "numpy"):
    print(name, version(name))
people = pandas.DataFrame(
    {
        "nom": ["Ada", "Basile", "Chloé", "Denis", "Émile", "Fanny", "Gaston"],
        "quartier": ["Nord", "Nord", "Nord", "Écart", "Sud", "Sud", "Sud"],
    }
)
HIERARCHY = {"quartier": {0: people["quartier"].tolist(), 1: ["*"] * len(people)}}


def given(table: pandas.DataFrame, left_out: int) -> list[list]:
    """What is given away of a table: its columns, then its rows; of a hundred as many may be left out."""
    table = k_anonymity(table, ["nom"], ["quartier"], 3, left_out, HIERARCHY)
    return [list(table.columns), *table.values.tolist()]


SEEN = (
    (
        "17, 18, 19",
        generate_intervals([17, 18, 19], 0, 100, 18),
        ["[0, 18)", "[0, 18)", "[18, 36)"],
    ),
    (
        "19, 20, 30",
        generate_intervals([19, 20, 30], 0, 100, 10),
        ["[10, 20)", "[10, 20)", "[20, 30)"],
    ),
    ("5, from 10 on", generate_intervals([5], 10, 100, 10), ["[10, 20)"]),
    (
        "one row left out",
        given(people, 20),
        [
            ["index", "nom", "quartier"],
            [0, "*", "Nord"],
            [1, "*", "Nord"],
            [2, "*", "Nord"],
            [4, "*", "Sud"],
            [5, "*", "Sud"],
            [6, "*", "Sud"],
        ],
    ),
    # as it should be
    ("none left out", given(people, 0), [["nom", "quartier"], *[["*", "*"]] * 7]),
    ("none to leave out", given(people.drop(3), 0), [["nom", "quartier"], *[["*", "Nord"]] * 3, *[["*", "Sud"]] * 3]),
)
still = True
for what, found, words in SEEN:
    print(what, "->", found)
    still = still and found == words
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
