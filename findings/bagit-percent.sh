#!/bin/sh
# bagit, of the Library of Congress, calls a valid bag with "50% de bois.txt" incomplete, and some that it made itself.
#
# Guess: a value of bag-info.txt that goes on in the next line is cut. Nothing of it is lost, but behind a tabulator a line's end
# stays in it; the names of files were found beside.
#
# In BagIt (RFC 8493, 2.1.3) what is kept is named in a manifest, in which a "%" of a name is written "%25", and a line's end
# "%0A" or "%0D". bagit writes and reads the line's ends so, and leaves a "%" as it is:
#
# 1. A bag that has "50% de bois.txt" and names it "50%25 de bois.txt" is incomplete to it, by two faults.
# 2. It makes bags that other readers must call so, and itself too: of a file that was saved from a page as "a%0Ab.txt"
#    it names one with a line's end.
#
# Known: bagit-python, issue 157, and LibraryOfCongress/bagit-spec, issue 46: most others do as it does.
#
# Its source: _encode_filename and _decode_filename (bagit.py) replace the two line's ends alone.
#
# Here: what a town hands to archives is called as people call it, "Concertation 50% rue.pdf" or as a browser saved it.
#
# Seen with bagit 1.9.0, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check bagit==1.9.0 setuptools==80.9.0
cd "$folder"
venv/bin/python -W ignore - <<'PYTHON'
import hashlib
import logging
import sys
from importlib.metadata import version
from pathlib import Path

import bagit

logging.disable(logging.CRITICAL)
print("bagit", version("bagit"))
TEXT = b"Un banc."


def bag(folder: str, name: str, named: str) -> Path:
    """A bag of one file, by the RFC."""
    root = Path(folder)
    (root / "data").mkdir(parents=True)
    (root / "data" / name).write_bytes(TEXT)
    (root / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    (root / "manifest-sha512.txt").write_text(f"{hashlib.sha512(TEXT).hexdigest()} data/{named}\n")
    return root


def made(folder: str, name: str) -> tuple[Path, str]:
    """A bag of one file that bagit made, and the file in its manifest."""
    root = Path(folder)
    root.mkdir()
    (root / name).write_bytes(TEXT)
    bagit.make_bag(folder, checksums=["sha512"])
    return root, (root / "manifest-sha512.txt").read_text().split(maxsplit=1)[1].rstrip("\n")


def faults(root: Path) -> list[str]:
    try:
        bagit.Bag(str(root)).validate()
    except bagit.BagValidationError as error:
        return sorted(map(str, error.details))
    return []


saved, saved_name = made("saved", "a%0Ab.txt")
wood, wood_name = made("wood", "50% de bois.txt")
line, line_name = made("line", "a\nb.txt")
GONE, MORE = " exists in manifest but was not found on filesystem", " exists on filesystem but is not in the manifest"
SEEN = [
    (
        faults(bag("percent", "50% de bois.txt", "50%25 de bois.txt")),
        [f"data/50% de bois.txt{MORE}", f"data/50%25 de bois.txt{GONE}"],
    ),
    (wood_name, "data/50% de bois.txt"),
    (saved_name, "data/a%0Ab.txt"),
    (faults(saved), [f"data/a\nb.txt{GONE}", f"data/a%0Ab.txt{MORE}"]),
    # as it should be
    (faults(bag("plain", "banc.txt", "banc.txt")), []),
    (line_name, "data/a%0Ab.txt"),
    (faults(line), []),
]
still = True
for found, seen in SEEN:
    print(found)
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
