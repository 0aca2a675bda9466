"""One request until it has an answer: retries with waits, or an error where none helps."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

from loosbot.errors import WikiUnavailable
from loosbot.wiki.failures import AnswerLost, ApiError, DoorClosed, FailedExchange, Kind, api_error
from loosbot.wiki.login import Login
from loosbot.wiki.origins import Origins
from loosbot.wiki.patience import ABSENT_BUDGET, BROKEN_BUDGET, BUSY_BUDGET, Patience
from loosbot.wiki.prefetched import Prefetched
from loosbot.wiki.redaction import Redaction
from loosbot.wiki.revisions import WikiRefusal
from loosbot.wiki.transport import Attached, Line

WAIT_CODES = {"maxlag", "ratelimited", "readonly"}
"""Errors after which the wiki has done nothing and a retry is due."""
_AGAIN = "puis relancez la même commande : rien n’est fait deux fois."
_HINTS = {
    "ratelimited": (
        "Ce wiki borne ce que le robot écrit par minute : un administrateur l’en dispense dans "
        "LocalSettings.php ($wgGroupPermissions['bot']['noratelimit'] = true; le compte doit être "
        f"du groupe « bot »), {_AGAIN}"
    ),
    "maxlag": f"Le serveur du wiki est trop occupé : attendez qu’il le soit moins, {_AGAIN}",
    "readonly": f"C’est une maintenance, ou une sauvegarde : attendez qu’elle soit finie, {_AGAIN}",
}
"""What to do about one of them that does not pass."""
_DOOR_CODES = {"http-401", "http-403"}
BROKEN_PREFIX = "internal_api_error"
"""An exception inside MediaWiki: an edit may have been saved before it."""


@dataclass(slots=True)
class SessionState:
    """State shared by the clones of a session; changed under ``lock`` only."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    login: Login | None = None
    requests: int = 0
    reached: bool = False
    given_up: int = 0
    prefetched: Prefetched | None = None
    origins: Origins = field(default_factory=Origins)


class Exchange:
    """Sends requests on one ``line`` and counts them; ``host`` is named in what it raises."""

    def __init__(self, host: str, line: Line, redaction: Redaction, shared: SessionState) -> None:
        self.line = line
        self.shared = shared
        self._host = host
        self._redaction = redaction

    def send(
        self,
        action: str,
        params: dict[str, str],
        write: bool,
        patience: Patience,
        attached: Attached | None = None,
    ) -> dict[str, Any]:
        """Send until an answer comes that is not "later": its error, if any, is for the caller.

        Raises WikiUnavailable, DoorClosed among it, and for a ``write`` AnswerLost and WikiRefusal.
        """
        while True:
            with self.shared.lock:
                self.shared.requests += 1
            outcome = self.line.send(action, params, attached)
            if isinstance(outcome, FailedExchange):
                self._suffer(self._redaction.trouble(outcome), write, patience)
                continue
            outcome = self._redaction.answer(outcome)
            self.shared.reached = True
            error = api_error(outcome)
            if error is None:
                return outcome
            if error.code == "readonly" and self.shared.login is None:
                # nothing was written yet: fail at once rather than let a person wait
                if not patience.wait_within(_words(error), ABSENT_BUDGET):
                    raise WikiUnavailable(
                        f"Le wiki {self._host} est en lecture seule, et ne laisse entrer "
                        f"personne pour l’instant : {_words(error)}.",
                        "C’est une maintenance, ou une sauvegarde. Relancez la même commande "
                        "quand elle sera finie ; la publication suivante rattrapera tout. Si cela "
                        "dure, demandez à la personne qui s’en occupe.",
                    )
            elif error.code in WAIT_CODES:
                retry_after = self.line.transport.retry_after
                patience.wait(_words(error), BUSY_BUDGET, retry_after, _HINTS[error.code])
            elif error.code.startswith(BROKEN_PREFIX):
                if write:
                    raise AnswerLost(_words(error), self.line.transport.retry_after, error.code)
                patience.wait(_words(error), BROKEN_BUDGET)
            else:
                return outcome

    def _suffer(self, trouble: FailedExchange, write: bool, patience: Patience) -> None:
        """Wait before the next try, or raise."""
        if trouble.kind is Kind.FATAL:
            if write and trouble.code:
                raise WikiRefusal(trouble.code, f"Le wiki ne répond pas : {trouble.detail}.")
            unusable = DoorClosed if trouble.code in _DOOR_CODES else WikiUnavailable
            raise unusable(
                f"Le wiki {self._host} ne peut pas être utilisé : {trouble.detail}.",
                trouble.hint or "Vérifiez son adresse (LOOSBOT_WIKI).",
            )
        if trouble.kind is Kind.LOST and write:
            raise AnswerLost(trouble.detail, trouble.retry_after, trouble.code)
        if trouble.kind is Kind.REFUSED or trouble.retry_after is not None:
            budget = BUSY_BUDGET
        elif self.shared.reached:
            budget = BROKEN_BUDGET
        else:
            budget = ABSENT_BUDGET
        patience.wait(trouble.detail, budget, trouble.retry_after)


def _words(error: ApiError) -> str:
    return f"{error.text} ({error.code})".replace(". (", " (")
