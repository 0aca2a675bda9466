#!/bin/sh
# anonypy takes no notice of how close it is told to keep, and leaves out whoever did not tell an age or an answer.
#
# Guess: a table that has fewer than k rows as a whole is handed out all the same. It is; the closeness and the people
# were found beside.
#
# It makes a table fit to be given away: it parts it into classes of at least k rows and shows of each its bounds, so
# that nobody can be picked out. A class that has one opinion alone tells the opinion of all who are in it; for this
# there is t-closeness (Li, Li and Venkatasubramanian, ICDE 2007, definition 2): within a class, answers may be shared
# out otherwise than in the whole table by no more than t. It is anonymize_t_closeness, which calls t "p".
#
# 1. Of four people in their thirties who are all for, and four in their sixties who are all against, p=0.001 gives the
#    same classes as p=0.9 and as no p at all: each has one opinion, which is 0.5 away from the whole. The one table
#    that is within 0.001 is that of all eight, 31 to 64.
# 2. Of eight people, two who did not tell their age are in no class, and of eight answers one that is missing is not
#    counted: the counts of what is given away come to six and to seven.
#
# Nothing is said of either. With l-diversity the first is as asked.
#
# Its source: is_t_close (anonymity.py:12) has its limit in p, and takes the same name for the share of each answer
# (21), so that at its end (25) it compares with the last of these. Mondrian.split (mondrian.py) has who is under the
# median and who is at it or above, and an age that is not there is neither; groupby drops an answer that is not.
#
# Here: the answers to a survey of a town go to researchers by age and quarter. Who asks for closeness believes that a
# neighbour's opinion cannot be read off; and who keeps silent, often of one kind, is no longer among those asked.
#
# Seen with anonypy 0.2.1, pandas 2.3.3, Python 3.11. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check anonypy==0.2.1 pandas==2.3.3
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version

import pandas
from anonypy import Preserver

print("anonypy", version("anonypy"), "pandas", version("pandas"))
AGES = [31, 32, 33, 34, 61, 62, 63, 64]
OPINIONS = ["pour"] * 4 + ["contre"] * 4


def people(ages: list[int | None], opinions: list[str | None]) -> Preserver:
    return Preserver(pandas.DataFrame({"age": ages, "avis": opinions}), ["age"], "avis")


def classes(rows: list[dict]) -> list[tuple[str, str, int]]:
    return [(row["age"][0], row["avis"], row["count"]) for row in rows]


def all_told(rows: list[dict]) -> int:
    return sum(row["count"] for row in rows)


ONE_OPINION = [("31-32", "pour", 2), ("33-34", "pour", 2), ("61-62", "contre", 2), ("63-64", "contre", 2)]
WHOLE = [("31-64", "contre", 4), ("31-64", "pour", 4)]
SEEN = (
    ("closeness 0.001", classes(people(AGES, OPINIONS).anonymize_t_closeness(k=2, p=0.001)), ONE_OPINION),
    ("closeness 0.9", classes(people(AGES, OPINIONS).anonymize_t_closeness(k=2, p=0.9)), ONE_OPINION),
    ("no closeness", classes(people(AGES, OPINIONS).anonymize_k_anonymity(k=2)), ONE_OPINION),
    # as it should be: each class has two opinions
    ("two opinions", classes(people(AGES, OPINIONS).anonymize_l_diversity(k=2, l=2)), WHOLE),
    ("people, all told", all_told(people(AGES, OPINIONS).anonymize_k_anonymity(k=2)), 8),
    ("two without age", all_told(people([*AGES[:6], None, None], OPINIONS).anonymize_k_anonymity(k=2)), 6),
    ("one without opinion", all_told(people(AGES, [*OPINIONS[:7], None]).anonymize_k_anonymity(k=2)), 7),
)
still = True
for what, found, words in SEEN:
    print(what, "->", found)
    still = still and found == words
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
