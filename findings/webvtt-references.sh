#!/bin/sh
# webvtt-py and pysubs2, which read WebVTT, pass its character references on as text, into SRT too.
#
# Guess: "&" and "<", as a player shows them. The guess was wrong.
#
# In WebVTT "&" and "<" can only be written "&amp;" and "&lt;" in a cue, and SRT has no references: a voice that says
# "le pôle R&D" is shown as "le pôle R&amp;D" on the film once its subtitles were converted, and a search for it finds
# nothing. ffmpeg does decode them.
#
# Source: pysubs2's WebVTTFormat is a SubripFormat with other times (formats/webvtt.py:10), and neither library has any
# code to unescape.
#
# Why it matters here: the film of a récit has its voices as WebVTT (ohms/*.vtt), and its subtitles go to players that
# want SRT.
#
# Seen with webvtt-py 0.6.0 and pysubs2 1.8.1, Python 3.11. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check webvtt-py==0.6.0 \
    pysubs2==1.8.1
cd "$folder"
cat >film.vtt <<'VTT'
WEBVTT

00:00:01.000 --> 00:00:02.000
Le pôle R&amp;D, à &lt; 3 km
VTT
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version
from pathlib import Path

import pysubs2
import webvtt

webvtt.read("film.vtt").save_as_srt("film.srt")
found = {
    "webvtt-py": Path("film.srt").read_text(encoding="utf-8").splitlines()[2],
    "pysubs2": pysubs2.load("film.vtt").to_string("srt").splitlines()[2],
}
for name, text in found.items():
    print(name, version(name), "->", text)
still = set(found.values()) == {"Le pôle R&amp;D, à &lt; 3 km"}
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
