#!/bin/sh
# html-metadata, which Wikimedia's Citoid uses to read a page's metadata, keeps only the last of several contributors.
#
# Guess: of the names in a notice hidden in a page (COinS), one is kept. The guess held.
#
# A COinS notice in Dublin Core repeats its key for each name, as OpenURL does: two contributors are "rft.contributor"
# twice. Of "Ada E." and "Basile T." it keeps "Basile T."; of two relations, the last; of three subjects, the last. In a
# notice for a journal article each "rft.au" is kept, and so are two DC.creator among a page's <meta>.
#
# No error or warning.
#
# Source: parseCOinSTitle (lib/index.js:189 to 199) has a list of five keys that may be repeated, au, isbn, issn, eissn
# and aucorp, none of them from Dublin Core; for the others, says its comment, "this will overwrite duplicates".
#
# Why it matters here: each page of a récit has such a notice, with a key for each voice. A récit by two people is cited
# as one person's.
#
# Seen with html-metadata 3.0.1 and cheerio 1.0.0-rc.12, Node 20. Exits 0 where it is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit html-metadata@3.0.1 cheerio@1.0.0-rc.12 >/dev/null
cat >read.cjs <<'JS'
const cheerio = require('cheerio')
const metadata = require('html-metadata')
console.log('html-metadata', metadata.version)

const notice = (format, keys) => `<span class="Z3988" title="${[
  'ctx_ver=Z39.88-2004',
  `rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3A${format}`,
  ...keys.map(([key, value]) => `rft.${key}=${encodeURIComponent(value)}`),
].join('&amp;')}"></span>`
const voices = [['contributor', 'Ada E.'], ['contributor', 'Basile T.']]
const subjects = [['subject', 'Eau'], ['subject', 'Bois'], ['subject', 'Voirie']]
const seen = [
  [notice('dc', [['title', 'Un banc'], ...voices, ...subjects]), {
    title: 'Un banc', contributor: 'Basile T.', subject: 'Voirie',
  }],
  // as it should be
  [notice('journal', [['atitle', 'Un banc'], ['au', 'Ada E.'], ['au', 'Basile T.']]), {
    atitle: 'Un banc', au: ['Ada E.', 'Basile T.'],
  }],
]
const read = async () => {
  let still = true
  for (const [html, words] of seen) {
    const [{ rft }] = await metadata.parseCOinS(cheerio.load(html))
    console.log(html, '->', JSON.stringify(rft))
    still = still && JSON.stringify(rft) === JSON.stringify(words)
  }
  const head = cheerio.load('<meta name="DC.creator" content="Ada E."><meta name="DC.creator" content="Basile T.">')
  const { creator } = await metadata.parseDublinCore(head)
  console.log('DC.creator twice ->', JSON.stringify(creator))
  return still && creator.length === 2
}
read().then((still) => {
  console.log(still ? 'still so' : 'changed')
  process.exit(still ? 0 : 1)
})
JS
node read.cjs
