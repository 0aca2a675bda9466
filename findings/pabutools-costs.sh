#!/bin/sh
# pabutools writes a project's cost of 3000.50 euros as 6001/2, and a voter's neighbourhood as a column of the projects.
#
# Guess: a comma before the cents is not read, or a number with a leading zero loses it. The guess was wrong: both are
# right. What it writes was noticed on the way.
#
# It reads and writes participatory budgets in the format of Pabulib, in which their votes are published and counted
# again. After reading and writing with its own two functions, with nothing changed:
#
# 1. A cost with cents is a fraction: 3000.50 is "6001/2", 3000.25 is "12001/4". Pabulib's own checker
#    (pabulib-checker), which called the original valid, rejects it.
# 2. What voters state beside age, sex and way of voting, such as the neighbourhood where they live, is gone. The
#    projects have a column of that name instead, with "None" in each line.
# 3. A quoted value with a semicolon loses its quotes: for a project "Banc; place Foch" the rest of the name becomes the
#    category, and everything after it moves one column on.
#
# No error or warning. Its manual says that the format is Pabulib's; neither the manual nor any issue mentions this.
#
# Source: election_as_pabulib_string (pabutools/election/pabulib.py:352, 420, 426) writes a cost as the exact fraction
# that it stores, and joins values with ";"; a key of a ballot is added to project_keys (409).
#
# Why it matters here: a town publishes its participatory budget with it, with costs that no spreadsheet reads and
# voters without a neighbourhood.
#
# Seen with pabutools 1.2.3 and pabulib-checker 1.0.8, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pabutools==1.2.3 \
  pabulib-checker==1.0.8 preflibtools==2.0.33
cd "$folder"
venv/bin/python - <<'PYTHON'
import contextlib
import io
import sys
from importlib.metadata import version

from pabulib.checker import Checker
from pabutools.election.pabulib import election_as_pabulib_string, parse_pabulib_from_string

print("pabutools", version("pabutools"), "pabulib-checker", version("pabulib-checker"))


def valid(budget: str) -> bool:
    with contextlib.redirect_stdout(io.StringIO()):
        return Checker().process_files([budget])["metadata"]["valid"] == 1


def written(project: str, voters: str, voter: str) -> tuple[bool, list[str], bool]:
    """Whether a budget is valid, its lines of projects and voters as they are written again, whether that is valid."""
    budget = (
        "META\nkey;value\ndescription;Essai\ncountry;France\nunit;Loos-en-Gohelle\ninstance;2018\n"
        "num_projects;2\nnum_votes;1\nbudget;14000\nvote_type;approval\nrule;greedy\n"
        "date_begin;03.06.2018\ndate_end;05.06.2018\n"
        "PROJECTS\nproject_id;cost;votes;name;category;selected\n1;12000;0;Jardin;nature;0\n"
        f"{project}\nVOTES\n{voters}\n{voter}\n"
    )
    again = election_as_pabulib_string(*parse_pabulib_from_string(budget))
    lines = [line for line in again.splitlines() if line.startswith(("project_id", "2;", "voter_id", "v1;"))]
    return valid(budget), lines, valid(again)


PROJECTS, BENCH = "project_id;cost;name;category;votes;selected", "2;3000;1;Banc;mobilier;1"
SEEN = (
    # as given; as written again, and whether that is valid
    (
        ("2;3000.50;1;Banc;mobilier;1", "voter_id;vote;age", "v1;2;34"),
        [PROJECTS, "2;6001/2;Banc;mobilier;1;1", "voter_id;age;vote", "v1;34;2"],
        False,
    ),
    (
        ("2;3000.25;1;Banc;mobilier;1", "voter_id;vote;age", "v1;2;34"),
        [PROJECTS, "2;12001/4;Banc;mobilier;1;1", "voter_id;age;vote", "v1;34;2"],
        False,
    ),
    (
        (BENCH, "voter_id;vote;age;neighborhood", "v1;2;34;Ouest"),
        [PROJECTS + ";neighborhood", "2;3000;Banc;mobilier;1;1;None", "voter_id;age;vote", "v1;34;2"],
        True,
    ),
    (
        ('2;3000;1;"Banc; place Foch";mobilier;1', "voter_id;vote;age", "v1;2;34"),
        [PROJECTS, "2;3000;Banc; place Foch;mobilier;1;1", "voter_id;age;vote", "v1;34;2"],
        False,
    ),
    # as it should be
    (
        (BENCH, "voter_id;vote;age;sex", "v1;2;34;F"),
        [PROJECTS, "2;3000;Banc;mobilier;1;1", "voter_id;age;sex;vote", "v1;34;F;2"],
        True,
    ),
)
still = True
for given, lines, stays in SEEN:
    found = written(*given)
    print(given, "->", found)
    still = still and found == (True, lines, stays)
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
