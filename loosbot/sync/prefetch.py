"""Prefetching the first requests of every run while the files of the corpus are read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from loosbot.corpus.check.load import settings_of
from loosbot.corpus.model import Config
from loosbot.corpus.tree import FolderTree
from loosbot.errors import UserError
from loosbot.render.categories import proposals_title
from loosbot.render.titles import template_title
from loosbot.sync.observe import FOOT, TRACKING_CATEGORY
from loosbot.sync.source import published_last
from loosbot.wiki.credentials import Credentials, find
from loosbot.wiki.reader import Reader
from loosbot.wiki.session import Session


class Prefetch:
    """A session that asks already, where the settings alone tell of which wiki.

    What is wrong with the settings, or with the wiki that they name, is told by who reads the
    corpus, or by the first question to the wiki. ``settles`` says that the run keeps what it found
    in order (:mod:`loosbot.sync.standstill`).
    """

    def __init__(self, folder: Path, env: Mapping[str, str], *, settles: bool = False) -> None:
        self._credentials: Credentials | None = None
        try:
            config = settings_of(FolderTree(folder))
            if config is not None:
                self._credentials = find(folder, env, config.wiki)
                self._session = Session(self._credentials)
                self._session.prefetch(lambda session: _ask(Reader(session), config, settles))
        except UserError:
            self._credentials = None

    def session(self, credentials: Credentials) -> Session:
        """The session for this wiki and account."""
        return self._session if credentials == self._credentials else Session(credentials)


def _ask(reader: Reader, config: Config, settles: bool) -> None:
    reader.site()
    reader.session.is_open()
    published_last(reader, config.corpus)
    if settles:
        # before the heads are read: an edit in between is then seen by the next run
        reader.newest(proposals_title(config))
    reader.tracked_beside(TRACKING_CATEGORY, template_title(FOOT, config))
