#!/bin/sh
# togpx gives the second stretch of a walk the times of the first, or each point two times.
#
# Guess: times are left out. The guess was wrong for a walk in one stretch, which keeps them; walks in two were noticed
# on the way.
#
# It converts GeoJSON into GPX, which GPS devices use, with the time of each point if the GeoJSON gives it ("times" or
# "coordTimes", by its page a list with one for each). GPX has a segment for each stretch (trkseg) and at most one time
# for each point (time in wptType of its schema 1.1).
#
# 1. For a walk in two stretches, from 10:00 to 10:10 and from 14:00 to 14:10, with all four times in one list, the
#    second stretch is walked from 10:00 to 10:10 as well: in two quarters at once.
# 2. With a list for each stretch, as @mapbox/togeojson makes them from GPX, each point has two times, those of a whole
#    stretch: the first point 10:00 and 10:10, the second 14:00 and 14:10. Schema 1.1 allows no point with two.
#
# No error or warning.
#
# Source: the counter restarts at 0 for each stretch, and times[i] is taken from the one list (index.js:138), whatever
# it holds.
#
# Why it matters here: an exploratory walk is drawn from where people were, and when. Converted from one format to the
# other and back, it has the other quarter's time.
#
# Seen with togpx 0.5.4, @mapbox/togeojson 0.16.2 and @xmldom/xmldom 0.9.12, Node 20. Exits 0 where both are still so,
# else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit togpx@0.5.4 @mapbox/togeojson@0.16.2 @xmldom/xmldom@0.9.12 >/dev/null
cat >walk.cjs <<'JS'
const { readFileSync } = require('node:fs')
const { gpx } = require('@mapbox/togeojson')
const togpx = require('togpx')
const { DOMParser } = require('@xmldom/xmldom')

for (const name of ['togpx', '@mapbox/togeojson', '@xmldom/xmldom']) {
  console.log(name, JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version)
}
const hours = ['10:00', '10:10', '14:00', '14:10'].map((hour) => `2018-06-12T${hour}:00Z`)
const places = [[2, 50], [2, 50.1], [2, 51], [2, 51.1]]
const walk = (type, coordinates, coordTimes) =>
  ({ type: 'Feature', properties: { name: 'Marche', coordTimes }, geometry: { type, coordinates } })
const stretch = (from, to) => '<trkseg>' + places.slice(from, to).map(([lon, lat], place) =>
  `<trkpt lat="${lat}" lon="${lon}"><time>${hours[from + place]}</time></trkpt>`).join('') + '</trkseg>'
const kept = '<gpx version="1.1" creator="essai" xmlns="http://www.topografix.com/GPX/1/1"><trk>' +
  `<name>Marche</name>${stretch(0, 2)}${stretch(2, 4)}</trk></gpx>`
const told = (geojson) => [...togpx(geojson).matchAll(/<trkpt lat="([^"]*)"[^>]*>(.*?)<\/trkpt>/g)]
  .map(([, latitude, inside]) => [latitude, ...inside.match(/\d\d:\d\d(?=:00Z)/g)].join(' '))
const stretches = [places.slice(0, 2), places.slice(2)]
const seen = [
  ['two stretches, one list', told(walk('MultiLineString', stretches, hours)),
    ['50 10:00', '50.1 10:10', '51 10:00', '51.1 10:10']],
  ['there and back', told(gpx(new DOMParser().parseFromString(kept, 'text/xml'))),
    ['50 10:00 10:10', '50.1 14:00 14:10', '51 10:00 10:10', '51.1 14:00 14:10']],
  // as it should be
  ['one stretch', told(walk('LineString', places, hours)),
    ['50 10:00', '50.1 10:10', '51 14:00', '51.1 14:10']],
]
let still = true
for (const [what, found, words] of seen) {
  console.log(what, '->', JSON.stringify(found))
  still = still && JSON.stringify(found) === JSON.stringify(words)
}
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node walk.cjs
