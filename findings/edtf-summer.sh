#!/bin/sh
# edtf of npm and edtf of PyPI give the same date different bounds, and the one of PyPI contradicts its own manual.
#
# Guess: for 1, the same seasons, since both call them "summer"; for 2, the month that the manual promises ("if a date
# is approximate at the month scale, it is padded by a month"). The guess was wrong.
#
# EDTF (ISO 8601-2) writes dates that are only partly known, as archives have them: "2018-22" is summer 2018, "1979-08~"
# is about August 1979.
#
# 1. For the npm library a season is a quarter: spring ends in March, summer in June, and winter is October to December.
#    For the PyPI library summer is June to August, and winter is December alone.
# 2. An approximate month is padded by one month on each side, says the manual of the PyPI library. It pads by a year
#    and a month: August 1979 reaches from July 1978 to September 1980. An approximate day is treated alike.
#
# Source: src/season.js:134 to 168 (npm) gives 21 the first quarter; parser_classes.py:514 to 525 (PyPI) adds the
# padding of the year to that of the month.
#
# Why it matters here: records say "été 2018" and "vers août 1979", which an archive that takes them over writes in
# EDTF.
#
# Seen with edtf 4.11.1 of npm, Node 20, and edtf 5.0.2 of PyPI, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check edtf==5.0.2 pyparsing==3.3.2
cd "$folder"
npm install --silent --no-fund --no-audit edtf@4.11.1 >/dev/null
cat >bounds.mjs <<'JS'
import edtf from 'edtf'
const day = (time) => new Date(time).toISOString().slice(0, 10)
for (const text of process.argv.slice(2)) {
  const read = edtf(text)
  console.log(text, day(read.min), day(read.max))
}
JS
venv/bin/python - <<'PYTHON'
import subprocess
import sys
from importlib.metadata import version
from time import strftime

from edtf import parse_edtf

print("edtf", version("edtf"))
SEEN = {
    # by npm, by PyPI: first and last day
    "2018-21": ("2018-01-01 2018-03-31", "2018-03-01 2018-05-31"),
    "2018-22": ("2018-04-01 2018-06-30", "2018-06-01 2018-08-31"),
    "2018-23": ("2018-07-01 2018-09-30", "2018-09-01 2018-11-30"),
    "2018-24": ("2018-10-01 2018-12-31", "2018-12-01 2018-12-31"),
}
ABOUT = {
    "1979~": "1978-01-01 1980-12-31",
    "1979-08~": "1978-07-01 1980-09-30",
    "1979-08-28~": "1978-07-27 1980-09-29",
}
told = subprocess.run(
    ["node", "bounds.mjs", *SEEN], capture_output=True, check=True, encoding="utf-8"
).stdout
quarters = dict(line.split(" ", 1) for line in told.splitlines())
still = True
for text, (seen_npm, seen_pypi) in SEEN.items():
    read = parse_edtf(text)
    found = " ".join(strftime("%Y-%m-%d", one) for one in (read.lower_strict(), read.upper_strict()))
    print("1.", text, "->", quarters[text], "and", found)
    still = still and (quarters[text], found) == (seen_npm, seen_pypi)
for text, seen in ABOUT.items():
    read = parse_edtf(text)
    found = " ".join(strftime("%Y-%m-%d", one) for one in (read.lower_fuzzy(), read.upper_fuzzy()))
    print("2.", text, "->", found)
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
