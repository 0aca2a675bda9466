"""Files that come with the tool: schemas, vocabularies, templates, a first corpus.

In a wheel they lie inside the package; in a checkout they are the top-level folders themselves.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from loosbot import __version__

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent
_KINDS = (".py", ".json", ".yaml", ".wiki", ".css", ".js", ".php", ".md", ".txt")


def schemas() -> Path:
    """Folder of the JSON Schemas; ``vocabulaires/`` is inside."""
    return _first(_PACKAGE / "schemas", _CHECKOUT / "schemas")


def templates() -> Path:
    """Folder of the default MediaWiki templates, one ``.wiki`` file each."""
    return _first(_PACKAGE / "modeles", _CHECKOUT / "pages" / "modeles")


def commune() -> Path:
    """Folder of the corpus that another town begins with."""
    return _PACKAGE / "exchange" / "commune"


def text(name: str) -> str:
    """What the tool holds in another language than Python, by its path in the package:
    ``wiki/router.php``."""
    return (_PACKAGE / name).read_text("utf-8")


def _first(installed: Path, checkout: Path) -> Path:
    return installed if installed.is_dir() else checkout


@cache
def tool() -> str:
    """A hash of this code, its schemas and the installed libraries: the version for caches."""
    return _version(
        [(file.name, (state := file.stat()).st_size, state.st_mtime_ns) for file in _files()]
    )


def tool_anywhere() -> str:
    """The same from what the files hold: equal on all machines with this code, these libraries and
    this Python. Reading the files takes 20 ms."""
    return _version(
        [(file.name, hashlib.sha256(Path(file).read_bytes()).hexdigest()) for file in _files()]
    )


def _files() -> list[os.DirEntry[str]]:
    """The files of the tool that decide what it makes, in order."""
    return [
        file
        for root in (_PACKAGE, schemas(), templates())
        for file in _below(os.fspath(root))
        if file.name.endswith(_KINDS)
    ]


def _version(stamps: Sequence[tuple[object, ...]]) -> str:
    # the folder names of distributions hold their versions; reading the metadata takes 80 ms
    libraries = sorted(
        name
        for place in sys.path
        if os.path.isdir(place)  # noqa: PTH112 - see _below
        for name in os.listdir(place)  # noqa: PTH208 - see _below
        if name.endswith(".dist-info")
    )
    stamp = json.dumps([__version__, sys.version, stamps, libraries])
    return hashlib.sha256(stamp.encode()).hexdigest()


def _below(folder: str) -> list[os.DirEntry[str]]:
    """Every file in a folder, in order. Called by each command: with Path objects it takes three
    times as long."""
    with os.scandir(folder) as names:
        inside = sorted(names, key=lambda entry: entry.name)
    entries: list[os.DirEntry[str]] = []
    for entry in inside:
        entries += _below(entry.path) if entry.is_dir() else [entry]
    return entries
