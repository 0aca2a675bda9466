"""What is known of a file once it is written, and the bytes of the generated ones."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class Written:
    """A file of a dump: its path in it, its size in bytes and its SHA-256 in hexadecimal."""

    path: str
    size: int
    sha256: str


def json_bytes(value: Any) -> bytes:
    """JSON that reads well and is the same every time."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
