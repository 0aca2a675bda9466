#!/bin/sh
# node-htmldiff and htmldiff-js, which show what changed in a page, cut French words at their accents.
#
# Guess: French words are treated as words, since both say that they compare by words. The guess was wrong.
#
# Both compare HTML by words, and take an accented letter for a word of its own, like a comma. Between "hôtel" and
# "hôpital" readers see "tel" struck out and "pital" inserted; between "fière" and "fièrement", "re" and "rement". Words
# without accents are struck out and inserted whole.
#
# Source: /[\w\d\#@]/ without the flag "u" (js/htmldiff.js:234, src/Utils.js:4) only knows A to Z.
#
# Why it matters here: this is how one shows a council what changed between two editions of the static site.
#
# Seen with node-htmldiff 0.9.4 and htmldiff-js 1.0.5, Node 20. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit node-htmldiff@0.9.4 htmldiff-js@1.0.5 >/dev/null
grep -h '"version"' node_modules/node-htmldiff/package.json node_modules/htmldiff-js/package.json
cat >diff.cjs <<'JS'
const diffs = {
  'node-htmldiff': require('node-htmldiff'),
  'htmldiff-js': (before, after) => require('htmldiff-js').default.execute(before, after),
}
const seen = [
  ['hôtel', 'hôpital', 'hô<del>tel</del><ins>pital</ins>'],
  ['fière', 'fièrement', 'fiè<del>re</del><ins>rement</ins>'],
  ['hotel', 'hopital', '<del>hotel</del><ins>hopital</ins>'],
]
let still = true
for (const [name, diff] of Object.entries(diffs)) for (const [before, after, words] of seen) {
  const told = diff(`<p>Un ${before} dit.</p>`, `<p>Un ${after} dit.</p>`)
  const found = told.replace(/ (data-[a-z-]+|class)="[^"]*"/g, '')
  console.log(name, before, after, '->', found)
  still = still && found === `<p>Un ${words} dit.</p>`
}
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node diff.cjs
