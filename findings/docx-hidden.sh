#!/bin/sh
# Four readers of Word files show what somebody hid, and three lose the answers of a form.
#
# 1. A passage whose characters are "hidden" (w:vanish) is neither shown nor printed by Word. All four
#    give it as any other, and none says so; pandoc does it with LibreOffice's hidden characters too.
# 2. In a form (the fields of Word before content controls), pandoc and docx2txt give nothing for a
#    box, ticked or not; what was chosen in a drop-down list is in docx2python's text alone.
#    mammoth's HTML has the box as a form's own (<input checked>), which has no text.
#
# Seen with mammoth 1.13.0, docx2python 3.7.1, docx2txt 0.9 and pandoc 3.9 (pypandoc-binary 1.17) on
# files of python-docx 1.2.0, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mammoth==1.13.0 \
    docx2python==3.7.1 docx2txt==0.9 pypandoc-binary==1.17 python-docx==1.2.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import io
import sys
from importlib.metadata import version

import docx
import docx2txt
import mammoth
import pypandoc
from docx2python import docx2python
from docx.oxml import parse_xml

for name in ("mammoth", "docx2python", "docx2txt"):
    print(name, version(name))
print("pandoc", pypandoc.get_pandoc_version())
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def answer(instruction: str, form: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{form}</w:ffData></w:fldChar></w:r>'
        f"<w:r><w:instrText> {instruction} </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def read(inner: str) -> list[str]:
    """By mammoth, docx2python, docx2txt and pandoc."""
    made = docx.Document()
    paragraph = made.add_paragraph("Vu ")
    for element in parse_xml(f'<w:p xmlns:w="{WORD}">{inner}</w:p>'):
        paragraph._p.append(element)
    paragraph.add_run(" fin")
    stream = io.BytesIO()
    made.save(stream)
    made.save("a.docx")
    stream.seek(0)
    with docx2python("a.docx") as other:
        text = other.text
    options = ["--wrap=none"]
    return [
        mammoth.convert_to_html(stream).value,
        text,
        docx2txt.process("a.docx"),
        pypandoc.convert_file("a.docx", "plain", extra_args=options).strip(),
    ]


LIST = '<w:listEntry w:val="oui"/><w:listEntry w:val="non"/>'
BOX = '<input checked="checked" type="checkbox" />'
SEEN = {
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Zélie est contre</w:t></w:r>": [
        "<p>Vu Zélie est contre fin</p>",
        *["Vu Zélie est contre fin"] * 3,
    ],
    answer("FORMCHECKBOX", "<w:checkBox><w:sizeAuto/><w:checked/></w:checkBox>"): [
        f"<p>Vu {BOX} fin</p>",
        "Vu \N{BALLOT BOX WITH X} fin",
        "Vu  fin",
        "Vu fin",
    ],
    answer("FORMDROPDOWN", f'<w:ddList><w:result w:val="1"/>{LIST}</w:ddList>'): [
        "<p>Vu  fin</p>",
        "Vu non fin",
        "Vu  fin",
        "Vu fin",
    ],
}
still = True
for inner, seen in SEEN.items():
    found = read(inner)
    print(inner, "->", *map(repr, found))
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
