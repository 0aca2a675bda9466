"""A dump that somebody altered."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from pathlib import Path


def spoilt(name: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    """Change the text of one file of a dump."""

    def spoil(folder: Path) -> None:
        path = folder / name
        before = path.read_bytes().decode("utf-8")
        after = change(before)
        assert after != before
        path.write_bytes(after.encode("utf-8"))

    return spoil


def with_passages(folder: Path, changes: Iterable[Mapping[str, str]]) -> None:
    """The first passage of a dump, without its film, in the place of all: as often as changed."""
    path = folder / "data/passages.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        first = next(csv.DictReader(stream)) | {"fichier": ""}
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.DictWriter(stream, list(first), lineterminator="\n")
        rows.writeheader()
        rows.writerows({**first, **change} for change in changes)


def sealed(folder: Path) -> None:
    """Sums and sizes as somebody writes them again who changed a file."""
    package = folder / "datapackage.json"
    described = json.loads(package.read_text("utf-8"))
    for resource in described["resources"]:
        file = folder / resource["path"]
        if file.is_file():
            data = file.read_bytes()
            resource |= {"bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}"}
    package.write_text(json.dumps(described), "utf-8")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = (
        f"{sha256(file.read_bytes()).hexdigest()}  {file.relative_to(folder)}\n"
        for file in files
        if file.name != "SHA256SUMS"
    )
    (folder / "SHA256SUMS").write_text("".join(sums), "utf-8")
