"""Renders a whole corpus once and says how many pages there are, for the benchmark."""

from __future__ import annotations

import sys
from pathlib import Path

from loosbot.render.pages import render
from loosbot.sync.source import read_source

if __name__ == "__main__":
    pages = render(read_source(Path(sys.argv[1])).corpus, {})
    sys.stdout.write(f"{len(pages)} pages\n")
