#!/bin/sh
# html2plaintext repeats each item of an inner list once for every list around it, and numbers all lists from one.
#
# Guess: nested lists are numbered anew (start=), <sup> or no-break spaces are lost, <br> joins words. The numbers are
# wrong indeed, and no-break spaces are kept; the repeated words were noticed in the output.
#
# Its page: it makes plain text of HTML, to "reformat ordered/unordered lists" and "treat whitespace like a browser".
#
# 1. A list in a list in a list, "un", "deux" and "trois", gives "- undeuxtrois", "- deuxtrois" and "- trois": "trois"
#    is said three times, and joined to what is around it.
# 2. A list within a numbered list is counted on with it: its first item is 2, and the outer list's second item is 3.
# 3. <ol start="3">, with which a list goes on after a paragraph, begins at 1.
# 4. Cells of a row are one word: of "Ada", "3" and "Basile", "4" comes "Ada3Basile4".
#
# No error or warning. Its page does not mention any of it, and no issue found reports it.
#
# Source: for each list, all <li> in it, however deep, are written with all their text (index.js:26 to 29).
#
# Why it matters here: minutes and promises are lists within lists. A message that carries them as text says things
# several times, and under other numbers than the page.
#
# Seen with html2plaintext 2.1.4, Node 20. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit html2plaintext@2.1.4 >/dev/null
cat >text.cjs <<'JS'
const plain = require('html2plaintext')

const SEEN = {
  '<ul><li>un<ul><li>deux<ul><li>trois</li></ul></li></ul></li></ul>': '- undeuxtrois\n- deuxtrois\n- trois',
  '<ol><li>un<ol><li>dedans</li></ol></li><li>deux</li></ol>': '1. undedans\n2. dedans\n3. deux',
  '<ol start="3"><li>trois</li></ol>': '1. trois',
  '<table><tr><td>Ada</td><td>3</td></tr><tr><td>Basile</td><td>4</td></tr></table>': 'Ada3Basile4',
  // as it should be
  '<ul><li>un</li><li>deux</li></ul>': '- un\n- deux',
  '<p>Prix&nbsp;: 3 &lt; 4</p><p>un<br>deux</p>': 'Prix\u00a0: 3 < 4\n\nun\ndeux',
}
let still = true
for (const [html, seen] of Object.entries(SEEN)) {
  const found = plain(html)
  console.log(html, '->', JSON.stringify(found))
  still = still && found === seen
}
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node text.cjs
