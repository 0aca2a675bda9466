"""What MediaWiki keeps of an account: its options, small values that it shows to nobody else, and
who blocked it."""

from __future__ import annotations

from loosbot.frozen import dataclass
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


@dataclass(frozen=True, slots=True)
class Block:
    """That an account may not write: ``by`` whom and why, "" where hidden or not said; ``partial``
    where it may, except on some pages."""

    by: str
    reason: str
    partial: bool


def block_of(session: Session) -> Block | None:
    """The block of the account, None where there is none. One request.

    Raises WikiUnavailable.
    """
    answer = session.call("query", meta="userinfo", uiprop="blockinfo")
    info = answer["query"]["userinfo"]
    if "blockid" not in info:
        return None
    by, reason = str(info.get("blockedby", "")), str(info.get("blockreason", ""))
    return Block(by, reason, bool(info.get("blockpartial")))
