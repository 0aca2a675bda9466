#!/bin/sh
# iaa-kit, which tells how far those who code a text agree, gives Krippendorff's alpha another value than Krippendorff.
#
# Guess: an answer that is missing counts as one more category. It does not; that no value is right was found beside.
#
# Whoever codes interviews with others tells by alpha, or by kappa, whether the codes can be relied upon. Krippendorff's own
# example (Computing Krippendorff's Alpha-Reliability, 2011, part C) has four who code twelve units, some of which not all
# of them coded; its alpha is 0.743 for names, 0.815 for ranks, 0.849 for intervals, 0.797 for ratios.
#
# 1. Of that example it gives 0.720, 0.832, 0.832 and 0.776. "ordinal" is "interval". Of each unit all pairs count, so that one
#    which four coded weighs six times as much as one which two did, and what one alone coded is in what is expected by chance.
# 2. ac2, which its page calls Gwet's AC2, is the weighted kappa: where most answers are of one kind, for which Gwet made it,
#    two who agree on 18 of 20 have -0.05, which is less than chance, instead of 0.89.
# 3. weighted_kappa takes ranks in the order of the alphabet, in which 10 stands before 2: two of whom one says 9 and the other
#    10, and the other way round, and who agree on the eight others of ten ranks, have 0.52 in place of 0.94.
#
# Nothing is said. Its page has bounds of its own, none of these.
#
# Its source: alpha_value (iaa_kit/krippendorff.py) takes the mean over pairs, and one distance for both scales; ac2 (gwet.py)
# returns kappa(); kappa (cohen.py) sorts the labels by their repr.
#
# Here: a team codes the voices of a town twice, and says of each theme whether two people see the same in it.
#
# Seen with iaa-kit 0.1.2 and, which have Krippendorff's and Gwet's values, krippendorff 0.8.2 and irrCAC 0.4.4, Python 3.11.
# Exits 0 where all is still so, else 1.
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
