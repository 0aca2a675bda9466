"""The role of each unnamed person, published only where at least k of them share it.

Two tables hold it: that of persons, and that of passages with their year. They share the person's
code, so what one suppresses must not be in the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from loosbot.dump.edition.groups import covered, generalised, grouping
from loosbot.dump.filtered import WITHHELD, Grouping, Passage


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
        grouping("acteurs", ("role",), of_person, persons),
        grouping("passages", ("annee", "role"), of_passage, grouped, fixed=1),
    )
    return (
        {code: role for code, (role,) in zip(roles, persons, strict=True)},
        [replace(passage, role=role) for passage, (_, role) in zip(passages, grouped, strict=True)],
        reports,
    )
