#!/bin/sh
# chamd, which makes text of transcripts in CHAT, writes what nobody said, and keeps half of a French word said twice.
#
# Guess: of a word that is said twice one is left, without a sign. So it is, where the word is of letters alone; the
# rest was found beside.
#
# CHAT is the format of CHILDES and TalkBank, for children, patients and conversations. chamd cleans its lines of the
# marks, for a parser or as a library.
#
# 1. In CHAT "0ne" is a word that was left out (manual, 8.5): "il 0ne vient pas" is how one writes that somebody said
#    "il vient pas". The text is "il ne vient pas", as of somebody who did say it.
# 2. A mark behind a word is about the word, up to the blank before it: "c'est [/] c'est un banc" is somebody who began
#    again. The text is "c' c'est un banc"; of "peut-être [/] peut-être" it is "peut- peut-être", of "j'étais [//] on
#    était là", "j' on était là". "banc [/] banc" is "banc".
# 3. A name of several words is written with a line below between them (8.6.2), to be counted as one: "Loos_en_Gohelle"
#    is "LoosenGohelle", which no list of places has.
#
# Nothing is said; its list of errors is empty. Pauses and laughter are taken out, as they should be.
#
# Its source: cleantext (cleanCHILDESMD.py) keeps what stands behind a 0 (345), and takes out of what is before a mark
# as many signs as chatword (57) has, among which is no apostrophe and no hyphen; the line below becomes nothing (351).
#
# Here: whether a speaker says "ne" is counted for what it tells of age and place; an archive of voices that went
# through it has speakers who all do.
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
