#!/bin/sh
# @edtf-ts/core puts spring in September, and a date both before and after another; a decade is named like its century.
#
# Guess: of a period with two precisions one end is cut, as elsewhere. The guess was wrong. What follows was noticed on
# the way.
#
# It reads the dates of archives (EDTF), gives their bounds, puts them into words, and compares two dates with "YES" for
# what "definitely holds" and "MAYBE" for what might.
#
# 1. "2018-25" is spring in the northern hemisphere (EDTF, level 2, sub-year groupings), and is described so: "Spring
#    (Northern Hemisphere) 2018". But its bounds are 1 September and 30 November, and April is not in it. 26 to 28 are
#    half a year off as well. The southern seasons, 29 to 32, are refused. "2018-21", a spring of no stated hemisphere,
#    is March to May.
# 2. "190X", ten years, and "19XX", a hundred, are both "1900s" in words. "1984-1X", an example of EDTF for one of the
#    last three months of 1984, is "1984"; "198X-06", a June, is "1980s".
# 3. "[1979,1985]" means one of the two years, not known which. Compared with 1981 it is before ("YES") and after
#    ("YES"): both isDefinitelyBefore and isDefinitelyAfter are true. "198X" compared with 1985 is "MAYBE", as it should
#    be.
#
# No error or warning.
#
# Source: DEFAULT_SEASON_MAPPINGS has the southern months at 25 to 28 (dist/index.js:974), seasonNames the right words
# (2835); formatUnspecifiedYear writes 0 for each X (2572); evaluate defaults to "ANY" of a set's members (2494), and
# treats a list (all of them) and a set (one of them) alike.
#
# Why it matters here: loosbot's dates are EDTF. A timeline drawn with this library has the Easter of a récit in autumn.
#
# Seen with @edtf-ts/core 0.4.2, Node 20. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit @edtf-ts/core@0.4.2 >/dev/null
cat >dates.mjs <<'JS'
import { readFileSync } from 'node:fs'
import { FuzzyDate } from '@edtf-ts/core'

console.log(JSON.parse(readFileSync('node_modules/@edtf-ts/core/package.json')).version)
const read = (text) => FuzzyDate.parse(text)
const day = (date) => date.toISOString().slice(0, 10)
const bounds = (text) => [day(read(text).min), day(read(text).max), read(text).format()]
const refused = (text) => {
  try {
    return Boolean(read(text)) && 'read'
  } catch (error) {
    return error.name
  }
}
const compared = (one, other) => {
  const [first, second] = [read(one), read(other)]
  return [
    first.isBefore(second),
    first.isAfter(second),
    first.isDefinitelyBefore(second),
    first.isDefinitelyAfter(second),
  ]
}
const seen = [
  ['2018-25', bounds('2018-25'), ['2018-09-01', '2018-11-30', 'Spring (Northern Hemisphere) 2018']],
  ['2018-26', bounds('2018-26'), ['2018-12-01', '2019-02-28', 'Summer (Northern Hemisphere) 2018']],
  ['2018-27', bounds('2018-27'), ['2018-03-01', '2018-05-31', 'Autumn (Northern Hemisphere) 2018']],
  ['2018-28', bounds('2018-28'), ['2018-06-01', '2018-08-31', 'Winter (Northern Hemisphere) 2018']],
  ['April in 2018-25', read('2018-25').contains(read('2018-04')), 'NO'],
  ['2018-29', refused('2018-29'), 'FuzzyDateParseError'],
  ['190X', bounds('190X'), ['1900-01-01', '1909-12-31', '1900s']],
  ['19XX', bounds('19XX'), ['1900-01-01', '1999-12-31', '1900s']],
  ['1984-1X', bounds('1984-1X'), ['1984-10-01', '1984-12-31', '1984']],
  ['198X-06', read('198X-06').format(), '1980s'],
  ['[1979,1985] and 1981', compared('[1979,1985]', '1981'), ['YES', 'YES', true, true]],
  // as it should be
  ['2018-21', bounds('2018-21'), ['2018-03-01', '2018-05-31', 'Spring 2018']],
  ['2005/2006-02', bounds('2005/2006-02'), ['2005-01-01', '2006-02-28', '2005 to February 2006']],
  ['198X and 1985', compared('198X', '1985'), ['MAYBE', 'MAYBE', false, false]],
]
let still = true
for (const [what, found, words] of seen) {
  console.log(what, '->', JSON.stringify(found))
  still = still && JSON.stringify(found) === JSON.stringify(words)
}
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node dates.mjs
