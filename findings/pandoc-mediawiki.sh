#!/bin/sh
# pandoc turns literal text into live wikitext, and shows words that a French wiki hides.
#
# Guess: what is literal in Markdown ("\*", "\|", what is in `code`) is literal on the wiki, and a page of the wiki
# reads as the wiki shows it. The guess was wrong.
#
# Written for a wiki:
# 1. Two brackets, two braces and four tildes stay unescaped, even in code: the page joins a category, a template is
#    called, and saving it signs it.
# 2. A line that begins with "*", "#", ":" or ";" gets a backslash before it, which no wiki removes.
# 3. In a cell, "|" stays unescaped: what comes before it is taken for the attributes of the cell, and is gone.
#
# Read from a wiki:
# 4. A category is a link in the text, and its words are the sort key: a page sorted under "banc" ends in "banc".
# 5. The options of a picture are only known in English. In French they, the size and the alternative text become its
#    caption, and are in the text.
# 6. A note cited twice is empty the second time.
#
# Source: escapeString of Text/Pandoc/Writers/MediaWiki.hs is escapeStringForXML, which handles "&", "<", ">" and
# quotes; the rest is seen in the output.
#
# Why it matters here: people use it to move a text between their notes and the wiki. loosbot's "import" does not use it
# to write wikitext.
#
# Seen with pandoc 3.9 (pypandoc-binary 1.17), its tables read by wikitextparser 3.0.0, Python 3.11. Exits 0 where all
# is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pypandoc-binary==1.17 \
    wikitextparser==3.0.0
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import pypandoc
import wikitextparser

print("pandoc", pypandoc.get_pandoc_version(), "wikitextparser", version("wikitextparser"))


def written(markdown: str) -> str:
    options = ["--wrap=none"]
    return pypandoc.convert_text(markdown, "mediawiki", "markdown", extra_args=options).strip()


def shown(text: str) -> str:
    options = ["--wrap=none"]
    return pypandoc.convert_text(text, "plain", format="mediawiki", extra_args=options).strip()


SEEN = {
    r"On écrit \[\[Catégorie:Récits\]\].": "On écrit [[Catégorie:Récits]].",
    "On écrit `[[Catégorie:Récits]]`.": "On écrit <code>[[Catégorie:Récits]]</code>.",
    "On écrit `{{Fiche}}`.": "On écrit <code>{{Fiche}}</code>.",
    r"On signe \~\~\~\~.": "On signe ~~~~.",
    r"\* une vis": r"\* une vis",
    r"\# une vis": r"\# une vis",
    r"\: une vis": r"\: une vis",
    "; une vis": r"\; une vis",
}
still = True
for markdown, seen in SEEN.items():
    found = written(markdown)
    print(markdown, "->", found)
    still = still and found == seen
category = wikitextparser.parse(written("On écrit `[[Catégorie:Récits]]`.")).wikilinks
called = wikitextparser.parse(written("On écrit `{{Fiche}}`.")).templates
table = written("| Vue | Mots |\n|---|---|\n| Travaux | second œuvre \\| gros œuvre |")
[read] = wikitextparser.parse(table).tables
print("links", category, "templates", called)
print(table.replace("\n", "/"), "->", read.data())
still = still and len(category) == len(called) == 1
still = still and read.data() == [["Vue", "Mots"], ["Travaux", "gros œuvre"]]
READ = {
    "Un banc.\n\n[[Catégorie:Récits|banc]]": "Un banc.\n\nbanc",
    "[[File:A.jpg|thumb|right|300px|alt=Un banc|Le banc]]": "[]",
    "[[Fichier:A.jpg|vignette|droite|300px|alt=Un banc|Le banc]]": (
        "[vignette|droite|300px|alt=Un banc|Le banc]"
    ),
    'a<ref name="n">Note.</ref> b<ref name="n" />': "a[1] b[2]\n\n[1] Note.\n\n[2]",
}
for text, seen in READ.items():
    found = shown(text)
    print(repr(text), "->", repr(found))
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
