#!/bin/sh
# chamd, which extracts the text of CHAT transcripts, writes unsaid words, and keeps half of a repeated French word.
#
# Guess: of a word said twice one is kept, without a trace. The guess held for words made of letters alone; the rest was
# noticed on the way.
#
# CHAT is the format of CHILDES and TalkBank, for the speech of children, patients and conversations. chamd strips its
# lines of their codes, for a parser or as a library.
#
# 1. In CHAT "0ne" marks a word that was left out (manual, 8.5): "il 0ne vient pas" means that somebody said "il vient
#    pas". The text comes out as "il ne vient pas", as if they had said it.
# 2. A mark after a word applies to the word before it, back to the blank: "c'est [/] c'est un banc" is somebody who
#    started again. The text comes out as "c' c'est un banc"; "peut-être [/] peut-être" gives "peut- peut-être", and
#    "j'étais [//] on était là" gives "j' on était là". "banc [/] banc" gives "banc".
# 3. A name of several words is joined by underscores (8.6.2) to count as one: "Loos_en_Gohelle" becomes
#    "LoosenGohelle", which is in no list of places.
#
# No error or warning: its list of errors is empty. Pauses and laughter are removed, as they should be.
#
# Source: cleantext (cleanCHILDESMD.py) keeps what follows a 0 (345), and removes before a mark only the characters in
# chatword (57), which has neither apostrophe nor hyphen; the underscore becomes nothing (351).
#
# Why it matters here: whether a speaker says "ne" is counted, for what it tells about age and place. In an archive of
# voices processed with it, all speakers do.
#
# Seen with chamd 0.5.13, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check chamd==0.5.13
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version

from chamd import ChatReader

print("chamd", version("chamd"))
SEEN = {
    "il 0ne vient pas .": "il ne vient pas .",
    "c'est [/] c'est un banc .": "c' c'est un banc .",
    "peut-être [/] peut-être .": "peut- peut-être .",
    "j'étais [//] on était là .": "j' on était là .",
    "on va à Loos_en_Gohelle .": "on va à LoosenGohelle .",
    # as it should be
    "il vient pas .": "il vient pas .",
    "un banc [/] banc .": "un banc .",
    "<c'est> [/] c'est un banc .": "c'est un banc .",
    "un (pe)tit (..) banc &=rit .": "un petit banc .",
}
HEAD = (
    "@UTF8\n@Begin\n@Languages:\tfra\n@Participants:\tADA Ada Adult\n@ID:\tfra|essai|ADA|||||Adult|||\n"
)
transcript = HEAD + "".join(f"*ADA:\t{said}\n" for said in SEEN) + "@End\n"
reader = ChatReader()
lines = reader.read_string(transcript, "essai.cha").lines
still = len(lines) == len(SEEN)
for line, (said, words) in zip(lines, SEEN.items(), strict=True):
    print(said, "->", line.text)
    still = still and line.text == words
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
