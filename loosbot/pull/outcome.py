"""Where the result of a pull goes: the files of the folder, or commits of a branch."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

from loosbot.corpus.french import listed
from loosbot.corpus.model import Config
from loosbot.errors import UserError
from loosbot.escaping import beginning
from loosbot.files import changed_since, replace_file
from loosbot.history.writing import NewCommit, committer_of, write_commits
from loosbot.pull.edits import FileChange, PullResult
from loosbot.pull.run import Origin

_NOBODY = "loosbot <loosbot@wiki.invalid>"


def write_files(folder: Path, carried: PullResult, before: Mapping[str, bytes]) -> None:
    """Write the files that changed. Each is replaced in one step.

    ``before`` are these files as they were read. Raises UserError where one is no more as it was:
    somebody saved it meanwhile, and nothing is written.
    """
    saved = changed_since(folder, {path: before.get(path) for path in carried.files})
    if saved:
        named = listed([f"« {path} »" for path in saved])
        raise UserError(
            f"Changé pendant la reprise : {named}. Rien n’a été écrit.",
            "Relancez la même commande.",
        )
    for path, data in carried.files.items():
        replace_file(folder / path, data)


def write_branch(folder: Path, branch: str, origin: Origin, carried: PullResult, api: str) -> str:
    """One commit a wiki edit; the branch's new tip, "" where there is nothing to commit.

    Raises UserError with git's reason; the branch is then as it was.
    """
    if not carried.changes:
        return ""
    commits = [_commit(change, origin, api) for change in carried.changes]
    committer = committer_of(folder, _NOBODY)
    return write_commits(folder, branch, origin.parent, commits, committer)


def _commit(change: FileChange, origin: Origin, api: str) -> NewCommit:
    head = origin.source.head
    return NewCommit(
        author=author(change.user, origin.source.whole.config),
        date=change.timestamp or (head.date if head else ""),
        message=message(change, api),
        path=origin.below + change.path,
        data=change.data,
    )


def author(user: str, config: Config) -> str:
    """Who a wiki user is in git: as ``auteurs:`` says, else ``<user>@wiki.invalid``."""
    if known := config.auteurs.get(user):
        return known
    name = "".join(char for char in user if char.isprintable() and char not in "<>") or "inconnu"
    address = "".join(char if char.isalnum() or char in "-._" else "-" for char in name)
    return f"{name} <{address}@wiki.invalid>"


def message(change: FileChange, api: str) -> str:
    """The commit's message: what, where, and the link to the revision."""
    fields = ", ".join(dict.fromkeys(change.labels))
    lines = [beginning(f"Wiki : {change.page} – {fields}", 200), ""]
    if change.comment:
        lines += [change.comment, ""]
    if change.revision:
        lines.append(revision_link(api, change.revision))
    lines.append(f"Fiche : {change.id}")
    return "\n".join(lines) + "\n"


def revision_link(api: str, revision: int) -> str:
    """The address of what one revision changed."""
    script = api.removesuffix("api.php") + "index.php"
    return f"{script}?{urlencode({'diff': revision, 'oldid': 'prev'})}"
