#!/bin/sh
# @iiif/parser makes a manifest of today of an older one, and leaves out the licence of each.
#
# Guess: of texts in several languages the wrong one is taken, a day moves. Neither; the licence was found beside.
#
# IIIF shows digitised registers, maps and photographs; many archives have manifests of Presentation 2, which viewers
# that are built on this library turn into Presentation 3 as they read.
#
# 1. "license" has no trace in what comes out, neither "rights" nor elsewhere: no Creative Commons, no rightsstatements,
#    no licence of the State, alone or in a list. The attribution stays.
# 2. "within", where it is a list or says what the collection is called, is gone too; where it is an address alone, it is
#    kept.
# 3. "related", where it is an address alone, becomes a page at http://example.org/undefined/, without the address.
#
# Nothing is said.
#
# Its source: the expression that takes the address out of the text of a licence (src/presentation-2/upgrader.ts:250)
# has an alternative that is the start of a line and nothing more: it matches that, so the licence is an empty text,
# which is left out (285, 298). A "within" of more than an address is turned first (traverse.ts:529), and has no "@id"
# any more, by which it is then asked for (upgrader.ts:482).
#
# Here: who takes a picture from a viewer goes by the licence that it shows, and here it shows none.
#
# Seen with @iiif/parser 2.2.10, Node 20. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit @iiif/parser@2.2.10 >/dev/null
cat >turn.mjs <<'JS'
import { readFileSync } from 'node:fs'
import { convertPresentation2 } from '@iiif/parser/presentation-2'
console.log('@iiif/parser', JSON.parse(readFileSync('node_modules/@iiif/parser/package.json')).version)
// what a manifest says of itself beside its pages
const turned = (more) => {
  const page = { '@id': 'https://example.org/1', '@type': 'sc:Canvas', label: 'f. 1', height: 9, width: 9, images: [] }
  const { '@context': context, id, type, label, items, ...said } = convertPresentation2({
    '@context': 'http://iiif.io/api/presentation/2/context.json',
    '@id': 'https://example.org/registre',
    '@type': 'sc:Manifest',
    label: 'Registre',
    sequences: [{ '@type': 'sc:Sequence', canvases: [page] }],
    ...more,
  })
  return JSON.stringify(said)
}
const etalab = 'https://www.etalab.gouv.fr/licence-ouverte-open-licence'
const homepage = [{ id: 'http://example.org/undefined/4', type: 'unknown' }]
const provider = [{ id: 'http://example.org/provider', type: 'Agent', homepage, label: { none: [''] } }]
const seen = [
  [{ license: 'http://creativecommons.org/licenses/by-sa/4.0/' }, {}],
  [{ license: 'https://creativecommons.org/licenses/by-sa/4.0/' }, {}],
  [{ license: 'http://rightsstatements.org/vocab/InC/1.0/' }, {}],
  [{ license: etalab }, {}],
  [{ license: [etalab, 'http://creativecommons.org/licenses/by-sa/4.0/'] }, {}],
  [{ within: ['https://example.org/a', 'https://example.org/b'] }, {}],
  [{ within: ['https://example.org/a'] }, {}],
  [{ within: { '@id': 'https://example.org/a', '@type': 'sc:Collection', label: 'Registres' } }, {}],
  [{ related: 'https://example.org/notice' }, { provider }],
  // as it should be
  [{ within: 'https://example.org/a' }, { partOf: [{ id: 'https://example.org/a', type: 'Collection' }] }],
  [{ attribution: 'Mairie' }, {
    requiredStatement: { label: { none: ['Attribution'] }, value: { none: ['Mairie'] } },
  }],
]
let still = true
for (const [more, words] of seen) {
  const found = turned(more)
  console.log(JSON.stringify(more), '->', found)
  still = still && found === JSON.stringify(words)
}
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node turn.mjs
