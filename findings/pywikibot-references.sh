#!/bin/sh
# pywikibot's cosmetic changes turn text meant to be shown literally into live wikitext.
#
# Guess: "replaces HTML entities" leaves what the page shows, as cosmetic changes should. The guess was wrong.
#
# A character reference is how a page shows a character that would otherwise act: "&#42; a" is an asterisk, "~~&#126;~"
# four tildes. cosmetic_changes, which a setting adds to every save of every script, "replaces HTML entities". It spares
# &, ', <, >, [, ], | and some blanks, which suggests that the rest is harmless. It is not:
#
# 1. "&#42;", "&#35;", "&#58;", "&#59;" at the start of a line become lists, "&#61;= a =" a heading.
# 2. "{&#123;x}}" becomes a template call, "_&#95;NOTOC__" a switch.
# 3. "~~&#126;~" becomes "~~~~": the save that follows signs it, with the robot's name and the time.
#
# Source: the list "ignore" of resolveHtmlEntities (cosmetic_changes.py:693 to 712) has neither *, #, ;, =, {, _ nor ~;
# it has ":" in templates only.
#
# Why it matters here: a page of the archive writes such characters as references, so that a quoted "~~~~" is not signed
# by a robot.
#
# Seen with pywikibot 11.9.0, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pywikibot==11.9.0
cd "$folder"
PYWIKIBOT_NO_USER_CONFIG=2 venv/bin/python - <<'PYTHON'
import sys

import pywikibot
from pywikibot.cosmetic_changes import CosmeticChangesToolkit

print("pywikibot", pywikibot.__version__)
# one step of the toolkit, which asks its wiki nothing: a page of the main namespace
toolkit = CosmeticChangesToolkit.__new__(CosmeticChangesToolkit)
toolkit.template = False
SEEN = {
    "&#42; a": "* a",
    "&#35; a": "# a",
    "&#58; a": ": a",
    "&#59; a": "; a",
    "&#61;= a =": "== a =",
    "{&#123;x}}": "{{x}}",
    "_&#95;NOTOC__": "__NOTOC__",
    "~~&#126;~": "~~~~",
    # spared
    "[&#91;x]]": "[&#91;x]]",
    "a '&#39;b": "a '&#39;b",
    "a &#124; b": "a &#124; b",
}
still = True
for text, seen in SEEN.items():
    found = toolkit.resolveHtmlEntities(text)
    print(f"{text} -> {found}")
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
