#!/bin/sh
# datapackage-to-datasette, told to replace a file, leaves the end of the old one in it: the file is no longer JSON.
#
# Guess: codes lose their leading zero, or one table of a package is taken for another. The guess was wrong; the second
# run was the problem.
#
# It loads the tables of a Data Package into SQLite, and writes beside them, for Datasette, their titles and licence.
# Where that file exists, "--write-mode replace" is "to overwrite" it, says its manual, and "merge" is to merge. With
# "replace" the new text is written at the beginning, and whatever the old text had beyond that length stays. If the new
# text is shorter, because a title is or because a table is gone, no reader accepts the file. The exit code is 0.
#
# Source: write_file (utils.py) opens the file with "r+", which does not empty it, and writes from its start.
#
# Why it matters here: a dump is made again over the last one, with another title or one table less. The page that shows
# it then gives neither title nor licence, or does not start.
#
# Seen with datapackage-to-datasette 0.5.0 (frictionless 5.21.0, SQLAlchemy 2.1.9), Python 3.11. Exits 0 where it is
# still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check datapackage-to-datasette==0.5.0 \
    frictionless==5.21.0 SQLAlchemy==2.1.9
cd "$folder"
venv/bin/python -W ignore - <<'PYTHON'
import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

for name in ("datapackage-to-datasette", "frictionless", "SQLAlchemy"):
    print(name, version(name))
FIELDS = [{"name": "id", "type": "string"}]
Path("bancs.csv").write_text("id\n01001\n", encoding="utf-8")
METADATA = Path("metadata.json")


def described(title: str, *mode: str) -> str:
    """The file that tells Datasette of a package with this title."""
    package = {
        "name": "ville",
        "title": title,
        "resources": [
            {"name": "bancs", "path": "bancs.csv", "format": "csv", "schema": {"fields": FIELDS}},
        ],
    }
    Path("datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    command = ("venv/bin/datapackage-to-datasette", *mode, "ville.db", "datapackage.json", METADATA.name)
    subprocess.run(command, check=True, capture_output=True)
    return METADATA.read_text(encoding="utf-8")


def readable(text: str) -> bool:
    try:
        json.loads(text)
    except json.JSONDecodeError:
        return False
    return True


REPLACE = ("--write-mode", "replace")
first = described("Projets et bancs de la ville")
longer = described("Projets, bancs et fontaines de la ville", *REPLACE)
shorter = described("Bancs", *REPLACE)
for text in (first, longer, shorter):
    print(repr(text), "->", "JSON" if readable(text) else "no JSON")
still = readable(first) and readable(longer) and not readable(shorter)
still = still and len(shorter) == len(longer)
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
