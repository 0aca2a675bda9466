"""Times whole processes on a made-up corpus: ``make bench``, or ``python benchmarks/run.py``.

Each figure is the processor time (user + system) of one process, from its start to its end, as
the system counts it: the median of several runs after one that is not counted, and the extremes.
« cold » is a run without anything kept from another, « one changed » one after a change of one
file; the others find in the cache folder what the run before kept.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import corpus

_HERE = Path(__file__).resolve().parent
_NEW = "{new}"
"""Stands for a folder that no run had before, in a command."""
_COLD, _CHANGED = ", cold", ", one changed"
_RESEARCH = ("--edition", "recherche", "--recipient", "Mesure", "--expires", "2999-12-31")


def main() -> int:
    """Make the corpora, commit each, time what reads them, and print one table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--records", type=int, nargs="+", default=[500, 5000])
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--only", default="", help="the commands whose name begins so: « dump »")
    asked = options.parse_args()
    sys.stdout.write(f"Python {platform.python_version()}, {platform.machine()}\n\n")
    sys.stdout.write("| records | command | CPU s, median | min | max | wall s | peak MB |\n")
    sys.stdout.write("|---|---|---|---|---|---|---|\n")
    for records in asked.records:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            corpus.write(folder, records)
            _commit(folder)
            for label, command in _commands(folder):
                if not label.startswith(asked.only):
                    continue
                done = _timed(command, asked.runs, folder, label)
                sys.stdout.write(f"| {records} | {label} | {done} |\n")
                sys.stdout.flush()
    return 0


def _commit(folder: Path) -> None:
    """Rules of traceability are judged on the day of the last commit."""
    git = ("git", "-c", "user.name=Mesure", "-c", "user.email=mesure@wiki.invalid")
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "Mesurer")):
        subprocess.run([*git, *arguments], cwd=folder, check=True)


def _commands(folder: Path) -> list[tuple[str, list[str]]]:
    loosbot = [sys.executable, "-m", "loosbot"]
    where = ["--corpus", str(folder)]
    dump = ["dump", "build", _NEW, "--zip"]
    return [
        (f"check{_COLD}", [*loosbot, "check", *where]),
        ("check", [*loosbot, "check", *where]),
        (f"check{_CHANGED}", [*loosbot, "check", *where]),
        (f"trace{_COLD}", [*loosbot, "trace", *where]),
        ("trace", [*loosbot, "trace", *where]),
        ("trace --format json", [*loosbot, "trace", "--format", "json", *where]),
        ("trace --format html", [*loosbot, "trace", "--format", "html", *where]),
        ("render", [sys.executable, str(_HERE / "render.py"), str(folder)]),
        ("dump --zip", [*loosbot, *dump, *where]),
        ("dump --edition recherche --zip", [*loosbot, *dump, *_RESEARCH, *where]),
    ]


def _timed(command: Sequence[str], runs: int, folder: Path, label: str) -> str:
    with tempfile.TemporaryDirectory() as cache:
        return _median(command, runs, folder, label, Path(cache))


def _median(command: Sequence[str], runs: int, folder: Path, label: str, cache: Path) -> str:
    spent, wall, peak = [], [], 0.0
    for run in range(runs + 1):
        with tempfile.TemporaryFile() as said, tempfile.TemporaryDirectory() as made:
            asked = [f"{made}/new" if word == _NEW else word for word in command]
            # the key of a dump is made there too, not among those of the person who measures
            kept = made if label.endswith(_COLD) else str(cache)
            own = os.environ | {"XDG_CONFIG_HOME": made, "XDG_CACHE_HOME": kept}
            if label.endswith(_CHANGED):
                changed = folder / "narratives/lieu/lieu-00001.yaml"
                changed.write_text(f"{changed.read_text('utf-8').rstrip()} encore\n", "utf-8")
            start = time.monotonic()
            child = subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=said, env=own)
            _, status, used = os.wait4(child.pid, 0)
            took = time.monotonic() - start
            child.returncode = os.waitstatus_to_exitcode(status)
            if child.returncode:
                said.seek(0)
                raise SystemExit(f"{' '.join(command)}\n{said.read().decode()}")
        if run:
            spent.append(used.ru_utime + used.ru_stime)
            wall.append(took)
            peak = max(peak, used.ru_maxrss / 1024)
    figures = (statistics.median(spent), min(spent), max(spent), statistics.median(wall))
    return " | ".join(f"{one:.2f}" for one in figures) + f" | {peak:.0f}"


if __name__ == "__main__":
    sys.exit(main())
