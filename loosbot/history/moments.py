"""Which commit a corpus was at on a day."""

from __future__ import annotations

from datetime import date

from loosbot.history.git import Commit, Repository
from loosbot.history.process import run

_EPOCH = 1970


def commit_on(repository: Repository, day: date, revision: str = "HEAD") -> Commit | None:
    """The newest commit of ``revision``'s history not after the end of ``day`` (UTC).

    None when there was none yet. The committer's date counts.
    """
    # git cannot write a date before 1970, and would take it for another
    if day.year <= _EPOCH or (start := repository.resolve(revision)) is None:
        return None
    until = f"--until={day.isoformat()}T23:59:59+0000"
    found = run(repository.folder, "rev-list", "--max-count=1", until, start, "--")
    return repository.commit(found.decode("ascii").strip()) if found.strip() else None
