#!/bin/sh
# mwrefs, which takes the notes out of a wiki's pages, has none whose name has a date or an address in it, and those of a comment.
#
# Guess: a note with "/" in its name is missed, a comment over two lines is not seen as one (both after its source was read).
# Both are so; what becomes of a list of notes was seen beside.
#
# It is one of the tools by which Wikimedia's researchers read dumps: "extracting and processing <ref>s". To MediaWiki
# (Cite) a name may have any sign but for figures alone:
#
# 1. <ref name="Voix du Nord 3/6/2018">…</ref> is not there, neither where it is told nor where it is cited again; so with an
#    address for a name, or a "/" in its group. With "3-6-2018" it is there.
# 2. A note in a comment that goes over the end of a line is there; in a comment of one line it is not. A "<ref>" that is
#    shown as it is typed (<nowiki>) is one.
# 3. Of notes that stand in a list, <references><ref name="a">…</ref>…</references>, the first begins with "<references>".
#
# Nothing is said; its page and its tests have names of letters. Its issues were looked for, none has it.
#
# Its source: mwrefs/extract.py has one expression, "<ref[^/>]*>" to "</ref>", in which a tag has no "/" and its name may go
# on, and "<!--(.*?)-->" without the flag by which a dot is an end of line too.
#
# Here: French newspapers are cited by their day; who counts the sources of a town's pages finds that those have none.
#
# Seen with mwrefs 0.0.3 and, which has them all right, mwparserfromhell 0.7.2, Python 3.11. Exits 0 where all is still so,
# else 1.
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
