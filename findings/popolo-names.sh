#!/bin/sh
# everypolitician-popolo uses a person's new name for the whole year, or month, in which the old one ended.
#
# Guess: the name of the time, since the end of a membership is read as Popolo defines it. The guess was wrong.
#
# Popolo is a format for who holds which office, in councils and parliaments. A date may be a year, or a year and a
# month (end_date in its schema other_name.json), and people may have other names, each with its period.
#
# 1. Somebody who was Ada Essai until 2018 is looked up by day (name_at): in June 2017 she is Ada Essai, in June 2018
#    Ada Exemple, which she may have become only in December.
# 2. A name borne until March 2019 is found on the last of February, but not on the 15th of March.
#
# Her membership in the council, also until 2018, is current in June 2018 (current_at): there the library allows what is
# possible. No error or warning.
#
# Source: _is_name_current_at (popolo_data/base.py:19) compares texts, and "2018-06-12" comes after "2018"; memberships
# use ApproxDate, which knows that 2018 ends with December.
#
# Why it matters here: the signer of a set of minutes is looked up by its date. Registers of offices only know years,
# and in the last of them the minutes are signed with a name that the person did not have yet.
#
# Seen with everypolitician-popolo 0.0.11, Python 3.11. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check everypolitician-popolo==0.0.11
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
from datetime import date
from importlib.metadata import version

from popolo_data.importer import Popolo

print("everypolitician-popolo", version("everypolitician-popolo"))
council = Popolo(
    {
        "persons": [
            {
                "id": "ada",
                "name": "Ada Exemple",
                "other_names": [{"name": "Ada Essai", "start_date": "1990", "end_date": "2018"}],
            },
            {
                "id": "basile",
                "name": "Basile Exemple",
                "other_names": [{"name": "Basile Essai", "start_date": "1990-05", "end_date": "2019-03"}],
            },
        ],
        "organizations": [{"id": "conseil", "name": "Conseil municipal"}],
        "memberships": [
            {"person_id": "ada", "organization_id": "conseil", "start_date": "2014", "end_date": "2018"}
        ],
    }
)
ada, basile = council.persons
[membership] = council.memberships
SEEN = (
    ("Ada, June 2018", ada.name_at(date(2018, 6, 12)), "Ada Exemple"),
    ("Basile, 15 March 2019", basile.name_at(date(2019, 3, 15)), "Basile Exemple"),
    # as it should be
    ("Ada, June 2017", ada.name_at(date(2017, 6, 12)), "Ada Essai"),
    ("Ada, 2019", ada.name_at(date(2019, 1, 1)), "Ada Exemple"),
    ("Basile, 28 February 2019", basile.name_at(date(2019, 2, 28)), "Basile Essai"),
    ("in the council, June 2018", membership.current_at(date(2018, 6, 12)), True),
    ("in the council, 2019", membership.current_at(date(2019, 1, 1)), False),
)
still = True
for what, found, words in SEEN:
    print(what, "->", found)
    still = still and found == words
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
