"""Skipping a run: where neither corpus nor wiki changed since a run left nothing to write, nothing
is rendered.

The next run on the same commit asks the wiki for its heads and its log; where they are the same as
the run before kept (:mod:`loosbot.sync.settled`), so is the outcome. Anything else, something kept
that is missing or odd included, is a run like the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path

from loosbot.corpus.check.load import settings_of
from loosbot.corpus.tree import FolderTree
from loosbot.erasure import keeps_words
from loosbot.errors import UserError
from loosbot.sync.observe import TRACKING_CATEGORY
from loosbot.sync.outcome import Outcome
from loosbot.sync.prefetch import Sessions
from loosbot.sync.settled import SettledCache, SettledRun, digest_of_heads, heads, site_digest
from loosbot.sync.stop import require_no_stop
from loosbot.wiki.answers import moment_of
from loosbot.wiki.credentials import Credentials, find
from loosbot.wiki.failures import ReadRefused
from loosbot.wiki.reader import Reader
from loosbot.wiki.revisions import NO_CHANGE

_HARMLESS = frozenset({"block", "create", "newusers", "patrol", "protect", "rights", "thanks"})
"""Types of log entries after which a page with the same head is what it was.

Not among them: a deletion hides old versions, an import puts some below the head, an upload
changes a file. The account's own rights are compared as such.
"""
_RECENT = 50


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
    if digest_of_heads(heads(ours)) != settled.heads:
        return False
    proposals = proposal_heads(reader, settled.filed) if proposed else {}
    return digest_of_heads(proposals) == settled.proposals


def proposal_heads(reader: Reader, filed: str) -> dict[str, str]:
    """The heads of the pages that people proposed, in the category ``filed``, by page id."""
    return heads(page.state for page in reader.tracked(filed))


def at_rest(
    folder: Path, env: Mapping[str, str], memory: SettledCache, sessions: Sessions, outcome: Outcome
) -> SettledRun | None:
    """The last run of this very commit, where the wiki is as it left it: ``outcome`` then tells
    that there is nothing to write.

    A machine that kept nothing of this town asks the wiki what another one kept. Where somebody
    withdrew, and their words may stand in a file here, a run like the first takes them out.

    Raises WikiUnavailable, StopRequested.
    """
    settled = memory.read()
    if settled is None and memory.written:
        return None
    credentials = _credentials(folder, env, settled)
    if credentials is None:
        return None
    with closing(sessions(credentials)) as session:
        reader = Reader(session)
        settled = settled or memory.read_from(reader.session)
        if settled is None or credentials.api != settled.api:
            return None
        try:
            if not stands(reader, settled):
                return None
        except ReadRefused:
            return None  # what was kept is odd, or a run like the first is refused too
        if settled.change and keeps_words(env, folder, memory.written):
            return None
        require_no_stop(reader)
    outcome.unchanged = settled.pages
    outcome.remarks = (settled.notice,) if settled.notice else ()
    outcome.end(reader.session.requests)
    return settled


def _credentials(
    folder: Path, env: Mapping[str, str], settled: SettledRun | None
) -> Credentials | None:
    """For the wiki of then, or the one that the settings name; None where something is wrong with
    them, which the run reports once it has read the files."""
    with suppress(UserError):
        if settled:
            return find(folder, env, settled.wiki)
        if config := settings_of(FolderTree(folder)):
            return find(folder, env, config.wiki)
    return None


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
