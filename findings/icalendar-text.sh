#!/bin/sh
# icalendar writes two kinds of legal text so that another reader, or its own, gets another text.
#
# Expected: what somebody typed, after both steps.
#
# RFC 5545 (3.3.11) escapes a comma and a semicolon in every TEXT; RFC 7986 (5.1) makes NAME one.
#
# 1. NAME is written with its comma and its semicolon bare.
# 2. A backslash and an N that somebody typed ("D:\N") come out as the end of a line: the letter
#    and the sign are gone.
#
# Its source: types_map (prop/factory.py:114) has no "name", so it is no TEXT; _unescape_char
# (parser/string.py:90) replaces "\N" before the doubled backslash.
#
# Here: the agenda of reminders is named after the town and the service; its name has no comma since this
# was seen.
#
# Seen with icalendar 7.3.2, Python 3.11. Exits 0 where both are still so, 1 where one changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check icalendar==7.3.2
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import icalendar
from icalendar import Calendar, Todo

print("icalendar", icalendar.__version__)

calendar = Calendar()
calendar.add("name", "Rue Hoche, suite; fin")
named = calendar.to_ical()
print("1.", named)

todo = Todo()
todo.add("summary", "Le dossier est dans D:\\N, puis E:")
written = todo.to_ical()
read = str(Todo.from_ical(written)["summary"])
print("2.", written, "->", repr(read))

still = (
    b"NAME:Rue Hoche, suite; fin\r\n" in named,
    read == "Le dossier est dans D:\n, puis E:",
)
print("still so:", still)
sys.exit(0 if all(still) else 1)
PYTHON
