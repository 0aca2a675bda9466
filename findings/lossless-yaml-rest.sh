#!/bin/sh
# lossless-yaml, which should change one value and nothing else, joins two paragraphs and adds items to a list.
#
# Guess: a block of text changes where a line of it has "#" or looks like a key. The guess was wrong: the block is kept,
# but what surrounds it changes.
#
# Its page promises "Byte-for-byte preservation of unchanged content" and, below an example, "No comment loss". When
# only the title of a record is changed:
#
# 1. A text of two paragraphs after ">" becomes one: the blank line between them is gone, and the lines of each are
#    joined.
# 2. A list with a comment after an item gains empty items: "eau" and "bois" with a comment become four. After an item
#    with keys of its own, the comment is lost.
# 3. A plain text that starts after its key and continues on further lines is written so that no YAML reader accepts the
#    file.
# 4. A text after "|" gains two blank lines at each change; 1.50 becomes 1.5.
# 5. A new value that is the text "01001", the code of a commune, is read from the file as the number 1001.
#
# No error or warning, and save() succeeds. The limits on its page are others: binary data, streams of several
# documents, anchors.
#
# Source: the whole file is written again (yaya/document.py, emitter.py), from texts as ruamel.yaml read them, already
# folded.
#
# Why it matters here: a program changes one value in a file, and the rest of the file is the long texts of a town's
# records.
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
