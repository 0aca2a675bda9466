#!/bin/sh
# qualitative-coding imports a valid REFI-QDA project with every coding on the first line of its text, merged into one.
#
# Guess: codings on lines 1 and 3, counted from 0. The guess was wrong.
#
# REFI-QDA 1.0 gives the position of a coded passage in code points from the start of the text. Here two passages are
# coded, on the second and on the fourth line; after the import one coding is left, on the first.
#
# No error or warning.
#
# Source: get_line_for_position (refi_qda/reader.py:147) gives the first line whose start is not after the position,
# which is line 0 for any position.
#
# Why it matters here: coded passages are what qda/recits.qdpx is for.
#
# Seen with qualitative-coding 1.7.8, Python 3.11: lines coded: [0]. Exits 0 where it is still so, 1 where it changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check qualitative-coding==1.7.8
cd "$folder"
venv/bin/python - <<'PYTHON'
import zipfile

TEXT = "Un banc.\nElle l'a monté.\nIl pleuvait.\nIl tient encore.\n"
GUID = "00000000-0000-4000-8000-00000000000{}".format


def coded(number: int, words: str) -> str:
    start = TEXT.index(words)
    return (
        f'<PlainTextSelection guid="{GUID(number)}" startPosition="{start}" '
        f'endPosition="{start + len(words)}" creatingUser="{GUID(1)}">'
        f'<Coding guid="{GUID(number + 1)}" creatingUser="{GUID(1)}">'
        f'<CodeRef targetGUID="{GUID(2)}"/></Coding></PlainTextSelection>'
    )


project = (
    '<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" '
    f'name="essai" origin="essai" creatingUserGUID="{GUID(1)}">'
    f'<Users><User guid="{GUID(1)}" name="essai"/></Users><CodeBook><Codes>'
    f'<Code guid="{GUID(2)}" name="fierte" isCodable="true"/></Codes></CodeBook><Sources>'
    f'<TextSource guid="{GUID(3)}" name="recit" plainTextPath="internal://{GUID(3)}.txt" '
    f'creatingUser="{GUID(1)}">{coded(4, "Elle l")}{coded(6, "Il tient")}</TextSource></Sources>'
    "</Project>"
)
with zipfile.ZipFile("essai.qdpx", "w") as archive:
    archive.writestr("project.qde", project)
    archive.writestr(f"sources/{GUID(3)}.txt", TEXT)
PYTHON
mkdir import
cd import
# without this its import stops in a debugger, before anything else
PYTHONBREAKPOINT=0 ../venv/bin/qc init --import ../essai.qdpx >/dev/null 2>&1
../venv/bin/python - <<'PYTHON'
import sqlite3
import sys

database = sqlite3.connect("qualitative_coding.sqlite3")
lines = [line for (line,) in database.execute("SELECT line FROM coded_line ORDER BY line")]
print("qualitative-coding 1.7.8, lines coded:", lines, "instead of [1, 3]")
sys.exit(0 if lines == [0] else 1)
PYTHON
