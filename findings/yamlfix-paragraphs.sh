#!/bin/sh
# yamlfix, which formats YAML, changes the texts in it.
#
# Guess: the spacing of the layout changes, not that of a text. The guess was wrong.
#
# 1. The blank lines of a block ("|" and ">") are removed: two paragraphs become one, and a list is no longer set apart
#    from the sentence before it.
# 2. The line end at the end of a file's last block is gone.
#
# It reports "fixed", and its output is valid: only a reader of the texts can notice.
#
# Source: _fix_whitelines (adapters.py:617 to 636) runs one regular expression over the whole file, blocks included,
# which leaves no blank line where there were two line ends.
#
# Why it matters here: the records of a town are YAML with long texts, and its guide names yamlfix.
#
# Seen with yamlfix 1.19.1 (ruamel.yaml 0.19.1 reads before and after), Python 3.11. Exits 0 where all is still so, else
# 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check yamlfix==1.19.1 ruamel.yaml==0.19.1
cd "$folder"
venv/bin/python - <<'PYTHON'
from pathlib import Path

Path("recit.yaml").write_text("""\
recit: |
  Elle apporte :

  - une vis

  Il pleut.
resume: >
  Un banc.

  Il tient.
fin: |
  Dernier mot.
""", encoding="utf-8")
Path("avant.yaml").write_bytes(Path("recit.yaml").read_bytes())
PYTHON
venv/bin/yamlfix recit.yaml 2>&1
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version
from pathlib import Path

from ruamel.yaml import YAML

print("yamlfix", version("yamlfix"))
before, after = (
    YAML(typ="safe", pure=True).load(Path(name)) for name in ("avant.yaml", "recit.yaml")
)
for key in before:
    print(key, repr(before[key]), "->", repr(after[key]))
still = after == {
    "recit": "Elle apporte :\n- une vis\nIl pleut.\n",
    "resume": "Un banc. Il tient.\n",
    "fin": "Dernier mot.",
}
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
