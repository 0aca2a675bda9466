#!/bin/sh
# univtil, which makes BibTeX of RIS, gives a book the number of a journal, and ends a summary at its first line.
#
# Guess: the town that wrote a book becomes a person with a first name. It does; the number and the summary were found beside.
#
# RIS is what libraries, Zotero and reviews give to who cites them; univtil makes of it what LaTeX prints.
#
# 1. The number of a book (SN) is its ISBN; it is written as issn, which is that of a journal, and not as isbn.
# 2. A summary (AB) that goes on in a second line ends with the first: in RIS a line without a tag belongs to the one before.
# 3. Of two notes (N1) one is left, of two addresses (UR) too.
# 4. A percent sign in a title or a summary stays as it is: LaTeX takes what follows it in the line for a remark. Nor is "&"
#    marked.
# 5. A town as an author has no braces: to BibTeX "Commune" is a first name.
#
# Nothing is said. Its page tells none of it; its issues were looked for, none has it.
#
# Its source: issn (univtil/bib/ris.py:103) gives SN, whatever the type is, and parse (21) keeps of a tag what its first
# line has, but for those that it knows as lists.
#
# Here: the card of a town's book, given as RIS, is cited without its number and its second paragraph.
#
# Seen with univtil 1.0.0, Python 3.11, and pybtex 0.26.1, which reads what it writes. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check univtil==1.0.0 pybtex==0.26.1
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version

from pybtex.database import parse_string
from univtil.bib.ris import RIS

print("univtil", version("univtil"))
CARD = """TY  - BOOK
AU  - Commune de Loos-en-Gohelle
AU  - Martin, Ada
TI  - Cent % récits, tome 2
PY  - 2018
PB  - Mairie
SN  - 978-2-12-345680-3
N1  - Avec un plan.
N1  - Épuisé.
UR  - https://example.org/a
UR  - https://example.org/b
AB  - Un banc tient.
Une table aussi.
KW  - eau
KW  - jardin
ER  - 
"""
[entry] = parse_string(RIS(CARD).tobib(), "bibtex").entries.values()
town, ada = entry.persons["author"]
FOUND = {
    "issn": entry.fields.get("issn"),
    "isbn": entry.fields.get("isbn"),
    "abstract": entry.fields.get("abstract"),
    "note": entry.fields.get("note"),
    "url": entry.fields.get("url"),
    "title": entry.fields.get("title"),
    "first names of the town": town.first_names,
    "last names": ada.last_names,
    "keywords": entry.fields.get("keywords"),
    "type": entry.type,
}
SEEN = {
    "issn": "978-2-12-345680-3",
    "isbn": None,
    "abstract": "Un banc tient.",
    "note": "Avec un plan.",
    "url": "https://example.org/a",
    "title": "Cent % récits, tome 2",
    "first names of the town": ["Commune"],
    # as it should be
    "last names": ["Martin"],
    "keywords": "eau, jardin",
    "type": "book",
}
still = True
for what, found in FOUND.items():
    print(what, "->", repr(found))
    still = still and found == SEEN[what]
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
