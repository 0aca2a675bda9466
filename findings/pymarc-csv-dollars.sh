#!/bin/sh
# pymarc-csv, which makes MARC records "editable as a spreadsheet", cuts a price and an address at their dollar sign.
#
# Guess: two subfields, blanks at their ends or a line break in a text are not kept. The guess was wrong: they are, and
# so are repeated fields. The dollar was noticed on the way.
#
# A cell of its table holds a field: two characters (indicators, "\" for a blank), then "$", a code and the text of each
# subfield. A "$" in a text is written unescaped, where the Library of Congress's own text form of MARC (MARCMaker) has
# "{dollar}". After writing and reading with its page's CSVWriter and CSVReader, with no change:
#
# 1. A note in $a, "Prix : 50 $ la plaque.", becomes "Prix : 50 ", and a subfield whose code is a blank has "la
#    plaque.".
# 2. The address "https://biblio.example/?q=$1&p=2" (856 $u) ends at "q="; what follows is a subfield "1".
# 3. "Un sac de 5 $." becomes "Un sac de 5 " with a subfield ".", which has no text.
#
# No error or warning: written out (str), both records are equal, so that comparing those shows nothing. Its page
# promises "full compatibility with pymarc's Record objects"; no issue was found about this.
#
# Why it matters here: a library's notes have prices and addresses. Correcting one title in the table changes them.
#
# Seen with pymarc-csv 0.1.1 and pymarc 5.4.0, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pymarc-csv==0.1.1 pymarc==5.4.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
from pathlib import Path

from pymarc import Field, Indicators, Record, Subfield
from pymarc_csv import CSVReader, CSVWriter

SEEN = {
    ("500", "Prix : 50 $ la plaque."): [("a", "Prix : 50 "), (" ", "la plaque.")],
    ("856", "https://biblio.example/?q=$1&p=2"): [("a", "https://biblio.example/?q="), ("1", "&p=2")],
    ("520", "Un sac de 5 $."): [("a", "Un sac de 5 "), (".", "")],
    # what is right
    ("545", "  Deux lignes,\nun blanc. "): [("a", "  Deux lignes,\nun blanc. ")],
}
record = Record()
for tag, text in SEEN:
    record.add_field(Field(tag=tag, indicators=Indicators(" ", " "), subfields=[Subfield("a", text)]))
with Path("records.csv").open("w", newline="", encoding="utf-8") as file:
    writer = CSVWriter(file)
    writer.write([record])
    writer.close()
with Path("records.csv").open(newline="", encoding="utf-8") as file:
    (again,) = CSVReader(file)
still = str(again) == str(record)
for (tag, text), seen in SEEN.items():
    found = [(subfield.code, subfield.value) for subfield in again[tag].subfields]
    print(tag, repr(text), "->", found)
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
