#!/bin/sh
# marctable, which makes tables of a library's records, names one of two who wrote a book, with the other's year of birth.
#
# Guess: subfields that come again are joined into one text. They are a list; of fields that come again the last is left.
#
# In MARC a field may come again, as 700 does for each further person and 650 for each subject; within one, a subfield may come
# again or not. marctable knows both from the Library of Congress, and "fields that can repeat will appear as a list" in its
# table, by its page. Asked for subfields, as that page has it do (245a, 650av):
#
# 1. Of 700 $a "E., Ada" $d "1979-" $e "auteur" and 700 $a "T., Basile" $e "illustrateur" it has F700a "T., Basile" and F700d
#    "1979-": who was born that year is nowhere. F700e has both words, so that he is author and illustrator.
# 2. Of two subjects (650) F650a has the last.
# 3. As Parquet nothing is there: each column has the address of an object for its name, and no value.
#
# Asked for whole fields ("700"), it lists both. Nothing is said; the example of its page has, of two subjects, the last, and
# does not say so. Its issues were looked for.
#
# Its source: whether a value is kept beside others or replaces them is asked of the subfield alone, never of its field.
#
# Here: sources of a town come from a library's catalogue; a table of them credits one of several, with another's dates.
#
# Seen with marctable 0.5.0, pymarc 5.4.0 and pyarrow 26.0.1, Python 3.11. 0.8.0, which wants Python 3.12 and calls its option
# --column, does 1 and 2 too, and not 3. Exits 0 where all is still so, else 1.
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
