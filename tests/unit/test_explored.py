"""What ``make explore`` once found, tried again, and that it would find such things."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from fuzz import explore

FOUND = sorted(explore.FOUND.rglob("*--*"))


@pytest.mark.parametrize("file", FOUND, ids=lambda file: f"{file.parent.name}-{file.name[:10]}")
def test_what_was_found_once_fails_no_more(file: Path) -> None:
    explore.judge(file.parent.name, explore.named(file), file.read_bytes())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (ValueError("int too long"), "int too long"),
        (RecursionError("too deep"), "too deep"),
        (explore.UserError("  "), "refused without a word"),
    ],
)
def test_an_input_that_raises_is_found_and_made_small(
    fault: Exception, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reads(_name: str, data: bytes) -> None:
        if b"999" in data:
            raise fault

    room = explore.Room("yaml", lambda: {"essai.yaml": b"titre: Un banc\n" * 9}, reads)
    monkeypatch.setitem(explore.ROOMS, "essai", room)

    with pytest.raises(explore.Failed, match=message):
        explore.judge("essai", "essai.yaml", b"annee: 1999")
    _, failed = explore.explore("essai", 1, time.monotonic() + 30)

    assert failed is not None
    assert b"999" in failed[1]
    assert len(failed[1]) < 15 * 9 + 5_001


@pytest.mark.slow
def test_an_input_that_nothing_refuses_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    room = explore.Room("yaml", lambda: {"essai.yaml": b"titre: Un banc\n"}, lambda *_: None)
    monkeypatch.setitem(explore.ROOMS, "essai", room)

    count, failed = explore.explore("essai", 1, time.monotonic() + 1)

    assert (count > 0, failed) == (True, None)
