"""Making a backup: everything is staged in a temporary folder, then packed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from loosbot import __version__
from loosbot.backup import archive, databases, repository
from loosbot.backup.last import note
from loosbot.backup.manifest import History, Manifest
from loosbot.corpus.tree import CORPUS_PATHS
from loosbot.dump.edition.key import key_file
from loosbot.errors import UserError
from loosbot.files import no_room, reason
from loosbot.frozen import dataclass
from loosbot.history.git import Repository
from loosbot.history.process import attempt
from loosbot.wiki.credentials import user_file
from loosbot.wiki.instance import DEFAULT, Instance

_OWN = DEFAULT.parts[0]
_FOUND_AGAIN = ("mediawiki-", ".mediawiki-", ".unpack-")
"""What ``.loosbot`` holds that comes from Debian again."""


@dataclass(frozen=True, slots=True)
class BackupRequest:
    """What is to be saved. ``corpus`` is the folder of one, ``depot`` a bare repository; one of
    both may be None. ``name`` is the corpus's own, ``wiki`` the address of a wiki that is not
    embedded ("" for none)."""

    corpus: Path | None
    depot: Repository | None
    name: str
    wiki: str


def make(target: Path, wanted: BackupRequest, env: Mapping[str, str]) -> Manifest:
    """Write the archive ``target``, whose folder is a path without links or ``..``.

    Raises UserError; what was there before is then as it was.
    """
    archive.require_ours(target)
    _require_outside(target, wanted)
    try:
        scratch = tempfile.TemporaryDirectory(dir=target.parent, prefix=".loosbot-sauvegarde-")
    except OSError as error:
        raise UserError(
            f"La sauvegarde ne peut pas être écrite dans {target.parent} : {reason(error)}."
        ) from error
    with scratch as folder:
        try:
            manifest = _staged(Path(folder), wanted, env)
        except OSError as error:
            # shutil names the file that it reads, also where the disk of the copy is full
            place = target.parent if no_room(error) else error.filename
            raise UserError(
                f"La sauvegarde n’a pas pu être faite : {place} : {reason(error)}.",
                "Rien n’a été changé.",
            ) from error
        manifest = archive.write(target, manifest, Path(folder))
    for place in (wanted.corpus, wanted.depot.folder if wanted.depot else None):
        if place is not None:
            note(place, target, manifest.made)
    return manifest


def _staged(folder: Path, wanted: BackupRequest, env: Mapping[str, str]) -> Manifest:
    now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    prefix, release = "", ""
    removed: list[str] = []
    git: History | None = None
    if wanted.corpus is not None:
        # the wiki before the history: every commit that the wiki shows is then in the bundle
        release = _stage_wiki(wanted.corpus, folder)
        prefix, removed, git = _stage_corpus(wanted.corpus, folder)
    depot: History | None = None
    if wanted.depot is not None:
        name = wanted.depot.folder.name
        depot = repository.stage(wanted.depot, folder / "depot" / "depot.bundle", name)
    _stage_keys(wanted.name, env, folder / "cles")
    return Manifest(
        loosbot=__version__,
        made=now,
        corpus=wanted.name,
        files={},
        prefix=prefix,
        folder=wanted.corpus is not None,
        removed=tuple(removed),
        git=git,
        depot=depot,
        release=release,
        wiki=wanted.wiki,
    )


def _stage_wiki(corpus: Path, folder: Path) -> str:
    """The release of the embedded wiki, "" where there is none."""
    instance = Instance((corpus / DEFAULT).resolve())
    secrets = instance.read_secrets()
    if secrets is not None:
        databases.stage(instance, folder / "wiki")
    own = corpus / _OWN
    for file in _walk(own) if own.is_dir() else ():
        path = file.relative_to(own)
        if path.parts[0] != DEFAULT.parts[1] and not path.parts[0].startswith(_FOUND_AGAIN):
            _copy(file, folder / "loosbot" / path)
    return secrets.release if secrets else ""


def _stage_corpus(corpus: Path, folder: Path) -> tuple[str, list[str], History | None]:
    """Its place in its repository, what was removed since the last commit, and its history."""
    clone = Repository.open(corpus)
    if clone is None:
        for path in CORPUS_PATHS:
            for file in _walk(corpus / path):
                _copy(file, folder / "travail" / file.relative_to(corpus))
        return "", [], None
    top, changed, removed = repository.uncommitted(clone, corpus)
    git = repository.stage(clone, folder / "git" / "corpus.bundle", corpus.name)
    for path in changed:
        _copy(top / path, folder / "travail" / path)
    return clone.prefix.rstrip("/"), removed, git


def _stage_keys(name: str, env: Mapping[str, str], folder: Path) -> None:
    """What lies in the user's own folder: the key of the pseudonyms, the passwords of the wikis."""
    for file in (key_file(name, env), user_file(env)):
        if file.is_file():
            _copy(file, folder / file.name)


def _walk(path: Path) -> Iterator[Path]:
    """Plain files, no link followed."""
    if path.is_symlink():
        return
    if path.is_file():
        yield path
    elif path.is_dir():
        for child in sorted(path.iterdir()):
            yield from _walk(child)


def _copy(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, target)


def _require_outside(target: Path, wanted: BackupRequest) -> None:
    """Passwords must never be one ``git add -A`` away, nor a backup hold the ones before."""
    if wanted.corpus is None or Repository.open(target.parent) is None:
        inside = wanted.corpus is not None and target.is_relative_to(wanted.corpus.resolve())
    else:
        done = attempt(target.parent, "check-ignore", "--quiet", target.name)
        inside = done.returncode != 0
    if inside:
        raise UserError(
            f"La sauvegarde contient des mots de passe : elle ne va pas dans un dépôt git, comme "
            f"ici {target.parent}.",
            "Donnez un fichier ailleurs, de préférence sur un autre disque : "
            f"loosbot backup /srv/sauvegardes/{target.name}",
        )
