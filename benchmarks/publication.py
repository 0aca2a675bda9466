"""Pages a second of a first publication, beside what others need to save the same pages.

Part of ``benchmarks/wiki.py``, and a command of its own:
``python benchmarks/publication.py --records 300``. In each turn loosbot publishes a town that is
new to the wiki, from its files to the last look at what was saved, and once more without what
``loosbot plan`` takes before it, which the others do not do; then the same texts are saved under
other titles by a bare loop over the API with four connections, by a loop of mwclient, and by
one of pywikibot without its pauses. Those three are timed without their start and their login.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import corpus

from loosbot.wiki.credentials import Credentials, find
from loosbot.wiki.reader import Reader
from loosbot.wiki.session import Session

PYWIKIBOT = "pywikibot==11.9.0"
_GIT = ("git", "-c", "user.name=Mesure", "-c", "user.email=mesure@wiki.invalid")
_BEGIN = """
import json, sys, time
api, user, password, file = sys.argv[1:]
pages = json.load(open(file, encoding="utf-8"))
"""
_BARE = """
import requests
from concurrent.futures import ThreadPoolExecutor
from threading import local
own = local()
def call(session, **asked):
    said = session.post(api, data={"format": "json", "formatversion": 2, **asked}).json()
    if "error" in said: raise SystemExit(str(said))
    return said
def line():
    session = requests.Session()
    session.trust_env = False
    token = call(session, action="query", meta="tokens", type="login")["query"]["tokens"]
    call(session, action="login", lgname=user, lgpassword=password, lgtoken=token["logintoken"])
    return session, call(session, action="query", meta="tokens")["query"]["tokens"]["csrftoken"]
lines = [line() for _ in range(4)]
def save(page):
    if not hasattr(own, "line"): own.line = lines.pop()
    session, token = own.line
    title, text = page
    call(session, action="edit", title=title, text=text, summary="Mesure", bot=1, createonly=1,
         token=token)
start = time.monotonic()
with ThreadPoolExecutor(4) as pool: list(pool.map(save, pages))
"""
_MWCLIENT = """
import mwclient
from urllib.parse import urlsplit
parts = urlsplit(api)
site = mwclient.Site(parts.netloc, path=parts.path.removesuffix("api.php"), scheme=parts.scheme)
site.login(user, password)
start = time.monotonic()
for title, text in pages: site.pages[title].save(text, summary="Mesure")
"""
_PYWIKIBOT = """
import os
from pathlib import Path
import pywikibot
from pywikibot import config
config.put_throttle = config.minthrottle = config.maxthrottle = 0
name, app = user.split("@")
kept = Path(os.environ["PYWIKIBOT_DIR"]) / "passwords.py"
kept.write_text(f"({name!r}, BotPassword({app!r}, {password!r}))")
kept.chmod(0o600)
config.password_file = str(kept)
site = pywikibot.Site(url=api, user=name)
site.login()
start = time.monotonic()
for title, text in pages:
    page = pywikibot.Page(site, title)
    page.text = text
    page.save(summary="Mesure", quiet=True, bot=True)
"""
_END = "print(time.monotonic() - start)"
_PEERS = {
    "bare API, 4 connections": _BARE,
    "mwclient, one page after the other": _MWCLIENT,
    f"{PYWIKIBOT}, one page after the other": _PYWIKIBOT,
}
OURS = "loosbot sync, first publication"
EDITS = "the same without what a plan takes"


def main() -> int:
    """A wiki of its own, the turns, and the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--records", type=int, default=300)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--port", type=int, default=8398)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        install(folder / "pywikibot")
        _loosbot(folder, "wiki", "start", "--open", "--port", str(asked.port))
        try:
            measure(folder, find(folder, {}), asked.records, asked.runs)
        finally:
            _loosbot(folder, "wiki", "stop")
    return 0


def install(target: Path) -> None:
    """Put pywikibot beside us."""
    pip = (sys.executable, "-m", "pip", "install", "-q", "--target", str(target), PYWIKIBOT)
    subprocess.run(pip, check=True)


def measure(folder: Path, credentials: Credentials, records: int, runs: int) -> None:
    """Publish ``runs`` towns and one that does not count, and tell; ``folder`` has pywikibot."""
    rates: dict[str, list[float]] = defaultdict(list)
    pages: list[tuple[str, str]] = []
    for turn in range(runs + 1):
        town = folder / f"commune-{turn}"
        published, seconds, planning = _publish(town, records, turn, credentials)
        pages = _written(credentials, published)
        taken = {OURS: published / seconds, EDITS: published / (seconds - planning)}
        for label, script in _PEERS.items():
            taken[label] = len(pages) / _peer(folder, script, credentials, turn, pages)
        for label, rate in taken.items():
            if turn:
                rates[label].append(rate)
    middle = {label: statistics.median(several) for label, several in rates.items()}
    bare = middle["bare API, 4 connections"]
    sys.stdout.write(f"\n{len(pages)} pages, {runs} turns\n\n")
    sys.stdout.write("| work | pages a second | of the bare API |\n|---|---|---|\n")
    for label, rate in middle.items():
        sys.stdout.write(f"| {label} | {rate:.1f} | {rate / bare:.2f} |\n")


def _publish(town: Path, records: int, turn: int, wiki: Credentials) -> tuple[int, float, float]:
    """How many pages a town that is new to the wiki has, in how many seconds they are there, and
    in how many a plan of the same is made."""
    town.mkdir()
    corpus.write(town, records)
    name = f"Ville{turn}"
    settings = {
        "corpus": f"ville-{turn}",
        "portail": f"Accueil de {name}",
        **{f"prefixe_{what}": f"{name} – " for what in ("modeles", "categories", "pages")},
    }
    (town / "loosbot.yaml").write_text(json.dumps(settings), "utf-8")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "Mesurer")):
        subprocess.run([*_GIT, *words], cwd=town, check=True)
    env = {
        "LOOSBOT_WIKI": wiki.api,
        "LOOSBOT_USER": wiki.user,
        "LOOSBOT_PASSWORD": wiki.password,
        "XDG_CACHE_HOME": str(town.parent / f"cache-{turn}"),
    }
    start = time.monotonic()
    kept = {"XDG_CACHE_HOME": str(town.parent / f"cache-plan-{turn}")}
    _loosbot(town, "plan", "--format", "json", env=env | kept)
    planned = time.monotonic()
    result = json.loads(_loosbot(town, "sync", "--yes", "--format", "json", env=env))
    return int(result["edits"]), time.monotonic() - planned, planned - start


def _written(credentials: Credentials, pages: int) -> list[tuple[str, str]]:
    """Title and text of the pages that were saved last."""
    reader = Reader(Session(credentials))
    made = reader.contributions(reader.session.account().name, pages)
    states = reader.pages_by_id((revision.pageid for revision in made), content=True).values()
    reader.session.close()
    return [(state.title, state.revision.text or "") for state in states if state.revision]


def _peer(
    folder: Path, script: str, wiki: Credentials, turn: int, pages: list[tuple[str, str]]
) -> float:
    """The seconds in which a peer saves these texts, under titles of its own."""
    mine = f"{sum(script.encode())} {turn}"
    file = folder / "pages.json"
    file.write_text(
        json.dumps([(f"{mine} {title.replace(':', ' ')}", text) for title, text in pages]), "utf-8"
    )
    env = os.environ | {
        "PYTHONPATH": str(folder / "pywikibot") if script == _PYWIKIBOT else "",
        "PYWIKIBOT_NO_USER_CONFIG": "2",
        "PYWIKIBOT_DIR": str(folder),
    }
    asked = (_BEGIN + script + _END, wiki.api, wiki.user, wiki.password, str(file))
    done = subprocess.run(
        [sys.executable, "-c", *asked],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return float(done.stdout.split()[-1])


def _loosbot(folder: Path, *words: str, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "loosbot", *words],
        cwd=folder,
        env=os.environ | (env or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"loosbot {' '.join(words)}\n{done.stderr}{done.stdout}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
