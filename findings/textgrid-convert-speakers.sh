#!/bin/sh
# textgrid-convert, asked for the words of one speaker, writes everyone's, under one name.
#
# Guess: quotes are not doubled, as TextGrid requires. The guess held, and its readers cope with it; the speakers were
# noticed on the way.
#
# It converts transcripts from Rev and YouTube into Praat's TextGrid, and into that of DARLA, which measures vowels.
#
# to_darla_textgrid has speaker_id for Rev, "ID of the speaker to keep, will default to first found", and speaker_name
# for YouTube's SBV, in its words the one to take out. With two speakers, whether one or none is named, both are in the
# single tier, "sentence", and nothing tells them apart. A speaker who is not in the file is refused with an error, so
# the name is looked at. Converted for Praat, each has a tier.
#
# No error or warning otherwise.
#
# Source: to_darla_textgrid (revParser.py:131, sbvParser.py:134) adds all passages to those that it had chosen.
#
# Why it matters here: an archive of voices keeps apart who may be heard and who may not. A researcher who was allowed
# one voice measures, and passes on, both.
#
# Seen with textgrid-convert 1.2.0, which asks for pytest without saying so, Python 3.11. Exits 0 where it is still so,
# else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check textgrid-convert==1.2.0 pytest==9.2.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import json
import logging
import re
import sys
from importlib.metadata import version

logging.disable(logging.CRITICAL)
from textgrid_convert.revParser import revParser
from textgrid_convert.sbvParser import sbvParser

print("textgrid-convert", version("textgrid-convert"))
ADA, BASILE = "Un banc.", "Ne le dites pas."


def rev(*spoken: tuple[int, str, str, str]) -> str:
    """A transcript of Rev: who speaks, from, to, what."""
    monologues = [
        {
            "speaker": who,
            "speaker_id": who,
            "speaker_name": ("ADA", "BASILE")[who],
            "elements": [{"type": "text", "value": words, "timestamp": start, "end_timestamp": end}],
        }
        for who, start, end, words in spoken
    ]
    return json.dumps({"speakers": [{"id": 0, "name": "ADA"}, {"id": 1, "name": "BASILE"}], "monologues": monologues})


def tiers(grid: str) -> dict[str, list[tuple[str, str, str]]]:
    """Of each tier of a TextGrid, its intervals: from, to, what."""
    parts = re.split(r'name = "(.*)"', grid)[1:]
    interval = re.compile(r'intervals \[\d+\]:\s+xmin = (\S+)\s+xmax = (\S+)\s+text = "(.*)"')
    return {name: interval.findall(part) for name, part in zip(parts[::2], parts[1::2], strict=True)}


AFTER = rev((0, "00:00:01,000", "00:00:02,000", ADA), (1, "00:00:03,000", "00:00:04,000", BASILE))
SBV = f"0:00:01.000,0:00:02.000\nADA: {ADA}\n\n0:00:03.000,0:00:04.000\nBASILE: {BASILE}\n\n"
BOTH = {"sentence": [("1.0", "2.0", ADA), ("3.0", "4.0", BASILE)]}
SEEN = (
    ("Rev, the first", tiers(revParser(AFTER).to_darla_textgrid(speaker_id=0)), BOTH),
    ("Rev, the second", tiers(revParser(AFTER).to_darla_textgrid(speaker_id=1)), BOTH),
    ("SBV, ADA", tiers(sbvParser(SBV).to_darla_textgrid(speaker_name="ADA")), BOTH),
    # as it should be
    (
        "Rev, for Praat",
        tiers(revParser(AFTER).to_textgrid()),
        {"BASILE": [("3.0", "4.0", BASILE)], "ADA": [("1.0", "2.0", ADA)]},
    ),
)
still = True
for what, found, words in SEEN:
    print(what, "->", found)
    still = still and found == words
try:
    revParser(AFTER).to_darla_textgrid(speaker_id=7)
    still = False
except ValueError as error:
    print("Rev, nobody ->", error)
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
