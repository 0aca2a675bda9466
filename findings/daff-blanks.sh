#!/bin/sh
# daff puts a character that nobody typed into a table that it patches.
#
# Guess: a patch gives the second table, as a patch of text does. The guess was wrong.
#
# daff shows how two tables differ, and makes the second from the first and that difference; git can use it to merge CSV
# files. Where a changed cell begins or ends with a blank, the difference keeps the blank, but the patched table has the
# character "open box" (U+2423) in its place, which daff uses to show a blank on screen: "un " becomes "un␣". So the
# patched table is not the second one.
#
# No error or warning.
#
# Source: renderCell builds the displayed value with chr(9251) (daff/__init__.py:3339), and the difference that it
# writes holds that displayed value.
#
# Why it matters here: clerks compare and merge exported tables, whose cells end in blanks that people typed.
#
# Seen with daff 1.4.2, of PyPI with Python 3.11 and of npm with Node 20. Exits 0 where it is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check daff==1.4.2
cd "$folder"
npm install --silent --no-fund --no-audit daff@1.4.2 >/dev/null
printf 'id,texte\na,un\nb,deux\nc,trois\n' >avant.csv
printf 'id,texte\na,un \nb, deux\nc,quatre\n' >apres.csv
printf 'id,texte\na,un\342\220\243\nb,\342\220\243deux\nc,quatre\n' >vu.csv
still=0
check() {
    "$@" diff --output ecart.csv avant.csv apres.csv
    "$@" patch --output fait.csv avant.csv ecart.csv
    "$@" version
    tr -d '\r' <ecart.csv
    tr -d '\r' <fait.csv >fait
    cat fait
    cmp fait vu.csv || still=1
}
check venv/bin/python venv/bin/daff.py
check node node_modules/daff/bin/daff.js
[ $still = 0 ] && echo "still so" || echo "changed"
exit $still
