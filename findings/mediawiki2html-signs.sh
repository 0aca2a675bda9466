#!/bin/sh
# mediawiki2html ends a page at the first "<" in it, and joins the words on both sides of a hidden remark.
#
# Guess: "l'''Avenir''" loses its apostrophe, or a note in <ref> its words. Neither; links and templates stay as they are
# typed, as its page has it. The sign and the remark were found beside.
#
# It makes HTML of MediaWiki's markup (wiki2html), for Allura, by which SourceForge runs, among others. In wikitext a "<" that
# begins no tag is a sign as others, and is shown; a remark (<!-- -->) is shown as nothing, and what stands around it stays.
#
# 1. Of "Moins de 3 < 4 bancs." is left "Moins de 3"; all paragraphs, lists and headings behind it are gone too. ">" and "&" are
#    kept.
# 2. "un <!-- à vérifier --> banc" is "unbanc". On a line of its own, a remark does no harm.
#
# Nothing is said; its page and its issues were looked for, and name neither.
#
# MediaWiki 1.43 itself (maintenance/run.php parse) has "Moins de 3 &lt; 4 bancs." and "un  banc", with two blanks.
#
# Here: pages of a wiki count ("< 10 %") and have remarks; so much for who shows them with it.
#
# Seen with mediawiki2html 0.0.4, Python 3.11. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mediawiki2html==0.0.4 six==1.17.0
cd "$folder"
venv/bin/python -W ignore - <<'PYTHON'
import html
import re
import sys

from mediawiki import wiki2html

SEEN = {
    "Moins de 3 < 4 bancs.\n\n== Suite ==\nUn parc.\n* un\n* deux": "Moins de 3",
    "un <!-- à vérifier --> banc": "unbanc",
    # what is right
    "Plus de 4 > 3 bancs & un parc.\n\n== Suite ==\nUn parc.": "Plus de 4 > 3 bancs & un parc. Suite Un parc.",
    "Un <small>petit</small> banc.": "Un petit banc.",
    "Un\n<!-- à vérifier -->\nbanc": "Un banc",
}
still = True
for text, seen in SEEN.items():
    words = " ".join(html.unescape(re.sub(r"<[^>]*>", "", wiki2html(text, False))).split())
    print(repr(text), "->", repr(words))
    still = still and words == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
