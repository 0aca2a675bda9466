#!/bin/sh
# vcf-merger makes one of two people of one name, gives their numbers each other's labels, and does not join what its
# manual joins.
#
# Guess: notes and second addresses of a person who is in two files are lost. They are kept.
#
# It makes one file of contacts of several, "while preserving all data", and one card of two that are of one person: those
# of one name, with the same numbers and the same mail addresses.
#
# 1. A number or an address in a group ("item1.TEL", as telephones and address books write one that has a label) is none
#    to it. Two people of one name, each with a number of their own so written, are one card.
# 2. There both numbers are "item1", and so are both labels, sorted: "Club" stands first, with the number of the Mairie.
#    vCard ties a label to its number by that name alone.
# 3. The first example of its page, somebody with one number and another mail address in each file, is two cards, where the
#    page has "Single contact with both email addresses". Its second, one number in three forms, is two cards too.
#
# Nothing is said.
#
# Its source: _process_property (merge_script.py) knows "TEL" and "EMAIL" by their names, all else are lines to be sorted;
# _get_contact_key is the name with all numbers and all addresses.
#
# Here: in a town there are two of one name, and the numbers of those who carry a project are somebody's.
#
# Seen with vcf-merger 2025.12.31, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check vcf-merger==2025.12.31
cd "$folder"
venv/bin/python - <<'PYTHON'
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

print("vcf-merger", version("vcf-merger"))


def merged(*cards: tuple[str, ...]) -> list[list[str]]:
    """The lines of each card of the file that is made of one file a card, but for what all cards have."""
    names = []
    for number, lines in enumerate(cards):
        names.append(f"{number}.vcf")
        text = "\r\n".join(("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""))
        Path(names[-1]).write_text(text, encoding="utf-8", newline="")
    subprocess.run(["venv/bin/vcf-merge", "all.vcf", *names], check=True)
    made = Path("all.vcf").read_text(encoding="utf-8").split("BEGIN:VCARD\nVERSION:3.0\n")[1:]
    return [card.removesuffix("\n").removesuffix("\nEND:VCARD").split("\n") for card in made]


ADA = ("FN:Ada E.", "N:E.;Ada;;;")
SEEN = (
    (
        "two of one name, numbers in groups",
        merged(
            (*ADA, "item1.TEL:+33300000001", "item1.X-ABLabel:Mairie"),
            (*ADA, "item1.TEL:+33300000002", "item1.X-ABLabel:Club"),
        ),
        [
            [
                *ADA,
                "item1.TEL:+33300000001",
                "item1.TEL:+33300000002",
                "item1.X-ABLabel:Club",
                "item1.X-ABLabel:Mairie",
            ]
        ],
    ),
    (
        "the first example",
        merged(
            (*ADA, "TEL:+33300000001", "EMAIL:ada@example.org"),
            (*ADA, "TEL:+33300000001", "EMAIL:mairie@example.org", "ORG:Mairie"),
        ),
        [
            [*ADA, "TEL:+33300000001", "EMAIL:ada@example.org"],
            [*ADA, "ORG:Mairie", "TEL:+33300000001", "EMAIL:mairie@example.org"],
        ],
    ),
    (
        "the second example",
        merged((*ADA, "TEL:+1 (555) 123-4567"), (*ADA, "TEL:+15551234567"), (*ADA, "TEL:555.123.4567")),
        [[*ADA, "TEL:+1 (555) 123-4567", "TEL:+15551234567"], [*ADA, "TEL:555.123.4567"]],
    ),
    # as it should be
    (
        "two of one name, numbers without groups",
        merged((*ADA, "TEL:+33300000001"), (*ADA, "TEL:+33300000002")),
        [[*ADA, "TEL:+33300000001"], [*ADA, "TEL:+33300000002"]],
    ),
)
still = True
for what, found, words in SEEN:
    print(what, "->", found)
    # the cards come in an order that a set gives them
    still = still and sorted(found) == sorted(words)
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
