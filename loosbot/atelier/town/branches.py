"""Proposals in a bare repository: listed, written, declined, accepted, taken back."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass

from loosbot.atelier.town import proposals
from loosbot.atelier.town.proposals import BranchTip, Proposal
from loosbot.errors import UserError
from loosbot.history import process
from loosbot.history.git import Repository
from loosbot.history.saving import move_branch, write_commit
from loosbot.push.receive import HEADS, PROPOSALS

_FORMAT = "%(refname)%00%(objectname)%00%(authorname)%00%(authordate:unix)%00%(contents)%00%00"
_LONGEST = 16 << 20
_MOST_WAITING = 60
"""Proposals of one person that wait at once: a program that posts without end fills no disk."""
_KEPT = 30 * 86_400
"""Seconds for which an accepted proposal is still told to its author."""


@dataclass(frozen=True, slots=True)
class Branches:
    """The proposals beside the ``published`` branch of a bare repository."""

    repository: Repository
    published: str

    def all(self) -> list[Proposal]:
        """Every proposal, the latest first."""
        listed = process.listing(
            self.repository.folder,
            "for-each-ref",
            f"--format={_FORMAT}",
            HEADS + PROPOSALS,
            most=_LONGEST,
        )
        tips = []
        for ref in listed.decode("utf-8", "replace").split("\0\0\n")[:-1]:
            name, commit, author, when, message = ref.split("\0", 4)
            branch = name.removeprefix(HEADS)
            if proposals.is_id(branch.removeprefix(PROPOSALS)):
                tips.append(BranchTip(branch, commit, author, int(when or 0), message))
        merged = process.run(
            self.repository.folder,
            "for-each-ref",
            f"--merged={HEADS}{self.published}",
            "--format=%(refname:lstrip=2)",
            HEADS + PROPOSALS,
        )
        return proposals.read_tips(tips, os.fsdecode(merged).split())

    def find(self, id_: str) -> Proposal | None:
        """The proposal with this id; None where there is none, or none any more."""
        return next((proposal for proposal in self.all() if proposal.id == id_), None)

    def base(self, proposal: Proposal) -> str:
        """The published commit that a proposal was written on. Raises UserError."""
        answer = process.attempt(
            self.repository.folder, "merge-base", HEADS + self.published, proposal.tip
        )
        if answer.returncode:
            raise UserError(
                "Cette proposition ne vient pas de ce qui est publié.",
                "Elle ne peut être reprise que par une personne qui connaît git.",
            )
        return answer.stdout.decode("ascii").strip()

    def files(self, proposal: Proposal) -> dict[str, str]:
        """The blobs of the files that a proposal changes, by path, "" for one that it removes."""
        base = self.base(proposal)
        changed = process.run(
            self.repository.folder,
            "diff-tree",
            "-r",
            "-z",
            "--no-renames",
            "--no-ext-diff",
            "--name-only",
            base,
            proposal.tip,
        )
        blobs = self.repository.blob_ids(proposal.tip)
        paths = [os.fsdecode(path) for path in changed.split(b"\0") if path]
        return {path: blobs.get(path, "") for path in paths}

    def propose(
        self,
        id_: str,
        on: str,
        files: Mapping[str, bytes],
        *,
        author: str,
        message: str,
        account: int,
    ) -> None:
        """Write a proposal on the published commit ``on``; anew where it was there.

        Raises BranchMoved, UserError.
        """
        known = self.all()
        old = next((proposal for proposal in known if proposal.id == id_), None)
        waiting = [
            proposal
            for proposal in known
            if proposal.account == account and proposal.state == "waiting"
        ]
        if old is None and len(waiting) >= _MOST_WAITING:
            raise UserError(
                f"Vous avez déjà {len(waiting)} propositions qui attendent.",
                "Attendez qu’elles soient lues. Votre texte est gardé.",
            )
        # the branch is written anew, without its older versions: they were corrected for a reason
        commit = write_commit(self.repository, (on,), files, author=author, message=message)
        move_branch(self.repository, PROPOSALS + id_, commit, old.tip if old else "")

    def decline(self, proposal: Proposal, word: str, author: str) -> None:
        """Decline a proposal with a word for its author. Raises BranchMoved, UserError."""
        commit = write_commit(
            self.repository,
            (proposal.tip,),
            {},
            author=author,
            message=proposals.declining(proposal, word),
        )
        move_branch(self.repository, proposal.branch, commit, proposal.tip)

    def take_back(self, proposal: Proposal) -> None:
        """Remove a proposal that was not accepted. Raises BranchMoved."""
        move_branch(self.repository, proposal.branch, "", proposal.tip)

    def tidy(self) -> None:
        """Forget the names of what was accepted long ago; the published branch holds it."""
        for proposal in self.all():
            if proposal.state == "accepted" and time.time() - proposal.when > _KEPT:
                self.take_back(proposal)
