#!/bin/sh
# marctable, which makes tables of library records, names one of two authors of a book, with the other's year of birth.
#
# Guess: repeated subfields are joined into one text. The guess was wrong: they become a list. But of repeated fields
# only the last is kept.
#
# In MARC a field may be repeated, as 700 is for each further person and 650 for each subject; within one, a subfield
# may be repeatable or not. marctable knows both from the Library of Congress, and its page says that "fields that can
# repeat will appear as a list" in its table. Asked for subfields, in the way that page shows (245a, 650av):
#
# 1. From 700 $a "E., Ada" $d "1979-" $e "auteur" and 700 $a "T., Basile" $e "illustrateur" it has F700a "T., Basile"
#    and F700d "1979-": the person born that year is gone. F700e has both words, so that he is author and illustrator.
# 2. Of two subjects (650) F650a has the last.
# 3. In Parquet nothing is kept: each column is named by the address of an object, and has no value.
#
# Asked for whole fields ("700"), it lists both. No error or warning; the example on its page has only the last of two
# subjects, and does not say so. No issue was found about it.
#
# Source: whether a value is kept beside others or replaces them is decided by the subfield alone, never by its field.
#
# Why it matters here: a town's sources come from a library's catalogue. A table of them credits one of several people,
# with another's dates.
#
# Seen with marctable 0.5.0, pymarc 5.4.0 and pyarrow 26.0.1, Python 3.11. 0.8.0, which wants Python 3.12 and calls its
# option --column, does 1 and 2 too, and not 3. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check marctable==0.5.0 pymarc==5.4.0 pandas==3.1.1 pyarrow==26.0.1
cd "$folder"
cat >books.xml <<'XML'
<collection xmlns="http://www.loc.gov/MARC21/slim"><record>
<leader>00000nam a22000004i 4500</leader><controlfield tag="001">1</controlfield>
<datafield tag="245" ind1="1" ind2="0"><subfield code="a">Un banc</subfield></datafield>
<datafield tag="650" ind1=" " ind2="7"><subfield code="a">Bancs</subfield></datafield>
<datafield tag="650" ind1=" " ind2="7"><subfield code="a">Mares</subfield></datafield>
<datafield tag="700" ind1="1" ind2=" "><subfield code="a">E., Ada</subfield><subfield code="d">1979-</subfield>
<subfield code="e">auteur</subfield></datafield>
<datafield tag="700" ind1="1" ind2=" "><subfield code="a">T., Basile</subfield><subfield code="e">illustrateur</subfield></datafield>
</record></collection>
XML
venv/bin/marctable jsonl --rule 245a --rule 650a --rule 700ade books.xml parts.jsonl
venv/bin/marctable jsonl --rule 650 --rule 700 books.xml whole.jsonl
venv/bin/marctable parquet --rule 700a books.xml parts.parquet
venv/bin/python - <<'PYTHON'
import json
import sys
from pathlib import Path

import pyarrow.parquet

parts, whole = (json.loads(Path(f"{name}.jsonl").read_text()) for name in ("parts", "whole"))
(row,) = pyarrow.parquet.read_table("parts.parquet").to_pylist()
print(parts, whole, row, sep="\n")
still = parts == {
    "F245a": "Un banc",
    "F650a": "Mares",
    "F700a": "T., Basile",
    "F700d": "1979-",
    "F700e": ["auteur", "illustrateur"],
}
still = still and whole == {"F650": ["Bancs", "Mares"], "F700": ["E., Ada 1979- auteur", "T., Basile illustrateur"]}
((column, value),) = row.items()
still = still and "object at 0x" in column and value is None
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
