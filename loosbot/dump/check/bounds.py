"""Limits on reading a folder from outside.

Every figure is in ``docs/limites.md``; ours are well above what an edition of 20,000 records needs.
"""

from __future__ import annotations

from time import monotonic

from loosbot.errors import LoosbotError

MOST_FILES = 20_000
"""Files and folders in all."""
MOST_BYTES = 2 << 30
"""Bytes that are read, all files together; each is hashed once."""
LONGEST_TEXT = 64 << 20
"""Bytes of a file that is read whole: a table, the descriptor, the sums, an archive of texts."""
LONGEST_TABLE = 8_000_000
"""Cells of one table; a line counts for eight more."""
MOST_CELLS = 60_000_000
"""Cells of all tables, each time that one is read."""
MOST_ELEMENTS = 2_000_000
"""Elements of one XML file, and :data:`DEEPEST` inside one another."""
DEEPEST = 64
MOST_INFLATED = 256 << 20
"""Bytes that the members of an archive become, all together."""
MOST_MEMBERS = 20_000
LARGEST_SQLITE_VALUE = 64 << 20
MOST_FOREIGN_KEYS = 64
"""Of one table."""
MOST_SECONDS = 300.0
MOST_FAULTS = 100
"""Told of one file; the others are counted."""


class LimitReached(LoosbotError):
    """A limit was reached; the text says which, in French."""


class Budget:
    """What may still be read of one folder."""

    def __init__(
        self, seconds: float = MOST_SECONDS, size: int = MOST_BYTES, cells: int = MOST_CELLS
    ) -> None:
        self._seconds, self._end = seconds, monotonic() + seconds
        self._bytes, self._cells = size, cells
        self._most = size

    def over(self) -> bool:
        """Whether the time is up."""
        return monotonic() > self._end

    def look(self) -> None:
        """Raises LimitReached when the time is up."""
        if self.over():
            raise LimitReached(
                f"pas relu jusqu’au bout, plus de {self._seconds:g} secondes en tout"
            )

    def require(self, size: int) -> None:
        """Raise LimitReached where so many bytes may not be read any more."""
        if size > self._bytes:
            raise LimitReached(f"pas relu, plus de {self._most >> 20} Mio à lire en tout")

    def read(self, size: int) -> None:
        """Count bytes that are read. Raises LimitReached."""
        self.look()
        self.require(size)
        self._bytes -= size

    def row(self, cells: int) -> None:
        """Count a line of a table. Raises LimitReached."""
        self._cells -= cells + 8
        if self._cells < 0:
            raise LimitReached("pas relue jusqu’au bout, trop de cases en tout")
