#!/bin/sh
# fastgedcom takes the day of a French Republican date for its year; pygedcom loses the date, and ends of periods.
#
# Guess: dates of the French Republican calendar are read as nothing, or as years of the first century. The guess held
# for both; the day taken for a year and the periods were noticed on the way.
#
# GEDCOM 5.5.1 supports that calendar, in which France kept its civil registers from 1792 to 1806: the 12 Vendémiaire of
# year III is "@#DFRENCH R@ 12 VEND 3".
#
# 1. fastgedcom says that its year is 12, which is the day; for the 5 COMP 11 it says 11. Either way it is a year of
#    Antiquity.
# 2. pygedcom exports such a birth without a date.
# 3. pygedcom exports "FROM 1820 TO 1845" without either year, and "BET 1850 AND 1851" with only the second; of an
#    interpreted date (INT) only the keyword is left.
#
# No error or warning. ged4py reads all of them correctly.
#
# Source: extract_year (fastgedcom/helpers.py:197) sorts the numbers by length and takes the last of the longest;
# __parse_date of pygedcom (elements/subElements/date.py) only knows years of four digits, "FROM" never looks for its
# "TO", and for "BET" the part before "AND" is not separated from the rest.
#
# Why it matters here: genealogists leave their work on a town's families to its archive, and its registers of those
# fourteen years have such dates.
#
# Seen with fastgedcom 1.1.4, pygedcom 0.2.3 and ged4py 0.5.5, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check fastgedcom==1.1.4 pygedcom==0.2.3 \
    ged4py==0.5.5
cd "$folder"
venv/bin/python - <<'PYTHON'
import json
import sys
from importlib.metadata import version
from pathlib import Path

from fastgedcom.helpers import extract_int_year
from fastgedcom.parser import strict_parse
from ged4py import GedcomReader
from pygedcom import GedcomParser

for name in ("fastgedcom", "pygedcom", "ged4py"):
    print(name, version(name))
FAMILY = """0 HEAD
1 SOUR ARCHIVE
1 SUBM @U1@
1 GEDC
2 VERS 5.5.1
2 FORM LINEAGE-LINKED
1 CHAR UTF-8
0 @U1@ SUBM
1 NAME Ada E.
0 @I1@ INDI
1 NAME Jean /B./
1 BIRT
2 DATE {}
0 TRLR
"""
DAY, MONTH = "@#DFRENCH R@ 12 VEND 3", "@#DFRENCH R@ VEND 3"
# what fastgedcom says of the year, pygedcom of the date, and ged4py of both
SEEN = {
    DAY: (12, None, DAY),
    "@#DFRENCH R@ 5 COMP 11": (11, None, "@#DFRENCH R@ 5 COMP 11"),
    MONTH: (3, None, MONTH),
    "FROM 1820 TO 1845": (1832.5, {"tag": "FROM"}, "FROM 1820 TO 1845"),
    "BET 1850 AND 1851": (1850.5, {"tag": "BET", "year1": "1851"}, "BETWEEN 1850 AND 1851"),
    "INT 1796 (vers la Saint-Jean)": (1796, {"tag": "INT"}, "INTERPRETED 1796 (vers la Saint-Jean)"),
    # as it should be
    "3 OCT 1794": (1794, {"day": "3", "month": "OCT", "year": "1794"}, "3 OCT 1794"),
}
still = True
for date, seen in SEEN.items():
    Path("a.ged").write_text(FAMILY.format(date), "utf-8")
    birth = strict_parse("a.ged")["@I1@"].get_sub_line("BIRT")
    parser = GedcomParser("a.ged")
    parser.parse()
    exported = json.loads(parser.export(empty_fields=False))["individuals"]["@I1@"]
    with GedcomReader("a.ged") as reader:
        [person] = reader.records0("INDI")
        right = str(person.sub_tag_value("BIRT/DATE"))
    found = (
        extract_int_year(birth.get_sub_line_payload("DATE")),
        exported.get("birth", {}).get("date"),
        right,
    )
    print(date, "->", *found)
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
