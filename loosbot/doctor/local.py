"""Diagnoses that need no wiki: the machine, git, the hook, the backup, the consents."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from loosbot import __version__
from loosbot.backup.last import LastBackup
from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.model import Finding, Tree
from loosbot.corpus.privacy import agreed
from loosbot.doctor.diagnosis import Diagnosis, days
from loosbot.errors import UserError
from loosbot.extras import MODULES, missing
from loosbot.history.consentday import real_day, require_not_ahead
from loosbot.history.git import Repository, short
from loosbot.history.process import attempt, installed
from loosbot.history.sparse import how_to_see, require_whole
from loosbot.push import missed
from loosbot.push.install import NAMES, command_of, file_of

_TIGHT = 500_000_000
_NARROW = 2_000_000_000
_OLD = timedelta(days=8)
"""A backup a week, and a day of grace."""
_ENDING = "consentement-finit"


def versions(folder: Path) -> Diagnosis:
    """What is installed, to be quoted in a report of a fault."""
    git = (
        attempt(folder, "version").stdout.decode("utf-8", "replace").split() if installed() else []
    )
    extras = [name for name in MODULES if not missing(name)]
    programs = [
        f"loosbot {__version__}",
        f"Python {platform.python_version()}",
        f"git {git[2]}" if len(git) > 2 else "sans git",
        f"compléments : {', '.join(extras) or 'aucun'}",
    ]
    return Diagnosis("versions", "ok", ", ".join(programs) + ".")


def disk(free: int, folder: Path) -> Diagnosis:
    """Whether there is room left for one more publication, one more backup."""
    space = f"{free / 1e9:.1f} Go libres sur le disque de {folder}".replace(".", ",", 1)
    hint = "Libérez de la place : vieilles sauvegardes, journaux, dossiers data-1.39 d’avant."
    if free < _TIGHT:
        return Diagnosis("disque-plein", "error", f"Plus que {space}.", hint)
    if free < _NARROW:
        return Diagnosis("disque-etroit", "warning", f"{space}.", hint)
    return Diagnosis("disque", "ok", f"{space}.")


def room(folder: Path) -> Diagnosis:
    return disk(shutil.disk_usage(folder).free, folder)


def backup(made: LastBackup | None, now: datetime, since: datetime | None) -> Diagnosis:
    """How old the last backup is; ``since`` is when the wiki was first published, if known."""
    how = "loosbot backup /srv/sauvegardes/loosbot.zip, sur un autre disque, chaque nuit"
    if made is None:
        late = since is not None and now - since > _OLD
        return Diagnosis(
            "jamais-sauvegarde",
            "error" if late else "warning",
            "Aucune sauvegarde n’a été faite d’ici.",
            f"{how} (docs/exploitation.md).",
        )
    age = (now - made.made).days
    if now - made.made > _OLD:
        return Diagnosis(
            "sauvegarde-ancienne",
            "error",
            f"La dernière sauvegarde date du {made.made:%d/%m/%Y} ({days(age)}) : {made.file}.",
            f"Relancez-la, et voyez pourquoi elle ne se fait plus : {how}.",
        )
    return Diagnosis("sauvegarde", "ok", f"Dernière sauvegarde {days(age)} : {made.file}.")


def history(folder: Path) -> Iterator[Diagnosis]:
    """The state of the folder in git."""
    if not installed():
        yield Diagnosis("sans-git", "error", "git n’est pas installé.", "sudo apt-get install git")
        return
    try:
        repository = Repository.open(folder)
    except UserError as error:
        yield Diagnosis("git", "error", error.message, error.hint)
        return
    head = repository.head() if repository else None
    if repository is None or head is None:
        yield Diagnosis(
            "hors-git",
            "error",
            "Ce corpus n’a encore aucune version dans git : une fiche effacée le serait pour de "
            "bon.",
            "git init, git add --all, git commit.",
        )
        return
    try:
        require_whole(repository)
    except UserError as error:
        yield Diagnosis("dossier-partiel", "error", error.message, error.hint)
    try:
        require_not_ahead(head)
    except UserError as error:
        yield Diagnosis("date-de-version", "error", error.message, error.hint)
    if repository.shallow:
        yield Diagnosis(
            "clone-partiel",
            "error",
            "Ce dépôt est une copie partielle : il y manque des versions anciennes.",
            "git fetch --unshallow",
        )
    if repository.dirty():
        yield Diagnosis(
            "non-enregistre",
            "warning",
            "Des fichiers du corpus ne sont pas enregistrés dans git.",
            how_to_see(repository)
            or "git status les montre ; git add et git commit les enregistrent.",
        )
    yield from _shared(repository)
    yield Diagnosis("git", "ok", f"Version {short(head.id)} du {head.day:%d/%m/%Y}.")


def _shared(repository: Repository) -> Iterator[Diagnosis]:
    if repository.bare:
        return
    if not attempt(repository.folder, "remote").stdout.strip():
        yield Diagnosis(
            "seul-exemplaire",
            "warning",
            "Ce dépôt n’est relié à aucun autre : il n’existe qu’ici.",
            "Reliez-le à celui de la commune : git remote add origin …, puis git push.",
        )
        return
    counted = attempt(repository.folder, "rev-list", "--count", "@{upstream}..HEAD")
    ahead = counted.stdout.decode("ascii", "replace").strip()
    if counted.returncode == 0 and ahead not in ("", "0"):
        yield Diagnosis(
            "non-envoye",
            "warning",
            f"Versions qui ne sont que sur ce poste : {ahead}.",
            "git push les envoie au dépôt de la commune.",
        )


def hook(depot: Path) -> Iterator[Diagnosis]:
    """Whether a push to this bare repository is checked and published."""
    again = f"loosbot hook install {depot}"
    for name in NAMES:
        file = depot / "hooks" / name
        command = command_of(file)
        if not command:
            fault = "est celui de quelqu’un d’autre" if file.exists() else "n’est pas installé"
            yield Diagnosis(
                "crochet-absent",
                "error",
                f"Le crochet {name} de {depot} {fault} : un envoi n’est pas "
                f"{'vérifié' if name == NAMES[0] else 'publié'}.",
                f"{again}, ou une publication chaque nuit (docs/depot.md).",
            )
        elif not shutil.which(command[0]) or not all(
            program.stat().st_mode & 0o100 for program in (file, file_of(file))
        ):
            yield Diagnosis(
                "crochet-casse",
                "error",
                f"Le crochet {name} de {depot} ne peut plus se lancer : {command[0]} n’est plus "
                "là, ou le fichier n’est pas exécutable.",
                again,
            )
        else:
            yield Diagnosis("crochet", "ok", f"Crochet {name} de {depot} en place.")
    if lines := missed.missed(depot):
        yield Diagnosis(
            "envoi-non-publie",
            "error",
            f"Envois pris et pas encore publiés : {len(lines)}. {lines[-1]}",
            "loosbot sync, dans une copie du dépôt, dit ce qui l’empêche ; la publication qui "
            "réussit les rattrape tous.",
        )
    if attempt(depot, "config", "receive.fsckObjects").stdout.strip() != b"true":
        yield Diagnosis(
            "envois-non-controles",
            "warning",
            f"git ne contrôle pas les objets que {depot} reçoit (receive.fsckObjects).",
            again,
        )


def corpus(tree: Tree) -> Iterator[Diagnosis]:
    """The faults of the files, and the consents that end, in one line each."""
    reading = load_corpus(tree)
    if reading.corpus is None:
        yield Diagnosis(
            "corpus-en-erreur",
            "error",
            f"Le corpus a des erreurs ({reading.errors}) : rien ne peut être publié.",
            "loosbot check les montre, avec ce qu’il faut écrire.",
        )
        return
    yield Diagnosis("corpus", "ok", f"Fiches sans erreur : {reading.records}.")
    yield from consents(agreed.findings(reading.corpus, tree, real_day()))


def consents(findings: Collection[Finding]) -> Iterator[Diagnosis]:
    """Those that end within a month, or did. A seal that opens takes nothing from anybody."""
    for finding in findings:
        if finding.code == _ENDING:
            yield Diagnosis(
                "consentement",
                "warning" if "ouvr" in finding.message or "ouvert" in finding.message else "error",
                f"{finding.path}, ligne {finding.line} : {finding.message}",
                finding.hint,
            )


def now() -> datetime:
    return datetime.now(UTC)
