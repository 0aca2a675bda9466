"""Running a function in a process with a time limit."""

from __future__ import annotations

import math
import multiprocessing
import signal
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from loosbot.errors import UserError

Result = TypeVar("Result")


def within(seconds: float, work: Callable[[], Result]) -> Result:
    """What ``work`` returns, or raises: both must be picklable, since it runs in its own process.

    Raises TimeoutError when it is not done after ``seconds``, UserError when its process died.
    """
    # a thread or an alarm could not stop a library's C code in the middle; a process can be killed
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(seconds, work, sender), daemon=True)
    process.start()
    sender.close()
    try:
        if not receiver.poll(seconds):
            raise TimeoutError
        result, error = receiver.recv()
    except EOFError:
        raise UserError(
            "La lecture des fichiers s’est arrêtée d’un coup.",
            "Le serveur manque peut-être de mémoire : prévenez la personne qui s’en occupe.",
        ) from None
    finally:
        process.kill()
        process.join()
        receiver.close()
    if error is not None:
        raise error
    answer: Result = result
    return answer


def _run(seconds: float, work: Callable[[], Any], sender: Connection) -> None:
    # an alarm ends this process at its deadline even if the parent is gone
    signal.alarm(math.ceil(seconds) + 1)
    try:
        sender.send((work(), None))
    except Exception as error:
        # the traceback is lost by pickling: it goes along as a note
        error.add_note(traceback.format_exc())
        sender.send((None, error))
