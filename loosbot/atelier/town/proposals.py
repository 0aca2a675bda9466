"""What people propose: one branch each, told by the message of its last version. Pure.

A proposal is written by its author, again each time it is mended; a referent's decision that
declines it is a version of the same branch with the referent's words. It is accepted when the
published branch holds it.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from loosbot.atelier.desk.desk import About
from loosbot.corpus.dates import display
from loosbot.escaping import printable
from loosbot.push.receive import PROPOSALS

State = Literal["waiting", "declined", "accepted"]
_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,68}[a-z0-9])?", re.ASCII)
_TRAILER = re.compile(r"(Fiche|Compte|Auteur|Titre|Décision) : (.*)")
_TOGETHER = re.compile(r"^Co-authored-by: (.*)$", re.MULTILINE)
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_DECLINED = "déclinée"
LONGEST_WORD = 2_000
"""Signs of what a referent says of a proposal that is declined; more of them are refused."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """``tip`` is the commit of the branch; ``account`` the id of the author's account on the wiki,
    0 for a branch that somebody pushed; ``by`` who made its last version, ``tree`` the id of its
    files, ``word`` what a referent said who declined it."""

    id: str
    tip: str
    tree: str
    record: str
    title: str
    account: int
    author: str
    when: int
    state: State
    word: str
    by: str

    @property
    def branch(self) -> str:
        return PROPOSALS + self.id

    def is_told_by(self, message: str) -> bool:
        """Whether the message of a version is that of this proposal."""
        told = trailers(message)
        ours = self.record, str(self.account)
        return self.account > 0 and (told.get("Fiche"), told.get("Compte")) == ours

    @property
    def day(self) -> str:
        """The day of its last version, in words."""
        return display(datetime.fromtimestamp(self.when, UTC).date().isoformat())


@dataclass(frozen=True, slots=True)
class BranchTip:
    """The last version of a branch: who made it, when (seconds), and its message."""

    branch: str
    commit: str
    tree: str
    author: str
    when: int
    message: str


@dataclass(frozen=True, slots=True)
class BranchVersion:
    """A version of a branch: who made it, as a name and as git has it, and its message."""

    author: str
    identity: str
    message: str

    @property
    def identities(self) -> list[str]:
        """Who wrote it, and in it before."""
        return [*_TOGETHER.findall(self.message), self.identity]

    @property
    def is_decision(self) -> bool:
        """Whether it declines a proposal."""
        return "Décision" in trailers(self.message)

    @property
    def is_proposed(self) -> bool:
        """Whether its message tells of a proposal, and of no decision on one."""
        return "Compte" in trailers(self.message) and not self.is_decision

    def has_named(self, id_: str) -> bool:
        """Whether a proposal with this id may be what it tells of: :func:`new_id` made the id."""
        record = trailers(self.message).get("Fiche", "")
        return _stem(record.partition("/")[2]) == id_.rpartition("-")[0]


def is_id(text: str) -> bool:
    """Whether this may name a proposal, and so a branch."""
    return _ID.fullmatch(text) is not None


def new_id(stem: str) -> str:
    """An id for a proposal about this, which no other has."""
    mark = "".join(secrets.choice(_ALPHABET) for _ in range(6))
    return f"{_stem(stem)}-{mark}"


def _stem(name: str) -> str:
    return name[:40].strip("-") or "fiche"


def read_tip(tip: BranchTip, proposed: BranchVersion, accepted: bool) -> Proposal:
    """The proposal of a branch, told by the version that ``proposed`` it: the last one, or one
    that somebody added to with git."""
    trailer = trailers(proposed.message)
    subject, _, rest = proposed.message.partition("\n")
    account = trailer.get("Compte", "")
    declined = trailer.get("Décision") == _DECLINED
    state: State = "accepted" if accepted else "declined" if declined else "waiting"
    return Proposal(
        id=tip.branch.removeprefix(PROPOSALS),
        tip=tip.commit,
        tree=tip.tree,
        record=trailer.get("Fiche", ""),
        title=trailer.get("Titre", subject),
        account=int(account) if account.isdecimal() and len(account) < 16 else 0,
        author=trailer.get("Auteur", proposed.author),
        when=tip.when,
        state=state,
        word=rest.rstrip("\n").rpartition("\n\n")[0].strip("\n") if declined else "",
        by=tip.author,
    )


def trailers(message: str) -> dict[str, str]:
    """What the last paragraph of a message says of a proposal: never what somebody typed."""
    last = message.rstrip("\n").rpartition("\n\n")[2]
    lines = {}
    for line in last.split("\n"):
        if read := _TRAILER.fullmatch(line):
            lines[read[1]] = read[2]
    return lines


def proposing(about: About, account: int, author: str = "", others: Sequence[str] = ()) -> str:
    """The message of a version that is proposed; ``author`` is whose proposal it is where somebody
    else took it up, ``others`` who wrote in it before, as git has them."""
    trailer = {
        "Fiche": about.record,
        "Titre": about.title,
        "Compte": str(account),
        "Auteur": author,
    }
    message = _message(about.subject, "", trailer)
    return message + "".join(f"Co-authored-by: {identity}\n" for identity in others)


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
