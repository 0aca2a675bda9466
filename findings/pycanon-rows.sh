#!/bin/sh
# pycanon, which counts rows that look alike, skips the unique one, and counts the wrong rows of a sorted table.
#
# Guess: the smallest group over all rows, which is what k-anonymity means. The guess was wrong.
#
# 1. Where one column tells people apart, a row whose cell is empty is in no group. Five people from the north and one
#    whose quarter was removed are 5-anonymous, and 3-diverse: the one is not counted. With two columns the same row
#    counts, and both are 1.
# 2. The rows of a group are found by label and taken by position. A pandas table keeps its row labels when it is sorted
#    or filtered: sorted by the very column that must not be guessed, two groups that each say one thing are 2-diverse,
#    with a t-closeness of 0. A filtered table ends in an IndexError, if the positions go beyond its end.
#
# No error or warning otherwise. fillna("") mends the first, reset_index(drop=True) the second.
#
# Source: groupby of one column drops empty values (utils/aux_anonymity.py:47); the groups are then taken with iloc
# (_l_diversity.py:61), which goes by position.
#
# Why it matters here: the guide for publishing a dump says to count small groups, and the masked cells of a dump are
# empty.
#
# Seen with pycanon 1.3.6 and pandas 2.3.3, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pycanon==1.3.6 \
    pandas==2.3.3 numpy==2.0.2
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import sys
from importlib.metadata import version

import pandas
from pycanon import anonymity

for name in ("pycanon", "pandas"):
    print(name, version(name))
QUARTER, SAID = "quartier", "effet"


def counted(table: pandas.DataFrame, *columns: str) -> tuple[int, int, float]:
    """By these columns: k-anonymity, l-diversity, t-closeness of what was said."""
    by = list(columns)
    return (
        anonymity.k_anonymity(table, by),
        anonymity.l_diversity(table, by, [SAID]),
        round(anonymity.t_closeness(table, by, [SAID]), 2),
    )


six = pandas.DataFrame(
    {
        QUARTER: [*["Nord"] * 5, None],
        "âge": ["30-40"] * 6,
        SAID: ["fierté", "peur", "joie", "fierté", "peur", "colère"],
    }
)
still = True
for columns, seen in (((QUARTER,), (5, 3)), ((QUARTER, "âge"), (1, 1))):
    found = counted(six, *columns)[:2]
    print("1.", *columns, "->", *found)
    still = still and found == seen
found = counted(six.fillna({QUARTER: ""}), QUARTER)[:2]
print("1. filled ->", *found)
still = still and found == (1, 1)

four = pandas.DataFrame({QUARTER: ["N", "S", "N", "S"], SAID: ["peur", "joie", "peur", "joie"]})
by_word = four.sort_values(SAID)
for what, table, seen in (
    ("as it was", four, (2, 1, 0.5)),
    ("sorted", by_word, (2, 2, 0.0)),
    ("sorted, named anew", by_word.reset_index(drop=True), (2, 1, 0.5)),
):
    found = counted(table, QUARTER)
    print("2.", what, "->", *found)
    still = still and found == seen
late = pandas.concat([four.assign(an=2022), four.assign(an=2023)], ignore_index=True)
try:
    told = str(counted(late[late["an"] == 2023], QUARTER))
except IndexError as fault:
    told = repr(fault)
print("2. filtered ->", told)
still = still and told.startswith("IndexError")
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
