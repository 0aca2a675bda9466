"""What a sync and a check of 1,000 records do, counted: nothing costs more than it did."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

COUNTS = Path(__file__).resolve().parents[2] / "benchmarks/counts.py"


def test_nothing_costs_more_than_it_did() -> None:
    done = subprocess.run(
        [sys.executable, COUNTS, "--records", "1000"],
        capture_output=True, text=True, check=False, timeout=3600,
    )  # fmt: skip
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
