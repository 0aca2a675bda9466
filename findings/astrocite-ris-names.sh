#!/bin/sh
# astrocite-ris makes the editor of a book an author, and calls Ada E. the younger "Jr. E., Ada".
#
# Guess: of two dates or two notes one is lost, and second authors are mixed with the first. The guess held for notes
# and for second authors, and of two addresses too only the last is kept; the names were noticed on the way.
#
# RIS is the format in which catalogues, Zotero and EndNote pass references on. A name is "Last, First, Suffix". A1 or
# AU is the author; in a chapter (CHAP), A2 and ED are the editors of the book (Reference Manager's format; Zotero's and
# Citation.js's readers agree). astrocite-ris turns RIS into CSL-JSON, which citeproc takes:
#
# 1. "E., Ada, Jr." becomes a person whose first name is "Jr." and whose suffix is "Ada".
# 2. In a chapter by Ada with Chloé as A2, both are "author"; with Chloé as ED, she is "editor".
# 3. "N1" and "UR" may be repeated; only the last is kept, the earlier ones are lost. Keywords are all kept.
#
# No error or warning. Neither its page nor its types mention any of it, and no issue was found about it.
#
# Source: A1 to A4 lead to one branch (parser.js); wherever a name has three parts, the second is taken as the suffix.
#
# Why it matters here: a library sends a town its sources as RIS, and the author that a record names must be the one who
# wrote.
#
# All of this was seen with astrocite-ris 0.16.4, beside @citation-js/core and plugin-ris 0.7.21, Node 20. Exits 0 where
# all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit astrocite-ris@0.16.4 >/dev/null
npm install --silent --no-fund --no-audit @citation-js/core@0.7.21 @citation-js/plugin-ris@0.7.21 >/dev/null
cat >read.cjs <<'JS'
const assert = require('node:assert')
const { parse } = require('astrocite-ris')
const { Cite } = require('@citation-js/core')
require('@citation-js/plugin-ris')

const file = (kind, lines) => [`TY  - ${kind}`, 'TI  - Un banc', ...lines, 'ER  - ', ''].join('\n')
const names = (list) => (list ?? []).map((name) => [name.family, name.given, name.suffix])
const JUNIOR = file('BOOK', ['AU  - E., Ada, Jr.'])
const SECOND = file('CHAP', ['AU  - E., Ada', 'A2  - T., Chloé', 'T2  - Un livre'])
const EDITOR = file('CHAP', ['AU  - E., Ada', 'ED  - T., Chloé', 'T2  - Un livre'])
const TWICE = file('BOOK', ['N1  - Une note', 'N1  - Une autre', 'UR  - http://a.example', 'UR  - http://b.example',
  'KW  - banc', 'KW  - ville'])
const ADA = ['E.', 'Ada', undefined]
const CHLOE = ['T.', 'Chloé', undefined]

let still = true
const check = (label, found, seen) => {
  console.log(label, '->', JSON.stringify(found))
  try {
    assert.deepStrictEqual(found, seen)
  } catch {
    still = false
  }
}
const read = (text) => parse(text)[0]
const people = ({ author, editor }) => [names(author), names(editor)]
check('suffix', names(read(JUNIOR).author), [['E.', 'Jr.', 'Ada']])
check('A2', people(read(SECOND)), [[ADA, CHLOE], []])
check('A2, Citation.js', people(new Cite(SECOND).data[0]), [[ADA], [CHLOE]])
check('ED', people(read(EDITOR)), [[ADA], [CHLOE]])
check('twice', [read(TWICE).note, read(TWICE).URL, read(TWICE).keyword], ['Une autre', 'http://b.example', ['banc', 'ville']])
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node read.cjs
