#!/bin/sh
# tinycrate does not find the files of a crate whose names have a blank or an accent.
#
# Expected: the file that the address names.
#
# In an RO-Crate (1.1 and later) a file is named by an address, relative to the folder: of the file
# "mes récits.txt" it is "mes%20r%C3%A9cits.txt". tinycrate opens what it finds under the address as it
# stands, and says that the file does not exist. A crate whose names are typed as they are, which the
# format forbids, it reads.
#
# Its source: tinycrate.py:84 opens Path(directory) / self.id, without unquoting.
#
# Here: the texts of a dump keep the names of their records, and its folders were called commune%3D62528
# in the crate until this was seen.
#
# Seen with tinycrate 0.1.5 and, which reads the first, rocrate 0.16.0, Python 3.11. Exits 0 where it is
# still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tinycrate==0.1.5 rocrate==0.16.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import json
import sys
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

from rocrate.rocrate import ROCrate
from tinycrate.tinycrate import TinyCrate, TinyCrateException

for name in ("tinycrate", "rocrate"):
    print(name, version(name))


def crate(folder: str, name: str, address: str) -> Path:
    """A folder with one file of this name, named by this address."""
    made = Path(folder)
    made.mkdir()
    (made / name).write_text("Un banc.", encoding="utf-8")
    graph = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "name": "Récits",
            "description": "Des récits.",
            "datePublished": "2026-11-29",
            "license": "https://creativecommons.org/licenses/by-sa/4.0/",
            "hasPart": [{"@id": address}],
        },
        {"@id": address, "@type": "File", "name": "Récits"},
    ]
    told = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}
    (made / "ro-crate-metadata.json").write_text(json.dumps(told), encoding="utf-8")
    return made


def tiny(folder: Path, address: str) -> str:
    try:
        return TinyCrate(folder).get(address).fetch()
    except TinyCrateException as fault:
        return str(fault)[:44]


still = True
for number, name in enumerate(("recits.txt", "mes récits.txt")):
    address = quote(name)
    made = crate(f"crate{number}", name, address)
    found = tiny(made, address)
    [file] = [one for one in ROCrate(made).data_entities]
    whole = Path(file.source).read_text("utf-8")
    print(address, "-> tinycrate:", found, "rocrate:", whole)
    still = still and whole == "Un banc."
    still = still and (found == "Un banc.") is (name == "recits.txt")
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
