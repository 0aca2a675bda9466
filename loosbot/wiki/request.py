"""The parameters of a request, as they are sent. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from loosbot.wiki.login import Login

MAXLAG = "5"
"""Seconds of replication lag above which a write waits (Manual:Maxlag parameter)."""

Value = str | int | bool | None | Sequence[str] | Sequence[int]


def encoded(params: dict[str, Value]) -> dict[str, str]:
    """Parameters as they are sent: lists joined, True as 1, False and None left out."""
    sent = {}
    for name, value in params.items():
        if value is None or value is False:
            continue
        if value is True:
            sent[name] = "1"
        elif isinstance(value, str | int):
            sent[name] = str(value)
        else:
            sent[name] = _join([str(item) for item in value])
    return sent


def _join(items: list[str]) -> str:
    """A multi-value parameter; U+001F separates where a value holds a bar (API:Data formats)."""
    if any("|" in item for item in items):
        return "".join(f"\x1f{item}" for item in items)
    return "|".join(items)


def framed(params: dict[str, str]) -> dict[str, str]:
    """What every request carries: structured answers, and errors in French as the wiki words them.

    ``errorsuselocal`` uses the texts that the wiki's administrators adapted.
    """
    return {
        **params,
        "formatversion": "2",
        "errorformat": "plaintext",
        "errorlang": "fr",
        "errorsuselocal": "1",
    }


def dressed(params: dict[str, str], login: Login, write: bool) -> dict[str, str]:
    """Add ``assert`` parameters: the request fails rather than run under another account."""
    sent = framed(params)
    sent["assert"] = "bot" if "bot" in login.account.rights else "user"
    sent["assertuser"] = login.account.name
    if write:
        sent["maxlag"] = MAXLAG
        sent["token"] = login.token
    return sent
