#!/bin/sh
# marcjs reads the attributes of MARCXML by their position in the text: fields get wrong tags, or none is read.
#
# Guess: elements with a prefix are not read. The guess held; that the order of attributes counts was noticed on the
# way.
#
# marcjs reads and writes library records, as ISO 2709, MARCXML and MARC-in-JSON, with Marc.parse and with streams. To
# XML the following forms are all equivalent, and the Library of Congress's schema accepts them all:
#
# 1. Where the indicators come before the tag, field 245 has the tag "1" in quotes and the indicators "5; where the tag
#    is on a line of its own, the tag is "ag=" and the indicators are "dd".
# 2. Where elements have a prefix, as in the Library's own examples ("marc:record"), a record has no field and no
#    leader.
# 3. After a comment a field has the tag "fie", and its title becomes the indicators with the rest of the line as text.
# 4. An empty subfield, <subfield code="4"/>, gets the value ">", and a subfield with no name and no value follows.
#
# No error or warning. Its page says that it parses MARCXML, and requires no particular form; no issue was found about
# this.
#
# Source: parse (lib/MarcxmlParser.js:88) searches for the texts "<leader>", "<con" and "</datafield", and cuts the tag
# out at 16 to 19 characters after "<", the indicators at 27 and 36.
#
# Why it matters here: a library that sends the records of a town's films writes them with its own software, in its own
# order.
#
# Seen with marcjs 3.0.2, Node 20. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit marcjs@3.0.2 >/dev/null
cat >read.cjs <<'JS'
const { Marc } = require('marcjs')
console.log('marcjs', require('./node_modules/marcjs/package.json').version)
const slim = 'http://www.loc.gov/MARC21/slim'
const leader = '00000nam a2200000 i 4500'
// a record with one field, of which the start and the subfields are given
const card = (start, subfields) =>
  `<record xmlns="${slim}"><leader>${leader}</leader>` +
  `<controlfield tag="001">42</controlfield>${start}${subfields}</datafield></record>`
const title = '<subfield code="a">Un banc</subfield>'
const usual = '<datafield tag="245" ind1="1" ind2="0">'
const prefixed = card(usual, title).replace(/<(\/?)(?=[a-z])/g, '<$1marc:').replace('xmlns=', 'xmlns:marc=')
const id = ['001', '42']
const seen = [
  [card('<datafield ind1="1" ind2="0" tag="245">', title), [id, ['"1"', '"5', 'a', 'Un banc']]],
  [card('<datafield\n    tag="245" ind1="1" ind2="0">', title), [id, ['ag=', 'dd', 'a', 'Un banc']]],
  [prefixed, []],
  [
    card(`<!-- vu -->${usual}`, title),
    [id, ['fie', '2=', '2', '" ind1="1" ind2="0"><subfield code="a">Un banc']],
  ],
  [
    card(usual, `${title}<subfield code="4"/>`),
    [id, ['245', '10', 'a', 'Un banc', '4', '>', '', '']],
  ],
  // as it should be
  [card(usual, title), [id, ['245', '10', 'a', 'Un banc']]],
]
let still = true
for (const [text, fields] of seen) {
  const found = JSON.stringify(Marc.parse(text, 'Marcxml').fields)
  console.log(text, '->', found)
  still = still && found === JSON.stringify(fields)
}
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node read.cjs
