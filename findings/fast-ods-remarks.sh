#!/bin/sh
# fast-ods, which reads OpenDocument sheets, takes a cell's comment for its text, and the first line for a cell of two.
#
# Guess: rows or columns that are stored once for several shift what follows them. The guess was wrong: they are right.
# What follows was noticed on the way.
#
# In an ODS cell the text is in paragraphs, with an element for several blanks (OpenDocument 1.3, part 3, 6.1.3). An
# editor's comment (office:annotation) is in the cell too, before them, and a merged cell leaves covered cells behind
# it.
#
# 1. Of a cell "Un banc" with the comment "à vérifier avec la famille", it reads only the comment.
# 2. Of a cell of two lines (Ctrl+Enter in LibreOffice, stored as two paragraphs) only the first is kept; "A   B"
#    becomes "AB".
# 3. Cells after a merged one shift to the left, as with two of the tools in ods-repeats.sh.
# 4. The rows of the second sheet follow those of the first, even if sheet 0 is requested, which is the default.
#
# No error or warning. Its page says "fast data extraction, not full ODS spec compliance", and names styles, formulas
# and metadata as left out; no issue was found about this.
#
# Why it matters here: town halls send lists of promises and of people as ODS, with comments that are for nobody else.
#
# Seen with fast-ods 0.3.2 and, which reads all of it right, python-calamine 0.9.1, Python 3.11. Exits 0 where all is
# still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check fast-ods==0.3.2 python-calamine==0.9.1
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
import zipfile

from fast_ods import ODSParser, ODSParserOptions
from python_calamine import CalamineWorkbook

SPACE = "urn:oasis:names:tc:opendocument:xmlns"
SHEET = "application/vnd.oasis.opendocument.spreadsheet"


def cell(content: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}>{content}</table:table-cell>'


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


REMARK = "<office:annotation><text:p>à vérifier avec la famille</text:p></office:annotation>"
FIRST = [
    row(cell(f"{REMARK}<text:p>Un banc</text:p>")),
    row(cell("<text:p>Un banc</text:p><text:p>vert</text:p>")),
    row(cell('<text:p>A<text:s text:c="3"/>B</text:p>')),
    row(
        cell("<text:p>Lieux</text:p>", 'table:number-columns-spanned="2" table:number-rows-spanned="1"'),
        "<table:covered-table-cell/>",
        cell("<text:p>Année</text:p>"),
    ),
]
tables = [("Promesses", FIRST), ("Personnes", [row(cell("<text:p>Ada E.</text:p>"))])]
sheets = "".join(f'<table:table table:name="{name}">{"".join(rows)}</table:table>' for name, rows in tables)
spaces = " ".join(f'xmlns:{name}="{SPACE}:{name}:1.0"' for name in ("office", "table", "text"))
content = f"<office:document-content {spaces} office:version=\"1.3\"><office:body><office:spreadsheet>{sheets}"
content += "</office:spreadsheet></office:body></office:document-content>"
entries = "".join(
    f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
    for path, kind in (("/", SHEET), ("content.xml", "text/xml"))
)
with zipfile.ZipFile("town.ods", "w") as file:
    file.writestr("mimetype", SHEET)
    file.writestr("content.xml", content)
    file.writestr(
        "META-INF/manifest.xml",
        f'<manifest:manifest xmlns:manifest="{SPACE}:manifest:1.0" manifest:version="1.3">{entries}</manifest:manifest>',
    )
found = [list(values) for values in ODSParser(ODSParserOptions(table=0)).parse("town.ods")]
right = CalamineWorkbook.from_path("town.ods").get_sheet_by_index(0).to_python()
print(found, right, sep="\n")
still = found == [["à vérifier avec la famille"], ["Un banc"], ["AB"], ["Lieux", "Année"], ["Ada E."]]
still = still and right == [["Un banc", "", ""], ["Un banc\nvert", "", ""], ["A   B", "", ""], ["Lieux", "", "Année"]]
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
