#!/bin/sh
# astrocite-bibtex reads Émile Zola as "Zola" and André Gide as one family name, and drops italic words from titles.
#
# Guess: accents written in TeX are lost, or a particle ("de la") goes to the wrong name. The guess was wrong for both;
# the words and the names were noticed on the way.
#
# BibTeX is a format in which libraries and archives (HAL) pass references on. astrocite-bibtex turns it into CSL-JSON,
# which citeproc takes:
#
# 1. "Émile Zola" loses his first name. "André Gide" and "Aimé Césaire" get no given name and are all family name, by
#    which they are sorted and cited. "George Sand" and "Gide, André" are right.
# 2. "Un banc \textit{vert}" becomes "Un banc ". The same goes for \textbf, \textsc, \enquote, \textsubscript and
#    \textsuperscript: "H\textsubscript{2}O" is "HO", "3\textsuperscript{e}" is "3". Only \emph is kept.
#
# No error or warning. Its page mentions no command or letter that is left out, and no issue found reports it.
# Citation.js keeps both the words and the names.
#
# Source: a name is whatever matches /([A-Z][a-zA-Z-]+ )?([a-z][a-zA-Z-]+ .+? [a-z][a-zA-Z-]+ )?([A-Z].+)/ somewhere
# (astrocite-core, names.js:54); parseRegularCommand (parser.js:70) returns nothing for commands that it does not know.
#
# Why it matters here: a town's sources come from libraries and archives as BibTeX, and French names have accents.
#
# All of this was seen with astrocite-bibtex 0.16.4, beside @citation-js/core and plugin-bibtex 0.7.21, Node 20. Exits 0
# where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit astrocite-bibtex@0.16.4 >/dev/null
npm install --silent --no-fund --no-audit @citation-js/core@0.7.21 @citation-js/plugin-bibtex@0.7.21 >/dev/null
cat >read.cjs <<'JS'
const assert = require('node:assert')
const { parse } = require('astrocite-bibtex')
const { Cite } = require('@citation-js/core')
require('@citation-js/plugin-bibtex')

const TITLES = {
  'Un banc \\textit{vert} ici': 'Un banc  ici',
  'Les \\enquote{voix} de la ville': 'Les  de la ville',
  'Un \\textbf{parc}, un \\textsc{banc}': 'Un , un ',
  'H\\textsubscript{2}O, 3\\textsuperscript{e}': 'HO, 3',
  // as it should be
  'Un banc \\emph{vert} ici': 'Un banc <i>vert</i> ici',
  "L'\\'et\\'e d'un b{\\^a}timent": "L'été d'un bâtiment",
}
const NAMES = {
  'Émile Zola': [undefined, 'Zola'],
  'Aimé Césaire': [undefined, 'Aimé Césaire'],
  "Andr{\\'e} Gide": [undefined, 'André Gide'],
  // as it should be
  'George Sand': ['George', 'Sand'],
  'Gide, André': ['André', 'Gide'],
}
const RIGHT = [
  ['Émile', 'Zola'],
  ['Aimé', 'Césaire'],
  ['André', 'Gide'],
  ['George', 'Sand'],
  ['André', 'Gide'],
]
let still = true
const check = (label, found, seen) => {
  // accents of TeX come as signs of their own
  const text = JSON.stringify(found).normalize('NFC')
  console.log(label, '->', text)
  try {
    assert.strictEqual(text, JSON.stringify(seen))
  } catch {
    still = false
  }
}
for (const [title, seen] of Object.entries(TITLES)) {
  const book = `@book{a, author = {George Sand}, title = {${title}}}`
  check(title, parse(book)[0].title, seen)
  const words = new Cite(book).data[0].title.replace(/<[^>]*>/g, '')
  console.log('  Citation.js:', words)
  for (const word of ['vert', 'voix', 'parc', 'banc', '2', 'e']) {
    still = still && (!title.includes(`{${word}}`) || words.includes(word))
  }
}
Object.entries(NAMES).forEach(([name, seen], at) => {
  const book = `@book{a, author = {${name}}, title = {Un banc}}`
  const [{ given, family }] = parse(book)[0].author
  check(name, [given, family], seen)
  const [other] = new Cite(book).data[0].author
  check('  Citation.js', [other.given, other.family], RIGHT[at])
})
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node read.cjs
