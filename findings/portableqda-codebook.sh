#!/bin/sh
# portableqda refuses code books of REFI-QDA that have no sets, and reads the others without their definitions.
#
# Expected: codes with their definitions, or a refusal that says what is not read.
#
# In a code book (.qdc) Codes are required, Sets are not, and a Code may hold a Description and
# other Codes. portableqda's own comment says so, and yet:
#
# 1. A code book without Sets ends in an IndexError.
# 2. With Sets, a code has no description, and the codes in it are not there: a theme is left, its
#    words are gone.
#
# Its source: refi_qda.py:622 takes the second element for Sets even where none is; further down each
# child of a code, its Description too, is "invalid … (i.e. code nesting not supported)", in a line of
# the log.
#
# Here: a dump gives its vocabularies as code books, and their definitions are the point of it.
#
# Seen with portableqda 0.4.2, Python 3.11. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check portableqda==0.4.2
cd "$folder"
venv/bin/python - <<'PYTHON' 2>/dev/null
import sys
from importlib.metadata import version

import portableqda

print("portableqda", version("portableqda"))
GUID = "00000000-0000-4000-8000-00000000000{}".format
CODES = (
    f'<Code guid="{GUID(1)}" name="Effet" isCodable="false">'
    f'<Code guid="{GUID(2)}" name="Entraide" isCodable="true"/></Code>'
    f'<Code guid="{GUID(3)}" name="Savoir" isCodable="true">'
    "<Description>Ce que chacun sait faire.</Description></Code>"
)
SET = f'<Sets><Set guid="{GUID(4)}" name="Choix"><MemberCode guid="{GUID(3)}"/></Set></Sets>'


def read(sets: str) -> object:
    """The codes and their descriptions, or what was raised."""
    with open("mots.qdc", "w", encoding="utf-8") as file:
        file.write(
            '<?xml version="1.0" encoding="utf-8"?><CodeBook '
            f'xmlns="urn:QDA-XML:codebook:1.0" origin="essai"><Codes>{CODES}</Codes>{sets}'
            "</CodeBook>"
        )
    book = portableqda.codebookCls()
    try:
        book.readQdcFile(input="mots.qdc")
    except IndexError as fault:
        return repr(fault)
    return {name: code.description for name, code in book.codes.items()}


without, with_sets = read(""), read(SET)
print("1. without Sets ->", without)
print("2. with Sets ->", with_sets)
still = without == "IndexError('list index out of range')" and with_sets == {
    "Effet": None,
    "Savoir": None,
}
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
