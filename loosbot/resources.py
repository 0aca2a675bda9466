"""Files that come with the tool: schemas, vocabularies, templates, a first corpus.

In a wheel they lie inside the package; in a checkout they are the top-level folders themselves.
"""

from __future__ import annotations

from pathlib import Path

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
