#!/bin/sh
# textgrid-convert, asked for the words of one who speaks, writes those of all, under one name.
#
# Guess: quotes are not doubled, as TextGrid wants it. They are not, and its readers get over it; who speaks was found
# beside.
#
# It makes the TextGrid of Praat, and that of DARLA, by which vowels are measured, of the transcripts of Rev and YouTube.
#
# to_darla_textgrid has speaker_id for Rev, "ID of the speaker to keep, will default to first found", and speaker_name for
# YouTube's SBV, by its words the one whom to take out. Of two who speak, whoever is named or nobody, both are in the one
# tier, "sentence", and nothing tells them apart. Nothing is said. One whom the file does not have is refused with an
# error: so who is named is looked at. Made for Praat, each has a tier.
#
# Its source: to_darla_textgrid (revParser.py:131, sbvParser.py:134) puts all passages into those that it had chosen.
#
# Here: who may be heard and who may not is what an archive of voices keeps apart. A researcher who was allowed one voice
# measures, and hands on, both.
#
# Seen with textgrid-convert 1.2.0, which asks for pytest without saying so, Python 3.11. Exits 0 where it is still
# so, else 1.
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
