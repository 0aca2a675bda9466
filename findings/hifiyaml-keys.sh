#!/bin/sh
# hifiyaml, told to change or to drop a key, does it to another one, or to a comment with the key under it.
#
# Guess: a line in a block of text that looks like the key is taken for it. It is; so is more.
#
# It changes YAML as lines, so that all else stays as it is typed. Its guide says how it finds a key: by the first line
# that begins with it and a colon. It takes the first line that has both anywhere:
#
# 1. "titre" under "sous-titre" is "sous-titre": that line is replaced, and the title is there twice, or that line dropped.
# 2. Where a comment before says "titre: ...", the comment is replaced, and the title is there twice. Dropped, the comment
#    goes with the key under it, whatever that one is: the type of a record is gone.
# 3. Where a text before has "titre:", the line of the text is replaced.
#
# Nothing is said of any. A key that is named with a path, "voix/0/qui", is looked for the same way under each part.
#
# Its source: f"{s}:" in line (get_start_pos, hifiyaml/core.py:188), where comments are passed over only afterwards.
#
# Here: the end of a period, "au", is the end of "niveau" too, "risques" that of "details_risques"; and comments name keys.
#
# Seen with hifiyaml 0.2.2, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check hifiyaml==0.2.2
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version
from pathlib import Path

import hifiyaml

print("hifiyaml", version("hifiyaml"))


def changed(*lines: str) -> list[str]:
    """The lines once the title was set."""
    Path("fiche.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    record = hifiyaml.load("fiche.yaml")
    hifiyaml.modify(record, "titre", "titre: Puits")
    return record


def dropped(*lines: str) -> list[str]:
    """The lines once the title was dropped."""
    Path("fiche.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    record = hifiyaml.load("fiche.yaml")
    hifiyaml.drop(record, "titre")
    return record


BEHIND = ("sous-titre: Un banc vert", "titre: Banc")
COMMENT = ("# titre: ce que dit la pancarte", "type: projet", "titre: Banc")
TEXT = ("resume: |", "  Son titre: Banc.", "  Il est vert.", "titre: Banc")
SEEN = (
    (BEHIND, changed(*BEHIND), ["titre: Puits", "titre: Banc"]),
    (BEHIND, dropped(*BEHIND), ["titre: Banc"]),
    (COMMENT, changed(*COMMENT), ["titre: Puits", "type: projet", "titre: Banc"]),
    (COMMENT, dropped(*COMMENT), ["titre: Banc"]),
    (TEXT, changed(*TEXT), ["resume: |", "  titre: Puits", "  Il est vert.", "titre: Banc"]),
    # as it should be
    (BEHIND[::-1], changed(*BEHIND[::-1]), ["titre: Puits", "sous-titre: Un banc vert"]),
)
still = True
for before, found, words in SEEN:
    print(list(before), "->", found)
    still = still and found == words
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
