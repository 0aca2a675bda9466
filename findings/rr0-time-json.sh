#!/bin/sh
# @rr0/time, which reads the dates of archives, writes "about 1979" as 1979 and the 1970s as "[object Object]".
#
# Guess: a qualifier after a month is not applied to its year too ("2018-06~"). The guess was wrong: it is. The rest was
# noticed on the way.
#
# It reads EDTF (ISO 8601-2) on its three levels, and says that its dates are "rendered in EDTF format by default".
# After reading and writing with its own classes of the highest level:
#
# 1. In JSON (and by toSpec) an approximate year, "1979~", is exact, and an uncertain one, "1979?" (perhaps 1979), is
#    both uncertain and approximate.
# 2. As text a decade, a century, and an unknown month or day are "[object Object]"; a set of years is "[object Set]".
# 3. A year of fewer than four digits loses its zeros ("0079-08" is "79-08"), a year before our era too ("-0051" is
#    "-51"), and one of more than four digits its Y: none of these is EDTF any more.
# 4. "1985/..", which is ongoing, and "1985/", whose end is unknown, are both "1985/" as text.
# 5. Summer 2018, "2018-22", is after January 2019, and not before June 2019.
#
# No error or warning, and nothing on its page; no issue was found about this.
#
# Source: toSpec of a component returns for approximate what is uncertain
# (src/level1/component/Level1Component.mjs:102); the renderer of a component
# (src/level0/component/Level0ComponentRenderer.mjs:14) takes the text of a value that has a start and an end, and the
# year is padded to two digits like a month (PaddedComponentRenderer.mjs:9).
#
# Why it matters here: records say "vers 1979" and "années 1970", which an archive that takes them over writes in EDTF.
#
# Seen with @rr0/time 0.11.2, Node 20. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit @rr0/time@0.11.2 >/dev/null
cat >turn.mjs <<'JS'
import { readFileSync } from 'node:fs'
import { Level2Date, Level2Interval, Level2Set } from '@rr0/time'
console.log('@rr0/time', JSON.parse(readFileSync('node_modules/@rr0/time/package.json')).version)
// what a year in JSON says of itself: uncertain, approximate
const qualified = (text) => {
  const { uncertain, approximate } = JSON.parse(JSON.stringify(Level2Date.fromString(text))).year
  return `${uncertain} ${approximate}`
}
const texts = {
  '197X': '[object Object]',
  '19XX': '[object Object]',
  '2018-XX': '2018-[object Object]',
  '2018-06-1X': '2018-06-[object Object]',
  '0079-08': '79-08',
  '-0051': '-51',
  Y170000002: '170000002',
  // as it should be
  '2018-06-12': '2018-06-12',
  '1979~': '1979~',
  '2018-22': '2018-22',
}
const years = { '1979~': 'false false', '1979?': 'true true', 1979: 'false false', '1979%': 'true true' }
const periods = { '1985/..': '1985/', '1985/': '1985/', '../1985': '/1985', '1979~/1984': '1979~/1984' }
const sets = { '{1979,1981}': '[object Set]', '[1979..1981]': '[object Set]' }
const seasons = { '2018-10': 'false', '2019-01': 'false', '2019-06': 'false', '2019-12': 'true' }
let still = true
const compare = (what, seen, read) => {
  for (const [text, words] of Object.entries(seen)) {
    const found = String(read(text))
    console.log(what, text, '->', found)
    still = still && found === words
  }
}
compare('JSON', years, qualified)
compare('text', texts, (text) => Level2Date.fromString(text).toString())
compare('text', periods, (text) => Level2Interval.fromString(text).toString())
compare('text', sets, (text) => Level2Set.fromString(text).toString())
compare('summer 2018 is before', seasons, (text) =>
  Level2Date.fromString('2018-22').isBefore(Level2Date.fromString(text)))
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node turn.mjs
