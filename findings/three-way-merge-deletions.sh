#!/bin/sh
# three-way-merge, told that one took a line out and the other changed it, puts the line back and calls it no conflict.
#
# Guess: where two insert at one place, the order is somebody's. That is a conflict, as it should be; what is taken out
# was found beside.
#
# It merges what two people made of one text, in a browser or a server, and "works similar to git merge", by its page.
#
# 1. A line that one took out and the other changed is there, as the other has it; isSuccess() is true, conflict false. So it
#    is at the start, in the middle and at the end of a text, whoever of the two took it out. Git has a conflict there.
# 2. Called as its page calls it, merge(base, left, right), a line that the left one or both took out is back: its own order is
#    left, base, right. That is a success too.
#
# Nothing is said. Where both changed the line, it is a conflict. Its issues were looked for; the one that is there (3, with
# pull request 4) is of lines that are added at the start.
#
# Its source: decideAction (src/diff3.ts) takes two sides for alike if each line of the left one is in the right one, which is
# so of no line at all; the other way round determineOutcome (src/merger.ts) takes the line that the right one lacks for one
# that the left one added. merge (src/three-way-merge.ts) has the left text first.
#
# Here: a name is taken out of a text since its bearer asked for it, while somebody corrects a comma in that line.
#
# Seen with three-way-merge 0.1.0 and, which has the conflict, git 2.39, Node 20. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit three-way-merge@0.1.0 >/dev/null
cat >merge.cjs <<'JS'
const { spawnSync } = require('child_process')
const { writeFileSync } = require('fs')
const { merge } = require('three-way-merge')
console.log('three-way-merge', require('./node_modules/three-way-merge/package.json').version)
console.log(spawnSync('git', ['--version']).stdout.toString().trim())
const text = (lines) => lines.map((line) => `${line}\n`).join('')
// what git makes of it: how many conflicts
const byGit = (left, base, right) => {
  for (const [name, lines] of Object.entries({ left, base, right })) writeFileSync(name, text(lines))
  return spawnSync('git', ['merge-file', '-p', 'left', 'base', 'right']).status
}
const byIt = (...sides) => {
  const made = merge(...sides.map(text))
  return [made.isSuccess(), made.conflict, made.conflict ? null : made.joinedResults()]
}
const base = ['Le banc est là.', 'Ada E. le dit.', 'Il tient.']
const without = (place) => base.filter((_, at) => at !== place)
const changed = (place, more) => base.map((line, at) => (at === place ? line + more : line))
const all = (place) => [true, false, text(changed(place, ' Oui.'))]
const seen = [
  ...[0, 1, 2].flatMap((place) => [
    [without(place), base, changed(place, ' Oui.'), all(place), 1],
    [changed(place, ' Oui.'), base, without(place), all(place), 1],
  ]),
  // as it should be: both changed a line, one took a line out alone
  [changed(1, ' Oui.'), base, changed(1, ' Non.'), [false, true, null], 1],
  [without(1), base, base, [true, false, text(without(1))], 0],
  // in the order of its page: base, left, right
  [base, without(1), without(1), [true, false, text(base)], null],
  [base, without(1), base, [true, false, text(base)], null],
]
let still = true
for (const [first, second, third, expected, conflicts] of seen) {
  const found = byIt(first, second, third)
  const git = conflicts === null ? null : byGit(first, second, third)
  console.log(JSON.stringify([first, second, third]), '->', JSON.stringify(found), 'git:', git)
  still = still && JSON.stringify([found, git]) === JSON.stringify([expected, conflicts])
}
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node merge.cjs
