"""The note that a backup leaves beside what it saved; ``doctor`` reads its age there."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime
from pathlib import Path

from loosbot.files import write_private
from loosbot.frozen import dataclass
from loosbot.parsing import json_value
from loosbot.wiki.instance import DEFAULT, protect

_NAME = "derniere-sauvegarde.json"


@dataclass(frozen=True, slots=True)
class LastBackup:
    """When the last backup was made, and as which file."""

    made: datetime
    file: str


def note(folder: Path, archive: Path, made: str) -> None:
    """Leave the note in the folder of a corpus, or in a bare repository."""
    file = _place(folder)
    with contextlib.suppress(OSError):  # read-only folders have backups too, without a note
        if file.parent != folder:
            protect(file.parent)
        write_private(file, json.dumps({"date": made, "fichier": str(archive)}) + "\n")


def last(folder: Path) -> LastBackup | None:
    """The newest backup of this folder; None where none is known."""
    try:
        raw = json_value(_place(folder).read_bytes())
        made = datetime.fromisoformat(raw["date"])
        return LastBackup(made if made.tzinfo else made.replace(tzinfo=UTC), str(raw["fichier"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _place(folder: Path) -> Path:
    bare = (folder / "HEAD").is_file() and (folder / "objects").is_dir()
    return folder / f"loosbot.{_NAME}" if bare else folder / DEFAULT.parts[0] / _NAME
