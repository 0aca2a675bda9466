#!/bin/sh
# icalendar writes two kinds of valid text so that a reader, even its own, gets a different text.
#
# Guess: what somebody typed comes back after writing and reading. The guess was wrong.
#
# RFC 5545 (3.3.11) escapes commas and semicolons in every TEXT; RFC 7986 (5.1) makes NAME one.
#
# 1. NAME is written with its comma and its semicolon unescaped.
# 2. A typed backslash followed by N ("D:\N") comes back as a line break: both characters are gone.
#
# Source: types_map (prop/factory.py:114) lacks "name", so it is not a TEXT; _unescape_char (parser/string.py:90)
# replaces "\N" before the doubled backslash.
#
# Why it matters here: the calendar of reminders is named after the town and the service. Since this was seen, its name
# has no comma.
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
