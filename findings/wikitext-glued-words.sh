#!/bin/sh
# The plain text that two parsers of wikitext give has words that stand on no page: two glued.
#
# strip_code() of mwparserfromhell and plain_text() of wikitextparser are what one counts words
# with, or hands to a search or a model.
#
# 1. <br> is nothing: "rue Hoche<br>place Verte" is "rue Hocheplace Verte".
# 2. A note is not taken out: its words follow the sentence that cites it, without a blank.
#
# Seen with mwparserfromhell 0.7.2 and wikitextparser 3.0.0, Python 3.11. Exits 0 where all is still
# so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mwparserfromhell==0.7.2 \
    wikitextparser==3.0.0
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import mwparserfromhell
import wikitextparser

for name in ("mwparserfromhell", "wikitextparser"):
    print(name, version(name))
SEEN = {
    "rue Hoche<br>place Verte": "rue Hocheplace Verte",
    "rue Hoche<br />place Verte": "rue Hocheplace Verte",
    "Il tient<ref>Le cahier.</ref> encore.": "Il tientLe cahier. encore.",
}
still = True
for text, seen in SEEN.items():
    found = (
        mwparserfromhell.parse(text).strip_code(),
        wikitextparser.parse(text).plain_text(),
    )
    print(text, "->", *map(repr, found))
    still = still and found == (seen, seen)
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
