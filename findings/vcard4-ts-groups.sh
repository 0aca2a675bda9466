#!/bin/sh
# vcard4-ts, which reads vCards, loses which label belongs to which number, and merges a town hall and its service.
#
# Guess: texts are escaped twice, or not at all. The guess was wrong: they are read correctly. Groups and services were
# noticed on the way.
#
# 1. In a vCard "item1.TEL" and "item1.X-ABLABEL" belong together by their group, item1: this is how address books label
#    numbers. Its page has groupVCard, which puts the properties of a group together. No property keeps its group, in
#    small letters or in capitals: all are under "top", the two labels in one list, the two numbers in another.
# 2. ORG is an organisation and its units, separated by ";" (RFC 6350, 6.6.4). "Mairie;Voirie" becomes one text with the
#    semicolon in it, like "Mairie\;Voirie", which is a single name. A comma, which separates nothing there, splits it
#    in two.
#
# No error or warning: it says that both have no errors. It does split ADR and N at the semicolon.
#
# Source: extractProperty (src/parse.ts:372) finds the group, and nothing stores it; ORG has the type of CATEGORIES
# (src/vcard4Types.ts:79), a list with commas.
#
# Why it matters here: the addresses of a town's associations, kept as contacts, have two numbers with labels, and
# services.
#
# Seen with vcard4-ts 0.4.1 and, which has both right, ical.js 2.2.1, Node 20. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit vcard4-ts@0.4.1 ical.js@2.2.1 >/dev/null
cat >card.mjs <<'JS'
import { readFileSync } from 'node:fs'
import ICAL from 'ical.js'
import * as library from 'vcard4-ts'

for (const name of ['vcard4-ts', 'ical.js']) {
  console.log(name, JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version)
}
const card = (...lines) => ['BEGIN:VCARD', 'VERSION:4.0', 'FN:Ada', ...lines, 'END:VCARD', ''].join('\r\n')
const read = (...lines) => library.parseVCards(card(...lines)).vCards[0]
let still = true
const expect = (what, found, seen) => {
  console.log(what, '->', JSON.stringify(found))
  still = still && JSON.stringify(found) === JSON.stringify(seen)
}
const lines = ['item1.TEL:+33-1', 'item1.X-ABLABEL:Mairie', 'item2.TEL:+33-2', 'item2.X-ABLABEL:Club']
for (const labelled of [lines, lines.map((line) => line.replace('item', 'ITEM'))]) {
  const grouped = library.groupVCard(read(...labelled))
  expect('groups', Object.keys(grouped), ['top'])
  expect('numbers', grouped.top.TEL, [{ value: '+33-1' }, { value: '+33-2' }])
  expect('labels', grouped.top.x.X_ABLABEL, [{ value: 'Mairie' }, { value: 'Club' }])
}
const units = [
  ['Mairie;Voirie', ['Mairie;Voirie'], ['Mairie', 'Voirie']],
  ['Mairie\\;Voirie', ['Mairie;Voirie'], 'Mairie;Voirie'],
  ['Mairie, Voirie', ['Mairie', ' Voirie'], 'Mairie, Voirie'],
]
for (const [written, seen, right] of units) {
  expect(`ORG:${written}`, read(`ORG:${written}`).ORG[0].value, seen)
  expect('  ical.js', ICAL.parse(card(`ORG:${written}`))[1].at(-1)[3], right)
}
expect('errors', read(...lines, 'ORG:Mairie;Voirie').hasErrors, false)
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node card.mjs
