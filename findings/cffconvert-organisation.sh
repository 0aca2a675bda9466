#!/bin/sh
# cffconvert turns a town into a person: first name Commune, family name Loos-en-Gohelle.
#
# Guess: the BibTeX may lack its braces. The guess held; the other two were unexpected, since CFF 1.2 tells an
# organisation from a person.
#
# In a CITATION.cff, an author with a "name" is an organisation, and "type: dataset" means data.
#
# 1. The BibTeX gives the name without the braces that keep it whole: a reader of BibTeX takes "Commune" for its first
#    name, "de" for a particle, and its last word for the family name.
# 2. The schema.org output says that the organisation is a Person, and that the data are source code.
# 3. The RIS record ends in "ER" without the two blanks and the dash that the format requires.
#
# Source: behavior_shared/schemaorg_author_shared.py says "Person" in every branch (79 to 240);
# schemaorg_object_shared.py:45 and ris_object_shared.py:45 are constants.
#
# Why it matters here: a dump belongs to the town, and others make their citations from its CITATION.cff.
#
# Seen with cffconvert 2.0.0 and pybtex 0.26.1, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check cffconvert==2.0.0 \
    pybtex==0.26.1 setuptools==65.5.0
cd "$folder"
cat >CITATION.cff <<'CFF'
cff-version: 1.2.0
message: Si vous employez ces données, citez-les ainsi.
type: dataset
title: Projets et récits
authors:
  - name: Commune de Loos-en-Gohelle
date-released: 2026-11-29
CFF
venv/bin/cffconvert --validate
for form in bibtex schema.org ris; do
    venv/bin/cffconvert --format "$form" --outfile "citation.$form"
done
venv/bin/python - <<'PYTHON'
import json
import sys
from importlib.metadata import version
from pathlib import Path

from pybtex.database import parse_file

for name in ("cffconvert", "pybtex"):
    print(name, version(name))
[entry] = parse_file("citation.bibtex", "bibtex").entries.values()
[author] = entry.persons["author"]
parts = author.first_names, author.prelast_names, author.last_names
described = json.loads(Path("citation.schema.org").read_text("utf-8"))
kinds = described["@type"], described["author"][0]["@type"]
end = Path("citation.ris").read_text("utf-8").splitlines()[-1]
print("1. first, particle, last ->", *parts)
print("2. what, by whom ->", *kinds)
print("3. last line ->", repr(end))
still = (
    parts == (["Commune"], ["de"], ["Loos-en-Gohelle"]),
    kinds == ("SoftwareSourceCode", "Person"),
    end == "ER",
)
print("still so:", still)
sys.exit(0 if all(still) else 1)
PYTHON
