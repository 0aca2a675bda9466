#!/bin/sh
# rocrate-inveniordm turns a month into the day on which it happens to run, and a town into a person with a first name.
#
# Guess: a town that made a crate (an Organization) becomes a person whose family name is its last word. The guess was
# half right; the date was unexpected.
#
# It turns an RO-Crate into the metadata of a deposit in InvenioRDM, the software of Zenodo.
#
# 1. "datePublished" may be a month: RO-Crate requires ISO 8601, of which the day is a SHOULD. "2018-06" is published
#    "2018-06-29" when run on a 29th, "2018-06-03" on a 3rd; in February at most on its last day. A year stays a year.
#    InvenioRDM, whose dates are EDTF, accepts a month.
# 2. "Commune de Loos" of the type Organization is organizational, and has the family name "Loos" and the given name
#    "Commune de".
#
# Source: dateProcessing (mapping/processing_functions.py:1) keeps four characters as they are and passes everything
# else to dateutil, which fills the gaps from today; nameProcessing takes the last word for a family name before it
# looks at the type.
#
# Why it matters here: a dump has a crate, for a deposit. The crate of an old corpus may only know the month, and two
# deposits of it then differ by the day.
#
# Seen with rocrate-inveniordm 2.1.0 (python-dateutil 2.9.0), Python 3.11. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rocrate-inveniordm==2.1.0 \
    python-dateutil==2.9.0.post0
cd "$folder"
venv/bin/python - <<'PYTHON'
import contextlib
import io
import sys
from calendar import monthrange
from datetime import date
from importlib.metadata import version

from rocrate_inveniordm.mapping.converter import convert

for name in ("rocrate-inveniordm", "python-dateutil"):
    print(name, version(name))


def deposit(published: str) -> dict:
    """What is told of a crate that was published then."""
    graph = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "name": "Récits",
            "description": "Des récits.",
            "datePublished": published,
            "license": {"@id": "https://creativecommons.org/licenses/by-sa/4.0/"},
            "author": {"@id": "#commune"},
        },
        {"@id": "#commune", "@type": "Organization", "name": "Commune de Loos"},
        {
            "@id": "https://creativecommons.org/licenses/by-sa/4.0/",
            "@type": "CreativeWork",
            "name": "CC BY-SA 4.0",
        },
    ]
    # it tells all that it does
    with contextlib.redirect_stdout(io.StringIO()):
        return convert({"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph})["metadata"]


def today(year: int, month: int) -> str:
    day = min(date.today().day, monthrange(year, month)[1])
    return date(year, month, day).isoformat()


SEEN = {
    "2018-06": today(2018, 6),
    "2018-02": today(2018, 2),
    "2018": "2018",
    "2018-06-12": "2018-06-12",
}
still = True
for published, seen in SEEN.items():
    found = deposit(published)["publication_date"]
    print("1.", published, "->", found)
    still = still and found == seen
[creator] = deposit("2018")["creators"]
print("2.", creator["person_or_org"])
still = still and creator["person_or_org"] == {
    "family_name": "Loos",
    "given_name": "Commune de",
    "name": "Commune de Loos",
    "type": "organizational",
}
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
