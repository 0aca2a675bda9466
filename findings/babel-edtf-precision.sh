#!/bin/sh
# babel-edtf, by which InvenioRDM shows dates, gives a day to an end of a period of which the year alone is known.
#
# Guess: "about" and open ends are dropped. They are refused with an error; periods with two precisions were found
# beside.
#
# EDTF lets the two ends of a period be known otherwise, already at its level 0, to which this library keeps: its example
# 6, "2005/2006-02", begins "sometime in 2005". InvenioRDM wants such periods (its issue 68 has one from a year to a
# day). The example is shown as "janvier 2005 – février 2006". Where one end is a day, the other becomes one too: from
# 1979 until the 3rd of June 2018 is "1 janv. 1979 – 3 juin 2018", and what ended in 2018, at whatever day, ended on the
# 31st of December.
#
# Nothing is said; the page of the library has periods of one precision alone. In another place (dates in CSL, its issue
# 651) InvenioRDM's own people warn that what fills up adds a month and a day; of this place no issue was found.
#
# Its source: get_interval_precision (babel_edtf/__init__.py:79) takes the finest of both, and both ends are shown in
# that one, filled up by lower_strict and upper_strict (90, 92).
#
# Here: a récit knows when something ended to the day and when it began to the year. Who reads the record of its
# deposit reads a first of January that nobody named.
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
