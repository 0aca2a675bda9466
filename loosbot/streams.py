"""What a process is started with: its three streams, and the encoding of names and of words."""

from __future__ import annotations

import os
import sys

_UTF_8 = "PYTHONUTF8"
"""The variable that puts Python into its UTF-8 mode (PEP 540)."""


def reopen_closed() -> None:
    """Give each stream that is closed (``>&-``) the null device.

    Else Python has None in its place, and the next file that is opened takes its number: what a
    program below ours then prints would be written into that file.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # open for as long as the process lives
            null = open(os.devnull, mode, encoding="utf-8")  # noqa: SIM115, PTH123 - a stream
            setattr(sys, name, null)


def begin_in_utf_8() -> None:
    """Begin this process again in Python's UTF-8 mode, where its locale has another encoding.

    The names of files would be read in that encoding (« Modèle:DÃ©but »), and what is printed for
    a program written in it. Words typed are handed on as UTF-8; a terminal keeps its encoding.
    """
    if sys.getfilesystemencoding() == "utf-8" or os.environ.get(_UTF_8) == "1":
        return
    env = {**os.environ, _UTF_8: "1"}
    if sys.stdout.isatty():
        env.setdefault("PYTHONIOENCODING", sys.stdout.encoding)
    words = [word.encode("utf-8", "surrogateescape") for word in sys.orig_argv]
    os.execve(sys.executable, words, env)  # noqa: S606 - this very program, with its own words
