"""Times whole processes on a made-up corpus: ``make bench``, or ``python benchmarks/run.py``.

Each figure is the processor time (user + system) of one process, from its start to its end, as
the system counts it: the median of several runs after one that is not counted, and the extremes.
« cold » is a run without anything kept from another, « one changed » one after a change of one
file; the others find in the cache folder what the run before kept. ``--before`` names a version
of this repository: it is measured on the same files in turns with this one, and a ratio is told.
What needs a wiki, and its peers, is in ``wiki.py``.
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
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import corpus

_HERE = Path(__file__).resolve().parent
_NEW = "{new}"
"""Stands for a folder that no run had before, in a command."""
_COLD, _CHANGED = ", cold", ", one changed"
_RESEARCH = ("--edition", "recherche", "--recipient", "Mesure", "--expires", "2999-12-31")
_GIT = ("git", "-c", "user.name=Mesure", "-c", "user.email=mesure@wiki.invalid")


@dataclass(slots=True)
class Version:
    """A version of the tool, and what its runs of one command took."""

    name: str
    code: Path
    cache: Path
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    peak: float = 0.0


def main() -> int:
    """Make the corpora, commit each, time what reads them, and print one table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--records", type=int, nargs="+", default=[5000])
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--before", default="", help="a version to compare with")
    options.add_argument("--only", default="", help="works whose name begins so")
    asked = options.parse_args()
    with _code(asked.before) as before:
        sys.stdout.write(f"{_machine()}\n\n")
        column = f"{asked.before}, CPU s | " if before else ""
        sys.stdout.write(f"| records | work | {column}now, CPU s, median | min | max | ")
        sys.stdout.write(f"{'before / now | ' if before else ''}wall s | peak MB |\n")
        sys.stdout.write("|---" * (9 if before else 7) + "|\n")
        for records in asked.records:
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                corpus.write(folder, records)
                _commit(folder)
                for label, command in _commands(folder):
                    if label.startswith(asked.only):
                        row = _timed(command, asked.runs, folder, label, before)
                        sys.stdout.write(f"| {records} | {label} | {row} |\n")
                        sys.stdout.flush()
    return 0


def _machine() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=_HERE,
        capture_output=True,
        text=True,
        check=False,
    )
    load = f"{os.getloadavg()[0]:.1f} processes at work on {os.cpu_count()} processors"
    commit = done.stdout.strip() or "no commit"
    return (
        f"{commit}, {datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, "
        f"{platform.machine()}, {load}"
    )


@contextmanager
def _code(revision: str) -> Iterator[Path | None]:
    """The code of another version, in a folder of its own."""
    if not revision:
        yield None
        return
    with tempfile.TemporaryDirectory() as name:
        root = _HERE.parent
        packed = subprocess.run(
            ["git", "archive", revision], cwd=root, capture_output=True, check=True
        )
        subprocess.run(["tar", "-x", "-C", name], input=packed.stdout, check=True)
        yield Path(name)


def _commit(folder: Path) -> None:
    """Rules of traceability are judged on the day of the last commit."""
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "Mesurer")):
        subprocess.run([*_GIT, *arguments], cwd=folder, check=True)


def _commands(folder: Path) -> list[tuple[str, list[str]]]:
    loosbot = [sys.executable, "-m", "loosbot"]
    where = ["--corpus", str(folder)]
    dump, research = ["dump", "build", _NEW, "--zip"], "dump --edition recherche --zip"
    return [
        (f"check{_COLD}", [*loosbot, "check", *where]),
        ("check", [*loosbot, "check", *where]),
        (f"check{_CHANGED}", [*loosbot, "check", *where]),
        (f"trace{_COLD}", [*loosbot, "trace", *where]),
        ("trace", [*loosbot, "trace", *where]),
        (f"trace{_CHANGED}", [*loosbot, "trace", *where]),
        ("trace --format json", [*loosbot, "trace", "--format", "json", *where]),
        ("trace --format html", [*loosbot, "trace", "--format", "html", *where]),
        ("render", [sys.executable, str(_HERE / "render.py"), str(folder)]),
        ("dump --zip", [*loosbot, *dump, *where]),
        (f"{research}{_COLD}", [*loosbot, *dump, *_RESEARCH, *where]),
        (research, [*loosbot, *dump, *_RESEARCH, *where]),
        (f"{research}{_CHANGED}", [*loosbot, *dump, *_RESEARCH, *where]),
    ]


def _timed(command: list[str], runs: int, folder: Path, label: str, before: Path | None) -> str:
    with tempfile.TemporaryDirectory() as kept:
        now = Version("now", _HERE.parent, Path(kept, "now"))
        versions = [now] if before is None else [Version("before", before, Path(kept, "old")), now]
        for turn in range(runs + 1):
            if label.endswith(_CHANGED):
                _change(folder)
            for version in versions:
                _run(version, command, label, counted=turn > 0)
    median = {version.name: statistics.median(version.cpu) for version in versions}
    cells = [f"{median['before']:.2f}"] if before else []
    cells += [f"{figure:.2f}" for figure in (median["now"], min(now.cpu), max(now.cpu))]
    cells += [f"{median['before'] / median['now']:.1f}"] if before else []
    return " | ".join([*cells, f"{statistics.median(now.wall):.2f}", f"{now.peak:.0f}"])


def _change(folder: Path) -> None:
    changed = folder / "narratives/lieu/lieu-00001.yaml"
    changed.write_text(f"{changed.read_text('utf-8').rstrip()} encore\n", "utf-8")


def _run(version: Version, command: list[str], label: str, *, counted: bool) -> None:
    with tempfile.TemporaryFile() as errors, tempfile.TemporaryDirectory() as made:
        asked = [f"{made}/new" if word == _NEW else word for word in command]
        kept = made if label.endswith(_COLD) else str(version.cache)
        # a town has one key for its dumps; this one is not among those of the person who measures
        own = os.environ | {"XDG_CONFIG_HOME": f"{kept}/config", "XDG_CACHE_HOME": kept}
        own["XDG_STATE_HOME"] = f"{kept}/state"
        own["PYTHONPATH"] = str(version.code)
        # what everybody has: modules that were compiled once
        own.pop("PYTHONDONTWRITEBYTECODE", None)
        start = time.monotonic()
        child = subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=errors, env=own, cwd=made)
        _, status, used = os.wait4(child.pid, 0)
        took = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            errors.seek(0)
            raise SystemExit(f"{' '.join(command)}\n{errors.read().decode()}")
    if counted:
        version.cpu.append(used.ru_utime + used.ru_stime)
        version.wall.append(took)
        version.peak = max(version.peak, used.ru_maxrss / 1024)


if __name__ == "__main__":
    sys.exit(main())
