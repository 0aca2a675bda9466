#!/bin/sh
# typographeur takes the end of a character reference for a semicolon: readers see "R&D" as "R& ;D".
#
# Guess: addresses and times get a blank before their colon. The guess held; references, and the repeated run, were
# noticed on the way.
#
# It corrects French typography "en HTML", as its description says: "Salut! ça va?" becomes "Salut&#8239;! ça
# va&#8239;?", and code, scripts and attributes are left as they are.
#
# 1. A reference gets a thin blank before its end: "R&amp;D" becomes "R&amp&#8239;;D", "caf&eacute;" becomes
#    "caf&eacute&#8239;;". Any editor that escapes "&", "<" and ">" writes such references. "&nbsp;" is spared, and so
#    are those that it writes itself.
# 2. So a correct page does not stay unchanged, as its manual promises; yet its output for "R&amp;D" gets no second
#    blank: it is "R&amp&#8239;;D" again.
# 3. A displayed time or address gets a blank: "14:30" becomes "14&nbsp;:30", "https://example.org/a?b" becomes
#    "https&nbsp;://example.org/a&#8239;?b", which leads nowhere when copied.
#
# No error or warning. Its manual lists its rules and what it leaves alone, and none of this; no issue was found about
# it.
#
# Source: the rule of the semicolon (fix_semicolon, typographeur/__init__.py) runs on each text between two tags, with
# its references still unparsed.
#
# Why it matters here: pages published to a site write "R&D" and "<" as references, in the titles of records too.
#
# Seen with typographeur 0.5.0, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check typographeur==0.5.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import html
import re
import sys
from importlib.metadata import version

from typographeur import typographeur

print("typographeur", version("typographeur"))


def shown(page: str) -> str:
    """The text that a reader sees of a page."""
    return html.unescape(re.sub("<[^>]*>", "", page))


SEEN = (
    ("<p>R&amp;D</p>", "<p>R&amp&#8239;;D</p>"),
    ("<p>caf&eacute; &#233;t&#233;</p>", "<p>caf&eacute&#8239;; &#233&#8239;;t&#233&#8239;;</p>"),
    ("<p>5 &lt; 6</p>", "<p>5 &lt&#8239;; 6</p>"),
    ("<p>R&amp&#8239;;D</p>", "<p>R&amp&#8239;;D</p>"),
    ("<p>le 3 juin, à 14:30</p>", "<p>le 3 juin, à 14&nbsp;:30</p>"),
    ("<p>https://example.org/a?b</p>", "<p>https&nbsp;://example.org/a&#8239;?b</p>"),
    # as it should be
    ("<p>Oui&nbsp;: non</p>", "<p>Oui&nbsp;: non</p>"),
    ("<p>café été</p>", "<p>café été</p>"),
    ("<p>Salut! ça va?</p>", "<p>Salut&#8239;! ça va&#8239;?</p>"),
    ('<a href="https://example.org/a?b=c;d">a</a>', '<a href="https://example.org/a?b=c;d">a</a>'),
)
still = True
for page, ordered in SEEN:
    found = typographeur(page)
    print(page, "->", found, "shown", repr(shown(found)))
    still = still and found == ordered
still = still and shown(typographeur("<p>R&amp;D</p>")) == "R&\u202f;D"
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
