#!/bin/sh
# @zazuko/rdf-parser-csvw takes "NC" for an integer where a table has two markers for unknown values.
#
# Guess: the formats of decimals and of dates are ignored. The guess held for decimals, not for dates; the markers were
# noticed on the way.
#
# It makes RDF from tables described by CSV on the Web.
#
# 1. "null", the marker for unknown values, may be a list (Metadata Vocabulary for Tabular Data, 5.7: "the string or
#    strings used for null values"). With ["NC", "?"] neither is recognised, and "NC" comes out as an xsd:integer. If
#    there is a single marker, its cells are left out.
# 2. If the format of numbers has a decimal comma, "12,5" comes out as an xsd:decimal, which only allows a point; "oui"
#    comes out as an xsd:boolean, where the format is "oui|non".
#
# No error or warning; its page only states limits for dates. Left out here, since it is known: an empty cell gets the
# address of "valueUrl" with nothing filled in (issue 45 of rdf-parser-csvw, of which this is a fork).
#
# Source: parseColumns (lib/metadata/TableSchema.js:73) takes ".value" of the null markers, which is undefined for
# several; value (149) passes the format to parseDateTime whatever the type, and what is not a date is passed on as it
# is, under its type (180).
#
# Why it matters here: years and amounts are "NC" where nobody knows them, and amounts have a comma. Neither is a number
# when the RDF is asked for their sum.
#
# Seen with @zazuko/rdf-parser-csvw 0.17.0, @zazuko/env 3.0.1 and @rdfjs/parser-jsonld 2.1.3, Node 20. Exits 0 where
# both are still so, else 1.
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
      values.push([object.value, object.datatype.value.replace(xsd, 'xsd:')])
    }
  }
  return values
}
const comma = { datatype: { base: 'decimal', format: { decimalChar: ',' } } }
const date = { datatype: { base: 'date', format: 'dd/MM/yyyy' } }
const seen = [
  ['1.', { datatype: 'integer', null: ['NC', '?'] }, 'x\nNC\n?\n2018\n', [
    ['NC', 'xsd:integer'], ['?', 'xsd:integer'], ['2018', 'xsd:integer'],
  ]],
  ['2.', comma, 'x\n"12,5"\n', [['12,5', 'xsd:decimal']]],
  ['2.', { datatype: { base: 'boolean', format: 'oui|non' } }, 'x\noui\nnon\n', [
    ['oui', 'xsd:boolean'], ['non', 'xsd:boolean'],
  ]],
  // as it should be
  ['1.', { datatype: 'integer', null: 'NC' }, 'x\nNC\n2018\n', [['2018', 'xsd:integer']]],
  ['2.', date, 'x\n03/06/2018\n', [['2018-06-03', 'xsd:date']]],
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
