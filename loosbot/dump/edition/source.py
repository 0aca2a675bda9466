"""What a dump is made from: the corpus of a folder, its day and where each record comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from loosbot import __version__
from loosbot.corpus.check.load import whole_corpus
from loosbot.corpus.model import Corpus, Tree
from loosbot.dump.edition.reviews import outdated
from loosbot.dump.filtered import Origin, Snapshot, value_of
from loosbot.history.consentday import consent_day
from loosbot.history.git import Commit, Repository
from loosbot.history.moments import now
from loosbot.trace.facts import View
from loosbot.trace.observed.suspects import suspects
from loosbot.trace.reported import Suspect
from loosbot.trace.rules import rules_of

_UNKNOWN = "inconnu"
_WIKI = "@wiki.invalid"
"""Whoever edited the wiki without being known to the repository (see ``auteurs``)."""


@dataclass(frozen=True, slots=True)
class Source:
    """A whole corpus, unfiltered, with its snapshot; ``repository`` is None without git."""

    corpus: Corpus
    tree: Tree
    snapshot: Snapshot
    repository: Repository | None

    def origins(self) -> dict[str, Origin]:
        """By id of a record, the commit that last changed its file; none without git."""
        if self.repository is None:
            return {}
        commits = self.repository.last_commits()
        roles = {
            record.title: str(value_of(record, "role") or _UNKNOWN)
            for record in self.corpus.records.values()
            if record.type == "acteur"
        }
        return {
            id_: Origin(record.path, commit.id, commit.date, _role(commit, roles))
            for id_, record in self.corpus.records.items()
            if (commit := commits.get(record.path)) is not None
        }

    def outdated(self) -> frozenset[str]:
        """Ids of the records that changed after their reviews; none without git."""
        return outdated(self.corpus.records.values(), self.tree, self.repository)

    def suspects(self, seen: View) -> list[Suspect]:
        """The texts whose project changed since somebody looked at them; none without git."""
        commit, rules = self.snapshot.commit, rules_of(self.corpus)
        if self.repository is None or not commit:
            return []
        return suspects(seen, self.repository, commit, rules.watched)


def _role(commit: Commit, roles: Mapping[str, str]) -> str:
    if commit.email.endswith(_WIKI):
        return "redaction-wiki"
    return roles.get(commit.author, _UNKNOWN)


def read(folder: Path) -> Source:
    """Read a folder. Its day is HEAD's (UTC), and consents end on the real one.

    Raises BrokenCorpus, UserError.
    """
    moment = now(folder)
    repository = moment.repository
    corpus = whole_corpus(moment.tree)
    config = corpus.config
    snapshot = Snapshot(
        corpus=config.corpus,
        commune=config.commune or config.corpus,
        insee=config.insee,
        language=config.langue,
        date=moment.day.isoformat() if moment.day else "",
        commit=moment.head.id if moment.head else "",
        modified=repository.dirty() if repository else False,
        consents=consent_day(moment.head).isoformat() if moment.head else "",
        tool=f"loosbot {__version__}",
    )
    return Source(corpus, moment.tree, snapshot, repository)
