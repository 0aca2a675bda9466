#!/bin/sh
# qdpxlib reads a French REFI-QDA project with the wrong words under each code.
#
# Guess: the right passage, since the standard says what is counted. The guess was wrong.
#
# REFI-QDA 1.0 gives the position of a coded passage in code points; qdpxlib counts as many bytes into the text, which
# is UTF-8: each accent before a passage shifts it one letter to the left. The passage begins with the end of what
# somebody else said, and its own last sentence is cut off. Accented letters and typographic apostrophes become blanks
# in it, and the codes have lost them: "Fierté" is "Fiert", "Écoute" is "coute".
#
# Source: qdpxlib.py:199 seeks startPosition in a file opened as bytes; 389 "remove all non-ascii characters".
#
# Why it matters here: coded passages are what qda/recits.qdpx is for.
#
# Seen with qdpxlib 0.1.4 (and the tqdm and numpy that it needs without saying so), Python 3.11. Exits 0 where it is
# still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check qdpxlib==0.1.4 tqdm==4.70.1 \
    numpy==2.4.6
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
import zipfile
from importlib.metadata import version

from qdpxlib.qdpxlib import QDPXFile

print("qdpxlib", version("qdpxlib"))
CODED = "Le banc tient encore debout. Il pleut ce soir."
TEXT = f"À l'été, à côté de l'école, l'équipe était fatiguée, énervée, désolée. {CODED}"
GUID = "00000000-0000-4000-8000-00000000000{}".format
start = TEXT.index(CODED)
codings = "".join(
    f'<Coding guid="{GUID(number)}" creatingUser="{GUID(1)}"><CodeRef targetGUID="{GUID(code)}"/>'
    "</Coding>"
    for number, code in ((6, 2), (7, 3))
)
project = (
    '<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" '
    f'name="essai" origin="essai" creatingUserGUID="{GUID(1)}">'
    f'<Users><User guid="{GUID(1)}" name="essai"/></Users><CodeBook><Codes>'
    f'<Code guid="{GUID(2)}" name="Fierté" isCodable="true"/>'
    f'<Code guid="{GUID(3)}" name="Écoute" isCodable="true"/></Codes></CodeBook><Sources>'
    f'<TextSource guid="{GUID(4)}" name="recit" plainTextPath="internal://{GUID(4)}.txt" '
    f'creatingUser="{GUID(1)}"><PlainTextSelection guid="{GUID(5)}" startPosition="{start}" '
    f'endPosition="{start + len(CODED)}" creatingUser="{GUID(1)}">{codings}'
    "</PlainTextSelection></TextSource></Sources></Project>"
)
with zipfile.ZipFile("essai.qdpx", "w") as archive:
    archive.writestr("project.qde", project)
    archive.writestr(f"sources/{GUID(4)}.txt", TEXT)
read = QDPXFile("essai.qdpx")
found = [(words, codes) for _source, words, _around, _place, codes in read.codings if codes]
print("coded:", repr(CODED), "read:", found)
words = ["Fiert", "coute"]
still = found == [("e, d sol e.", words), ("Le banc tient encore debout.", words)]
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
