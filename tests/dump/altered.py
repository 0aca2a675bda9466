"""A dump that somebody altered."""

from __future__ import annotations

import json
from collections.abc import Callable
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
