"""Git forgets who withdrew: what ``sync`` tells to type is typed, with the real git filter-repo.

Then an old clone comes back, the data that were given out are told of, and a backup is restored.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from desk import FILES, Desk
from wikis import Wiki

from loosbot.cli import main
from loosbot.push.install import install

pytestmark = [pytest.mark.outils, pytest.mark.release("1.43")]

TALE = "narratives/recit/banc.yaml"
HERS = "narratives/acteur/zelie-dumoulin.yaml"
PARTY = "narratives/projet/fete.yaml"
WORDS = "Je voulais un banc à l’ombre depuis la mort de mon mari."
GIVEN = "{etat: public, portee: [wiki, dump-public, dump-recherche]}"
RECORDS = {
    HERS: "type: acteur\ntitre: Zélie Dumoulin\ngenre: personne\nrole: habitant\n"
    f"anciens_ids: [acteur/zelie-d]\nconsentement: {GIVEN}\n",
    PARTY: "type: projet\ntitre: La fête du pain\nresume: ZELIE\u00a0DUMOULIN y sert le pain.\n",
    TALE: f"""\
type: recit
titre: Un banc pour la rue
anciens_ids: [recit/vieux-banc]
annee: 2018
relectures: [{{qui: Jo Relit, date: 2019-01-05}}]
voix:
  - qui: acteur/zelie-dumoulin
    role: habitant
    consentement: {GIVEN}
    texte: {WORDS}
""",
}
FORMER = {HERS: "narratives/acteur/zelie-d.yaml", TALE: "narratives/recit/vieux-banc.yaml"}
PICTURE = "documents: [{fichier: portrait.pdf, alt: Son portrait, licence: Ville}]\n"
ADDRESS = "zelie.dumoulin@exemple.fr"
TOLD = re.compile("z[ée]lie|dumoulin|mon mari", re.IGNORECASE)


def _sh(folder: Path, *words: str, ok: bool = True) -> str:
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) is ok, (words, done.stdout, done.stderr)
    return done.stdout + done.stderr


def _told_in(repository: Path) -> list[str]:
    """What any object of a repository tells of her, reachable or not."""
    objects = subprocess.run(
        ["git", "cat-file", "--batch-all-objects", "--batch"],
        cwd=repository, check=True, capture_output=True,
    )  # fmt: skip
    return TOLD.findall(objects.stdout.decode("utf-8", "replace"))


def _dump(desk: Desk, target: Path, *more: str) -> None:
    done = CliRunner().invoke(
        main, ["dump", "build", str(target), "--corpus", str(desk.folder), *more], env=desk.env
    )
    assert done.exit_code == 0, done.output


def _with_filter_repo(desk: Desk) -> None:
    """Type what ``sync`` says, in the words in which it says it."""
    steps = desk.sync().err.partition("Puis dans git")[2]
    # the files first
    assert f"dans {TALE}, champ voix[0]" in steps and f"supprimez {HERS}" in steps
    tale = (desk.folder / TALE).read_text("utf-8")
    tale = tale.replace("acteur/zelie-dumoulin", "Une personne").replace(WORDS, "…")
    desk.write({TALE: tale, HERS: None})
    assert desk.run("check").code == 0
    desk.git("push", "--quiet")
    # then the history, in a new clone
    server, fresh = desk.folder.parent / "corpus.git", desk.folder.parent / "neuf"
    _sh(fresh.parent, "git", "clone", "-q", str(server), str(fresh))
    names = re.findall(r"^ {8}(\S.*==>.*)$", steps, re.MULTILINE)
    (fresh.parent / "noms.txt").write_text("\n".join(names) + "\n", "utf-8")
    [command] = re.findall(r"^    (git filter-repo .*)$", steps, re.MULTILINE)
    [author] = re.findall(r"^ {8}(\S.*SON ADRESSE>)$", steps, re.MULTILINE)
    (fresh.parent / "auteurs.txt").write_text(author.replace("SON ADRESSE", ADDRESS), "utf-8")
    [more] = re.findall(r"à la commande : (--mailmap \S+)$", steps, re.MULTILINE)
    git, subcommand, *rest = shlex.split(f"{command} {more}")
    _sh(fresh, git, subcommand, *rest)
    (fresh / TALE).parent.mkdir(parents=True, exist_ok=True)
    (fresh / TALE).write_text(tale, "utf-8")
    _sh(fresh, "git", "add", "--all")
    _sh(fresh, "git", "commit", "-qm", "Remettre la fiche")
    _sh(fresh, "git", "remote", "add", "origin", str(server))
    # without the list, the old history is kept like any other
    assert "ferait disparaître" in _sh(fresh, "git", "push", "--force", "--all", ok=False)
    (server / "loosbot.oublies").write_bytes((fresh / ".git/filter-repo/commit-map").read_bytes())
    _sh(fresh, "git", "push", "-q", "--force", "--all")
    _sh(fresh, "git", "push", "-q", "--force", "--tags")
    _sh(server, "git", "reflog", "expire", "--expire=now", "--all")
    _sh(server, "git", "gc", "-q", "--prune=now")


def test_played_to_the_end(wiki: Wiki, tmp_path: Path) -> None:
    desk = Desk.new(tmp_path / "corpus", wiki, FILES)
    desk.git("tag", "avant")
    # what older versions alone hold: files of former ids, a picture of before
    before = {
        old: RECORDS[path]
        .replace("anciens_ids: [", "variantes: [")
        .replace("zelie-dumoulin", "zelie-d")
        for path, old in FORMER.items()
    }
    before[FORMER[HERS]] += PICTURE
    (desk.folder / "narratives/acteur").mkdir(parents=True, exist_ok=True)
    (desk.folder / "narratives/acteur/portrait.pdf").write_bytes(b"%PDF-1.7 Zelie")
    desk.write(before)
    (desk.folder / "narratives/acteur/portrait.pdf").unlink()
    desk.write(dict.fromkeys(before, None) | RECORDS)
    by_her = ("--author", f"Zélie Dumoulin <{ADDRESS}>")
    desk.git("commit", "-q", "--allow-empty", *by_her, "-m", "Ajouter le récit de Zélie Dumoulin")
    desk.git("tag", "2019", "-m", "Avec Zélie Dumoulin")
    server, old = tmp_path / "corpus.git", tmp_path / "vieux"
    _sh(tmp_path, "git", "clone", "-q", "--bare", str(desk.folder), str(server))
    install(server, sys.executable)
    desk.git("remote", "add", "origin", str(server))
    desk.git("fetch", "-q")
    desk.git("branch", "-q", "--set-upstream-to=origin/main")
    _sh(tmp_path, "git", "clone", "-q", str(server), str(old))
    assert desk.sync().code == 0
    _dump(desk, tmp_path / "export-1")
    assert desk.run("backup", str(tmp_path / "sauvegarde.zip")).code == 0
    desk.write({path: RECORDS[path].replace(GIVEN, "{etat: retire}") for path in (HERS, TALE)})
    wiki.person(wiki.admin).act(action="delete", title="Zélie Dumoulin", reason="Effacement")
    assert "Puis dans git" in desk.sync().err

    # what was given out already
    _dump(desk, tmp_path / "export-2", "--since", str(tmp_path / "export-1"))
    withdrawn = (tmp_path / "export-2/RETRAITS.csv").read_text("utf-8")
    assert "acteur/" in withdrawn and "/voix-1" in withdrawn
    assert not TOLD.search(withdrawn)

    assert _told_in(server)
    _with_filter_repo(desk)
    assert _told_in(server) == []

    # the wiki comes from a version that is no more
    desk = Desk(tmp_path / "neuf", wiki, desk.cache)
    refused = desk.sync()
    assert (refused.code, "--reculer" in refused.err) == (1, True)
    once = desk.sync("--reculer")
    assert once.code == 0, once
    after = desk.sync()
    assert (after.code, after.json["edits"]) == (0, 0), after

    # an old clone that is merged and sent would bring it all back
    _sh(old, "git", "-c", "pull.rebase=false", "pull", "-q", "--no-edit", "-X", "theirs")
    answer = _sh(old, "git", "push", "-q", ok=False)
    assert "Votre copie vient d’avant la réécriture" in answer
    answer = _sh(old, "git", "push", "-q", "origin", "2019:refs/tags/vieux", ok=False)
    assert "supprimez cette copie" in answer
    # and so would a backup, which keeps her words until it ends
    fresh = tmp_path / "revenu"
    restored = CliRunner().invoke(
        main, ["restore", str(tmp_path / "sauvegarde.zip"), "--corpus", str(fresh)]
    )
    assert restored.exit_code == 0, restored.output
    assert _told_in(fresh)
    answer = _sh(fresh, "git", "push", "--force", str(server), "main", ok=False)
    assert "Votre copie vient d’avant la réécriture" in answer
    assert _told_in(server) == []
    # whoever works in a new one sends as before
    (desk.folder / PARTY).write_text("type: projet\ntitre: La fête du pain\n", "utf-8")
    desk.git("commit", "-qam", "Changer")
    desk.git("push", "-q", "origin", "main")
