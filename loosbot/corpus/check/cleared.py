"""In which records nothing was found, by what was looked for.

The same file asked for the same names has nothing again: a corpus that grows from another one knows
it, and so does the next run, where what is read of a folder is kept. Kept are hashes alone, of what
was looked for and of the files that the corpus has now. A few records are asked again each time;
where one has something after all, nothing that is kept for that question is believed.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

from loosbot.corpus.check.checkedfile import CheckedFile
from loosbot.corpus.check.filecache import HASHES, read_cache, write_cache
from loosbot.corpus.model import Record

_SIGNS: Final = 24
"""Signs of a hash that are kept: 96 bits, which no two files of a town share."""
_QUESTIONS: Final = 8
"""The last so many questions are known: a run asks four at most."""
_SAMPLE: Final = 4


class ClearedRecords:
    """What was searched in the records of one corpus, and of those derived from it.

    ``read`` are its files, in memory; data of any other object have no key. ``place`` is the cache
    folder, and the scope that its entries must have.
    """

    def __init__(self, read: Sequence[CheckedFile], place: tuple[Path, str] | None) -> None:
        self._read = read
        self._file: Path | None = place[0] / HASHES if place else None
        self._scope = place[1] if place else ""

    @cached_property
    def _keys(self) -> dict[int, str]:
        """``id()`` of the data -> hash of the file; ``read`` keeps the data alive."""
        return {id(checked.data): checked.key[:_SIGNS] for checked in self._read}

    @cached_property
    def _clear(self) -> dict[str, frozenset[str]]:
        """Hash of what was searched -> hashes of files without a hit; latest search last."""
        if self._file is None:
            return {}
        try:
            raw = read_cache(self._file)
            if raw["scope"] == self._scope:
                return {str(question): _cut(keys) for question, keys in raw["clear"].items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            pass
        return {}

    def among(
        self,
        records: Sequence[Record],
        looked_for: object,
        ask: Callable[[Sequence[Record]], set[str]],
    ) -> set[str]:
        """The ids of those in which nothing is found; ``ask`` gives them for any records.

        ``looked_for`` is all that decides the answer beside the record; the same values are
        written alike (``repr``) at every run.
        """
        question = hashlib.sha256(repr(looked_for).encode("utf-8", "replace")).hexdigest()[:_SIGNS]
        before = self._clear.get(question, frozenset())
        known = [record for record in records if self._keys.get(id(record.data)) in before]
        sample = random.sample(known, min(_SAMPLE, len(known)))
        if len(ask(sample)) < len(sample):
            known, before = [], frozenset()
        ids = {record.id for record in known}
        clear = ids | ask([record for record in records if record.id not in ids])
        keys = {self._keys.get(id(record.data), "") for record in records if record.id in clear}
        self._keep(question, (before | keys).intersection(self._keys.values()))
        return clear

    def _keep(self, question: str, keys: frozenset[str]) -> None:
        changed = self._clear.pop(question, None) != keys
        self._clear[question] = keys
        for old in list(self._clear)[:-_QUESTIONS]:
            self._clear.pop(old, None)
        if changed and self._file is not None:
            kept = {name: "".join(sorted(clear)) for name, clear in self._clear.items()}
            write_cache(self._file, {"scope": self._scope, "clear": kept})


def _cut(keys: str) -> frozenset[str]:
    return frozenset(keys[start : start + _SIGNS] for start in range(0, len(keys), _SIGNS))
