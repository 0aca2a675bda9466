"""Running a generator in a forked process, where there is a second processor."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator
from multiprocessing.process import BaseProcess
from typing import IO, Any, Final, TypeVar

from loosbot.errors import UserError

Item = TypeVar("Item")
Make = Callable[[], Iterator[Item]]

_ON_DISK: Final = "/var/tmp"  # noqa: S108 - the file there has no name that anybody could open
"""``/tmp`` is memory on many machines."""


def beside(make: Make[Item]) -> Iterator[Item]:
    """What ``make`` gives, made by another process from now on; the items must be picklable.

    On another system than Linux, or with one processor, it is made here, when it is asked for. Who
    goes through it waits until the other process is done, and is told what went wrong there: what
    ``make`` raises, or UserError where the process was killed.
    """
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2:
        return make()
    try:
        file = tempfile.TemporaryFile(dir=_ON_DISK)  # noqa: SIM115 - who receives it closes it
        # the fork shares memory copy-on-write, and ends with this process
        process = multiprocessing.get_context("fork").Process(
            target=_run, args=(make, file), daemon=True
        )
        process.start()
    except OSError:
        return make()
    # frees the inputs here: from now on only the child can make the items
    return _received(process, file)


def _run(make: Make[Any], file: IO[bytes]) -> None:
    # ^C reaches both processes; the parent handles it, and ends this one
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_first, daemon=True).start()
    # garbage collection would touch, and so copy, all shared memory
    gc.freeze()
    gc.enable()
    try:
        for item in make():
            pickle.dump((item, None), file)
    except Exception as error:
        # the traceback is lost by pickling: it goes along as a note
        error.add_note(traceback.format_exc())
        pickle.dump((None, error), file)
    file.flush()


def _end_with_the_first() -> None:
    """End this process with its parent, which alone reads what it makes."""
    if (first := multiprocessing.parent_process()) is not None:
        first.join()
        os._exit(1)


def _received(process: BaseProcess, file: IO[bytes]) -> Iterator[Any]:
    process.join()
    if process.exitcode:
        raise UserError(
            "Les pages du wiki n’ont pas pu être faites : leur processus s’est arrêté d’un coup.",
            "Cette machine manque peut-être de mémoire ou de place ; recommencez.",
        )
    with file:
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        while file.tell() < size:
            item, error = pickle.load(file)  # noqa: S301 - our own process wrote it
            if error is not None:
                raise error
            yield item
