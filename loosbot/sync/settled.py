"""What a run that left nothing to write keeps for the next one, and where.

A run that had nothing to write, or that wrote newer texts of pages and nothing else, keeps a digest
of the head of every page and of all that the pages depend on beside the wiki: the commit with the
files that stand in the folder, the commits of the named versions, the day of consent, the tool with
its libraries. It keeps it twice: in the cache folder, for every clone on this machine, and in an
option of the robot's account, for the machines that have published nothing yet, such as those that
a forge makes for each run. No title, no name and no text of a record is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from loosbot import resources
from loosbot.corpus.check.filecache import read_cache, town_of, write_cache
from loosbot.corpus.check.load import versions_in
from loosbot.corpus.tree import FolderTree
from loosbot.errors import UserError, WikiUnavailable
from loosbot.files import cache_folder
from loosbot.frozen import dataclass
from loosbot.history.consentday import consent_day
from loosbot.history.git import Repository
from loosbot.history.moments import head_of
from loosbot.parsing import json_value
from loosbot.sync.planned import digest
from loosbot.wiki.failures import AnswerLost
from loosbot.wiki.options import RIGHT, option, set_option
from loosbot.wiki.revisions import PageState, Revision, SiteInfo, WikiRefusal
from loosbot.wiki.session import Session

_VERSION = 6


@dataclass(frozen=True, slots=True)
class SettledRun:
    """One run that left nothing to write.

    ``wiki`` is the address that the corpus gives, "" where it gives none. ``site`` sums up what the
    wiki said of itself, ``log`` is its newest log entry before the run looked; ``change``, where
    somebody withdrew, the newest edit of any page before it looked for them, which may mention them
    ("" where nobody did). ``pages`` is how many pages are ours and ``heads`` the
    :func:`digest_of_heads` of all that are tracked, those of other corpora too, ``proposals`` that
    of the pages that people proposed, in the category ``filed``. ``notice`` and ``portal`` are
    shown at the end of a run.
    """

    wiki: str
    api: str
    site: str
    open: bool
    log: str
    pages: int
    heads: str
    notice: str
    portal: str
    change: str
    filed: str
    proposals: str


class SettledCache:
    """The settled run of one town, for one commit, day and version of the tool."""

    def __init__(self, file: Path, option_name: str, state: list[object]) -> None:
        self._file = file
        self._option = option_name
        self._state = state

    @classmethod
    def of(cls, folder: Path, env: Mapping[str, str]) -> SettledCache | None:
        """None without git, before the first commit, or where files differ from it.

        Raises UserError where git refuses to read the repository.
        """
        repository, head = head_of(folder)
        if repository is None or head is None or repository.dirty():
            return None
        tree = FolderTree(folder)
        account = [env.get("LOOSBOT_WIKI", ""), env.get("LOOSBOT_USER", "")]
        place = [town_of(tree), repository.prefix, *account]
        # a clone may lack files that git does not miss (sparse), or the history
        files = [[entry.path, entry.kind] for entry in tree.entries()]
        here = files, repository.shallow, _versions_known(tree, repository)
        day = consent_day(head).isoformat()
        name = digest(json.dumps(place))[:24]
        file = cache_folder(env) / f"en-ordre-{name}.json"
        return cls(file, f"userjs-loosbot-{name}", [_VERSION, place, here, head.id, day])

    @property
    def written(self) -> float:
        """When a run of this town last ended well on this machine, 0 where none did."""
        try:
            return self._file.stat().st_mtime
        except OSError:
            return 0.0

    @property
    def _key(self) -> str:
        """A digest of all that the outcome depends on outside the wiki."""
        return digest(json.dumps([*self._state, resources.tool()]))

    @property
    def _key_elsewhere(self) -> str:
        """The same on every machine: the tool was installed at another moment there."""
        return digest(json.dumps([*self._state, resources.tool_anywhere()]))

    def read(self) -> SettledRun | None:
        """What a run on this machine kept for this state, if anything."""
        try:
            return _settled(read_cache(self._file), self._key)
        except (OSError, ValueError):
            return None

    def read_from(self, session: Session) -> SettledRun | None:
        """What a run on any machine kept for this state with the account, if anything.

        One request. Raises WikiUnavailable.
        """
        try:
            return _settled(json_value(option(session, self._option)), self._key_elsewhere)
        except ValueError:
            return None

    def write(self, settled: SettledRun, session: Session) -> None:
        """Keep it in both places. One request.

        A bot password may lack the right, and what was published stands without it: what the wiki
        answers is not reported.
        """
        write_cache(self._file, {"key": self._key, **asdict(settled)})
        with suppress(WikiUnavailable, WikiRefusal, AnswerLost):
            if RIGHT in session.account().rights:
                kept = {"key": self._key_elsewhere, **asdict(settled)}
                set_option(session, self._option, json.dumps(kept))


def _versions_known(tree: FolderTree, repository: Repository) -> list[str | None]:
    """The commits of the named versions: a tag is moved, or arrives, without a new commit."""
    with suppress(UserError):
        return [repository.resolve(version.revision) for version in versions_in(tree)]
    return []


def _settled(values: Any, key: str) -> SettledRun | None:
    try:
        if values.pop("key") != key:
            return None
        settled = SettledRun(**values)
        types = {field.name: field.type for field in fields(SettledRun)}
        sound = all(type(values[name]).__name__ == wanted for name, wanted in types.items())
        return settled if sound else None
    except (ValueError, TypeError, AttributeError, LookupError):
        return None


def heads(states: Iterable[PageState]) -> dict[str, str]:
    """The :func:`mark` of the head of each page, by page id."""
    return {str(state.pageid): mark(head) for state in states if (head := state.revision)}


def mark(head: Revision) -> str:
    """What identifies a head revision. Its id alone would not do: a wiki that was put back from a
    backup uses it again, at another time."""
    return f"{head.id} {head.timestamp}"


def digest_of_heads(marks: Mapping[str, str]) -> str:
    """A digest of :func:`heads`, the same in whatever order the wiki names the pages."""
    return digest(json.dumps(sorted(marks.items())))


def site_digest(site: SiteInfo, api: str) -> str:
    """A digest of the wiki's siteinfo and of the account."""
    parts = [api, site.user, site.base, site.language, sorted(site.rights), sorted(site.media)]
    return digest(json.dumps([*parts, sorted(site.namespaces.items())]))
