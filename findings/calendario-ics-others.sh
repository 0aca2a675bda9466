#!/bin/sh
# calendario-ics, asked to change the title of one event, confirms cancelled events and drops all series and tasks.
#
# Guess: among some ten tools for calendars, none in particular was written down for this one. What follows was noticed
# in the output.
#
# It reads and changes the events of a calendar's .ics file; its page promises to create, read, update and delete them,
# tested with KOrganizer and others. The file below has four: a weekly series with one week off, a cancelled meeting, a
# day without hours and the event whose title is changed; a task stands between them.
#
# 1. The series is one event: RRULE and EXDATE are gone, and so are attendees, alarms, categories and addresses.
# 2. "STATUS:CANCELLED" is "STATUS:CONFIRMED", and no longer says that the meeting is off.
# 3. "DTSTART;VALUE=DATE:20260614" begins at midnight; ten o'clock in Paris (TZID) is ten o'clock nowhere in particular.
# 4. The task between the events is gone.
#
# It answers True, "Evento d@v.example modificado." Its page says nothing of the other events, and no issue was found.
#
# Source: modificar_evento hands all events to _reconstruir_archivo, which writes for each the seven fields that
# parsear_eventos reads, with STATUS:CONFIRMED, between the first BEGIN:VEVENT and the last END:VEVENT.
#
# Why it matters here: an agenda that a town hands on as iCalendar has series and tasks. Renaming one meeting with this
# tool empties it of them.
#
# Seen with calendario-ics 2.3.1, beside icalendar 7.3.2, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check calendario-ics==2.3.1
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check icalendar==7.3.2
cd "$folder"
cat >agenda.txt <<'ICS'
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//v//FR
BEGIN:VEVENT
UID:a@v.example
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/Paris:20260601T100000
RRULE:FREQ=WEEKLY;COUNT=4
EXDATE;TZID=Europe/Paris:20260608T100000
SUMMARY:Permanence
CATEGORIES:eau
URL:http://v.example/
END:VEVENT
BEGIN:VEVENT
UID:b@v.example
DTSTAMP:20260101T000000Z
DTSTART:20260602T080000Z
SUMMARY:Conseil
STATUS:CANCELLED
END:VEVENT
BEGIN:VTODO
UID:t@v.example
DTSTAMP:20260101T000000Z
SUMMARY:Rendre compte
END:VTODO
BEGIN:VEVENT
UID:c@v.example
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:20260614
SUMMARY:Fête
END:VEVENT
BEGIN:VEVENT
UID:d@v.example
DTSTAMP:20260101T000000Z
DTSTART:20260603T080000Z
SUMMARY:Atelier
END:VEVENT
END:VCALENDAR
ICS
mkdir home calendars
sed 's/$/\r/' agenda.txt >calendars/agenda.ics
HOME=$folder/home venv/bin/python - <<'PYTHON'
import sys
from pathlib import Path

import calendario_ics
import icalendar


def read() -> list[tuple[str, str, str, str, str]]:
    """Of each component: its kind, title, begin, state and the names of all else that is no part of every event."""
    usual = {"UID", "DTSTAMP", "SUMMARY", "DESCRIPTION", "DTSTART", "STATUS"}
    components = icalendar.Calendar.from_ical(Path("calendars/agenda.ics").read_bytes()).subcomponents
    return [
        (
            component.name,
            str(component["SUMMARY"]),
            component["DTSTART"].to_ical().decode() if "DTSTART" in component else "",
            str(component.get("STATUS", "")),
            " ".join(sorted({*component} - usual)),
        )
        for component in components
    ]


calendario_ics.CALENDAR_DIR = "calendars"
before = read()
answer = calendario_ics.modificar_evento("d@v.example", summary="Atelier vélo")
after = read()
print(answer, *before, "", *after, sep="\n")
still = answer == (True, "Evento d@v.example modificado.") and before == [
    ("VEVENT", "Permanence", "20260601T100000", "", "CATEGORIES EXDATE RRULE URL"),
    ("VEVENT", "Conseil", "20260602T080000Z", "CANCELLED", ""),
    ("VTODO", "Rendre compte", "", "", ""),
    ("VEVENT", "Fête", "20260614", "", ""),
    ("VEVENT", "Atelier", "20260603T080000Z", "", ""),
]
still = still and after == [
    ("VEVENT", "Permanence", "20260601T100000", "CONFIRMED", ""),
    ("VEVENT", "Conseil", "20260602T080000", "CONFIRMED", ""),
    ("VEVENT", "Fête", "20260614T000000", "CONFIRMED", ""),
    ("VEVENT", "Atelier vélo", "20260603T080000", "CONFIRMED", ""),
]
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
