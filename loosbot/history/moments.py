"""A corpus at a moment: its files, the commit, the day, and the days that consents go by.

Every command that reads a corpus opens it here: as the folder is now, or as it was on a day.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from loosbot.corpus import dates
from loosbot.corpus.dates import display
from loosbot.corpus.model import Tree
from loosbot.corpus.privacy.consent import EVERY_DAY
from loosbot.corpus.tree import FolderTree
from loosbot.errors import UsageError, UserError
from loosbot.frozen import dataclass
from loosbot.history.consentday import consent_day, require_not_ahead
from loosbot.history.git import Commit, Repository
from loosbot.history.process import run
from loosbot.history.sparse import require_whole
from loosbot.history.tree import CommitTree

_EPOCH = 1970
_UNSHALLOW = "Allez chercher toute l’histoire : git fetch --unshallow --tags"


@dataclass(frozen=True, slots=True)
class DatedTree:
    """What is read, and on which day. ``day`` is None without git when no day was given."""

    tree: Tree
    day: date | None
    commit: Commit | None
    head: Commit | None
    repository: Repository | None = None

    @property
    def consents(self) -> tuple[date, ...]:
        """The days on which a consent must hold: see :func:`consents`."""
        return consents(self.head)


def consents(head: Commit | None) -> tuple[date, ...]:
    """The days on which a consent must hold, whatever moment is looked at.

    The later of HEAD's and the real one: looking back gives nobody a consent that has ended
    since.
    """
    return (consent_day(head),) if head else EVERY_DAY


def head_of(folder: Path) -> tuple[Repository | None, Commit | None]:
    """The repository that holds a folder and its last commit, where there are any."""
    repository = Repository.open(folder)
    return repository, repository.head() if repository else None


def now(folder: Path) -> DatedTree:
    """The folder as it is, for what leaves this machine.

    Raises UserError for a HEAD that is later than tomorrow.
    """
    moment = at(folder, None)
    if moment.head:
        require_not_ahead(moment.head)
    return moment


def at(folder: Path, when: date | str | None) -> DatedTree:
    """The corpus on a day: its newest commit not after it; or at a tag or a commit, on its day.

    The folder as it is without ``when``, or without git. Raises UserError where there was no
    commit yet or the folder has a part of the corpus, UsageError for a version that does not
    exist.
    """
    repository, head = head_of(folder)
    if repository is None or head is None:
        if isinstance(when, str):
            raise _no_version(when, "Sans git, seul un jour peut être demandé : 2019-12-31.")
        return DatedTree(FolderTree(folder), when, None, None)
    if when is None:
        require_whole(repository)
        return DatedTree(FolderTree(folder), head.day, head, head, repository)
    if isinstance(when, date):
        commit, day = commit_on(repository, when), when
        if commit is None and repository.shallow:
            raise UserError(
                f"Ce clone est partiel : il n’a rien du {display(when.isoformat())}.", _UNSHALLOW
            )
        if commit is None:
            raise no_version_yet(when)
    else:
        commit = repository.commit(when)
        if commit is None:
            hint = "Écrivez un jour (2019-12-31) ou une étiquette ; « git tag » en donne la liste."
            raise _no_version(when, _UNSHALLOW if repository.shallow else hint)
        day = commit.day
    return DatedTree(CommitTree(repository, commit.id), day, commit, head, repository)


def before(folder: Path, when: date | str) -> DatedTree:
    """As :func:`at`, for an earlier day. Raises UserError without git, UsageError for a future
    day."""
    if head_of(folder)[1] is None:
        raise UserError(
            "Sans git, rien ne dit ce qu’était ce corpus avant.",
            "Retirez --since, ou enregistrez le corpus dans git.",
        )
    if isinstance(when, date) and when > date.today():
        raise UsageError(
            f"Le {display(when.isoformat())} n’est pas encore venu.",
            "Après --since vient un jour passé, ou une étiquette.",
        )
    return at(folder, when)


def no_version_yet(day: date) -> UserError:
    """The message about a day before the first version."""
    return UserError(
        f"Ce corpus n’avait encore aucune version le {display(day.isoformat())}.",
        "Choisissez un jour plus récent ; « git log » donne celui de la première version.",
    )


def _no_version(name: str, hint: str) -> UsageError:
    """The message about a word that is neither; a day that is written otherwise is told how."""
    try:
        hint = f"Si c’est un jour, écrivez : {dates.parse(name).latest.isoformat()}"
    except dates.DateError as error:
        if dates.EXAMPLES not in error.hint:
            hint = error.hint
    return UsageError(f"« {name} » n’est ni un jour ni une version de ce corpus.", hint)


def commit_on(repository: Repository, day: date) -> Commit | None:
    """The newest commit of HEAD's history not after the end of ``day`` (UTC).

    None when there was none yet. The committer's date counts.
    """
    # git cannot write a date before 1970, and would take it for another
    if day.year <= _EPOCH or (start := repository.resolve("HEAD")) is None:
        return None
    head = repository.commit(start)
    if head is not None and head.day <= day:
        return head  # git takes a day after 2099 for another one
    until = f"--until={day.isoformat()}T23:59:59+0000"
    listed = run(repository.folder, "rev-list", "--max-count=1", until, start, "--")
    return repository.commit(listed.decode("ascii").strip()) if listed.strip() else None
