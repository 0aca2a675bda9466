#!/bin/sh
# gpxjs draws, and measures, a walk across ground that nobody walked.
#
# Guess: a place on the Greenwich meridian, or at sea level, is taken for one without a longitude or a height. The guess
# was wrong; the gap between two parts of a track was noticed on the way.
#
# In GPX a track is divided into segments: a new one begins where the receiver was turned off or lost its signal. gpxjs
# puts the points of all segments into one list. As GeoJSON the track is one LineString, across the pause too, although
# GeoJSON has MultiLineString, and its length includes the pause: two walks of 11 m, a degree of latitude apart, measure
# 111 km.
#
# Nothing in the result says where the second segment began.
#
# Its page mentions segments only for the extra data that other programs keep there (segmentExtensions), and does not
# mention pauses. Other readers keep segments apart (issue 33 of togeojson), as @tmcw/togeojson does here.
#
# Why it matters here: an exploratory walk that went on in another quarter, or after lunch, becomes a straight line
# across the town.
#
# Seen with @we-gold/gpxjs 1.2.0, @tmcw/togeojson 7.1.3 and @xmldom/xmldom 0.9.12, Node 20. Exits 0 where all is still
# so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit @we-gold/gpxjs@1.2.0 @tmcw/togeojson@7.1.3 @xmldom/xmldom@0.9.12 >/dev/null
cat >walk.mjs <<'JS'
import { readFileSync } from 'node:fs'
import { gpx } from '@tmcw/togeojson'
import { parseGPXWithCustomParser } from '@we-gold/gpxjs'
import { DOMParser } from '@xmldom/xmldom'

for (const name of ['@we-gold/gpxjs', '@tmcw/togeojson', '@xmldom/xmldom']) {
  console.log(name, JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version)
}
const segment = (...latitudes) =>
  `<trkseg>${latitudes.map((one) => `<trkpt lat="${one}" lon="2"></trkpt>`).join('')}</trkseg>`
const walk = (...segments) =>
  '<gpx version="1.1" creator="essai" xmlns="http://www.topografix.com/GPX/1/1">' +
  `<trk><name>Marche</name>${segments.join('')}</trk></gpx>`
const read = (text) => new DOMParser().parseFromString(text, 'text/xml')
const lines = (geojson) => [geojson.features[0].geometry.type, geojson.features[0].geometry.coordinates.flat(9).length]
let still = true
const expect = (text, seen) => {
  const [track, error] = parseGPXWithCustomParser(text, read)
  if (error) throw error
  const found = [...lines(track.toGeoJSON()), Math.round(track.tracks[0].distance.total), ...lines(gpx(read(text)))]
  console.log(JSON.stringify(found))
  still = still && JSON.stringify(found) === JSON.stringify(seen)
}
// the kind of line that gpxjs makes and how many figures are in it, the metres; that of togeojson
expect(walk(segment(50, 50.0001), segment(51, 51.0001)), ['LineString', 12, 111206, 'MultiLineString', 8])
// as it should be
expect(walk(segment(50, 50.0001)), ['LineString', 6, 11, 'LineString', 4])
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node walk.mjs
