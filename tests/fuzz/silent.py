"""Edits of the whole published corpus that a comparison does not see: there must be none.

``make fuzz`` runs it as a program: it prints the figures and each silent edit, and exits 1 if
there is one. ``FUZZ_EDITS`` and ``FUZZ_SEED`` say how many and which.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fuzz.edits import EDITS, Edited, drawn
from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.privacy.consent import for_channel
from loosbot.corpus.tree import FolderTree
from loosbot.decode.frame import Page, outstanding, read_page
from loosbot.decode.threeway import beyond_any_file
from loosbot.render.pages import default_titles, render, site_of
from loosbot.wikitext.names import Names

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Town:
    """The shipped corpus as its wiki shows it: bodies by id, and the same read."""

    bodies: dict[str, str]
    pages: dict[str, Page]
    names: Names


def town() -> Town:
    """The shipped corpus, rendered."""
    reading = load_corpus(FolderTree(ROOT))
    assert reading.corpus is not None, reading.findings
    corpus = for_channel(reading.corpus, "wiki", date(2026, 1, 1))
    titles = default_titles(corpus)
    names = site_of(corpus, titles).names
    bodies = {id_: page.body for id_, page in render(corpus, titles).items()}
    return Town(bodies, {id_: read_page(id_, body, names) for id_, body in bodies.items()}, names)


def verdict(edited: Edited, shown: Town) -> str:
    """``carried`` where a file may take all of an edit, ``named`` where it waits for a person,
    ``silent`` where nobody would see it."""
    base = shown.pages[edited.id]
    theirs = read_page(edited.id, edited.body, shown.names)
    differences, regions = outstanding(base, theirs, base, shown.names)
    if not differences and not regions:
        return "silent"
    beyond = any(beyond_any_file(difference, shown.names) for difference in differences)
    return "named" if regions or beyond else "carried"


def main() -> int:
    """Judge them all and print what became of each kind; 1 where one is silent."""
    count = int(os.environ.get("FUZZ_EDITS", "21000"))
    seed = int(os.environ.get("FUZZ_SEED", "1"))
    shown = town()
    tally: Counter[tuple[str, str]] = Counter()
    start = time.process_time()
    for edited in drawn(shown.bodies, count, seed):
        judged = verdict(edited, shown)
        tally[edited.kind, judged] += 1
        if judged == "silent":
            before = shown.bodies[edited.id][max(0, edited.place - 60) : edited.place + 60]
            sys.stderr.write(f"silent: {edited.kind}, {edited.id}, {edited.place}: {before!r}\n")
    for kind in EDITS:
        row = ", ".join(f"{name} {tally[kind, name]}" for name in ("carried", "named", "silent"))
        sys.stdout.write(f"{kind}: {row}\n")
    silent = sum(number for (_, name), number in tally.items() if name == "silent")
    seconds = time.process_time() - start
    pages = len(shown.bodies)
    sys.stdout.write(f"{count} edits of {pages} pages, {silent} silent, {seconds:.0f} s of CPU\n")
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main())
