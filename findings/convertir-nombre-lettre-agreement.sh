#!/bin/sh
# convertir-nombre-lettre writes "quatre-vingts mille", "deux cents mille" and "quatre-vingt-et-un", as no French rule has it.
#
# Guess: 80 and 200 lose their s, or 1980 keeps it. Those are right; what stands before mille was found beside.
#
# It writes numbers in words, as sums are told in contracts and in the decisions of a town, and "respects the agreement that
# the French language asks for", says its page.
#
# 1. vingt and cent have their s before mille, which is a number, as if it were a noun: 80 000 is "quatre-vingts mille",
#    200 000 "deux cents mille". Before another number of the same hundreds it is right (83 000).
# 2. 81 has an "et" that it has not in French, 71 has none where French has one: "quatre-vingt-et-un", "soixante-onze". So
#    all that end on them, up to "quatre-vingt-et-un millions".
#
# Nothing is said. Its page has one example, which is right; its issues were looked for, none has it. Other libraries that
# write French numbers do it as the rule has it; one of them (rosaenlg-n2words) stands beside.
#
# Its source: NumberToLetter (index.js) makes the words of the thousands as of a number that stands alone, with the s that
# it gives "quatre-vingt" at an end; up to 90 each ten that ends on 1 has "-et-", and 71 is a ten and eleven.
#
# Here: a grant of 80 000 euros is told in words in a decision that is cited to the letter.
#
# Seen with convertir-nombre-lettre 1.0.2 and rosaenlg-n2words 3.3.0, Node 20. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit convertir-nombre-lettre@1.0.2 rosaenlg-n2words@3.3.0 >/dev/null
cat >write.cjs <<'JS'
const { NumberToLetter } = require('convertir-nombre-lettre')
const other = require('rosaenlg-n2words')
console.log('convertir-nombre-lettre', require('./node_modules/convertir-nombre-lettre/package.json').version)
const seen = [
  // by it, by the other
  [80000, 'quatre-vingts mille', 'quatre-vingt mille'],
  [200000, 'deux cents mille', 'deux cent mille'],
  [81, 'quatre-vingt-et-un', 'quatre-vingt-un'],
  [81000, 'quatre-vingt-et-un mille', 'quatre-vingt-un mille'],
  [71, 'soixante-onze', 'soixante et onze'],
  // as it should be
  [80, 'quatre-vingts', 'quatre-vingts'],
  [83000, 'quatre-vingt-trois mille', 'quatre-vingt-trois mille'],
  [280, 'deux cent quatre-vingts', 'deux cent quatre-vingts'],
  [201, 'deux cent un', 'deux cent un'],
  [80000000, 'quatre-vingts millions', 'quatre-vingts millions'],
]
let still = true
for (const [number, words, right] of seen) {
  const found = [NumberToLetter(number), other(number, { lang: 'fr' })]
  console.log(number, '->', ...found)
  still = still && found[0] === words && found[1] === right
}
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node write.cjs
