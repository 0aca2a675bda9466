#!/bin/sh
# babel-edtf, which InvenioRDM uses to show dates, invents a day for an end of a period of which only the year is known.
#
# Guess: "about" and open ends are dropped. The guess was wrong: they are refused with an error. Periods of mixed
# precision were noticed on the way.
#
# EDTF lets the two ends of a period have different precisions, already at level 0, which is the level this library
# supports: its example 6, "2005/2006-02", begins "sometime in 2005". InvenioRDM wants such periods (its issue 68 has
# one from a year to a day). That example is shown as "janvier 2005 – février 2006". Where one end is a day, the other
# becomes one too: from 1979 to 3 June 2018 is "1 janv. 1979 – 3 juin 2018", and what ended on some day of 2018 ended on
# the 31st of December.
#
# No error or warning; the library's page only has periods of one precision. Elsewhere (dates in CSL, issue 651)
# InvenioRDM's own people warn that filling up adds a month and a day; no issue was found about this place.
#
# Source: get_interval_precision (babel_edtf/__init__.py:79) takes the finer of the two precisions, and both ends are
# shown in it, filled up by lower_strict and upper_strict (90, 92).
#
# Why it matters here: a récit may know the day something ended but only the year it began. The record of its deposit
# then shows a first of January that nobody named.
#
# Seen with babel-edtf 1.2.2 (edtf 5.0.2, babel 2.19.0), Python 3.11. Exits 0 where it is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check babel-edtf==1.2.2 edtf==5.0.2 babel==2.19.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version

from babel_edtf import format_edtf

for name in ("babel-edtf", "edtf", "babel"):
    print(name, version(name))
SEEN = {
    "2005/2006-02": "janvier 2005 – février 2006",
    "2018-06/2018": "juin – décembre 2018",
    "1979/2018-06-03": "1 janv. 1979 – 3 juin 2018",
    "2018-06-03/2018": "3 juin – 31 déc. 2018",
    # as it should be
    "1979/2018": "1979–2018",
    "2018-06/2018-08": "juin – août 2018",
}
still = True
for date, words in SEEN.items():
    # the blanks of a language's data, which are of several kinds
    found = " ".join(format_edtf(date, format="long", locale="fr").split())
    print(date, "->", found)
    still = still and found == words
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
