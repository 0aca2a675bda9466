#!/bin/sh
# har2warc takes local time for UTC: a page captured in one year is dated to the next.
#
# Guess: the day of a capture or the bytes of a page change. The guess held for the time, and with it the day; the query
# string was noticed on the way.
#
# It converts HAR, in which a browser records what it was sent, into WARC, the format of web archives.
#
# 1. HAR gives the time of a request with its UTC offset (startedDateTime; the specification's example is
#    2009-07-24T19:20:30.45+01:00), as Firefox writes it. WARC-Date is in UTC, "Z". har2warc cuts the offset off and
#    writes "Z": 1 January 2026 at half past midnight in France, which is 31 December 2025 at 23:30 UTC, becomes 1
#    January 2026 at 00:30.
# 2. An address that gives one name twice, "?lieu=a&lieu=b", is in the request record with the second only. The address
#    of the record keeps both.
#
# No error or warning. A different fault of the same offset is known, and left out here: where the title of a page is
# its address, the time of that page is refused with an error (pull request 190 of warcio).
#
# Source: parse_entry (har2warc/har2warc.py:69) takes the first 19 characters; parse_request (189) puts the query
# through a dict.
#
# Why it matters here: in the archive, a page of the town then seems to have been there an hour or two later than it
# was.
#
# Seen with har2warc 1.0.4 and, to read what it writes, warcio 1.8.1, Python 3.11. Exits 0 where both are still so, else
# 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check har2warc==1.0.4 warcio==1.8.1
cd "$folder"
venv/bin/python - <<'PYTHON'
import io
import sys
from importlib.metadata import version

from har2warc.har2warc import HarParser
from warcio.archiveiterator import ArchiveIterator

for name in ("har2warc", "warcio"):
    print(name, version(name))


def har(moment: str, question: list[tuple[str, str]]) -> dict[str, object]:
    """What a browser keeps of one page, as HAR 1.2 has it."""
    asked = "&".join(f"{name}={value}" for name, value in question)
    version = {"httpVersion": "HTTP/1.1", "cookies": [], "headers": [], "headersSize": -1}
    request = {
        **version,
        "method": "GET",
        "url": f"https://example.org/projets?{asked}",
        "queryString": [{"name": name, "value": value} for name, value in question],
        "bodySize": 0,
    }
    response = {
        **version,
        "status": 200,
        "statusText": "OK",
        "content": {"size": 8, "mimeType": "text/plain", "text": "Un banc."},
        "redirectURL": "",
        "bodySize": 8,
    }
    timings = {"send": 1, "wait": 1, "receive": 1}
    entry = {
        "startedDateTime": moment,
        "time": 3,
        "request": request,
        "response": response,
        "cache": {},
        "timings": timings,
    }
    return {"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "pages": [], "entries": [entry]}}


def kept(moment: str, question: list[tuple[str, str]]) -> tuple[str, str]:
    """When the page was kept, and what was asked for."""
    file = io.BytesIO()
    HarParser(har(moment, question), file, gzip=False).parse("a.warc", "a")
    file.seek(0)
    [request] = [record for record in ArchiveIterator(file) if record.rec_type == "request"]
    return request.rec_headers.get_header("WARC-Date"), request.http_headers.statusline.split()[0]


ONE, TWO = [("lieu", "a")], [("lieu", "a"), ("lieu", "b")]
SEEN = (
    ("2026-01-01T00:30:00.000+01:00", ONE, ("2026-01-01T00:30:00Z", "/projets?lieu=a")),
    ("2026-06-12T10:00:00.000+02:00", ONE, ("2026-06-12T10:00:00Z", "/projets?lieu=a")),
    ("2026-06-12T08:00:00.000Z", TWO, ("2026-06-12T08:00:00Z", "/projets?lieu=b")),
    # as it should be
    ("2026-06-12T08:00:00.000Z", ONE, ("2026-06-12T08:00:00Z", "/projets?lieu=a")),
)
still = True
for moment, question, words in SEEN:
    found = kept(moment, question)
    print(moment, question, "->", *found)
    still = still and found == words
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
