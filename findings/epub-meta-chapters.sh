#!/bin/sh
# epub-meta, which epub-toc uses, nests a chapter under the previous one, and lists pages and landmarks as chapters.
#
# Guess: chapters under other chapters are placed beside them. The guess was wrong: they are nested. What follows was
# noticed on the way.
#
# Both list the chapters of an EPUB. EPUB 3.3 has them in its navigation document, in <nav epub:type="toc">: a list
# whose items are links, or a <span> for a heading that leads nowhere, each with a list of its own if need be (7.3 and
# 7.4.2). Beside it there may be a nav with the page numbers of the printed book (page-list) and one with the parts that
# reading systems open (landmarks). In a valid book with one part and two chapters:
#
# 1. The part, a <span>, is missing. Its chapters are still one level deeper: epub-toc puts them under the chapter
#    before.
# 2. "Le <em>banc</em> vert" is called "Le".
# 3. Page "1" and "Début", a landmark, are chapters.
#
# No error or warning. With a toc.ncx beside it, as books for old readers have it, the result is the same; with toc.ncx
# alone both are right. ebooklib has the part. Neither page mentions these EPUB 3 features; no issue was found about
# this.
#
# Source: _discover_toc (epub_meta/collector.py) takes each <a> of the file, inside whichever nav or none, and only its
# first node.
#
# Why it matters here: récits are passed on as books, from which others make EPUBs with parts and the page numbers of
# the printed ones; this list of chapters is not theirs.
#
# Seen with epub-meta 0.0.7, epub-toc 1.0.0 and ebooklib 0.20, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    epub_meta==0.0.7 epub_toc==1.0.0 ebooklib==0.20 lxml==6.1.3 beautifulsoup4==4.15.0 tika==3.3.2
cd "$folder"
venv/bin/python -W ignore - <<'PYTHON'
import sys
import zipfile

import epub_meta
from ebooklib import epub
from epub_toc import EPUBTOCParser

XHTML = "application/xhtml+xml"
CONTAINER = """<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
LINK = '<a href="{}">{}</a>'


def page(body: str) -> str:
    spaces = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    return f"<html {spaces}><head><title>Récits</title></head><body>{body}</body></html>"


def nav(kind: str, items: str) -> str:
    return f'<nav epub:type="{kind}"><ol>{items}</ol></nav>'


CONTENTS = page(
    nav(
        "toc",
        "<li>" + LINK.format("c1.xhtml", "Le <em>banc</em> vert") + "</li>"
        "<li><span>Le parc</span><ol><li>" + LINK.format("c2.xhtml", "La mare") + "</li></ol></li>",
    )
    + nav("page-list", "<li>" + LINK.format("c1.xhtml#p1", "1") + "</li>")
    + nav("landmarks", '<li><a epub:type="bodymatter" href="c1.xhtml">Début</a></li>')
)
files = ["c1", "c2", "nav"]
properties = {"nav": ' properties="nav"'}
items = [f'<item id="{name}" href="{name}.xhtml" media-type="{XHTML}"{properties.get(name, "")}/>' for name in files]
PACKAGE = f"""<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">recits</dc:identifier><dc:title>Récits</dc:title>
<dc:language>fr</dc:language><meta property="dcterms:modified">2018-06-03T00:00:00Z</meta></metadata>
<manifest>{"".join(items)}</manifest><spine><itemref idref="c1"/><itemref idref="c2"/></spine></package>"""
with zipfile.ZipFile("recits.epub", "w") as book:
    book.writestr("mimetype", "application/epub+zip")
    book.writestr("META-INF/container.xml", CONTAINER)
    book.writestr("p.opf", PACKAGE)
    book.writestr("nav.xhtml", CONTENTS)
    book.writestr("c1.xhtml", page('<p id="p1">Un banc.</p>'))
    book.writestr("c2.xhtml", page("<p>Une mare.</p>"))


def nested(chapters):
    return [[chapter["title"], *nested(chapter["children"])] for chapter in chapters]


still = True
for name, found, seen in [
    (
        "epub_meta",
        [(entry["title"], entry["level"]) for entry in epub_meta.get_epub_metadata("recits.epub")["toc"]],
        [("Le", 0), ("La mare", 1), ("1", 0), ("Début", 0)],
    ),
    (
        "epub_toc",
        nested(EPUBTOCParser("recits.epub").extract_toc()),
        [["Le", ["La mare"]], ["1"], ["Début"]],
    ),
    (
        "ebooklib",
        [entry[0].title if isinstance(entry, tuple) else entry.title for entry in epub.read_epub("recits.epub").toc],
        ["Le banc vert", "Le parc"],
    ),
]:
    print(name, "->", found)
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
