#!/bin/sh
# geojson2shp writes "no" for what is not known, nothing for a month among days, and no column that begins empty.
#
# Guess: names of columns are cut at ten signs, so that two are one. They are, as the format wants it, and two columns
# have one name; the rest was not thought of.
#
# It makes of GeoJSON a Shapefile, the exchange format of maps. Called as its manual has it:
#
# 1. A truth that is null, not known, is false, though the table of a Shapefile has a sign for it ("?").
# 2. Where the first place has a day, "2018-06" and "2018" in the same column are blank.
# 3. A property that is null for the first place has no column: all that the others say in it is gone.
#
# Nothing is said.
#
# Its source: line 128 of lib/shp-write-stream/dbf.js writes a T for what is true and an F for all else; detectSchema
# asks each value of the first place for its type, null has none, and eight figures with two hyphens are a day.
#
# Here: the map of a dump has dates of which the day is not known, and what is not filled in for a place may be for the
# next. Maps are handed to the services of the State and to planners as Shapefiles.
#
# Seen with geojson2shp 0.5.0, Node 20. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit geojson2shp@0.5.0 >/dev/null
cat >write.cjs <<'JS'
const { convert } = require('geojson2shp')
const properties = [
  { nom: 'Le banc', public: true, jour: '2018-06-12', note: null },
  { nom: 'La table', public: null, jour: '2018-06', note: 'fragile' },
  { nom: 'Le puits', public: false, jour: '2018', note: 'neuf' },
]
const geometry = { type: 'Point', coordinates: [2.79, 50.45] }
const more = { recit_projet_lieu: 'a', recit_projet_nom: 'b' }
const place = (one) => ({ type: 'Feature', geometry, properties: { ...one, ...more } })
convert(properties.map(place), 'lieux.zip', { layer: 'lieux', targetCrs: 4326 }).catch((error) => {
  console.error(error)
  process.exit(1)
})
JS
node write.cjs
python3 - <<'PYTHON'
import json
import struct
import sys
import zipfile
from pathlib import Path

package = json.loads(Path("node_modules/geojson2shp/package.json").read_text("utf-8"))
print("geojson2shp", package["version"])
with zipfile.ZipFile("lieux.zip") as archive:
    names = sorted(archive.namelist())
    table = archive.read("lieux.dbf")
# dBASE III: how many records, where they begin and how long each is; 32 bytes for each column from the 32nd on
count, start, length = struct.unpack("<IHH", table[4:12])
columns = []
place = 32
while table[place] != 0x0D:
    columns.append((table[place : place + 11].rstrip(b"\0").decode(), table[place + 16]))
    place += 32
rows = []
for number in range(count):
    at = start + number * length + 1
    row = []
    for _, size in columns:
        row.append(table[at : at + size].rstrip(b" \0").decode("latin-1"))
        at += size
    rows.append(row)
seen = (
    ("its files", names, ["lieux.dbf", "lieux.prj", "lieux.shp", "lieux.shx"]),
    ("its columns", [name for name, _ in columns], ["nom", "public", "jour", "recit_proj", "recit_proj"]),
    ("a place", rows[0], ["Le banc", "T", "20180612", "a", "b"]),
    ("a place", rows[1], ["La table", "F", "", "a", "b"]),
    ("a place", rows[2], ["Le puits", "F", "", "a", "b"]),
)
still = True
for what, found, words in seen:
    print(what, "->", found)
    still = still and found == words
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
