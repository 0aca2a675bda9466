"""A corpus as it may leave the wiki: for the town hall, or for anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from loosbot.corpus.load import whole_corpus
from loosbot.corpus.model import Corpus
from loosbot.history.consentday import consent_day, require_not_ahead
from loosbot.render.current import with_current_ids
from loosbot.sync.source import shown
from loosbot.trace.source import at


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown of a corpus. ``day`` and ``commit`` are "" and ``today`` None without
    git; ``today`` is the last commit's."""

    corpus: Corpus
    town: str
    today: date | None
    commit: str

    @property
    def day(self) -> str:
        return self.today.isoformat() if self.today else ""


def read(folder: Path, *, public: bool) -> Shown:
    """The corpus of a folder as a wiki that anybody reads shows it, or as a closed one does.

    Consents are judged on the later of the last commit's day and the real one. Raises
    BrokenCorpus, UserError.
    """
    moment = at(folder, None)
    if moment.head:
        require_not_ahead(moment.head)
    whole = whole_corpus(moment.tree)
    day = consent_day(moment.head) if moment.head else None
    corpus = shown(whole, day, "wiki-ouvert" if public else "wiki")
    return Shown(
        corpus=with_current_ids(corpus),
        town=corpus.config.commune or corpus.config.corpus,
        today=moment.day,
        commit=moment.head.id if moment.head else "",
    )
