#!/bin/sh
# pybtexris keeps only the first line of an abstract, and makes a year of a full date.
#
# Guess: editors are lost. The guess was wrong: they are kept. Lines and dates were noticed on the way.
#
# It lets pybtex, which prints bibliographies, read RIS, the format in which catalogues and Zotero export references.
#
# 1. A text that continues on the next line, without a tag, goes on: abstracts of several paragraphs are exported so. Of
#    "Un banc.\n\nIl tient." it keeps "Un banc.". No error or warning.
# 2. PY is written YYYY/MM/DD/, followed by anything else: the year becomes "2018/06/03/", also in the key by which the
#    work is cited ("Martin2018/06/03/"), and there is no month.
#
# rispy, which reads RIS too, has the whole abstract.
#
# Source: process_entry (parsers.py:76) skips each line that does not begin with a tag, and takes a date as it is.
#
# Why it matters here: the sources of a récit come from a library's catalogue, and the abstract says why to read them.
#
# Seen with pybtexris 0.2.0, pybtex 0.26.1 and rispy 0.10.0, Python 3.11. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pybtexris==0.2.0 pybtex==0.26.1 rispy==0.10.0 \
    setuptools==80.9.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version

import rispy
from pybtex.database import parse_string

for name in ("pybtexris", "pybtex", "rispy"):
    print(name, version(name))
NOTICE = "TY  - JOUR\nAU  - Martin, Ada\nTI  - Le banc\n{}\nER  - \n"
SEEN = (
    ("PY  - 2018\nAB  - Un banc.\n\nIl tient.", ("Martin2018", "2018", "Un banc.", "Un banc. Il tient.")),
    ("PY  - 2018/06/03/\nAB  - Un banc.", ("Martin2018/06/03/", "2018/06/03/", "Un banc.", "Un banc.")),
    # as it should be
    ("PY  - 2018\nAB  - Un banc.", ("Martin2018", "2018", "Un banc.", "Un banc.")),
)
still = True
for lines, seen in SEEN:
    [[key, entry]] = parse_string(NOTICE.format(lines), "ris").entries.items()
    [other] = rispy.loads(NOTICE.format(lines))
    found = (key, entry.fields["year"], entry.fields["abstract"], " ".join(other["abstract"].split()))
    print(repr(lines), "->", found, "month" in entry.fields)
    still = still and found == seen and "month" not in entry.fields
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
