#!/bin/sh
# pyexcel-ods and pyexcel-odsr read any number of empty rows as one, and what follows a merged cell
# too far to the left.
#
# OpenDocument tells rows that are alike and follow one another by their number, as LibreOffice does
# for every gap: three empty rows are one element with a 3. Both read it once, so that all below comes
# two rows too early; rows with words, which other programs may tell that way, are lost likewise, and
# a sum is too small. A cell that is merged with its neighbours leaves covered cells behind it; they
# are left out, and "Ville" stands over the column before its own. Nothing is said.
#
# Seen with pyexcel-ods 0.6.0, pyexcel-odsr 0.6.0 (pyexcel-io 0.6.8) and, which reads all of it
# right, python-calamine 0.9.1, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >read.py <<'PYTHON'
import sys
import zipfile
from importlib import import_module
from importlib.metadata import version

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
MIME = "application/vnd.oasis.opendocument.spreadsheet"


def word(text: str, spans: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string"{spans}><text:p>{text}</text:p></table:table-cell>'
    )


def row(*cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


def save(rows: str) -> None:
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


def read(name: str) -> list[list[object]]:
    if name == "python-calamine":
        book = import_module("python_calamine").CalamineWorkbook.from_path("a.ods")
        return book.get_sheet_by_name("a").to_python(skip_empty_area=False)
    return import_module(name.replace("-", "_")).get_data("a.ods")["a"]


name = sys.argv[1]
right = name == "python-calamine"
COVERED = "<table:covered-table-cell/>"
SEEN = (
    (
        row(word("un")) + row("<table:table-cell/>", times=3) + row(word("fin")),
        [["un"], *[[""] if right else []] * (3 if right else 1), ["fin"]],
    ),
    (
        row(word("famille"), word("enfants")) + row(word("x"), word("2"), times=3) + row(word("y"), word("1")),
        [["famille", "enfants"], *[["x", "2"]] * (3 if right else 1), ["y", "1"]],
    ),
    (
        row(word("Qui", ' table:number-columns-spanned="2"'), COVERED, word("Ville"))
        + row(word("Ada"), word("E."), word("Loos")),
        [["Qui", "", "Ville"] if right else ["Qui", "Ville"], ["Ada", "E.", "Loos"]],
    ),
)
still = True
for rows, seen in SEEN:
    save(rows)
    found = read(name)
    print(name, version(name), "->", found)
    still = still and found == seen
sys.exit(0 if still else 1)
PYTHON
still=0
for reader in pyexcel-ods==0.6.0 pyexcel-odsr==0.6.0 python-calamine==0.9.1; do
    # each alone: with both, the one hands its files to the other
    python3 -m venv --clear venv
    venv/bin/pip install --quiet --disable-pip-version-check pyexcel-io==0.6.8 \
        "$reader" odfpy==1.4.1 lxml==6.1.3
    venv/bin/python read.py "${reader%%=*}" || still=1
done
[ $still = 0 ] && echo "still so" || echo "changed"
exit $still
