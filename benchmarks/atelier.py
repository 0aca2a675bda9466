"""Times people who write at once in a town's atelier: ``python benchmarks/atelier.py``.

Each person is a thread with a connection of its own: a form, then a draft kept at each pause as
the script of the page does, then a proposal. A small server beside them answers for the wiki who
they are. At the end every proposal is looked for in the repository, with its very last words.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import corpus

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_ACTION = re.compile(r'action="([^"]+)"[^>]*id="fiche"')


def main() -> int:
    """Make a corpus, serve it, let people write, print what it took."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=50)
    options.add_argument("--records", type=int, default=500)
    options.add_argument("--pauses", type=int, default=10)
    options.add_argument("--pause", type=float, default=2.0, help="seconds between two words")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        repository = _repository(Path(name), asked.records)
        with _accounts() as api, _atelier(repository, api, Path(name)) as (address, process):
            before = _cpu(process.pid)
            people = [_Person(number, address, asked) for number in range(asked.people)]
            for person in people:
                person.start()
            for person in people:
                person.join()
            spent = _cpu(process.pid) - before
        lost = [person.number for person in people if not person.is_kept(repository)]
    _report(people, spent, lost)
    return 1 if lost else 0


class _Person(threading.Thread):
    def __init__(self, number: int, address: str, asked: argparse.Namespace) -> None:
        super().__init__()
        self.number = number
        self.asked = asked
        self.host = address.removeprefix("http://").rstrip("/")
        self.kept: list[float] = []
        self.proposed: list[float] = []
        self.title = f"Le banc de la personne {number}"
        self.words = ""

    def run(self) -> None:
        # nobody begins in the very same instant
        time.sleep(self.asked.pause * self.number / self.asked.people)
        page = self._send("GET", "/ecrire/recit")
        match = _ACTION.search(page)
        if not match:
            raise SystemExit(page[:500])
        fields = {**dict(_HIDDEN.findall(page)), "titre": self.title, "projet": _PROJECT}
        fields |= {"voix._items": "n0", "voix.n0.qui": "Marie D.", "voix.n0.role": "habitant"}
        for pause in range(self.asked.pauses):
            self.words = " ".join(f"mot{word}" for word in range(10 * pause + 10))
            fields["voix.n0.texte"] = f"{self.words} par {self.number}"
            reply = json.loads(self._timed(self.kept, f"{match[1]}/garder", fields))
            fields["_version"] = str(reply["version"])
            # somebody writes, and stops to think
            time.sleep(self.asked.pause)
        self._timed(self.proposed, match[1], {**fields, "_action": "enregistrer"})

    def is_kept(self, repository: Path) -> bool:
        listed = _git(repository, "for-each-ref", "--format=%(refname)", "refs/heads/propositions")
        mine = [ref for ref in listed.split() if f"-personne-{self.number}-" in f"{ref}-"]
        path = f"narratives/recit/le-banc-de-la-personne-{self.number}.yaml"
        return len(mine) == 1 and self.words in _git(repository, "show", f"{mine[0]}:{path}")

    def _timed(self, times: list[float], path: str, fields: dict[str, str]) -> str:
        start = time.perf_counter()
        answer = self._send("POST", path, urllib.parse.urlencode(fields))
        times.append(time.perf_counter() - start)
        return answer

    def _send(self, method: str, path: str, body: str = "") -> str:
        connection = http.client.HTTPConnection(self.host, timeout=120)
        headers = {"Origin": f"http://{self.host}", "Cookie": f"wiki={self.number + 1}; {self.own}"}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        if cookie := answer.headers.get("Set-Cookie"):
            self.own = cookie.partition(";")[0]
        connection.close()
        if answer.status not in (200, 303):
            raise SystemExit(f"{answer.status}: {text[:500]}")
        return text

    own = ""


_PROJECT = "Un projet"


def _repository(folder: Path, records: int) -> Path:
    work, repository = folder / "corpus", folder / "corpus.git"
    corpus.write(work, records)
    project = work / "narratives/projet/un-projet.yaml"
    project.write_text(f"type: projet\ntitre: {_PROJECT}\n", encoding="utf-8")
    git = ("git", "-c", "user.name=Mesure", "-c", "user.email=mesure@wiki.invalid")
    for arguments in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-qm", "Mesurer")):
        subprocess.run([*git, *arguments], cwd=work, check=True)
    subprocess.run(["git", "clone", "-q", "--bare", work, repository], check=True)
    return repository


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        number = int((re.search(r"wiki=(\d+)", self.headers["Cookie"]) or [0, 0])[1])
        account = {"id": number, "name": f"Personne {number}", "groups": ["*", "user"]}
        body = json.dumps({"query": {"userinfo": account}}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *words: object) -> None:
        """Nothing: the table is what is read."""


@contextmanager
def _accounts() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/api.php"
    server.shutdown()


@contextmanager
def _atelier(repository: Path, api: str, home: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    env = os.environ | {
        "LOOSBOT_WIKI": api,
        "LOOSBOT_USER": "Robot",
        "LOOSBOT_PASSWORD": "aucun",
        "XDG_STATE_HOME": str(home / "state"),
    }
    command = [sys.executable, "-m", "loosbot", "atelier", "--repo", str(repository)]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
        try:
            if process.stdout is None:
                raise AssertionError("its output is a pipe")
            process.stdout.readline()
            yield process.stdout.readline().split()[-1], process
        finally:
            process.terminate()


def _cpu(process: int) -> float:
    """Seconds of processor of a process and of those that it started and that have ended."""
    counted = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:15]
    return sum(map(int, counted)) / os.sysconf("SC_CLK_TCK")


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout


def _report(people: list[_Person], spent: float, lost: list[int]) -> None:
    kept = sorted(time for person in people for time in person.kept)
    proposed = sorted(time for person in people for time in person.proposed)
    sys.stdout.write(f"{len(people)} people, {len(kept)} drafts kept, {len(proposed)} proposals\n")
    for label, times in (("a draft kept", kept), ("a proposal", proposed)):
        median, late = statistics.median(times), times[int(len(times) * 0.95)]
        sys.stdout.write(
            f"| {label} | median {median * 1000:.0f} ms | 95 % {late * 1000:.0f} ms |\n"
        )
    every = (spent) / (len(kept) + 10 * len(proposed))
    sys.stdout.write(
        f"processor of the atelier: {spent:.1f} s, about {every * 1000:.0f} ms a draft\n"
    )
    sys.stdout.write(f"lost: {lost or 'none'}\n")


if __name__ == "__main__":
    sys.exit(main())
