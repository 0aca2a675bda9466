"""A spreadsheet that came back, the records that it was made from, and those of today.

Three ways: only a cell that differs from what the export wrote was changed by somebody. Where
the record says something else today than it said then, the two changes are a conflict, and the
record keeps its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any

from loosbot.corpus.check.garbled import spoiled
from loosbot.corpus.model import Record
from loosbot.corpus.wording import quoted, slug
from loosbot.exchange import problems
from loosbot.exchange.cells import MISSING, Unplaceable, assign, decode, look, written
from loosbot.exchange.places import Places
from loosbot.exchange.problems import Problem
from loosbot.exchange.received import Cell, Line, ReceivedSheet, ReceivedWorkbook
from loosbot.exchange.sheets import COMMIT, RANK, Column, Sheet, sheets
from loosbot.exchange.table import Ranks, items
from loosbot.frozen import dataclass

_RANK = re.compile(r"0*[1-9][0-9]{0,5}")


@dataclass(slots=True)
class MergedRecords:
    """What becomes of the records. ``after`` holds whole data, of changed and of new records."""

    after: dict[str, dict[str, Any]] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    absent: int = 0
    """Records that the sheet does not have: they stay as they are."""


def merge(
    received: ReceivedWorkbook, base: Mapping[str, Record], now: Mapping[str, Record]
) -> MergedRecords:
    """What the file asks for. ``base`` are the records of its type that it was made from."""
    return _Merge(received, base, now).run()


class _Merge:
    def __init__(
        self, received: ReceivedWorkbook, base: Mapping[str, Record], now: Mapping[str, Record]
    ) -> None:
        self.received = received
        self.now = now
        # a record that no commit held at the export: today's serves as the base
        self.base = {**{id_: record for id_, record in now.items() if id_ not in base}, **base}
        self.sheets = {sheet.key: sheet for sheet in sheets(received.type)}
        self.done = MergedRecords()
        self.places = Places(self.sheets, self.base, now, self.done.after)
        self.gone: list[tuple[str, Sheet, Ranks, str]] = []
        self.listed: set[str] = set()
        # of the sheet that is read: as it came back, and what it should be
        self.given: ReceivedSheet
        self.sheet: Sheet
        self.spoiled: list[Cell] = []
        """Its cells whose letters another program spoiled."""

    def run(self) -> MergedRecords:
        """Read every sheet, then take out what is gone; of the records only those that changed."""
        self.done.problems += problems.of_sheets(self.received, self.sheets)
        # of a copy of a sheet nothing is taken
        by_key = {given.key: given for given in reversed(self.received.sheets)}
        for key, sheet in self.sheets.items():
            if key in by_key:
                self._sheet(by_key[key], sheet)
        # from the last on, so that the other indexes stay valid
        for id_, sheet, ranks, name in sorted(self.gone, key=self._order, reverse=True):
            self._remove(id_, sheet, ranks, name)
        before = {id_: self.now[id_].data for id_ in self.done.after if id_ in self.now}
        changed = {id_: data for id_, data in self.done.after.items() if before.get(id_) != data}
        return replace(self.done, after=changed)

    def _order(self, placed: tuple[str, Sheet, Ranks, str]) -> Ranks:
        return self.places.today(placed[1], placed[0], placed[2]) or ()

    # --- one sheet

    def _sheet(self, given: ReceivedSheet, sheet: Sheet) -> None:
        self.given, self.sheet = given, sheet
        known = {sheet.owner, RANK, COMMIT, *(column.key for column in sheet.columns)}
        self.done.problems += problems.of_sheet(given, known)
        seen: dict[tuple[str, Ranks], str] = {}
        # each line is asked, also after one that was not placed
        placed = [self._line(line, seen) for line in given.lines]
        self.done.problems += problems.of_spoiled(given, self.spoiled)
        self.spoiled.clear()
        if sheet.chain:
            self._missing_items(set(seen), placed=all(placed))
        else:
            self.listed = {id_ for id_, _ in seen}
            self.done.absent = len(set(self.now) - self.listed)

    def _line(self, line: Line, seen: dict[tuple[str, Ranks], str]) -> bool:
        """Take a line over; False where it is not known of what it speaks."""
        sheet = self.sheet
        id_ = line.cells[sheet.owner].text.strip() if sheet.owner in line.cells else ""
        values = {key: cell for key, cell in line.cells.items() if sheet.column(key)}
        for key in (sheet.owner, RANK):
            if key in line.cells and line.cells[key].kind == "covered":
                self._refuse(line.cells[key], problems.WRONG_KIND["covered"])
                return False
        if not sheet.chain:
            if not id_ or not (id_ in self.now or id_ in self.base):
                id_ = self._new_record(line, id_)
                if id_:
                    seen[id_, ()] = line.where
                return bool(id_)
            ranks: Ranks = ()
        else:
            if id_ not in self.now and id_ not in self.done.new:
                name = quoted(id_) if id_ else "Une ligne sans identifiant"
                self._refuse(line, f"{name} : aucune fiche de ce nom.")
                return False
            ranks_above = self._ranks(line)
            if ranks_above is None:
                return False
            ranks = ranks_above
            if len(ranks) < sheet.depth:
                return self._new_item(line, id_, ranks)
        if (id_, ranks) in seen:
            self._refuse(line, f"Cette ligne est déjà plus haut (ligne {seen[id_, ranks]}).")
            return False
        seen[id_, ranks] = line.where
        if id_ not in self.now:
            self._refuse(line, f"La fiche {id_} n’existe plus : elle n’est pas refaite.")
            return False
        return self._cells(id_, ranks, values, line)

    def _cells(self, id_: str, ranks: Ranks, values: Mapping[str, Cell], line: Line) -> bool:
        sheet = self.sheet
        base_item = self.places.base_item(sheet, id_, ranks)
        if base_item is MISSING:
            self._refuse(line, "Le rang ne correspond à aucun élément de la fiche.")
            return False
        for key, cell in values.items():
            column = sheet.column(key)
            if column is None:
                continue
            was = written(base_item, column, sheet.short)
            if cell.text == was:
                continue
            place = self.places.place(sheet, id_, ranks)
            if place is None:
                self._refuse(
                    cell, "Cet élément a changé ou disparu depuis : il reste comme il est."
                )
                continue
            holder, index = place
            is_now = written(holder[index], column, sheet.short)
            if is_now == cell.text:
                continue
            if is_now != was:
                self._refuse(
                    cell,
                    f"Conflit : la fiche dit aujourd’hui {quoted(is_now)}, le tableau "
                    f"{quoted(cell.text)}, et elle disait {quoted(was)}. Elle garde le sien.",
                )
                continue
            self._set(column, cell, (holder, index))
            if sheet.chain and holder[index] in (None, {}):
                self.gone.append((id_, sheet, ranks, self.given.name))
        return True

    def _set(self, column: Column, cell: Cell, place: tuple[Any, Any]) -> None:
        """Put one cell's value, or name why it is none."""
        if cell.kind in problems.WRONG_KIND:
            self._refuse(cell, problems.WRONG_KIND[cell.kind].format(text=cell.text))
            return
        holder, index = place
        short = self.sheet.short
        piece, _ = spoiled(cell.text)
        if piece and piece not in written(holder[index], column, short):
            self.spoiled.append(cell)
            return
        old = look(holder[index], column.chain, short) if holder[index] is not MISSING else MISSING
        try:
            value = decode(cell.text, column.field, old) if cell.text.strip() else MISSING
            if (
                column.state
                and value is not MISSING
                and (not isinstance(value, str) or isinstance(old, dict | list))
            ):
                raise Unplaceable(
                    "Cette case ne prend que « inconnu » ou « sans-objet », et seulement quand "
                    "les autres cases du même groupe sont vides."
                )
        except Unplaceable as error:
            self._refuse(cell, str(error))
            return
        root = {"item": None if holder[index] is MISSING else holder[index]}
        assign(root, "item", column.chain, short, value)
        if "item" in root:
            holder[index] = root["item"]
        elif isinstance(holder[index], dict):
            holder[index] = {}
        else:
            holder[index] = None

    # --- new and gone

    def _new_record(self, line: Line, id_: str) -> str:
        title = line.cells["titre"].text.strip() if "titre" in line.cells else ""
        if not title:
            known = f"La fiche {quoted(id_)} n’existe pas. " if id_ else ""
            self._refuse(line, f"{known}Une ligne sans fiche en crée une : il lui faut un titre.")
            return ""
        type_ = self.received.type
        name = id_.removeprefix(f"{type_}/") or slug(title)
        new = f"{type_}/{name}"
        if not name or slug(name) != name:
            self._refuse(line, f"{quoted(id_ or title)} ne donne pas d’identifiant.")
            return ""
        if new in self.now or new in self.done.after:
            self._refuse(
                line, f"La fiche {new} existe déjà : écrivez son identifiant sur sa ligne."
            )
            return ""
        titles = {
            slug(record.title): id_ for id_, record in self.now.items() if record.type == type_
        }
        if same := titles.get(slug(title)):
            self._refuse(
                line,
                f"La fiche {same} a déjà ce titre : si c’est elle, écrivez cet identifiant dans "
                "« id » ; sinon, donnez un autre titre.",
            )
            return ""
        holder: dict[str, Any] = {new: {"type": type_}}
        self._fill(line, (holder, new))
        self.done.after[new] = holder[new]
        self.done.new.append(new)
        return new

    def _new_item(self, line: Line, id_: str, ranks: Ranks) -> bool:
        sheet, above = self.sheet, self.sheets[self.sheet.above]
        if above.chain and id_ in self.done.new:
            self._refuse(line, "Ajoutez cet élément une fois la fiche créée.")
            return False
        if above.chain:
            place = self.places.place(above, id_, ranks)
        else:
            if id_ not in self.done.new:
                self.places.data(id_)
            place = (self.done.after, id_)
        if place is None:
            self._refuse(line, "Le rang ne correspond à aucun élément de la fiche.")
            return False
        holder = [MISSING]
        self._fill(line, (holder, 0))
        if holder[0] in (MISSING, None, {}):
            return True
        outer, index = place
        inner = look(outer[index], sheet.chain, above.short)
        items = [*inner, holder[0]] if isinstance(inner, list) else [holder[0]]
        assign(outer, index, sheet.chain, above.short, items)
        return True

    def _fill(self, line: Line, place: tuple[Any, Any]) -> None:
        for column in self.sheet.columns:
            cell = line.cells.get(column.key)
            if cell is not None and cell.text.strip():
                self._set(column, cell, place)

    def _missing_items(self, seen: set[tuple[str, Ranks]], *, placed: bool) -> None:
        """A row that is gone was taken out, where the row of its record is still there and each
        line of the sheet was ``placed``: one that was not may be the row that seems gone."""
        given, sheet = self.given, self.sheet
        gone: list[tuple[str, Ranks]] = []
        for id_ in sorted(self.listed & set(self.base) & set(self.now)):
            for ranks, _ in items(self.base[id_].data, sheet, self.sheets):
                outer_gone = any(
                    gone_id == id_ and ranks[: len(above)] == above and len(above) < len(ranks)
                    for gone_id, _, above, _ in self.gone
                )
                if (id_, ranks) not in seen and not outer_gone:
                    gone.append((id_, ranks))
        if placed:
            self.gone += [(id_, sheet, ranks, given.name) for id_, ranks in gone]
        else:
            absent = [f"{id_} {'.'.join(map(str, ranks))}" for id_, ranks in gone]
            self.done.problems += problems.of_absent(given, absent)

    def _remove(self, id_: str, sheet: Sheet, ranks: Ranks, name: str) -> None:
        indexes = self.places.today(sheet, id_, ranks)
        if indexes is None:
            return  # already removed in the file
        then = self.places.base_item(sheet, id_, ranks)
        if then != self.places.list_of(self.now[id_].data, sheet, indexes[:-1])[indexes[-1]]:
            place = f"feuille « {name} », fiche {id_}, rang {'.'.join(map(str, ranks))}"
            message = "Retiré du tableau, et changé dans la fiche depuis : l’élément reste."
            self.done.problems.append(Problem(place, message))
            return
        holder = self.places.list_of(self.places.data(id_), sheet, indexes[:-1])
        del holder[indexes[-1]]
        if not holder:
            above = self.sheets[sheet.above]
            if (outer := self.places.place(above, id_, ranks[:-1])) is not None:
                assign(*outer, sheet.chain, above.short, MISSING)

    def _ranks(self, line: Line) -> Ranks | None:
        """The ranks of a row; one fewer than the sheet's depth for a new item."""
        depth = self.sheet.depth
        cell = line.cells.get(RANK)
        text = cell.text.strip() if cell else ""
        parts = [part for part in text.replace(",", ".").split(".") if part]
        fits = all(_RANK.fullmatch(part) for part in parts)
        if not fits or not depth - 1 <= len(parts) <= depth:
            hint = (
                "Laissez le rang vide pour ajouter un élément."
                if depth == 1
                else "Pour ajouter un élément, écrivez seulement le rang de ce qui le contient."
            )
            self._refuse(cell or line, f"{quoted(text)} n’est pas un rang. {hint}")
            return None
        return tuple(map(int, parts))

    def _refuse(self, at: Cell | Line, message: str) -> None:
        self.done.problems.append(problems.of_place(self.given, at, message))
