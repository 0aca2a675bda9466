#!/bin/sh
# fr-date, which reads French dates "in any format", puts "31/12/99" in 2099 and "12 mars 18" in the year 18.
#
# Guess: "1er", ranges or Republican years ("an II") are misread. The guess was wrong: "1er juin 2018" is right, the
# others come back as they are. Short years and short days were noticed on the way.
#
# Its page: "The input can be [...] a string representing a date, in any format". What it cannot read it returns as is.
#
# 1. "3/4/2018" comes back as "34201820", with and without to_date: neither a date nor the input. "03/04/2018" is right.
# 2. A year of two digits behind slashes always lies in this century: "31/12/99" is 31 December 2099. Behind the name of
#    a month it is a year of the first century: "12 mars 18" is date(18, 3, 12).
# 3. "29 février 2018", a slip for a day that did not exist, is date(2920, 2, 18).
#
# No error or warning. Neither its page nor any issue found mentions it.
#
# Source: conv() joins the digits however many there are, and puts "20" before the last two if there are six
# (__init__.py:78); where they are no date, dmy() hands them to autofind() in another order.
#
# Why it matters here: a town's minutes and registers are full of such dates.
#
# Seen with fr-date 2.0.7 (euros 2.0.1), Python 3.11. Exits 0 where it is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check fr-date==2.0.7
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check euros==2.0.1
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
from datetime import date

from fr_date import conv

SEEN = {
    "3/4/2018": ("34201820", "34201820"),
    "31/12/99": ("31 décembre 2099", date(2099, 12, 31)),
    "12 mars 18": ("12 mars 18", date(18, 3, 12)),
    "29 février 2018": ("29 février 2018", date(2920, 2, 18)),
    # as it should be
    "03/04/2018": ("3 avril 2018", date(2018, 4, 3)),
    "12 mars 2018": ("12 mars 2018", date(2018, 3, 12)),
    "juin 2018": ("juin 2018", "juin 2018"),
}
still = True
for text, seen in SEEN.items():
    found = conv(text), conv(text, to_date=True)
    print(text, "->", *map(repr, found))
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
