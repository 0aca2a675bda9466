"""Counts what commands do, on a wiki of its own: ``python benchmarks/counts.py``, and in CI.

Seconds depend on the machine, counts do not: requests, edits, files read in earnest, records
validated, pages rendered. The run fails where one of them is more than it was. Each command is a
process of its own in which the functions that do these things count their calls (a profiler tells
the same, and doubles the time); the seconds are those of its processor, and have no limit.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
from dataclasses import astuple, dataclass
from functools import partial
from pathlib import Path

import corpus
import people

from loosbot.wiki.credentials import find

_GIT = ("git", "-c", "user.name=Mesure", "-c", "user.email=mesure@wiki.invalid")
_SYNC = ("sync", "--yes", "--yes-retire", "--format", "json")
_FUNCTIONS = {
    "read": "loosbot.corpus.yaml.reader:read",
    "validated": "loosbot.corpus.check.validate:faults",
    "rendered": "loosbot.render.pages:_page",
    "sent": "loosbot.wiki.transport:Line.send",
}
"""What is counted, and the function that does it once each. In this order: what is read ahead of
the others takes over the counted function where it imports it."""
_COUNTED = """
import functools, importlib, json, runpy, sys, threading
file, functions, calls = sys.argv.pop(1), json.loads(sys.argv.pop(1)), {}
def counted(what, function):
    calls[what] = 0
    @functools.wraps(function)
    def counting(*given, **named):
        if threading.current_thread() is threading.main_thread():
            calls[what] += 1
        return function(*given, **named)
    return counting
for what, place in functions.items():
    module, _, name = place.partition(":")
    owner = importlib.import_module(module)
    *inside, name = name.split(".")
    for part in inside:
        owner = getattr(owner, part)
    setattr(owner, name, counted(what, getattr(owner, name)))
try:
    runpy.run_module("loosbot", run_name="__main__", alter_sys=True)
finally:
    with open(file, "w") as out:
        json.dump(calls, out)
"""
_EDITED = 50


@dataclass(frozen=True, slots=True)
class Counts:
    """What one command did. ``read`` are files, ``rendered`` pages but templates."""

    requests: int
    edits: int
    read: int
    validated: int
    rendered: int


_Row = tuple[str, tuple[Counts, float], Counts]


def main() -> int:
    """Publish, then count what comes after; 1 where something costs more than it may."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--records", type=int, default=1000)
    options.add_argument("--port", type=int, default=0, help="0: one that is free")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        bench = _Bench(Path(name))
        bench.prepare(asked.records)
        bench.run("wiki", "start", "--open", "--port", str(asked.port or _free_port()))
        try:
            bench.log_in()
            return bench.measure(asked.records)
        finally:
            bench.run("wiki", "stop")


def _free_port() -> int:
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])


class _Bench:
    def __init__(self, folder: Path) -> None:
        self.folder = folder / "corpus"
        self.calls = folder / "calls"
        self.env = os.environ | {
            "XDG_CACHE_HOME": str(folder / "cache"),
            "XDG_STATE_HOME": str(folder / "state"),
        }

    def prepare(self, records: int) -> None:
        self.folder.mkdir()
        corpus.write(self.folder, records)
        (self.folder / ".gitignore").write_text(".loosbot/\n", "utf-8")
        self._git("init", "-q")
        self._commit("Mesurer")

    def log_in(self) -> None:
        """With the account of the embedded wiki, which a clone beside the folder has not."""
        account = find(self.folder, {})
        self.env |= {
            "LOOSBOT_WIKI": account.api,
            "LOOSBOT_USER": account.user,
            "LOOSBOT_PASSWORD": account.password,
        }

    def measure(self, records: int) -> int:
        sync = partial(self.counted, *_SYNC)
        check = partial(self.counted, "check", "--format", "json")
        first = sync()
        if 0 in astuple(first[0]):
            raise SystemExit(f"a first publication does all that is counted, not {first[0]}")
        pages = first[0].edits
        # what a person withdrew is found by one more rendering, which makes again what is no
        # record's page: indexes, categories, reports
        twice, few = pages * 6 // 5, pages // 3
        whole, files = records + 10, records * 2
        # what tells of somebody who withdrew is not kept: 1 in 100 actors, and who names them
        again = records // 50 + 10
        rows: list[_Row] = [
            (
                "first publication",
                first,
                Counts(pages * 11 // 10 + 60, pages, whole, files, twice),
            )
        ]
        self.env["XDG_CACHE_HOME"] += "-other"
        # a look at every version for who withdrew reads 500 of them at once
        slow = Counts(17 + pages // 500, 0, whole, files, twice)
        rows.append(("first sync with nothing to do, on a new machine", sync(), slow))
        quick = Counts(9 + pages // 5000, 0, 1, 0, 0)
        rows.append(("sync, nothing to do, second run", sync(), quick))
        rows.append(("sync, nothing to do, from a fresh clone", self._from_clone(), quick))
        self.env["XDG_CACHE_HOME"] += "-third"
        known = Counts(10 + pages // 5000, 0, 2, 1, 0)
        rows.append(("sync, nothing to do, on a new machine", sync(), known))
        self.env["XDG_CACHE_HOME"] = self.env["XDG_CACHE_HOME"].removesuffix("-third")
        # the withdrawal has emptied this cache folder once
        rows.append(("check, for the first time", check(), Counts(0, 0, whole, files, 0)))
        rows.append(("check, nothing changed", check(), Counts(0, 0, again, again, 0)))
        self._change()
        changed = Counts(18 + pages // 5000, 2, again, again, few)
        rows.append(("sync, one record changed", sync(), changed))
        self._change()
        rows.append(("check, one file changed", check(), Counts(0, 0, again, again, 0)))
        people.correct(self.folder, _EDITED)
        pull = self.counted("pull", "--dry-run", "--format", "json")
        # each change is tried in its file before it is carried, and its page rendered as proof
        tried = again + 10 * _EDITED
        shown = Counts(15 + pages // 500, 0, tried, tried, few + 2 * _EDITED)
        rows.append((f"pull --dry-run, {_EDITED} pages edited", pull, shown))
        return _told(rows)

    def counted(self, *words: str) -> tuple[Counts, float]:
        before = os.times().children_user
        functions = json.dumps(_FUNCTIONS)
        counts = json.loads(
            self._process("-c", _COUNTED, str(self.calls), functions, *words) or "{}"
        )
        seconds = os.times().children_user - before
        calls: dict[str, int] = json.loads(self.calls.read_text("utf-8"))
        # a pull does not tell; it asks one thing after the other, from the main thread
        requests = counts.get("requests", calls.pop("sent"))
        times = [calls[what] for what in ("read", "validated", "rendered")]
        return Counts(requests, counts.get("edits", 0), *times), seconds

    def _from_clone(self) -> tuple[Counts, float]:
        """A sync by a clone beside the folder, on the machine that published."""
        here, self.folder = self.folder, self.folder.with_name("clone")
        try:
            subprocess.run([*_GIT, "clone", "-q", here, self.folder], check=True)
            return self.counted(*_SYNC)
        finally:
            self.folder = here

    def run(self, *words: str) -> None:
        self._process("-m", "loosbot", *words)

    def _process(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words],
            cwd=self.folder,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(words)}\n{done.stderr}")
        return done.stdout

    def _change(self) -> None:
        file = self.folder / "narratives/lieu/lieu-00001.yaml"
        file.write_text(f"{file.read_text('utf-8').rstrip()} encore\n", "utf-8")
        self._commit("Changer")

    def _commit(self, message: str) -> None:
        self._git("add", "-A")
        self._git("commit", "-q", "-m", message)

    def _git(self, *words: str) -> None:
        subprocess.run([*_GIT, *words], cwd=self.folder, check=True)


def _told(rows: list[_Row]) -> int:
    """Print the table, each count with its limit; whether one is beyond it."""
    sys.stdout.write("| work | requests | edits | read | validated | rendered | CPU s |\n")
    sys.stdout.write("|---|---|---|---|---|---|---|\n")
    beyond = 0
    for label, (counts, seconds), limits in rows:
        cells = []
        for count, most in zip(astuple(counts), astuple(limits), strict=True):
            beyond += count > most
            cells.append(f"{count} > {most}!" if count > most else f"{count} (≤ {most})")
        sys.stdout.write(f"| {label} | {' | '.join(cells)} | {seconds:.1f} |\n")
    return 1 if beyond else 0


if __name__ == "__main__":
    sys.exit(main())
