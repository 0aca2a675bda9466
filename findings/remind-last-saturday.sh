#!/bin/sh
# remind (PyPI) turns the last Saturday of a month into every Sunday, and keeps the week that is off.
#
# Guess: a "%" or a "[" in the name of a meeting is taken for a Remind command. The guess was wrong; the series were
# noticed on the way.
#
# It converts a calendar (iCalendar) into the file of Remind, a calendar for the terminal; servers reach Remind through
# it.
#
# 1. The last Saturday of each month (BYDAY=-1SA) becomes "REM Sat -13". To Remind that is 13 days before each Saturday:
#    it shows every Sunday (seen with Remind 04.02.03). The second Tuesday is right ("Tue 8").
# 2. A week left out of a series (EXDATE) is back in it: the line is the same as without it.
# 3. Of the first and third Sunday of a month the third is lost: "Sun 1".
# 4. A yearly event happens once: "REM Jun 12 2018".
#
# No error or warning. Its manual lists what is known not to be converted from iCalendar, and none of this is in the
# list; no issue was found about it, and the one about such rules (14) is about one that stopped with an error.
#
# Source: _parse_rruleset (remind.py) gives week * 7 - 6 for the day, even for week -1, takes only the first of the
# days, and gives nothing for FREQ=YEARLY, which is 0 there; it never asks for _exdate.
#
# Why it matters here: a repair café is on the last Saturday of the month, but not in August.
#
# Seen with remind 0.19.2 of PyPI, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check remind==0.19.2 vobject==0.9.9 python-dateutil==2.9.0.post0
cd "$folder"
venv/bin/python - <<'PYTHON'
import subprocess
import sys
from importlib.metadata import version

print("remind", version("remind"))


def line(*rule: str) -> str:
    """The line of Remind of an event on the first day of its series, at noon."""
    agenda = (
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mairie//FR", "BEGIN:VEVENT", "UID:1@example.org"),
        *("DTSTAMP:20180601T100000Z", *rule, "SUMMARY:Atelier", "END:VEVENT", "END:VCALENDAR", ""),
    )
    return subprocess.run(
        ["venv/bin/ics2rem"], input="\r\n".join(agenda), capture_output=True, check=True, encoding="utf-8",
        env={"TZ": "UTC"},
    ).stdout.strip()


TUESDAY = ("DTSTART:20180612T120000Z", "DTEND:20180612T140000Z")
SATURDAY = ("DTSTART:20180630T120000Z", "DTEND:20180630T140000Z")
SUNDAY = ("DTSTART:20180603T120000Z", "DTEND:20180603T140000Z")
WEEKLY = "REM Jun 12 2018 *7 UNTIL Jun 26 2018 AT 12:00 DURATION 2:00 MSG Atelier"
SEEN = (
    (
        (*SATURDAY, "RRULE:FREQ=MONTHLY;BYDAY=-1SA;COUNT=6"),
        "REM Sat -13 UNTIL Nov 24 2018 AT 12:00 DURATION 2:00 SATISFY [$T>='2018-06-30'] MSG Atelier",
    ),
    ((*TUESDAY, "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20180619T120000Z"), WEEKLY),
    (
        (*SUNDAY, "RRULE:FREQ=MONTHLY;BYDAY=1SU,3SU;COUNT=6"),
        "REM Sun 1 UNTIL Aug 19 2018 AT 12:00 DURATION 2:00 SATISFY [$T>='2018-06-03'] MSG Atelier",
    ),
    ((*TUESDAY, "RRULE:FREQ=YEARLY;COUNT=3"), "REM Jun 12 2018 AT 12:00 DURATION 2:00 MSG Atelier"),
    # as it should be
    ((*TUESDAY, "RRULE:FREQ=WEEKLY;COUNT=3"), WEEKLY),
    (
        (*TUESDAY, "RRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=6"),
        "REM Tue 8 UNTIL Nov 13 2018 AT 12:00 DURATION 2:00 SATISFY [$T>='2018-06-12'] MSG Atelier",
    ),
)
still = True
for rule, words in SEEN:
    found = line(*rule)
    print(rule, "->", found)
    still = still and found == words
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
