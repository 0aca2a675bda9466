#!/bin/sh
# eadpy, which turns finding aids into JSON and into texts for a search, misses a date that is inside a title.
#
# Guess: dates by the year and dates in words are mixed, or the words of a name in a title are lost. The guess was
# wrong; dates in titles and the other losses were noticed on the way.
#
# EAD 2002 is how archives describe what they keep: a fonds, its series, its items. From a valid file:
#
# 1. A date in a title, "Lettre du <unitdate normal="1979-06-12">12 juin 1979</unitdate> à Ada", is not found: dates is
#    empty and normalized_date null. Beside the title it is found. EAD allows both (unitdate in unittitle).
# 2. Every description is a "collection", even if it says that it is a fonds, a series or an item (archdesc level); all
#    levels below are kept as stated.
# 3. The language of a series or an item is lost, both name and code; that of the whole is kept.
# 4. A series' access conditions (accessrestrict) are not repeated in the texts that it makes of each item for a search
#    (create_item_chunks), although their path and the dates of the whole are.
#
# No error or warning. Its page says which elements of EAD3 it also reads, but none of this; no issue was found about
# it.
#
# Source: _parse_dates only looks below did; "collection" is hard-coded (eadpy/parsers.py:304), and the language is only
# looked up in //archdesc/did (407).
#
# Why it matters here: an interview that is closed for years belongs to a series that says so once, above it.
#
# Seen with eadpy 0.2.0, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check eadpy==0.2.0 lxml==6.1.3
cd "$folder"
venv/bin/python - <<'PYTHON'
import json
import sys
from importlib.metadata import version

import eadpy

print("eadpy", version("eadpy"))
DATE = '<unitdate normal="1979-06-12">12 juin 1979</unitdate>'
PICARD = '<langmaterial><language langcode="pcd">picard</language></langmaterial>'


def read(level: str, piece: str) -> eadpy.EAD:
    """A description of this level, with one series and in it one piece."""
    return eadpy.from_string(
        '<ead xmlns="urn:isbn:1-931666-22-9"><eadheader><eadid>1J</eadid><filedesc><titlestmt>'
        f'<titleproper>1 J</titleproper></titlestmt></filedesc></eadheader><archdesc level="{level}"><did>'
        '<unittitle>Comité</unittitle><langmaterial><language langcode="fre">français</language></langmaterial>'
        '</did><dsc><c level="series"><did><unittitle>Entretiens</unittitle></did>'
        "<accessrestrict><p>Fermé jusqu’en 2043.</p></accessrestrict>"
        f'<c level="item"><did>{piece}</did></c></c></dsc></archdesc></ead>'
    )


def dates(piece: str) -> tuple[list[str], str | None]:
    [series] = read("fonds", piece).data["components"]
    [found] = series["components"]
    return found["dates"]["normal"], found["normalized_date"]


inside = read("fonds", f"<unittitle>Lettre du {DATE} à Ada</unittitle>{PICARD}")
[chunk] = inside.create_item_chunks()
text = json.dumps(inside.data, ensure_ascii=False)
FOUND = {
    "date in the title": dates(f"<unittitle>Lettre du {DATE} à Ada</unittitle>"),
    "date beside it": dates(f"<unittitle>Lettre à Ada</unittitle>{DATE}"),
    "fonds": inside.data["level"],
    "series": read("series", "<unittitle>Lettre</unittitle>").data["level"],
    "level of a part": inside.data["components"][0]["level"],
    "language of the whole": inside.data["language"],
    "language of the piece": "picard" in text or "pcd" in text,
    "what may be seen of the series": "Fermé jusqu’en 2043." in text,
    "text for a search": chunk["text"],
    "dates for a search": chunk["metadata"]["date"],
}
SEEN = {
    "date in the title": ([], None),
    # as it should be
    "date beside it": (["1979-06-12"], "12 juin 1979"),
    "fonds": "collection",
    "series": "collection",
    # as it should be
    "level of a part": "series",
    "language of the whole": ["français"],
    "language of the piece": False,
    # as it should be
    "what may be seen of the series": True,
    "text for a search": "Path: Comité > Entretiens > Lettre du 12 juin 1979 à Ada\nTitle: Lettre du 12 juin 1979 à Ada",
    "dates for a search": None,
}
still = True
for what, found in FOUND.items():
    print(what, "->", repr(found))
    still = still and found == SEEN[what]
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
