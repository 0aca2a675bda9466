"""The corpus on the desk of an atelier: read when something changed, and not at each request."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from loosbot.atelier.desk.drafts import Drafts
from loosbot.atelier.forms.known import RecordNames
from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.check.parsedtree import ParsedTree
from loosbot.corpus.model import Config, Corpus, Reading, Record, Tree
from loosbot.corpus.paths import place
from loosbot.corpus.tree import FolderTree
from loosbot.corpus.wording import slug
from loosbot.corpus.yaml import reader
from loosbot.erasure import forget_drafts
from loosbot.errors import UserError
from loosbot.escaping import printable
from loosbot.files import write_private
from loosbot.history.consentday import consent_day
from loosbot.history.git import Repository
from loosbot.history.process import first_version
from loosbot.history.saving import author_of, in_the_middle, save_in_folder, unsaved
from loosbot.history.tree import contents
from loosbot.history.writing import current_branch

_NAME = "nom"


@dataclass(frozen=True, slots=True)
class CorpusSnapshot:
    """The corpus as it was read; ``titles`` are those of its records even where it has faults."""

    reading: Reading
    titles: Mapping[str, str]
    commit: str
    ids: frozenset[str]
    """The ids of all records, of those as well whose title is not for everybody."""

    @property
    def corpus(self) -> Corpus | None:
        return self.reading.corpus

    @property
    def known(self) -> RecordNames:
        return RecordNames(self.titles)


@dataclass(frozen=True, slots=True)
class About:
    """What a version is about: the record, its title, and in a few words what was done;
    ``proposal`` is the one that it takes up again, as it was with the files of ``tree``."""

    subject: str
    record: str
    title: str
    proposal: str
    tree: str


class Desk:
    """One folder, its repository, and the drafts that are written for it."""

    def __init__(self, folder: Path, drafts: Drafts, *, practice: bool = False) -> None:
        self.folder = folder
        self.drafts = drafts
        self.practice = practice
        self.lock = threading.RLock()
        """Held while something is saved, or the corpus read."""
        self._seen: tuple[Any, ...] = ()
        self._moment: CorpusSnapshot | None = None
        self.repository = _repository(folder)

    @property
    def tree(self) -> Tree:
        return FolderTree(self.folder)

    def moment(self) -> CorpusSnapshot:
        """The corpus as it is now. Raises UserError where the folder cannot be read."""
        with self.lock:
            head = self.repository.resolve("HEAD")
            state = (head, *self._stamps())
            if self._moment is None or state != self._seen:
                reading = load_corpus(self.tree)
                if reading.corpus:
                    forget_drafts(reading.corpus, [self.drafts.folder])
                titles = titles_of(reading, self.tree)
                self._moment = CorpusSnapshot(reading, titles, head or "", frozenset(titles))
                self._seen = state
            return self._moment

    @property
    def held(self) -> ParsedTree | None:
        """The held version against which a change is checked; None where none is in memory."""
        return None

    def config(self) -> Config:
        """The settings of the corpus; those of an empty one where it has faults."""
        corpus = self.moment().corpus
        return corpus.config if corpus else Config("")

    def record(self, id_: str) -> Record | None:
        """One record, in a corpus with faults elsewhere too; None where there is none that can be
        read."""
        if (corpus := self.moment().corpus) is not None:
            return corpus.records.get(id_)
        if id_ not in self.moment().titles:
            return None
        path = self.path_of(id_)
        data = reader.mapping(self.content(path), path)
        return Record(id_, id_.partition("/")[0], path, data) if data is not None else None

    def path_of(self, id_: str) -> str:
        """The path of the file of a record, "" where it has none."""
        if (corpus := self.moment().corpus) is not None:
            return corpus.records[id_].path if id_ in corpus.records else ""
        paths = (entry.path for entry in self.tree.entries() if place(entry.path).id == id_)
        return next(paths, "")

    def content(self, path: str) -> bytes | None:
        """A file of the folder as it is; None where there is none."""
        try:
            return next(data for _, data in self.tree.read([path]))
        except UserError:
            return None

    def blob(self, path: str) -> str:
        """The version of a file in the last commit, "" where it has none."""
        if self.repository.resolve("HEAD") is None:
            return ""
        return self.repository.blob_ids("HEAD", [path]).get(path, "")

    def at_blob(self, blob: str) -> bytes | None:
        """The bytes of a file by its id in git (40 hex digits); None where git has none such."""
        try:
            return next(contents(self.repository, [blob]))
        except UserError:
            return None

    def require_readable(self, id_: str) -> None:
        """Raise UserError for a record that may not be corrected here: none on one's own desk."""

    def starting_point(self) -> str:
        """The commit on which something may be saved now. Raises UserError."""
        head = self.repository.resolve("HEAD")
        if head is None or not current_branch(self.folder) or in_the_middle(self.folder):
            raise UserError(
                "Ce dossier est au milieu d’une autre opération : rien n’y est enregistré.",
                "Demandez à la personne qui s’occupe de l’ordinateur de la terminer. Votre texte "
                "est gardé.",
            )
        return head

    def keep(self, start: str, files: Mapping[str, bytes], about: About) -> str:
        """Save files as a version on ``start``; where that may be seen, "" for the record's page.

        Raises BranchMoved, UserError.
        """
        for path in unsaved(self.repository, files):
            if self.content(path) != files[path]:
                raise UserError(
                    f"Le fichier de cette fiche ({path}) a été modifié ailleurs, sans être "
                    "enregistré.",
                    "Quand ce sera fait, recommencez ici : votre texte est gardé.",
                )
        if not self.author:
            raise UserError(
                "On ne sait pas encore qui écrit ici.",
                "Écrivez votre nom en bas de la page, une fois pour toutes. Votre texte est gardé.",
            )
        save_in_folder(
            self.repository,
            current_branch(self.folder),
            start,
            files,
            author=self.author,
            message=f"{about.subject}\n\nFiche : {about.record}\n",
        )
        return ""

    @property
    def revision(self) -> str | None:
        """The version that is worked on; None for the folder as it is."""
        return None

    @property
    def consent_day(self) -> date | None:
        """The day by which consents are judged (:mod:`loosbot.history.consentday`); None before the
        first commit."""
        head = self.repository.commit(self.revision or "HEAD")
        return consent_day(head) if head else None

    @property
    def author(self) -> str:
        """The author: from git's settings, else as remembered by ``sign``; "" where unknown."""
        return author_of(self.folder) or self._signed()

    def sign(self, name: str) -> None:
        """Remember the author's name on this computer, where git has none."""
        printed = "".join(letter for letter in printable(name) if letter not in "<>")
        plain = " ".join(printed.split())
        if plain and not author_of(self.folder):
            write_private(self.drafts.folder / _NAME, plain)

    def _signed(self) -> str:
        try:
            name = (self.drafts.folder / _NAME).read_text(encoding="utf-8").strip()
        except OSError:
            return ""
        return f"{name} <{slug(name) or 'inconnu'}@atelier.invalid>" if name else ""

    @property
    def today(self) -> date:
        # local time: the commit is dated as its author sees the clock
        return date.today()

    def _stamps(self) -> list[tuple[str, int, int]]:
        stamps = []
        for entry in self.tree.entries():
            try:
                changed = (self.folder / entry.path).lstat().st_mtime_ns
            except OSError:
                changed = 0
            stamps.append((entry.path, entry.size, changed))
        return stamps


def titles_of(reading: Reading, tree: Tree) -> dict[str, str]:
    """The titles of the records, where some have faults too."""
    if reading.corpus is not None:
        return {id_: record.title for id_, record in reading.corpus.records.items()}
    titles = {}
    paths = [entry.path for entry in tree.entries() if entry.kind == "file"]
    for path, data in tree.read(path for path in paths if place(path).kind == "record"):
        title = (reader.mapping(data, path) or {}).get("titre")
        if isinstance(title, str) and place(path).id:
            titles[place(path).id] = title
    return titles


def _repository(folder: Path) -> Repository:
    repository = Repository.open(folder)
    if repository is None or repository.resolve("HEAD") is None:
        raise UserError(
            "L’atelier garde chaque version de ce que l’on écrit, et ce dossier n’a pas encore "
            "d’histoire dans git.",
            first_version(),
        )
    return repository
