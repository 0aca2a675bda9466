#!/bin/sh
# ilib-xliff drops the sentences of a translation that are in a group; xliff labels Dutch as English.
#
# Guess: notes for translators are lost. The guess was wrong: xliff keeps them, ilib-xliff the first of each sentence.
# The rest was noticed on the way.
#
# In XLIFF 1.2, in which translations pass from one program to another, a group is a chapter, a table or a list, and
# contains sentences just like the body of the file; each file in it gives its source and target languages.
#
# 1. ilib-xliff reads the sentences directly under the body, and none in a group. Its output has none.
# 2. It reads "Ada dit <g id="1">non</g>" as "Ada dit non", and writes it that way: nobody knows any more which word was
#    bold or a link. "translate=no" is written as "false", which the format does not have.
# 3. xliff has one pair of languages for all, that of the first file: a second file from French to Dutch becomes French
#    to English after reading and writing. Groups and markup are kept.
#
# No error or warning. It is known, and left out here, that xliff keeps only the last part of a sentence in several
# parts, as XLIFF 2 has them (its issue 22).
#
# Source: parse1 of ilib-xliff (src/Xliff.js:848) asks the body for its direct "trans-unit" children, and for the words
# of each (getTextWithContentMarkup); xliff12ToJs of xliff takes both languages from the first element
# (cjs/xliff12ToJs.js).
#
# Why it matters here: a town's bilingual leaflet goes through such files, and comes back without its lists.
#
# Seen with ilib-xliff 1.4.1 and xliff 6.4.0, Node 20. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit ilib-xliff@1.4.1 xliff@6.4.0 >/dev/null
cat >files.mjs <<'JS'
import { readFileSync } from 'node:fs'
import { Xliff } from 'ilib-xliff'
import xliff from 'xliff'

for (const name of ['ilib-xliff', 'xliff']) {
  console.log(name, JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version)
}
const unit = (number, source, target, more = '') =>
  `<trans-unit id="${number}"${more}><source>${source}</source><target>${target}</target></trans-unit>`
const file = (name, language, units) =>
  `<file original="${name}" source-language="fr" target-language="${language}" datatype="plaintext">` +
  `<body>${units}</body></file>`
const document = (...files) =>
  '<?xml version="1.0" encoding="utf-8"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">' +
  `${files.join('')}</xliff>`
// the languages, the sources and the words on translating, of what is read and written again
const facts = (text) => [
  [...text.matchAll(/target-language="(\w+)"/g)].map((match) => match[1]),
  [...text.matchAll(/<source>([^]*?)<\/source>/g)].map((match) => match[1].replace(/\n\s*/g, '')),
  [...text.matchAll(/translate="(\w+)"/g)].map((match) => match[1]),
]
const ilib = (text) => {
  const translations = new Xliff()
  translations.deserialize(text)
  return facts(translations.serialize())
}
const other = async (text) => facts(await xliff.jsToXliff12(await xliff.xliff12ToJs(text)))
const grouped = document(file('a', 'en', unit(1, 'Un', 'One') + `<group id="g">${unit(2, 'Deux', 'Two')}</group>`))
const marked = document(file('a', 'en', unit(1, 'Ada dit <g id="1">non</g>', 'Ada says <g id="1">no</g>')))
const kept = document(file('a', 'en', unit(1, 'Un', 'Un', ' translate="no"')))
const two = document(file('a', 'en', unit(1, 'Un', 'One')), file('b', 'nl', unit(1, 'Deux', 'Twee')))
const seen = [
  ['ilib-xliff, a group', ilib(grouped), [['en'], ['Un'], []]],
  ['ilib-xliff, a mark', ilib(marked), [['en'], ['Ada dit non'], []]],
  ['ilib-xliff, not to be translated', ilib(kept), [['en'], ['Un'], ['false']]],
  ['xliff, two languages', await other(two), [['en', 'en'], ['Un', 'Deux'], []]],
  // as it should be
  ['ilib-xliff, two languages', ilib(two), [['en', 'nl'], ['Un', 'Deux'], []]],
  ['xliff, a group', await other(grouped), [['en'], ['Un', 'Deux'], []]],
  ['xliff, a mark', await other(marked), [['en'], ['Ada dit <g id="1">non</g>'], []]],
  ['xliff, not to be translated', await other(kept), [['en'], ['Un'], ['no']]],
]
let still = true
for (const [what, found, words] of seen) {
  console.log(what, '->', JSON.stringify(found))
  still = still && JSON.stringify(found) === JSON.stringify(words)
}
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node files.mjs
