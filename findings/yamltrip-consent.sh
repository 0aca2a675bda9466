#!/bin/sh
# yamltrip, told to write "non" for somebody's consent, makes "non" that person's name, and drops the consent.
#
# Guess: the comments beside a value are lost. They are kept, one of them as words of a text; the rest was found beside.
#
# It changes a value in a file of YAML "while respecting format and comments".
#
# 1. In a mapping between braces with several keys, "{nom: Basile, accord: oui}", replace and upsert write the new value to
#    the first key, whichever was named, and leave no other: {nom: non}. In a list of such voices, one that was changed has
#    lost all else. Where each key has its line, and between braces with one key, the right one is changed.
# 2. Where one line with a comment behind it becomes a text of several, the comment is the end of that text.
# 3. A text in a block ("|") that gets a new one loses the blanks that its lines begin with: a list under a point of a list
#    is one list. A text that is added (add, upsert) loses them too; one that was not a block before keeps them.
#
# Nothing is said; among its own limits (multi-document streams, tags, anchors, …) neither is.
#
# Its source: yamlpatch, on which it stands (crates/yamlpatch/src/lib.rs): handle_flow_mapping_value_replacement writes the
# words before the first colon and the new value, which is known there (issue 1579); apply_value_replacement puts the
# lines of a block where the value stood, before the comment, and, like indent_multiline_yaml, takes the blanks off them.
#
# Here: a record of loosbot may have its voices between braces, and what somebody agreed to is such a value; a comment is
# where those who edit it note what is not for all to read.
#
# Seen with yamltrip 0.6.0 (yamlpatch 1.24.1) and, to read what it wrote, ruamel.yaml 0.19.1, Python 3.11. Exits 0 where
# all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check yamltrip==0.6.0 ruamel.yaml==0.19.1
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import yamltrip
from ruamel.yaml import YAML

for name in ("yamltrip", "ruamel.yaml"):
    print(name, version(name))
VOICES = "voix:\n- {nom: Ada, accord: oui}\n- {nom: Basile, accord: oui}  # vu le 3 juin\n"
LINES = "voix:\n- nom: Basile\n  accord: oui\n"
POINTS = "- eau\n  - source\n- bois\n"
FLAT = "- eau\n- source\n- bois\n"


def read(document: yamltrip.Document) -> object:
    return YAML(typ="safe", pure=True).load(document.dumps())


load = yamltrip.loads
SEEN = (
    (
        "replace",
        load(VOICES).replace("voix", 1, "accord", value="non"),
        {"voix": [{"nom": "Ada", "accord": "oui"}, {"nom": "non"}]},
    ),
    (
        "upsert",
        load(VOICES).upsert("voix", 1, "accord", value="non"),
        {"voix": [{"nom": "Ada", "accord": "oui"}, {"nom": "non"}]},
    ),
    (
        "replace a line with a comment",
        load("recit: Un banc.  # tu par Ada\ntitre: Banc\n").replace("recit", value="Un banc.\nIl tient.\n"),
        {"recit": "Un banc.\nIl tient.  # tu par Ada\n", "titre": "Banc"},
    ),
    ("replace a block", load("recit: |\n  Un banc.\n").replace("recit", value=POINTS), {"recit": FLAT}),
    ("add", load("titre: Banc\n").add(key="recit", value=POINTS), {"titre": "Banc", "recit": FLAT}),
    ("upsert a new one", load("titre: Banc\n").upsert("recit", value=POINTS), {"titre": "Banc", "recit": FLAT}),
    # as it should be
    (
        "replace, a key a line",
        load(LINES).replace("voix", 0, "accord", value="non"),
        {"voix": [{"nom": "Basile", "accord": "non"}]},
    ),
    (
        "replace the only key",
        load("voix: {nom: Ada}  # vue\n").replace("voix", "nom", value="Zoé"),
        {"voix": {"nom": "Zoé"}},
    ),
    ("replace a line", load("recit: Un banc.\n").replace("recit", value=POINTS), {"recit": POINTS}),
)
still = True
for what, document, seen in SEEN:
    print(what, "->", repr(document.dumps()))
    still = still and read(document) == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
