"""The three steps of a login: parameters to send, and how to read the answers. Pure."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from requests.cookies import RequestsCookieJar

from loosbot.frozen import dataclass
from loosbot.wiki.credentials import Credentials

TOKEN = {"meta": "tokens", "type": "login"}
"""First step: the request for the token of the second."""
WHO_AM_I = {
    "meta": "userinfo|tokens",
    "uiprop": "rights",
    "type": "csrf",
    "curtimestamp": "1",
    "assert": "user",
}
"""Third step: who we are now, and the token of every edit."""


@dataclass(frozen=True, slots=True)
class Account:
    """Who is logged in. ``name`` is the wiki's form of it, without the bot password's suffix.

    ``started`` is the server's clock at the first login of the run (ISO 8601, UTC).
    """

    name: str
    rights: frozenset[str]
    started: str


@dataclass(frozen=True, slots=True)
class Login:
    """An account in use, with what proves it."""

    account: Account
    token: str = field(repr=False)
    cookies: RequestsCookieJar = field(repr=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """The wiki did not let us in. ``forgotten``: the wiki lost the session; the credentials were
    not refused."""

    words: str
    forgotten: bool = False


def proof(credentials: Credentials, tokens: dict[str, Any], home: str) -> dict[str, str]:
    """Second step: the password, to action=login for a bot password (``Name@app``).

    ``tokens`` is the answer to the first step; ``home`` an address of the wiki, asked for by
    clientlogin. The action is among the parameters.
    """
    user, password = credentials.user, credentials.password
    token = str(tokens["query"]["tokens"]["logintoken"])
    if "@" in user:
        return {"action": "login", "lgname": user, "lgpassword": password, "lgtoken": token}
    return {
        "action": "clientlogin",
        "username": user,
        "password": password,
        "logintoken": token,
        "loginreturnurl": home,
    }


def verdict(answer: dict[str, Any]) -> Refused | None:
    """The refusal in the answer to the second step; None where we are logged in."""
    result = answer.get("login") or answer.get("clientlogin") or {}
    if result.get("result") == "Success" or result.get("status") == "PASS":
        return None
    words = result.get("reason") or result.get("message") or ""
    code = ""
    if isinstance(words, dict):
        words, code = words.get("text", ""), words.get("code", "")
    return Refused(str(words), code == "sessionlost" or result.get("result") == "WrongToken")


def login_of(answer: dict[str, Any], cookies: RequestsCookieJar, started: str) -> Login:
    """The login that the answer to the third step confirms; ``started`` is kept if it was set."""
    info = answer["query"]["userinfo"]
    account = Account(
        name=str(info["name"]),
        rights=frozenset(info.get("rights", ())),
        started=started or str(answer["curtimestamp"]),
    )
    return Login(account, str(answer["query"]["tokens"]["csrftoken"]), cookies)
