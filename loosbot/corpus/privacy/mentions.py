"""Which files mention somebody who withdrew: caches beside the corpus must hold none of them.

Stricter than the search on a wiki: a file counts for a name, for the file name of their record, for
six of their words in a row, and if it is their own record or a récit in which they speak.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from loosbot.corpus.links import current_ids
from loosbot.corpus.model import Corpus
from loosbot.corpus.privacy.folding import different_words, plain, words_of
from loosbot.corpus.privacy.hidden import hidden
from loosbot.corpus.privacy.phrases import holds, lengths_of, rows
from loosbot.corpus.privacy.tombstones import NEUTRAL
from loosbot.corpus.privacy.withdrawals import ROW, is_withdrawn, withdrawn_people
from loosbot.corpus.values import groups, speakers


class MentionTest:
    """``mark`` is a digest of all that decides which files mention them; "" where nobody
    withdrew."""

    def __init__(self, corpus: Corpus) -> None:
        people = withdrawn_people(corpus)
        self.mark = ""
        if not people:
            return
        ids = current_ids(corpus)
        withdrawn = {person.id for person in people if not person.field}
        slugs = {old.partition("/")[2] for old, id_ in ids.items() if id_ in withdrawn}
        self._named = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, slugs)))})(?!\w)")
        self._slugs = {slug: frozenset(words_of(slug)) for slug in slugs}
        texts = (
            voice.get("texte")
            for record in corpus.records.values()
            for voice in record.data.get("voix", ())
            if is_withdrawn(voice)
            or any(ids.get(speaker) in withdrawn for speaker in speakers(voice))
        )
        self._phrases = frozenset(
            (
                *(phrase for person in people for phrase in person.phrases),
                *(row for text in texts for row in rows(words_of(str(text or "")), ROW)),
            )
        )
        self._lengths = lengths_of(self._phrases)
        names = {name for person in people for name in person.names}
        # one search for all names: a text is read once, however many withdrew
        self._looking = hidden(dict.fromkeys(names, NEUTRAL["withdrawn"]))
        state = (sorted(slugs), sorted(names), sorted(self._phrases))
        self.mark = hashlib.sha256(repr(state).encode("utf-8", "replace")).hexdigest()

    def in_file(self, text: str, data: Any) -> bool:
        """Whether a file mentions one of them; ``data`` is its parsed content."""
        return self.in_data(data) or self.in_text(text)

    def in_data(self, data: Any) -> bool:
        """Whether the file is the record, or holds a voice, of somebody who withdrew."""
        return bool(self.mark) and any(map(is_withdrawn, _documents(data)))

    def in_text(self, text: str) -> bool:
        """Whether a text names or quotes one of them; where not, no part of it does."""
        return bool(self.mark) and (
            self._names_file(text)
            or holds(self._phrases, words_of(text), self._lengths)
            or self._looking.within(text)
        )

    def _names_file(self, text: str) -> bool:
        words = different_words(text)
        near = [slug for slug, parts in self._slugs.items() if parts <= words]
        if not near:
            return False
        text = plain(text)
        return any(slug in text for slug in near) and self._named.search(text) is not None


def _documents(data: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(data, Mapping):
        yield data
        yield from (voice for _, voice in groups(data.get("voix")))
