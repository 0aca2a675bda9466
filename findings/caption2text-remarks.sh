#!/bin/sh
# caption2text puts an editor's private notes into an interview's transcript, and drops a year that somebody said.
#
# Guess: a cue that repeats the one before is dropped, or times without hours stay. The first was wrong, it is kept; the
# second held. Notes and years were noticed on the way.
#
# It makes "plain text transcripts" of WebVTT and SubRip. In WebVTT a block that begins with NOTE is a comment that
# viewers never see, STYLE says how cues look, and a cue may have a name above its times, and times without hours (4.1).
#
# 1. WebVTT: "NOTE à vérifier avec la famille" becomes a line of the transcript, and so do STYLE and what follows it,
#    the names of cues, and "00:05.000 --> 00:06.000".
# 2. SubRip: a line of figures alone, such as a year, is dropped: it is taken for the number of a cue.
# 3. In both formats, what somebody said between braces is dropped, and "&amp;" stays as it is.
#
# No error or warning. Its page names the two formats and no limit; no issue was found about it.
#
# Source: converter.py removes with regular expressions what looks like a header, a time, a number or a tag, and keeps
# everything else.
#
# Why it matters here: the voices in the films of récits are WebVTT (ohms/*.vtt). Passing on their text with it passes
# the notes on too.
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
