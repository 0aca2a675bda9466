"""A written file with its size and hash; and JSON as every file of a dump has it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from json.encoder import encode_basestring as _quoted
from typing import Any, Final

_LINE: Final = "\n"


@dataclass(frozen=True, slots=True, order=True)
class DumpFile:
    """A file of a dump: its path in it, its size in bytes and its SHA-256 in hexadecimal."""

    path: str
    size: int
    sha256: str


def json_bytes(value: Any) -> bytes:
    """Indented JSON, the same bytes for the same value."""
    return f"{_indented(value, _LINE)}\n".encode()


def _indented(value: Any, line: str) -> str:
    """As ``json.dumps`` with an indent of two does, which takes twice as long; ``line`` begins a
    line where the value stands."""
    if isinstance(value, str):
        return _quoted(value)
    inner = f"{line}  "
    if isinstance(value, dict) and value:
        parts = [f"{_quoted(key)}: {_indented(item, inner)}" for key, item in value.items()]
        return f"{{{inner}{f',{inner}'.join(parts)}{line}}}"
    if isinstance(value, list | tuple) and value:
        parts = [_indented(item, inner) for item in value]
        return f"[{inner}{f',{inner}'.join(parts)}{line}]"
    return json.dumps(value)
