"""Upgrading an embedded wiki: a copy is upgraded and checked, then takes its place."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from loosbot.errors import LoosbotError, UserError, WikiUnavailable
from loosbot.wiki import embedded
from loosbot.wiki.install import (
    kept_data,
    locked,
    put_back,
    require_php,
    unpack,
    update,
    write_settings,
)
from loosbot.wiki.instance import Instance, Secrets

_ROOM = 100_000_000
"""Bytes to be left on the disk beside the copy."""

_CONTENT = {
    "les pages": "SELECT page_id, page_namespace, page_title, page_latest FROM page",
    "les versions": "SELECT rev_id, rev_page, rev_timestamp, rev_sha1 FROM revision",
    "les textes": "SELECT old_id, old_flags, old_text FROM text",
    "les fichiers": "SELECT img_name, img_sha1 FROM image",
    "les comptes": "SELECT user_id, user_name FROM user",
    "le journal": "SELECT log_id, log_type, log_action, log_title FROM logging",
}
"""What must all be there afterwards, by what it is called; the same columns since 1.35."""


def upgrade(dir: Path, code: Path | None = None) -> Path | None:
    """Take the wiki of ``dir`` to ``embedded.RELEASE``. Returns the folder that keeps its content
    as it was before, None where the wiki had that release already.

    The wiki is stopped meanwhile, and runs again afterwards if it ran before. ``code`` is where the
    MediaWiki tree of the new release is, or goes. Raises UserError where there is no wiki, where
    its release is newer, or where it could not be done: the wiki is then as it was. Raises
    WikiUnavailable where a package is missing.
    """
    release = embedded.RELEASE
    instance = Instance(dir.resolve())
    secrets = instance.read_secrets()
    if secrets is None:
        raise UserError("Aucun wiki n’est installé ici.", "Pour l’installer : loosbot wiki start")
    if _number(secrets.release) > _number(release):
        raise UserError(f"Le wiki est un MediaWiki {secrets.release}, plus récent que {release}.")
    if secrets.release == release:
        return None
    ran = embedded.status(instance.dir) is not None
    embedded.stop(instance.dir)
    try:
        with locked(instance.lock):
            old_data = _exchanged(instance, secrets, release, code)
    finally:
        if ran:
            embedded.start(instance.dir)
    return old_data


def _number(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release.split("."))


def _exchanged(instance: Instance, secrets: Secrets, release: str, code: Path | None) -> Path:
    put_back(instance, secrets.release)
    require_php()
    tree = (code or embedded.code_folder(instance.dir, release)).resolve()
    unpack(release, tree)
    size = sum(file.stat().st_size for file in instance.data.rglob("*") if file.is_file())
    if shutil.disk_usage(instance.dir).free < 2 * size + _ROOM:
        raise UserError(
            f"Il n’y a pas assez de place pour copier le wiki ({size // 1_000_000 + 1} Mo).",
            "Libérez de la place sur ce disque, puis relancez.",
        )
    with tempfile.TemporaryDirectory(dir=instance.dir, prefix=".upgrade-") as scratch:
        # the account that runs PHP must be able to enter the folder
        Path(scratch).chmod(0o711)
        after = replace(secrets, release=release, code=tree)
        copy = _copied(instance, after, Path(scratch) / "wiki")
        try:
            update(copy, tree)
            _keep_counting(instance, copy)
            _compare(instance, copy)
            _try(copy)
        except (subprocess.CalledProcessError, sqlite3.Error, WikiUnavailable, _LostError) as error:
            raise UserError(
                f"Le wiki n’a pas pu passer à MediaWiki {release} : il reste en {secrets.release}, "
                "tel qu’il était.",
                _reason(error),
            ) from error
        old_data = kept_data(instance, secrets.release)
        # if killed between these steps, the next start restores the kept data
        instance.data.rename(old_data)
        copy.data.rename(instance.data)
        instance.write_secrets(after)
        shutil.rmtree(instance.cache, ignore_errors=True)
        instance.cache.mkdir()
        return old_data


class _LostError(LoosbotError):
    """Something of the content is not there afterwards."""


def _reason(error: Exception) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        lines = str(error.stderr).strip().splitlines() or ["?"]
        errors = [line for line in lines if "rror" in line or "xception" in line]
        return f"Ce qu’en dit MediaWiki : {(errors or lines)[-1].strip()}"
    if isinstance(error, UserError):
        return f"{error.message} {error.hint}".strip()
    return str(error)


def _copied(instance: Instance, secrets: Secrets, folder: Path) -> Instance:
    """An independent copy of the wiki in a folder of its own."""
    copy = Instance(folder)
    copy.dir.mkdir()
    # the wiki is stopped, so each database is consistent with its journal
    shutil.copytree(instance.data, copy.data)
    copy.cache.mkdir()
    own = instance.dir / "LocalSettings.local.php"
    if own.exists():
        shutil.copy2(own, copy.dir)
    write_settings(copy, secrets.code, secrets.secret_key, secrets.closed)
    copy.write_secrets(secrets)
    return copy


def _keep_counting(before: Instance, after: Instance) -> None:
    """Number new pages and versions after the last of before.

    update.php makes some tables anew and forgets how far SQLite had counted: the number of a
    version that was deleted with its page would be given again, and MediaWiki refuses every edit.
    """
    counted = _rows(before, "SELECT seq, name FROM sqlite_sequence")
    with closing(sqlite3.connect(after.data / "wiki.sqlite")) as database, database:
        database.executemany(
            "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = CAST(? AS TEXT)", counted
        )


def _compare(before: Instance, after: Instance) -> None:
    for name, query in _CONTENT.items():
        if lost := _rows(before, query) - _rows(after, query):
            raise _LostError(f"Dans la copie, {name} ne sont pas tous là ({len(lost)} manquent).")


def _rows(instance: Instance, query: str) -> set[tuple[object, ...]]:
    with closing(sqlite3.connect(instance.data / "wiki.sqlite")) as database:
        database.text_factory = bytes  # a title is one where a release says text, the other blob
        return set(database.execute(query))


def _try(copy: Instance) -> None:
    """Start the copy once: its API answers, or WikiUnavailable."""
    try:
        embedded.start(copy.dir, embedded.any_port())
    finally:
        embedded.stop(copy.dir)
