#!/bin/sh
# infobox-parser leaves out every field of an infobox whose name has an accent, and turns 3 June into the 6th of March.
#
# Guess: the value of a template in a box is lost, or cut at the bar of a link. The guess held in part: a date in a
# template becomes "date", and part of a link is left. The accents, the dates and the numbers were noticed on the way.
#
# It reads the infobox of a wiki page, and wikijs uses it to answer page.info().
#
# 1. A field is found only if its name is made of the letters a to z, or Cyrillic ones: "Année", "Thèmes", "Début" and
#    "Coût" are missing, the fields between them are there.
# 2. Where the name of a field contains "date", the value is what JavaScript makes of it: "03/06/2018" is 6 March, a
#    month is its first day, "vers 1979" is the first of January 1979, in its own time zone.
# 3. "1 200 habitants" in "Population" is the number 1.
#
# No error or warning. Its page does not mention languages. Cyrillic was asked for (its issue 12), and the change meant
# to make it "unicode compatible" (its pull request 15) only added that; no issue about accents was found.
#
# Source: keyValuePattern accepts "-", "'", \u0400 to \u04FF and \w, which is ASCII, in a name; reduceVariable passes a
# value to new Date or to a reader of numbers if the name contains "date" or "population" (build/bundle.min.js).
#
# Why it matters here: a quarter of the fields in a town's boxes have an accent (Année, Thèmes, Récurrence, Présents).
# Reading the wiki with it gives projects without years. A dump has all of them.
#
# Seen with infobox-parser 3.6.4, Node 20. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit infobox-parser@3.6.4 >/dev/null
cat >box.cjs <<'JS'
process.env.TZ = 'Europe/Paris'
const parse = require('infobox-parser')
console.log('infobox-parser', require('./node_modules/infobox-parser/package.json').version)
const seen = [
  ['Année = 2018', {}],
  ['Thèmes = eau', {}],
  ['Coût = 1 500 €', {}],
  ['Date fin = 03/06/2018', { dateFin: '2018-03-05T23:00:00.000Z' }],
  ['Date fin = vers 1979', { dateFin: '1978-12-31T23:00:00.000Z' }],
  ['Population = 1 200 habitants', { population: 1 }],
  // as it should be
  ['Annee = 2018', { annee: '2018' }],
  ['Fin = 03/06/2018', { fin: '03/06/2018' }],
  ['Habitants = 1 200', { habitants: '1 200' }],
]
let still = true
for (const [field, words] of seen) {
  const { statut, lieu, ...found } = JSON.parse(JSON.stringify(
    parse(`{{Fiche projet\n| Statut = Abouti\n| ${field}\n| Lieu = Mairie\n}}`).general))
  console.log(field, '->', JSON.stringify(found))
  still = still && statut === 'Abouti' && lieu === 'Mairie' && JSON.stringify(found) === JSON.stringify(words)
}
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node box.cjs
