#!/bin/sh
# A name that git filter-repo was told to forget stays in the history where it is typed otherwise.
#
# Its manual offers "regex:" with Python's expressions, and "(?i)" is how one asks for any case. The
# expressions run over bytes: a letter with an accent is two of them and has no other case.
#
# 1. "regex:(?i)zélie dumoulin" takes out "zélie Dumoulin" and "Zélie DUMOULIN", not "ZÉLIE DUMOULIN".
# 2. "Z.lie" meets no "Zélie": one point is half of a letter.
# 3. "Zélie\sDumoulin" does not see the no-break space of French typing; "[\W_]{1,4}" does.
#
# Nothing is said: the command ends well, the words are still there. What works is to write every
# case and form out: "z(?:é|É|e)lie[\W_]{1,4}dumoulin".
#
# Seen with git-filter-repo 2.47.0, git 2.39.5, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check git-filter-repo==2.47.0
export HOME="$folder" GIT_CONFIG_NOSYSTEM=1 LC_ALL=C.UTF-8
git --version
"$folder/venv/bin/pip" list --disable-pip-version-check 2>/dev/null | grep filter-repo

# what is left of each spelling once $2 was asked for
left() {
    rm -rf "$folder/$1"
    git init --quiet "$folder/$1"
    cd "$folder/$1"
    printf 'Zélie DUMOULIN\nZÉLIE DUMOULIN\nZélie\302\240Dumoulin\n' >texte
    git add texte
    git -c user.name=x -c user.email=x@example.org commit --quiet --message x
    printf '%s==>***\n' "$2" >../noms
    "$folder/venv/bin/git-filter-repo" --force --quiet --replace-text ../noms >/dev/null
    git show HEAD:texte | tr '\n' '|'
}

nbsp=$(printf '\302\240')
still=0
check() {
    found=$(left "$1" "$2")
    echo "$1. $2 -> $found"
    [ "$found" = "$3" ] || still=1
}
check 1 'regex:(?i)zélie dumoulin' "***|ZÉLIE DUMOULIN|Zélie${nbsp}Dumoulin|"
check 2 'regex:(?i)z.lie' "Zélie DUMOULIN|ZÉLIE DUMOULIN|Zélie${nbsp}Dumoulin|"
check 3 'regex:(?i)zélie\sdumoulin' "***|ZÉLIE DUMOULIN|Zélie${nbsp}Dumoulin|"
check 4 'regex:(?i)z(?:é|É|e)lie[\W_]{1,4}dumoulin' "***|***|***|"
[ $still = 0 ] && echo "still so" || echo "changed"
exit $still
