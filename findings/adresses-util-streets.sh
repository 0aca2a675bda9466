#!/bin/sh
# @ban-team/adresses-util, by which France's address base writes its streets, joins Raphaël to Collin, and makes one of
# the 6 Juin 1944 and the 10 Juin 1944.
#
# Guess: small words in capitals ("RUE DE L ABBE") keep a capital or a blank. They are right; these were found beside.
#
# Many registers have their streets in capitals. beautify makes "Rue d’Arras" of "RUE D ARRAS"; the national base
# (ban-plateforme, pull request 31) does so with all names in capitals that it publishes. compareNomVoieFuzzy and
# compareNomVoieOverlap say whether two names are of one street.
#
# 1. A name that ends on ËL is taken for one with an article: "RUE RAPHAËL COLLIN" is "Rue Raphaël’Collin", "RUE GAËL ET
#    JOËL" is "Rue Gaël’et Joël". Without its dots, in small letters or at the end of the street it is right.
# 2. Figures become words before names are compared, and one letter may differ: "six" is "dix". So "Rue du 6 Juin 1944" is
#    "Rue du 10 Juin 1944" (two days for which streets are named), and "Cité 6" is "Cité 10". 6 and 7, 8 and 10 are apart.
# 3. "Rue de la Gare" and "Place de la Gare" are one, to both functions.
#
# It has no page of its own; its issues and those of the base were looked for, none has it.
#
# Its source: lib/voies/beautify.js puts an apostrophe for the blank behind an L that "\b" says to begin a word; in
# JavaScript that is so behind every letter with an accent. lib/voies/words.js writes numbers out, lib/voies/index.js
# compares (leven, 1) and then once more without the first word.
#
# Here: a town's list of places names their streets as the base or a register does; two streets must not be one.
#
# Seen with @ban-team/adresses-util 0.9.0, Node 20. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit @ban-team/adresses-util@0.9.0 >/dev/null
cat >streets.cjs <<'JS'
const { beautify, compareNomVoieFuzzy, compareNomVoieOverlap } = require('@ban-team/adresses-util')
console.log('@ban-team/adresses-util', require('./node_modules/@ban-team/adresses-util/package.json').version)
const written = [
  ['RUE RAPHAËL COLLIN', 'Rue Raphaël’Collin'],
  ['RUE GAËL ET JOËL', 'Rue Gaël’et Joël'],
  // as it should be
  ['RUE RAPHAEL COLLIN', 'Rue Raphael Collin'],
  ['rue Raphaël Collin', 'Rue Raphaël Collin'],
  ['PLACE DU GÉNÉRAL LECLERC', 'Place du Général Leclerc'],
  ['RUE D ARRAS', 'Rue d’Arras'],
  ['RUE DE L ÉGLISE', 'Rue de l’Église'],
]
const compared = [
  // fuzzy, overlap
  ['Rue du 6 Juin 1944', 'Rue du 10 Juin 1944', true, false],
  ['Cité 6', 'Cité 10', true, false],
  ['Rue de la Gare', 'Place de la Gare', true, true],
  // as it should be
  ['Rue du 6 Juin 1944', 'Rue du 7 Juin 1944', false, false],
  ['Cité 8', 'Cité 10', false, false],
  ['Rue de la Gare', 'Rue de la Fosse', false, false],
]
let still = true
for (const [given, seen] of written) {
  const found = beautify(given)
  console.log(given, '->', found)
  still = still && found === seen
}
for (const [a, b, ...seen] of compared) {
  const found = [compareNomVoieFuzzy(a, b), compareNomVoieOverlap(a, b)]
  console.log(a, '=', b, '->', ...found)
  still = still && found.every((one, at) => one === seen[at])
}
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node streets.cjs
