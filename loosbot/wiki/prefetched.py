"""Prefetched answers: requested in another thread while the run does other work.

A clone of the session asks in a thread of its own. Each answer is given once, to the first
question that is the very same; what nobody asks for before the first write is thrown away.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any


class Prefetched:
    """``ask`` is called with what keeps the answers, by the question."""

    def __init__(self, ask: Callable[[Prefetched], object]) -> None:
        self._answers: dict[str, dict[str, Any]] = {}
        self._trouble: Exception | None = None
        # daemon: a run that stops before it needs the wiki must not wait
        self._thread = threading.Thread(target=self._run, args=(ask,), daemon=True)
        self._thread.start()

    def keep(self, action: str, params: Mapping[str, str], answer: dict[str, Any]) -> None:
        self._answers[_question(action, params)] = answer

    def wait(self) -> None:
        """Return once everything is asked. Raises what stopped it, once: to ask again would wait as
        long again."""
        self._thread.join()
        trouble, self._trouble = self._trouble, None
        if trouble:
            raise trouble

    def take(self, action: str, params: Mapping[str, str]) -> dict[str, Any] | None:
        """The answer to this question, if it was asked and not taken yet. Raises as above."""
        self.wait()
        return self._answers.pop(_question(action, params), None)

    def _run(self, ask: Callable[[Prefetched], object]) -> None:
        try:
            ask(self)
        except Exception as trouble:
            # re-raised in the thread that waits
            self._trouble = trouble


def _question(action: str, params: Mapping[str, str]) -> str:
    return repr((action, sorted(params.items())))
