#!/bin/sh
# @zazuko/rdf-parser-csvw makes of all rows whose place nobody knows rows of one and the same place.
#
# Guess: formats of decimals and of dates are not followed. Those of dates are; the others were found beside.
#
# It makes RDF of tables that CSV on the Web describes, and does so for the open data of administrations.
#
# 1. A column whose values become addresses by a template ("valueUrl") has an empty cell: its value is null, and then
#    it has no address (Model for Tabular Data, 6.4: "The value URL annotation is null if the cell value is null"). It
#    gets the template's with nothing filled in, https://example.org/lieu/, and so does every other.
# 2. "null" may be a list, ["NC", "?"]: neither is taken for it, and "NC" is a whole number in what comes out. Where it
#    is one word, that word is.
# 3. Of numbers whose format says that a comma stands before the decimals, "12,5" comes out as a decimal, which RDF has
#    with a point alone; "oui" as a boolean, where the format is "oui|non".
#
# Nothing is said; its page tells what it does not follow of dates alone.
#
# Its source: value (lib/metadata/TableSchema.js:153) gives what "valueUrl" makes before it looks whether there is a
# value; parseColumns (73) takes ".value" of the null words, which is undefined where there are several; what is no date
# is handed on as it stands (180).
#
# Here: places and years are left empty, or "NC", where nobody knows them; all that happened nobody knows where
# happened, counted so, in one place.
#
# Seen with @zazuko/rdf-parser-csvw 0.17.0, @zazuko/env 3.0.1 and @rdfjs/parser-jsonld 2.1.3, Node 20. Exits 0 where all
# is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit @zazuko/rdf-parser-csvw@0.17.0 @zazuko/env@3.0.1 \
    @rdfjs/parser-jsonld@2.1.3 >/dev/null
cat >turn.mjs <<'JS'
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import JsonLdParser from '@rdfjs/parser-jsonld'
import rdf from '@zazuko/env'
import CsvwParser from '@zazuko/rdf-parser-csvw'
for (const name of ['@zazuko/rdf-parser-csvw', '@zazuko/env', '@rdfjs/parser-jsonld']) {
  console.log(name, JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version)
}
const csvw = 'http://www.w3.org/ns/csvw#'
const xsd = 'http://www.w3.org/2001/XMLSchema#'
// what of the context at http://www.w3.org/ns/csvw is needed here
const context = {
  '@vocab': csvw,
  columns: { '@id': 'csvw:column', '@container': '@list' },
  csvw,
  datatype: { '@id': 'csvw:datatype', '@type': '@vocab' },
  integer: `${xsd}integer`,
  tableSchema: { '@id': 'csvw:tableSchema', '@type': '@id' },
  titles: { '@id': 'csvw:title' },
  url: { '@id': 'csvw:url', '@type': '@id' },
}
const address = 'https://example.org/t.csv'
// the values of a table's only column, with their types
const turned = async (column, csv) => {
  const columns = [{ name: 'x', titles: 'x', ...column }]
  const told = JSON.stringify({ '@context': context, url: address, tableSchema: { columns } })
  const metadata = rdf.dataset()
  for await (const quad of new JsonLdParser().import(Readable.from([told]), { baseIRI: address })) metadata.add(quad)
  const parser = new CsvwParser({ metadata, baseIRI: address, factory: rdf })
  const values = []
  for await (const { predicate, object } of parser.import(Readable.from([csv]))) {
    if (predicate.value === `${address}#x`) {
      values.push([object.value, object.datatype?.value.replace(xsd, 'xsd:') ?? 'address'])
    }
  }
  return values
}
const place = { valueUrl: 'https://example.org/lieu/{x}' }
const comma = { datatype: { base: 'decimal', format: { decimalChar: ',' } } }
const date = { datatype: { base: 'date', format: 'dd/MM/yyyy' } }
const seen = [
  ['1.', place, 'x\nbanc\n""\n""\n', [
    ['https://example.org/lieu/banc', 'address'], ['https://example.org/lieu/', 'address'],
    ['https://example.org/lieu/', 'address'],
  ]],
  ['2.', { datatype: 'integer', null: ['NC', '?'] }, 'x\nNC\n?\n2018\n', [
    ['NC', 'xsd:integer'], ['?', 'xsd:integer'], ['2018', 'xsd:integer'],
  ]],
  ['3.', comma, 'x\n"12,5"\n', [['12,5', 'xsd:decimal']]],
  ['3.', { datatype: { base: 'boolean', format: 'oui|non' } }, 'x\noui\nnon\n', [
    ['oui', 'xsd:boolean'], ['non', 'xsd:boolean'],
  ]],
  // as it should be
  ['2.', { datatype: 'integer', null: 'NC' }, 'x\nNC\n2018\n', [['2018', 'xsd:integer']]],
  ['3.', date, 'x\n03/06/2018\n', [['2018-06-03', 'xsd:date']]],
]
let still = true
for (const [what, column, csv, words] of seen) {
  const found = await turned(column, csv)
  console.log(what, JSON.stringify(column), JSON.stringify(csv), '->', JSON.stringify(found))
  still = still && JSON.stringify(found) === JSON.stringify(words)
}
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node turn.mjs
