#!/bin/sh
# Two readers of TextGrid keep one line of what was said, and its quotes twice; one writes quotes that Praat has not.
#
# Guess: quotes are not undone. They are not; the lines, and how quotes are written, were found beside.
#
# In a TextGrid, the file of Praat, a text stands between quotes, a quote in it is written twice, and it may have
# several lines.
#
# 1. Of "Un banc,\ndeux." gridio and praat-textgrids have "Un banc,". Nothing is said.
# 2. 'Il dit "non".' is 'Il dit ""non"".' to both.
# 3. gridio writes a quote as \", a sign that the format does not have: the text ends at it. What it read it writes back
#    as \"\". The library textgrid reads the backslash as a word of the text.
#
# mytextgrid reads all of it as it is. praatio had the first (its issue 24) and mended it.
#
# Their source: praat-textgrids (textgrids/__init__.py:372) parts the file at ends of lines, and strips the outer
# quotes. gridio is compiled.
#
# Here: who transcribes in Praat quotes what somebody else said, and types a passage in two lines.
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
