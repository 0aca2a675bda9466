#!/bin/sh
# typograf, asked for French, removes the blanks that French has before ":", ";", "!", "?" and "%".
#
# Guess: the typography of the language asked for. The guess was wrong.
#
# It corrects the typography of a text in a given language; French is one of them, and gets its guillemets with no-break
# blanks inside. Before the other two-part signs it wants no blank, as in English. No-break blanks stay, except the one
# before "%". Without the rules "common/space/delBeforePunctuation" and "common/space/delBeforePercent" all stay.
#
# It does not check what the text is: in a YAML file, the quotes of a value become guillemets, and what is between them,
# with its colon, is no longer a value.
#
# Source: the rules of "common" (dist/typograf.js:2165) are for all languages, and no rule of "fr" overrides these two.
#
# Why it matters here: it is offered to people who write French for the web. A récit processed with it has lost what
# "check" and the booklet put there.
#
# Seen with typograf 7.8.0, Node 20. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit typograf@7.8.0 >/dev/null
grep '"version": "[0-9]' node_modules/typograf/package.json
cat >order.cjs <<'JS'
const Typograf = require('typograf')
const rules = ['common/space/delBeforePunctuation', 'common/space/delBeforePercent']
// "~" is a blank that does not break, of either width
const tilde = (text) => text.replace(/[\u00a0\u202f]/g, '~')
const seen = [
  ['Vrai ? Oui ! Il en reste : une vis ; un clou, 20 %.', 'Vrai? Oui! Il~en~reste: une vis; un~clou, 20%.'],
  ['Vrai\u202f? Le but\u00a0: 20\u00a0%.', 'Vrai~? Le~but~: 20%.'],
  ['« Un banc », dit-elle.', '«~Un banc~», dit-elle.'],
  ['titre: "Un banc : deux"', 'titre: «~Un banc: deux~»'],
]
let still = true
for (const [text, words] of seen) {
  const found = new Typograf({ locale: ['fr'] }).execute(text)
  console.log(tilde(text), '->', tilde(found))
  still = still && tilde(found) === words
}
const kept = new Typograf({ locale: ['fr'], disableRule: rules }).execute(seen[0][0])
console.log('without the two rules ->', tilde(kept))
still = still && tilde(kept).replace(/~/g, ' ') === seen[0][0]
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node order.cjs
