"""A year of a town's wiki, played week by week under a clock that runs ahead (libfaketime).

Run as a program by ``live/test_year.py``: prints what a person was asked to do, as JSON. The town
is one that keeps to the guides: hooks, and each week what the crontab of ``docs/depot.md`` does.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from desk import Answer
from wikis import CHECKOUT, HUMAN, Person

from loosbot.cli import main
from loosbot.wiki import embedded, install
from loosbot.wiki.instance import Instance
from loosbot.wiki.upgrade import upgrade

WEEKS = 52
MINUTES = {
    "lire le courriel de cron": 2,
    "reprendre ce que des personnes ont écrit (pull, relire, envoyer)": 5,
    "ranger un passage qui n’a de place dans aucun champ": 10,
    "corriger une fiche refusée": 5,
    "appeler qui a arrêté le robot": 10,
    "demander un accord de nouveau": 20,
    "redémarrer le wiki": 10,
    "revenir d’une sauvegarde": 45,
    "passer à un MediaWiki plus récent": 20,
    "suivre un retrait (masquer, ranger)": 30,
}
"""What a person does, and the minutes that we count for it: our own estimate."""
READ, PULL, PLACE, MEND, CALL, ASK, START, RESTORE, UPGRADE, WITHDRAW = MINUTES
GARDEN, BENCH = "narratives/projet/jardin.yaml", "narratives/recit/banc.yaml"
JARDIN, BANC = "Le jardin du coron", "Le banc et ses voix"
CODE = {release: CHECKOUT / ".loosbot" / f"mediawiki-{release}" for release in ("1.39", "1.43")}


@dataclass
class Town:
    """The town's folders; ``asked`` is by week what somebody had to do."""

    root: Path
    folder: Path
    asked: dict[int, list[str]] = field(default_factory=dict)
    happened: dict[int, list[str]] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    week: int = 0

    # --- the clock, and what is noted under it

    def at(self, week: int) -> None:
        self.week = week
        (self.root / "clock").write_text(f"+{7 * week}d\n")

    def asks(self, what: str) -> None:
        self.asked.setdefault(self.week, []).append(what)

    def happens(self, what: str) -> None:
        self.happened.setdefault(self.week, []).append(what)

    # --- its commands

    def run(self, name: str, *words: str | Path) -> Answer:
        env = {f"XDG_{kind}_HOME": str(self.root / kind) for kind in ("CONFIG", "CACHE", "STATE")}
        asked = [name, "--corpus", str(self.folder), *map(str, words)]
        done = CliRunner().invoke(main, asked, env=env)
        return Answer(done.exit_code, done.stdout, done.stderr)

    def git(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", *map(str, words)],
            cwd=self.folder,
            env=os.environ | self.login(),
            capture_output=True,
            text=True,
            check=False,
        )

    def login(self) -> dict[str, str]:
        """What the account of the server has in its environment."""
        running, secrets = embedded.status(self.wiki), Instance(self.wiki).read_secrets()
        if running is None or secrets is None:
            return {"LOOSBOT_WIKI": "http://127.0.0.1:9/api.php"}
        bot = secrets.bot
        login = {"LOOSBOT_USER": bot.user, "LOOSBOT_PASSWORD": bot.password}
        cache = {"XDG_CACHE_HOME": str(self.root / "CACHE")}
        return {"LOOSBOT_WIKI": running.url_api, **cache, **login}

    def change(self, path: str, old: str, new: str) -> str:
        """A clerk changes a file and pushes it; gives back what the server said."""
        file = self.folder / path
        text = file.read_text("utf-8")
        assert old in text, (old, text)
        file.write_text(text.replace(old, new), encoding="utf-8")
        return self.send()

    def send(self) -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", f"Semaine {self.week}")
        return self.git("push", "--quiet", "origin", "main").stderr

    # --- its wiki

    @property
    def wiki(self) -> Path:
        return self.folder / ".loosbot" / "wiki"

    def person(self) -> Person:
        return Person.on(self.wiki)

    def edits(self, title: str, old: str, new: str) -> None:
        """Somebody corrects a page; their words must be somewhere at the end."""
        person = self.person()
        page = person.page(title)
        assert old in page, (title, old, page)
        person.edit(title, page.replace(old, new, 1))

    def restore(self) -> None:
        """An empty machine, the backup, and the commands that ``restore`` gives."""
        before = self.folder
        self.folder = self.root / "remise"
        back = self.run_restore()
        assert back.exit_code == 0, back.output
        self.folder.rename(before)
        self.folder = before
        embedded.start(self.wiki)

    def run_restore(self) -> Any:
        words = ["restore", str(self.root / "sauvegarde.zip"), "--corpus", str(self.folder)]
        return CliRunner().invoke(main, words, env={"XDG_CONFIG_HOME": str(self.root / "CONFIG")})

    # --- what cron does, and whom it writes to

    def night(self) -> None:
        """The crontab of docs/depot.md, once a week; a mail where a line said something."""
        published = self.run("sync", "--yes", "--etat", "--format", "json")
        self.run("backup", self.root / "sauvegarde.zip")
        visit = self.run("doctor", "--silencieux")
        output = visit.out
        if published.code or output:
            self.asks(READ)
        if "redémarr" in published.err or published.code == 3:
            self.asks(START)
            embedded.start(self.wiki)
            self.run("sync", "--yes", "--etat")
        if "/Stop" in published.err + output:
            self.asks(CALL)
            self.person().edit("Utilisateur:Loosbot/Stop", "")
            self.run("sync", "--yes", "--etat")
        if "attend quelqu’un" in output:
            self._take_back_home()
        if "Cet accord" in output:
            self.happens("un accord finit bientôt, ou est à ranger")

    def _take_back_home(self) -> None:
        """Bring the words of people into the files, and look after what has no place there."""
        self.asks(PULL)
        pulled = self.run("pull")
        if pulled.code:
            self.asks(PLACE)
            person = self.person()
            page = person.page(JARDIN)
            loose = re.search(r"Une remarque au milieu, semaine \d+\.\n*", page)
            assert loose, pulled.out
            whole = page.replace(loose[0], "")
            person.edit(JARDIN, f"{whole}\n{loose[0].strip()}")
        self.send()
        left = self.run("sync", "--yes", "--etat", "--format", "json")
        assert left.code == 0, left.out + left.err


def _new(root: Path) -> Town:
    town = Town(root, root / "corpus")
    town.folder.mkdir()
    files = {
        "loosbot.yaml": "corpus: essai\n",
        "pages/accueil.md": "---\ntitre: Bienvenue\nrubrique: accueil\n---\n\nBonjour.\n",
        GARDEN: f"type: projet\ntitre: {JARDIN}\nresume: Une friche devient un jardin.\n"
        "resultats: [Semaine 0]\n",
        BENCH: f"type: recit\ntitre: {BANC}\nvoix:\n"
        + "".join(
            f"  - qui: {who}\n    role: habitant\n    nature: rapporte\n"
            f"    consentement: {{etat: public, portee: [wiki]{end}}}\n    texte: {text}\n"
            for who, end, text in (
                ("Ada E.", "", "Elle dit que le banc sert encore."),
                ("Basile F.", f", jusquau: {_day(26)}", "Il dit que le banc est trop loin."),
                ("Célia G.", f", jusquau: {_day(34)}", "Elle dit que le banc a été repeint."),
            )
        ),
    }
    for path, text in files.items():
        file = town.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    town.at(0)
    town.git("init", "--quiet", "--initial-branch=main")
    town.git("add", "--all")
    town.git("commit", "--quiet", "--message", "Le corpus")
    embedded.start(town.wiki, release="1.39", code=CODE["1.39"])
    secrets = Instance(town.wiki).read_secrets()
    assert secrets
    install.make_accounts(Instance(town.wiki), secrets.code, [(HUMAN, ())])
    depot = root / "corpus.git"
    town.git("init", "--quiet", "--bare", "--initial-branch=main", depot)
    assert CliRunner().invoke(main, ["hook", "install", str(depot)]).exit_code == 0
    town.git("remote", "add", "origin", depot)
    town.git("push", "--quiet", "--set-upstream", "origin", "main")
    return town


def _day(week: int) -> str:
    return f"{datetime.now() + timedelta(weeks=week):%Y-%m-%d}"


def _week(town: Town, week: int) -> None:
    """What happens in one week; what is routine comes by its number."""
    result = re.compile(r"resultats: \[Semaine (\d+)\]")
    if week % 3 == 1:
        last = result.search((town.folder / GARDEN).read_text("utf-8"))
        assert last
        town.happens("un agent envoie une fiche")
        town.change(GARDEN, f"[Semaine {last[1]}]", f"[Semaine {week}]")
    if week % 6 == 2 and week not in (14, 20):
        town.happens("quelqu’un corrige une page du wiki")
        here = town.person().page(JARDIN)
        words = re.search(r"Une friche devient un jardin[^.\n]*\.", here)
        assert words, here
        town.edits(JARDIN, words[0], f"Une friche devient un jardin, revu semaine {week}.")
        town.written = [f"revu semaine {week}"]
    if week % 13 == 5:
        town.happens("quelqu’un écrit au milieu du texte publié")
        town.edits(
            JARDIN, "== Résultats ==", f"Une remarque au milieu, semaine {week}.\n\n== Résultats =="
        )
    if week in (3, 19, 41):
        town.happens("quelqu’un écrit sous la fiche")
        person = town.person()
        person.edit(JARDIN, f"{person.page(JARDIN)}\nUn mot de la semaine {week}.")
    match week:
        case 9:
            town.happens("un envoi a une faute")
            answer = town.change(BENCH, "role: habitant", "role: habitan")
            assert "Envoi refusé" in answer, answer
            town.asks(MEND)
            town.change(BENCH, "role: habitan\n", "role: habitant\n")
        case 14:
            town.happens("le wiki tombe, un agent envoie quand même")
            embedded.stop(town.wiki)
            answer = town.change(BENCH, "banc sert encore", "grand banc sert encore")
            assert "rattrapera tout" in answer, answer
        case 20:
            town.happens("un élu arrête le robot")
            town.person().edit("Utilisateur:Loosbot/Stop", "Attendez le conseil.")
        case 24:
            town.happens("un accord est renouvelé")
            town.asks(ASK)
            file = (town.folder / BENCH).read_text("utf-8")
            [end] = re.findall(r"jusquau: (\S+)\}\n    texte: Il dit", file)
            town.change(BENCH, end, _day(104))
        case 30:
            town.happens("la machine brûle")
            embedded.stop(town.wiki)
            shutil.rmtree(town.folder)
            town.asks(RESTORE)
            town.restore()
        case 35:
            town.happens("un accord est fini, sa voix a quitté la page d’elle-même")
            town.asks(MEND)
            text = (town.folder / BENCH).read_text("utf-8")
            [end] = re.findall(r"(portee: \[wiki\], jusquau: \S+)\}\n    texte: Elle", text)
            town.change(BENCH, f"etat: public, {end}", "etat: interne")
        case 38:
            town.happens("le wiki passe de MediaWiki 1.39 à 1.43")
            town.asks(UPGRADE)
            upgrade(town.wiki, code=CODE["1.43"])
        case 45:
            town.happens("une personne retire son accord")
            town.asks(WITHDRAW)
            town.change(BENCH, "etat: public, portee: [wiki]}", "etat: retire}")
        case 46:
            town.happens("ses mots quittent aussi la fiche")
            town.asks(MEND)
            text = (town.folder / BENCH).read_text("utf-8")
            voice = re.search(r"  - qui: Ada E\.\n(?:    .*\n)*", text)
            assert voice
            town.change(BENCH, voice[0], "")


def play(root: Path, weeks: int = WEEKS) -> dict[str, Any]:
    """The whole year; the words of people are looked for at its end."""
    town = _new(root)
    try:
        for week in range(1, weeks + 1):
            town.at(week)
            _week(town, week)
            town.night()
            sys.stderr.write(f"{week} {town.asked.get(week, [])}\n")
            sys.stderr.flush()
        person = town.person()
        page = person.page(JARDIN)
        kept = [f"semaine {week}." for week in (3, 5, 18, 19, 31, 41, 44) if week <= weeks]
        return {
            "asked": dict(sorted(town.asked.items())),
            "happened": dict(sorted(town.happened.items())),
            "lost": [sentence for sentence in kept if sentence not in page],
            "revised": all(sentence in page for sentence in town.written),
            "voices": person.page(BANC),
            "waiting": town.run("plan", "--format", "json").code,
        }
    finally:
        embedded.stop(town.wiki)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(play(Path(sys.argv[1]), int(sys.argv[2])), ensure_ascii=False))
