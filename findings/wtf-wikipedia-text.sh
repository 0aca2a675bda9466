#!/bin/sh
# wtf_wikipedia's text has signs that no reader of the page sees, and lacks words that all see.
#
# Expected: the words that a reader of the page sees.
#
# 1. A character reference stays as it is typed, but for a few: "12&#160;%", "&laquo; oui &raquo;".
# 2. The tag of a paragraph stays where a value of it has a point or a colon: <p style="…">.
# 3. What stands in <nowiki>, to be shown as it is, acts: a link is a link, a heading is one and is
#    gone from the text, a template too.
# 4. Words in <code> are gone.
#
# Its source: preProcess/index.js:27 knows some ten references by name; reference/index.js:81 takes out a tag whose
# attributes are twenty letters, figures, "=", quotes and blanks at most; kill_xml.js:46 takes <nowiki> out before
# links and headings are read.
#
# Here: its text is what searches and models are fed with from a dump's wiki/pages.xml.
#
# Seen with wtf_wikipedia 10.4.2, Node 20. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit wtf_wikipedia@10.4.2 >/dev/null
cat >texts.cjs <<'JS'
const wtf = require('wtf_wikipedia')
console.log('wtf_wikipedia', require('./node_modules/wtf_wikipedia/package.json').version)
const seen = [
  ['12&#160;% des voix', '12&#160;% des voix', 0],
  ['&laquo; oui &raquo;', '&laquo; oui &raquo;', 0],
  ['<p style="line-height:1.6">Un banc.</p>', '<p style="line-height:1.6">Un banc.', 0],
  ['<p class="resume">Un banc.</p>', 'Un banc.', 0],
  ['<nowiki>[[Le banc]]</nowiki>', 'Le banc', 1],
  ['<nowiki>== Le banc ==</nowiki>', '', 0],
  ['Un <nowiki>{{Fiche}}</nowiki> banc.', 'Un banc.', 0],
  ['Lire <code>banc.yaml</code>.', 'Lire.', 0],
]
let still = true
for (const [source, text, links] of seen) {
  const found = wtf(source, { lang: 'fr' })
  console.log(source, '->', JSON.stringify(found.text()), found.links().length, 'links')
  still = still && found.text() === text && found.links().length === links
}
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node texts.cjs
