"""What another process makes is what this one would have made."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from patience import LONG

from loosbot.dump.forked import beside
from loosbot.errors import UserError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all is made here")
HERE = os.getpid()


@pytest.fixture
def two_processors() -> None:
    if len(os.sched_getaffinity(0)) < 2:
        pytest.skip("one processor")


@pytest.fixture
def one_processor() -> Iterator[None]:
    all_ = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(all_)})
    yield
    os.sched_setaffinity(0, all_)


def made() -> Iterator[tuple[str, int]]:
    for text in ("é", "", "\ud800", "mot " * 50_000):
        yield text, os.getpid()


def killed() -> Iterator[int]:
    yield 1
    os.kill(os.getpid(), signal.SIGKILL)


def interrupted() -> Iterator[int]:
    yield 1
    os.kill(os.getpid(), signal.SIGINT)
    yield 2


def wrong() -> Iterator[int]:
    yield 1
    raise ZeroDivisionError


@pytest.mark.usefixtures("two_processors")
def test_another_process_makes_it() -> None:
    items = list(beside(made))
    assert [text for text, _ in items] == [text for text, _ in made()]
    assert HERE not in {process for _, process in items}


@pytest.mark.usefixtures("one_processor")
def test_with_one_processor_it_is_made_here() -> None:
    assert list(beside(made)) == list(made())


@pytest.mark.usefixtures("two_processors")
def test_a_killed_process_is_told() -> None:
    received = beside(killed)
    with pytest.raises(UserError, match="arrêté d’un coup"):
        next(received)


@pytest.mark.usefixtures("two_processors")
def test_an_interruption_is_told_by_the_first_process_alone(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert list(beside(interrupted)) == [1, 2]
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("two_processors")
def test_what_goes_wrong_is_told_here_with_its_place() -> None:
    received = beside(wrong)
    assert next(received) == 1
    with pytest.raises(ZeroDivisionError) as caught:
        next(received)
    assert "in wrong" in caught.value.__notes__[0]


ENDLESS = """
import time
from loosbot.dump.forked import beside

def endless():
    print("begun", flush=True)
    while True:
        yield time.sleep(0.01)

next(beside(endless))
"""


@pytest.mark.usefixtures("two_processors")
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_it_ends_with_the_first_process(end: signal.Signals) -> None:
    first = subprocess.Popen([sys.executable, "-c", ENDLESS], stdout=subprocess.PIPE)
    assert first.stdout is not None
    assert first.stdout.readline() == b"begun\n"
    first.send_signal(end)
    # the other one holds this stream as long as it lives
    assert first.communicate(timeout=LONG) == (b"", None)
