#!/bin/sh
# anjana makes minors of all who are eighteen, and gives with a table the place that each row had in the list of names.
#
# Guess: a row of which the quarter is not known is in no class, as with pycanon, by which it counts. So it is; the
# bounds and the places were found beside.
#
# It makes a table fit to be given away, by k-anonymity and what goes beyond. Ages become classes; for these it has
# generate_intervals, which its page shows. A class is written "[0, 18)", as mathematicians (and ISO 80000-2) write one
# that has its lower bound and not its upper one.
#
# 1. Whoever is exactly at a bound is in the class below: of 17, 18 and 19 years, with classes of 18 years from 0, two
#    are "[0, 18)". With classes of ten years 20 is in "[10, 20)", and whoever is 30, 40 or 50 likewise.
# 2. Who is under the first bound is in the first class: 5 is in "[10, 20)". Above the last it ends in an error.
# 3. Where rows are left out so that the others may stand (supp_level, which is asked for), the table that comes back
#    has one more column, "index", with the place of each row in the table that came in. Names are "*" beside it; a list
#    that was in the order of the names gives them back. Where no row is left out there is none.
#
# Nothing is said.
#
# Its source: generate_intervals (anonymity/utils/utils.py:273) asks searchsorted for the place before an equal bound,
# and puts what would be before all at 1 (274); reset_index of what is left (anonymity/_k_anonymity.py:279) keeps the
# old places as a column.
#
# Here: a survey of a town goes to researchers by age and quarter. Rounded ages, which people tell most (20, 30, 40),
# are counted among those who are younger; who voted at eighteen is a child.
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
