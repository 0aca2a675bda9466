#!/bin/sh
# pandoc's reader of MediaWiki shows, as words of the text, what a wiki in French does not show.
#
# 1. A category is a link of the text, and its words are the sort key: a page that is sorted under
#    "banc" ends in "banc". So it is with the English name.
# 2. The options of a picture are known in English alone. In French they, its size and its
#    alternative text are its caption, and stand in the text.
# 3. A note cited twice is empty the second time.
# 4. A redirect is a numbered list.
#
# Seen with pandoc 3.9 (pypandoc-binary 1.17), Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pypandoc-binary==1.17
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import pypandoc

print("pandoc", pypandoc.get_pandoc_version())
SEEN = {
    "Un banc.\n\n[[Catégorie:Récits|banc]]": "Un banc.\n\nbanc",
    "Un banc.\n\n[[Category:Récits|banc]]": "Un banc.\n\nbanc",
    "[[File:A.jpg|thumb|right|300px|alt=Un banc|Le banc]]": "[]",
    "[[Fichier:A.jpg|vignette|droite|300px|alt=Un banc|Le banc]]": (
        "[vignette|droite|300px|alt=Un banc|Le banc]"
    ),
    'a<ref name="n">Note.</ref> b<ref name="n" />': "a[1] b[2]\n\n[1] Note.\n\n[2]",
    "#REDIRECTION [[Le banc]]": "1.  REDIRECTION Le banc",
}
still = True
for text, seen in SEEN.items():
    options = ["--wrap=none"]
    found = pypandoc.convert_text(text, "plain", format="mediawiki", extra_args=options).strip()
    print(repr(text), "->", repr(found))
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
