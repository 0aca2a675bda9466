#!/bin/sh
# mwextract makes Markdown of the first version of each page in a dump, not of the last.
#
# Guess: the French options of pictures and the sort keys of categories end up in its text. The guess held; that the
# text is the oldest was unexpected.
#
# A MediaWiki dump may have the whole history of a page, from its first version to its last, as Special:Export gives it.
#
# 1. mwextract writes a file or a corpus with the words of the first version. What was corrected or removed since is
#    back. It reports "1 pages", and says nothing of versions.
# 2. Of a page with one version, "[[Fichier:A.jpg|vignette|Le banc]]" becomes "vignette|Le banc" in the text, and a
#    category becomes its sort key; "[[File:…]]" and "[[Category:…]]" are left out.
#
# Source: next((rev.text for rev in page if rev.text), None) in iter_pages (parser.py), where mwxml gives the versions
# in order; SKIP_LINK_PREFIXES is four English words.
#
# Why it matters here: the names of people who withdrew are removed from a page in a later version. This tool brings
# them back into what a team works with.
#
# Seen with mwextract 0.1.0 (mwxml 0.3.8, mwparserfromhell 0.7.2), Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mwextract==0.1.0 \
    mwxml==0.3.8 mwparserfromhell==0.7.2
cd "$folder"
venv/bin/python - <<'PYTHON'
import json
import subprocess
import sys
from html import escape
from importlib.metadata import version
from pathlib import Path

for name in ("mwextract", "mwxml", "mwparserfromhell"):
    print(name, version(name))
SITE = (
    "<siteinfo><sitename>Ville</sitename><dbname>ville</dbname><base>https://wiki.example.org/wiki/Accueil</base>"
    "<generator>MediaWiki 1.43.9</generator><case>first-letter</case><namespaces>"
    '<namespace key="0" case="first-letter" /></namespaces></siteinfo>'
)


def written(*versions: str) -> str:
    """What is written of a page with these versions, the first one first."""
    revisions = "".join(
        f"<revision><id>{number}</id><timestamp>202{number}-01-01T00:00:00Z</timestamp><contributor>"
        "<username>Ada</username><id>1</id></contributor><model>wikitext</model>"
        f'<format>text/x-wiki</format><text xml:space="preserve">{escape(text)}</text></revision>'
        for number, text in enumerate(versions, 1)
    )
    Path("pages.xml").write_text(
        '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="fr">'
        f"{SITE}<page><title>Le banc</title><ns>0</ns><id>1</id>{revisions}</page></mediawiki>",
        encoding="utf-8",
    )
    subprocess.run(
        ["venv/bin/mwextract", "--format", "json", "--quiet", "pages.xml", "made"],
        check=True,
        capture_output=True,
    )
    [page] = json.loads(Path("made/corpus.json").read_text(encoding="utf-8"))
    return page["body"]


SEEN = {
    ("Ada a monté le banc.", "Une personne a monté le banc."): "Ada a monté le banc.",
    ("Une personne a monté le banc.",): "Une personne a monté le banc.",
    ("Un banc. [[Fichier:A.jpg|vignette|Le banc]]",): "Un banc. vignette|Le banc",
    ("Un banc. [[File:A.jpg|thumb|Le banc]]",): "Un banc.",
    ("Un banc.\n\n[[Catégorie:Récits|banc vert]]",): "Un banc.\n\nbanc vert",
}
still = True
for versions, seen in SEEN.items():
    found = written(*versions)
    print(*map(repr, versions), "->", repr(found))
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
