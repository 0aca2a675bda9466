#!/bin/sh
# mwedittypes finds no edit when called as its own manual shows, and counts French words twice.
#
# Guess: what the manual shows, for the call that the manual shows. The guess was wrong.
#
# It classifies what an edit of a wiki changed: templates, links, words. Its manual passes the text before and the text
# after. But the first of three arguments is the kind of text, since there are two kinds:
#
# 1. SimpleEditTypes(before, after, lang="fr") takes the text before for that kind, and the text after for the one
#    before. No error or warning, and the answer is {}: nobody edited anything.
# 2. Called with "wikitext" first, it counts words, which its manual calls "split on whitespace". The keyboard's
#    apostrophe is part of a word; the typographic one splits it: "l’eau" is two words.
#
# Source: SimpleEditTypes.__init__(content_type, prev_content, curr_content) (mwedittypes.py:32), against the README's
# SimpleEditTypes(prev_wikitext, curr_wikitext, lang='en'); tokenizer.py:63 has [-'] in its words.
#
# Why it matters here: a study of how a town edits its wiki finds that nobody did, or twice the words.
#
# Seen with mwedittypes 3.1.0, Python 3.11. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mwedittypes==3.1.0 \
    mwparserfromhell==0.7.2 mwparserfromhtml==2.1.2 mwconstants==0.1.0 anytree==2.13.0
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from mwedittypes import SimpleEditTypes

print("mwedittypes", version("mwedittypes"))
BEFORE = "Un banc."
SEEN = {
    " Il boit l'eau.": 3,
    " Il boit l’eau.": 4,
    " Qu'il l'ait d'ici.": 3,
    " Qu’il l’ait d’ici.": 6,
}
still = True
for added, seen in SEEN.items():
    told = SimpleEditTypes(BEFORE, BEFORE + added, lang="fr").get_diff()
    words = SimpleEditTypes("wikitext", BEFORE, BEFORE + added, lang="fr").get_diff()["Word"]
    print(repr(added), "->", told, "; as wikitext, words:", words)
    still = still and told == {} and words == {"insert": seen}
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
