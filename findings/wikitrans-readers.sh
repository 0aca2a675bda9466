#!/bin/sh
# wikitrans, which makes text and HTML of a wiki's pages, shows readers what was hidden, and drops pieces of lists.
#
# Guess: words change, or MediaWiki's French names are not known. What follows was noticed in the output.
#
# It translates "MediaWiki markup" into plain text, HTML and Texinfo.
#
# 1. A comment, "<!-- à vérifier avec Ada -->", is text that all see, in both.
# 2. "#: suite" under "# un", which continues the first item, is lost; so is the caption of a picture, of which the word
#    "vignette" is left.
# 3. "l'''Avenir''", an elided article before italics, becomes the program's own notes: l{"content": "'''", "type":
#    "DELIM", [...]}Avenir. MediaWiki makes of it "l'" and italics.
# 4. "&nbsp;:" is shown as it is typed; in HTML it is escaped once more, "&amp;nbsp;:".
#
# No error or warning. Its page and its manual do not mention any of it, and no issue found reports it.
#
# Source: its tokenizer (wikitrans/wikimarkup.py) has no token for a comment; an apostrophe mark without a partner is
# put out as the text of its node.
#
# Why it matters here: comments in a wiki's pages hold what is not for readers, and the pages that loosbot writes have
# some.
#
# Seen with wikitrans 1.4, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check wikitrans==1.4
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys

from wikitrans.wiki2html import HtmlWikiMarkup
from wikitrans.wiki2text import TextWikiMarkup

NODE = '{{"content": "{}", "type": "DELIM", "wikinode": "WikiDelimNode"}}'
SEEN = {
    "un <!-- à vérifier avec Ada --> banc": (
        "un <!-- à vérifier avec Ada --> banc",
        "<p>un &lt;!-- à vérifier avec Ada --&gt; banc</p>",
    ),
    "# un\n#: suite\n# deux": ("1. un 2. deux", "<ol><li>un<ol></ol></li><li>deux</li></ol>"),
    "[[Fichier:A.jpg|vignette|Une légende]] fin": (
        "vignette fin",
        '<p><a href="http://fr.wikipedia.org/wiki/A.jpg"><span class="template">vignette</span></a> fin</p>',
    ),
    "l'''Avenir'' ici": (
        f"l{NODE.format(3 * chr(39))}Avenir{NODE.format(2 * chr(39))} ici",
        f"<p>l{NODE.format(3 * chr(39))}Avenir{NODE.format(2 * chr(39))} ici</p>",
    ),
    "Prix&nbsp;: 3": ("Prix&nbsp;: 3", "<p>Prix&amp;nbsp;: 3</p>"),
    # as it should be
    "l'''Avenir''' et ''ici''": ("l AVENIR et _ici_", "<p>l<b>Avenir</b> et <i>ici</i></p>"),
    "des [[banc]]s": ("des bancs", '<p>des <a href="http://fr.wikipedia.org/wiki/banc">banc</a>s</p>'),
}
still = True
for wikitext, seen in SEEN.items():
    found = []
    for translator in (TextWikiMarkup, HtmlWikiMarkup):
        markup = translator(text=wikitext, lang="fr")
        markup.parse()
        # lines are filled to the width of a terminal
        found.append(" ".join(str(markup).split()))
    print(repr(wikitext), "->", *found, sep="\n  ")
    still = still and tuple(found) == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
