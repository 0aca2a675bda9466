#!/bin/sh
# mwrefs, which extracts the notes of wiki pages, misses those with a date or address as name, and finds hidden ones.
#
# Guess: a note with "/" in its name is missed, and a comment over two lines is not recognised (both guessed from its
# source). The guess held for both; the list of notes was noticed on the way.
#
# It is one of the tools with which Wikimedia's researchers read dumps: "extracting and processing <ref>s". In MediaWiki
# (Cite) a name may have any characters, as long as they are not all digits:
#
# 1. <ref name="Voix du Nord 3/6/2018">…</ref> is missed, both where it is defined and where it is reused; so is one
#    with an address for a name, or with a "/" in its group. With "3-6-2018" it is found.
# 2. A note in a comment over several lines is found; in a one-line comment it is not. A "<ref>" that is shown literally
#    (<nowiki>) counts as a note.
# 3. Of the notes in a list, <references><ref name="a">…</ref>…</references>, the first begins with "<references>".
#
# No error or warning; its page and its tests have names made of letters. No issue was found about this.
#
# Source: mwrefs/extract.py has one regular expression, "<ref[^/>]*>" to "</ref>", in which a tag has no "/" and its
# name may be longer, and "<!--(.*?)-->" without the flag that lets a dot match a line break.
#
# Why it matters here: French newspapers are cited by their date. A count of the sources on a town's pages finds none
# there.
#
# Seen with mwrefs 0.0.3 and, which has them all right, mwparserfromhell 0.7.2, Python 3.11. Exits 0 where all is still
# so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mwrefs==0.0.3 mwapi==0.6.1 mwcli==0.0.3 mwparserfromhell==0.7.2
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version

import mwparserfromhell
from mwrefs.extract import extract

for name in ("mwrefs", "mwparserfromhell"):
    print(name, version(name))
DAY = '<ref name="Voix du Nord 3/6/2018">p. 4</ref>'
AGAIN = '<ref name="Voix du Nord 3/6/2018" />'
PAGE = '<ref name="http://example.org/a">Un banc</ref>'
GROUP = '<ref group="a/b">p. 5</ref>'
PLAIN = '<ref name="Voix du Nord 3-6-2018">p. 4</ref>'
HIDDEN = "<ref>non</ref>"
A, B = '<ref name="a">p. 1</ref>', '<ref name="b">p. 2</ref>'
# a text, the notes that mwrefs has of it, and those that it has
SEEN = [
    (f"Un banc.{DAY} Vert.{AGAIN}", [], [DAY, AGAIN]),
    (f"Un banc.{PAGE} Vert.{GROUP}", [], [PAGE, GROUP]),
    (f"Un banc.<!-- à revoir\n{HIDDEN} -->", [HIDDEN], []),
    (f"Un banc.<nowiki>{HIDDEN}</nowiki>", [HIDDEN], []),
    (f"<references>\n{A}\n{B}\n</references>", [f"<references>\n{A}", B], [A, B]),
    # as it should be
    (f"Un banc.{PLAIN}", [PLAIN], [PLAIN]),
    (f"Un banc.<!-- {HIDDEN} -->", [], []),
]
still = True
for text, *seen in SEEN:
    code = mwparserfromhell.parse(text)
    notes = [str(tag) for tag in code.filter_tags(matches=lambda tag: str(tag.tag) == "ref")]
    found = [list(extract(text)), notes]
    print(repr(text), "->", *found)
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
