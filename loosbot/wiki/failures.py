"""Failures of requests, apart from the refusal of one page."""

from __future__ import annotations

import enum
import re
from typing import Any

from loosbot.errors import LoosbotError, WikiUnavailable
from loosbot.frozen import dataclass


class AnswerLost(LoosbotError):
    """A write was sent and no usable answer came: it may have landed, or not.

    Never send it again before looking. ``detail`` is French, ``retry_after`` in seconds
    (None when the server named no delay), ``code`` the wiki's own or ``http-502``-like, "" for
    a dead connection.
    """

    def __init__(self, detail: str, retry_after: float | None = None, code: str = "") -> None:
        super().__init__(detail)
        self.detail = detail
        self.retry_after = retry_after
        self.code = code


class RunStopped(WikiUnavailable):
    """The account can write nothing more: blocked, without the right, or logged out for good."""


class DoorClosed(WikiUnavailable):
    """A server in front of the wiki lets nobody in without a password of its own."""


class ReadRefused(WikiUnavailable):
    """The wiki answered a read with an error. ``code`` is its own word."""

    def __init__(self, code: str, info: str) -> None:
        super().__init__(
            f"Le wiki a refusé une lecture ({code}) : {info}",
            "Vérifiez que le compte a le droit de lire ce wiki.",
        )
        self.code = code


class Kind(enum.Enum):
    """What is known, after a failed exchange, about the request that was sent."""

    UNREACHED = "unreached"
    """It never left: no connection was made."""
    REFUSED = "refused"
    """The server answered that it did nothing."""
    LOST = "lost"
    """It may have been carried out."""
    FATAL = "fatal"
    """Asking again cannot help."""


@dataclass(frozen=True, slots=True)
class FailedExchange:
    """A failed exchange, as a value: an exception would drag the request's body along.

    ``detail`` is French, ``code`` ``http-503``-like or "", ``retry_after`` in seconds.
    """

    kind: Kind
    detail: str
    code: str = ""
    retry_after: float | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ApiError:
    """The first error of an API answer; ``text`` holds the words of all of them."""

    code: str
    text: str
    data: dict[str, Any]


def api_error(answer: dict[str, Any]) -> ApiError | None:
    """The error that an API answer carries, in either error format, or None.

    ``errorformat=plaintext`` gives a list ``errors``; a request refused before its parameters
    were read, and front servers that imitate the API, give one ``error``.
    """
    errors = answer.get("errors") or ([answer["error"]] if answer.get("error") else [])
    if not errors:
        return None
    texts = [
        str(error.get("text") or error.get("info") or error.get("code", "")) for error in errors
    ]
    data = errors[0].get("data")
    return ApiError(
        code=str(errors[0].get("code", "")),
        text=" ".join(dict.fromkeys(" ".join(_shown(text).split()) for text in texts)),
        data=data if isinstance(data, dict) else {},
    )


def _shown(text: str) -> str:
    """The words without the marks of direction that MediaWiki puts around a name (``bidi()``)."""
    return re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)
