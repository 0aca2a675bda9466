"""Times sync and pull against the embedded wiki, beside pywikibot reading the same pages; then
how many pages a second are published, beside other programs that save them.

``make bench-wiki``, or ``python benchmarks/wiki.py --records 1000``. The wiki is a new one in a
temporary folder, open to readers, on this machine; pywikibot is installed beside it and reads
every page with its text. Each line is the median of several runs, taken in turns with the others,
after one that is not counted. Requests are those that loosbot counts itself.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import corpus
import people
import publication

from loosbot.wiki.credentials import find

_PEER = publication.PYWIKIBOT
_EDITED = 50
_READ = """
import sys
import pywikibot
from pywikibot import pagegenerators
site = pywikibot.Site(url=sys.argv[1])
read = 0
for number in (0, 6, 10, 14):
    pages = site.allpages(namespace=number, filterredir=False)
    read += sum(len(page.text) > 0 for page in pagegenerators.PreloadingGenerator(pages, 500))
print(read)
"""
_GIT = ("git", "-c", "user.name=Mesure", "-c", "user.email=mesure@wiki.invalid")


@dataclass(frozen=True, slots=True)
class Taken:
    """One run of one command: seconds, and megabytes at its peak."""

    wall: float
    cpu: float
    peak: float
    requests: int | None = None


def main() -> int:
    """Publish a corpus, then time what comes after, and print one table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--records", type=int, default=1000)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--port", type=int, default=8397)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        bench = _Bench(Path(name), asked.port)
        bench.prepare(asked.records)
        try:
            bench.measure(asked.runs)
            bench.measure_pull(asked.runs)
            wiki = find(bench.folder, {})
            publication.measure(Path(name), wiki, min(asked.records, 300), asked.runs)
        finally:
            bench.loosbot("wiki", "stop")
    return 0


class _Bench:
    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder / "corpus"
        self.peer = folder / "pywikibot"
        self.port = port
        self.env = os.environ | {
            "XDG_CACHE_HOME": str(folder / "cache"),
            "XDG_STATE_HOME": str(folder / "state"),
            "PYTHONPATH": "",
            "PYWIKIBOT_NO_USER_CONFIG": "2",
            "PYWIKIBOT_DIR": str(folder),
        }
        self.turn = 0

    def prepare(self, records: int) -> None:
        """The corpus, the wiki, the peer, and the first publication, which is told too."""
        self.folder.mkdir()
        corpus.write(self.folder, records)
        (self.folder / ".gitignore").write_text(".loosbot/\n", "utf-8")
        self._git("init", "-q")
        self._commit("Mesurer")
        publication.install(self.peer)
        self.loosbot("wiki", "start", "--open", "--port", str(self.port))
        account = find(self.folder, {})
        self.env |= {
            "LOOSBOT_WIKI": account.api,
            "LOOSBOT_USER": account.user,
            "LOOSBOT_PASSWORD": account.password,
        }
        sys.stdout.write(f"Python {platform.python_version()}, {platform.machine()}, ")
        sys.stdout.write(f"{os.cpu_count()} processors, {records} records\n\n")
        first = self._sync()
        sys.stdout.write("| work | wall s | CPU s | peak MB | requests |\n|---|---|---|---|---|\n")
        self._line("first publication", [first])

    def measure(self, runs: int) -> None:
        works: dict[str, Callable[[], Taken]] = {
            f"{_PEER} reads every page": self._peer,
            "sync of another commit, nothing to do, on a new machine": self._other_commit,
            "sync, nothing to do, on a new machine": self._new_machine,
            "sync, nothing to do, from a fresh clone": self._fresh,
            "sync, nothing to do, again": self._sync,
            "sync, one record's text changed": self._changed,
        }
        taken: dict[str, list[Taken]] = defaultdict(list)
        for turn in range(runs + 1):
            for label, work in works.items():
                done = work()
                if turn:
                    taken[label].append(done)
                if work in (self._changed, self._other_commit):
                    self._sync()  # finds it in order on this machine, as what follows expects
        for label, several in taken.items():
            self._line(label, several)

    def measure_pull(self, runs: int) -> None:
        """Last: while people's edits wait, no sync is without something to say."""
        people.correct(self.folder, _EDITED)
        command = [sys.executable, "-m", "loosbot", "pull", "--dry-run", "--format", "json"]
        taken = [_timed(command, self.folder, self.env) for _ in range(runs + 1)]
        self._line(f"pull --dry-run, {_EDITED} pages edited", taken[1:])

    def loosbot(self, *words: str) -> None:
        command = [sys.executable, "-m", "loosbot", *words]
        if subprocess.run(command, cwd=self.folder, env=self.env, capture_output=True).returncode:
            raise SystemExit(f"loosbot {' '.join(words)} failed")

    def _peer(self) -> Taken:
        api = f"http://127.0.0.1:{self.port}/api.php"
        env = self.env | {"PYTHONPATH": str(self.peer)}
        return _timed([sys.executable, "-c", _READ, api], self.folder, env)

    def _fresh(self) -> Taken:
        """A clone on the machine that published, beside the folder that it published from."""
        with tempfile.TemporaryDirectory() as name:
            clone = Path(name)
            self._git("clone", "--quiet", str(self.folder), str(clone))
            return self._sync(clone)

    def _other_commit(self) -> Taken:
        """A commit that changes no page, so that nobody has found it in order yet."""
        self._git("commit", "-q", "--allow-empty", "-m", "Noter")
        return self._new_machine()

    def _new_machine(self) -> Taken:
        self.turn += 1
        here = self.env["XDG_CACHE_HOME"]
        self.env["XDG_CACHE_HOME"] = f"{here}-{self.turn}"
        try:
            return self._sync()
        finally:
            self.env["XDG_CACHE_HOME"] = here

    def _changed(self) -> Taken:
        self.turn += 1
        file = self.folder / "narratives" / "lieu" / "lieu-00001.yaml"
        text = file.read_text("utf-8").splitlines()
        text[-1] = f"{text[-1]} ({self.turn})"
        file.write_text("\n".join(text) + "\n", "utf-8")
        self._commit("Changer")
        return self._sync()

    def _sync(self, folder: Path | None = None) -> Taken:
        words = ["sync", "--yes", "--yes-retire", "--format", "json"]
        return _timed([sys.executable, "-m", "loosbot", *words], folder or self.folder, self.env)

    def _commit(self, message: str) -> None:
        self._git("add", "-A")
        self._git("commit", "-q", "-m", message)

    def _git(self, *words: str) -> None:
        subprocess.run([*_GIT, *words], cwd=self.folder, check=True)

    def _line(self, label: str, several: list[Taken]) -> None:
        wall, cpu, peak = (
            statistics.median(getattr(taken, name) for taken in several)
            for name in ("wall", "cpu", "peak")
        )
        requests = "" if several[-1].requests is None else str(several[-1].requests)
        sys.stdout.write(f"| {label} | {wall:.2f} | {cpu:.2f} | {peak:.0f} | {requests} |\n")
        sys.stdout.flush()


def _timed(command: list[str], folder: Path, env: dict[str, str]) -> Taken:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.monotonic()
        child = subprocess.Popen(command, cwd=folder, env=env, stdout=out, stderr=err)
        _, status, used = os.wait4(child.pid, 0)
        took = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if child.returncode:
            raise SystemExit(err.read().decode())
        result = json.loads(out.read() or b"0")
    requests = result.get("requests") if isinstance(result, dict) else None
    return Taken(took, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, requests)


if __name__ == "__main__":
    sys.exit(main())
