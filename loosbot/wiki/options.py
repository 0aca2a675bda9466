"""Options of the account: small values that MediaWiki keeps for whoever is logged in, and shows to
nobody else."""

from __future__ import annotations

from loosbot.wiki.session import Session

RIGHT = "editmyoptions"
"""The right to change one's options; a bot password has it with the grant of the same name."""


def option(session: Session, name: str) -> str:
    """The value of an option, "" where it has none. One request.

    Raises WikiUnavailable.
    """
    answer = session.call("query", meta="userinfo", uiprop="options")
    return str(answer["query"]["userinfo"].get("options", {}).get(name, ""))


def set_option(session: Session, name: str, value: str) -> None:
    """Keep a value of at most 65,530 bytes (``ApiOptionsBase``); the API takes any name that
    begins with ``userjs-``. One request: nobody waits for a wiki that is busy or closed.

    Raises WikiUnavailable, WikiRefusal, AnswerLost.
    """
    session.call("options", write=True, patient=False, optionname=name, optionvalue=value)
