#!/bin/sh
# htmldocx, html2docx and html-to-docx, which turn HTML into Word files, lose captions and join words.
#
# Guess: all words, in the order of the page. The guess was wrong.
#
# 1. htmldocx and html-to-docx drop the caption of a table; html2docx puts it under the table, as an ordinary paragraph.
#    html-to-docx drops a figure's caption, and htmldocx joins it to what was before.
# 2. html-to-docx drops the blank between two marked-up passages: "<b>un banc</b> <i>vert</i>" becomes "un bancvert".
# 3. htmldocx and html2docx join text outside any <p>, in a definition list or a <details>, to what comes next: "Qui"
#    and "Ada" become "QuiAda".
# 4. A list in a cell ends the table in html2docx: its items, and each cell that follows, become paragraphs under it.
#
# No error or warning.
#
# Source: htmldocx (handle_data in h2d.py) opens a paragraph only where there is none; html2docx does not know
# <caption>, <dl> or <details> (handle_starttag, html2docx.py:188) and leaves the table at each list in it.
#
# Why it matters here: the file for a new team is one page of HTML with lists in cells and captions, which staff convert
# to Word.
#
# Seen with htmldocx 0.0.6, html2docx 1.6.0 and, of npm, html-to-docx 1.8.0, read by python-docx 1.2.0, Python 3.11,
# Node 20. Exits 0 where all is still so, else 1.
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
