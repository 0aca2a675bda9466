#!/bin/sh
# topo2geo, which makes GeoJSON of TopoJSON, makes of every line an area without a point.
#
# Expected: the lines; its page shows areas alone, and does not say that it is for these.
#
# TopoJSON keeps each stretch once, of borders as of paths, and is what maps of the web are drawn of. Its geometries are
# of seven types, LineString and MultiLineString among them (section 2.2 of its specification).
#
# Two paths, one of them in two parts, are each a "Polygon" with no coordinates, with its name and what else is told of
# it: a map counts two and draws nothing. A park beside them is as it was.
#
# Nothing is said: it ends well, and its check that the geometry is valid (an empty one is) does not fail.
#
# Its source: build_geojson_layers (core.py:93) has buffer(0) made of every geometry, to mend areas; of a line that is
# the area around it, with a width of nothing.
#
# Here: exploratory walks, hedges and cycle paths are lines; their file, published as TopoJSON because it is small,
# comes back with all titles and no path.
#
# Seen with topo2geo 0.4.4 and Shapely 1.8.5.post1 (it needs one before 2, and does not say so), Python 3.11. Exits 0
# where it is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check topo2geo==0.4.4 Shapely==1.8.5.post1
cd "$folder"
cat >ville.topojson <<'JSON'
{
  "type": "Topology",
  "transform": { "scale": [0.5, 0.5], "translate": [2, 50] },
  "arcs": [[[0, 0], [1, 0], [0, 1]], [[2, 2], [0, 1], [1, 0], [0, -1], [-1, 0]], [[4, 0], [1, 0]]],
  "objects": {
    "ville": {
      "type": "GeometryCollection",
      "geometries": [
        { "type": "LineString", "arcs": [0], "properties": { "nom": "Cavée" } },
        { "type": "MultiLineString", "arcs": [[0], [2]], "properties": { "nom": "Marche" } },
        { "type": "Polygon", "arcs": [[1]], "properties": { "nom": "Parc" } }
      ]
    }
  }
}
JSON
venv/bin/python - <<'PYTHON'
import json
import subprocess
import sys
from importlib.metadata import version

print("topo2geo", version("topo2geo"), "Shapely", version("Shapely"))
run = subprocess.run(
    ["venv/bin/python", "-W", "ignore", "venv/bin/topo2geo", "ville.topojson", "ville.geojson"],
    check=True, capture_output=True, text=True,
)
print("said:", repr(run.stdout + run.stderr))
with open("ville.geojson", encoding="utf-8") as file:
    features = json.load(file)["features"]
SEEN = {
    "Cavée": ("Polygon", []),
    "Marche": ("Polygon", []),
    # as it should be
    "Parc": ("Polygon", [[[3, 51], [3, 51.5], [3.5, 51.5], [3.5, 51], [3, 51]]]),
}
still = run.stdout + run.stderr == "" and len(features) == len(SEEN)
for feature in features:
    name, geometry = feature["properties"]["nom"], feature["geometry"]
    print(name, "->", geometry)
    still = still and (geometry["type"], geometry["coordinates"]) == SEEN[name]
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
