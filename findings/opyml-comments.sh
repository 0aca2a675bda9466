#!/bin/sh
# opyml, which reads outlines and lists of feeds, comments out items marked as no comment, and items with a breakpoint.
#
# Guess: what is in a folder inside a folder is lost, or a date is. The guess was wrong: all is kept, the dates as
# typed. The two marks were noticed in the output.
#
# OPML is the format in which lists of feeds and outlines are exchanged. An <outline> may have isComment and
# isBreakpoint, each "true" or "false" (OPML 2.0, "Other special attributes"): everything under a comment counts as
# commented out, too.
#
# 1. isComment="false" is read as a comment, and written back as isComment="true".
# 2. isBreakpoint is read as isComment, whatever its value: an item with a breakpoint is commented out and loses the
#    breakpoint.
#
# No error or warning. Its page says "100% typed and tested"; it has no issue tracker. Two other libraries avoid this:
# pyopml leaves both out, and listparser's author found no use for them in lists of feeds (its pull request 2).
#
# Source: from_xml (opyml/outline.py, 103 to 106) takes bool() of the text, which is true for "false", and sets
# is_comment in both places.
#
# Why it matters here: the feeds of a town's associations come as OPML. Reading and writing the list to add one comments
# out others.
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
