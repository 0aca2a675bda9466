#!/bin/sh
# ical2orgpy turns the points on a meeting's agenda into entries of their own, and leaves escapes that nobody typed.
#
# Guess: a week that is left out (EXDATE) is in, or an all-day event lasts two. The guess was wrong: both are right. The
# points were noticed on the way.
#
# It converts a calendar into Org, in which Emacs and others keep notes and calendars as text. A line of Org that begins
# with "*" and a blank is a heading (Org Syntax, 3.1), and what is under it belongs to it.
#
# 1. In a description "À l'ordre du jour :\n* un banc\n* DONE la mare\nVenez." each point becomes an entry beside the
#    meeting's, one of them a completed task; the last line belongs to the last point. Three meetings with two points
#    are nine entries.
# 2. "Mairie\; salle 2", which is how RFC 5545 (3.3.11) escapes a semicolon, keeps its backslash in titles and places,
#    and a line break in a title is "\n". Commas are unescaped, and descriptions are right except for the semicolon.
#
# No error or warning, and nothing on its page. The first is known for org-caldav (its issue 323), which does the same
# for Emacs; no issue of this tool reports it.
#
# Why it matters here: a town's workshops and councils come as a calendar; a promise to dig a pond is not a promise
# kept.
#
# Seen with ical2orgpy 0.5 and icalendar 7.3.2, Python 3.11; Org is read by orgparse 0.4.20231004. Exits 0 where both
# are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ical2orgpy==0.5 icalendar==7.3.2 orgparse==0.4.20231004
cd "$folder"
cat >town.ics <<'ICS'
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//town//agenda//FR
BEGIN:VEVENT
UID:1
DTSTAMP:20180601T000000Z
DTSTART:20180603T170000Z
DTEND:20180603T190000Z
SUMMARY:Conseil\; séance\,\nsuite
LOCATION:Mairie\; salle 2
DESCRIPTION:À l'ordre du jour :\n* un banc\; une haie\n* DONE la mare\nVenez\, tous.
END:VEVENT
END:VCALENDAR
ICS
venv/bin/ical2orgpy --timezone UTC --days 100000 town.ics town.org
cat town.org
venv/bin/python - <<'PYTHON'
import sys

import orgparse

entries = [
    (node.todo, node.heading, [line for line in node.body.splitlines() if line and not line.startswith("  <")])
    for node in orgparse.load("town.org").children
]
for entry in entries:
    print(*entry)
SEEN = [
    (None, "Conseil\\; séance,\\nsuite - Mairie\\; salle 2", ["À l'ordre du jour :"]),
    (None, "un banc\\; une haie", []),
    ("DONE", "la mare", ["Venez, tous."]),
]
still = entries == SEEN
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
