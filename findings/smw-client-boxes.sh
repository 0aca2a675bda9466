#!/bin/sh
# py-3rdparty-mediawiki adds a second infobox to a page, and turns a month stored in the wiki into its first day.
#
# Guess: the month becomes a day. The guess held; the infobox was noticed on the way.
#
# It is a client for wikis with Semantic MediaWiki: it reads and sets the values of a page's template, and queries its
# properties.
#
# 1. MediaWiki shows one template for "{{Fiche projet", "{{fiche projet", "{{Fiche_projet", "{{Modèle:Fiche projet" and
#    for a comment after the name. The client only knows the first: for the others it says that there is no such
#    template, and setting a value adds a second one at the end of the page, with that value alone.
# 2. A property of the type Date may be a month or a year, and the wiki shows it so. The API gives each date twice: in
#    seconds, which need a day, and as it is stored ("raw": "1/2018/6" after the calendar). For this client June 2018 is
#    the first of June, and the year 2018 the first of January: they cannot be told from these days.
#
# No error or warning.
#
# Source: _get_templates_by_name (wikibot3rd/wikitext.py:89) compares names as typed, and update_template adds what it
# does not find; deserializeSingle (smw.py:77) only looks at "timestamp".
#
# Why it matters here: people type template names as they like, and a wiki stores "juin 2018" where nobody knows the
# day.
#
# Seen with py-3rdparty-mediawiki 0.19.7 (wikitextparser 3.0.0, requests 2.34.2), Python 3.11. Exits 0 where both are
# still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check wikitextparser==3.0.0 requests==2.34.2
# without the packages of its other programs, which log in and show pages
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps py-3rdparty-mediawiki==0.19.7
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
from datetime import datetime
from importlib.metadata import version

from wikibot3rd.smw import SMW
from wikibot3rd.wikitext import WikiSON

for name in ("py-3rdparty-mediawiki", "wikitextparser", "requests"):
    print(name, version(name))
still = True
for name in (
    "Fiche projet",
    "fiche projet",
    "Fiche_projet",
    "Modèle:Fiche projet",
    "Fiche projet<!-- à relire -->",
):
    page = WikiSON("Le banc", f"{{{{{name}|titre=Banc|lieu=Loos}}}}")
    values = page.get("Fiche projet")
    boxes = page.set("Fiche projet", {"titre": "Le banc"}).count("{{")
    print("1.", name, "->", values, boxes)
    known = name == "Fiche projet"
    still = still and (values, boxes) == (({"titre": "Banc", "lieu": "Loos"}, 1) if known else (None, 2))


def asked(seconds: int, kept: str) -> datetime:
    """What an answer of the API, as Semantic MediaWiki writes it, is to the client."""
    printed = {"label": "Jour", "key": "Jour", "redi": "", "typeid": "_dat", "mode": 1, "format": ""}
    page = {"printouts": {"Jour": [{"timestamp": str(seconds), "raw": kept}]}, "fulltext": "Le banc"}
    answer = {"query": {"printrequests": [printed], "results": {"Le banc": page}}}
    return SMW().deserialize(answer)["Le banc"]["Jour"]


SEEN = (
    (1514764800, "1/2018", datetime(2018, 1, 1)),
    (1527811200, "1/2018/6", datetime(2018, 6, 1)),
    (1527811200, "1/2018/6/1", datetime(2018, 6, 1)),
    (1528761600, "1/2018/6/12", datetime(2018, 6, 12)),
)
for seconds, kept, seen in SEEN:
    found = asked(seconds, kept)
    print("2.", kept, "->", found)
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
