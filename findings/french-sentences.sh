#!/bin/sh
# Two programs that cut French texts into sentences cut references into pieces.
#
# Both are asked for French, and have a list of French abbreviations. What a text cites its sources by is
# not all in them: pysbd ends a sentence in "n. 35" and "p. 4", so that "35 et p." and "4." are sentences
# of their own, and takes "env. 40 pers." for the end of one; sentence-splitter ends one in "Art. 1.1".
# Whoever counts what was said, or hands it on sentence by sentence, has sentences that nobody said.
#
# Seen with pysbd 0.3.4 and sentence-splitter 1.4, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pysbd==0.3.4 sentence-splitter==1.4
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import sys
from importlib.metadata import version

import pysbd
from sentence_splitter import SentenceSplitter

for name in ("pysbd", "sentence-splitter"):
    print(name, version(name))
first, second = pysbd.Segmenter(language="fr", clean=False), SentenceSplitter(language="fr")
CITED = "Voir § 3.2, n. 35 et p. 4."
SEEN = {
    f"{CITED} Il pleut.": (
        ["Voir § 3.2, n.", "35 et p.", "4.", "Il pleut."],
        [CITED, "Il pleut."],
    ),
    "Ils étaient env. 40 pers. ce soir-là. Il pleut.": (
        ["Ils étaient env. 40 pers.", "ce soir-là.", "Il pleut."],
        ["Ils étaient env. 40 pers. ce soir-là.", "Il pleut."],
    ),
    "Art. 1.1 de l’accord. Il pleut.": (
        ["Art. 1.1 de l’accord.", "Il pleut."],
        ["Art.", "1.1 de l’accord.", "Il pleut."],
    ),
    # as it should be
    "M. Durand a dit oui. Il pleut.": (["M. Durand a dit oui.", "Il pleut."],) * 2,
}
still = True
for text, seen in SEEN.items():
    found = ([one.strip() for one in first.segment(text)], second.split(text))
    print(text, "->", *found)
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
