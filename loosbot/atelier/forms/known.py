"""The records that a form may name: found by what people call them, not by their ids. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from loosbot.corpus.privacy.spellings import PARTICLES
from loosbot.corpus.types import TYPES
from loosbot.corpus.wording import folded, nearest

_WITH_ID = re.compile(r"\(([a-z-]+/[a-z0-9-]+)\)$", re.ASCII)
_PASSAGE = re.compile(r"(.*?)( (?:§|n\.|p\.|art\.) ?[^ ].*)?", re.DOTALL)
_PLURAL = re.compile(r"(?<=...)a[lu]$")
"""Of a folded word, which has lost its « s » or « x »."""
_MOST = 12


@dataclass(frozen=True, slots=True)
class RecordChoice:
    """One record that can be chosen."""

    id: str
    title: str

    @property
    def type(self) -> str:
        return self.id.partition("/")[0]

    @property
    def noun(self) -> str:
        """What a record of its type is called: « lieu »."""
        return TYPES[self.type].noun if self.type in TYPES else self.type


class RecordNames:
    """Names of records and their ids, both ways."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._all = {id_: RecordChoice(id_, title) for id_, title in titles.items()}
        self._by_title: dict[str, list[RecordChoice]] = {}
        for named in self._all.values():
            self._by_title.setdefault(folded(named.title), []).append(named)

    def of(self, types: Sequence[str]) -> list[RecordChoice]:
        """The records of these types, by title."""
        wanted = [named for named in self._all.values() if named.type in types]
        return sorted(wanted, key=lambda named: (folded(named.title), named.id))

    def name(self, id_: str, types: Sequence[str]) -> str:
        """How a form shows a value of a link: the title, with its id where two have it."""
        record = self._all.get(id_)
        if record is None or record.type not in types:
            return id_
        return record.title if self._only(record.title, types) else f"{record.title} ({id_})"

    def meant(self, text: str, types: Sequence[str]) -> str | None:
        """The id that somebody means by this name; None where no record, or more than one, is."""
        with_id = _WITH_ID.search(text)
        id_ = with_id[1] if with_id else text
        if id_ in self._all and self._all[id_].type in types:
            return id_
        record = self._only(text, types)
        return record.id if record else None

    def passage(self, text: str) -> str:
        """A reference to a source by title, with the id in place of the title."""
        cited = _PASSAGE.fullmatch(text)
        if not cited or not cited[1]:
            return text
        id_ = self.meant(cited[1].strip(), ("source",))
        if id_ is None or cited[1].strip() in (id_, id_.partition("/")[2]):
            return text
        return id_.partition("/")[2] + (cited[2] or "")

    def search(self, text: str, types: Sequence[str]) -> list[RecordChoice]:
        """The records whose name is like this one, the best first; « les » does not count beside
        another word, and « rural » is « ruraux »."""
        wanted = folded(text)
        among = self.of(types)
        begun = [record for record in among if folded(record.title).startswith(wanted)]
        words = wanted.split("-")
        parts = [_PLURAL.sub("a", word) for word in words if word not in PARTICLES] or words
        within = [named for named in among if all(part in folded(named.title) for part in parts)]
        return list(dict.fromkeys([*begun, *within]))[:_MOST]

    def near(self, text: str, types: Sequence[str]) -> str:
        """The name that somebody most likely wanted to write, "" for none."""
        return nearest(text, [named.title for named in self.of(types)]) or ""

    def _only(self, title: str, types: Iterable[str]) -> RecordChoice | None:
        having = [named for named in self._by_title.get(folded(title), ()) if named.type in types]
        return having[0] if len(having) == 1 else None
