#!/bin/sh
# undate, a library for uncertain dates, reads "about 1979" as 1979 and writes it back so.
#
# Guess: seasons are lost. They are refused with an error; what follows was found beside.
#
# 1. In EDTF, level 1, "1979~" is about 1979, "1979?" uncertain, "1979%" both. undate reads the three, and each is
#    1979: it equals 1979, is 365 days long, and is "1979" in EDTF again.
# 2. Of "1979/" the end is unknown, "1979/.." is open. Read and written again, the first is the second.
#
# Nothing is said; its page says "portions of EDTF", of which it refuses others.
#
# Its source: edtf.lark:29 has the three signs in its grammar, and no method of EDTFTransformer
# (converters/edtf/transformer.py) takes them up: date (16) looks at year, month and day; where it is written again, they
# are a thing to do (converters/edtf/converter.py:79). unknown_date (37) is one for both ends.
#
# Here: much of what people remember is "vers 1979", and catalogues say so in EDTF. Who reckons with this library has it
# among what is certain, and among what is open what ended, nobody knows when.
#
# Seen with undate 0.8.0, Python 3.11. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check undate==0.8.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version

from undate import Undate

print("undate", version("undate"))
certain = Undate.parse("1979", "EDTF")
still = True
for typed in ("1979~", "1979?", "1979%"):
    date = Undate.parse(typed, "EDTF")
    found = (date.format("EDTF"), date == certain, date.duration().days)
    print("1.", typed, "->", *found)
    still = still and found == ("1979", True, 365)
SEEN = {
    "1979/": "1979/..",
    # as it should be
    "1979/..": "1979/..",
    "197X": "197X",
    "1979-XX": "1979-XX",
}
for typed, words in SEEN.items():
    found = Undate.parse(typed, "EDTF").format("EDTF")
    print("2.", typed, "->", found)
    still = still and found == words
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
