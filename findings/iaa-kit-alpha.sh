#!/bin/sh
# iaa-kit, which measures agreement between people who code a text, gives Krippendorff's alpha values that are not his.
#
# Guess: a missing answer counts as one more category. The guess was wrong: it does not. That no value is right was
# noticed on the way.
#
# Coders of interviews use alpha, or kappa, to show whether their codes are reliable. Krippendorff's own example
# (Computing Krippendorff's Alpha-Reliability, 2011, part C) has four people who code twelve units, some of which not
# all of them coded; its alpha is 0.743 for nominal, 0.815 for ordinal, 0.849 for interval and 0.797 for ratio data.
#
# 1. For that example it gives 0.720, 0.832, 0.832 and 0.776: "ordinal" is "interval". It counts all pairs of each unit,
#    so that a unit coded by four weighs six times as much as one coded by two, and a unit coded by one alone enters
#    what is expected by chance.
# 2. ac2, which its page calls Gwet's AC2, is the weighted kappa: where most answers are of one kind, the case for which
#    Gwet made it, two people who agree on 18 of 20 get -0.05, less than chance, instead of 0.89.
# 3. weighted_kappa sorts ranks alphabetically, so that 10 comes before 2: two people who swap 9 and 10 and agree on the
#    eight others of ten ranks get 0.52 instead of 0.94.
#
# No error or warning. Its page gives limits of its own, none of these.
#
# Source: alpha_value (iaa_kit/krippendorff.py) takes the mean over pairs, and one distance for both scales; ac2
# (gwet.py) returns kappa(); kappa (cohen.py) sorts the labels by their repr.
#
# Why it matters here: a team codes the voices of a town twice, and reports for each theme whether two people see the
# same in it.
#
# Seen with iaa-kit 0.1.2 and, which have Krippendorff's and Gwet's values, krippendorff 0.8.2 and irrCAC 0.4.4, Python
# 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check iaa-kit==0.1.2 krippendorff==0.8.2 irrCAC==0.4.4 \
    numpy==1.26.4 pandas==2.3.3 scipy==1.12.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version

import krippendorff
import numpy
import pandas
from iaa_kit import ac2, alpha_value, weighted_kappa
from irrCAC.raw import CAC

for name in ("iaa-kit", "krippendorff", "irrCAC"):
    print(name, version(name))
NONE = numpy.nan
CODERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, 3],
    [NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NONE],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE],
]
UNITS = [list(unit) for unit in zip(*CODERS, strict=True)]
# the scale: what iaa-kit says, and what Krippendorff does
ALPHA = {
    "nominal": (0.720, 0.743),
    "ordinal": (0.832, 0.815),
    "interval": (0.832, 0.849),
    "ratio": (0.776, 0.797),
}
still = True
for scale, seen in ALPHA.items():
    right = krippendorff.alpha(reliability_data=numpy.array(CODERS), level_of_measurement=scale)
    found = round(alpha_value(UNITS, scale), 3), round(right, 3)
    print(scale, "->", *found)
    still = still and found == seen
# what two say of the same texts: most of one kind; ten ranks, of which the last two are exchanged
MOSTLY = [1] * 18 + [1, 2], [1] * 18 + [2, 1]
RANKS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [1, 2, 3, 4, 5, 6, 7, 8, 10, 9]
mostly, ranks = (CAC(pandas.DataFrame(dict(zip("ab", pair, strict=True))), weights="linear") for pair in (MOSTLY, RANKS))
PAIRS = {
    "AC2": (ac2(*MOSTLY), mostly.gwet(), (-0.05, 0.89)),
    # of two, Conger's kappa is Cohen's
    "weighted kappa": (weighted_kappa(*RANKS), ranks.conger(), (0.52, 0.94)),
}
for name, (value, other, seen) in PAIRS.items():
    found = round(value, 2), round(other["est"]["coefficient_value"], 2)
    print(name, "->", *found)
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
