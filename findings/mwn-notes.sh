#!/bin/sh
# mwn ends a template's value at a bar inside a note, and takes hidden lines for headings.
#
# Guess: parseTable loses captions and the attributes of cells. The guess was wrong: it reads them correctly. What
# follows was noticed on the way.
#
# 1. In MediaWiki the text between <ref> and </ref> is one piece for the template around it. mwn ends the value at a bar
#    in it: "x<ref>p. 4 | verso</ref>" becomes "x<ref>p. 4", and "verso</ref>" the first unnamed value.
# 2. parseSections makes a section of a heading that a comment hides, or that <nowiki> shows literally: the section
#    before it ends in the middle of the comment.
#
# parseTemplates itself handles comments and nowiki.
#
# Source: parseTemplates (build/wikitext.js:119 to 141) only looks for "<!--" and "<nowiki>" before it splits at bars;
# parseSections (283) is one regular expression, /^(=+)(.*?)\1/gm, over the whole text.
#
# Why it matters here: the infoboxes of records give their sources as notes in their values, and each page begins with a
# comment.
#
# Seen with mwn 3.0.3, Node 20. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit mwn@3.0.3 >/dev/null
cat >read.cjs <<'JS'
const { Mwn } = require('mwn')
console.log('mwn', require('./node_modules/mwn/package.json').version)
// no wiki is asked for anything
const { Wikitext } = new Mwn({ apiUrl: 'http://127.0.0.1/api.php' })
const values = (text) => Wikitext.parseTemplates(text).flatMap(
  ({ parameters }) => parameters.map(({ name, value }) => [name, value]),
)
const headings = (text) => Wikitext.parseSections(text).map(({ header }) => header)
const seen = [
  [values, '{{Fiche|note=x<ref>p. 4 | verso</ref>|lieu=[[A|b]]}}', [
    ['note', 'x<ref>p. 4'], [1, 'verso</ref>'], ['lieu', '[[A|b]]'],
  ]],
  [values, '{{Fiche|note=x<nowiki>p. 4 | verso</nowiki>}}', [['note', 'x<nowiki>p. 4 | verso</nowiki>']]],
  [headings, '== Un ==\nx <!--\n== Caché ==\n--> y\n== Deux ==\nz', [null, 'Un', 'Caché', 'Deux']],
  [headings, '== Un ==\n<nowiki>\n== Montré ==\n</nowiki>', [null, 'Un', 'Montré']],
]
let still = true
for (const [read, text, words] of seen) {
  const found = read(text)
  console.log(JSON.stringify(text), '->', JSON.stringify(found))
  still = still && JSON.stringify(found) === JSON.stringify(words)
}
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node read.cjs
