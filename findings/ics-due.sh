#!/bin/sh
# ics makes a task that is due on a day due at the first second of that day, in UTC.
#
# Guess: a day, as in an event. The guess was wrong.
#
# A day without a time (VALUE=DATE) is how a calendar says "by 30 June". ics keeps it for an event but not for a task:
# read and written again, DUE and DTSTART have a time and a zone. In Paris the task is late at two in the morning of
# that very day; west of Greenwich it is due the day before.
#
# Source: serializers/todo_serializer.py:75 writes every DUE as an instant; event_serializer.py:22 handles whole days,
# the task does not.
#
# Why it matters here: promises are due on days, and are tasks in the calendar of reminders.
#
# Seen with ics 0.7.3, Python 3.11. Exits 0 where it is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ics==0.7.3
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from ics import Calendar

print("ics", version("ics"))


def back(kind: str, *dates: str) -> list[str]:
    """The lines with a day of what is read and written again."""
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//essai//FR", f"BEGIN:{kind}", "UID:1@essai",
        "DTSTAMP:20240101T000000Z", *dates, "SUMMARY:Le banc", f"END:{kind}", "END:VCALENDAR", "",
    )  # fmt: skip
    written = Calendar("\r\n".join(lines)).serialize()
    return sorted(one for one in written.splitlines() if one.startswith(("DTSTART", "DTEND", "DUE")))


TASK = ("DTSTART;VALUE=DATE:20240601", "DUE;VALUE=DATE:20240630")
EVENT = ("DTEND;VALUE=DATE:20240602", "DTSTART;VALUE=DATE:20240601")
task, event = back("VTODO", *TASK), back("VEVENT", *EVENT)
print("VTODO", *TASK, "->", *task)
print("VEVENT", *EVENT, "->", *event)
still = task == ["DTSTART:20240601T000000Z", "DUE:20240630T000000Z"] and event == [*EVENT]
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
