#!/bin/sh
# mammoth drops words that Word shows, in a sentence that goes on as if they had never been there.
#
# Expected: what Word shows of a field, short or long.
#
# 1. What a simple field shows (w:fldSimple: a date, the number of a caption, a name that a form
#    letter fills in) is gone. The same field in its long form (w:fldChar) is read.
# 2. A line broken by w:cr is not broken: two words are one.
# 3. Words whose direction somebody set (w:bdo, w:dir) are gone.
#
# Each leaves a message, "unrecognised element"; the HTML shows nothing.
#
# Its source: the table of readers (docx/body_xml.py:687 to 732) has none for w:fldSimple, w:cr, w:bdo,
# w:dir; line 734 leaves out what it has none for.
#
# Here: "import" of a document goes through mammoth, after these are put in a form that it reads.
#
# Seen with mammoth 1.13.0 on files of python-docx 1.2.0, Python 3.11. Exits 0 where all is still
# so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mammoth==1.13.0 python-docx==1.2.0
"$folder/venv/bin/python" - <<'PYTHON'
import io
import sys
from importlib.metadata import version

import docx
import mammoth
from docx.oxml import parse_xml

print("mammoth", version("mammoth"))
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DAY = "<w:r><w:t>2 mars</w:t></w:r>"
LONG = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{DAY}'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
SEEN = {
    f'<w:fldSimple w:instr=" DATE ">{DAY}</w:fldSimple>': "<p>Le .</p>",
    LONG: "<p>Le 2 mars.</p>",
    "<w:r><w:t>banc</w:t><w:cr/><w:t>vert</w:t></w:r>": "<p>Le bancvert.</p>",
    f'<w:bdo w:val="ltr">{DAY}</w:bdo>': "<p>Le .</p>",
    f'<w:dir w:val="ltr">{DAY}</w:dir>': "<p>Le .</p>",
}
still = True
for inner, seen in SEEN.items():
    made = docx.Document()
    paragraph = made.add_paragraph("Le ")
    for element in parse_xml(f'<w:p xmlns:w="{WORD}">{inner}</w:p>'):
        paragraph._p.append(element)
    paragraph.add_run(".")
    stream = io.BytesIO()
    made.save(stream)
    stream.seek(0)
    found = mammoth.convert_to_html(stream)
    print(inner, "->", found.value, *(message.message for message in found.messages))
    told = any("unrecognised element" in message.message.lower() for message in found.messages)
    still = still and found.value == seen and told == (inner != LONG)
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
