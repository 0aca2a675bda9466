"""A town's atelier: a bare repository, and a desk for each person who comes.

Who publishes sees every record. Everybody else sees what the wiki shows them, and corrects only
records of which nothing is kept from them.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from loosbot.atelier.desk.desk import About, CorpusSnapshot, Desk, titles_of
from loosbot.atelier.desk.drafts import Drafts
from loosbot.atelier.town.branches import Branches
from loosbot.atelier.town.identity import Person
from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.check.parsedtree import ParsedTree
from loosbot.corpus.model import Config, Corpus, Tree
from loosbot.corpus.privacy.consent import Channel
from loosbot.erasure import forget_drafts
from loosbot.errors import UserError
from loosbot.history.consentday import consent_day
from loosbot.pull.outcome import author
from loosbot.push.receive import HEADS, Limits, open_bare, pushed_tree
from loosbot.push.update import published_branch
from loosbot.sync.source import shown

_KEPT_VERSIONS = 3
_SWEPT = 3600.0
"""Seconds after which the drafts that are too old are looked for again."""


class Town:
    """What all desks of a town share. ``channel`` tells for whose eyes the wiki is."""

    def __init__(self, folder: Path, private: Path, channel: Callable[[], Channel]) -> None:
        self.repository = open_bare(folder)
        self.published = published_branch(folder)
        self.branches = Branches(self.repository, self.published)
        self.private = private
        self._channel = channel
        self._lock = threading.Lock()
        self._versions: OrderedDict[str, tuple[CorpusSnapshot, ParsedTree]] = OrderedDict()
        self._visible: OrderedDict[tuple[str, Channel, date | None], Corpus | None] = OrderedDict()
        self._swept = 0.0

    def desk(self, person: Person) -> TownDesk:
        """The desk of somebody, at the published version of this moment. Raises UserError."""
        self._sweep()
        moment, tree = self.version()
        return TownDesk(self, person, moment, tree)

    def version(self) -> tuple[CorpusSnapshot, ParsedTree]:
        """The published version, read once however many work on it. Raises UserError."""
        commit = self.repository.resolve(HEADS + self.published)
        if commit is None:
            raise UserError(
                f"Le dépôt n’a encore rien sur sa branche « {self.published} ».",
                "Envoyez-y le corpus : git push.",
            )
        with self._lock:
            if (version := self._versions.get(commit)) is None:
                tree = ParsedTree(pushed_tree(self.repository, commit, Limits()))
                reading = load_corpus(tree)
                titles = titles_of(reading, tree)
                if reading.corpus:
                    # the first visitor after a withdrawal triggers the cleaning of all drafts:
                    # their owners may not come back
                    forget_drafts(reading.corpus, [self.private])
                version = CorpusSnapshot(reading, titles, commit, frozenset(titles)), tree
                self._versions[commit] = version
                while len(self._versions) > _KEPT_VERSIONS:
                    self._versions.popitem(last=False)
        return version

    def visible(self, moment: CorpusSnapshot) -> Corpus | None:
        """What the wiki shows of a version; None where it has faults."""
        channel = self._channel()
        head = self.repository.commit(moment.commit)
        key = moment.commit, channel, consent_day(head) if head else None
        with self._lock:
            if key not in self._visible:
                whole = moment.corpus
                self._visible[key] = shown(whole, key[2], channel) if whole else None
                while len(self._visible) > _KEPT_VERSIONS:
                    self._visible.popitem(last=False)
            return self._visible[key]

    def drafts(self, account: int) -> Drafts:
        """The drafts of one account, where nobody else's request can lead."""
        return Drafts(self.private / f"compte-{account}")

    def _sweep(self) -> None:
        if time.monotonic() - self._swept < _SWEPT and self._swept:
            return
        self._swept = time.monotonic()
        for room in self.private.glob("compte-*"):
            Drafts(room).all()


class TownDesk(Desk):
    """The desk of one person for one request: the corpus does not change under it."""

    def __init__(
        self, town: Town, person: Person, moment: CorpusSnapshot, tree: ParsedTree
    ) -> None:
        self.town = town
        self.person = person
        self.folder = town.repository.folder
        self.repository = town.repository
        self.drafts = town.drafts(person.id)
        self.practice = False
        self.lock = threading.RLock()
        self._tree = tree
        self._whole = moment
        self.publishes = person.publishes(self.config().publient)
        self._seen_titles: Mapping[str, str] | None = None

    @property
    def tree(self) -> Tree:
        return self._tree

    @property
    def held(self) -> ParsedTree:
        return self._tree

    def moment(self) -> CorpusSnapshot:
        """The published version, with the titles that this person may read."""
        if self.publishes:
            return self._whole
        if self._seen_titles is None:
            visible = self.town.visible(self._whole)
            records = visible.records if visible else {}
            self._seen_titles = {id_: record.title for id_, record in records.items()}
        whole = self._whole
        return CorpusSnapshot(whole.reading, self._seen_titles, whole.commit, whole.ids)

    def config(self) -> Config:
        """The settings of the published version."""
        corpus = self._whole.corpus
        return corpus.config if corpus else Config("")

    def blob(self, path: str) -> str:
        return self.repository.blob_ids(self._whole.commit, [path]).get(path, "")

    @property
    def revision(self) -> str | None:
        return self._whole.commit

    @property
    def author(self) -> str:
        """As ``auteurs:`` says, else the name of the account."""
        return author(self.person.name, self.config())

    def sign(self, name: str) -> None:
        """Nothing to do: the wiki identifies the author."""

    def require_readable(self, id_: str) -> None:
        """Raise UserError for a record of which something is kept from this person."""
        if self.publishes:
            return
        whole, visible = self._whole.corpus, self.town.visible(self._whole)
        if whole is None or visible is None:
            raise UserError(
                "Des fiches sont à corriger d’abord : celle-ci ne s’ouvre pas pour l’instant.",
                "Votre texte est gardé. Prévenez la personne qui s’occupe du dépôt.",
            )
        mine, all_ = visible.records.get(id_), whole.records.get(id_)
        if mine is None or all_ is None or mine.data != all_.data:
            raise UserError(
                "Cette fiche garde des mots qui ne sont pas pour tous : elle ne se corrige pas ici "
                "avec votre compte.",
                "Dites ce qui est à corriger à la mairie, ou sur la page de discussion du wiki.",
            )

    def starting_point(self) -> str:
        return self._whole.commit

    def keep(self, start: str, files: Mapping[str, bytes], about: About) -> str:
        """Propose files, on the published version ``start``; the id of the proposal.

        Raises BranchMoved, UserError.
        """
        return self.town.branches.propose(
            about, start, files, author=self.author, account=self.person.id
        )
