#!/bin/sh
# pympi, which converts an ELAN transcription into a Praat TextGrid, leaves out sentences and words.
#
# Guess: what refers to another annotation is lost, or is put at second 0. The guess held in part: one annotation is
# kept, the others are lost.
#
# ELAN and Praat are what interviews are transcribed with. In ELAN a passage with its times may be divided into
# sentences of which only the outer bounds are known (Time_Subdivision; TIME_VALUE of a slot is optional in its schema),
# and into words in order, without times of their own (Symbolic_Subdivision). A Praat tier has one interval at a time:
# to be kept, they need parts of the passage's time, or else an error is due.
#
# 1. A passage divided into two sentences has none in the TextGrid: the tier is there and empty.
# 2. Of the words of a passage, only the first is there, over its whole length.
#
# No error or warning. pympi itself has them all before, and the passage is kept whole. Its page says that it converts
# each format into the other; about to_textgrid it says that a filter may leave tiers out, and nothing about
# annotations.
#
# Source: to_textgrid (pympi/Elan.py:1415) has "except: pass" around each interval: for a time that is None, and for an
# overlap with another interval, which add_interval (Praat.py:407) refuses.
#
# Why it matters here: sentences and words that somebody divided or marked are gone from the file that goes on to the
# other program, and from what is counted there.
#
# Seen with pympi-ling 1.71, Python 3.11. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pympi-ling==1.71
cd "$folder"
cat >banc.eaf <<'EAF'
<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT AUTHOR="" DATE="2018-06-12T10:00:00+02:00" FORMAT="3.0" VERSION="3.0"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xsi:noNamespaceSchemaLocation="http://www.mpi.nl/tools/elan/EAFv3.0.xsd">
  <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"/>
  <TIME_ORDER>
    <TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="0"/>
    <TIME_SLOT TIME_SLOT_ID="ts2"/>
    <TIME_SLOT TIME_SLOT_ID="ts3" TIME_VALUE="3000"/>
  </TIME_ORDER>
  <TIER LINGUISTIC_TYPE_REF="passage" PARTICIPANT="Ada E." TIER_ID="passages">
    <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts3">
      <ANNOTATION_VALUE>Le banc était là. On y venait.</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
  </TIER>
  <TIER LINGUISTIC_TYPE_REF="phrase" PARENT_REF="passages" TIER_ID="phrases">
    <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a2" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2">
      <ANNOTATION_VALUE>Le banc était là.</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
    <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a3" TIME_SLOT_REF1="ts2" TIME_SLOT_REF2="ts3">
      <ANNOTATION_VALUE>On y venait.</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
  </TIER>
  <TIER LINGUISTIC_TYPE_REF="mot" PARENT_REF="passages" TIER_ID="mots">
    <ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a4" ANNOTATION_REF="a1">
      <ANNOTATION_VALUE>banc</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>
    <ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a5" ANNOTATION_REF="a1" PREVIOUS_ANNOTATION="a4">
      <ANNOTATION_VALUE>venait</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>
  </TIER>
  <LINGUISTIC_TYPE GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="passage" TIME_ALIGNABLE="true"/>
  <LINGUISTIC_TYPE CONSTRAINTS="Time_Subdivision" GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="phrase"
      TIME_ALIGNABLE="true"/>
  <LINGUISTIC_TYPE CONSTRAINTS="Symbolic_Subdivision" GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="mot"
      TIME_ALIGNABLE="false"/>
  <CONSTRAINT DESCRIPTION="parts of a passage, without gaps" STEREOTYPE="Time_Subdivision"/>
  <CONSTRAINT DESCRIPTION="parts of a passage, in their order" STEREOTYPE="Symbolic_Subdivision"/>
</ANNOTATION_DOCUMENT>
EAF
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version

from pympi.Elan import Eaf

print("pympi-ling", version("pympi-ling"))
interview = Eaf("banc.eaf")
grid = {tier.name: list(tier.get_intervals()) for tier in interview.to_textgrid().get_tiers()}
SEEN = {
    # as it should be
    "passages": (["Le banc était là. On y venait."], [(0.0, 3.0, "Le banc était là. On y venait.")]),
    "phrases": (["Le banc était là.", "On y venait."], []),
    "mots": (["banc", "venait"], [(0.0, 3.0, "banc")]),
}
still = True
for tier, words in SEEN.items():
    before = [annotation[2] for annotation in interview.get_annotation_data_for_tier(tier)]
    print(tier, before, "->", grid[tier])
    still = still and (before, grid[tier]) == words
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
