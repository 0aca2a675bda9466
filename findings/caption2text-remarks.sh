#!/bin/sh
# caption2text makes words of an interview of what somebody noted for themselves, and leaves out the year that somebody said.
#
# Guess: a cue that says what the one before said is left out, or the hours without hours stay. The first is kept, the second do
# stay; remarks and years were found by running it.
#
# It makes "plain text transcripts" of WebVTT and SubRip. In WebVTT a block that begins with NOTE is a remark, which nobody who
# watches is shown, STYLE says how its cues look, and a cue may have a name over its times and times without hours (4.1).
#
# 1. WebVTT: "NOTE à vérifier avec la famille" is a line of the transcript, and so are STYLE with what follows, the names of
#    cues, and "00:05.000 --> 00:06.000".
# 2. SubRip: a line that has figures alone, such as a year, is gone: it is taken for the number of a cue.
# 3. What somebody said between braces is gone in both, and "&amp;" is a word.
#
# Nothing is said; its page, which names the two formats and no limit, was read, and its issues were looked for.
#
# Its source: converter.py takes out with expressions what looks like a head, a time, a number or a tag, and keeps all else.
#
# Here: the voices of the films of récits are WebVTT (ohms/*.vtt); who hands on their text by it hands on the remarks too.
#
# Seen with caption2text 0.1.2, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check caption2text==0.1.2
cd "$folder"
cat >talk.vtt <<'VTT'
WEBVTT

NOTE à vérifier avec la famille

STYLE
::cue { color: yellow }

début
00:00:01.000 --> 00:00:02.000
<v Ada>Un banc &amp; un parc {rires}

00:05.000 --> 00:06.000
1979
VTT
cat >talk.srt <<'SRT'
1
00:00:01,000 --> 00:00:02,000
C'était en

2
00:00:02,000 --> 00:00:03,000
1979

3
00:00:03,000 --> 00:00:04,000
Un banc {rires}
SRT
venv/bin/python - <<'PYTHON'
import logging
import sys

from caption2text import srt_to_transcript, vtt_to_transcript

logging.disable()
SEEN = [
    "NOTE à vérifier avec la famille",
    "STYLE",
    "::cue",
    "début",
    "Un banc &amp; un parc",
    "00:05.000 --> 00:06.000",
    "1979",
]
vtt, srt = vtt_to_transcript("talk.vtt").splitlines(), srt_to_transcript("talk.srt").splitlines()
print(vtt, srt, sep="\n")
still = vtt == SEEN and srt == ["C'était en", "Un banc"]
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
