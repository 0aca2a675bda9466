"""Messages of a wiki that we repeat: our password masked, and cut at :data:`LONGEST_WORDS`."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote, quote_plus

from loosbot.wiki.failures import FailedExchange
from loosbot.wiki.shape import Part

HIDDEN = "[mot de passe]"
LONGEST_WORDS = 2_000
"""Signs. MediaWiki's longest refusals (a filter's, a title blacklist's) are some hundreds."""
_REFUSALS = ("errors", "error", "login", "clientlogin")
_OUTCOMES = ("edit", "move", "upload")


class Redaction:
    """Masks one password in texts, in every form in which a server may echo it."""

    def __init__(self, password: str) -> None:
        forms = {password, html.escape(password), quote(password), quote_plus(password)}
        forms |= {json.dumps(password)[1:-1], " ".join(password.split())}
        # longest first: a shorter form may be part of it
        words = sorted(filter(None, forms), key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
        self._knows = bool(words)

    def text(self, words: str) -> str:
        """``words`` masked and cut."""
        if len(words) > LONGEST_WORDS:
            words = f"{words[:LONGEST_WORDS]}…"
        return self._pattern.sub(HIDDEN, words) if self._knows else words

    def trouble(self, trouble: FailedExchange) -> FailedExchange:
        """The trouble with its detail masked: an address in it may hold the password."""
        return replace(trouble, detail=self.text(trouble.detail))

    def answer(self, answer: Part) -> Part:
        """The answer with its errors masked; other data stays as it is."""
        refusals = [key for key in _REFUSALS if key in answer]
        refusals += [
            key
            for key in _OUTCOMES
            if (answer.get(key) or {}).get("result") not in (None, "Success")
        ]
        return (
            Part({**answer, **{key: self._deep(answer[key]) for key in refusals}})
            if refusals
            else answer
        )

    def _deep(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self._deep(item) for item in value]
        if isinstance(value, dict):
            return Part({self.text(key): self._deep(item) for key, item in value.items()})
        return value
