#!/bin/sh
# yq -Y, which keeps comments, puts them where they take the rest of a list away: the file is no YAML.
#
# Expected: the comment behind the list, or none.
#
# "themes: [eau, bois]  # deux" has its comment after the list. Changed by yq -Y (in another key, or
# not at all) it is "themes: [eau # deux, bois]": the bracket stands in the comment. So is it with
# "{a: 1, b: 2}  # deux", and with -i the file itself is written so. yq ends well; no reader of YAML,
# yq included, takes what it wrote. Where the list is one item a line, nothing of it happens.
#
# Its source: yaml_support.py:85 hands the comment of a line to the first node that ends on it, and of a
# list between brackets that is an item.
#
# Here: records have short lists between brackets, with a remark behind them.
#
# Seen with yq 4.4.5 (the one of PyPI, around jq; here the jq of the package jq 1.13.0) and, which
# refuses to read it, ruamel.yaml 0.19.1, Python 3.11. Exits 0 where it is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check yq==4.4.5 \
    PyYAML==6.0.4 jq==1.13.0 ruamel.yaml==0.19.1
cd "$folder"
# what yq asks of the program jq, by the library that is pinned
cat >venv/bin/jq <<'PYTHON'
#!/usr/bin/env python3
import sys

import jq

print(jq.compile(sys.argv[-1]).input_text(sys.stdin.read()).text())
PYTHON
chmod +x venv/bin/jq
PATH="$folder/venv/bin:$PATH"
export PATH
python - <<'PYTHON'
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

for name in ("yq", "jq"):
    print(name, version(name))


def readable() -> bool:
    try:
        YAML(typ="safe", pure=True).load(Path("fiche.yaml"))
    except YAMLError:
        return False
    return True


SEEN = (
    ("themes: [eau, bois]  # deux", "themes: [eau # deux, bois]", False),
    ("quantite: {valeur: 2, unite: bancs}  # deux", "quantite: {valeur: 2 # deux, unite: bancs}", False),
    ("themes:  # deux\n  - eau\n  - bois", "themes: # deux\n  - eau\n  - bois", True),
)
still = True
for before, seen, good in SEEN:
    Path("fiche.yaml").write_text(f"titre: Un banc\n{before}\n", encoding="utf-8")
    ended = subprocess.run(["yq", "-Y", "-i", '.titre = "Le banc"', "fiche.yaml"], check=False)
    found = Path("fiche.yaml").read_text(encoding="utf-8")
    print(repr(before), "->", repr(found), "ended with", ended.returncode, "readable:", readable())
    still = still and ended.returncode == 0 and found == f"titre: Le banc\n{seen}\n"
    still = still and readable() is good
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
