"""A corpus as it may leave the wiki: for the town hall, or for anybody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from loosbot.corpus.check.load import whole_corpus
from loosbot.corpus.current import with_current_ids
from loosbot.corpus.model import Corpus
from loosbot.corpus.privacy.consent import Channel, for_days
from loosbot.frozen import dataclass
from loosbot.history.moments import now


@dataclass(frozen=True, slots=True)
class VisibleCorpus:
    """What may be shown of a corpus. ``day`` and ``commit`` are "" and ``today`` None without
    git; ``today`` is the last commit's."""

    corpus: Corpus
    town: str
    today: date | None
    commit: str

    @property
    def day(self) -> str:
        return self.today.isoformat() if self.today else ""


def read(folder: Path, *, public: bool) -> VisibleCorpus:
    """The corpus of a folder as a wiki that anybody reads shows it, or as a closed one does.

    Consents are judged on the later of the last commit's day and the real one. Raises
    BrokenCorpus, UserError.
    """
    moment = now(folder)
    channel: Channel = "wiki-ouvert" if public else "wiki"
    corpus = for_days(whole_corpus(moment.tree), channel, moment.consents)
    return VisibleCorpus(
        corpus=with_current_ids(corpus),
        town=corpus.config.commune or corpus.config.corpus,
        today=moment.day,
        commit=moment.head.id if moment.head else "",
    )
