#!/bin/sh
# geojson2kml fills the pond of a park and runs its shore to the gate; kml2geojson leaves out what is in no folder.
#
# Guess: only one of several polygons is kept. The guess was wrong, they are left out with a warning; the hole and the
# folders were noticed on the way.
#
# 1. An area in GeoJSON has one outline and any number of holes (RFC 7946, 3.1.6), and so has one in KML
#    (outerBoundaryIs, innerBoundaryIs). geojson2kml chains them all into one outline: a park with a pond has no hole,
#    and a line runs from the corner of the park to the shore and around it. It warns about several areas
#    (MultiPolygon), but not about this.
# 2. kml2geojson can make one collection for each folder (separate_folders). A place in the document beside the folders
#    is in none of them: of a town hall, and benches in a folder, only the benches are kept. A document without folders
#    is complete, and so is the single collection without that option. Its page warns that places in nested folders come
#    twice, but not of this.
#
# Source: convert_coords (geojson2kml/buildkml.py:22) makes one list of all rings; build_layers
# (kml2geojson/main.py:1061) looks under each Folder, and at the document only if it found no layer.
#
# Why it matters here: a town's places go to Google Earth and come back from it. A meadow that one may enter has lost
# its pond, and what nobody had put into a folder is gone.
#
# Seen with geojson2kml 0.2.0 and kml2geojson 6.0.0, Python 3.11. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check geojson2kml==0.2.0 kml2geojson==6.0.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import re
import sys
from importlib.metadata import version
from pathlib import Path

import kml2geojson
from geojson2kml.buildkml import build_kml

for name in ("geojson2kml", "kml2geojson"):
    print(name, version(name))
PARK = [[2.0, 50.0], [2.5, 50.0], [2.5, 50.5], [2.0, 50.0]]
POND = [[2.2, 50.1], [2.3, 50.2], [2.3, 50.1], [2.2, 50.1]]


def outlines(*rings: list[list[float]]) -> list[tuple[str, list[list[float]]]]:
    """The rings of the area in KML: whether outline or hole, its points."""
    area = {"type": "Polygon", "coordinates": list(rings)}
    feature = {"type": "Feature", "properties": {"name": "Parc"}, "geometry": area}
    build_kml({"type": "FeatureCollection", "features": [feature]}, "parc.kml")
    text = Path("parc.kml").read_text(encoding="utf-8")
    found = re.findall(r"<(outer|inner)BoundaryIs>.*?<coordinates>(.*?)</coordinates>", text, re.DOTALL)
    return [(which, [[float(n) for n in p.split(",")[:2]] for p in points.split()]) for which, points in found]


def place(name: str) -> str:
    return f"<Placemark><name>{name}</name><Point><coordinates>2,50</coordinates></Point></Placemark>"


def collections(inside: str, *, apart: bool) -> list[list[str]]:
    kml = '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2">'
    Path("ville.kml").write_text(f"{kml}<Document>{inside}</Document></kml>", encoding="utf-8")
    read = kml2geojson.convert("ville.kml", separate_folders=apart)["feature_collections"]
    return [[feature["properties"]["name"] for feature in collection["features"]] for collection in read]


BENCHES = "<Folder><name>Bancs</name>" + place("Banc un") + place("Banc deux") + "</Folder>"
SEEN = (
    ("park with a pond", outlines(PARK, POND), [("outer", PARK + POND)]),
    ("by folder", collections(place("Mairie") + BENCHES, apart=True), [["Banc un", "Banc deux"]]),
    # as it should be
    ("park", outlines(PARK), [("outer", PARK)]),
    ("all in one", collections(place("Mairie") + BENCHES, apart=False), [["Mairie", "Banc un", "Banc deux"]]),
    ("no folder", collections(place("Mairie"), apart=True), [["Mairie"]]),
)
still = True
for what, found, words in SEEN:
    print(what, "->", found)
    still = still and found == words
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
