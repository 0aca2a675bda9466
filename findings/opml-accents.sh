#!/bin/sh
# opml, the npm package by OPML's author, declares the wrong encoding for every outline it writes, and joins its lines.
#
# Guess: the order of outlines, accents in attributes, line breaks in a note or nested texts change. The guess held for
# the line breaks; order and attributes stay. The first line was noticed in the output.
#
# OPML is the format in which lists of feeds and outlines are exchanged. opml.stringify makes a string of XML, to be
# saved.
#
# 1. The string begins with encoding="ISO-8859-1", whatever the input declared. Saved as Node saves strings, in UTF-8,
#    every other XML reader sees "Ã\u0089tÃ©" for "Été". Its own parser ignores the declaration, and reads it back.
# 2. A line break in an attribute (a note: "ligne 1&#10;ligne 2") is written as a plain line break. By XML 1.0 (3.3.3)
#    a reader makes it a blank, so that two lines become one.
# 3. A no-break space, as French has before ":", is written as a plain blank.
# 4. In the head nothing is escaped: with the title "Eau & air" the file is not XML.
#
# No error or warning. Its page names no encoding and no such limit, and no issue found reports it.
#
# Source: stringify writes the first line as a constant (opmltojs.js:162), and the values of the head as they are;
# encodeXml (daveutils.js:697) replaces no-break spaces and does not know of line breaks.
#
# Why it matters here: the feeds of a town's associations come as OPML, and names have accents. Reading such a list with
# the reference package and saving it garbles them.
#
# Seen with opml 0.5.8, Node 20, beside Python 3.11's ElementTree. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit opml@0.5.8 >/dev/null
cat >feeds.opml <<'OPML'
<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Récits</title></head><body>
<outline text="Été&#160;: air" _note="ligne 1&#10;ligne 2" category="eau &amp; air"/></body></opml>
OPML
sed 's/Récits/Eau \&amp; air/' feeds.opml >escaped.opml
cat >again.cjs <<'JS'
const fs = require('node:fs')
const opml = require('opml')

for (const name of ['feeds', 'escaped']) {
  opml.parse(fs.readFileSync(`${name}.opml`, 'utf8'), (error, outline) => {
    if (error) throw error
    fs.writeFileSync(`${name}.again.opml`, opml.stringify(outline))
  })
}
opml.parse(fs.readFileSync('feeds.again.opml', 'utf8'), (error, { opml: { head, body } }) => {
  console.log('its own', head.title, body.subs[0].text)
  if (head.title !== 'Récits' || body.subs[0].text !== 'Été : air') process.exit(1)
})
JS
node again.cjs
python3 - <<'PYTHON'
import sys
import xml.etree.ElementTree as ElementTree


def read(name: str) -> tuple[str | None, dict[str, str]]:
    root = ElementTree.parse(name).getroot()
    [outline] = root.iter("outline")
    return root.findtext("head/title"), outline.attrib


before, after = read("feeds.opml"), read("feeds.again.opml")
print(before, after, sep="\n")
still = before == ("Récits", {"text": "Été\u00a0: air", "_note": "ligne 1\nligne 2", "category": "eau & air"})
still = still and after == ("RÃ©cits", {"text": "Ã\x89tÃ© : air", "_note": "ligne 1 ligne 2", "category": "eau & air"})
still = still and read("escaped.opml")[0] == "Eau & air"
try:
    read("escaped.again.opml")
    still = False
except ElementTree.ParseError as error:
    print("escaped:", error)
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
