"""What may happen, and random sequences of it. Pure: the same seed gives the same sequence."""

from __future__ import annotations

import random
from collections.abc import Callable

Step = tuple[str, int | str, int]
"""A verb and two numbers. What the numbers pick is taken modulo what there is, so that any
sequence makes sense, whatever steps are taken out of it. What people do may name its page.
"""

CORPUS = {"edit": 5, "add": 2, "rename": 3, "swap": 2, "remove": 2, "restore": 3, "pull": 3}
"""What the town's staff do in git, and how often."""
PEOPLE = {
    "outside": 5,
    "inside": 4,
    "within": 4,
    "unbox": 2,
    "revert": 2,
    "move": 3,
    "delete": 2,
    "undelete": 1,
    "redirect": 1,
    "blank": 1,
    "copy": 2,
    "paste": 1,
    "squat": 2,
    "unmark": 1,
    "double": 1,
}
"""What people do on the wiki."""
RUNS = {"sync": 5, "faulty": 6, "race": 4, "outage": 1, "kill": 4, "twins": 4}
"""How a publication goes: well, with faults, people at work, cut off, killed, two at once."""
MORE = {
    "colleague": 5,
    "rollback": 3,
    "killed_rollback": 2,
    "only": 2,
    "take_back": 3,
    "killed_pull": 2,
}
"""Other runs: beside that of a clone with another commit, undone, of one page, over what people
changed, a pull that is killed. Apart: the first sequences, those of ``make test``, stay what they
were."""
MORE_FROM = 25
"""The first seed whose sequences have them."""

_SHARES = {"corpus": (CORPUS, 5), "people": (PEOPLE, 6), "runs": (RUNS, 4)}
LONGEST = 12
RELEASES = ("1.39", "1.43")


def release_of(seed: int) -> str:
    """The MediaWiki on which a seed is tried: half of them on each."""
    return RELEASES[seed % len(RELEASES)]


def sequence(seed: int) -> list[Step]:
    """Three to twelve steps; something is changed before the first run."""
    chance = random.Random(seed)  # noqa: S311 - a test's dice, no secret
    shares = dict(_SHARES)
    if seed >= MORE_FROM:
        shares["runs"] = (RUNS | MORE, 7)
    steps = [_draw(chance, CORPUS), _draw(chance, PEOPLE)]
    for _ in range(chance.randint(1, LONGEST - 2)):
        verbs, _ = chance.choices(list(shares.values()), [weight for _, weight in shares.values()])[
            0
        ]
        steps.append(_draw(chance, verbs))
    return steps


def _draw(chance: random.Random, verbs: dict[str, int]) -> Step:
    [verb] = chance.choices(list(verbs), list(verbs.values()))
    return verb, chance.randrange(1000), chance.randrange(1000)


def shrunk(steps: list[Step], fails: Callable[[list[Step]], bool]) -> list[Step]:
    """The same sequence without the steps that the failure does not need, tried one by one."""
    kept = list(steps)
    for place in reversed(range(len(steps))):
        fewer = kept[:place] + kept[place + 1 :]
        if fails(fewer):
            kept = fewer
    return kept
