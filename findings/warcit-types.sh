#!/bin/sh
# warcit archives a file whose ending it does not know as a page of HTML.
#
# It puts a folder into a web archive (WARC), as if it had been read from a site, with what kind of file
# each is. A coded project (.qdpx), its code book (.qdc), a citation (.cff) are text/html there: a replay
# shows their bytes as a page, and a search of the archive for pages finds them. Addresses with accents
# stand bare, where WARC wants a URI. With "--use-magic" one can ask for the kinds by the bytes instead,
# which needs a library beside it; "-m" names them.
#
# Seen with warcit 0.4.0, read by warcio 1.8.1, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check warcit==0.4.0 \
    warcio==1.8.1 setuptools==65.5.0
cd "$folder"
mkdir site
printf 'PK\003\004' >site/recits.qdpx
printf '<CodeBook/>' >site/mots.qdc
printf 'cff-version: 1.2.0\n' >site/CITATION.cff
printf 'id\n' >site/projets.csv
printf '<!doctype html><title>Un banc</title>' >site/été.html
LC_ALL=C.UTF-8 venv/bin/warcit --quiet --name site https://example.org/ site
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version

from warcio.archiveiterator import ArchiveIterator

for name in ("warcit", "warcio"):
    print(name, version(name))
with open("site.warc.gz", "rb") as file:
    found = {
        record.rec_headers.get_header("WARC-Target-URI"): record.rec_headers.get_header("Content-Type")
        for record in ArchiveIterator(file)
        if record.rec_type == "resource"
    }
for address, kind in found.items():
    print(address, "->", kind)
still = found == {
    "https://example.org/mots.qdc": "text/html",
    "https://example.org/recits.qdpx": "text/html",
    "https://example.org/CITATION.cff": "text/html",
    "https://example.org/projets.csv": "text/csv",
    "https://example.org/été.html": "text/html",
}
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
