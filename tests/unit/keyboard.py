"""Somebody at a terminal, for commands that ask."""

from __future__ import annotations

import io
from collections.abc import Callable


class Typist(io.BytesIO):
    """Answers each question once something else has happened: ``CliRunner().invoke(input=…)``."""

    def __init__(self, answers: str, meanwhile: Callable[[], object]) -> None:
        super().__init__(answers.encode())
        self._meanwhile = meanwhile

    def isatty(self) -> bool:
        return True

    def read1(self, size: int | None = -1) -> bytes:
        self._meanwhile()
        return super().read1(size)
