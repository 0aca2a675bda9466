#!/bin/sh
# siret and vat-siren-siret of npm take no number of a post office for a number of France.
#
# Guess: the blanks of "356 000 000 00048", as it is printed, are refused. They are; so are the post offices.
#
# Who is registered in France has a number with a check digit (formule de Luhn); the offices of La Poste, all under 356 000
# 000, are too many for it: theirs is right where the sum of its figures is a multiple of 5 (INSEE). 356 000 000 09075 is one,
# told in python-stdnum's issue 291. Both say that it is none, and vat-siren-siret finds neither its SIREN nor its VAT number;
# of the head office, whose number happens to have a check digit, they say that it is one.
#
# Nothing is said of it. Their issues were looked for, none has it; that others had it is known (python-stdnum, IsoCodes, the
# state's own demarche.numerique.gouv.fr, each with an issue).
#
# Their source: index.js of both asks for 14 figures and Luhn's sum, of whoever it is.
#
# Here: a town has its agence postale by agreement with La Poste; whoever checks the numbers of those who take part loses it.
#
# Seen with siret 1.0.1, vat-siren-siret 1.2.1 and, which knows the rule, stdnum 1.12.0, Node 20. Exits 0 where all is still
# so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit siret@1.0.1 vat-siren-siret@1.2.1 stdnum@1.12.0 >/dev/null
cat >check.cjs <<'JS'
const siret = require('siret')
const { isSIRET, toSIREN, toVAT } = require('vat-siren-siret')
const { stdnum } = require('stdnum')
for (const name of ['siret', 'vat-siren-siret', 'stdnum']) {
  console.log(name, require(`./node_modules/${name}/package.json`).version)
}
const seen = [
  // by siret, by vat-siren-siret: its SIREN and its VAT number, by stdnum
  ['35600000009075', false, false, false, false, true],
  // as it should be: the head office, a common example, one with another check digit
  ['35600000000048', true, true, '356000000', 'FR39356000000', true],
  ['73282932000074', true, true, '732829320', 'FR44732829320', true],
  ['73282932000075', false, false, false, false, false],
]
let still = true
for (const [number, ...expected] of seen) {
  const right = stdnum.FR.siret.validate(number).isValid
  const found = [siret.isSIRET(number), isSIRET(number), toSIREN(number), toVAT(number), right]
  console.log(number, '->', ...found)
  still = still && found.every((one, at) => one === expected[at])
}
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node check.cjs
