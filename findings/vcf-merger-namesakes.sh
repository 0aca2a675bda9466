#!/bin/sh
# vcf-merger merges two people of the same name, swaps their numbers' labels, and fails the examples of its manual.
#
# Guess: notes and second addresses of a person who is in two files are lost. The guess was wrong: they are kept.
#
# It makes one file of several contact files, "while preserving all data", and one card of two that belong to one
# person: those with one name, the same numbers and the same mail addresses.
#
# 1. It does not see a number or an address in a group ("item1.TEL", as telephones and address books write one that has
#    a label). Two people of the same name, each with a number written that way, become one card.
# 2. In that card both numbers are "item1", and so are both labels, sorted: "Club" comes first, with the number of the
#    Mairie. In vCard only that name ties a label to its number.
# 3. The first example on its page, one person with the same number and a different mail address in each file, gives two
#    cards, where the page says "Single contact with both email addresses". The second, one number in three forms, gives
#    two cards too.
#
# No error or warning.
#
# Source: _process_property (merge_script.py) knows "TEL" and "EMAIL" by name, all else are lines to be sorted;
# _get_contact_key is the name with all numbers and all addresses.
#
# Why it matters here: a town has people of the same name, and the numbers of those who lead a project are private.
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
