#!/bin/sh
# lossless-yaml, which changes one value and leaves all else byte for byte, joins two paragraphs, and adds to a list.
#
# Guess: a block of text changes where a line of it has "#" or looks like a key. It does not; what is around it does.
#
# Its page promises "Byte-for-byte preservation of unchanged content" and, below an example, "No comment loss". Where the
# title of a record is changed, and nothing else:
#
# 1. A text of two paragraphs behind ">" is one: the blank line between them is gone, and the lines of each are one line.
# 2. A list with a comment behind an item has items more, that are empty: of "eau" and "bois" with a comment, four. Behind
#    an item with keys of its own, the comment is gone.
# 3. A text behind its key that goes on in further lines is written so that no reader of YAML takes the file.
# 4. A text behind "|" has two blank lines more behind it, at each change; 1.50 is 1.5.
# 5. A new value that is the text "01001", the code of a commune, is the number 1001 for who reads the file.
#
# Nothing is said, and save() ends well. Of what it does not do its page names other things: binary data, streams of
# several documents, anchors.
#
# Its source: the whole file is written again (yaya/document.py, emitter.py), from texts as ruamel.yaml read them, folded
# already.
#
# Here: the long texts of a town's records are what else there is in a file in which a program changes one value.
#
# Seen with lossless-yaml 0.3.0 and ruamel.yaml 0.19.1, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check lossless-yaml==0.3.0 ruamel.yaml==0.19.1
cd "$folder"
venv/bin/python -W ignore - <<'PYTHON'
import sys
from importlib.metadata import version
from pathlib import Path

from ruamel.yaml import YAML, YAMLError
from yaya import YAYA

for name in ("lossless-yaml", "ruamel.yaml"):
    print(name, version(name))
FILE = Path("fiche.yaml")


def changed(before: str, how: str = "replace_key", key: str = "titre", value: str = "Puits") -> tuple[str, object]:
    """The file once one value was set, and what a reader has of it."""
    FILE.write_text(before, encoding="utf-8")
    document = YAYA.load(FILE)
    getattr(document, how)(key, value)
    document.save()
    try:
        read = dict(YAML(typ="safe").load(FILE))
    except YAMLError:
        read = "no YAML"
    return FILE.read_text(encoding="utf-8"), read


SEEN = (
    (
        "texte: >\n  Un banc\n  vert.\n\n  Il tient.\n",
        "texte: >\n  Un banc vert.\n  Il tient.\n\n\n",
        {"texte": "Un banc vert. Il tient.\n"},
    ),
    (
        "themes:\n  - eau # ou air ?\n  - bois\n",
        "themes:\n  - # ou air ?\n  - \n  - eau\n  - bois\n",
        {"themes": [None, None, "eau", "bois"]},
    ),
    (
        "voix:\n  - qui: Ada\n  # le lendemain\n  - qui: Basile\n",
        "voix:\n  - qui: Ada\n  - qui: Basile\n",
        {"voix": [{"qui": "Ada"}, {"qui": "Basile"}]},
    ),
    ("texte: Un banc\n  vert.\n\n  Il tient.\n", "texte: Un banc vert.\nIl tient.\n", "no YAML"),
    (
        "texte: |\n  Un banc.\nprix: 1.50\n",
        "texte: |\n  Un banc.\n\n\nprix: 1.5\n",
        {"texte": "Un banc.\n", "prix": 1.5},
    ),
    # as it should be
    ("lieu: x  # ici\n", "lieu: x  # ici\n", {"lieu": "x"}),
)
still = True
for before, after, read in SEEN:
    found = changed("titre: Banc\n" + before)
    print(repr(before), "->", repr(found[0]), found[1])
    wanted = read if isinstance(read, str) else {"titre": "Puits", **read}
    still = still and found == ("titre: Puits\n" + after, wanted)
for how, before, after in (
    ("add_key", "titre: Banc\n", "titre: Banc\ninsee: 01001\n"),
    # as it should be
    ("replace_key", 'insee: "62528"\n', 'insee: "01001"\n'),
):
    found = changed(before, how, "insee", "01001")
    print(how, repr(before), "->", repr(found[0]), found[1])
    still = still and found[0] == after
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
