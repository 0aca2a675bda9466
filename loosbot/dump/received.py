"""A dump as somebody received it: read with care, since nobody knows who made it."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from loosbot.errors import UserError

PACKAGE = "datapackage.json"
Row = Mapping[str, str]


LONGEST_CELL = 1 << 24
"""Characters; the csv module's own limit is shorter than the text of one voice may be."""


def read_csv(path: Path, encoding: str = "utf-8") -> list[list[str]]:
    """Every line of a CSV file; ``utf-8-sig`` is UTF-8 with a byte order mark, any other is UTF-8.

    Raises OSError, UnicodeDecodeError, csv.Error.
    """
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding=encoding if encoding == "utf-8-sig" else "utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


@dataclass(frozen=True, slots=True)
class Received:
    """A folder and what its descriptor says."""

    root: Path
    described: Mapping[str, Any]

    @property
    def tables(self) -> dict[str, Mapping[str, Any]]:
        """Tables with a schema, by name."""
        resources = self.described.get("resources")
        return {
            str(one["name"]): one
            for one in (resources if isinstance(resources, list) else ())
            if isinstance(one, dict) and isinstance(one.get("schema"), dict) and "name" in one
        }

    def rows(self, table: str) -> list[Row]:
        """The rows of a table; none where it cannot be read."""
        path = self.file(str(self.tables.get(table, {}).get("path", "")))
        if path is None:
            return []
        try:
            header, *rows = read_csv(path)
        except (OSError, UnicodeDecodeError, csv.Error, ValueError):
            return []
        return [dict(zip(header, row, strict=False)) for row in rows]

    def file(self, path: str) -> Path | None:
        """A file of the folder; None for one that leaves it, is no file, or does not exist."""
        pure = PurePosixPath(path)
        if not path or pure.is_absolute() or ".." in pure.parts:
            return None
        found = self.root / pure
        inside = found.resolve().is_relative_to(self.root.resolve())
        return found if inside and found.is_file() else None


def open_dump(root: Path) -> Received:
    """Open a folder by its descriptor. Raises UserError."""
    try:
        described = json.loads((root / PACKAGE).read_text("utf-8"))
    except OSError as error:
        raise UserError(
            f"« {root} » n’est pas un export : {PACKAGE} n’y est pas.",
            "Indiquez un dossier fait par « loosbot dump build », ou décompressez son .zip.",
        ) from error
    except (ValueError, RecursionError) as error:
        raise UserError(
            f"{PACKAGE} n’est pas lisible.", "Demandez une nouvelle copie de l’export."
        ) from error
    if not isinstance(described, dict):
        raise UserError(f"{PACKAGE} n’est pas lisible.", "Demandez une nouvelle copie.")
    return Received(root, described)
