"""The dates of the commits that a push brings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from loosbot.errors import UserError
from loosbot.history import dates
from loosbot.history.git import Repository, short
from loosbot.history.process import listing
from loosbot.push.receive import Update

_LONGEST_LISTING = 64 << 20
"""Bytes: about a million commits."""


def require_dates(repository: Repository, brought: Iterable[Update], now: datetime) -> None:
    """Raise UserError for a commit whose date nobody could have given it, on whatever branch.

    A date ahead of time would open what is sealed
    until then, and one that no calendar has stops tools that read the history. Commits that a
    branch holds already are not looked at again.
    """
    # a tag may be on something else than a commit
    tips = [tip for update in brought if (tip := repository.resolve(update.new))]
    if not tips:
        return
    output = listing(
        repository.folder,
        "log",
        "--no-color",
        "--no-show-signature",
        "--no-patch",
        "--format=%H;%ct;%at",
        *tips,
        "--not",
        "--all",
        "--",
        most=_LONGEST_LISTING,
    )
    for line in output.decode("ascii").splitlines():
        commit, committed, authored = line.split(";")
        if wrong := dates.fault(committed, now) or dates.fault(authored, now):
            raise UserError(
                f"La date du commit {short(commit)} est {wrong}.",
                "Mettez votre ordinateur à l’heure, refaites ce commit "
                "(git commit --amend --no-edit --reset-author --date=now), puis renvoyez.",
            )
