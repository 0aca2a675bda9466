#!/bin/sh
# atomdateparser, which prepares an archive's dates for AtoM, makes June 1945 start in 1906.
#
# Guess: "vers 1979" is 1979, and "3-5 juin" one day. The first was wrong, it is refused; the second held. The months
# were noticed on the way.
#
# AtoM is the software in which many archives describe their holdings. Its CSV has a date in words and its two ends
# (eventDates, eventStartDates, eventEndDates), which it takes as YYYY-MM-DD, YYYY-MM or YYYY. atomdateparser reads what
# people typed and returns all three. Used as its page shows, in strict mode (timid=True: "an exception … if the entire
# date cannot be parsed"):
#
# 1. "1945-06", a month in ISO 8601, becomes two years, "1906 - 1945", from the first of January 1906, even where both
#    ends are given beside it. "1898-02" becomes "1802 - 1898". Taking "02" for a year would give 1898 to 1902 instead.
#    With an unknown day, "1945-06-00", it is June 1945.
# 2. "3-5 June 2018" is the 3rd.
# 3. "mai 1979", with the languages and settings shown on its page, is the first of May. "after 1979" is one day of
#    1979: the first of the month in which the program runs. "May 1979" is the whole month.
#
# No error or warning. No issue was found about it; its source gives "2000-05" as an example of 2000 to 2005.
#
# Source: YearRangeHandler (atomdateparser/handlers.py) puts the century of the first year before the second number, and
# swaps the two if the second is then the earlier; DateParserHandler takes for a day what dateparser has filled up.
#
# Why it matters here: a town's records write a month as "1945-06"; an archive that takes them in then files the
# Liberation under 1906.
#
# Seen with atomdateparser 0.0.2 and dateparser 1.5.0, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check atomdateparser==0.0.2 dateparser==1.5.0
cd "$folder"
venv/bin/python -W ignore - <<'PYTHON'
import sys
from importlib.metadata import version

from atomdateparser.parser import EventDateParser

for name in ("atomdateparser", "dateparser"):
    print(name, version(name))
# as its page has it
parser = EventDateParser(
    unknown_date="Date Unknown",
    unknown_start_date="2000-01-01",
    unknown_end_date="2010-01-01",
    timid=True,
    dateparser_kwargs={
        "languages": ["en", "fr"],
        "settings": {"PREFER_DAY_OF_MONTH": "first", "PREFER_DATES_FROM": "past"},
    },
)
SEEN = {
    ("1945-06",): ("1906 - 1945", "1906-01-01", "1945-12-31"),
    ("1945-06", "1945-06-01", "1945-06-30"): ("1906 - 1945", "1906-01-01", "1945-12-31"),
    ("1898-02",): ("1802 - 1898", "1802-01-01", "1898-12-31"),
    ("3-5 June 2018",): ("2018-06-03", "2018-06-03", "2018-06-03"),
    ("mai 1979",): ("1979-05-01", "1979-05-01", "1979-05-01"),
    # as it should be
    ("1945-06-00",): ("June 1945", "1945-06-01", "1945-06-30"),
    ("May 1979",): ("May 1979", "1979-05-01", "1979-05-31"),
    ("1918-19",): ("1918 - 1919", "1918-01-01", "1919-12-31"),
}
still = True
for dates, seen in SEEN.items():
    found = tuple(parser.parse_event_dates(*dates).values())
    print(*dates, "->", *found)
    still = still and found == seen
after = set(parser.parse_event_dates("after 1979").values())
print("after 1979 ->", *after)
[day] = after if len(after) == 1 else [""]
still = still and day.startswith("1979-") and day.endswith("-01")
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
