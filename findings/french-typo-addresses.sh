#!/bin/sh
# french-typo, which corrects the typography of AsciiDoc files in place, writes HTML tags into addresses, code and text.
#
# Guess: it puts no-break spaces into times (10:30) and addresses. The guess was wrong; what it does to "1er" and to
# indented lines was noticed in the output.
#
# Its page says that blocks between "----" are left alone, and addresses "jamais touchés par les règles typographiques";
# "1er" becomes "1<sup>er</sup>". That is HTML: AsciiDoc writes "1^er^", and shows a typed "<sup>" as it stands.
#
# 1. "1er" becomes "1<sup>er</sup>" in the address of a link, in the name of a picture and between backticks, so that
#    the link and the picture are broken.
# 2. Everywhere else readers see the tag: Asciidoctor writes "1&lt;sup&gt;er&lt;/sup&gt; mai".
# 3. In AsciiDoc an indented line is shown as typed; its blanks are removed, and it becomes a paragraph.
#
# No error or warning, and the file is overwritten. No issue found reports it.
#
# Source: _format_lines (adapters/asciidoc/formatter.py) applies the rules for HTML to every line outside "----".
#
# Why it matters here: a town's texts have dates (1er mai) and pictures named after them. Correcting them with this tool
# breaks the links.
#
# Seen with french-typo 1.6.1, Python 3.11, beside asciidoctor of npm 4.1.0, Node 20. Exits 0 where all is still so,
# else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check french-typo==1.6.1
cd "$folder"
npm install --silent --no-fund --no-audit asciidoctor@4.1.0 >/dev/null
cat >lettre.adoc <<'ADOC'
Lu le 1er mai dans `registre 1er`, http://ville.example/1er-mai[la page].

image::banc-1er.png[Un banc]

 premier    banc
ADOC
cat >seen.html <<'HTML'
<div class="paragraph">
<p>Lu le 1&lt;sup&gt;er&lt;/sup&gt; mai dans <code>registre 1&lt;sup&gt;er&lt;/sup&gt;</code>, <a href="http://ville.example/1&lt;sup&gt;er&lt;/sup&gt;-mai">la page</a>.</p>
</div>
<div class="imageblock">
<div class="content">
<img src="banc-1<sup>er</sup>.png" alt="Un banc">
</div>
</div>
<div class="paragraph">
<p>premier banc</p>
</div>
HTML
cat >right.html <<'HTML'
<div class="paragraph">
<p>Lu le 1er mai dans <code>registre 1er</code>, <a href="http://ville.example/1er-mai">la page</a>.</p>
</div>
<div class="imageblock">
<div class="content">
<img src="banc-1er.png" alt="Un banc">
</div>
</div>
<div class="literalblock">
<div class="content">
<pre>premier    banc</pre>
</div>
</div>
HTML
show() {
  node_modules/.bin/asciidoctor --embedded --out-file "$1" lettre.adoc
}
show before.html
venv/bin/french-typo lettre.adoc
show after.html
cat lettre.adoc after.html
# what was, and what is: a line more or less at the end of the file does not count
if [ "$(cat before.html)" = "$(cat right.html)" ] && [ "$(cat after.html)" = "$(cat seen.html)" ]; then
  echo "still so"
else
  echo "changed"
  exit 1
fi
