#!/bin/sh
# VisiData joins the paragraphs of an OpenDocument cell, and a remark to the cell that it is about.
#
# 1. A line that somebody ends in a cell is a paragraph of it (<text:p>), as LibreOffice writes it:
#    "rue Hoche" above "place Verte" is "rue Hocheplace Verte". A tab is gone as well.
# 2. A remark that somebody fixed to a cell stands in the cell, without a blank: "oui" with the remark
#    "à revoir" is "à revoiroui".
# 3. A cell that is true, and is shown as it is in French ("VRAI"), is False.
#
# Nothing is said; what VisiData saves as CSV is so too. Rows and cells that are told by their number
# are all there.
#
# Seen with visidata 3.4 and odfpy 1.4.1, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check visidata==3.4 odfpy==1.4.1
cd "$folder"
export HOME="$folder" LC_ALL=C.UTF-8
venv/bin/python - <<'PYTHON'
import csv
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

print("visidata", version("visidata"), "odfpy", version("odfpy"))
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
MIME = "application/vnd.oasis.opendocument.spreadsheet"
STRING = 'office:value-type="string"'
TRUE = 'office:value-type="boolean" office:boolean-value="true"'
CELLS = (
    ("<text:p>rue Hoche</text:p><text:p>place Verte</text:p>", "", "rue Hocheplace Verte"),
    ("<text:p>Ada<text:tab/>maire</text:p>", "", "Adamaire"),
    ("<office:annotation><text:p>à revoir</text:p></office:annotation><text:p>oui</text:p>", "", "à revoiroui"),
    ("<text:p>VRAI</text:p>", TRUE, "False"),
    ("<text:p>TRUE</text:p>", TRUE, "True"),
)
rows = "".join(
    f"<table:table-row><table:table-cell {kind or STRING}>{cell}"
    "</table:table-cell></table:table-row>"
    for cell, kind, _ in (("<text:p>mot</text:p>", "", ""), *CELLS)
)
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
subprocess.run(
    ["venv/bin/vd", "--batch", "a.ods", "+:a::", "--output", "a.csv"],
    check=True,
    capture_output=True,
)
with Path("a.csv").open(encoding="utf-8", newline="") as file:
    found = [row[0] for row in csv.reader(file)][1:]
still = len(found) == len(CELLS)
for (cell, _, seen), read in zip(CELLS, found, strict=True):
    print(cell, "->", repr(read))
    still = still and read == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
