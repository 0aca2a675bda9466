"""Skipping a run: where neither corpus nor wiki changed since a run left nothing to write, nothing
is rendered.

A run that had nothing to write, or that wrote newer texts of pages and nothing else, keeps, in the
cache folder, the head of every page and all that the pages depend on beside the wiki: the commit
with the files that stand in the folder, the day of consent, the tool with its libraries. The next
run on the same commit, from any clone on this machine, asks the wiki for its heads and its log;
where they are the same, so is the outcome. Anything else, a file that is
missing or odd included, is a run like the first. No title, no name and no text is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, field
from pathlib import Path

from loosbot import resources
from loosbot.corpus.check.filecache import town_of, write_cache
from loosbot.corpus.tree import FolderTree
from loosbot.files import cache_folder
from loosbot.frozen import dataclass
from loosbot.history.consentday import consent_day
from loosbot.history.moments import head_of
from loosbot.parsing import json_value
from loosbot.sync.observe import TRACKING_CATEGORY
from loosbot.sync.outcome import Outcome
from loosbot.sync.planned import digest
from loosbot.sync.stop import require_no_stop
from loosbot.wiki.answers import moment_of
from loosbot.wiki.credentials import find
from loosbot.wiki.reader import Reader
from loosbot.wiki.revisions import NO_CHANGE, PageState, Revision, SiteInfo
from loosbot.wiki.session import Session

_VERSION = 4
_HARMLESS = frozenset({"block", "create", "newusers", "patrol", "protect", "rights", "thanks"})
"""Types of log entries after which a page with the same head is what it was.

Not among them: a deletion hides old versions, an import puts some below the head, an upload
changes a file. The account's own rights are compared as such.
"""
_RECENT = 50


@dataclass(frozen=True, slots=True)
class SettledRun:
    """One run that left nothing to write.

    ``key`` is all that the outcome depends on outside the wiki; ``wiki`` the address that the
    corpus gives, "" where it gives none. ``site`` sums up what the wiki said of itself, ``log`` is
    its newest log entry before the run looked; ``change``, where somebody withdrew, the newest edit
    of any page before it looked for them, which may mention them ("" where nobody did). ``pages``
    are the heads by page id, ``proposals`` those of the pages that people proposed, in the category
    ``filed``. ``notice`` and ``portal`` are shown at the end of a run.
    """

    key: str
    wiki: str
    api: str
    site: str
    open: bool
    log: str
    pages: Mapping[str, str]
    notice: str
    portal: str
    change: str = ""
    filed: str = ""
    proposals: Mapping[str, str] = field(default_factory=dict)


class Memory:
    """The cache file of one town, for one commit, day and version of the tool."""

    def __init__(self, file: Path, key: str) -> None:
        self._file = file
        self.key = key

    @classmethod
    def of(cls, folder: Path, env: Mapping[str, str]) -> Memory | None:
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
        here = [[entry.path, entry.kind] for entry in tree.entries()], repository.shallow
        day = consent_day(head).isoformat()
        state = [_VERSION, place, here, head.id, day, resources.tool()]
        name = digest(json.dumps(place))[:24]
        return cls(cache_folder(env) / f"en-ordre-{name}.json", digest(json.dumps(state)))

    def read(self) -> SettledRun | None:
        """What was kept for this state, if anything."""
        try:
            settled = SettledRun(**json_value(self._file.read_bytes()))
        except (OSError, ValueError, TypeError):
            return None
        return settled if settled.key == self.key else None

    def write(self, settled: SettledRun) -> None:
        write_cache(self._file, asdict(settled))


def heads(states: Iterable[PageState]) -> dict[str, str]:
    """The :func:`mark` of the head of each page, by page id."""
    return {str(state.pageid): mark(head) for state in states if (head := state.revision)}


def mark(head: Revision) -> str:
    """What identifies a head revision. Its id alone would not do: a wiki that was put back from a
    backup uses it again."""
    return f"{head.id} {head.timestamp} {head.sha1}"


def site_digest(site: SiteInfo, api: str) -> str:
    """A digest of the wiki's siteinfo and of the account."""
    parts = [api, site.user, site.base, site.language, sorted(site.rights), sorted(site.media)]
    return digest(json.dumps([*parts, sorted(site.namespaces.items())]))


def newest_change(reader: Reader) -> str:
    """The id and the time of the newest edit of any page, :data:`NO_CHANGE` where there is none."""
    recent = reader.listed("recentchanges", rcprop="ids|timestamp", rctype="edit|new", rclimit="1")
    return next((moment_of(change, "rcid") for change in recent), NO_CHANGE)


def stands(reader: Reader, settled: SettledRun) -> bool:
    """Whether the wiki is as that run left it.

    Four requests, and one per 5,000 pages; one more where people proposed pages.

    Raises WikiUnavailable.
    """
    if site_digest(reader.site(), settled.api) != settled.site:
        return False
    if reader.session.is_open() != settled.open or not _log_is_quiet(reader, settled):
        return False
    if settled.change and newest_change(reader) != settled.change:
        return False
    if settled.change.partition(" ")[2] > reader.session.account().started:
        return False  # its clock was set back: what is written now is older than the newest edit
    ours, proposed = reader.heads(TRACKING_CATEGORY, beside=settled.filed)
    if heads(ours) != settled.pages:
        return False
    return (proposal_heads(reader, settled.filed) if proposed else {}) == settled.proposals


def proposal_heads(reader: Reader, filed: str) -> dict[str, str]:
    """The heads of the pages that people proposed, in the category ``filed``, by page id."""
    return heads(page.state for page in reader.tracked(filed))


def at_rest(folder: Path, env: Mapping[str, str], settled: SettledRun, outcome: Outcome) -> bool:
    """Whether the wiki is as the last run of this very commit left it: ``outcome`` then tells that
    there is nothing to write.

    Raises WikiUnavailable, StopRequested.
    """
    credentials = find(folder, env, settled.wiki)
    reader = Reader(Session(credentials))
    try:
        if credentials.api != settled.api or not stands(reader, settled):
            return False
        require_no_stop(reader)
    finally:
        reader.session.close()
    outcome.unchanged = len(settled.pages)
    outcome.remarks = (settled.notice,) if settled.notice else ()
    outcome.end(reader.session.requests)
    return True


def _log_is_quiet(reader: Reader, settled: SettledRun) -> bool:
    """Whether nothing but harmless entries came after that of then. A wiki that was put back from a
    backup lacks that one: what was deleted and hidden after the backup can be read again. Where
    somebody withdrew any entry may name them."""
    since, harmless = settled.log, frozenset() if settled.change else _HARMLESS
    recent = reader.log(None, limit=_RECENT)
    if since and since not in {f"{entry.id} {entry.timestamp}" for entry in recent}:
        return False
    known = int(since.partition(" ")[0] or 0)
    newer = [entry for entry in recent if entry.id > known]
    return len(newer) < _RECENT and all(entry.type in harmless for entry in newer)
