#!/bin/sh
# glamconv, which prepares archives' finding aids for Archives Portal Europe, ends a paragraph at its first list.
#
# Guess: words in mixed content are lost, and dates in a title are doubled. The guess was wrong: both are kept as they
# should be. What follows a list was noticed on the way.
#
# EAD 2002 allows a list, an address or a chronology in the middle of a paragraph; the EAD of Archives Portal Europe
# does not. From "Des plans, <list>…</list> et des photographies." it makes a paragraph that ends with the items: the
# photographs are gone. So is what follows an address, a chronology or a group of links. It reports how many it changed,
# not that it left text out, and notes that the result is valid. After a note, a quotation or a name the sentence goes
# on.
#
# Source: the list and the address are taken out with "remove" (ead/text_data.py:499 and 104), and so is the group of
# links (link_managers.py:362); in lxml this also removes the text after the element.
#
# Why it matters here: an inventory of a town's archive lists "des plans, des lettres" and goes on. The portal then
# shows half of a description, and the reading room the whole.
#
# Seen with glamconv 0.3.1 (lxml 6.1.3), Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check glamconv==0.3.1 lxml==6.1.3
cd "$folder"
venv/bin/python - <<'PYTHON'
import json
import logging
import sys
from importlib.metadata import version
from pathlib import Path

import glamconv
from glamconv.cli.commands import ead2_to_ape, register_actions
from lxml import etree

for name in ("glamconv", "lxml"):
    print(name, version(name))
# it tells each of its steps
logging.disable(logging.CRITICAL)
register_actions()
DTD = etree.DTD(str(Path(glamconv.__file__).parent / "ead/ead-2002-dtd/ead.dtd"))
AID = (
    '<ead><eadheader><eadid countrycode="FR" mainagencycode="FR-62528">11w</eadid><filedesc><titlestmt>'
    "<titleproper>Fosse 11</titleproper></titlestmt></filedesc></eadheader>"
    '<archdesc level="fonds"><did><unitid>11 W</unitid><unittitle>Fosse 11</unittitle></did>'
    "<scopecontent><p>Des plans, {} et des photographies.</p></scopecontent></archdesc></ead>"
)


def description(piece: str) -> str:
    """What is said of the fonds afterwards, its blanks as one."""
    aid = AID.format(piece)
    assert DTD.validate(etree.fromstring(aid)), "valid EAD 2002"
    Path("aid.xml").write_text(aid, "utf-8")
    ead2_to_ape("aid.xml", "ape.xml")
    assert json.loads(Path("ape.log.json").read_text("utf-8"))["outputValidation"], "valid by its own account"
    [said] = etree.parse("ape.xml").iter("{*}scopecontent")
    return " ".join("".join(said.itertext()).split())


SEEN = {
    "<list><item>des lettres</item><item>un cahier</item></list>": "Des plans, - des lettres- un cahier",
    "<address><addressline>1 place de la Mairie</addressline></address>": "Des plans, 1 place de la Mairie",
    "<chronlist><chronitem><date>1986</date><event>fermeture</event></chronitem></chronlist>": (
        "Des plans, - 1986 : fermeture"
    ),
    '<linkgrp linktype="extended"><extrefloc href="https://example.org">le site</extrefloc></linkgrp>': (
        "Des plans,"
    ),
    # as it should be
    "<note><p>en double</p></note>": "Des plans, en double et des photographies.",
    "<blockquote><p>un cahier</p></blockquote>": "Des plans, un cahier et des photographies.",
    "<persname>Ada E.</persname>": "Des plans, Ada E. et des photographies.",
}
still = True
for piece, seen in SEEN.items():
    found = description(piece)
    print(piece, "->", found)
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
