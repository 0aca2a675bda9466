#!/bin/sh
# feedendum, which reads a feed and writes it again, loses the words after a marked-up word.
#
# Guess: plain text is taken for HTML. The guess was wrong: it is kept as it was. XHTML content was noticed on the way.
#
# The content of an Atom entry may be inline XHTML (RFC 4287, 4.1.3.4).
#
# 1. "Un <b>banc</b> vert tient, dit Ada." is written as "Un<b>banc</b>": everything from a marked-up word to the next
#    one is gone, and so is the blank before it. A paragraph without markup is kept; of two paragraphs with one marked
#    word each, each loses its end.
# 2. A title that says that it is HTML (type="html") no longer says so, and is shown with its tags.
#
# Source: an element becomes a dictionary of its children and one "#text" (utils.py:115), which has no place for what
# lxml calls an element's tail.
#
# Why it matters here: someone who merges the feeds of several services with it publishes sentences without their ends.
#
# Seen with feedendum 0.4.0, Python 3.11. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check feedendum==0.4.0 lxml==6.1.3
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import feedendum
from lxml import etree

print("feedendum", version("feedendum"))
ATOM = "{http://www.w3.org/2005/Atom}"
DIV = '<div xmlns="http://www.w3.org/1999/xhtml">{}</div>'


def back(title: str, content: str) -> tuple[str, str]:
    """What kind of title and which words are left of an entry that is read and written again."""
    written = feedendum.to_atom_string(
        feedendum.from_atom_text(
            '<feed xmlns="http://www.w3.org/2005/Atom"><title>Ville</title><id>urn:x:1</id>'
            "<updated>2026-01-01T00:00:00Z</updated><author><name>Ville</name></author><entry>"
            f"{title}<id>urn:x:2</id><updated>2026-01-01T00:00:00Z</updated>{content}</entry></feed>"
        )
    )
    text = written.decode() if isinstance(written, bytes) else written
    [entry] = etree.fromstring(text.encode()).iter(f"{ATOM}entry")
    words = "".join(entry.find(f"{ATOM}content").itertext())
    return entry.find(f"{ATOM}title").get("type", "text"), words


PLAIN = "<title>Un banc</title>"
MARKED = '<title type="html">Un &lt;b&gt;banc&lt;/b&gt;</title>'
SENTENCE = DIV.format("<p>Un <b>banc</b> vert tient, dit Ada.</p>")
TWO = DIV.format("<p>Un <b>banc</b> tient.</p><p>Une <i>vis</i> manque.</p>")
SEEN = (
    (PLAIN, f'<content type="xhtml">{SENTENCE}</content>', ("text", "Unbanc")),
    (PLAIN, f'<content type="xhtml">{TWO}</content>', ("text", "UnbancUnevis")),
    (MARKED, f'<content type="xhtml">{DIV.format("<p>Un banc tient.</p>")}</content>', ("text", "Un banc tient.")),
    (PLAIN, '<content type="text">Si a&lt;b : écrire &amp;amp;.</content>', ("text", "Si a<b : écrire &amp;.")),
)
still = True
for title, content, seen in SEEN:
    found = back(title, content)
    print(title, content, "->", *found)
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
