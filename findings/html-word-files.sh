#!/bin/sh
# Three libraries that make Word files of HTML leave out captions and join words.
#
# Expected: all words, in the order of the page.
#
# 1. The caption of a table is gone by htmldocx and by html-to-docx; html2docx has it under the table,
#    as any other paragraph. Of a figure, html-to-docx drops it and htmldocx joins it to what was before.
# 2. Between two passages that are marked, html-to-docx drops the blank: "<b>un banc</b> <i>vert</i>" is
#    "un bancvert".
# 3. What no <p> encloses, in a definition list or a <details>, is joined by htmldocx and html2docx to
#    what comes next: "Qui" and "Ada" are "QuiAda".
# 4. A list in a cell ends the table of html2docx: its items, and each cell that follows, are paragraphs
#    under it.
#
# Nothing is said.
#
# Their source: htmldocx (handle_data in h2d.py) opens a paragraph only where there is none; html2docx
# knows no <caption>, <dl> or <details> (handle_starttag, html2docx.py:188) and leaves the table at each
# list in it.
#
# Here: the file for a new team is one page of HTML with lists in cells and captions, which staff turn
# into Word.
#
# Seen with htmldocx 0.0.6, html2docx 1.6.0 and, of npm, html-to-docx 1.8.0, read by python-docx 1.2.0,
# Python 3.11, Node 20. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check htmldocx==0.0.6 \
    html2docx==1.6.0 python-docx==1.2.0 beautifulsoup4==4.15.0 lxml==6.1.3
cd "$folder"
npm install --silent --no-fund --no-audit html-to-docx@1.8.0 >/dev/null
cat >convert.cjs <<'JS'
const { readFileSync, writeFileSync } = require('fs')
require('html-to-docx')(readFileSync(0, 'utf8')).then((file) => writeFileSync('npm.docx', file))
JS
venv/bin/python - <<'PYTHON'
import io
import subprocess
import sys
from importlib.metadata import version

import docx
from docx.table import Table
from html2docx import html2docx
from htmldocx import HtmlToDocx

for name in ("htmldocx", "html2docx", "python-docx"):
    print(name, version(name))


def texts(file: docx.document.Document) -> list[object]:
    """Paragraphs that have words, and tables as rows of cells."""
    found: list[object] = []
    for element in file.element.body.iterchildren():
        if element.tag.endswith("}tbl"):
            rows = Table(element, file).rows
            found.append([[cell.text.strip() for cell in row.cells] for row in rows])
        elif words := "".join(part.text or "" for part in element.iter() if part.tag.endswith("}t")):
            found.append(words.strip())
    return found


def converted(html: str) -> tuple[list[object], ...]:
    """By htmldocx, html2docx and html-to-docx."""
    first = docx.Document()
    HtmlToDocx().add_html_to_document(html, first)
    second = docx.Document(io.BytesIO(html2docx(html, title="x").getvalue()))
    subprocess.run(["node", "convert.cjs"], input=html, encoding="utf-8", check=True)
    return texts(first), texts(second), texts(docx.Document("npm.docx"))


ROWS = "<tr><th>Fiche</th><th>Qui</th></tr><tr><td>Banc</td><td>Ada</td></tr>"
TABLE = [["Fiche", "Qui"], ["Banc", "Ada"]]
LIST = "<tr><td><ul><li>un</li></ul></td><td>Ada</td></tr><tr><td>Place</td><td>mairie</td></tr>"
SEEN = {
    f"<p>Avant.</p><table><caption>Deux fiches</caption>{ROWS}</table>": (
        ["Avant.", TABLE],
        ["Avant.", TABLE, "Deux fiches"],
        ["Avant.", TABLE],
    ),
    "<p>Avant.</p><figure><figcaption>Le banc</figcaption></figure>": (
        ["Avant.Le banc"],
        ["Avant.", "Le banc"],
        ["Avant."],
    ),
    "<p><b>un banc</b> <i>vert</i></p>": (["un banc vert"], ["un banc vert"], ["un bancvert"]),
    "<dl><dt>Qui</dt><dd>Ada</dd></dl>": (["QuiAda"], ["QuiAda"], ["Qui", "Ada"]),
    "<details><summary>Manques</summary>Une vis.</details>": (
        ["ManquesUne vis."],
        ["ManquesUne vis."],
        ["Manques", "Une vis."],
    ),
    f"<table>{LIST}</table>": (
        [[["un", "Ada"], ["Place", "mairie"]]],
        [[[""]], "un", "Ada", "Place", "mairie"],
        [[["un", "Ada"], ["Place", "mairie"]]],
    ),
}
still = True
for html, seen in SEEN.items():
    found = converted(html)
    print(html, "->", *found)
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
