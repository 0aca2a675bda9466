#!/bin/sh
# chronostring reads every day in "tous les mardis du 5 au 26 juin", and the 12th of April in "12 avenue Foch".
#
# Guess: of "du 3 au 5 juin 2018", the 3rd gets no month. The guess was wrong: it is read correctly. What follows was
# noticed on the way.
#
# It finds dates in French programmes: it "transforms text like" the phrase above into dates, at the hours named, and
# claims to read weekdays, lists of days and periods.
#
# 1. A weekday next to a period is dropped: "tous les mardis du 5 au 26 juin 2018 à 18h" gives 22 evenings, not four.
# 2. A word that begins like a month counts as one: "12 avenue Foch" is the 12th of April, "12 marches" the 12th of
#    March. A word that begins like a weekday makes a day of the number after it: "salle 12" is the 12th of the month.
# 3. In "les 3 et 4 juin et le 10 juillet 2018" the 3rd is in July.
# 4. In "du 3 au 5 juin et du 10 au 12 juin 2018" the 10th and the 11th are missing; with "juillet" at the end, only the
#    12th of July is found. With a comma instead of "et" all days are there.
#
# No error or warning. "sauf" and "ou", which it does not know, give an object that says so.
#
# Source: guess_weekday and guess_month (processors_fr.py) only look at how a word begins, "ma", "sa", "av", "mar";
# PartialDateToken is built without its weekday, and no processor asks for one. DateConsolidationProcessor gives a day
# without a month the month of the last date, whatever stands between. Tokenizer.process consumes the blanks on both
# sides of a joining word, so that of two in a row ("et du") the second is not seen.
#
# Why it matters here: a town's calendar filled from what its associations write announces 18 evenings that nobody
# holds, and takes an address for a date.
#
# Seen with chronostring 0.1.5, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check chronostring==0.1.5
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from datetime import date, datetime
from importlib.metadata import version

from chronostring import parse_dates

print("chronostring", version("chronostring"))


def days(month: int, *numbers: int) -> list[date]:
    return [date(2018, month, number) for number in numbers]


def at_six(found: list[date]) -> list[datetime]:
    return [datetime(day.year, day.month, day.day, 18) for day in found]


SEEN = {
    "tous les mardis du 5 au 26 juin 2018 à 18h": at_six(days(6, *range(5, 27))),
    "le 5 juin 2018 à 18h, 12 avenue Foch": [*at_six(days(6, 5)), *days(4, 12)],
    "le 5 juin 2018 à 18h, 12 marches": [*at_six(days(6, 5)), *days(3, 12)],
    "le 5 juin 2018 à 18h, salle 12": [*at_six(days(6, 5)), *days(6, 12)],
    "les 3 et 4 juin et le 10 juillet 2018": [*days(7, 3), *days(6, 4), *days(7, 10)],
    "du 3 au 5 juin et du 10 au 12 juin 2018": days(6, 3, 4, 5, 12),
    "du 3 au 5 juin et du 10 au 12 juillet 2018": days(7, 12),
    # as it should be
    "du 3 au 5 juin 2018": days(6, 3, 4, 5),
    "du 3 au 5 juin 2018, du 10 au 12 juin 2018": days(6, 3, 4, 5, 10, 11, 12),
    "le 5 juin 2018 à 18h, 12 rue Verte": at_six(days(6, 5)),
    "le mardi 5 juin 2018 à 18h": at_six(days(6, 5)),
    "les 3 juin, 4 juin et 10 juillet 2018": [*days(6, 3, 4), *days(7, 10)],
}
still = True
for text, seen in SEEN.items():
    # read in June 2018
    found = parse_dates(text, date(2018, 6, 1))
    print(text, "->", len(found), *found)
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
