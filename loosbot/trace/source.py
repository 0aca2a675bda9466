"""What a report is made from: a corpus at a moment, and the day on which it is judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from loosbot.corpus.consent import for_channel
from loosbot.corpus.dates import display
from loosbot.corpus.load import BrokenCorpus, load_corpus
from loosbot.corpus.model import Corpus, Tree
from loosbot.corpus.tree import FolderTree
from loosbot.errors import UsageError, UserError
from loosbot.history.consentday import consent_day
from loosbot.history.git import Commit, Repository, short
from loosbot.history.moments import commit_on
from loosbot.history.tree import CommitTree
from loosbot.trace.facts import View
from loosbot.trace.model import Report, Suspect
from loosbot.trace.progress import compared
from loosbot.trace.report import build
from loosbot.trace.rules import Rules, rules_of
from loosbot.trace.suspects import suspects

_UNSHALLOW = "Allez chercher toute l’histoire : git fetch --unshallow --tags"


@dataclass(frozen=True, slots=True)
class Moment:
    """What is read, and on which day. ``day`` is None without git when no day was asked for."""

    tree: Tree
    day: date | None
    commit: Commit | None
    head: Commit | None
    repository: Repository | None = None


def at(folder: Path, when: date | str | None) -> Moment:
    """The corpus on a day: its newest commit not after it; or at a tag or a commit, on its day.

    The folder as it is without ``when``, or without git. Raises UserError where there was no
    commit yet, UsageError for a version that does not exist.
    """
    repository, head = _head(folder)
    if repository is None or head is None:
        if isinstance(when, str):
            raise _no_version(when, "Sans git, seul un jour peut être demandé : 2019-12-31.")
        return Moment(FolderTree(folder), when, None, None)
    if when is None:
        return Moment(FolderTree(folder), head.day, head, head, repository)
    if isinstance(when, date):
        commit, day = commit_on(repository, when), when
        if commit is None and repository.shallow:
            raise UserError(
                f"Ce clone est partiel : il n’a rien du {when.isoformat()}.", _UNSHALLOW
            )
        if commit is None:
            raise UserError(
                f"Ce corpus n’avait encore aucune version le {when.isoformat()}.",
                "Choisissez un jour plus récent ; « git log » donne celui de la première version.",
            )
    else:
        commit = repository.commit(when)
        if commit is None:
            hint = "Écrivez un jour (2019-12-31) ou une étiquette ; « git tag » en donne la liste."
            raise _no_version(when, _UNSHALLOW if repository.shallow else hint)
        day = commit.day
    return Moment(CommitTree(repository, commit.id), day, commit, head, repository)


def before(folder: Path, when: date | str) -> Moment:
    """The same on an earlier day. Raises UserError without git."""
    if _head(folder)[1] is None:
        raise UserError(
            "Sans git, rien ne dit ce qu’était ce corpus avant.",
            "Retirez --since, ou enregistrez le corpus dans git.",
        )
    return at(folder, when)


def _no_version(name: str, hint: str) -> UsageError:
    return UsageError(f"« {name} » n’est ni un jour ni une version de ce corpus.", hint)


def report(moment: Moment) -> Report:
    """The report on a moment. Raises BrokenCorpus, UserError."""
    corpus = _read(moment)
    return _report(moment, corpus, rules_of(corpus))


def progress(earlier: Moment, now: Moment) -> Report:
    """The report on ``now`` with what changed since; both are judged by the rules of now.

    Raises BrokenCorpus, UserError.
    """
    corpus = _read(now)
    rules = rules_of(corpus)
    return compared(_report(earlier, _read(earlier), rules), _report(now, corpus, rules), rules)


def shown(moment: Moment) -> Corpus:
    """The corpus of a moment, as the town's own reports may show it. Raises BrokenCorpus,
    UserError."""
    return _shown(_read(moment), moment)


def _read(moment: Moment) -> Corpus:
    reading = load_corpus(moment.tree)
    if reading.corpus is not None:
        return reading.corpus
    if moment.commit is None or isinstance(moment.tree, FolderTree):
        raise BrokenCorpus(reading)
    # nobody can mend a version that is past
    first = next(one for one in reading.findings if one.severity == "error")
    day, version = display(moment.commit.day.isoformat()), short(moment.commit.id)
    raise UserError(
        f"La version du {day} ({version}) n’a pas de rapport : « loosbot check », tel qu’il est "
        f"aujourd’hui, y voit {_errors(reading.errors)}. La première est dans {first.path} : "
        f"{first.message}",
        "Choisissez un autre jour, ou une autre version.",
    )


def _errors(count: int) -> str:
    return f"{count} erreurs" if count > 1 else "une erreur"


def _report(moment: Moment, corpus: Corpus, rules: Rules) -> Report:
    commit = moment.commit.id if moment.commit else ""
    repository = moment.repository

    def past(seen: View) -> Iterable[Suspect]:
        return suspects(seen, repository, commit, rules.watched) if repository and commit else ()

    partial = repository is not None and repository.shallow
    shown = _shown(corpus, moment)
    return build(shown, moment.tree, rules, moment.day, commit, past, partial=partial)


def _head(folder: Path) -> tuple[Repository | None, Commit | None]:
    repository = Repository.open(folder)
    return repository, repository.head() if repository else None


def _shown(corpus: Corpus, moment: Moment) -> Corpus:
    """What a report may show. Looking at the past gives nobody a consent that has ended since.

    Without a day every consent that ends counts as ended, and no seal as lifted.
    """
    days = [consent_day(moment.head)] if moment.head else [date.min, date.max]
    if moment.day is not None:
        days.append(moment.day)
    for day in dict.fromkeys(days):
        corpus = for_channel(corpus, "rapport", day)
    return corpus
