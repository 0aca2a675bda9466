#!/bin/sh
# mf2tojf2 turns an average of opinions into one opinion, and a person's name into an address.
#
# Guess: the description of a picture (alt) is lost. The guess was wrong: it is kept. The types and mixed lists were
# noticed on the way.
#
# IndieWeb pages say what they are by classes (microformats2, as JSON: mf2), which Micropub servers such as Indiekit
# store as JF2, a simpler JSON. In JF2 the type is the class without its "h-", and values are stored directly on the
# object.
#
# 1. The type is cut at its second hyphen: an average of many, h-review-aggregate, becomes a "review", like a single
#    opinion; an h-x-project becomes an "x". Of two classes (h-adr h-geo) one is kept.
# 2. In a list that begins with a word, as tags may ("eau", and a tagged person), the person stays in mf2 form inside
#    the JF2, with lists and "h-card", and gains an address, "url": "Ada E.", that is the person's name.
# 3. On a page with two contents the text of each becomes its address: "url": "Un banc". With a single one it stays its
#    text.
#
# No error or warning, and nothing on its page; no issue was found about this.
#
# Source: lib/flatten-items.js takes the second of the parts between hyphens for the type, judges a list by its first
# item, and renames value to url in each item that has one (its loop for media).
#
# Why it matters here: a café's page that shows what its visitors think is read as what one of them thinks.
#
# Seen with @paulrobertlloyd/mf2tojf2 3.0.0, Node 20. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit @paulrobertlloyd/mf2tojf2@3.0.0 microformats-parser@2.0.6 >/dev/null
cat >turn.mjs <<'JS'
import { readFileSync } from 'node:fs'
import { mf2tojf2 } from '@paulrobertlloyd/mf2tojf2'
import { mf2 } from 'microformats-parser'
const name = '@paulrobertlloyd/mf2tojf2'
console.log(name, JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version)
const ada = '<a class="p-category h-card" href="/ada">Ada E.</a>'
const card = { type: ['h-card'], properties: { name: ['Ada E.'], url: ['https://example.org/ada'] } }
const seen = [
  [
    '<p class="h-review-aggregate"><b class="p-rating">4</b><b class="p-count">12</b></p>',
    { type: 'review', rating: '4', count: '12' },
  ],
  ['<p class="h-x-project"><b class="p-name">Un banc</b></p>', { type: 'x', name: 'Un banc' }],
  ['<p class="h-adr h-geo"><b class="p-name">Mairie</b></p>', { type: 'adr', name: 'Mairie' }],
  [
    `<p class="h-entry"><b class="p-name">Un banc</b><b class="p-category">eau</b>${ada}</p>`,
    { type: 'entry', name: 'Un banc', category: ['eau', { ...card, url: 'Ada E.' }] },
  ],
  [
    '<div class="h-entry"><b class="p-name">A</b><i class="e-content">Un banc</i><i class="e-content">tient</i></div>',
    { type: 'entry', name: 'A', content: [{ html: 'Un banc', url: 'Un banc' }, { html: 'tient', url: 'tient' }] },
  ],
  // as it should be
  [
    `<p class="h-entry"><b class="p-name">Un banc</b>${ada}</p>`,
    { type: 'entry', name: 'Un banc', category: { type: 'card', name: 'Ada E.', url: 'https://example.org/ada' } },
  ],
  [
    '<div class="h-entry"><b class="p-name">A</b><i class="e-content">Un banc</i></div>',
    { type: 'entry', name: 'A', content: { html: 'Un banc', text: 'Un banc' } },
  ],
  ['<p class="h-review"><b class="p-rating">4</b></p>', { type: 'review', rating: '4' }],
]
// keys in one order
const text = (value) =>
  JSON.stringify(value, (_, part) =>
    part && typeof part === 'object' && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort()) : part)
let still = true
for (const [page, words] of seen) {
  const found = mf2tojf2(mf2(page, { baseUrl: 'https://example.org/' }))
  console.log(page, '->', text(found))
  still = still && text(found) === text(words)
}
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node turn.mjs
