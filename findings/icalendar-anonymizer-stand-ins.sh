#!/bin/sh
# icalendar-anonymizer leaves the addresses of people's stand-ins, and copies a reminder's fields into its event.
#
# Guess: addresses beside the main one are left, and so are fields that it does not know (X-…). The first held, the
# second did not; links and reminders were noticed on the way.
#
# It makes a calendar fit for strangers: names, addresses and texts become hashes, times and repetitions stay.
#
# 1. The address and the name (CN) of an organiser and of attendees are hashed. Left as they are: who sends on their
#    behalf (SENT-BY), who stands in or stood in for them (DELEGATED-TO, DELEGATED-FROM), their group (MEMBER), where
#    more is known of them (DIR) and their plain address (EMAIL). All of these are addresses (RFC 5545, 3.2; RFC 7986,
#    6.2).
# 2. The id of an event (UID) is hashed, but where another event refers to it (RELATED-TO) the old id stays: the link is
#    broken, and anyone who has the original calendar finds the event.
# 3. An event with a reminder also gets the reminder's properties: two descriptions, where it may have one (3.6.1); the
#    recipient of a reminder by mail as an attendee; and, if the event has no end, the minutes between two rings as its
#    duration.
#
# No error or warning.
#
# Source: _anonymize_caladdress (anonymizer.py) copies all parameters but CN; RELATED-TO is in PRESERVED_PROPERTIES
# (_properties.py); _anonymize_component uses property_items(), which also descends into what is inside. For the
# calendar itself a comment explains why it avoids this.
#
# Why it matters here: a calendar of interviews says who speaks to whom. "Anonymous", it still has the address of
# whoever came instead.
#
# Seen with icalendar-anonymizer 0.1.4 and icalendar 7.3.2, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check icalendar-anonymizer==0.1.4 icalendar==7.3.2
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from icalendar import Calendar
from icalendar_anonymizer import anonymize

for name in ("icalendar-anonymizer", "icalendar"):
    print(name, version(name))
HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ville//FR", "BEGIN:VEVENT")
EVENT = ("UID:ada-2026@example.org", "DTSTAMP:20260101T000000Z", "DTSTART:20260105T100000Z")
RING = ("BEGIN:VALARM", "TRIGGER:-PT15M", "ACTION:{}", "REPEAT:2", "DURATION:PT5M", "DESCRIPTION:Banc", "END:VALARM")
MAILED = ("BEGIN:VALARM", "TRIGGER:-PT15M", "ACTION:EMAIL", "SUMMARY:Banc", "DESCRIPTION:Banc", "END:VALARM")


def lines(*more: str) -> list[str]:
    """The lines of the event, unfolded, once its calendar went through."""
    text = "\r\n".join((*HEAD, *EVENT, *more, "END:VEVENT", "END:VCALENDAR", ""))
    made = anonymize(Calendar.from_ical(text)).to_ical().decode("utf-8").replace("\r\n ", "")
    return made.split("BEGIN:VEVENT\r\n")[1].split("END:VEVENT")[0].splitlines()


def own(*more: str) -> list[str]:
    """The names of what the event itself has that was not given to it, in order."""
    given = [line.split(":")[0].split(";")[0] for line in EVENT]
    names = [line.split(":")[0].split(";")[0] for line in lines(*more)]
    names = names[: names.index("BEGIN")] if "BEGIN" in names else names
    return sorted(name for name in names if name not in given)


def left(line: str) -> list[str]:
    """Which addresses of example.org and which names of a line are still there."""
    made = "\n".join(lines(line))
    return [word for word in ("ada", "basile", "Ada") if f"{word}@example.org" in made or f"={word}" in made]


MAIL = '"mailto:basile@example.org"'
DIRECTORY = '"https://example.org/qui?mail=basile@example.org"'
SEEN = (
    *(
        (given, left(given), ["basile"])
        for given in (
            f"ORGANIZER;CN=Ada;SENT-BY={MAIL}:mailto:ada@example.org",
            f"ORGANIZER;CN=Ada;DIR={DIRECTORY}:mailto:ada@example.org",
            f"ATTENDEE;CN=Ada;DELEGATED-TO={MAIL}:mailto:ada@example.org",
            f"ATTENDEE;CN=Ada;DELEGATED-FROM={MAIL}:mailto:ada@example.org",
            f"ATTENDEE;CN=Ada;MEMBER={MAIL}:mailto:ada@example.org",
            "ATTENDEE;CN=Ada;EMAIL=basile@example.org:mailto:ada@example.org",
            "RELATED-TO:basile@example.org",
        )
    ),
    (
        "a reminder that rings",
        own("DESCRIPTION:Tour", *(line.format("DISPLAY") for line in RING)),
        ["ACTION", "DESCRIPTION", "DESCRIPTION", "DURATION", "REPEAT", "TRIGGER"],
    ),
    (
        "a reminder by mail",
        own("ATTENDEE:mailto:ada@example.org", *MAILED[:-1], "ATTENDEE:mailto:basile@example.org", MAILED[-1]),
        ["ACTION", "ATTENDEE", "ATTENDEE", "DESCRIPTION", "SUMMARY", "TRIGGER"],
    ),
    # as it should be
    ("nobody else", left("ORGANIZER;CN=Ada:mailto:ada@example.org"), []),
    ("a field of one's own", left("X-NOM;X-QUI=basile@example.org:basile@example.org"), []),
    ("no reminder", own("SUMMARY:Banc", "DESCRIPTION:Banc"), ["DESCRIPTION", "SUMMARY"]),
)
still = not any("ada-2026@example.org" in line for line in lines())
for what, found, words in SEEN:
    print(what, "->", *found)
    still = still and found == words
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
