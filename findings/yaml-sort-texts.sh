#!/bin/sh
# yaml-sort deletes a text that has a colon in it, and every key after that text.
#
# Guess: the same texts in another order, as it promises. The guess was wrong.
#
# It sorts the keys of a file, "preserving comments and byte-for-byte formatting". A line of a block ("|" or ">") that
# looks like a key, as any French sentence with " : " does, or like a list item, ends the reading: what came before is
# sorted and written over the file, the rest is gone. It reports "sorted", and on a second run that the file is in
# order.
#
# Source: _gather_cont (yaml_sort/core.py:211) ends the value of a key at a line that looks like a key, even inside a
# block.
#
# Why it matters here: the records of a town are YAML with long texts.
#
# Seen with yaml-sort 0.2.1, Python 3.11. Exits 0 where it is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check yaml-sort==0.2.1
cd "$folder"
venv/bin/pip list --disable-pip-version-check 2>/dev/null | grep yaml-sort
still=0
check() {
    printf 'type: recit\nresume: |\n  %s\nvoix:\n  - qui: Ada\n' "$1" >fiche.yaml
    venv/bin/yaml-sort fiche.yaml
    found=$(tr '\n' '/' <fiche.yaml)
    echo "$1 -> $found"
    [ "$found" = "$2" ] || still=1
}
check 'Un banc.' 'resume: |/  Un banc./type: recit/voix:/  - qui: Ada/'
check 'Le but : un banc.' 'resume: |/type: recit/'
check '- une vis' 'resume: |/type: recit/'
[ $still = 0 ] && echo "still so" || echo "changed"
exit $still
