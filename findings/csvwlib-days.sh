#!/bin/sh
# csvwlib, which turns CSV on the Web into JSON and RDF, reads the 12th of June as the 6th of December.
#
# Guess: a list of several markers for unknown values is not read. The guess held, with a warning; the days were noticed
# on the way.
#
# In CSVW a column of dates says how they are written, here "dd/MM/yyyy", one of the formats that the standard names
# (Model for Tabular Data and Metadata on the Web, 6.4.4). csvwlib ignores it:
#
# 1. "12/06/2018" becomes 2018-12-06; "13/06/2018" is the 13th of June, for want of a 13th month. So a table has some
#    days right and the others in another month; the same with "d.M.yyyy" and with times (dateTime).
# 2. A column's marker for unknown values ("null": "NC") is kept as a value; a marker set for the whole table is
#    honoured.
#
# No error or warning, and no issue was found about it.
#
# Source: utils/TypeConverter.py:58 passes each date unchanged to dateutil, which puts the month first;
# converter/ModelConverter.py:373 asks the table for "null".
#
# Why it matters here: the tables of a dump have ISO 8601 dates and set "null" once; a town's own tables have dates as
# people type them.
#
# Seen with csvwlib 0.3.2, python-dateutil 2.9.0.post0 and rdflib 7.6.0 and, which reads them as described, csvw 4.1.1,
# Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check csvwlib==0.3.2 python-dateutil==2.9.0.post0 \
    rdflib==7.6.0 csvw==4.1.1
cd "$folder"
cat >read.py <<'PYTHON'
import json
import sys
import threading
import warnings
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path

warnings.simplefilter("ignore")
from csvw import Table
from csvwlib import CSVWConverter

print("csvwlib", version("csvwlib"))


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing: it asks for addresses, not for files."""


server = ThreadingHTTPServer(("127.0.0.1", 0), Silent)
threading.Thread(target=server.serve_forever, daemon=True).start()
HERE = f"http://127.0.0.1:{server.server_address[1]}"


def read(description: dict, *cells: str) -> tuple[list, list]:
    """The values of a column by csvwlib, and by csvw."""
    column = {"name": "x", "titles": "x", **description}
    table = {"url": "t.csv", "tableSchema": {"columns": [column, {"name": "n", "titles": "n"}]}}
    Path("t.json").write_text(json.dumps({"@context": "http://www.w3.org/ns/csvw", **table}))
    Path("t.csv").write_text("x,n\n" + "".join(f"{cell},1\n" for cell in cells))
    rows = CSVWConverter.to_json(f"{HERE}/t.csv", f"{HERE}/t.json", mode="minimal")
    other = [row["x"] for row in Table.from_file("t.json")]
    return [row.get("x") for row in rows], [
        one.isoformat().removesuffix("T00:00:00") if hasattr(one, "isoformat") else one
        for one in other
    ]


def day(format_: str, base: str = "date") -> dict:
    return {"datatype": {"base": base, "format": format_}}


JUNE = ["2018-06-12", "2018-06-13"]
SEEN = [
    (day("dd/MM/yyyy"), ("12/06/2018", "13/06/2018"), ["2018-12-06", "2018-06-13"], JUNE),
    (day("d.M.yyyy"), ("12.6.2018", "13.6.2018"), ["2018-12-06", "2018-06-13"], JUNE),
    (
        day("dd/MM/yyyy HH:mm", "dateTime"),
        ("12/06/2018 10:30",),
        ["2018-12-06T10:30:00"],
        ["2018-06-12T10:30:00"],
    ),
    ({"null": "NC"}, ("NC", "a"), ["NC", "a"], [None, "a"]),
    # as it should be
    (day("yyyy-MM-dd"), tuple(JUNE), JUNE, JUNE),
    ({"datatype": "integer"}, ("7",), [7], [7]),
]
still = True
for description, cells, seen, right in SEEN:
    found, other = read(description, *cells)
    print(json.dumps(description), cells, "->", found, other)
    still = still and found == seen and other == right
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
venv/bin/python read.py
