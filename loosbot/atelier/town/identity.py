"""Who somebody is, by what the wiki answers about the cookies of their browser. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from loosbot.corpus.dates import display
from loosbot.escaping import beginning

Trouble = Literal["logged-out", "temporary", "blocked", "silent"]
_EVERYBODY = "user"
"""The group of every account that somebody made; a temporary account is not in it."""
_LONGEST_NAME = 255
_LONGEST_REASON = 300
_ENDLESS = ("infinite", "infinity", "indefinite", "never")


@dataclass(frozen=True, slots=True)
class Person:
    """An account of the wiki. ``id`` stays when it is renamed."""

    id: int
    name: str
    groups: frozenset[str]

    def publishes(self, groups: Collection[str]) -> bool:
        """Whether one of these groups holds them; the group of everybody gives no right."""
        return bool(self.groups & (set(groups) - {_EVERYBODY, "*"}))


@dataclass(frozen=True, slots=True)
class Unidentified:
    """Why nobody is known. ``reason`` and ``until`` tell of a block, as the wiki says it."""

    trouble: Trouble
    reason: str = ""
    until: str = ""


SILENT = Unidentified("silent")
_STRANGER = Unidentified("logged-out")
_CLOSED = ("readapidenied", "assertuserfailed")


def read_answer(answer: Any) -> Person | Unidentified:
    """The person of an answer to ``meta=userinfo``; what is no such answer names nobody."""
    if not isinstance(answer, dict):
        return SILENT
    error = answer.get("error")
    if isinstance(error, dict):
        return _STRANGER if error.get("code") in _CLOSED else SILENT
    query = answer.get("query")
    userinfo = query.get("userinfo") if isinstance(query, dict) else None
    return _person(userinfo) if isinstance(userinfo, dict) else SILENT


def _person(userinfo: Mapping[str, Any]) -> Person | Unidentified:
    id_, name = userinfo.get("id"), userinfo.get("name")
    if "anon" in userinfo or not isinstance(id_, int) or isinstance(id_, bool) or id_ <= 0:
        return _STRANGER
    if not isinstance(name, str) or not name.strip() or len(name) > _LONGEST_NAME:
        return SILENT
    groups = userinfo.get("groups")
    listed = groups if isinstance(groups, list) else []
    rights = frozenset(right for right in listed if isinstance(right, str))
    if "temp" in userinfo or _EVERYBODY not in rights:
        return Unidentified("temporary")
    # a blocked account keeps its rights in the answer: only ``blockid`` shows the block
    if "blockid" in userinfo and userinfo.get("blockpartial") is not True:
        return Unidentified(
            "blocked",
            beginning(str(userinfo.get("blockreason") or ""), _LONGEST_REASON),
            _until(userinfo),
        )
    return Person(id_, name, rights)


def _until(userinfo: Mapping[str, Any]) -> str:
    expiry = str(userinfo.get("blockexpiry") or "")
    if not expiry or expiry in _ENDLESS:
        return ""
    try:
        return display(datetime.fromisoformat(expiry).date().isoformat())
    except ValueError:
        return ""


_ENDED = "Connectez-vous au wiki dans un autre onglet, puis revenez ici : votre texte est gardé."
_MESSAGES: Mapping[Trouble, tuple[str, str]] = {
    "logged-out": ("Le wiki ne vous reconnaît pas, ou plus.", _ENDED),
    "temporary": (
        "Pour écrire ici, il faut un compte du wiki.",
        "Le compte provisoire que le wiki donne à qui n’en a pas ne suffit pas.",
    ),
    "blocked": (
        "Votre compte est bloqué sur le wiki : l’atelier ne prend rien de lui.",
        "Votre texte est gardé. Parlez-en à la personne qui s’occupe du wiki.",
    ),
    "silent": (
        "Le wiki ne répond pas : l’atelier ne sait pas qui vous êtes.",
        "Attendez un peu, puis recommencez : votre texte est gardé.",
    ),
}
STATUS: Mapping[Trouble, int] = {"logged-out": 403, "temporary": 403, "blocked": 403, "silent": 503}


def explanation(nobody: Unidentified) -> tuple[str, str]:
    """The message to somebody whom the atelier does not know, with a hint."""
    message, hint = _MESSAGES[nobody.trouble]
    if nobody.trouble == "blocked":
        more = f"Jusqu’au {nobody.until}. " if nobody.until else ""
        more += f"Raison donnée : {nobody.reason}. " if nobody.reason else ""
        hint = more + hint
    return message, hint
