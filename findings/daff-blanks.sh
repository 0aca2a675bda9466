#!/bin/sh
# A table that daff patches has a sign in it that nobody typed.
#
# Expected: that a patch gives the second table, as a patch of text does.
#
# daff tells how two tables differ, and makes the second from the first and that difference; git can
# ask it to merge CSV files. Where a cell that changed begins or ends with a blank, the difference
# has the blank, and the patched table the sign "open box" (U+2423) in its place, which daff shows on
# the screen for it: "un " is "un␣". So the patched table is not the second one. Nothing is said.
#
# Its source: renderCell builds the shown value by chr(9251) (daff/__init__.py:3339), and the difference
# that it writes has that shown value.
#
# Here: clerks compare and merge exported tables, in which cells end in blanks that people typed.
#
# Seen with daff 1.4.2, of PyPI with Python 3.11 and of npm with Node 20. Exits 0 where it is still
# so, else 1.
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
