#!/bin/sh
# po3way, which merges .po files in git, drops one person's translations from the top of a file, without a conflict.
#
# Guess: where two people translated a message differently, a conflict, as in git without it. The guess was wrong.
#
# It removes the one conflict that any two people get who worked on a .po file: its header has the time of the last
# change (PO-Revision-Date), and theirs differ. The header with the later time is taken.
#
# Where both translated the first message differently, the words of whoever saved last are taken too, and the other's
# are lost. The same for the second message, where both did it and the first, and so on, up to the first message that
# they have in common or that is marked with two places: of a file that two people translated whole, one translation is
# left. A note on the first message goes the same way. Git reports a clean merge. The second message alone is a
# conflict, as it should be.
#
# Source: git joins two conflicts with at most three lines between them, and between two translations there are three, a
# blank one, "#: …" and "msgid"; merge_header takes the whole first conflict for the header if the time is in it, and
# keeps one side of it; main subtracts one from the number of conflicts.
#
# Why it matters here: people who translate a guide, or the messages of a wiki, together in git all begin at the top.
#
# Seen with po3way 0.1 and git 2.39, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check po3way==0.1
cd "$folder"
git --version
venv/bin/python - <<'PYTHON'
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

print("po3way", version("po3way"))
HEADER = (
    'msgid ""\nmsgstr ""\n"POT-Creation-Date: 2026-01-01 10:00+0100\\n"\n'
    '"PO-Revision-Date: 2026-0{}-01 10:00+0100\\n"\n"Language: fr\\n"\n'
)
OWN = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}


def git(*words: str) -> int:
    return subprocess.run(["git", "-C", "town", *words], env={**os.environ, **OWN}, capture_output=True).returncode


def merged(driver: bool, before: str, ours: str, theirs: str, months: str = "123") -> tuple[int, list[str]]:
    """What a merge by git ends with, and which translations, notes and marks of a conflict are in the file then."""
    subprocess.run(["rm", "-rf", "town"], check=True)
    subprocess.run(["git", "init", "--quiet", "-b", "main", "town"], env={**os.environ, **OWN}, check=True)
    if driver:
        Path("town/.git/info").mkdir(exist_ok=True)
        Path("town/.git/info/attributes").write_text("*.po merge=po3way\n")
        git("config", "merge.po3way.driver", f"{os.getcwd()}/venv/bin/po3way --git-merge-driver -- %A %O %B")
    path = Path("town/fr.po")
    path.write_text(HEADER.format(months[0]) + before)
    git("add", "fr.po")
    git("commit", "-m", "before")
    git("branch", "theirs")
    path.write_text(HEADER.format(months[1]) + ours)
    git("commit", "-am", "ours")
    git("switch", "theirs")
    path.write_text(HEADER.format(months[2]) + theirs)
    git("commit", "-am", "theirs")
    git("switch", "main")
    ended = git("merge", "theirs")
    lines = path.read_text().replace('msgid ""\nmsgstr ""\n', "").splitlines()
    kept = [line for line in lines if line.startswith(("msgstr", "# ", "<"))]
    return ended, [line.removeprefix("msgstr ").strip('"').split(" /")[0].removesuffix(" HEAD") for line in kept]


def file(bench: str = "", screw: str = "", note: str = "", more: str = "") -> str:
    """A file of two messages; a note of who translates and a second place may stand over the first."""
    return (
        f'\n{note}#: banc.rst:1\n{more}msgid "bench"\nmsgstr "{bench}"\n'
        f'\n#: banc.rst:9\nmsgid "screw"\nmsgstr "{screw}"\n'
    )


NEW, PLACE = "<<<<<<<", "#: vis.rst:2\n"
SEEN = (
    ("the first message", merged(True, file(), file("banc"), file("banquette")), (0, ["banquette", ""])),
    ("both messages", merged(True, file(), file("banc", "vis"), file("banquette", "clou")), (0, ["banquette", "clou"])),
    (
        "a note on the first",
        merged(True, file(), file(note="# le mot du maire\n"), file(note="# relu\n")),
        (0, ["# relu", "", ""]),
    ),
    # as it should be
    ("the second message", merged(True, file(), file("", "vis"), file("", "clou")), (1, ["", NEW, "vis", "clou"])),
    (
        "the first, in two places",
        merged(True, file(more=PLACE), file("banc", more=PLACE), file("banquette", more=PLACE)),
        (1, [NEW, "banc", "banquette", ""]),
    ),
    (
        "the first, saved at one hour",
        merged(True, file(), file("banc"), file("banquette"), "111"),
        (1, [NEW, "banc", "banquette", ""]),
    ),
    (
        "both messages, by git alone",
        merged(False, file(), file("banc", "vis"), file("banquette", "clou")),
        (1, [NEW, NEW, "banc", "vis", "banquette", "clou"]),
    ),
)
still = True
for what, found, words in SEEN:
    print(what, "->", *found)
    still = still and found == words
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
