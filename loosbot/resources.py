"""Files that come with the tool: schemas, vocabularies, templates, a first corpus.

In a wheel they lie inside the package; in a checkout they are the top-level folders themselves.
"""

from __future__ import annotations

import hashlib
import json
import sys
from functools import cache
from pathlib import Path

from loosbot import __version__

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent


def schemas() -> Path:
    """Folder of the JSON Schemas; ``vocabulaires/`` is inside."""
    return _first(_PACKAGE / "schemas", _CHECKOUT / "schemas")


def templates() -> Path:
    """Folder of the default MediaWiki templates, one ``.wiki`` file each."""
    return _first(_PACKAGE / "modeles", _CHECKOUT / "pages" / "modeles")


def commune() -> Path:
    """Folder of the corpus that another town begins with."""
    return _PACKAGE / "exchange" / "commune"


def _first(installed: Path, checkout: Path) -> Path:
    return installed if installed.is_dir() else checkout


@cache
def tool() -> str:
    """This very code, its schemas, and the libraries beside it, as a hash."""
    files = (
        file
        for root in (_PACKAGE, schemas(), templates())
        for file in sorted(root.rglob("*"))
        if file.suffix in (".py", ".json", ".yaml", ".wiki", ".css")
    )
    stamps = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    # a distribution's folder is named after it and its version; reading each takes 80 ms
    libraries = sorted(one.name for place in sys.path for one in Path(place).glob("*.dist-info"))
    told = json.dumps([__version__, sys.version, stamps, libraries])
    return hashlib.sha256(told.encode()).hexdigest()
