#!/bin/sh
# pyexcel-ods, pyexcel-odsr and pyexcel-ods3, which read OpenDocument sheets, shift what is below or after a gap.
#
# Guess: as many rows and cells as the file says. OpenDocument stores equal neighbours once with a count, as LibreOffice
# does for every gap. The guess was wrong.
#
# 1. pyexcel-ods and pyexcel-odsr read repeated rows once: everything below three empty ones comes two rows too early,
#    three families stored that way are one, and a sum is too small. A merged cell leaves covered cells behind it; they
#    drop these, and "Ville" is over the column before its own.
# 2. pyexcel-ods3 reads up to 31 repeats, and 32 or more as one, in the middle of a row too: in each row what follows
#    such a gap shifts to the left by the length of that row's gaps.
#
# No error or warning.
#
# Source: row_iterator asks for the elements, not for their count (pyexcel_ods/odsr.py:49; pyexcel_odsr/messyods.py:190
# for cells alone). pyexcel-ods3 has ezodf open the file with its default strategy, in which "rows and cols with
# repetitions >= maxcount, occurs only once!" (ezodf/tablenormalizer.py:87; const.py:218 says 32).
#
# Why it matters here: an export of few records has such gaps, and clerks merge cells. Since this was seen, a dump's
# workbook has no gap of 32.
#
# Seen with pyexcel-ods 0.6.0, pyexcel-odsr 0.6.0, pyexcel-ods3 0.6.1 on pyexcel-ezodf 0.3.4 (pyexcel-io 0.6.8) and,
# which reads all of it right, python-calamine 0.9.1, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyexcel-ods==0.6.0 \
    pyexcel-odsr==0.6.0 pyexcel-ods3==0.6.1 pyexcel-ezodf==0.3.4 pyexcel-io==0.6.8 \
    python-calamine==0.9.1 odfpy==1.4.1 lxml==6.1.3
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
import zipfile
from importlib.metadata import version

import pyexcel_io
from python_calamine import CalamineWorkbook

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
MIME = "application/vnd.oasis.opendocument.spreadsheet"


def word(text: str, spans: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string"{spans}><text:p>{text}</text:p></table:table-cell>'
    )


def gap(cells: int) -> str:
    return f'<table:table-cell table:number-columns-repeated="{cells}"/>'


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
        book = CalamineWorkbook.from_path("a.ods")
        return book.get_sheet_by_name("a").to_python(skip_empty_area=False)
    return pyexcel_io.get_data("a.ods", library=name)["a"]


COVERED = "<table:covered-table-cell/>"

def expected(name: str) -> tuple[tuple[str, list[list[str]]], ...]:
    """Sheets, as rows, and what the program reads in each."""
    right = name == "python-calamine"
    # of what is repeated fewer than 32 times
    counted = right or name == "pyexcel-ods3"
    return (
        (
            row(word("un")) + row("<table:table-cell/>", times=3) + row(word("fin")),
            [["un"], *[[""] if right else []] * (3 if counted else 1), ["fin"]],
        ),
        (
            row(word("famille"), word("enfants")) + row(word("x"), word("2"), times=3) + row(word("y"), word("1")),
            [["famille", "enfants"], *[["x", "2"]] * (3 if counted else 1), ["y", "1"]],
        ),
        (
            row(word("Qui", ' table:number-columns-spanned="2"'), COVERED, word("Ville"))
            + row(word("Ada"), word("E."), word("Loos")),
            [["Qui", "", "Ville"] if counted else ["Qui", "Ville"], ["Ada", "E.", "Loos"]],
        ),
        (
            row(word("Mairie") + gap(31) + word("non")) + row(word("École") + gap(32) + word("non")),
            [
                ["Mairie", *[""] * 31, "non", *[""] * right],
                ["École", *[""] * (1 if name == "pyexcel-ods3" else 32), "non"],
            ],
        ),
    )


still = True
for name in ("pyexcel-ods", "pyexcel-odsr", "pyexcel-ods3", "python-calamine"):
    for rows, seen in expected(name):
        save(rows)
        found = read(name)
        print(name, version(name), "->", found)
        still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
