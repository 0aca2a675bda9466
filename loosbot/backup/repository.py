"""A git repository as one file, while people push to it, and back from that file.

A bundle holds every commit and every name that leads to one, as they are at one moment. What could
run a program (hooks, filters, aliases) is not put back from an archive: hooks are made again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from loosbot.backup.manifest import History, hook_command, is_plain_path
from loosbot.corpus.tree import CORPUS_PATHS
from loosbot.errors import UserError
from loosbot.history.git import Repository
from loosbot.history.process import attempt, run
from loosbot.push.install import NAMES, branch_of, is_ours
from loosbot.push.receive import HEADS

_KEPT = (
    "branch.", "fetch.fsck", "receive.", "remote.", "transfer.fsckobjects", "user.email",
    "user.name",
)  # fmt: skip
"""Beginnings of the settings that are put back: none of them runs a program."""
_LAST = (".receivepack", ".uploadpack", ".vcs", ".proxy", "procreceiverefs")
"""Endings of those that may."""


def stage(repository: Repository, target: Path, name: str) -> History:
    """Write the bundle of a repository to ``target`` (not made where there is no commit yet).

    Raises UserError, also in a shallow clone, which lacks what a bundle needs.
    """
    folder = repository.folder
    if repository.shallow:
        raise UserError(
            "Ce dépôt git est une copie partielle : il y manque des versions anciennes.",
            "Lancez « git fetch --unshallow », puis relancez la sauvegarde.",
        )
    head = attempt(folder, "symbolic-ref", "--quiet", "HEAD").stdout.decode("utf-8", "replace")
    branch = head.strip().removeprefix(HEADS)
    commit = repository.resolve("HEAD") or ""
    stashes = _stashes(folder)
    bundle = ""
    if run(folder, "for-each-ref", "--count=1").strip():
        bundle = target.name
        target.parent.mkdir(parents=True, exist_ok=True)
        # HEAD without a branch may be the only name of its commit; a stash but the newest has none
        tips = ["--all", *(["HEAD"] if commit else []), *stashes]
        run(folder, "bundle", "create", "--quiet", str(target.resolve()), *tips)
    form = attempt(folder, "rev-parse", "--show-object-format").stdout.decode("ascii").strip()
    return History(
        name=name,
        branch=branch,
        commit=commit,
        object_format=form or "sha1",
        bundle=bundle,
        settings=tuple(_settings(folder)),
        hooks=tuple(_hooks(folder)) if repository.bare else (),
        stashes=stashes,
    )


def _stashes(folder: Path) -> tuple[str, ...]:
    """What was put aside (``git stash``), the oldest first: git lists it by a log, not by names."""
    log = attempt(folder, "log", "--walk-reflogs", "--format=%H", "refs/stash", "--")
    return tuple(reversed(log.stdout.decode("ascii", "replace").split()))


def uncommitted(repository: Repository, corpus: Path) -> tuple[Path, list[str], list[str]]:
    """The top folder, the files there that no commit holds as they are, and those removed.

    What git ignores is left out, but for files of the corpus, which is read from the folder.
    """
    top = Path(os.fsdecode(run(corpus, "rev-parse", "--show-toplevel")).removesuffix("\n"))
    others = "ls-files", "-z", "--full-name", "--others"
    changed = _names(top, *others, "--exclude-standard")
    changed |= _names(corpus, *others, "--", *CORPUS_PATHS)
    if repository.resolve("HEAD"):
        # git runs no program of the repository to compare its files
        plain = repository.without_filters()
        ways = "--name-only", "--no-renames", "--no-ext-diff", "--ignore-submodules=all"
        output = run(top, "diff", "-z", *ways, "HEAD", settings=plain)
        changed |= {name for name in os.fsdecode(output).split("\0") if name}
    else:
        changed |= _names(top, "ls-files", "-z", "--cached")
    changed = {
        name for name in changed if is_plain_path(name) and ".loosbot" not in name.split("/")
    }
    present = {name for name in changed if (file := top / name).is_file() and not file.is_symlink()}
    # a folder may stand where a file or a link was
    gone = {name for name in changed - present if not _is_something(top / name)}
    return top, sorted(present), sorted(gone)


def rebuild(history: History, bundle: Path | None, folder: Path, bare: bool) -> None:
    """Make the repository again in ``folder``, which is empty or not there; checked out if not
    ``bare``. Raises UserError."""
    folder.mkdir(parents=True, exist_ok=True)
    first = ["--initial-branch", history.branch or "main", "--object-format", history.object_format]
    run(folder, "init", "--quiet", "--template=", *first, *(["--bare"] if bare else []))
    (folder / "hooks" if bare else folder / ".git" / "hooks").mkdir(exist_ok=True)
    if bundle is not None:
        # before the settings: an old history may have faults that a push may not have
        heads = run(folder, "bundle", "unbundle", str(bundle.resolve()))
        _name(folder, heads.decode("utf-8", "surrogateescape").splitlines())
        if not history.branch and history.commit:
            run(folder, "update-ref", "--no-deref", "HEAD", history.commit)
        for stash in history.stashes:
            title = attempt(folder, "log", "-1", "--format=%s", stash, "--").stdout.strip()
            attempt(folder, "stash", "store", "--message", os.fsdecode(title), stash)
    for key, value in history.settings:
        if _is_kept(key):
            run(folder, "config", "--add", key, value)
    if not bare and attempt(folder, "rev-parse", "--verify", "--quiet", "HEAD").returncode == 0:
        run(folder, "reset", "--quiet", "--hard", "HEAD")


def _name(folder: Path, lines: Iterable[str]) -> None:
    """Give the commits of a bundle the names that they had: ``id name``, one a line."""
    orders = []
    for line in lines:
        identifier, _, name = line.partition(" ")
        if name.startswith("refs/") and not name.endswith("/HEAD"):
            orders.append(f"create {name}\0{identifier}\0")
    data = "".join(orders).encode("utf-8", "surrogateescape")
    run(folder, "update-ref", "--stdin", "-z", data=data)


def _settings(folder: Path) -> Iterable[tuple[str, str]]:
    done = attempt(folder, "config", "--local", "--no-includes", "-z", "--list")
    for entry in done.stdout.decode("utf-8", "replace").split("\0"):
        key, separator, value = entry.partition("\n")
        if separator and _is_kept(key):
            yield key, value


def _is_kept(key: str) -> bool:
    lowered = key.lower()
    return lowered.startswith(_KEPT) and not lowered.endswith(_LAST)


def _hooks(folder: Path) -> Iterable[str]:
    """The command that puts our hooks back."""
    ours = [name for name in NAMES if branch_of(folder / "hooks" / name) is not None]
    if ours:
        branch = branch_of(folder / "hooks" / ours[0])
        yield hook_command(branch or "")


def hooks_of_others(folder: Path) -> list[str]:
    """The names of the programs beside our hooks in a bare repository, sorted: no archive holds
    them, for nothing that would run is put back from one."""
    programs = (file for file in (folder / "hooks").glob("*") if file.suffix != ".sample")
    return sorted(file.name for file in programs if file.is_file() and not is_ours(file))


def _names(folder: Path, *words: str) -> set[str]:
    output = os.fsdecode(run(folder, *words))
    return {name for name in output.split("\0") if name}


def _is_something(path: Path) -> bool:
    """A link, a pipe and the like: neither saved nor listed as removed."""
    return os.path.lexists(path) and (path.is_symlink() or not path.is_dir())
