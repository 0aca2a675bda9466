"""Where nobody watches a terminal, a long run says how far it is, a line every few seconds."""

from __future__ import annotations

import pytest

from loosbot.commands.output import EVERY, progress


@pytest.mark.parametrize(
    ("every", "expected"),
    [
        (0.0, ["Publication : 1 sur 3…", "Publication : 2 sur 3…", "Publication : 3 sur 3…"]),
        (60.0, []),
    ],
)
def test_a_line_every_few_seconds(
    capsys: pytest.CaptureFixture[str], every: float, expected: list[str]
) -> None:
    with progress(3, every=every) as step:
        for _ in range(3):
            step()

    out, err = capsys.readouterr()
    assert (out, err.splitlines()) == ("", expected)


def test_more_steps_than_were_foreseen_are_counted_too(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(1, every=0.0) as step:
        step()
        step()

    assert capsys.readouterr().err.splitlines() == [
        "Publication : 1 sur 1…",
        "Publication : 2 sur 2…",
    ]


def test_nobody_waits_a_minute_for_a_sign() -> None:
    assert 1 <= EVERY <= 10
