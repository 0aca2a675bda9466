"""Dropping privileges: where root starts the embedded wiki, PHP runs under another account."""

from __future__ import annotations

import os
import pwd
import stat
from collections.abc import Iterable
from pathlib import Path

from loosbot.frozen import dataclass

_ACCOUNT = "www-data"
"""Debian has it on every machine, for programs that serve pages."""


@dataclass(frozen=True, slots=True)
class SystemAccount:
    """The account that runs PHP."""

    uid: int
    gid: int

    def command(self, command: list[str]) -> list[str]:
        """The command, run under this account, without a way to regain privileges."""
        who = [f"--reuid={self.uid}", f"--regid={self.gid}", "--clear-groups", "--no-new-privs"]
        return ["setpriv", *who, "--inh-caps=-all", "--bounding-set=-all", *command]

    def own(self, paths: Iterable[Path]) -> None:
        """Give files and whole folders to the account. Links are never followed."""
        for path in paths:
            if path.is_dir() and not path.is_symlink():
                self.own(path.iterdir())
            if os.path.lexists(path) and (path.is_dir() or path.lstat().st_nlink == 1):
                os.chown(path, self.uid, self.gid, follow_symlinks=False)


def account_for(*folders: Path) -> SystemAccount | None:
    """Who is to run PHP on these folders; None for ourselves.

    That is the owner of the first folder, or ``www-data`` where root owns it. None as well where
    that account could not even come to the folders, for example below ``/root``.
    """
    if os.geteuid() != 0:
        return None
    base = next(
        (parent for parent in (folders[0], *folders[0].parents) if parent.exists()), Path("/")
    )
    try:
        entry = pwd.getpwuid(owner) if (owner := base.stat().st_uid) else pwd.getpwnam(_ACCOUNT)
    except KeyError:
        return None
    account = SystemAccount(entry.pw_uid, entry.pw_gid)
    ways = [parent for folder in folders for parent in (folder, *folder.parents) if parent.exists()]
    return account if all(_may_pass(way, account) for way in ways) else None


def _may_pass(folder: Path, account: SystemAccount) -> bool:
    about = folder.stat()
    if about.st_uid == account.uid:
        return bool(about.st_mode & stat.S_IXUSR)
    if about.st_gid == account.gid:
        return bool(about.st_mode & stat.S_IXGRP)
    return bool(about.st_mode & stat.S_IXOTH)
