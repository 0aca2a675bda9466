"""The database and the Parquet files of a received dump, against its CSV files."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from sqlite3 import Connection, DatabaseError, connect

from loosbot.dump.check.bounds import LARGEST_SQLITE_VALUE, LimitReached
from loosbot.dump.check.copies import Copies, database_rows, parquet_rows
from loosbot.dump.check.received import ReceivedDump, Unreadable
from loosbot.dump.formats.parquet import table_of

_NAME = re.compile("[a-z_]{1,60}")
_STEPS = 100_000
"""Of SQLite's machine, between two looks at the time."""
_LONGEST_FOOTER = 16 << 20
"""Bytes that tell what a Parquet file holds; ours take some thousands."""


def database_faults(dump: ReceivedDump, copies: Copies) -> Iterator[str]:
    """What is wrong with ``data.sqlite``. Raises Unreadable, LimitReached."""
    path = (dump.root / "data.sqlite").absolute()
    try:
        with closing(connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as base:
            base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_SQLITE_VALUE)
            base.set_progress_handler(dump.budget.over, _STEPS)
            base.text_factory = lambda data: data.decode("utf-8", "replace")
            # the database's schema may not call functions with side effects
            base.execute("PRAGMA trusted_schema = OFF")
            # a CHECK in a stranger's schema is code of theirs: not run
            base.execute("PRAGMA ignore_check_constraints = ON")
            if base.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                yield "abîmé"
            if base.execute("PRAGMA freelist_count").fetchone() != (0,):
                yield "garde des pages effacées"
            known = _tables(base)
            wanted = {name for name in dump.tables if dump.path_of(name).startswith("data/")}
            for name in sorted(known - wanted):
                yield f"la table {name} n’est dans aucun CSV"
            for name in sorted(wanted):
                if not _NAME.fullmatch(name):
                    continue
                if name not in known:
                    yield f"la table {name} n’y est pas"
                    continue
                (count,) = base.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608 - letters only
                if _differs(dump, name, count):
                    yield f"{name} n’a pas autant de lignes que le CSV"
                else:
                    rows = partial(database_rows, base, name, copies.columns(name))
                    yield from copies.faults(name, rows)
    except DatabaseError as error:
        dump.budget.look()
        raise Unreadable(f"illisible ({error})") from error


def _tables(base: Connection) -> set[str]:
    names = base.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    return {str(name) for (name,) in names}


def _differs(dump: ReceivedDump, table: str, count: int) -> bool:
    try:
        return count != dump.count(table)
    except (Unreadable, LimitReached, OSError):
        # the check of that file reports why it cannot be read
        return False


def parquet_faults(dump: ReceivedDump, name: str, copies: Copies) -> Iterator[str]:
    """What is wrong with one Parquet file. Raises Unreadable, LimitReached, OSError."""
    # Arrow's own pool, which is chosen when it is first used, keeps what it was given once
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    # imported late: heavy, and only needed here
    from pyarrow import ArrowException
    from pyarrow.parquet import read_metadata

    with dump.opened(name) as file:
        size = dump.size(name) or 0
        # the last eight bytes of the footer: length of the metadata, and the magic number
        file.seek(max(size - 8, 0))
        if int.from_bytes(file.read(4), "little") > _LONGEST_FOOTER:
            raise Unreadable("illisible, ce qui le décrit est démesuré")
        file.seek(0)
        try:
            count = read_metadata(file).num_rows
            table = table_of(name)
            if table not in dump.tables:
                yield "d’aucune table"
            elif _differs(dump, table, count):
                yield "n’a pas autant de lignes que le CSV"
            else:
                data = dump.read(dump.path_of(table))
                with closing(parquet_rows(file, name, copies.columns(table), data)) as rows:
                    yield from copies.strays(table, rows)
        except (ArrowException, OSError) as error:
            raise Unreadable("illisible") from error
