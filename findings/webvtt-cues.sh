#!/bin/sh
# subsrt and subvibe, which read WebVTT, lose words of a valid file; node-webvtt and subtitle refuse one.
#
# Guess: all cues that the standard allows, with Unix line ends, STYLE and names. The guess was wrong.
#
# 1. For subsrt a file with Unix line ends has no cues. Converted to SRT, it is an empty file.
# 2. subvibe takes a cue that only says a year for the number of the next one: the cue is there without its words, and
#    with a message.
# 3. A file with a style sheet (STYLE) ends in an error in node-webvtt and in subtitle; so does, in subtitle, one whose
#    cues have names.
#
# Source: lib/format/vtt.js:32 of subsrt splits where two line ends have a blank between; node-webvtt's parser.js:124
# and subtitle's parseId know NOTE and no other block.
#
# Why it matters here: the film of a récit has its voices as WebVTT (ohms/*.vtt).
#
# Seen with subsrt 1.1.1, @aj-archipelago/subvibe 1.0.12, node-webvtt 2.0.0, subtitle 4.2.2 and, which reads all of it,
# @plussub/srt-vtt-parser 2.0.5, Node 20. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit subsrt@1.1.1 @aj-archipelago/subvibe@1.0.12 \
    node-webvtt@2.0.0 subtitle@4.2.2 @plussub/srt-vtt-parser@2.0.5 >/dev/null
cat >read.mjs <<'JS'
import { parse as plussub } from '@plussub/srt-vtt-parser'
import { parse as subvibe } from '@aj-archipelago/subvibe'
import subsrt from 'subsrt'
import { parseSync as subtitle } from 'subtitle'
import webvtt from 'node-webvtt'

const readers = {
  subsrt: (text) => subsrt.parse(text).filter((one) => one.type === 'caption').map((one) => one.text),
  subvibe: (text) => subvibe(text).cues.map((cue) => cue.text),
  'srt-vtt-parser': (text) => plussub(text).entries.map((cue) => cue.text),
  'node-webvtt': (text) => webvtt.parse(text).cues.map((cue) => cue.text),
  subtitle: (text) => subtitle(text).filter((one) => one.type === 'cue').map((one) => one.data.text),
}
const first = '00:00:01.000 --> 00:00:02.000\n'
const files = {
  bare: `WEBVTT\n\n${first}Un banc.\n`,
  year: `WEBVTT\n\n${first}2018\n\n00:00:03.000 --> 00:00:04.000\nUn banc.\n`,
  style: `WEBVTT\n\nSTYLE\n::cue { color: yellow }\n\n${first}Un banc.\n`,
  named: `WEBVTT\n\ndébut\n${first}Un banc.\n`,
}
const banc = ['Un banc.']
const two = ['2018', 'Un banc.']
const seen = {
  bare: { subsrt: [], subvibe: banc, 'srt-vtt-parser': banc, 'node-webvtt': banc, subtitle: banc },
  year: { subsrt: [], subvibe: ['', 'Un banc.'], 'srt-vtt-parser': two, 'node-webvtt': two, subtitle: two },
  style: { subsrt: [], subvibe: banc, 'srt-vtt-parser': banc, 'node-webvtt': 'Error', subtitle: 'Error' },
  named: { subsrt: [], subvibe: banc, 'srt-vtt-parser': banc, 'node-webvtt': banc, subtitle: 'Error' },
}
let still = true
for (const [kind, text] of Object.entries(files)) for (const [name, read] of Object.entries(readers)) {
  let found
  try {
    found = read(text)
  } catch {
    found = 'Error'
  }
  console.log(kind, name, '->', JSON.stringify(found))
  still = still && JSON.stringify(found) === JSON.stringify(seen[kind][name])
}
const srt = subsrt.convert(files.bare, { format: 'srt' })
console.log('subsrt as SRT ->', JSON.stringify(srt))
still = still && srt === ''
still = still && readers.subsrt(files.bare.replace(/\n/g, '\r\n'))[0].trim() === 'Un banc.'
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node read.mjs
