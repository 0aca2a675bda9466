#!/bin/sh
# opyml, which reads outlines and lists of feeds, comments out what is said to be none, and what has a bookmark.
#
# Guess: what lies in a folder of a folder is lost, or a date. All is kept, the dates as they are typed; the two marks were found
# by what came out.
#
# OPML is how lists of feeds and outlines are handed on. An <outline> may have isComment and isBreakpoint, each "true" or
# "false" (OPML 2.0, "Other special attributes"): whatever is under a comment counts as commented out, too.
#
# 1. isComment="false" is read as a comment, and written again as isComment="true".
# 2. isBreakpoint is read as isComment, whatever it says: what had a breakpoint is commented out, and has none any more.
#
# Nothing is said. Its page has "100% typed and tested"; it has no page of issues. Two others keep it or pass over it: pyopml
# leaves both out, and listparser's author found no use for them in lists of feeds (its pull request 2).
#
# Its source: from_xml (opyml/outline.py, 103 to 106) takes bool() of the text, which is true of "false", and sets is_comment
# in both places.
#
# Here: the feeds of a town's associations come as OPML; who reads and writes them for one more loses those that are there.
#
# Seen with opyml 0.1.2 and defusedxml 0.7.1, Python 3.11. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check opyml==0.1.2 defusedxml==0.7.1
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
import xml.etree.ElementTree as ElementTree

from opyml import OPML

MARKS = [
    {},
    {"isComment": "true"},
    {"isComment": "false"},
    {"isBreakpoint": "true"},
    {"isBreakpoint": "false"},
]
SEEN = [{}, {"isComment": "true"}, {"isComment": "true"}, {"isComment": "true"}, {"isComment": "true"}]

root = ElementTree.Element("opml", version="2.0")
ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = "Associations"
body = ElementTree.SubElement(root, "body")
for marks in MARKS:
    ElementTree.SubElement(body, "outline", text="Jardins", type="rss", xmlUrl="https://jardins.example/flux", **marks)
written = ElementTree.fromstring(OPML.from_xml(ElementTree.tostring(root, encoding="unicode")).to_xml())
found = [
    {name: value for name, value in outline.attrib.items() if name.startswith("is")} for outline in written.iter("outline")
]
for given, left in zip(MARKS, found, strict=True):
    print(given, "->", left)
still = found == SEEN
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
