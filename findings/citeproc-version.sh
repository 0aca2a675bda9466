#!/bin/sh
# citeproc-js cites a dataset whose version is a date as several versions: "Versions 2026-11-29".
#
# Guess: a date as typed, after "Version", since it is one version. The guess was wrong.
#
# In CITATION.cff and on Zenodo a version may be any text, and a dataset that is republished now and then uses its date.
# CSL 1.0.2 asks whether a version is a number, and takes figures joined by hyphens, commas or "&" for several:
# citeproc-js, which Zotero and Citation.js use to cite, then writes the word in the plural, in every language; a letter
# before the date does not help. With dots it is one version, so a tool that makes a CITATION.cff should write its date
# that way.
#
# Source: setPluralsAndNumerics counts the pieces between the hyphens (citeproc_commonjs.js:20409, 20470), and the label
# takes its plural from that count.
#
# Why it matters here: since this was seen, a dump's CITATION.cff writes its date with dots.
#
# All of this was seen with citeproc 2.4.63 and the style "apa" of @citation-js/plugin-csl 0.8.2, Node 20. Exits 0 where
# it is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit citeproc@2.4.63 >/dev/null
npm install --silent --no-fund --no-audit @citation-js/core@0.8.2 @citation-js/plugin-csl@0.8.2 >/dev/null
cat >cite.cjs <<'JS'
const { Cite } = require('@citation-js/core')
require('@citation-js/plugin-csl')
console.log('citeproc', require('./node_modules/citeproc/package.json').version)
const seen = [
  ['2026-11-29', 'fr-FR', '(Versions 2026-11-29) [Jeu de données]'],
  ['2026-11-29', 'en-US', '(Versions 2026-11-29) [Dataset]'],
  ['2026.11.29', 'fr-FR', '(Version 2026.11.29) [Jeu de données]'],
  ['v2026-11-29', 'fr-FR', '(Versions v2026-11-29) [Jeu de données]'],
  ['1.2.0', 'fr-FR', '(Version 1.2.0) [Jeu de données]'],
]
let still = true
for (const [version, lang, words] of seen) {
  const told = { type: 'dataset', title: 'Projets', author: [{ literal: 'Ville' }], version }
  const cited = new Cite(told).format('bibliography', { format: 'text', template: 'apa', lang })
  console.log(version, lang, '->', cited.trim())
  still = still && cited.includes(words)
}
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node cite.cjs
