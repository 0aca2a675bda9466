#!/bin/sh
# Validata, which checks French open data, rejects a correct sum of euros and accepts a wrong one.
#
# Guess: amounts with cents are added with their cents, or refused as its own comment says ("La valeur … n'est pas
# entière, il n'est pas possible de vérifier"). The guess was wrong.
#
# A schema of schema.data.gouv.fr may say that a column is the sum of others, or comes before another.
#
# 1. For Validata 12.5 and 12.5 make 24: a total of 25 is reported as an error of the town that publishes it, a total of
#    24 or of 24.99 is accepted.
# 2. Of two months (the type "yearmonth"), September 2018 is not before October 2018, but August is: an error every
#    autumn. Two days, two years and two numbers are compared correctly.
#
# Source: int(row[col]) in custom_checks/sum_columns_value.py, of each amount; compute_comparison_str in
# compare_columns_value.py compares anything that is not a number by its repr, "yearmonth(year=2018, month=9)".
#
# Why it matters here: a town publishes its spending and the months of its projects with these schemas. A false error
# makes people "mend" a correct figure.
#
# Seen with validata-core 0.9.7 (frictionless 4.38.0), Python 3.11. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check validata-core==0.9.7 frictionless==4.38.0
cd "$folder"
venv/bin/python -W ignore - <<'PYTHON'
import sys
from importlib.metadata import version
from pathlib import Path

from validata_core import validate

for name in ("validata-core", "frictionless"):
    print(name, version(name))
SUM = {"name": "sum-columns-value", "params": {"column": "total", "columns": ["bois", "vis"]}}
ORDER = {"name": "compare-columns-value", "params": {"column": "debut", "column2": "fin", "op": "<"}}
MONEY, DATES = ("total", "bois", "vis"), ("debut", "fin")
SEEN = (
    # the check, the columns, their type, a row, what is wrong with it
    (SUM, MONEY, "number", "25,12.5,12.5", ["sum-columns-value"]),
    (SUM, MONEY, "number", "24,12.5,12.5", []),
    (SUM, MONEY, "number", "24.99,12.5,12.5", []),
    (SUM, MONEY, "number", "25,12,13", []),
    (SUM, MONEY, "number", "26,12,13", ["sum-columns-value"]),
    (ORDER, DATES, "yearmonth", "2018-09,2018-10", ["compare-columns-value"]),
    (ORDER, DATES, "yearmonth", "2018-08,2018-09", []),
    (ORDER, DATES, "date", "2018-09-30,2018-10-01", []),
)
still = True
for check, columns, kind, row, seen in SEEN:
    Path("a.csv").write_text(f"{','.join(columns)}\n{row}\n", encoding="utf-8")
    schema = {
        "fields": [{"name": column, "type": kind} for column in columns],
        "custom_checks": [check],
    }
    report = validate("a.csv", schema)
    found = [error.code for task in report.tasks for error in task.errors]
    print(check["name"], row, "->", *found or ["right"])
    still = still and found == seen and not report.errors
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
