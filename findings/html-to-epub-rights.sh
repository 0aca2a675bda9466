#!/bin/sh
# @lesjoursfr/html-to-epub reserves all rights in every book for its publisher, and merges two authors into one.
#
# Guess: a title with "&" or "<" gives a file that is not XML. The guess was wrong: the file is right. The rights and
# the names were noticed on the way.
#
# It makes an EPUB from HTML; its page asks for a title, an author ("string or array"), a publisher and chapters.
#
# 1. Each book has dc:rights "Copyright © 2026 by Commune", with the year in which it is made and the publisher
#    ("anonymous" if none is given), and dcterms:rights "All rights reserved". No option changes this, only a template
#    of one's own.
# 2. ["Ada E.", "Basile T."] becomes one dc:creator, "Ada E.,Basile T.", and so does its sort key (file-as). In EPUB 3.3
#    each creator has an element of its own.
# 3. The book is dated to the day on which it is made (dc:date), which no option changes either, and in the first nine
#    days of a month that is not a date of ISO 8601, which EPUB 3.3 asks for: "2026-12-1".
#
# No error or warning; its page does not mention rights, and no issue was found about this.
#
# Source: content.opf.ejs, in templates/epub2 and epub3, has these words; author is a list that is put into one element.
#
# Why it matters here: a town's texts may be passed on freely, with the names of those who told them. A booklet of them
# that somebody makes with this tool says the contrary.
#
# Seen with @lesjoursfr/html-to-epub 6.2.0, Node 20 (it asks for 22 or later). Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit @lesjoursfr/html-to-epub@6.2.0 >/dev/null
cat >make.mjs <<'JS'
const Today = Date
globalThis.Date = class extends Today {
  constructor(...of) {
    super(...(of.length ? of : [2026, 11, 1, 12]))
  }
}
const { EPub } = await import('@lesjoursfr/html-to-epub')

const book = { title: 'Récits & bancs', lang: 'fr', content: [{ title: 'Un banc', data: '<p>Un banc, libre de droits.</p>' }] }
await new EPub({ ...book, author: ['Ada E.', 'Basile T.'], publisher: 'Commune' }, 'commune.epub').render()
await new EPub({ ...book, author: 'Ada E.' }, 'alone.epub').render()
JS
node make.mjs
python3 - <<'PYTHON'
import sys
import xml.etree.ElementTree as ElementTree
import zipfile

DC = "{http://purl.org/dc/elements/1.1/}"
SEEN = {
    "commune.epub": (["Ada E.,Basile T."], "Commune"),
    "alone.epub": (["Ada E."], "anonymous"),
}
still = True
for name, (people, owner) in SEEN.items():
    with zipfile.ZipFile(name) as book:
        package = ElementTree.fromstring(book.read("OEBPS/content.opf"))
    creators, rights, dates = ([node.text for node in package.iter(DC + kind)] for kind in ("creator", "rights", "date"))
    terms = [node.text for node in package.iter() if node.get("property") == "dcterms:rights"]
    print(name, creators, rights, terms, dates)
    still = still and creators == people and rights == [f"Copyright © 2026 by {owner}"] and terms == ["All rights reserved"]
    still = still and dates == ["2026-12-1"]
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
