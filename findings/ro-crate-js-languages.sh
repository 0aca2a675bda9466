#!/bin/sh
# ro-crate (npm), which reads a crate and writes it again, drops texts with a language, and typed dates.
#
# Guess: an address with an accent or a blank is written differently, or a list of one is no longer a list. The guess
# was wrong: both are kept. What follows was noticed on the way.
#
# RO-Crate is JSON-LD in its flattened form, in which a text may give its language and a date its type ("@value" with
# "@language" or "@type"; JSON-LD 1.1, 4.2.1 and 4.2.4). A crate made from Turtle has such values. RO-Crate neither
# requires nor forbids them (ResearchObject/ro-crate, issue 464); the Python library reads them since its pull request
# 243, and the validator accepts them.
#
# After reading and writing, a name in French and one in English are two references, to "entity-1" and "entity-2", and
# the day of publication is one to "entity-3". Nothing in the written crate has these ids: the words and the day are
# gone. This is so with every setting, and in its getters and its tree of the crate.
#
# No error or warning.
#
# Source: __addValues (lib/rocrate.js:263) takes every object for an entity, and turns one without an "@id" into a new
# entity, whose words are only read if one asks to add entities "recursively"; toJSON leaves out empty ones. No issue
# was found about it.
#
# Why it matters here: the crate of a dump has texts without a language, and inLanguage beside them. A value with its
# own language would be lost by whoever adds an author to the crate.
#
# Seen with ro-crate 3.7.2 and, which shows that the flattened form keeps them, jsonld 9.0.0, Node 20. Exits 0 where all
# is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit ro-crate@3.7.2 jsonld@9.0.0 >/dev/null
cat >again.cjs <<'JS'
const { isDeepStrictEqual } = require('node:util')
const jsonld = require('jsonld')
const { ROCrate } = require('ro-crate')
console.log('ro-crate', require('./node_modules/ro-crate/package.json').version)
const context = 'https://w3id.org/ro/crate/1.2/context'
const root = {
  '@id': './',
  '@type': 'Dataset',
  name: [{ '@value': 'Récits', '@language': 'fr' }, { '@value': 'Stories', '@language': 'en' }],
  description: 'Des récits.',
  datePublished: { '@value': '2024-03-05', '@type': 'http://www.w3.org/2001/XMLSchema#date' },
  license: { '@id': '#licence' },
}
const crate = {
  '@context': context,
  '@graph': [
    {
      '@id': 'ro-crate-metadata.json',
      '@type': 'CreativeWork',
      about: { '@id': './' },
      conformsTo: { '@id': 'https://w3id.org/ro/crate/1.2' },
    },
    root,
    { '@id': '#licence', '@type': 'CreativeWork', name: 'Licence Ouverte' },
  ],
}
const copy = (value) => JSON.parse(JSON.stringify(value))
const main = async () => {
  // what JSON-LD makes of it, with a context that stands for that of the crate
  const documentLoader = async (url) => ({ documentUrl: url, document: { '@context': { '@vocab': 'http://schema.org/' } } })
  const flat = await jsonld.flatten(copy(crate), copy(crate)['@context'], { documentLoader })
  const kept = flat['@graph'].find((one) => one['@type'] === 'Dataset')
  const kinds = [kept.name, kept.datePublished['@value']]
  console.log('flattened ->', JSON.stringify(kinds))
  let still = isDeepStrictEqual(kinds, [root.name, '2024-03-05'])
  const seen = {
    ...root,
    name: [{ '@id': 'entity-1' }, { '@id': 'entity-2' }],
    datePublished: { '@id': 'entity-3' },
  }
  for (const settings of [{}, { array: true }, { array: true, link: true }]) {
    const graph = new ROCrate(copy(crate), settings).toJSON()['@graph']
    const found = copy(graph.find((one) => one['@id'] === './'))
    console.log(JSON.stringify(settings), '->', graph.length, JSON.stringify(found))
    still = still && graph.length === 3 && isDeepStrictEqual(found, seen)
  }
  console.log(still ? 'still so' : 'changed')
  process.exit(still ? 0 : 1)
}
main()
JS
node again.cjs
