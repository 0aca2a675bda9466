#!/bin/sh
# Two readers of OpenDocument sheets take every "true" of a French sheet for false.
#
# Expected: the value of the cell, which stands in office:boolean-value, whatever is shown beside it.
#
# 1. VisiData and the engine "odf" of pandas look at what is shown: "TRUE" is true, anything else false.
#    LibreOffice in French (7.4) writes VRAI there: a whole column of yes is a column of no.
# 2. VisiData reads a remark that somebody fixed to a cell as the beginning of its text, without a blank:
#    "oui" with the remark "à revoir" is "à revoiroui". Two lines of a cell, which are two paragraphs in
#    the file, are one word.
#
# Nothing is said; what VisiData saves as CSV is so too.
#
# Their source: str(cell) == "TRUE" in pandas/io/excel/_odfreader.py:200 and visidata/loaders/odf.py:61;
# _get_cell_string_value (odf.py:19) walks into every element of a cell, annotations too.
#
# Here: an export that a clerk saved as .ods has columns of yes and no, and remarks of who reviewed it.
#
# Seen with visidata 3.4, pandas 3.1.1 and odfpy 1.4.1, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check visidata==3.4 pandas==3.1.1 odfpy==1.4.1
cd "$folder"
export HOME="$folder" LC_ALL=C.UTF-8
venv/bin/python - <<'PYTHON'
import csv
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import pandas

for name in ("visidata", "pandas", "odfpy"):
    print(name, version(name))
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
MIME = "application/vnd.oasis.opendocument.spreadsheet"
STRING = 'office:value-type="string"'
TRUE = 'office:value-type="boolean" office:boolean-value="true"'
LINES = "<text:p>rue Hoche</text:p><text:p>place Verte</text:p>"
REMARK = "<office:annotation><text:p>à revoir</text:p></office:annotation><text:p>oui</text:p>"
CELLS = (
    # the cell, by VisiData, by pandas
    (TRUE, "<text:p>VRAI</text:p>", "False", False),
    (TRUE, "<text:p>TRUE</text:p>", "True", True),
    (STRING, LINES, "rue Hocheplace Verte", "rue Hoche\nplace Verte"),
    (STRING, REMARK, "à revoiroui", "oui"),
)
rows = "".join(
    f"<table:table-row><table:table-cell {kind}>{cell}</table:table-cell></table:table-row>"
    for kind, cell, *_ in ((STRING, "<text:p>mot</text:p>"), *CELLS)
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
    ["venv/bin/vd", "--batch", "a.ods", "+:a::", "--output", "a.csv"], check=True, capture_output=True
)
with Path("a.csv").open(encoding="utf-8", newline="") as file:
    by_visidata = [row[0] for row in csv.reader(file)][1:]
by_pandas = pandas.read_excel("a.ods", engine="odf")["mot"].tolist()
still = True
for (_, cell, *seen), *found in zip(CELLS, by_visidata, by_pandas, strict=True):
    print(cell, "->", *map(repr, found))
    still = still and [*map(repr, found)] == [*map(repr, seen)]
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
