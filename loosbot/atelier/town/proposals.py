"""What people propose: one branch each, told by the message of its last version. Pure.

A proposal is written by its author, again each time it is mended; a referent's decision that
declines it is a version of the same branch with the referent's words. It is accepted when the
published branch holds it.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from loosbot.escaping import printable
from loosbot.push.receive import PROPOSALS

State = Literal["waiting", "declined", "accepted"]
_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,68}[a-z0-9])?", re.ASCII)
_TRAILER = re.compile(r"(Fiche|Compte|Auteur|Titre|Décision) : (.*)")
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_DECLINED = "déclinée"
LONGEST_WORD = 2_000
"""Signs of what a referent says of a proposal that is declined; more of them are refused."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """``tip`` is the commit of the branch; ``account`` the id of the author's account on the wiki,
    0 for a branch that somebody pushed; ``word`` what a referent said who declined it."""

    id: str
    tip: str
    record: str
    title: str
    account: int
    author: str
    when: int
    state: State
    word: str
    referent: str

    @property
    def branch(self) -> str:
        return PROPOSALS + self.id


@dataclass(frozen=True, slots=True)
class BranchTip:
    """The last version of a branch: who made it, when (seconds), and its message."""

    branch: str
    commit: str
    author: str
    when: int
    message: str


def is_id(text: str) -> bool:
    """Whether this may name a proposal, and so a branch."""
    return _ID.fullmatch(text) is not None


def new_id(stem: str) -> str:
    """An id for a proposal about this, which no other has."""
    mark = "".join(secrets.choice(_ALPHABET) for _ in range(6))
    return f"{stem[:40].strip('-') or 'fiche'}-{mark}"


def read_tips(tips: Iterable[BranchTip], merged: Iterable[str]) -> list[Proposal]:
    """The proposals of these branches, the latest first; ``merged`` are published."""
    published = set(merged)
    proposals = [_proposal(tip, tip.branch in published) for tip in tips]
    return sorted(proposals, key=lambda proposal: (-proposal.when, proposal.id))


def _proposal(tip: BranchTip, accepted: bool) -> Proposal:
    trailer = trailers(tip.message)
    subject, _, rest = tip.message.partition("\n")
    account = trailer.get("Compte", "")
    declined = trailer.get("Décision") == _DECLINED
    state: State = "accepted" if accepted else "declined" if declined else "waiting"
    return Proposal(
        id=tip.branch.removeprefix(PROPOSALS),
        tip=tip.commit,
        record=trailer.get("Fiche", ""),
        title=trailer.get("Titre", subject),
        account=int(account) if account.isdecimal() and len(account) < 16 else 0,
        author=trailer.get("Auteur", tip.author),
        when=tip.when,
        state=state,
        word=rest.rstrip("\n").rpartition("\n\n")[0].strip("\n") if declined else "",
        referent=tip.author if declined else "",
    )


def trailers(message: str) -> dict[str, str]:
    """What the last paragraph of a message says of a proposal: never what somebody typed."""
    last = message.rstrip("\n").rpartition("\n\n")[2]
    lines = {}
    for line in last.split("\n"):
        if read := _TRAILER.fullmatch(line):
            lines[read[1]] = read[2]
    return lines


def proposing(subject: str, record: str, title: str, account: int) -> str:
    """The message of a version that is proposed."""
    return _message(subject, "", {"Fiche": record, "Titre": title, "Compte": str(account)})


def declining(proposal: Proposal, word: str) -> str:
    """The message by which a proposal is declined, with a word for its author."""
    trailer = {
        "Fiche": proposal.record,
        "Titre": proposal.title,
        "Compte": str(proposal.account),
        "Auteur": proposal.author,
        "Décision": _DECLINED,
    }
    return _message(f"Atelier : décline « {proposal.title} »", cleaned(word), trailer)


def accepting(proposal: Proposal) -> str:
    """The message of the version that brings a proposal into the published branch."""
    trailer = {"Fiche": proposal.record, "Compte": str(proposal.account)}
    return _message(f"Atelier : accepte « {proposal.title} » ({proposal.author})", "", trailer)


def _message(subject: str, text: str, trailer: Mapping[str, str]) -> str:
    lines = [f"{key} : {' '.join(value.split())}" for key, value in trailer.items() if value]
    parts = [" ".join(subject.split()), text, "\n".join(lines)]
    return "\n\n".join(part for part in parts if part) + "\n"


def cleaned(word: str) -> str:
    """A referent's word as a message holds it: its lines, without what a terminal would obey."""
    text = word.replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(printable(line).rstrip() for line in text.split("\n")).strip("\n")
