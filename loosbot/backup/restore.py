"""Restoring a backup: staged and checked beside the target, then moved into place."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from loosbot.backup import archive, repository
from loosbot.backup.manifest import History, Manifest
from loosbot.corpus.paths import CONFIG
from loosbot.dump.edition.key import key_file
from loosbot.errors import UserError
from loosbot.files import PRIVATE, reason, replace_file
from loosbot.frozen import dataclass
from loosbot.wiki.credentials import user_file
from loosbot.wiki.instance import DEFAULT, protect


@dataclass(frozen=True, slots=True)
class RestoreResult:
    """What is back, and where; None where the archive has no such thing."""

    manifest: Manifest
    corpus: Path | None
    depot: Path | None
    keys: tuple[Path, ...]


def restore(
    source: Path, folder: Path, depot: Path | None, env: Mapping[str, str]
) -> RestoreResult:
    """Put the archive ``source`` back: the corpus as ``folder``, the bare repository as ``depot``
    (by default beside it, under its name).

    Both must not be there, or be empty folders. Raises UserError: nothing was then put back.
    """
    manifest = archive.read_manifest(source)
    if depot is None and manifest.depot is not None:
        depot = folder.parent / manifest.depot.name if manifest.folder else folder
    if manifest.depot is None:
        depot = None
    if depot is not None and manifest.folder and depot == folder:
        raise UserError(
            f"Le corpus et le dépôt nu iraient tous deux dans « {folder} ».",
            "Dites où va le dépôt nu : --repo AUTRE-DOSSIER.git",
        )
    places = [place for place in (folder if manifest.folder else None, depot) if place is not None]
    for place in places:
        _require_empty(place, source)
    with ExitStack() as stack:
        # staged, and moved into place at the end: an error leaves nothing half restored
        scratches = [stack.enter_context(_scratch(place)) for place in places]
        files = scratches[0] / "archive"
        files.mkdir()
        try:
            archive.extract(source, files)
            keys = _keys(manifest, files / "cles", env)
            rebuilt = []
            if manifest.folder:
                rebuilt.append((scratches[0] / "corpus", folder))
                _rebuild_corpus(manifest, files, rebuilt[0][0])
            if manifest.depot is not None and depot is not None:
                rebuilt.append((scratches[-1] / "depot", depot))
                _rebuild(manifest.depot, files / "depot", rebuilt[-1][0], bare=True)
        except OSError as error:
            raise UserError(
                f"La sauvegarde n’a pas pu être remise : {reason(error)}.", "Rien n’a été changé."
            ) from error
        _put_in_place(rebuilt, keys)
    corpus = folder / manifest.prefix if manifest.folder else None
    return RestoreResult(manifest, corpus, depot, tuple(target for _, target in keys))


def _rebuild_corpus(manifest: Manifest, files: Path, folder: Path) -> None:
    folder.mkdir()
    if manifest.git is not None:
        _rebuild(manifest.git, files / "git", folder, bare=False)
    for path in manifest.removed:
        _safe(folder, path).unlink(missing_ok=True)
    _move_in(files / "travail", folder)
    corpus = folder / manifest.prefix if manifest.prefix else folder
    _safe(folder, f"{manifest.prefix}/{DEFAULT.as_posix()}/x".lstrip("/"))
    own = corpus / DEFAULT.parts[0]
    if (files / "loosbot").is_dir() or (files / "wiki").is_dir():
        protect(own)
        _move_in(files / "loosbot", own)
        _move_in(files / "wiki", corpus / DEFAULT)
        if (files / "wiki").is_dir():
            # a new epoch invalidates what PHP has cached of the wiki that was here before
            (corpus / DEFAULT / "cache").mkdir(exist_ok=True)
            (corpus / DEFAULT / "data" / "epoch").write_text(manifest.made, encoding="ascii")


def _rebuild(history: History, files: Path, folder: Path, bare: bool) -> None:
    bundle = files / history.bundle if history.bundle else None
    repository.rebuild(history, bundle, folder, bare)


def _move_in(source: Path, target: Path) -> None:
    """Every file below ``source``, over what is there; a link in the way is never followed."""
    if not source.is_dir():
        return
    for file in sorted(path for path in source.rglob("*") if path.is_file()):
        path = file.relative_to(source).as_posix()
        place = _safe(target, path)
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.is_dir() and not place.is_symlink():
            raise UserError(f"« {path} » est un dossier dans le dépôt, un fichier dans le travail.")
        file.replace(place)


def _safe(root: Path, path: str) -> Path:
    """Where a path leads below ``root``. Raises UserError where a link would lead it elsewhere."""
    place = root
    for part in path.split("/")[:-1]:
        place = place / part
        if place.is_symlink():
            raise UserError(
                f"« {path} » passerait par un lien symbolique du dépôt.", "Rien n’a été remis."
            )
    return root / path


def _keys(manifest: Manifest, files: Path, env: Mapping[str, str]) -> list[tuple[Path, Path]]:
    """Files of the user that are to be put back. Raises UserError where another one is there."""
    todo = []
    for target in (key_file(manifest.corpus, env), user_file(env)):
        file = files / target.name
        if not file.is_file():
            continue
        if not os.path.lexists(target):
            todo.append((file, target))
        elif not target.is_file() or target.read_bytes() != file.read_bytes():
            raise UserError(
                f"{target} existe déjà, et n’est pas celui de la sauvegarde.",
                "Mettez-le de côté (par exemple en le renommant), puis relancez ; rien n’a été "
                "remis.",
            )
    return todo


def _put_in_place(rebuilt: list[tuple[Path, Path]], keys: list[tuple[Path, Path]]) -> None:
    """Move everything into place, or nothing: undone where one move fails."""
    done: list[tuple[Path, Path]] = []
    try:
        for source, target in rebuilt:
            for old, new in _steps(source, target):
                old.rename(new)
                done.append((old, new))
        for source, target in keys:
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # it may be on another disk: copied, not moved
            replace_file(target, source.read_bytes(), PRIVATE)
            done.append((source, target))
    except OSError as error:
        for old, new in reversed(done):
            if old.exists():
                new.unlink()
            else:
                new.rename(old)
        raise UserError(
            f"La sauvegarde n’a pas pu être mise en place : {reason(error)}.",
            "Rien n’a été changé.",
        ) from error


def _steps(source: Path, target: Path) -> Iterator[tuple[Path, Path]]:
    """The renames that put a folder in place: one, or one for each of its files where somebody
    stands in the target, or keeps the archive there."""
    if not target.exists() or not _stands_in(target):
        if target.exists():
            target.rmdir()
        yield source, target
        return
    # loosbot.yaml makes a corpus of a folder: it comes last
    for entry in sorted(source.iterdir(), key=lambda child: (child.name == CONFIG, child.name)):
        yield entry, target / entry.name


def _stands_in(target: Path) -> bool:
    return any(target.iterdir()) or Path.cwd().resolve() == target.resolve()


def _require_empty(folder: Path, source: Path) -> None:
    """Nothing may be there but the archive itself. Raises UserError."""
    if not os.path.lexists(folder):
        return
    if not folder.is_dir() or folder.is_symlink():
        raise UserError(f"« {folder} » n’est pas un dossier.", "Choisissez un autre endroit.")
    others = [
        child for child in folder.iterdir() if child.is_symlink() or not child.samefile(source)
    ]
    if others:
        raise UserError(
            f"« {folder} » n’est pas vide ({others[0].name} s’y trouve) : rien n’y a été remis.",
            "Une sauvegarde ne se remet que dans un dossier vide ou à faire : "
            "loosbot restore FICHIER --corpus NOUVEAU-DOSSIER",
        )


@contextmanager
def _scratch(place: Path) -> Iterator[Path]:
    """A folder on the disk where all will be, so that putting in place is renaming."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        scratch = tempfile.TemporaryDirectory(dir=place.parent, prefix=".loosbot-restauration-")
    except OSError as error:
        raise UserError(
            f"Rien ne peut être écrit dans {place.parent} : {reason(error)}."
        ) from error
    with scratch as folder:
        yield Path(folder)
