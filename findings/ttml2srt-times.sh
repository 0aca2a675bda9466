#!/bin/sh
# ttml2srt turns five hundredths of a second into half a second, and leaves out words on a line of their own.
#
# Guess: times in seconds from the start, or in frames, are misread. The guess held; the lines were noticed on the way.
#
# It converts TTML, the subtitles of broadcasters and film archives, into SRT, those of most players.
#
# 1. A cue that begins at "12.05s" begins at 12.500 in SRT, 0.45 s late, and one at "10.004s" at 10.400: a fraction
#    under a tenth of a second is multiplied by ten, one under a hundredth by a hundred. So are frames: "00:00:01:02" at
#    25 a second, 1.08 s, is 1.800.
# 2. A paragraph whose words are on a line between <p> and </p>, as XML editors lay it out, is missing. The next one is
#    there.
#
# Both inputs are valid TTML: seconds with a fraction (its 10.3.1: a count, a fraction, a metric), and white space
# between words and tags, as in any XML. No error or warning if the file names its frame rate, as here. If it names
# none, it prints that times may be incorrect, for right and wrong ones alike.
#
# Source: formatSrtTime turns the fraction into a number of milliseconds and pads it on the right with padEnd(3, '0')
# (main.js:90 and 107), so that 50 becomes "500"; "<p (.*?)>(.*?)</p>" (24) does not match across a line end.
#
# Why it matters here: the words of an interview come earlier or later than the voice, and an index of it points to the
# wrong place.
#
# Seen with ttml2srt 1.2.4, Node 20. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit ttml2srt@1.2.4 >/dev/null
cat >turn.cjs <<'JS'
const { ttml2srt } = require('ttml2srt')
console.log('ttml2srt', require('./node_modules/ttml2srt/package.json').version)
// of the times and words of a film, the lines of its SRT
const turned = (cues) => {
  const told = console.info
  console.info = () => {}
  const srt = ttml2srt(`<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xml:lang="fr"
    ttp:timeBase="media" ttp:frameRate="25">
<body><div>
${cues}
</div></body></tt>
`)
  console.info = told
  return srt.replace('\uFEFF', '').split('\r\n').filter((line) => line)
}
const seen = [
  ['<p begin="12.05s" end="14.5s">Un banc.</p>', ['1', '00:00:12,500 --> 00:00:14,500', 'Un banc.']],
  ['<p begin="10.004s" end="14.5s">Un banc.</p>', ['1', '00:00:10,400 --> 00:00:14,500', 'Un banc.']],
  ['<p begin="00:00:01:02" end="00:00:03:00">Un banc.</p>', ['1', '00:00:01,800 --> 00:00:03,000', 'Un banc.']],
  ['<p begin="1s" end="2s">\n  Un banc.\n</p>\n<p begin="3s" end="4s">Il est parti.</p>', [
    '1', '00:00:03,000 --> 00:00:04,000', 'Il est parti.',
  ]],
  // as it should be
  ['<p begin="12.25s" end="14.5s">Un banc.</p>', ['1', '00:00:12,250 --> 00:00:14,500', 'Un banc.']],
  ['<p begin="00:00:12.050" end="00:00:14.500">Un banc.</p>', ['1', '00:00:12,050 --> 00:00:14,500', 'Un banc.']],
]
let still = true
for (const [cues, words] of seen) {
  const found = turned(cues)
  console.log(JSON.stringify(cues), '->', JSON.stringify(found))
  still = still && JSON.stringify(found) === JSON.stringify(words)
}
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node turn.cjs
