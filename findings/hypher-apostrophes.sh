#!/bin/sh
# Hypher breaks French words after the keyboard's apostrophe, where no break is allowed.
#
# Guess: French patterns know both apostrophes. The guess was wrong.
#
# With the French patterns made for it, "l'habitante" may break as "l'-habitante", and "aujourd'hui" as "aujourd'-hui";
# the apostrophe counts as one of the two letters that must stay before a break, so that "l'école" becomes "l'é-cole".
# With the typographic apostrophe the first and the last are not broken there. The patterns are TeX's, which two other
# programs also use: neither breaks after an apostrophe.
#
# Source: in hyphenation.fr all patterns with an apostrophe ("1d’", "’é4") have U+2019; hypher does not convert one into
# the other.
#
# Why it matters here: older texts of the archive have the keyboard's apostrophe, as people typed it.
#
# Seen with hypher 0.2.5 and hyphenation.fr 0.2.1, beside hyphen 1.14.1, Node 20, and pyphen 0.18.1, Python 3.11. Exits
# 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyphen==0.18.1
cd "$folder"
npm install --silent --no-fund --no-audit hypher@0.2.5 hyphenation.fr@0.2.1 hyphen@1.14.1 >/dev/null
cat >break.cjs <<'JS'
const Hypher = require('hypher')
const hypher = new Hypher(require('hyphenation.fr'))
const { hyphenateSync } = require('hyphen/fr')
for (const word of process.argv.slice(2)) {
  console.log(hypher.hyphenate(word).join('-'), hyphenateSync(word, { hyphenChar: '-' }))
}
JS
venv/bin/python - <<'PYTHON'
import subprocess
import sys
from importlib.metadata import version

from pyphen import Pyphen

print("pyphen", version("pyphen"))
SEEN = {
    # by hypher, hyphen, pyphen
    "l'habitante": ("l'-ha-bi-tante", "l'ha-bi-tante", "l'ha-bi-tante"),
    "aujourd'hui": ("au-jourd'-hui", "au-jour-d'hui", "au-jour-d'hui"),
    "l'école": ("l'é-cole", "l'école", "l'école"),
    "l’habitante": ("l’ha-bi-tante", "l’ha-bi-tante", "l’ha-bi-tante"),
    "l’école": ("l’école", "l’école", "l’école"),
}
told = subprocess.run(
    ["node", "break.cjs", *SEEN], capture_output=True, check=True, encoding="utf-8"
).stdout
words = Pyphen(lang="fr")
still = True
for (word, seen), line in zip(SEEN.items(), told.splitlines(), strict=True):
    found = (*line.split(" "), words.inserted(word))
    print(word, "->", *found)
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
