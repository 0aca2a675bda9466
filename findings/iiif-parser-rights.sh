#!/bin/sh
# @iiif/parser upgrades an older manifest to the current version, and leaves out its licence.
#
# Guess: of texts in several languages the wrong one is taken, or a day shifts. The guess was wrong; the licence was
# noticed on the way.
#
# IIIF shows digitised registers, maps and photographs. Many archives have Presentation 2 manifests, which viewers built
# on this library convert to Presentation 3 as they read them.
#
# 1. "license" leaves no trace in the result, neither in "rights" nor elsewhere: be it Creative Commons,
#    rightsstatements or the State's licence, alone or in a list. The attribution stays.
# 2. "within", if it is a list or gives the name of the collection, is lost too; if it is just an address, it is kept.
# 3. "related", if it is just an address, becomes a page at http://example.org/undefined/, without the address.
#
# No error or warning.
#
# Source: the regular expression that extracts the address from a licence text (src/presentation-2/upgrader.ts:250) has
# an alternative that is only the start of a line: that one matches, so the licence is an empty text, which is left out
# (285, 298). A "within" that is more than an address is converted first (traverse.ts:529), and then lacks the "@id"
# that it is looked up by (upgrader.ts:482).
#
# Why it matters here: whoever takes a picture from a viewer goes by the licence that it shows, and here it shows none.
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
