#!/bin/sh
# mediawiki_dump's plain text of a page lacks every word inside a tag.
#
# Guess: the words that a reader of the page sees, since it "cleans up the provided wikitext". The guess was wrong.
#
# clean() removes the markup from wikitext, and with a tag everything in it: a word in <b> or <small>, a whole paragraph
# in <p class="…">. It takes two comparisons ("moins de < 12, plus de > 3") for a tag and drops what is between them. Of
# a picture whose caption has a link, the end of the caption is left. Character references stay as they are typed,
# except &nbsp;.
#
# Source: tokenizer.py:80 takes "<x>words</y>" for a parser hook, whatever x is; line 62 ends a picture at the first
# "]]".
#
# Why it matters here: this is the obvious tool to count the words of a dump's wiki/pages.xml.
#
# Seen with mediawiki_dump 1.4.1, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mediawiki_dump==1.4.1
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from mediawiki_dump.tokenizer import clean

print("mediawiki_dump", version("mediawiki_dump"))
SEEN = {
    "Un banc <b>vert</b> et <small>bleu</small> tient.": "Un banc   et   tient.",
    '<p class="resume">\nIl manquait de quoi s’asseoir.\n</p>\n\nSuite.': "Suite.",
    "Si 12 < 13 et 14 > 3.": "Si 12   3.",
    "[[Fichier:A.jpg|vignette|Le [[banc]] vert]] Suite.": "vert Suite.",
    "&laquo;&nbsp;oui&nbsp;&raquo; 12&#160;%": "&laquo; oui &raquo; 12&#160;%",
    # as it should be
    "'''Un''' [[Le banc|banc]] tient<ref>Le cahier.</ref>.": "Un banc tient .",
}
still = True
for text, seen in SEEN.items():
    found = clean(text)
    print(repr(text), "->", repr(found))
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
