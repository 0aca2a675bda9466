"""What a sync and a check of a town do, counted: nothing costs more than it did."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

COUNTS = Path(__file__).resolve().parents[2] / "benchmarks/counts.py"
RECORDS = "670"
"""The fewest with a hundred actors, of whom one withdrew; their pages take two requests of 500
versions, as those of 1,000 records do."""


def test_nothing_costs_more_than_it_did() -> None:
    done = subprocess.run(
        [sys.executable, COUNTS, "--records", RECORDS],
        capture_output=True, text=True, check=False, timeout=3600,
    )  # fmt: skip
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
