"""What stands in an archive: a manifest, and files that it names, with their hashes."""

from __future__ import annotations

import json
import re
import shlex
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, field
from pathlib import PurePosixPath
from typing import Any

from loosbot.errors import UserError
from loosbot.frozen import dataclass
from loosbot.parsing import json_value

MANIFEST = "manifeste.json"
FORMAT = 1
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_RELEASE = re.compile(r"(?:[0-9]{1,2}\.[0-9]{1,3})?")
_COMMIT = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64})?")
_LONGEST = 4_000
"""Signs of a setting of git."""
_ROOMS = ("cles", "depot", "git", "loosbot", "travail", "wiki")
"""First folders of the paths in an archive."""
PRIVATE = ("cles", "loosbot", "wiki")
"""Those whose files are put back for their owner alone."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file of the archive."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class History:
    """A git repository, kept as a bundle.

    ``name`` is its folder's; ``settings`` are those that are put back, in order; ``hooks`` the
    commands that put the hooks back. ``bundle`` is "" where it has no commit yet. ``stashes`` are
    the commits of ``git stash``, the oldest first.
    """

    name: str
    branch: str
    commit: str
    object_format: str = "sha1"
    bundle: str = ""
    settings: tuple[tuple[str, str], ...] = ()
    hooks: tuple[str, ...] = ()
    stashes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """``made`` is ISO 8601, UTC. ``prefix`` is the corpus's place in its repository, ``removed``
    the files of the last commit that are gone from the folder. ``release`` is that of the
    embedded MediaWiki, "" where there is none; ``wiki`` the address of the one that is elsewhere.
    """

    loosbot: str
    made: str
    corpus: str
    files: Mapping[str, StoredFile]
    prefix: str = ""
    folder: bool = True
    """Whether the folder of a corpus is in it; a server may have the bare repository alone."""
    removed: tuple[str, ...] = ()
    git: History | None = None
    depot: History | None = None
    release: str = ""
    wiki: str = ""
    format: int = field(default=FORMAT)


def to_json(manifest: Manifest) -> bytes:
    return (json.dumps(asdict(manifest), ensure_ascii=False, indent=1) + "\n").encode()


def from_json(data: bytes) -> Manifest:
    """Read what stands in an archive. Raises UserError for anything that we did not write."""
    try:
        raw = json_value(data)
        if raw["format"] > FORMAT:
            raise UserError(
                f"Cette sauvegarde a été faite par loosbot {raw['loosbot']}, plus récent que "
                "celui-ci.",
                "Installez cette version de loosbot, puis relancez.",
            )
        files = {path: StoredFile(**stored) for path, stored in raw.pop("files").items()}
        git, depot = _history(raw.pop("git")), _history(raw.pop("depot"))
        removed = tuple(raw.pop("removed"))
        manifest = Manifest(files=files, removed=removed, git=git, depot=depot, **raw)
        _require_plain(manifest)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise unreadable() from error
    return manifest


def unreadable(detail: str = "") -> UserError:
    """The error about a file that is no archive of ours, or of one that is damaged."""
    return UserError(
        f"Ce n’est pas une sauvegarde de loosbot, ou elle est abîmée{detail}.",
        "Rien n’a été remis. Prenez une autre sauvegarde, ou une autre copie de celle-ci.",
    )


def is_plain_path(path: str) -> bool:
    """Whether a path stays inside the folder that it is put in, on any system."""
    parts = PurePosixPath(path).parts
    return (
        bool(parts)
        and "/".join(parts) == path
        and not path.startswith("/")
        and not any(part in ("..", ".") for part in parts)
        and not any(_is_git(part) for part in parts)
        and "\\" not in path
        and "\0" not in path
    )


def _is_git(part: str) -> bool:
    """Whether some system takes a name for ``.git``, whose hooks and settings run programs."""
    shown = "".join(sign for sign in part if unicodedata.category(sign) != "Cf")
    return shown.casefold().rstrip(". ") in (".git", "git~1")


def _require_plain_history(history: History, texts: list[str]) -> None:
    """Its names go to git, and the commands of its hooks to whoever reads them."""
    texts += [history.branch, history.commit, history.object_format, history.bundle, history.name]
    for name in (history.name, *([history.bundle] if history.bundle else [])):
        if not is_plain_path(name) or "/" in name or name.startswith("-"):
            raise ValueError(name)
    if history.branch.startswith(("-", "/")) or ".." in history.branch:
        raise ValueError(history.branch)
    commits = (history.commit, *history.stashes)
    if not all(map(_COMMIT.fullmatch, commits)) or history.object_format not in ("sha1", "sha256"):
        raise ValueError(commits)
    if any("\0" in text or len(text) > _LONGEST for pair in history.settings for text in pair):
        raise ValueError("no setting of git")
    for hook in history.hooks:
        branch = hook.removeprefix(hook_command("")).removeprefix(" --branch ")
        if hook != hook_command(next(iter(shlex.split(branch)), "")):
            raise ValueError(hook)


def hook_command(branch: str) -> str:
    """The command that puts our hooks back into a bare repository, ``{depot}``."""
    return "loosbot hook install {depot}" + (f" --branch {shlex.quote(branch)}" if branch else "")


def _history(raw: Any) -> History | None:
    if raw is None:
        return None
    settings = tuple((str(key), str(value)) for key, value in raw.pop("settings"))
    hooks = tuple(str(hook) for hook in raw.pop("hooks"))
    stashes = tuple(str(commit) for commit in raw.pop("stashes", ()))
    return History(settings=settings, hooks=hooks, stashes=stashes, **raw)


def _require_plain(manifest: Manifest) -> None:
    """Raises ValueError for a path that could lead elsewhere, and for a value of another kind."""
    for path, file in manifest.files.items():
        if not is_plain_path(path) or path.split("/")[0] not in _ROOMS:
            raise ValueError(path)
        if not (type(file.size) is int and file.size >= 0 and _HASH.fullmatch(file.sha256)):
            raise ValueError(path)
    texts = [manifest.loosbot, manifest.made, manifest.corpus, manifest.release, manifest.wiki]
    for history in (manifest.git, manifest.depot):
        if history is not None:
            _require_plain_history(history, texts)
    if not all(isinstance(text, str) and text.isprintable() for text in texts):
        raise ValueError("not a text that can be shown")
    if not (_MOMENT.fullmatch(manifest.made) and _RELEASE.fullmatch(manifest.release)):
        raise ValueError("no moment, or no release")
    for path in (*manifest.removed, *([manifest.prefix] if manifest.prefix else [])):
        if not is_plain_path(path):
            raise ValueError(path)
