"""Where an item of a sheet stands: in the record of then, of today, and as it will be."""

from __future__ import annotations

import copy
import operator
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from loosbot.corpus.model import Record
from loosbot.diff.words import identity
from loosbot.exchange.cells import MISSING, look
from loosbot.exchange.sheets import Sheet
from loosbot.exchange.table import Ranks


@dataclass(frozen=True, slots=True)
class Places:
    """``base`` are the records that the sheets were made from, ``now`` those of today; ``after``
    gets a copy of each that something changes in. Ranks count from 1, indexes from 0."""

    sheets: Mapping[str, Sheet]
    base: Mapping[str, Record]
    now: Mapping[str, Record]
    after: dict[str, dict[str, Any]]

    def data(self, id_: str) -> dict[str, Any]:
        """The record as it will be; a copy of today's until something changes in it."""
        if id_ not in self.after:
            self.after[id_] = copy.deepcopy(dict(self.now[id_].data))
        return self.after[id_]

    def list_of(self, data: Any, sheet: Sheet, indexes: Ranks) -> Any:
        """The list of a sheet inside the item above it that ``indexes`` (from 0) lead to."""
        above = self.sheets[sheet.above]
        item = data
        if above.chain:
            outer = self.list_of(data, above, indexes[:-1])
            fits = isinstance(outer, list) and 0 <= indexes[-1] < len(outer)
            item = outer[indexes[-1]] if fits else MISSING
        return look(item, sheet.chain, above.short)

    def base_item(self, sheet: Sheet, id_: str, ranks: Ranks) -> Any:
        """The record, or the item of one of its lists, that the export made the row from."""
        if not sheet.chain:
            return self.base[id_].data
        indexes = tuple(rank - 1 for rank in ranks)
        then = self.list_of(self.base[id_].data, sheet, indexes[:-1])
        fits = isinstance(then, list) and 0 <= indexes[-1] < len(then)
        return then[indexes[-1]] if fits else MISSING

    def today(self, sheet: Sheet, id_: str, ranks: Ranks) -> Ranks | None:
        """Where the items that ``ranks`` name are today, from 0; None where one is no more."""
        if not sheet.chain:
            return ()
        outer = self.today(self.sheets[sheet.above], id_, ranks[:-1])
        if outer is None:
            return None
        then = self.list_of(self.base[id_].data, sheet, tuple(rank - 1 for rank in ranks[:-1]))
        today = self.list_of(self.now[id_].data, sheet, outer)
        if not (isinstance(then, list) and isinstance(today, list)):
            return None
        index = same_item(then, today, ranks[-1] - 1)
        return None if index is None else (*outer, index)

    def place(self, sheet: Sheet, id_: str, ranks: Ranks) -> tuple[Any, Any] | None:
        """What holds the item in the record as it will be, and under what key or index.

        Indexes are those of today: items are only taken out once everything else is done.
        """
        data = self.data(id_)
        if not sheet.chain:
            return self.after, id_
        indexes = self.today(sheet, id_, ranks)
        if indexes is None:
            return None
        return self.list_of(data, sheet, indexes[:-1]), indexes[-1]


def same_item(then: list[Any], today: list[Any], index: int) -> int | None:
    """The index in ``today`` of the item ``then[index]``: the equal one, else the only one of the
    same name; None where neither is certain."""
    if not 0 <= index < len(then):
        return None
    if len(then) == len(today) and all(
        identity(mine) == identity(other) or mine == other
        for mine, other in zip(then, today, strict=True)
    ):
        return index
    for alike in (operator.eq, _named):
        places = [rank for rank, item in enumerate(today) if alike(item, then[index])]
        if len(places) == 1 and sum(alike(item, then[index]) for item in then) == 1:
            return places[0]
    return None


def _named(mine: Any, other: Any) -> bool:
    return identity(mine) is not None and identity(mine) == identity(other)
