#!/bin/sh
# ezodf, and pyexcel-ods3 by it, read a sheet with many empty cells into other columns.
#
# OpenDocument tells cells that are alike and side by side by their number, as LibreOffice does for
# every gap of a row. Up to 31 they are that many; 32 and more are one, in the middle of a row too:
# what stands after the gap moves to the left, each row as far as its own gaps are long. So with
# rows: after 32 empty ones the rest comes 31 rows too early. Nothing is said. Who uses ezodf itself
# can ask for all cells (its "expand strategy"); by pyexcel-ods3 nobody does.
#
# Seen with ezodf as pyexcel-ezodf 0.3.4 and pyexcel-ods3 0.6.1 have it (0.3.2 of its own name does
# the same) and, which reads it right, python-calamine 0.9.1, Python 3.11. Exits 0 where it is
# still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyexcel-ods3==0.6.1 \
    pyexcel-ezodf==0.3.4 lxml==6.1.3 python-calamine==0.9.1
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
import zipfile
from importlib.metadata import version

import ezodf
import pyexcel_ods3
import python_calamine

for name in ("pyexcel-ezodf", "pyexcel-ods3", "python-calamine"):
    print(name, version(name))
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
MIME = "application/vnd.oasis.opendocument.spreadsheet"


def word(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def sheet(rows: str) -> None:
    content = (
        f'<office:document-content xmlns:office="{OASIS}office:1.0" xmlns:text="{OASIS}text:1.0" '
        f'xmlns:table="{OASIS}table:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="a">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{OASIS}manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile("a.ods", "w") as archive:
        archive.writestr("mimetype", MIME)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)


def places() -> list[tuple[int, int]]:
    """Row and column, from 0, where each program finds the word « non »."""
    read = (
        [[cell.value for cell in row] for row in ezodf.opendoc("a.ods").sheets[0].rows()],
        pyexcel_ods3.get_data("a.ods")["a"],
        python_calamine.CalamineWorkbook.from_path("a.ods").get_sheet_by_name("a").to_python(
            skip_empty_area=False
        ),
    )
    return [
        next((y, row.index("non")) for y, row in enumerate(rows) if "non" in row) for rows in read
    ]


still = True
for gap, wrong in ((31, 32), (32, 2), (33, 2)):
    empty = f'<table:table-cell table:number-columns-repeated="{gap}"/>'
    sheet(f"<table:table-row>{word('Mairie')}{empty}{word('non')}</table:table-row>")
    found = places()
    print(gap, "empty cells, then « non » in column", gap + 1, "->", found)
    still = still and found == [(0, wrong), (0, wrong), (0, gap + 1)]
for gap, wrong in ((31, 32), (32, 2)):
    empty = f'<table:table-row table:number-rows-repeated="{gap}"><table:table-cell/></table:table-row>'
    first, last = (f"<table:table-row>{word(text)}</table:table-row>" for text in ("oui", "non"))
    sheet(first + empty + last)
    found = places()
    print(gap, "empty rows, then « non » in row", gap + 1, "->", found)
    still = still and found == [(wrong, 0), (wrong, 0), (gap + 1, 0)]
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
