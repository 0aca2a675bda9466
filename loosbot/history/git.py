"""Reading a git repository: commits, ancestors, blobs, tags.

Always one process for many files, never one per record. Nothing is cached: a Repository can be
asked again after a commit.
"""

from __future__ import annotations

import datetime
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from loosbot.corpus.tree import CORPUS_PATHS, is_leftover, printable_path
from loosbot.errors import UserError
from loosbot.frozen import dataclass
from loosbot.history.dates import committed
from loosbot.history.process import attempt, installed, listing, refusal, run

_HEADER = "commit%n%H%n%ct%n%aN%n%aE"
CHANGES = ("--raw", "--no-abbrev", "--no-renames", "--no-relative", "--no-ext-diff")
"""Options of git that list the files that a commit changed."""
_LOG = (
    "log",
    "-z",
    "--no-color",
    "--no-notes",
    "--no-show-signature",
    "--encoding=UTF-8",
    f"--format={_HEADER}",
)


NO_OBJECT = "0" * 40
"""What git writes for the commit of a branch that is not there."""
_LONGEST_LISTING = 64 << 20
"""Bytes of ``ls-tree``: what the most entries of a corpus take, with names of 250 bytes."""


@dataclass(frozen=True, slots=True)
class Commit:
    """``id`` is whole; ``date`` is the committer's, ISO 8601 in UTC (``2026-01-31T09:00:00Z``)."""

    id: str
    date: str
    author: str
    email: str

    @property
    def day(self) -> datetime.date:
        """The committer's day (UTC): the "today" of what is published of this commit."""
        return datetime.datetime.fromisoformat(self.date).astimezone(datetime.UTC).date()


@dataclass(frozen=True, slots=True)
class Blob:
    """One file of a commit. ``mode`` is git's: 100644, 100755, 120000 (symlink), 160000."""

    path: str
    id: str
    mode: str
    size: int
    readable: bool
    """False when the name is not UTF-8: ``path`` is then only for showing."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a file became in one commit. ``blob`` is "" where it was removed.

    ``rank`` orders the versions of all files: 0 is the newest commit that changed any of them.
    """

    commit: Commit
    rank: int
    blob: str


@dataclass(frozen=True, slots=True)
class Repository:
    """A git repository, opened on the folder of a corpus, which may be a part of it.

    Every path taken or given is relative to that folder. ``prefix`` is the folder's place in the
    repository: ``""``, or ``corpus/``. In a shallow clone old commits are missing.
    """

    folder: Path
    prefix: str
    bare: bool
    shallow: bool

    @classmethod
    def open(cls, path: Path) -> Repository | None:
        """The repository that holds ``path``; None without repository, or without git.

        Raises UserError when git refuses to read it, for example for its owner.
        """
        if not installed() or not path.is_dir():
            return None
        done = attempt(
            path, "rev-parse", "--is-bare-repository", "--is-shallow-repository", "--show-prefix"
        )
        if done.returncode:
            if b"not a git repository" in done.stderr:
                return None
            raise refusal(done.stderr)
        bare, shallow, prefix = os.fsdecode(done.stdout).split("\n", 2)
        return cls(path, prefix.removesuffix("\n"), bare == "true", shallow == "true")

    def resolve(self, revision: str) -> str | None:
        """The whole id of the commit that a revision names; None when it names none."""
        if not revision or "\0" in revision:
            return None
        done = attempt(
            self.folder,
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            f"{revision}^{{commit}}",
        )
        return done.stdout.decode("ascii").strip() if done.returncode == 0 else None

    def commit(self, revision: str) -> Commit | None:
        """What is known of one commit; None when the revision names none."""
        if (known := self.resolve(revision)) is None:
            return None
        output = run(self.folder, *_LOG, "--no-walk", "--no-patch", "--end-of-options", known, "--")
        return _commit(output.rstrip(b"\0"))

    def head(self) -> Commit | None:
        """The commit checked out, or that a bare repository's HEAD names; None before the first."""
        return self.commit("HEAD")

    def is_ancestor(self, ancestor: str, descendant: str) -> bool | None:
        """Does ``descendant`` hold all of ``ancestor``? A commit holds itself.

        None when it cannot be known: one of them is not here, or the clone is too shallow.
        """
        first, second = self.resolve(ancestor), self.resolve(descendant)
        if first is None or second is None:
            return None
        done = attempt(self.folder, "merge-base", "--is-ancestor", first, second)
        if done.returncode > 1:
            return None
        if done.returncode == 1 and self.shallow:
            return None
        return done.returncode == 0

    def dirty(self, paths: Iterable[str] = CORPUS_PATHS) -> bool:
        """Do the files of the corpus differ from HEAD, or are some of them not in it?

        Ignored files count, since the corpus is read from the folder; editors' leftovers do not.
        So do those that git was told not to look at.
        """
        if self.bare:
            return False
        if self._differs(paths, {}):
            return True
        if not self.unwatched(paths):
            return False
        with tempfile.TemporaryDirectory(prefix="loosbot-") as room:
            # the marks stand in the index: another one has none
            index = {"GIT_INDEX_FILE": str(Path(room) / "index")}
            whole = {"core.sparseCheckout": "false"}
            run(self.folder, "read-tree", "HEAD", variables=index, settings=whole)
            return self._differs(paths, index)

    def _differs(self, paths: Iterable[str], variables: Mapping[str, str]) -> bool:
        output = run(
            self.folder,
            "status",
            "--porcelain=v1",
            "-z",
            "--no-renames",
            "--untracked-files=all",
            "--ignored=traditional",
            "--ignore-submodules=all",
            "--",
            *paths,
            settings=self.without_filters(),
            variables=variables,
        )
        return any(
            entry[:2] not in (b"??", b"!!") or not self._is_leftover(entry[3:])
            for entry in output.split(b"\0")
            if entry
        )

    def unwatched(self, paths: Iterable[str] = CORPUS_PATHS) -> list[str]:
        """Files that git was told to take for unchanged (``update-index``): its status is silent
        about them."""
        return [
            path
            for path, mark in self.marked(paths)
            if mark == "h" or os.path.lexists(self.folder / path)
        ]

    def marked(self, paths: Iterable[str] = CORPUS_PATHS) -> Iterator[tuple[str, str]]:
        """The files that have a mark in git's index, and the letter of ``ls-files -v``: ``h`` for
        ``--assume-unchanged``, ``S`` for ``--skip-worktree``, ``s`` for both."""
        listed = os.fsdecode(run(self.folder, "ls-files", "-v", "-z", "--", *paths))
        return ((entry[2:], entry[0]) for entry in listed.split("\0") if entry[:1] in set("hSs"))

    def last_commits(self) -> dict[str, Commit]:
        """For every file of the corpus at HEAD, the commit that last changed it.

        A merge counts only for what it changed itself. In a shallow clone the oldest commit
        stands for all that are missing. Raises UserError before the first commit.
        """
        left = self.blob_ids("HEAD")
        commits: dict[str, Commit] = {}
        for commit, path, blob in self._changes("HEAD", CORPUS_PATHS, "--diff-merges=combined"):
            # the log also lists changes that a merge discarded: they did not produce this blob
            if left.get(path) == blob:
                commits[path] = commit
                del left[path]
        return commits

    def versions(
        self, paths: Iterable[str] = CORPUS_PATHS, revision: str = "HEAD"
    ) -> dict[str, tuple[Version, ...]]:
        """Every version of every file under ``paths``, the newest first.

        Those of the main line: what a merge brought is one change, made by the merge, so that
        the versions of two files stand in one order. A renamed file begins anew. Raises
        UserError for an unknown revision.
        """
        merges = "--first-parent", "--diff-merges=first-parent"
        versions_of: dict[str, list[Version]] = {}
        ranks: dict[str, int] = {}
        for commit, path, blob in self._changes(revision, paths, *merges):
            rank = ranks.setdefault(commit.id, len(ranks))
            version = Version(commit, rank, blob if blob.strip("0") else "")
            versions_of.setdefault(path, []).append(version)
        return {path: tuple(versions) for path, versions in versions_of.items()}

    def changed_since(self, base: str, revision: str, paths: Iterable[str]) -> set[tuple[str, str]]:
        """Path and blob ("" for none) of every change of these files that a version after ``base``
        brought to the main line. Raises UserError for an unknown revision."""
        merges = "--first-parent", "--diff-merges=first-parent"
        changes = self._changes(revision, paths, *merges, since=base)
        return {(path, blob if blob.strip("0") else "") for _, path, blob in changes}

    def main_line(self, revision: str = "HEAD") -> list[str]:
        """Ids of the commits of the main line, the newest first. Raises UserError if unknown."""
        output = run(
            self.folder, "rev-list", "--first-parent", "--topo-order", self._known(revision), "--"
        )
        return output.decode("ascii").split()

    def blob_ids(self, revision: str, paths: Iterable[str] = CORPUS_PATHS) -> dict[str, str]:
        """The blob id of every file under ``paths``, by path."""
        return {blob.path: blob.id for blob in self.blobs(revision, paths)}

    def blobs(self, revision: str, paths: Iterable[str]) -> list[Blob]:
        """Every file under ``paths`` at a revision.

        Raises UserError for an unknown revision, and where they are too many to list: folders
        that hold one another ten times over are written in a few bytes.
        """
        output = listing(
            self.folder,
            "ls-tree",
            "-r",
            "-z",
            "-l",
            "--full-tree",
            "--end-of-options",
            self._known(revision),
            *(self.prefix + path for path in paths),
            most=_LONGEST_LISTING,
        )
        blobs = []
        for line in output.split(b"\0")[:-1]:
            about, _, raw_path = line.partition(b"\t")
            mode, _, identifier, size = about.decode("ascii").split()
            path, readable = self._own(raw_path)
            blobs.append(Blob(path, identifier, mode, int(size) if size.isdigit() else 0, readable))
        return blobs

    def _changes(
        self, revision: str, paths: Iterable[str], *merges: str, since: str = ""
    ) -> Iterator[tuple[Commit, str, str]]:
        """(commit, path, resulting blob) of every change, latest first; ``merges`` is git's
        ``--diff-merges``. ``since`` is a commit whose own history is left out."""
        output = run(
            self.folder,
            *_LOG,
            *CHANGES,
            "--ignore-submodules=none",
            *merges,
            "--topo-order",
            "--end-of-options",
            self._known(revision),
            *([f"^{self._known(since)}"] if since else ()),
            "--",
            *paths,
        )
        return ((commit, self._own(path)[0], blob) for commit, path, blob in _changes(output))

    def _known(self, revision: str) -> str:
        if (known := self.resolve(revision)) is None:
            raise UserError(
                f"La version {revision} n’existe pas dans ce dépôt git.",
                "Le clone est partiel : lancez « git fetch --unshallow »." if self.shallow else "",
            )
        return known

    def _own(self, raw_path: bytes) -> tuple[str, bool]:
        """A path of the repository as a path of the corpus."""
        return printable_path(raw_path.removeprefix(os.fsencode(self.prefix)))

    def _is_leftover(self, raw_path: bytes) -> bool:
        parts = self._own(raw_path)[0].rstrip("/").split("/")
        return any(is_leftover(part) for part in parts)

    def without_filters(self) -> dict[str, str]:
        """Settings that switch off the programs which status would run to compare files."""
        done = attempt(self.folder, "config", "-z", "--name-only", "--get-regexp", r"^filter\..*\.")
        drivers = {name.rpartition(".")[0] for name in os.fsdecode(done.stdout).split("\0") if name}
        return {
            f"{driver}.{key}": value
            for driver in drivers
            for key, value in (("clean", ""), ("process", ""), ("required", "false"))
        }


def user_name(folder: Path) -> str:
    """The name under which git would commit here, "" where none is set, or without git."""
    if not installed():
        return ""
    return attempt(folder, "config", "user.name").stdout.decode("utf-8", "replace").strip()


def short(commit: str) -> str:
    """The twelve digits by which summaries and pages name a commit."""
    return commit[:12]


def _commit(token: bytes) -> Commit:
    # the name and the address may both be empty
    lines = token.decode("utf-8", "replace").lstrip("\n").split("\n")
    _, identifier, seconds, name, email = lines[:5]
    # git prints the placeholder itself for a commit without author
    name, email = name.removeprefix("%aN"), email.removeprefix("%aE")
    return Commit(identifier, f"{committed(seconds):%Y-%m-%dT%H:%M:%SZ}", name, email)


def _changes(output: bytes) -> Iterator[tuple[Commit, bytes, str]]:
    """(commit, path, resulting blob) of ``git log --raw -z``, latest first.

    A change is ``:modes ids status`` with one more mode and id per parent of a merge, then its
    path as a token of its own; between commits stand empty tokens.
    """
    commit: Commit | None = None
    tokens = iter(output.split(b"\0"))
    for token in tokens:
        token = token.lstrip(b"\n")
        if token.startswith(b"commit\n"):
            commit = _commit(token)
        elif token.startswith(b":") and commit is not None:
            parents = len(token) - len(token.lstrip(b":"))
            yield commit, next(tokens), token.split()[2 * parents + 1].decode("ascii")
