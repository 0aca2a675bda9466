#!/bin/sh
# three-way-merge puts a line back that one side deleted and the other changed, and reports no conflict.
#
# Guess: where two people insert at one place, somebody's order is kept. The guess was wrong: that is a conflict, as it
# should be. Deletions were noticed on the way.
#
# It merges two people's changes to one text, in a browser or a server, and "works similar to git merge", says its page.
#
# 1. A line that one side deleted and the other changed is in the result, as changed; isSuccess() is true, conflict
#    false. This is so at the start, in the middle and at the end of a text, whichever side deleted it. Git has a
#    conflict there.
# 2. Called as its page shows, merge(base, left, right), a line that the left side or both deleted is back: the real
#    order of arguments is left, base, right. That is a success too.
#
# No error or warning. Where both changed the line, it is a conflict. No issue was found about this; the one that exists
# (3, with pull request 4) is about lines added at the start.
#
# Source: decideAction (src/diff3.ts) takes two sides for equal if each line of the left one is in the right one, which
# is true of no lines at all; the other way round determineOutcome (src/merger.ts) takes the line missing on the right
# for one added on the left. merge (src/three-way-merge.ts) has the left text first.
#
# Why it matters here: a name is deleted from a text at its bearer's request, while somebody corrects a comma in that
# line.
#
# Seen with three-way-merge 0.1.0 and, which has the conflict, git 2.39, Node 20. Exits 0 where both are still so, else
# 1.
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
