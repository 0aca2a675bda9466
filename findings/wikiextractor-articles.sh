#!/bin/sh
# wikiextractor leaves out articles of a French wiki because of their title, and everything in lists.
#
# Guess: the articles of the main namespace, without their lists, which are known to be left out. The guess was wrong.
#
# 1. It skips templates by the beginning of the title, without the colon: the article « Modèle de convention », in the
#    main namespace, counts as a « Modèle: » and is not written.
# 2. Lists and tables are dropped, and a section with nothing else goes with its heading.
# 3. Text in code becomes "codice_1".
# 4. The blanks that French has before a colon and inside guillemets are removed.
#
# It reports the number of articles written. No error or warning.
#
# Source: title.startswith(template_prefix) (WikiExtractor.py:364, 377); placeholder_tags says 'code': 'codice'
# (extract.py:1193); lines 403 and 404 remove the blanks.
#
# Why it matters here: a town has a page « Modèle de convention » of its own, and quotes in guillemets.
#
# Seen with wikiextractor 3.1.0, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check wikiextractor==3.1.0
cd "$folder"
cat >pages.xml <<'XML'
<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="fr">
  <siteinfo>
    <sitename>Ville</sitename>
    <base>https://wiki.example.org/wiki/Accueil</base>
    <namespaces>
      <namespace key="0" case="first-letter" />
      <namespace key="10" case="first-letter">Modèle</namespace>
    </namespaces>
  </siteinfo>
  <page>
    <title>Le banc</title>
    <ns>0</ns>
    <id>1</id>
    <revision>
      <id>1</id>
      <timestamp>2026-01-01T00:00:00Z</timestamp>
      <model>wikitext</model>
      <format>text/x-wiki</format>
      <text xml:space="preserve">== Résultats ==

* Il sert tous les jours.
* Une vis manque.

== Suite ==

Ada : « il tient », dans &lt;code&gt;banc.yaml&lt;/code&gt;.

{|
! Qui !! Quoi
|-
| Ada || la vis
|}</text>
    </revision>
  </page>
  <page>
    <title>Modèle de convention</title>
    <ns>0</ns>
    <id>2</id>
    <revision>
      <id>2</id>
      <timestamp>2026-01-01T00:00:00Z</timestamp>
      <model>wikitext</model>
      <format>text/x-wiki</format>
      <text xml:space="preserve">Les parties conviennent de ce qui suit.</text>
    </revision>
  </page>
</mediawiki>
XML
venv/bin/python -m wikiextractor.WikiExtractor --json --quiet -o texts pages.xml
venv/bin/python - <<'PYTHON'
import json
import sys
from importlib.metadata import version
from pathlib import Path

print("wikiextractor", version("wikiextractor"))
lines = Path("texts/AA/wiki_00").read_text(encoding="utf-8").splitlines()
found = {one["title"]: one["text"] for one in map(json.loads, lines)}
for title, text in found.items():
    print(title, "->", repr(text))
still = found == {"Le banc": "Suite.\nAda: «il tient», dans codice_1."}
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
