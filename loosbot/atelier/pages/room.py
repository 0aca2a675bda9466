"""What every page of the atelier works with."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, g

from loosbot.atelier.desk.desk import Desk
from loosbot.atelier.desk.preview import Previews
from loosbot.atelier.desk.saves import SavedDrafts
from loosbot.atelier.desk.waiting import PendingTaskCache

NAME = "atelier"


@dataclass(frozen=True, slots=True)
class Atelier:
    """The desk, and what is worked out for it."""

    desk: Desk
    previews: Previews
    waits: PendingTaskCache
    saves: SavedDrafts


def atelier() -> Atelier:
    """The atelier of the application that answers: that of the person, where it is a town's."""
    theirs = g.get(NAME)
    if isinstance(theirs, Atelier):
        return theirs
    room = current_app.extensions[NAME]
    if not isinstance(room, Atelier):
        raise AssertionError("the application was made by create_app")
    return room
