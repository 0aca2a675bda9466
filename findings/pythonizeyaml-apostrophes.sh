#!/bin/sh
# pythonizeyaml reads the comment behind "l'eau" as text, and merges an empty key's new value with the key below it.
#
# Guess: when something else changes, a folded text, a comment or "01001" is written anew. The guess was wrong: they
# stay. New keys, empty keys and apostrophes were noticed on the way.
#
# Its page promises "a PyYAML-compatible API and a lossless round-trip engine": "only the changed scalar is rewritten.
# Comments and formatting elsewhere remain byte-identical". A document is changed like a dict and written by dump().
#
# 1. Reading: in "nom: l'eau # à revoir" the comment becomes part of the text, and "- l'eau: oui" is a text, not a
#    mapping. In YAML 1.2.2 an apostrophe in the middle of a plain scalar is an ordinary character (7.3.3); a line with
#    two apostrophes is read correctly.
# 2. Giving a value to an empty key: "lieu:" with "date: 2018" below becomes "lieu:" and "Mairiedate: 2018". The place
#    is still empty and the date is lost. With "~", "null" or a comment behind the key all is right.
# 3. Adding a key whose text YAML reads as something else: "Lu # oui" is "Lu" when read again, "01001" is the number
#    513, "yes" is true. If the key exists already, the text is quoted and comes back.
# 4. A text with a colon, appended to a list, is a mapping: "eau: non" is {"eau": "non"}.
#
# No error or warning; PyYAML and pythonizeyaml agree on what was written. Neither its page nor any issue found mentions
# it.
#
# Source: compiled Rust in the wheel, not read; what goes in and comes out is all that was seen of the cause.
#
# Why it matters here: records are French, and have keys that wait for a value. A script that fills one loses the line
# below it.
#
# Seen with pythonizeyaml 0.6.1, beside PyYAML 6.0.3, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pythonizeyaml==0.6.1
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check PyYAML==6.0.3
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys

import pythonizeyaml
import yaml

still = True


def change(text: str, key: str, value: str, seen: object) -> None:
    """Put a value under a key of a record, or at the end of the list that it has, and compare what is read again."""
    global still
    document = pythonizeyaml.load_document(text)
    if isinstance(document.get(key), list):
        document[key].append(value)
    else:
        document[key] = value
    written = pythonizeyaml.dump(document)
    print(repr(text), key, repr(value), "->", repr(written))
    readings = yaml.safe_load(written), pythonizeyaml.safe_load(written)
    print("  read again", *readings)
    still = still and readings == (seen, seen)


READ = {
    "nom: l'eau # à revoir\n": ({"nom": "l'eau"}, {"nom": "l'eau # à revoir"}),
    "- l'eau: oui\n": ([{"l'eau": "oui"}], ["l'eau: oui"]),
    # as it should be
    "nom: l'eau et l'air # à revoir\n": ({"nom": "l'eau et l'air"}, {"nom": "l'eau et l'air"}),
}
for text, seen in READ.items():
    readings = yaml.safe_load(text), pythonizeyaml.safe_load(text)
    print(repr(text), *readings)
    still = still and readings == seen
change("nom: banc\nlieu:\ndate: 2018\n", "lieu", "Mairie", {"nom": "banc", "lieu": None, "Mairiedate": 2018})
change("nom: banc\n", "note", "Lu # oui", {"nom": "banc", "note": "Lu"})
change("nom: banc\n", "commune", "01001", {"nom": "banc", "commune": 513})
change("nom: banc\n", "accord", "yes", {"nom": "banc", "accord": True})
change("notes:\n- un\n", "notes", "eau: non", {"notes": ["un", {"eau": "non"}]})
# as it should be
change("nom: banc\nlieu: ~\ndate: 2018\n", "lieu", "Mairie", {"nom": "banc", "lieu": "Mairie", "date": 2018})
change("nom: banc\nlieu:  # où ?\ndate: 2018\n", "lieu", "Mairie", {"nom": "banc", "lieu": "Mairie", "date": 2018})
change("nom: banc\nnote: un\n", "note", "Lu # oui", {"nom": "banc", "note": "Lu # oui"})
change("nom: banc\ncommune: un\n", "commune", "01001", {"nom": "banc", "commune": "01001"})
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
