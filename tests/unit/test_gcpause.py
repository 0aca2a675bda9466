"""Python's search for garbage: how often it looks, and that it looks again afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from loosbot.gcpause import MANY, collector_off, collector_paused, collector_slowed


class Looks:
    """How often Python looked for garbage."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, phase: str, _info: dict[str, int]) -> None:
        self.number += phase == "start"


@pytest.fixture
def looks() -> Iterator[Looks]:
    """Counted from where a new process begins, whatever the tests before this one left."""
    enabled, thresholds = gc.isenabled(), gc.get_threshold()
    gc.enable()
    gc.set_threshold(700, 10, 10)
    gc.collect()
    counted = Looks()
    gc.callbacks.append(counted)
    yield counted
    gc.callbacks.remove(counted)
    gc.set_threshold(*thresholds)
    if not enabled:
        gc.disable()


def test_a_command_that_holds_many_objects_looks_seldom_for_garbage(looks: Looks) -> None:
    with collector_slowed():
        held = [[number] for number in range(MANY // 2)]
        few = looks.number
        held += [[number] for number in range(2 * MANY)]
        more = looks.number
    assert few == 0
    assert 1 <= more <= 3
    before = looks.number
    held += [[number] for number in range(MANY // 2)]
    assert looks.number - before > 10


def test_it_looks_as_before_whatever_went_wrong() -> None:
    before = gc.get_threshold(), gc.isenabled()
    with pytest.raises(ZeroDivisionError), collector_slowed(), collector_paused():
        assert not gc.isenabled()
        raise ZeroDivisionError
    assert (gc.get_threshold(), gc.isenabled()) == before


def test_a_command_whose_objects_all_stay_is_never_looked_through(looks: Looks) -> None:
    before = looks.number
    with collector_off():
        held = [[number] for number in range(2 * MANY)]
    held += [[0]]
    assert looks.number == before
    assert gc.isenabled()
    assert gc.get_freeze_count() > 2 * MANY
    gc.unfreeze()
