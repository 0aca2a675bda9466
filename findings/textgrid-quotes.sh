#!/bin/sh
# gridio and praat-textgrids, which read TextGrid, keep one line of what was said and double its quotes.
#
# Guess: doubled quotes are not undone. The guess held; the lines, and how quotes are written, were noticed on the way.
#
# In a TextGrid, the file of Praat, a text is between quotes, a quote inside it is doubled, and it may have several
# lines.
#
# 1. Of "Un banc,\ndeux." gridio and praat-textgrids keep "Un banc,". No error or warning.
# 2. Both read 'Il dit "non".' as 'Il dit ""non"".'.
# 3. gridio writes a quote as \", an escape that the format does not have: the text ends there. What it has read it
#    writes back as \"\". The library textgrid reads the backslash as part of the text.
#
# mytextgrid reads all of it correctly. praatio had the first fault (its issue 24) and mended it.
#
# Source: praat-textgrids (textgrids/__init__.py:372) splits the file at line ends, and strips the outer quotes. gridio
# is compiled.
#
# Why it matters here: people who transcribe in Praat quote what somebody else said, and type a passage on two lines.
#
# Seen with gridio 1.0.5, praat-textgrids 1.4.0, mytextgrid 0.10.0 and TextGrid 1.6.1 (numpy 2.4.6), Python 3.11. Exits
# 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check gridio==1.0.5 praat-textgrids==1.4.0 \
    mytextgrid==0.10.0 TextGrid==1.6.1 numpy==2.4.6
cd "$folder"
cat >banc.TextGrid <<'TEXTGRID'
File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0 
xmax = 2 
tiers? <exists> 
size = 1 
item []: 
    item [1]:
        class = "IntervalTier" 
        name = "Ada" 
        xmin = 0 
        xmax = 2 
        intervals: size = 2 
        intervals [1]:
            xmin = 0 
            xmax = 1 
            text = "Il dit ""non""." 
        intervals [2]:
            xmin = 1 
            xmax = 2 
            text = "Un banc,
deux." 
TEXTGRID
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version
from pathlib import Path

import gridio
import mytextgrid
import textgrid
import textgrids

for name in ("gridio", "praat-textgrids", "mytextgrid", "TextGrid"):
    print(name, version(name))
read = gridio.textgrid_to_data("banc.TextGrid")
gridio.data_to_textgrid(read, "relu.TextGrid")
gridio.data_to_textgrid((0.0, 1.0, [("Ada", True, [(0.0, 1.0, 'Il dit "non".')])]), "dit.TextGrid")


def written(path: str) -> str:
    """The first text of a file, as it stands there."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return next(line.strip() for line in lines if "text = " in line)


found = {
    "gridio": [text for _start, _end, text in read[2][0][2]],
    "praat-textgrids": [str(one.text) for one in textgrids.TextGrid("banc.TextGrid")["Ada"]],
    # as it should be
    "mytextgrid": [one.text for one in mytextgrid.read_textgrid("banc.TextGrid")[0]],
    "gridio writes": [written("dit.TextGrid"), written("relu.TextGrid")],
    "TextGrid reads that": [one.mark for one in textgrid.TextGrid.fromFile("dit.TextGrid")[0]],
}
for name, texts in found.items():
    print(name, texts)
still = found == {
    "gridio": ['Il dit ""non"".', "Un banc,"],
    "praat-textgrids": ['Il dit ""non"".', "Un banc,"],
    "mytextgrid": ['Il dit "non".', "Un banc,\ndeux."],
    "gridio writes": [r'text = "Il dit \"non\"."', r'text = "Il dit \"\"non\"\"."'],
    "TextGrid reads that": [r"Il dit \"non\"."],
}
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
