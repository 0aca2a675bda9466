#!/bin/sh
# pymods sorts the two ends of a period alphabetically, and makes a period of one date that is given twice.
#
# Guess: "about" is lost. The guess held: the text is the year alone. The order was noticed on the way.
#
# It reads MODS, the records of libraries and of image and sound archives, for those who publish them.
#
# 1. In MODS each end of a period says which it is (point="start", point="end"). pymods sorts both as text: from 3 June
#    2018 to 12 May 2019, in words, becomes "12 mai 2019 - 3 juin 2018".
# 2. A record may give one date twice, for people and in an encoding for machines. June 2018 then becomes a period,
#    "2018-06 - juin 2018".
# 3. Where a record says when a photograph was taken and when it was published, the first date is missing. Where it
#    gives the two ends of a period and its words for people, there is no date at all.
#
# No error or warning; its own description of "dates" says that they are made of all four elements that it knows. In
# MODS dates may come in any number and order (originInfo is an unbounded choice in its schema). Beside the texts of 1
# and 2 the elements themselves are available, with their attributes.
#
# Source: _date_text (pymods/record.py:579) sorts the texts of two dates and looks at no attribute; for three it returns
# nothing, which dates takes for none; _date_collector (568) gives the first kind of date that it finds.
#
# Why it matters here: an interview was given over a year, and is shown as one that ended before it began.
#
# Seen with pymods 2.0.14, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pymods==2.0.14
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version
from pathlib import Path

from pymods import MODSReader

print("pymods", version("pymods"))


def dates(told: str) -> list[str]:
    card = (
        '<?xml version="1.0" encoding="UTF-8"?><mods xmlns="http://www.loc.gov/mods/v3" version="3.7">'
        f"<titleInfo><title>Un banc</title></titleInfo><originInfo>{told}</originInfo></mods>"
    )
    Path("card.xml").write_text(card, encoding="utf-8")
    [record] = MODSReader("card.xml")
    return [date.text for date in record.dates or []]


START, END = '<dateCreated point="start">{}</dateCreated>', '<dateCreated point="end">{}</dateCreated>'
FIGURES = '<dateCreated encoding="w3cdtf">2018-06</dateCreated>'
SEEN = (
    (START.format("3 juin 2018") + END.format("12 mai 2019"), ["12 mai 2019 - 3 juin 2018"]),
    (f"{FIGURES}<dateCreated>juin 2018</dateCreated>", ["2018-06 - juin 2018"]),
    ("<dateCreated>1979</dateCreated><dateIssued>2018</dateIssued>", ["2018"]),
    (START.format("1979") + END.format("1981") + "<dateCreated>de 1979 à 1981</dateCreated>", []),
    ('<dateCreated qualifier="approximate">1979</dateCreated>', ["1979"]),
    # as it should be
    (START.format("1979") + END.format("1981"), ["1979 - 1981"]),
    (FIGURES, ["2018-06"]),
)
still = True
for told, words in SEEN:
    found = dates(told)
    print(told, "->", found)
    still = still and found == words
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
