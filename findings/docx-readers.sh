#!/bin/sh
# docx2python and docx2txt repeat a passage that was moved in a Word file, and docx2txt loses the answers of a form.
#
# Guess: what a word processor shows of a document comes out of it, once. The guess was wrong.
#
# 1. With tracked changes, a moved passage is in the file twice, marked as moved from here and moved to there. Both
#    libraries leave out deleted text, but give the moved passage twice.
# 2. The non-breaking hyphen, typed in Word with Ctrl+Shift+_, is dropped by both: "fifty-fifty" becomes "fiftyfifty".
# 3. In a form (Word's fields from before content controls) docx2txt and pandoc give nothing for a check box, ticked or
#    not, nor for the choice in a list: a yes reads as a no. docx2python gives both.
# 4. Hidden text (w:vanish) is neither shown nor printed by Word. docx2python, docx2txt, pandoc and mammoth all give it,
#    without a word about it.
#
# Source: docx2txt.py:60 to 69 looks at w:t, w:tab, w:br, w:cr and w:p, wherever they are; docx2python has neither
# w:moveFrom nor w:noBreakHyphen in its code. mammoth lists w:moveFrom among what it ignores (docx/body_xml.py:75), and
# has no w:vanish. pandoc's source was not read.
#
# Why it matters here: récits and agreements come to the town hall as Word files. A moved "Je suis contre" was not said
# twice, and a ticked box in a signed form is a consent. loosbot's "import" of a document handles all four.
#
# Seen with docx2python 3.7.1, docx2txt 0.9, mammoth 1.13.0 and pandoc 3.9 (pypandoc-binary 1.17) on files of
# python-docx 1.2.0, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check docx2python==3.7.1 \
    docx2txt==0.9 mammoth==1.13.0 pypandoc-binary==1.17 python-docx==1.2.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import re
import sys
from importlib.metadata import version

import docx
import docx2txt
import mammoth
import pypandoc
from docx2python import docx2python
from docx.oxml import parse_xml

for name in ("docx2python", "docx2txt", "mammoth"):
    print(name, version(name))
print("pandoc", pypandoc.get_pandoc_version())
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BY = 'w:author="Ada" w:date="2026-01-01T00:00:00Z"'


def run(text: str, sign: str = "t") -> str:
    return f"<w:r><w:{sign}>{text}</w:{sign}></w:r>"


def answer(instruction: str, form: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{form}</w:ffData></w:fldChar></w:r>'
        f"<w:r><w:instrText> {instruction} </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def read(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """By docx2python, docx2txt, mammoth and pandoc, on one line."""
    made = docx.Document()
    for inner in paragraphs:
        paragraph = made.add_paragraph()
        for element in parse_xml(f'<w:p xmlns:w="{WORD}">{inner}</w:p>'):
            paragraph._p.append(element)
    made.save("a.docx")
    with docx2python("a.docx") as other, open("a.docx", "rb") as file:
        html = mammoth.convert_to_html(file).value
        texts = (
            other.text,
            docx2txt.process("a.docx"),
            # what has no words of its own, as a box, is kept
            re.sub(r"</?p>", " ", html).replace("<input checked=", "<box checked="),
            pypandoc.convert_file("a.docx", "plain", extra_args=["--wrap=none"]),
        )
    return tuple(" ".join(text.split()) for text in texts)


LIST = '<w:listEntry w:val="oui"/><w:listEntry w:val="non"/>'
BOX = '<box checked="checked" type="checkbox" />'
AGAINST = "Je suis contre."
MOVED = (
    f'<w:moveFromRangeStart w:id="1" w:name="m" {BY}/><w:moveFrom w:id="2" {BY}>{run(AGAINST)}'
    '</w:moveFrom><w:moveFromRangeEnd w:id="1"/>',
    run("La pluie vient."),
    f'<w:moveToRangeStart w:id="3" w:name="m" {BY}/><w:moveTo w:id="4" {BY}>{run(AGAINST)}'
    '</w:moveTo><w:moveToRangeEnd w:id="3"/>',
)
DELETED = (f'<w:del w:id="1" {BY}>{run(AGAINST, "delText")}</w:del>{run("La pluie vient.")}',)
TWICE, ONCE = f"{AGAINST} La pluie vient. {AGAINST}", f"La pluie vient. {AGAINST}"
SEEN = {
    MOVED: (TWICE, TWICE, ONCE, ONCE),
    DELETED: ("La pluie vient.",) * 4,
    ("<w:r><w:t>fifty</w:t><w:noBreakHyphen/><w:t>fifty</w:t></w:r>",): (
        *["fiftyfifty"] * 2,
        *["fifty\N{NON-BREAKING HYPHEN}fifty"] * 2,
    ),
    (f"{run('Vu')}{answer('FORMCHECKBOX', '<w:checkBox><w:checked/></w:checkBox>')}",): (
        "Vu\N{BALLOT BOX WITH X}",
        "Vu",
        f"Vu{BOX}",
        "Vu",
    ),
    (f'{run("Vu")}{answer("FORMDROPDOWN", f"""<w:ddList><w:result w:val="1"/>{LIST}</w:ddList>""")}',): (
        "Vunon",
        "Vu",
        "Vu",
        "Vu",
    ),
    ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>Zélie est contre</w:t></w:r>",): ("Zélie est contre",) * 4,
}
still = True
for paragraphs, seen in SEEN.items():
    found = read(paragraphs)
    print(*paragraphs, "->", *map(repr, found))
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
