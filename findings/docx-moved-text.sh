#!/bin/sh
# Two libraries that read Word files repeat what somebody moved, and join compound words.
#
# 1. With changes tracked, a passage that was moved stands in the file twice, marked as moved from
#    here and to there. Both libraries take out what was deleted, and give the moved one twice.
# 2. The hyphen that does not break, as Word types it by Ctrl+Shift+_, is dropped: "fifty-fifty" is
#    "fiftyfifty", "rendez-vous" is "rendezvous".
#
# Seen with docx2python 3.7.1 and docx2txt 0.9 on files of python-docx 1.2.0, Python 3.11. Exits 0
# where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check docx2python==3.7.1 \
    docx2txt==0.9 python-docx==1.2.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version

import docx
import docx2txt
from docx2python import docx2python
from docx.oxml import parse_xml

for name in ("docx2python", "docx2txt"):
    print(name, version(name))
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BY = 'w:author="Ada" w:date="2026-01-01T00:00:00Z"'


def run(text: str, sign: str = "t") -> str:
    return f"<w:r><w:{sign}>{text}</w:{sign}></w:r>"


SEEN = {
    "moved": (
        (
            f'<w:moveFromRangeStart w:id="1" w:name="m" {BY}/>'
            f'<w:moveFrom w:id="2" {BY}>{run("Je suis contre.")}</w:moveFrom>'
            '<w:moveFromRangeEnd w:id="1"/>',
            run("La pluie vient."),
            f'<w:moveToRangeStart w:id="3" w:name="m" {BY}/>'
            f'<w:moveTo w:id="4" {BY}>{run("Je suis contre.")}</w:moveTo>'
            '<w:moveToRangeEnd w:id="3"/>',
        ),
        "Je suis contre. La pluie vient. Je suis contre.",
    ),
    "deleted": (
        (
            f'<w:del w:id="1" {BY}>{run("Je suis contre.", "delText")}</w:del>'
            f"{run('La pluie vient.')}",
        ),
        "La pluie vient.",
    ),
    "hyphen": (
        ("<w:r><w:t>fifty</w:t><w:noBreakHyphen/><w:t>fifty</w:t></w:r>",),
        "fiftyfifty",
    ),
}
still = True
for name, (paragraphs, seen) in SEEN.items():
    made = docx.Document()
    for inner in paragraphs:
        paragraph = made.add_paragraph()
        for element in parse_xml(f'<w:p xmlns:w="{WORD}">{inner}</w:p>'):
            paragraph._p.append(element)
    made.save("essai.docx")
    with docx2python("essai.docx") as read:
        found = [" ".join(text.split()) for text in (read.text, docx2txt.process("essai.docx"))]
    print(name, "->", *map(repr, found))
    still = still and found == [seen, seen]
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
