"""Prefetching the first requests of every run while the files of the corpus are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from loosbot.corpus.check.load import settings_of
from loosbot.corpus.model import Config
from loosbot.corpus.tree import FolderTree
from loosbot.errors import UserError
from loosbot.render.categories import proposals_title
from loosbot.render.titles import template_title
from loosbot.sync.observe import FOOT, TRACKING_CATEGORY
from loosbot.sync.opening import require_french
from loosbot.sync.source import published_last
from loosbot.wiki.credentials import Credentials, find
from loosbot.wiki.reader import Reader
from loosbot.wiki.session import Session

Sessions = Callable[[Credentials], Session]
"""Gives the same session for the same wiki and account, so that a run logs in once."""


def prefetch(
    folder: Path, env: Mapping[str, str], sessions: Sessions, *, settles: bool = False
) -> None:
    """Have a session ask already, where the settings alone tell of which wiki.

    What is wrong with the settings, or with the wiki that they name, is told by who reads the
    corpus, or by the first question to the wiki. ``settles`` says that the run keeps what it found
    in order (:mod:`loosbot.sync.settled`).
    """
    with suppress(UserError):
        if (config := settings_of(FolderTree(folder))) is not None:
            session = sessions(find(folder, env, config.wiki))
            session.prefetch(lambda clone: _ask(Reader(clone), config, settles))


def _ask(reader: Reader, config: Config, settles: bool) -> None:
    require_french(reader.site())
    reader.session.is_open()
    published_last(reader, config.corpus)
    if settles:
        # before the heads are read: an edit in between is then seen by the next run
        reader.newest(proposals_title(config))
    reader.tracked_beside(TRACKING_CATEGORY, template_title(FOOT, config))
