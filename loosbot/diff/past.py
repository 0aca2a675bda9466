"""The versions of a corpus read from git, each as it may be shown today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from loosbot.corpus import additions
from loosbot.corpus.check.load import load_corpus, whole_corpus
from loosbot.corpus.model import Corpus, Finding, NamedVersion, Tree
from loosbot.corpus.paths import VERSIONS
from loosbot.corpus.privacy.consent import Channel, for_channel
from loosbot.corpus.yaml import reader
from loosbot.diff.compare import compare
from loosbot.diff.consent import under_consents_of
from loosbot.diff.differences import Comparison
from loosbot.errors import UsageError, UserError
from loosbot.frozen import dataclass
from loosbot.history.consentday import consent_day
from loosbot.history.git import Repository
from loosbot.history.moments import head_of
from loosbot.history.process import first_version
from loosbot.history.tree import CommitTree

CHANNEL: Channel = "wiki"


@dataclass(frozen=True, slots=True)
class PastVersions:
    """A repository, and the corpus of today by which its past is shown.

    ``now`` is not filtered: it holds the consents. ``day`` is the one that they are judged on,
    ``today`` the one of the last commit.
    """

    repository: Repository
    now: Corpus
    day: date
    today: date | None = None
    channel: Channel = CHANNEL

    def at(self, revision: str) -> Corpus | None:
        """The corpus of a commit, filtered; None where it had errors, by the rules of today.

        Raises UserError for an unknown revision.
        """
        with additions.kept():
            read = load_corpus(CommitTree(self.repository, revision)).corpus
        return under_consents_of(read, self.now, self.channel, self.day) if read else None

    def compare(self, first: tuple[str, str], second: tuple[str, str]) -> Comparison | None:
        """Two versions, each as its name and its revision; None where one cannot be read."""
        before, after = self.at(first[1]), self.at(second[1])
        if before is None or after is None:
            return None
        shown = for_channel(self.now, self.channel, self.day)
        return compare(before, after, shown, (first[0], second[0]))


def open_past(folder: Path) -> PastVersions:
    """Raises UserError without git or without any commit, BrokenCorpus."""
    repository, head = head_of(folder)
    if repository is None or head is None:
        raise UserError("Sans git, rien ne dit ce qu’était ce corpus avant.", first_version())
    whole = whole_corpus(CommitTree(repository, head.id))
    return PastVersions(repository, whole, consent_day(head), head.day)


def revision_of(name: str, past: PastVersions) -> tuple[str, str]:
    """What a person calls a version, and its commit: a name of ``versions.yaml``, else git's.

    Raises UsageError.
    """
    declared = next((version for version in past.now.versions if version.name == name), None)
    if declared is not None and not declared.revision:
        raise UsageError(
            f"La version « {name} » n’est pas dans git : pages/versions.yaml n’en donne ni le "
            "commit ni l’étiquette.",
            "Ajoutez-y « commit: » ou « etiquette: », ou comparez d’autres versions.",
        )
    commit = past.repository.resolve(declared.revision if declared else name)
    if commit is not None:
        return (declared.title if declared else name), commit
    known = [version.name for version in past.now.versions if version.revision]
    hint = f"Versions nommées : {', '.join(known)}. " if known else ""
    if past.repository.shallow:
        hint += "Le clone est partiel : lancez « git fetch --unshallow --tags »."
    else:
        hint += "« git tag » et « git log » donnent les autres."
    raise UsageError(
        f"« {name} » n’est ni une version nommée, ni un commit, ni une étiquette.", hint
    )


def between_versions(past: PastVersions) -> dict[str, Comparison | None]:
    """Name of each declared version -> what changed since the one before it.

    Only those for which git holds both; None where one cannot be read any more. Raises UserError
    in a shallow clone that lacks one: the pages would lose what they say.
    """
    comparisons: dict[str, Comparison | None] = {}
    versions = past.now.versions
    commits = {version.name: _commit(version, past.repository) for version in versions}
    for before, after in pairwise(versions):
        first, second = commits[before.name], commits[after.name]
        if first and second:
            comparisons[after.name] = past.compare((before.title, first), (after.title, second))
    return comparisons


def _commit(version: NamedVersion, repository: Repository) -> str | None:
    commit = repository.resolve(version.revision)
    if commit is None and version.revision and repository.shallow:
        raise UserError(
            f"Le clone est partiel : il n’a pas la version « {version.name} » de {VERSIONS}.",
            "Lancez « git fetch --unshallow --tags », puis relancez.",
        )
    return commit


def unknown_versions(tree: Tree, versions: Sequence[NamedVersion], folder: Path) -> list[Finding]:
    """A warning for each declared version that git does not hold; none without git.

    A shallow clone knows nothing of old commits, and so nothing is said of them there.
    """
    named = [version for version in versions if version.tag or version.commit]
    repository = Repository.open(folder) if named else None
    if repository is None or repository.shallow:
        return []
    places = reader.locate(next(data for _, data in tree.read([VERSIONS])))
    return [
        Finding(
            VERSIONS,
            (mark := places.nearest(("versions", versions.index(version), key))).line,
            mark.column,
            "warning",
            "version-inconnue",
            message,
            hint,
        )
        for version in named
        for key, message, hint in _faults(version, repository)
    ]


def _faults(version: NamedVersion, repository: Repository) -> Iterator[tuple[str, str, str]]:
    tagged = repository.resolve(f"refs/tags/{version.tag}") if version.tag else None
    commit = repository.resolve(version.commit) if version.commit else None
    if version.commit and commit is None:
        yield (
            "commit",
            f"Le commit « {version.commit} » n’est pas dans ce dépôt git.",
            "Recopiez-le de « git log », ou retirez cette ligne.",
        )
    if version.tag and tagged is None:
        yield (
            "etiquette",
            f"L’étiquette « {version.tag} » n’est pas dans ce dépôt git.",
            "« git tag » donne celles qui existent ; « git fetch --tags » va les chercher.",
        )
    if tagged and commit and tagged != commit:
        yield (
            "etiquette",
            f"L’étiquette « {version.tag} » est sur un autre commit que « {version.commit} ».",
            "C’est le commit qui compte : corrigez celle des deux lignes qui est fausse.",
        )
