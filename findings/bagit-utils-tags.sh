#!/bin/sh
# bagit-utils rejects a valid bag that gives no checksums for its own manifests and notes.
#
# Guess: a folded long line of bag-info.txt loses a blank. The guess was wrong: it is read correctly. What follows was
# noticed on the way.
#
# In BagIt (RFC 8493) the content is in data/, with its checksums in a manifest. The files around it ("tag files") may
# be listed in a tag manifest, but that is optional (2.2.1), and it need not list all of them.
#
# 1. In a bag without a tag manifest, manifest-sha256.txt, bag-info.txt and bagit.txt itself are each reported as "not
#    covered by manifests", and the bag is invalid.
# 2. So is a bag whose tag manifest lists these three but not a readme.txt beside them.
#
# bagit, from the Library of Congress, which made the format, accepts both.
#
# Source: validate_manifests (bagit.py:429) compares all files with the payload manifest and the first tag manifest, and
# allows no others.
#
# Why it matters here: an archive checks the bag in which a dump reaches it, and turns down one that is whole.
#
# Seen with bagit-utils 1.2.5 and bagit 1.9.0, Python 3.11. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check bagit-utils==1.2.5 bagit==1.9.0 setuptools==80.9.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import bagit
from bagit_utils import Bag

for name in ("bagit-utils", "bagit"):
    print(name, version(name))


def lines(folder: Path, *names: str) -> str:
    """What a manifest says of these files."""
    return "".join(f"{sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names)


def bag(name: str, *tagged: str) -> Path:
    """A bag with one file, and a tag manifest of these files where there are any."""
    folder = Path(name)
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "banc.txt").write_text("Un banc.\n", encoding="utf-8")
    (folder / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", encoding="utf-8")
    (folder / "bag-info.txt").write_text("Source-Organization: Mairie\n", encoding="utf-8")
    (folder / "manifest-sha256.txt").write_text(lines(folder, "data/banc.txt"), encoding="utf-8")
    if tagged:
        (folder / "readme.txt").write_text("Une fiche.\n", encoding="utf-8")
        (folder / "tagmanifest-sha256.txt").write_text(lines(folder, *tagged), encoding="utf-8")
    return folder


OWN = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt")
SEEN = (
    (bag("sans"), list(OWN)),
    (bag("en-partie", *OWN), ["readme.txt"]),
    # as it should be
    (bag("tout", *OWN, "readme.txt"), []),
)
still = True
for folder, left in SEEN:
    report = Bag(folder, load=True).validate_manifests()
    said = [one.message for one in report.issues]
    print(folder, "bagit:", bagit.Bag(str(folder)).is_valid(), "bagit-utils:", report.valid, said)
    still = still and bagit.Bag(str(folder)).is_valid() and report.valid == (not left)
    still = still and sorted(said) == sorted(
        f"File '{name}' in Bag at '{folder}' is not covered by manifests." for name in left
    )
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
