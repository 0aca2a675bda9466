#!/bin/sh
# biblatex-csl-converter turns "and others" into a person, and ends a period where it begins.
#
# Guess: a town becomes a person, or its name is cut. The guess was wrong: it is kept whole. What follows was noticed on
# the way.
#
# 1. In BibTeX and BibLaTeX "others" after the last "and" stands for the unnamed authors and is printed "et al.". In CSL
#    it becomes an author of that name; written back to BibLaTeX it has braces, and is an author there too.
# 2. From CSL to BibLaTeX, a period ("June to September 2018") keeps only its start, "2018-06", and a season is lost,
#    although BibLaTeX has both. From BibLaTeX to CSL the period is kept.
# 3. A collection of essays (@collection) becomes a dataset in CSL; a CSL dataset becomes a collection of essays,
#    without its author. It warns about the author.
#
# For the rest, no error or warning: both lists are empty.
#
# Source: a name of one word is a literal, whatever the word (src/import/name-parser.ts:58); only date-parts[0] is read
# (src/import/csl.ts:254), and the season is ignored; three types have the CSL type "dataset" (src/const.ts:1385, 1441
# and 1598), and the first of them, "collection", is used on the way back (csl.ts:137).
#
# Why it matters here: Fidus Writer and other editors for archives and scholars handle their sources with it. A survey
# by the town hall and others is signed by Others, and a cited dump is a book.
#
# Seen with biblatex-csl-converter 3.6.0, Node 20. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit biblatex-csl-converter@3.6.0 >/dev/null
cat >turn.cjs <<'JS'
const { parse, CSLExporter, CSLParser, BibLatexExporter } = require('biblatex-csl-converter')
console.log('biblatex-csl-converter', require('./node_modules/biblatex-csl-converter/package.json').version)
const report = (more) => `@report{a, title={Enquête}, ${more}}`
const latex = (entries) => new BibLatexExporter(entries).parse().replace(/\s+/g, ' ')
// BibLaTeX to CSL and back, or CSL to BibLaTeX; what it complains of
const forth = (text) => {
  const { entries, errors, warnings } = parse(text)
  const { author, issued, type } = Object.values(new CSLExporter(entries).parse())[0]
  return JSON.stringify([type, author ?? issued, latex(entries), errors.length + (warnings ?? []).length])
}
const back = (more) => {
  const parser = new CSLParser({ a: { id: 'a', title: 'Enquête', ...more } })
  const entries = parser.parse()
  return JSON.stringify([latex(entries), parser.errors.length + parser.warnings.length])
}
const dates = (...parts) => ({ 'date-parts': parts })
const author = [{ family: 'E.', given: 'Ada' }]
const seen = [
  ['1.', forth(report('author={{Mairie de Loos} and others}')), [
    'report', [{ literal: 'Mairie de Loos' }, { literal: 'others' }],
    '@report{a, title = {Enquête}, author = {{Mairie de Loos} and {others}} }', 0,
  ]],
  ['2.', back({ type: 'report', issued: dates([2018, 6], [2018, 9]) }), [
    '@report{a, title = {Enquête}, date = {2018-06} }', 0,
  ]],
  ['2.', back({ type: 'report', issued: { ...dates([2018]), season: 2 } }), [
    '@report{a, title = {Enquête}, date = {2018} }', 0,
  ]],
  ['3.', forth('@collection{a, editor={E., Ada}, title={Enquête}, date={2018}, langid={french}}'), [
    'dataset', dates([2018]),
    '@collection{a, date = {2018}, editor = {given={Ada}, family={E.}}, title = {Enquête}, langid = {french} }', 0,
  ]],
  ['3.', back({ type: 'dataset', author }), ['@collection{a, title = {Enquête} }', 1]],
  // as it should be
  ['2.', forth(report('date={2018-06/2018-09}')), [
    'report', dates([2018, 6], [2018, 9]), '@report{a, date = {2018-06/2018-09}, title = {Enquête} }', 0,
  ]],
]
let still = true
for (const [what, found, words] of seen) {
  console.log(what, '->', found)
  still = still && found === JSON.stringify(words)
}
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node turn.cjs
