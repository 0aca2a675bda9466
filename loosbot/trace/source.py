"""What a report is made from: a corpus at a moment, and the day on which it is judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from loosbot.corpus.consent import for_channel
from loosbot.corpus.load import load_corpus
from loosbot.corpus.model import Corpus, Reading, Tree
from loosbot.corpus.tree import FolderTree
from loosbot.errors import UserError
from loosbot.history.git import Commit, Repository
from loosbot.history.moments import commit_on
from loosbot.history.tree import CommitTree
from loosbot.trace.facts import View
from loosbot.trace.model import Report, Suspect
from loosbot.trace.progress import compared
from loosbot.trace.report import build
from loosbot.trace.rules import Rules, load_rules
from loosbot.trace.suspects import suspects


class BrokenCorpus(Exception):  # noqa: N818 - it names what was found, not a fault of ours
    """The corpus has errors: a report would be false. ``reading`` holds the findings."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(f"{reading.errors} errors")
        self.reading = reading


@dataclass(frozen=True, slots=True)
class Moment:
    """What is read, and on which day. ``day`` is None without git when no day was asked for."""

    tree: Tree
    day: date | None
    commit: Commit | None
    head: Commit | None
    repository: Repository | None = None


def at(folder: Path, day: date | None) -> Moment:
    """The corpus on a day: its newest commit not after it; the folder without day or git.

    Raises UserError where there was no commit yet.
    """
    repository, head = _head(folder)
    if repository is None or head is None:
        return Moment(FolderTree(folder), day, None, None)
    if day is None:
        return Moment(FolderTree(folder), _committed(head), head, head, repository)
    commit = commit_on(repository, day)
    if commit is None:
        raise UserError(
            f"Ce corpus n’avait encore aucune version le {day.isoformat()}.",
            "Choisissez un jour plus récent ; « git log » donne celui de la première version.",
        )
    return Moment(CommitTree(repository, commit.id), day, commit, head, repository)


def before(folder: Path, when: date | str) -> Moment:
    """The corpus on an earlier day, or at a tag or a commit, on its day.

    Raises UserError without git, and for a version that does not exist.
    """
    repository, head = _head(folder)
    if repository is None or head is None:
        raise UserError(
            "Sans git, rien ne dit ce qu’était ce corpus avant.",
            "Retirez --since, ou enregistrez le corpus dans git.",
        )
    if isinstance(when, date):
        return at(folder, when)
    commit = repository.commit(when)
    if commit is None:
        raise UserError(
            f"« {when} » n’est ni un jour ni une version de ce corpus.",
            "Écrivez un jour (2019-12-31) ou une étiquette ; « git tag » en donne la liste.",
        )
    tree = CommitTree(repository, commit.id)
    return Moment(tree, _committed(commit), commit, head, repository)


def report(moment: Moment) -> Report:
    """The report on a moment. Raises BrokenCorpus, UserError."""
    corpus = _read(moment)
    return _report(moment, corpus, load_rules(corpus.config.regles))


def progress(earlier: Moment, now: Moment) -> Report:
    """The report on ``now`` with what changed since; both are judged by the rules of now.

    Raises BrokenCorpus, UserError.
    """
    corpus = _read(now)
    rules = load_rules(corpus.config.regles)
    return compared(_report(earlier, _read(earlier), rules), _report(now, corpus, rules))


def _read(moment: Moment) -> Corpus:
    reading = load_corpus(moment.tree)
    if reading.corpus is None:
        raise BrokenCorpus(reading)
    return reading.corpus


def _report(moment: Moment, corpus: Corpus, rules: Rules) -> Report:
    commit = moment.commit.id if moment.commit else ""
    repository = moment.repository

    def past(seen: View) -> Iterable[Suspect]:
        return suspects(seen, repository, commit, rules.watched) if repository and commit else ()

    return build(_shown(corpus, moment), moment.tree, rules, moment.day, commit, past)


def _head(folder: Path) -> tuple[Repository | None, Commit | None]:
    repository = Repository.open(folder)
    return repository, repository.head() if repository else None


def _shown(corpus: Corpus, moment: Moment) -> Corpus:
    """What a report may show. Looking at the past gives nobody a consent that has ended since.

    Without a day every consent that ends counts as ended, and no seal as lifted.
    """
    days = [_committed(moment.head)] if moment.head else [date.min, date.max]
    if moment.day is not None:
        days.append(moment.day)
    for day in dict.fromkeys(days):
        corpus = for_channel(corpus, "rapport", day)
    return corpus


def _committed(commit: Commit) -> date:
    return datetime.fromisoformat(commit.date).astimezone(UTC).date()
