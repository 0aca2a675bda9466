#!/bin/sh
# podcast-transcript-convert keeps only the last paragraph of what somebody says.
#
# Guess: voices are lost on the way. The guess was wrong: they are kept. Their words were noticed on the way.
#
# It converts the transcripts of podcasts into one format. One of its inputs is HTML, in which <cite> has the speaker,
# <time> the time, both "if available", and <p> the words ("Content of monologue"). The format's examples have one <p>
# under each name; its text does not rule out a second. Where somebody speaks in two paragraphs, the first is lost: the
# segment has the second, with the time at which the first began.
#
# No error or warning.
#
# Source: _html_to_list (converters/html_to_json.py:60) sets "body" of the last segment at each <p>, and begins a new
# one at <cite>, at <time> and at a <p> that is a time. 0.2.0, which requires Python 3.12, does the same (53; read, not
# run).
#
# Why it matters here: a long answer is typed in paragraphs, under a name that is written once.
#
# Seen with podcast-transcript-convert 0.1.2, Python 3.11. Exits 0 where it is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check podcast-transcript-convert==0.1.2
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version

from podcast_transcript_convert.converters.html_to_json import html_to_podcast_dict

print("podcast-transcript-convert", version("podcast-transcript-convert"))
ADA = "<cite>Ada :</cite>\n<time>0:00</time>\n"
BASILE = "<cite>Basile :</cite>\n<time>0:40</time>\n<p>Et après ?</p>\n"
FIRST = {"speaker": "Ada", "startTime": 0}
NEXT = {"speaker": "Basile", "startTime": 40, "body": "Et après ?"}
SEEN = (
    (ADA + "<p>Le banc était là.</p>\n<p>On y venait.</p>\n", [{**FIRST, "body": "On y venait."}]),
    # as it should be
    (ADA + "<p>Le banc était là.</p>\n", [{**FIRST, "body": "Le banc était là."}]),
)
still = True
for words, segments in SEEN:
    found = html_to_podcast_dict(words + BASILE)["segments"]
    print(repr(words), "->", found)
    still = still and found == [*segments, NEXT]
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
