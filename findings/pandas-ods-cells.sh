#!/bin/sh
# Of the two engines by which pandas reads OpenDocument sheets, one takes every French "true" for
# false, and the other joins two lines of a cell into a word.
#
# 1. A cell of the kind boolean has its value in office:boolean-value and, beside it, what is shown.
#    The engine "odf" looks at what is shown: "TRUE" is true, anything else false. LibreOffice in
#    French (7.4) writes VRAI there: a whole column of yes is a column of no.
# 2. In a cell, <text:line-break/> ends a line and <text:tab/> is a tab. The engine "calamine" leaves
#    both out: "rue Hoche" above "place Verte" is "rue Hocheplace Verte". "odf" leaves out the tab.
#    LibreOffice itself writes a paragraph for a line, which both read; odfpy, and pyexcel-ods by it,
#    write the line break.
#
# Seen with pandas 3.1.1, odfpy 1.4.1 and python-calamine 0.9.1, Python 3.11. Exits 0 where all is
# still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 \
    odfpy==1.4.1 python-calamine==0.9.1
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
import zipfile
from importlib.metadata import version

import pandas

for name in ("pandas", "odfpy", "python-calamine"):
    print(name, version(name))
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
MIME = "application/vnd.oasis.opendocument.spreadsheet"


def truth(value: str, shown: str) -> str:
    return (
        f'<table:table-cell office:value-type="boolean" office:boolean-value="{value}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def words(text: str) -> str:
    return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'


CELLS = (
    # the cell, by "odf", by "calamine"
    (truth("true", "VRAI"), False, True),
    (truth("true", "TRUE"), True, True),
    (truth("false", "FAUX"), False, False),
    (words("<text:p>rue Hoche</text:p><text:p>place Verte</text:p>"), *["rue Hoche\nplace Verte"] * 2),
    (
        words("<text:p>rue Hoche<text:line-break/>place Verte</text:p>"),
        "rue Hoche\nplace Verte",
        "rue Hocheplace Verte",
    ),
    (words("<text:p>Ada<text:tab/>maire</text:p>"), "Adamaire", "Adamaire"),
)
rows = "".join(f"<table:table-row>{cell}</table:table-row>" for cell, *_ in CELLS)
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
still = True
for place, engine in enumerate(("odf", "calamine"), 1):
    found = pandas.read_excel("a.ods", engine=engine, header=None)[0].tolist()
    print(engine, "->", found)
    still = still and [*map(repr, found)] == [repr(cell[place]) for cell in CELLS]
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
