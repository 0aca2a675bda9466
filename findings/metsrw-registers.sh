#!/bin/sh
# metsrw reads a digitised register as one without pages, and writes it without its files and its title.
#
# Guess: a second map of its structure is lost when it is written again. It may be kept; the pages were found beside.
#
# METS is in what libraries and archives hold a digitised register together: its files, what describes them, and how its pages
# follow one another (structMap, whose div may have any TYPE, or none). metsrw "is a library to help with parsing and creating
# METS files", by its page, which has it read "a METS file".
#
# 1. Of a register with its pages, each an image and its text, all_files() has nothing. Written again it has no file, no
#    description (dmdSec) and no page; LABEL and TYPE of the whole are gone.
# 2. If the register is a "Directory", the images are there, in another order, and no text: of two files of one page the first
#    is read. Written again none of the files is there, and two pages lead to what is not.
#
# Nothing is said, in no log either. The register is valid by the schema of METS that metsrw brings along. Known is what stops
# with an error: that it wants a structMap of the TYPE "physical" (issue 636 of Archivematica, for which metsrw was made).
#
# Its source: _parse_tree_structmap (metsrw/mets.py) goes into a div of the TYPE "directory" alone and passes over any other
# without a file of its own; of a div with files it takes fptr_elems[0]. What is written is made of what was so read.
#
# Here: a town's registers come from its archives as METS, whose pages are sources.
#
# Seen with metsrw 0.7.0 and lxml 6.1.3, Python 3.11. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check metsrw==0.7.0 lxml==6.1.3
cd "$folder"
venv/bin/python -W ignore - <<'PYTHON'
import logging
import sys
from importlib.metadata import version

from lxml import etree
from metsrw import METSDocument

logging.basicConfig(level=logging.DEBUG, format="said: %(message)s")
print("metsrw", version("metsrw"))


def file(name: str, address: str) -> str:
    return f'<mets:file ID="{name}"><mets:FLocat LOCTYPE="URL" xlink:href="{address}"/></mets:file>'


def register(kind: str) -> bytes:
    return f"""<mets:mets xmlns:mets="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink"
OBJID="1D10" LABEL="Registre" TYPE="register">
<mets:dmdSec ID="d1"><mets:mdWrap MDTYPE="DC"><mets:xmlData>
<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">Délibérations</dc:title>
</mets:xmlData></mets:mdWrap></mets:dmdSec>
<mets:fileSec>
<mets:fileGrp USE="image">{file("i1", "1.tif")}{file("i2", "2.tif")}</mets:fileGrp>
<mets:fileGrp USE="text">{file("t1", "1.xml")}{file("t2", "2.xml")}</mets:fileGrp>
</mets:fileSec>
<mets:structMap TYPE="physical"><mets:div TYPE="{kind}" LABEL="Registre" DMDID="d1">
<mets:div TYPE="page" ORDER="1"><mets:fptr FILEID="i1"/><mets:fptr FILEID="t1"/></mets:div>
<mets:div TYPE="page" ORDER="2"><mets:fptr FILEID="i2"/><mets:fptr FILEID="t2"/></mets:div>
</mets:div></mets:structMap>
</mets:mets>""".encode()


def counts(text: bytes) -> list[int]:
    tree = etree.fromstring(text)
    return [len(tree.findall(f".//{{*}}{name}")) for name in ("file", "dmdSec", "fptr")] + [int("LABEL" in tree.attrib)]


# the files that are read, and of files, descriptions, places of files and labels of the whole how many are written
SEEN = {
    "register": ([], [0, 0, 0, 0]),
    "Directory": (["1.tif", "2.tif"], [0, 1, 2, 0]),
}
still = True
for kind, seen in SEEN.items():
    given = register(kind)
    document = METSDocument.fromstring(given)
    found = sorted(entry.path for entry in document.all_files() if entry.path), counts(document.tostring())
    print(kind, counts(given), "->", *found)
    still = still and counts(given) == [4, 1, 4, 1] and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
