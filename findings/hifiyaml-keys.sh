#!/bin/sh
# hifiyaml, told to change or drop a key, changes or drops another one, or a comment and the key under it.
#
# Guess: a line in a block of text that looks like the key is taken for it. The guess held, and there is more.
#
# It edits YAML line by line, so that everything else stays as typed. Its guide says that it finds a key by the first
# line that begins with it and a colon. In fact it takes the first line that has both anywhere:
#
# 1. For "titre" it takes "sous-titre" above it: that line is replaced, and the title is there twice; or that line is
#    dropped.
# 2. Where a comment above says "titre: ...", the comment is replaced, and the title is there twice. On drop, the
#    comment goes together with the key under it, whatever that is: a record loses its type.
# 3. Where a text above has "titre:", the line of the text is replaced.
#
# No error or warning. A key given by a path, "voix/0/qui", is looked up in the same way under each part.
#
# Source: f"{s}:" in line (get_start_pos, hifiyaml/core.py:188), which skips comments only afterwards.
#
# Why it matters here: "au", the end of a period, is also the end of "niveau", and "risques" that of "details_risques";
# and comments name keys.
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
