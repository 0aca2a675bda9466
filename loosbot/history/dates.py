"""The date of a commit. Whoever makes the commit writes it, and git takes nearly anything."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from loosbot.parsing import whole_number

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for a date that cannot be read: it is before all others, so it opens and hides nothing."""
_LAST = int(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC).timestamp())
_LATE = timedelta(days=1)
"""How far ahead of ours the clock of an honest machine may be."""


def committed(seconds: str) -> datetime:
    """When a commit was made, from git's ``%ct``; ``EPOCH`` where that is no day of a calendar."""
    number = whole_number(seconds)
    return EPOCH + timedelta(seconds=number) if number and 0 < number <= _LAST else EPOCH


def fault(seconds: str, now: datetime) -> str:
    """What is wrong with a date of git's, in French, to go on after « la date est »; "" if nothing.

    git gives "" for a date that is missing, negative or malformed.
    """
    number = whole_number(seconds)
    if number is None or number < 0:
        return "absente ou illisible"
    if number > (now + _LATE).timestamp():
        day = committed(seconds)
        return f"dans l’avenir ({day:%Y-%m-%d})" if day > EPOCH else "dans un avenir impossible"
    return ""
