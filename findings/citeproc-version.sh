#!/bin/sh
# A dataset whose version is a day is cited as several: "Versions 2026-11-29".
#
# Expected: a day as it is typed, after "Version": it is one version.
#
# CITATION.cff and Zenodo let a version be any text, and a dataset that is published now and then has
# its day. CSL 1.0.2 asks whether a version is a number, and takes figures with hyphens, commas or "&"
# between them for more than one: citeproc-js, by which Zotero and Citation.js cite, then writes the
# word in the plural, in each language; a letter before the day does not help. With points it is one:
# so should what makes a CITATION.cff write the day of its version.
#
# Its source: setPluralsAndNumerics counts the pieces between the hyphens (citeproc_commonjs.js:20409,
# 20470), and the label takes its plural from that count.
#
# Here: the dump's CITATION.cff has its day with points since this was seen.
#
# All was seen with citeproc 2.4.63 and the style "apa" of @citation-js/plugin-csl 0.8.2, Node 20. Exits 0
# where it is still so, else 1.
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
