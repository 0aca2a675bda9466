#!/bin/sh
# metric-time dates the end of each Republican year to the next year, and is a day off after that calendar's leap years.
#
# Guess: the days at the end of a year (jours complémentaires) have no name, or a year with six of them has five. The
# guess held for the sixth day, which becomes the first of the next year; the names are there. The rest was noticed on
# the way.
#
# France kept its civil registers in that calendar from 1792 to 1806. metric-time gives the Republican date of a day:
#
# 1. The year is a quotient, rounded for display: from the middle of a year on, it is the next one. The 9 Thermidor of
#    year II (27 July 1794) is in 3.
# 2. Years III, VII and XI ended with a sixth day. The 22 September 1795, the last of year III, is the first of IV, and
#    the 18 Brumaire of VIII (9 November 1799) is the 19th.
#
# No error or warning. Its page gives neither limits nor a rule for leap years; no issue was found about this.
#
# Source: republican_date (metric_time.py) divides the days since 1791 by 365; Date.__repr__ writes it with ":.0f".
#
# Why it matters here: a town's deeds and registers have such dates; a record gives them in ISO 8601, from a table.
#
# Seen with metric-time 1.0.8, pytz 2026.2, and repcal 2.0.0 and romme 0.1.0, which know both, Python 3.11. Exits 0
# where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check metric-time==1.0.8 pytz==2026.2 repcal==2.0.0 \
    romme==0.1.0
TZ=UTC "$folder/venv/bin/python" - <<'PYTHON'
import sys
from datetime import date, datetime, timezone
from importlib.metadata import version

from metric_time import RepublicanCalendar
from repcal import RepublicanDate
from romme import RepublicanDate as Romme

for name in ("metric-time", "repcal", "romme"):
    print(name, version(name))
SEEN = {
    # by metric-time, then the day as the others have it
    "1794-07-27": ("9 Thermidor 3", "9 thermidor an II", (2, 11, 9)),
    "1795-09-22": ("1 Vendémiaire 4", "6 jour complémentaire an III", (3, 13, 6)),
    "1799-11-09": ("19 Brumaire 8", "18 brumaire an VIII", (8, 2, 18)),
    "1805-12-31": ("11 Nivôse 14", "10 nivôse an XIV", (14, 4, 10)),
    # as it should be
    "1792-09-22": ("1 Vendémiaire 1", "1 vendémiaire an I", (1, 1, 1)),
    "1794-01-01": ("12 Nivôse 2", "12 nivôse an II", (2, 4, 12)),
}
still = True
for text, (seen, right, numbers) in SEEN.items():
    day = date.fromisoformat(text)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=timezone.utc)
    found = repr(RepublicanCalendar().republican_date(noon))
    other = str(RepublicanDate.from_gregorian(day))
    romme = Romme.from_gregorian(day.year, day.month, day.day)
    print(text, "->", found, "/", other)
    still = still and found.endswith(f" {seen}") and other.endswith(f" {right}")
    still = still and (romme.year, romme.month, romme.day) == numbers
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
