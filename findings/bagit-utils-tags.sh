#!/bin/sh
# bagit-utils calls a valid bag invalid that does not say the sums of its own lists, or of its notes.
#
# Guess: a long line of bag-info.txt that is folded loses a blank. It is read right; the lists were found beside.
#
# In BagIt (RFC 8493) what is kept is in data/ and in a manifest with its sum. What stands around it ("tag files") may
# be in a tag manifest: that is optional (2.2.1), and it need not name all of it.
#
# 1. Of a bag without a tag manifest, manifest-sha256.txt, bag-info.txt and bagit.txt itself are each "not covered by
#    manifests", and it is not valid.
# 2. So is a bag of which the tag manifest names these three and not a readme.txt beside them.
#
# bagit, of the Library of Congress, whose format it is, takes both.
#
# Its source: validate_manifests (bagit.py:429) compares all files with the payload and the first tag manifest, and
# knows no other.
#
# Here: an archive that takes a dump checks the bag in which somebody sent it; it turns down one that is whole.
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
