#!/bin/sh
# mergecal merges two calendars into one and leaves out every task, and the names of both.
#
# Guess: tasks (VTODO) are left out. The guess held.
#
# What is to be done by a day is a VTODO in iCalendar; what happens on it is a VEVENT. Two calendars with tasks and
# events give one with the events; two that are all tasks give an empty calendar. Notes for a day (VJOURNAL) go too, and
# so does the name of a calendar (NAME).
#
# No error or warning, and the exit code is 0.
#
# Source: merge (mergecal's calendar_merger.py) goes through cal.events; icalendar has cal.todos and cal.journals beside
# it. Its manual speaks of merging calendars.
#
# Why it matters here: each service has its calendar of reminders, which are tasks. Merged into one for the town hall,
# none is left.
#
# Seen with mergecal 0.5.0 (icalendar 7.3.2), Python 3.11. Exits 0 where it is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mergecal==0.5.0 icalendar==7.3.2
cd "$folder"
venv/bin/python - <<'PYTHON'
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

for name in ("mergecal", "icalendar"):
    print(name, version(name))
KINDS = {"VEVENT": "DTSTART", "VTODO": "DUE", "VJOURNAL": "DTSTART"}


def agenda(path: str, *entries: tuple[str, str]) -> str:
    """Writes a file with these kinds and what they say, each on one day."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//essai//FR", f"NAME:{path}"]
    for kind, words in entries:
        lines += [
            *(f"BEGIN:{kind}", f"UID:{words}@essai", "DTSTAMP:20260101T000000Z"),
            *(f"{KINDS[kind]};VALUE=DATE:20260630", f"SUMMARY:{words}", f"END:{kind}"),
        ]
    Path(path).write_text("\r\n".join([*lines, "END:VCALENDAR", ""]), encoding="utf-8")
    return path


def merged(*paths: str) -> list[str]:
    subprocess.run(["venv/bin/mergecal", *paths, "-o", "made.ics"], check=True, capture_output=True)
    told = Path("made.ics").read_text(encoding="utf-8").splitlines()
    return [line for line in told if line.startswith(("NAME", "SUMMARY"))]


both = (
    agenda("voirie.ics", ("VTODO", "huiler"), ("VEVENT", "visite")),
    agenda("ecoles.ics", ("VEVENT", "fete"), ("VJOURNAL", "note"), ("VTODO", "repeindre")),
)
tasks = (agenda("a.ics", ("VTODO", "huiler")), agenda("b.ics", ("VTODO", "repeindre")))
still = True
for paths, seen in ((both, ["SUMMARY:visite", "SUMMARY:fete"]), (tasks, [])):
    found = merged(*paths)
    print(*paths, "->", *found)
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
