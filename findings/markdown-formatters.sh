#!/bin/sh
# Three programs that put Markdown in order change what a page says.
#
# 1. mdformat, which compares the HTML before and after, takes the backslash out of "\|": to
#    CommonMark, which has no tables, it is not needed. The cell is two, the last column is gone.
#    Nothing is said.
# 2. pymarkdown, told that pages have a front matter, believes it only up to a blank line: the second
#    paragraph of a text in it is put to the margin, and the YAML can no longer be read.
# 3. rumdl fmt makes the second heading of the first level one of the second, and leaves the first: of
#    two parts of a page that stood side by side, one is now in the other.
#
# pymarkdown keeps the text with "extensions.front-matter.allow_blank_lines" too.
#
# Seen with mdformat 1.0.0, pymarkdownlnt 0.9.41 and rumdl 0.3.0, Python 3.11. Exits 0 where all is
# still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mdformat==1.0.0 \
    mdformat-frontmatter==2.2.0 markdown-it-py==4.2.0 pymarkdownlnt==0.9.41 \
    rumdl==0.3.0
cd "$folder"
cat >page.md <<'MD'
---
titre: Un accord
resume: |
  Le papier que signe qui raconte.

  Il reste à la mairie.
---

Une phrase.

# Votre récit

| Vue | Mots |
| --- | --- |
| Travaux | second œuvre \| gros œuvre |

# Vos droits

Une autre.
MD
for tool in mdformat pymarkdown rumdl; do cp page.md $tool.md; done
venv/bin/mdformat mdformat.md
venv/bin/pymarkdown --set 'extensions.front-matter.enabled=$!True' fix pymarkdown.md || true
venv/bin/rumdl fmt --no-cache rumdl.md >told 2>&1 || true
venv/bin/pip list --disable-pip-version-check 2>/dev/null | grep -E '^(mdformat|pymarkdownlnt|rumdl) '
still=0
check() {
    found=$(diff page.md "$1.md" | grep '^[<>]' | tr '\n' '/')
    echo "$1: $found"
    case $found in
    *"$2"*) ;;
    *) still=1 ;;
    esac
}
check mdformat '/< | Travaux | second œuvre \| gros œuvre |/> | Travaux | second œuvre | gros œuvre |/'
check pymarkdown '<   Il reste à la mairie./> Il reste à la mairie./'
check rumdl '< # Vos droits/> ## Vos droits/'
[ $still = 0 ] && echo "still so" || echo "changed"
exit $still
