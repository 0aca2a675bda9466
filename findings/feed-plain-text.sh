#!/bin/sh
# Two readers of Atom take the plain text of an entry for HTML, and drop what stands between < and >.
#
# Expected: the text, since its type is said.
#
# RFC 4287 (4.1.3.3): content of the type "text" is text, with no child elements, and what looks like
# a tag in it is a word. "Si a<b et c>d" is "Si ad" in the contentSnippet of rss-parser and "Si a d"
# in the description of fastfeedparser, which tells the type "text" beside it; an ampersand that
# somebody wrote as "&amp;" is another one.
#
# Their source: lib/utils.js:5 strips tags whatever the type; main.py:2054 does where it meets a "<" and
# a ">", and unescapes what is left.
#
# Here: the feed of reminders has what people typed, as text.
#
# Seen with rss-parser 3.13.0, Node 20, and fastfeedparser 0.6.5, Python 3.11; feedparser 6.0.14
# keeps the text. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check fastfeedparser==0.6.5 \
    feedparser==6.0.14
cd "$folder"
npm install --silent --no-fund --no-audit rss-parser@3.13.0 >/dev/null
cat >fil.atom <<'XML'
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>À faire</title>
  <id>urn:uuid:427c17a2-09ac-52a8-a874-de36320374ca</id>
  <updated>2026-01-01T00:00:00Z</updated>
  <author><name>Ville</name></author>
  <entry>
    <title>Le banc</title>
    <id>urn:uuid:fd8ab225-450e-5938-b715-7a2d3b136aa8</id>
    <updated>2026-01-01T00:00:00Z</updated>
    <content type="text">Si a&lt;b et c&gt;d : écrire &amp;amp;.</content>
  </entry>
</feed>
XML
node -e '
const Parser = require("rss-parser")
new Parser().parseString(require("fs").readFileSync("fil.atom", "utf8"))
  .then((feed) => console.log(feed.items[0].contentSnippet))
' >snippet
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version
from pathlib import Path

import fastfeedparser
import feedparser

text = Path("fil.atom").read_text(encoding="utf-8")
[fast] = fastfeedparser.parse(text).entries
[kept] = feedparser.parse("fil.atom").entries
found = (
    Path("snippet").read_text(encoding="utf-8").rstrip("\n"),
    fast["description"],
    kept.content[0].value,
)
names = "rss-parser 3.13.0", *(
    f"{name} {version(name)}" for name in ("fastfeedparser", "feedparser")
)
for name, words in zip(names, found, strict=True):
    print(name, "->", repr(words))
still = found == (
    "Si ad : écrire &.",
    "Si a d : écrire &.",
    "Si a<b et c>d : écrire &amp;.",
)
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
