"""The day on which consents are judged: what ends with a date ends on it, commit or not.

Everything that is computed goes by HEAD's day, so that the same commit gives the same pages. A
consent is somebody's: it ends on the real day, though nobody has committed since.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from loosbot.errors import UserError

if TYPE_CHECKING:
    from loosbot.history.git import Commit


def real_day() -> date:
    """Today, in UTC: the only clock that is read."""
    return datetime.now(UTC).date()


def consent_day(head: Commit, real: date | None = None) -> date:
    """The later of HEAD's day and the real one; a HEAD dated after tomorrow is ignored."""
    real = real or real_day()
    day = head.day
    return day if real < day <= real + timedelta(days=1) else real


def require_not_ahead(head: Commit, real: date | None = None) -> None:
    """Raises UserError for a HEAD later than tomorrow: its day would open what is sealed."""
    real = real or real_day()
    day = head.day
    if day > real + timedelta(days=1):
        raise UserError(
            f"La dernière version est datée du {day:%Y-%m-%d}, et nous sommes le {real:%Y-%m-%d} : "
            "rien n’est publié à une date qui n’est pas venue.",
            "Mettez l’horloge de l’ordinateur à l’heure. Si c’est elle qui a daté la version : "
            "git commit --amend --no-edit --date=now",
        )
