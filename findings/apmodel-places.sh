#!/bin/sh
# apmodel, which reads and writes ActivityPub messages about events, drops the coordinates of an event's place.
#
# Guess: of words in two languages (contentMap) only one is kept. The guess was wrong: both are there. What follows was
# noticed on the way.
#
# ActivityStreams 2.0 is the format in which Mobilizon, Mastodon and others exchange events and notes. An event has a
# location: a Place with its latitude and longitude (Activity Vocabulary, 3.3 and 4). apmodel turns it into objects
# (load) and back into JSON (to_dict); its page promises all types of that vocabulary and that "no data is lost".
#
# 1. For a meeting at the Mairie, 50 north and 2 east, the JSON that comes back has a Place named "Mairie" without the
#    two coordinates. The same happens where the meeting is inside the activity that announces it (Create), where a
#    place is shared (Announce), and where a place is attached to a note.
# 2. A Place on its own, or in a collection, keeps them; so does the object in memory, when asked for location.latitude.
#    What the type itself does not declare, such as the meeting's hours, is kept.
#
# No error or warning.
#
# Source: location is declared as an Object (core/object.py:57), like attachments and the object of an activity; to_dict
# (__init__.py:26) has pydantic write each value by its declared type, which drops what a Place has beyond an Object.
#
# Why it matters here: a town's meetings that pass through it are no longer on any map, and looking at the objects on
# the way shows nothing wrong.
#
# Seen with apmodel 0.5.4 and pydantic 2.14.4, Python 3.11. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check apmodel==0.5.4 pydantic==2.14.4
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version
from typing import Any

from apmodel import load, to_dict

for name in ("apmodel", "pydantic"):
    print(name, version(name))
MAIRIE = {"type": "Place", "name": "Mairie", "latitude": 50.0, "longitude": 2.0}
MEETING = {"type": "Event", "name": "Réunion", "startTime": "2018-06-12T18:00:00Z", "location": MAIRIE}


def read(told: dict[str, Any]) -> Any:
    return load({"@context": "https://www.w3.org/ns/activitystreams", **told})


def again(told: dict[str, Any], *way: str | int) -> list[str]:
    """What the part of the JSON that is read and written again has; empty lists are added to each."""
    part = to_dict(read(told))
    for step in way:
        part = part[step]
    return sorted(key for key, value in part.items() if value and key != "@context")


WITHOUT, WITH = ["name", "type"], ["latitude", "longitude", "name", "type"]
SEEN = (
    ("meeting", again(MEETING, "location"), WITHOUT),
    ("announced", again({"type": "Create", "object": MEETING}, "object", "location"), WITHOUT),
    ("shared", again({"type": "Announce", "object": MAIRIE}, "object"), WITHOUT),
    ("attached", again({"type": "Note", "content": "Venez.", "attachment": [MAIRIE]}, "attachment", 0), WITHOUT),
    # as it should be
    ("place", again(MAIRIE), WITH),
    ("in a collection", again({"type": "OrderedCollection", "orderedItems": [MAIRIE]}, "orderedItems", 0), WITH),
    ("object read", [read(MEETING).location.latitude, read(MEETING).location.longitude], [50.0, 2.0]),
    ("rest of the meeting", again(MEETING), ["location", "name", "startTime", "type"]),
)
still = True
for what, found, words in SEEN:
    print(what, "->", found)
    still = still and found == words
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
