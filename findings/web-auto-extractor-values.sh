#!/bin/sh
# web-auto-extractor reads a page's microdata with words joined, and with dates as displayed.
#
# Guess: words are lost from a value that contains another element. The guess was wrong: they are joined. The date was
# unexpected.
#
# 1. In HTML the value of <time datetime="2024-03-05">5 mars 2024</time> is 2024-03-05, that of <data
#    value="3">trois</data> is 3: it gives "5 mars 2024" and "trois". It reads <meta> and <a> as HTML says.
# 2. In a value with a marked-up word, "Un banc, <i>deux</i> façons", the blanks on both sides are gone: "Un
#    banc,deuxfaçons".
#
# No error or warning.
#
# Source: getPropValue (dist/parsers/micro-rdfa-parser.js:13) asks for href, content and the src of an image, but for
# neither datetime nor value; ontext (121) appends text.trim() to the value so far.
#
# Why it matters here: the microdata of each récit page give its title, author and licence. A title with markup is
# catalogued under a different one.
#
# Seen with web-auto-extractor 1.0.17 and, which reads both right, microdata-node 2.0.0, Node 20. Exits 0 where both are
# still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit web-auto-extractor@1.0.17 microdata-node@2.0.0 >/dev/null
cat >read.cjs <<'JS'
const microdata = require('microdata-node')
const extractor = require('web-auto-extractor').default
console.log('web-auto-extractor', require('./node_modules/web-auto-extractor/package.json').version)
const values = {
  // what stands on the page, by web-auto-extractor, by microdata-node
  datePublished: ['<time itemprop="datePublished" datetime="2024-03-05">5 mars 2024</time>', '5 mars 2024', '2024-03-05'],
  position: ['<data itemprop="position" value="3">trois</data>', 'trois', 3],
  name: ['<b itemprop="name">Un banc, <i>deux</i> façons</b>', 'Un banc,deuxfaçons', 'Un banc, deux façons'],
  license: ['<meta itemprop="license" content="CC-BY-SA-4.0">', 'CC-BY-SA-4.0', 'CC-BY-SA-4.0'],
}
const html = `<!doctype html><html><body><div itemscope itemtype="https://schema.org/CreativeWork">${
  Object.values(values).map(([element]) => element).join(' ')
}</div></body></html>`
const [told] = extractor().parse(html).microdata.CreativeWork
const [{ properties }] = microdata.toJson(html).items
let still = true
for (const [key, [element, ...words]] of Object.entries(values)) {
  const found = [told[key], ...properties[key]]
  console.log(element, '->', JSON.stringify(found))
  still = still && JSON.stringify(found) === JSON.stringify(words)
}
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node read.cjs
