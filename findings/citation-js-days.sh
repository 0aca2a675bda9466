#!/bin/sh
# Citation.js, rewriting a CITATION.cff, removes the date of a dataset and adds a day to dates known by the year alone.
#
# Guess: an organisation becomes a person, as with cffconvert. The guess was wrong: it does not. The dates were noticed
# on the way.
#
# 1. A dataset with a release date (type "dataset", "date-released") loses it (and its licence, which is read from no
#    file): cited by the new file, it is undated ("s. d.").
# 2. A report of which only the year is known gets "date-published: 2018-01-01"; one of June gets 2018-06-01. So does a
#    testimony of about 1979, which also loses its "about". Software released "in 2026" was released on its first of
#    January.
#
# No error or warning.
#
# Source: the property "date-released" has the condition that the type be "software", and nothing else covers the
# dataset itself (lib/index.js:190); toSource for dates (168) makes a Date, which has a day, of a year or a month alone.
#
# Why it matters here: a dump is a dataset with a date, and what it refers to is known by the year. Converting its file
# this way cites undated data, and reports with a day that nobody named.
#
# Seen with @citation-js/core 0.9.0, @citation-js/plugin-cff 0.7.3 and @citation-js/plugin-csl 0.9.0, Node 20. Exits 0
# where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit @citation-js/core@0.9.0 @citation-js/plugin-cff@0.7.3 \
    @citation-js/plugin-csl@0.9.0 >/dev/null
cat >write.cjs <<'JS'
const { Cite } = require('@citation-js/core')
require('@citation-js/plugin-cff')
require('@citation-js/plugin-csl')
for (const name of ['core', 'plugin-cff', 'plugin-csl']) {
  console.log('@citation-js/' + name, require(`./node_modules/@citation-js/${name}/package.json`).version)
}
const cff = `cff-version: 1.2.0
message: Si vous employez ces données, citez-les ainsi.
type: dataset
title: Projets et récits
authors:
  - name: Commune de Loos-en-Gohelle
version: 2026.11.29
date-released: 2026-11-29
license: CC-BY-SA-4.0
references:
  - type: report
    title: Un rapport
    authors: [{ name: Mairie }]
    year: 2018
  - type: report
    title: Un autre
    authors: [{ name: Mairie }]
    year: 2018
    month: 6
`
const about = [
  { id: 'a', type: 'software', title: 'a', issued: { 'date-parts': [[2026]] } },
  { id: 'b', type: 'interview', title: 'b', issued: { 'date-parts': [[1979]], circa: true } },
]
const cited = (data) => new Cite(data).format('bibliography', { template: 'apa', lang: 'fr-FR' }).split('\n')[0]
const lines = (text, words) => text.split('\n').filter((line) => words.test(line)).map((line) => line.trim())
const again = new Cite(cff).format('cff')
const seen = [
  ['its licence and day', lines(again, /^(license|date|year)/), []],
  ['those of what it refers to', lines(again, /^ .*(date|year|month)/), [
    'date-published: 2018-01-01', 'year: 2018', 'date-published: 2018-06-01', 'year: 2018', 'month: 6',
  ]],
  ['of a year, and about a year', lines(new Cite(about).format('cff'), /date|circa|about/), [
    'date-released: 2026-01-01', 'date-published: 1979-01-01',
  ]],
  ['cited by the first file', cited(cff),
    'Commune de Loos-en-Gohelle. (2026). Projets et récits (Version 2026.11.29) [Jeu de données].'],
  ['cited by the second', cited(again),
    'Commune de Loos-en-Gohelle. (s.\u00a0d.). Projets et récits (Version 2026.11.29) [Jeu de données].'],
]
let still = true
for (const [what, found, words] of seen) {
  console.log(what, '->', JSON.stringify(found))
  still = still && JSON.stringify(found) === JSON.stringify(words)
}
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node write.cjs
