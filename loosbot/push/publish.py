"""Publishing the branch of a bare repository: what sync does, from git's store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from loosbot.corpus.check.load import whole_corpus
from loosbot.corpus.privacy.withdrawals import WithdrawnPerson, mentions_any
from loosbot.frozen import dataclass
from loosbot.history.consentday import consent_day, require_not_ahead
from loosbot.history.git import Commit
from loosbot.push import missed
from loosbot.push.receive import Limits, open_bare, pushed_tree
from loosbot.sync.opening import opened
from loosbot.sync.outcome import Outcome, new_run
from loosbot.sync.publish import Choices, Publication
from loosbot.sync.source import Source, backwards, shown
from loosbot.sync.state import leave_state, noting_refusal
from loosbot.wiki.credentials import find
from loosbot.wiki.session import Session
from loosbot.wiki.writer import Writer


@dataclass(frozen=True, slots=True)
class PublicationResult:
    """``portal`` is the address of the wiki's portal, ``withdrawn`` are those who withdrew."""

    outcome: Outcome
    portal: str
    withdrawn: tuple[WithdrawnPerson, ...]

    def loggable(self, lines: Iterable[str]) -> Iterator[str]:
        """The lines that a log may keep: on those who withdrew, only that something is left to
        do."""
        duties = frozenset(self.outcome.duties)
        if duties:
            yield "Un accord a pris fin, et il reste à faire : « loosbot plan » dit quoi."
        for line in lines:
            if line not in duties and not mentions_any(self.withdrawn, line):
                yield line


def pushed_source(folder: Path, commit: Commit, limits: Limits) -> Source:
    """The corpus at a commit of the bare repository ``folder``, as the wiki may show it.

    Raises BrokenCorpus, UserError.
    """
    repository = open_bare(folder)
    whole = whole_corpus(pushed_tree(repository, commit.id, limits))
    require_not_ahead(commit)
    day = consent_day(commit)
    return Source(folder, shown(whole, day), repository, commit, False, whole, day)


def publish(source: Source, env: Mapping[str, str], begun: str) -> PublicationResult:
    """Make the wiki show ``source``; ``begun`` is the line of this very run.

    The wiki and the account come from ``env`` or from the account's own file: what a push says of
    the wiki is not read. Raises WikiUnavailable, UserError; ``outcome.fatal`` may be set.
    """
    credentials = find(source.folder, env, wiki="")
    writer = Writer(Session(credentials))
    outcome = Outcome(new_run())
    with opened(writer, source, credentials, env) as wiki, noting_refusal(writer, source.head):
        if late := backwards(writer, source):
            raise late
        outcome.remarks += (wiki.notice,) if wiki.notice else ()
        publication = Publication(writer, wiki.aim, wiki.cache, wiki.source, Choices(), outcome)
        publication.prepare()
        publication.carry_out(lambda: None)
        late_ones = [line for line in missed.missed(source.folder) if line != begun]
        leave_state(writer, outcome, wiki.aim.corpus, late_ones, wiki.aim.withdrawn)
    if not outcome.stopped:
        missed.forget(source.folder)
    outcome.end(writer.session.requests)
    return PublicationResult(outcome, wiki.portal, wiki.aim.withdrawn)
