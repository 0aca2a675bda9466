#!/bin/sh
# edtfy reads "du 3 au 5 juin 2018" as a period that began in the year 3.
#
# Guess: the three days, or an error, as for what it does not read ("années 80"). The guess was wrong.
#
# It makes EDTF dates of what people type, in French too, and does it well: "vers mars 2018", "1er mai 2018", "été
# 2018", "du 3 juin 2018 au 5 juin 2018". But where French names the month once, the first number becomes a year: the
# days of June are "0003/2018-06-05". "1945-06", already a month, becomes "1945/0006": from 1945 to the year 6. Both are
# valid EDTF.
#
# No error or warning.
#
# Source: the rule of intervals (edtfy.pegjs:75) takes a "complexdate" on each side, and any number at all is made a
# year of four digits (207); only "or" and "and" share a month.
#
# Why it matters here: this is how people type the days of a festival or a building site. A chronology that begins in
# the year 3 is drawn over twenty centuries.
#
# Seen with edtfy 0.0.8, Node 20. Exits 0 where it is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit edtfy@0.0.8 >/dev/null
cat >read.cjs <<'JS'
const edtfy = require('edtfy')
console.log('edtfy', require('./node_modules/edtfy/package.json').version)
edtfy.locale('fr')
const seen = {
  'du 3 au 5 juin 2018': '0003/2018-06-05',
  '1945-06': '1945/0006',
  // as it should be
  'du 3 juin 2018 au 5 juin 2018': '2018-06-03/2018-06-05',
  '5 ou 6 mai 2018': '[2018-05-05,2018-05-06]',
  'vers mars 2018': '2018-03~',
  '1er mai 2018': '2018-05-01',
}
let still = true
for (const [typed, date] of Object.entries(seen)) {
  const found = edtfy(typed)
  console.log(typed, '->', found)
  still = still && found === date
}
let refused = false
try {
  edtfy('années 80')
} catch {
  refused = true
}
console.log('années 80 ->', refused ? 'refused' : 'read')
still = still && refused
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node read.cjs
