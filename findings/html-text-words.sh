#!/bin/sh
# inscriptis and resiliparse, which turn HTML into text, join words that a browser shows apart.
#
# Guess: a blank or a line break, since CSS gives both elements a line of their own. The guess was wrong.
#
# A term and its definition (<dt>, <dd>) are on two lines of a page. Where the file has no blank between them,
# inscriptis makes them one word: "Année" and "2023" become "Année2023". Both join the words of a <summary> to those
# under it: "Manques" and "Une vis" become "ManquesUne vis".
#
# Source: css_profiles.py:20 of inscriptis lists the elements that end a line, without dt, dd and summary.
#
# Why it matters here: the pages of the site present a record in a <dl>, and its gaps in a <details>. Since this was
# seen, there is a line break between a term and its value.
#
# Seen with inscriptis 2.7.6 and resiliparse 2.0.1, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check inscriptis==2.7.6 \
    resiliparse==2.0.1 lxml==6.1.3
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from inscriptis import get_text
from resiliparse.extract.html2text import extract_plain_text

for name in ("inscriptis", "resiliparse"):
    print(name, version(name))
SEEN = {
    "<dl><dt>Année</dt><dd>2023</dd></dl>": ("Année2023", "Année 2023"),
    "<dl><dt>Année</dt>\n<dd>2023</dd></dl>": ("Année 2023", "Année 2023"),
    "<details><summary>Manques</summary>Une vis.</details>": ("ManquesUne vis.", "ManquesUne vis."),
    "<p>Manques</p><p>Une vis.</p>": ("Manques Une vis.", "Manques Une vis."),
}
still = True
for html, seen in SEEN.items():
    found = tuple(" ".join(text.split()) for text in (get_text(html), extract_plain_text(html)))
    print(repr(html), "->", *map(repr, found))
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
