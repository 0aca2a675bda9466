#!/bin/sh
# vcf, which reads and writes vCards and jCards, joins the lines of a note, and keeps one word of several.
#
# Guess: a comma or a semicolon in a text is taken for a separator of values. The guess held; lines and second values
# were noticed on the way.
#
# jCard (RFC 7095) is vCard (RFC 6350) as JSON: values are separate, and nothing in them is escaped. A jCard that
# ical.js made from a vCard, written back to vCard by vcf:
#
# 1. A note of two lines, "Un banc.\nIl tient.", becomes "Un banc.Il tient.": one line.
# 2. Of the categories "eau" and "bois", "bois" is lost.
# 3. For the family name "Le Goff; dite Ada" the part after the semicolon becomes the first name, and the first name
#    moves to another place.
#
# In the other direction, from vCard to jCard, a note has "\n" and "\," literally in it, and that family name is split
# as well. No error or warning in any case.
#
# Source: fromJSON takes only the fourth item of a property, and joins parts with ";" (lib/property.js); toJSON splits
# at each ";". Nothing is escaped or unescaped; foldline, which folds long lines, removes line breaks. A different fault
# is known, and left out here: a colon in a parameter (issue 36).
#
# Why it matters here: the addresses of a town's associations, kept as contacts, have notes of several lines.
#
# Seen with vcf 2.1.2 and, which makes and reads jCards right, ical.js 2.2.1, Node 20. Exits 0 where all is still so,
# else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit vcf@2.1.2 ical.js@2.2.1 >/dev/null
cat >card.mjs <<'JS'
import { readFileSync } from 'node:fs'
import ICAL from 'ical.js'
import vCard from 'vcf'

for (const name of ['vcf', 'ical.js']) {
  console.log(name, JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version)
}
const card = (line) => `BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada\r\n${line}\r\nEND:VCARD\r\n`
// the values of the last property of a jCard
const values = ([, properties]) => properties.at(-1).slice(3)
// of a line of a vCard: what ical.js reads; the line once vcf wrote it from that; what vcf itself makes of the first
const turned = (line) => {
  const read = ICAL.parse(card(line))
  const written = vCard.fromJSON(JSON.parse(JSON.stringify(read))).toString('4.0').split(/\r?\n/)
  return [values(read), written.slice(3, -1).join('/'), values(new vCard().parse(card(line)).toJSON())]
}
const seen = [
  ['NOTE:Un banc.\\nIl tient.', [['Un banc.\nIl tient.'], 'NOTE:Un banc.Il tient.', ['Un banc.\\nIl tient.']]],
  ['CATEGORIES:eau,bois', [['eau', 'bois'], 'CATEGORIES:eau', ['eau,bois']]],
  ['N:Le Goff\\; dite Ada;Ada;;;', [
    [['Le Goff; dite Ada', 'Ada', '', '', '']],
    'N:Le Goff; dite Ada;Ada;;;',
    [['Le Goff\\', ' dite Ada', 'Ada', '', '', '']],
  ]],
  // as it should be
  ['NOTE:Un banc.', [['Un banc.'], 'NOTE:Un banc.', ['Un banc.']]],
  ['N:Le Goff;Ada;;;', [[['Le Goff', 'Ada', '', '', '']], 'N:Le Goff;Ada;;;', [['Le Goff', 'Ada', '', '', '']]]],
]
let still = true
for (const [line, words] of seen) {
  const found = turned(line)
  console.log(line, '->', JSON.stringify(found))
  still = still && JSON.stringify(found) === JSON.stringify(words)
}
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node card.mjs
