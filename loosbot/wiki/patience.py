"""Retry delays: exponential, or as the server requires, within a budget."""

from __future__ import annotations

import logging
from collections.abc import Callable

from loosbot.errors import WikiUnavailable
from loosbot.escaping import harmless

log = logging.getLogger(__name__)

BUSY_BUDGET = 300.0
"""Seconds of waiting allowed for one request when the wiki itself asks to wait."""
BROKEN_BUDGET = 31.0
"""Seconds allowed when it fails without asking: 1 + 2 + 4 + 8 + 16."""
ABSENT_BUDGET = 1.0
"""Seconds allowed for a wiki that has not answered once: most likely it is not started."""
CEILING = 60.0
_STARTED = (
    "Vérifiez qu’il est en marche et que son adresse (LOOSBOT_WIKI) est la bonne, puis relancez la "
    "même commande : rien n’est fait deux fois. Pour le wiki embarqué : loosbot wiki start."
)


class Patience:
    """The waits of one request: doubling from one second, or what the server asks if longer.

    ``sleep`` takes seconds. Time is counted from what was slept, not from the clock. ``most``
    bounds the seconds of all waits, whatever their budgets.
    """

    def __init__(
        self, host: str, sleep: Callable[[float], None], most: float = BUSY_BUDGET
    ) -> None:
        self._host = host
        self._sleep = sleep
        self._most = most
        self._next = 1.0
        self._spent = 0.0

    def wait(
        self, detail: str, budget: float, retry_after: float | None = None, hint: str = _STARTED
    ) -> None:
        """Wait before another try; raise WikiUnavailable when ``budget`` would be overrun.

        ``detail`` continues the sentence "Le wiki … ne répond pas comme il faut :".
        """
        if not self.wait_within(detail, budget, retry_after):
            raise WikiUnavailable(
                f"Le wiki {self._host} ne répond pas comme il faut : {detail}.", hint
            )

    def wait_within(self, detail: str, budget: float, retry_after: float | None = None) -> bool:
        """Wait before another try, ``retry_after`` seconds at least; False, without waiting, where
        the waits of this request would exceed ``budget`` seconds."""
        delay = max(self._next, retry_after or 0.0)
        if self._spent + delay > min(budget, self._most):
            return False
        log.info("Wiki %s : %s ; nouvel essai dans %.0f s", self._host, harmless(detail), delay)
        self._sleep(delay)
        self._spent += delay
        self._next = min(self._next * 2, CEILING)
        return True
