#!/bin/sh
# mwparserfromhell takes the caption of a table for a cell of its first row.
#
# Guess: a caption is something other than a cell. The guess was wrong.
#
# "|+ Deux fiches" is the caption of a table. The cells that mwparserfromhell finds begin with "+ Deux fiches", and so
# does its text of the table: code that counts columns puts the first heading over the second column.
# mwcomposerfromhell, which makes HTML of it, shows that cell too, with the plus sign. A table without a caption is read
# correctly.
#
# Source: parser/tokenizer.py:1553 to 1571 knows "|}", "|-", "|" and "!" at the start of a table line, but not "|+".
#
# Why it matters here: the tables of indexes have captions, and loosbot reads them back with this parser;
# wikitext/captions.py makes up for it.
#
# Seen with mwparserfromhell 0.7.2, mwcomposerfromhell 0.5 and, which tells the caption as one, wikitextparser 3.0.0,
# Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mwparserfromhell==0.7.2 \
    mwcomposerfromhell==0.5 wikitextparser==3.0.0
"$folder/venv/bin/python" - <<'PYTHON'
import re
import sys
from importlib.metadata import version

import mwparserfromhell
import wikitextparser
from mwcomposerfromhell import compose

for name in ("mwparserfromhell", "mwcomposerfromhell", "wikitextparser"):
    print(name, version(name))
BARE = '{| class="wikitable"\n! Fiche !! Quand\n|-\n| Banc || mars\n|}'
NAMED = BARE.replace("\n!", "\n|+ Deux fiches\n!")


def read(text: str) -> tuple[list[str], list[str], str | None]:
    """The cells of the first row by mwparserfromhell, all cells by mwcomposerfromhell, and the caption
    by wikitextparser."""
    code = mwparserfromhell.parse(text)
    [table] = code.filter_tags(matches=lambda node: node.tag == "table")
    first = [
        f"{one.tag} {str(one.contents).strip()}"
        for one in table.contents.filter_tags(recursive=False)
        if one.tag != "tr"
    ]
    shown = [cell.strip() for cell in re.findall("<t[dh]>([^<]+)", compose(code))]
    caption = wikitextparser.parse(text).tables[0].caption
    return first, shown, caption and caption.strip()


CELLS = ["Fiche", "Quand", "Banc", "mars"]
SEEN = {
    BARE: (["th Fiche", "th Quand"], CELLS, None),
    NAMED: (["td + Deux fiches", "th Fiche", "th Quand"], ["+ Deux fiches", *CELLS], "Deux fiches"),
}
still = True
for text, seen in SEEN.items():
    found = read(text)
    print(repr(text), "->", *found)
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
