"""The embedded wiki while people edit it: SQLite's own backup, and the files that go with it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from loosbot.errors import UserError
from loosbot.wiki.instance import Instance

_TRIES = 5
_FILES = (
    "SELECT img_name, img_timestamp, img_sha1 FROM image",
    "SELECT oi_archive_name, oi_timestamp, oi_sha1 FROM oldimage",
    "SELECT fa_storage_key, fa_timestamp, fa_sha1 FROM filearchive",
)
_SETTINGS = ("LocalSettings.php", "LocalSettings.local.php", "credentials", "server.json")


def stage(instance: Instance, target: Path) -> None:
    """Copy what makes the wiki, as it is at one moment, below ``target``.

    The MediaWiki tree itself is Debian's, and comes from there. Raises UserError.
    """
    data = target / "data"
    data.mkdir(parents=True)
    for _ in range(_TRIES):
        for database in sorted(instance.data.glob("*.sqlite")):
            snapshot(database, data / database.name)
        whole = _copy_images(instance.data / "images", data / "images")
        # a file added or removed meanwhile would be in the copy or the database only
        if whole and _files(instance.data / "wiki.sqlite") == _files(data / "wiki.sqlite"):
            break
    else:
        raise UserError(
            "Des fichiers arrivent sur le wiki sans arrêt : la sauvegarde n’a pas pu en prendre "
            "une copie cohérente.",
            "Relancez-la à un moment plus calme.",
        )
    for name in _SETTINGS:
        if (instance.dir / name).is_file():
            shutil.copyfile(instance.dir / name, target / name)


def snapshot(database: Path, target: Path) -> None:
    """One database as it is at one moment, whoever writes to it. Raises UserError."""
    target.unlink(missing_ok=True)
    try:
        with (
            closing(
                sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=60)
            ) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a journal beside it
            faults = copy.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise UserError(
            f"La base {database} n’a pas pu être copiée : {error}.",
            "Voyez s’il reste de la place sur le disque, puis relancez.",
        ) from error
    if faults != ("ok",):
        raise UserError(
            f"La base {database} est abîmée : {faults[0]}.",
            "Gardez vos sauvegardes plus anciennes : celle-ci n’a pas été faite.",
        )


def _copy_images(source: Path, target: Path) -> bool:
    """False where a file went while it was copied."""
    shutil.rmtree(target, ignore_errors=True)
    if not source.is_dir():
        return True
    try:
        ignored = shutil.ignore_patterns("thumb", "temp", "lockdir")
        shutil.copytree(source, target, ignore=ignored, symlinks=True)
    except shutil.Error:
        return False
    return True


def _files(database: Path) -> list[tuple[object, ...]]:
    with closing(
        sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=60)
    ) as connection:
        return [row for query in _FILES for row in sorted(connection.execute(query))]
