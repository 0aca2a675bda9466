#!/bin/sh
# What Citation.js writes in BibTeX, bibtexparser reads with other letters.
#
# Citation.js writes "é" as "{\' e}", with a blank, which is TeX for it: Citation.js itself, pandoc and
# pylatexenc read it back. bibtexparser is told by convert_to_unicode to do so too. Of "r{\' e}cits" it
# makes "r ́ecits", a blank and an accent that stands on it, and what comes after has a backslash in it.
#
# Seen with @citation-js/core and plugin-bibtex 0.8.2, Node 20, bibtexparser 1.4.3 and pylatexenc 2.10,
# Python 3.11. Exits 0 where it is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check bibtexparser==1.4.3 \
    pyparsing==3.3.2 pylatexenc==2.10 setuptools==65.5.0
cd "$folder"
npm install --silent --no-fund --no-audit \
    @citation-js/core@0.8.2 @citation-js/plugin-bibtex@0.8.2 >/dev/null
node -e '
const { Cite } = require("@citation-js/core")
require("@citation-js/plugin-bibtex")
const said = { type: "dataset", title: "Projets, récits et réunions", author: [{ literal: "Ville" }] }
console.log(new Cite(said).format("bibtex"))
' >a.bib
cat a.bib
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version
from pathlib import Path

import bibtexparser
from bibtexparser.bparser import BibTexParser
from bibtexparser.customization import convert_to_unicode
from pylatexenc.latex2text import LatexNodes2Text

text = Path("a.bib").read_text("utf-8")
[raw] = bibtexparser.loads(text).entries
[read] = bibtexparser.loads(text, BibTexParser(customization=convert_to_unicode)).entries
right = LatexNodes2Text().latex_to_text(raw["title"])
print("bibtexparser", version("bibtexparser"), "->", ascii(read["title"]))
print("pylatexenc", version("pylatexenc"), "->", right)
still = right == "Projets, récits et réunions"
still = still and read["title"] == "Projets, r \u0301ecits et r\\\u00e9unions"
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
