"""k-anonymity: no combination of published cells may match fewer than k persons.

Two tables hold the role of each unnamed person: that of persons, and that of passages with their
year. They share the person's code, so what one suppresses must not be in the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from loosbot.dump.filtered import THRESHOLD, WITHHELD, Grouping, Passage

Row = tuple[str, ...]
Persons = frozenset[str]


def generalised(rows: Sequence[Row], persons: Sequence[Persons], fixed: int = 0) -> list[Row]:
    """The rows, with cells suppressed from the last column on until each group has k persons.

    ``persons`` are those of whom each row tells: a group needs k of them, however many rows they
    have. The first ``fixed`` cells are told by another table as well: they count in every group,
    and leaving them out would hide nothing. A row that tells nothing beside them needs no group.
    """
    shown = list(rows)
    width = len(rows[0]) if rows else fixed
    for rank in reversed(range(fixed, width)):
        sizes = _sizes(shown, persons)
        shown = [
            row if sizes[row] >= THRESHOLD else (*row[:rank], WITHHELD, *row[rank + 1 :])
            for row in shown
        ]
    # a group still too small after every column loses all its cells
    sizes = _sizes(shown, persons)
    nothing = (WITHHELD,) * (width - fixed)
    return [row if sizes[row] >= THRESHOLD else (*row[:fixed], *nothing) for row in shown]


def grouping(
    table: str,
    columns: Sequence[str],
    rows: Sequence[Row],
    shown: Sequence[Row],
    persons: Sequence[Persons],
    fixed: int = 0,
) -> Grouping:
    """What was left out of ``rows`` to become ``shown``, which has as many in the same order.

    A row has one cell a column; the first ``fixed`` of them are never withheld. A group is the
    ``persons`` of the shown rows that are alike, those without any told cell left out.
    """
    sizes = {
        row: size
        for row, size in _sizes(shown, persons).items()
        if any(cell is not WITHHELD for cell in row[fixed:])
    }
    hidden = {
        column: sum(
            new[rank] is WITHHELD and old[rank] is not WITHHELD
            for old, new in zip(rows, shown, strict=True)
        )
        for rank, column in enumerate(columns)
    }
    smallest = min(sizes.values(), default=0)
    return Grouping(table, tuple(columns), THRESHOLD, len(rows), smallest, hidden)


def covered(
    rows: Sequence[Row], shown: Sequence[Row], persons: Sequence[Persons], fixed: int = 0
) -> list[Row]:
    """Suppress more cells where the suppressed ones cover fewer than k persons.

    One who is alone with an empty cell among many full ones is singled out by it: with few words to
    choose from, it tells what he is not. So some of the smallest group that is told go too, or all
    of them where too few would stay. Who they are depends on their codes alone.
    """
    protected = list(shown)
    while True:
        left: dict[Row, set[str]] = {}
        members: dict[Row, set[str]] = {}
        for old, new, who in zip(rows, protected, persons, strict=True):
            if old != new and who:
                left.setdefault(new[:fixed], set()).update(who)
            elif WITHHELD not in new[fixed:]:
                members.setdefault(new, set()).update(who)
        small = {prefix: alone for prefix, alone in left.items() if len(alone) < THRESHOLD}
        groups = [
            row for row in members if row[:fixed] in small and members[row] - small[row[:fixed]]
        ]
        if not groups:
            return protected
        group = min(groups, key=lambda row: (len(members[row]), row))
        missing = THRESHOLD - len(small[group[:fixed]])
        others = sorted(members[group] - small[group[:fixed]])
        enough = len(members[group]) - missing >= THRESHOLD
        going = set(others[:missing]) if enough else members[group]
        nothing = (*group[:fixed], *(WITHHELD,) * (len(group) - fixed))
        protected = [
            nothing if row == group and (who & going or not who) else row
            for row, who in zip(protected, persons, strict=True)
        ]


def _sizes(rows: Sequence[Row], persons: Sequence[Persons]) -> Mapping[Row, int]:
    groups: dict[Row, set[str]] = {}
    for row, who in zip(rows, persons, strict=True):
        groups.setdefault(row, set()).update(who)
    return {row: len(who) for row, who in groups.items()}


def without_rare_roles(
    roles: Mapping[str, str], passages: Sequence[Passage]
) -> tuple[dict[str, str], list[Passage], tuple[Grouping, Grouping]]:
    """The roles of persons and passages without those that would single somebody out.

    ``roles`` are those of the pseudonyms. The year of a passage stays: its récit tells it too.
    """
    unnamed = [frozenset(passage.speakers) & roles.keys() for passage in passages]
    everybody = [frozenset({code}) for code in roles]
    of_person = [(role,) for role in roles.values()]
    of_passage = [(passage.year, passage.role) for passage in passages]
    quiet: set[str] = set()
    while True:
        rows = [(WITHHELD,) if code in quiet else (role,) for code, role in roles.items()]
        shown = generalised(rows, everybody)
        persons = covered(of_person, shown, everybody)
        pairs = [
            (year, WITHHELD if who & quiet else role)
            for (year, role), who in zip(of_passage, unnamed, strict=True)
        ]
        shown = generalised(pairs, unnamed, fixed=1)
        grouped = covered(of_passage, shown, unnamed, fixed=1)
        more = {code for code, (role,) in zip(roles, persons, strict=True) if role is WITHHELD}
        for who, (_, role) in zip(unnamed, grouped, strict=True):
            more |= who if role is WITHHELD else frozenset()
        if more <= quiet:
            break
        quiet |= more
    reports = (
        grouping("acteurs", ("role",), of_person, persons, everybody),
        grouping("passages", ("annee", "role"), of_passage, grouped, unnamed, fixed=1),
    )
    return (
        {code: role for code, (role,) in zip(roles, persons, strict=True)},
        [replace(passage, role=role) for passage, (_, role) in zip(passages, grouped, strict=True)],
        reports,
    )
