#!/bin/sh
# geojson2shp writes false for unknown, nothing for a month among days, and no column for a value that starts empty.
#
# Guess: column names are cut at ten characters, so that two become one. The guess held, as the format requires, and two
# columns share a name; what follows was noticed on the way.
#
# It converts GeoJSON into a Shapefile, the exchange format of maps. Used as its manual says:
#
# 1. A boolean that is null, unknown, becomes false, although a Shapefile's table has a character for it ("?").
# 2. Where the first place has a full date, "2018-06" and "2018" in the same column become blank.
# 3. A property that is null for the first place gets no column: all its other values are lost.
#
# No error or warning.
#
# Source: line 128 of lib/shp-write-stream/dbf.js writes T for true and F for anything else; detectSchema takes the
# types from the values of the first place: null has none, and eight digits with two hyphens are a day.
#
# Why it matters here: the map of a dump has dates without a known day, and what is empty for one place may be filled
# for the next. State services and planners receive maps as Shapefiles.
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
