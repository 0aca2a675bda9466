"""Proposals in a bare repository: listed, written, declined, accepted, taken back."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from loosbot.atelier.desk.desk import About
from loosbot.atelier.town import proposals
from loosbot.atelier.town.proposals import BranchTip, BranchVersion, Proposal
from loosbot.errors import UserError
from loosbot.history import process
from loosbot.history.git import Repository
from loosbot.history.saving import move_branch, write_commit
from loosbot.push.receive import HEADS, PROPOSALS

_FORMAT = "%00".join(
    f"%({name})"
    for name in ("refname", "objectname", "tree", "authorname", "authordate:unix", "contents")
)
_VERSION = "%an%x00%an <%ae>%x00%B"
_WRITTEN = "%at%x00%an%x00%B"
_END = "\0\0\n"
"""Behind each entry of a listing: no name and no message holds it."""
_MOST_VERSIONS = 100
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
            f"--format={_FORMAT}%00%00",
            HEADS + PROPOSALS,
            most=_LONGEST,
        )
        merged = process.run(
            self.repository.folder,
            "for-each-ref",
            f"--merged={HEADS}{self.published}",
            "--format=%(refname:lstrip=2)",
            HEADS + PROPOSALS,
        )
        published = set(os.fsdecode(merged).split())
        head = self.repository.resolve(HEADS + self.published) or ""
        known = []
        for ref in listed.decode("utf-8", "replace").split(_END)[:-1]:
            name, commit, tree, author, when, message = ref.split("\0", 5)
            branch = name.removeprefix(HEADS)
            if not proposals.is_id(branch.removeprefix(PROPOSALS)):
                continue
            accepted = branch in published
            proposed = BranchVersion(author, "", message)
            if "Compte" not in proposals.trailers(message):
                # somebody added to it with git: it is still the proposal of who made it
                id_ = branch.removeprefix(PROPOSALS)
                earlier = (
                    version
                    for version in self._versions(commit, whole=accepted)
                    if version.is_proposed and (not accepted or version.has_named(id_))
                )
                proposed = next(earlier, proposed)
            tip = BranchTip(branch, commit, tree, author, int(when or 0), message)
            proposal = proposals.read_tip(tip, proposed, accepted)
            if proposal.state == "waiting" and _was_copied(self, proposal, head):
                proposal = replace(proposal, state="accepted")
            known.append(proposal)
        return sorted(known, key=lambda proposal: (-proposal.when, proposal.id))

    def find(self, id_: str) -> Proposal | None:
        """The proposal with this id; None where there is none, or none any more."""
        return next((proposal for proposal in self.all() if proposal.id == id_), None)

    def _versions(self, tip: str, *, whole: bool = False) -> list[BranchVersion]:
        """The versions of a branch that are not published, the latest first; ``whole``: those that
        it was written on too."""
        listed = process.listing(
            self.repository.folder,
            "log",
            "--topo-order",
            f"--max-count={_MOST_VERSIONS}",
            f"--format={_VERSION}%x00%x00",
            tip,
            *(() if whole else (f"^{HEADS}{self.published}",)),
            most=_LONGEST,
        )
        entries = listed.decode("utf-8", "replace").split(_END)[:-1]
        return [BranchVersion(*entry.split("\0", 2)) for entry in entries]

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
        self, about: About, on: str, files: Mapping[str, bytes], *, author: str, account: int
    ) -> str:
        """Write a proposal on the published commit ``on``, and return its id.

        One that is taken up is written anew, and stays that of who made it first; where it changed
        since then, or was accepted, there are two. Raises BranchMoved, UserError.
        """
        known = self.all()
        old = next((proposal for proposal in known if proposal.id == about.proposal), None)
        if old and old.state == "accepted":
            about, old = replace(about, proposal=""), None
        changed = old is not None and about.tree not in ("", old.tree)
        waiting = [
            proposal
            for proposal in known
            if proposal.account == account and proposal.state == "waiting"
        ]
        if (old is None or changed) and len(waiting) >= _MOST_WAITING:
            raise UserError(
                f"Vous avez déjà {len(waiting)} propositions qui attendent.",
                "Attendez qu’elles soient lues. Votre texte est gardé.",
            )
        owner, first, others = account, "", list[str]()
        if old is not None and old.account not in (0, account):
            owner, first = old.account, old.author
        if old is not None and not (changed and owner == account):
            others = self._writers(old, author)
        id_ = about.proposal
        if not id_ or changed:
            id_ = proposals.new_id(about.record.partition("/")[2])
        # the branch is written anew, without its older versions: they were corrected for a reason
        message = proposals.proposing(about, owner, first, others)
        commit = write_commit(self.repository, (on,), files, author=author, message=message)
        move_branch(
            self.repository, PROPOSALS + id_, commit, old.tip if old and not changed else ""
        )
        return id_

    def _writers(self, proposal: Proposal, author: str) -> list[str]:
        """Who wrote in a proposal beside this author, as git has them."""
        versions = [version for version in self._versions(proposal.tip) if not version.is_decision]
        identities = [name for version in reversed(versions) for name in version.identities]
        return [name for name in dict.fromkeys(identities) if name != author]

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


@lru_cache(maxsize=1024)
def _was_copied(branches: Branches, proposal: Proposal, published: str) -> bool:
    """Whether the published branch, which is at this commit, got a proposal otherwise than by its
    own versions: every file as it stands there (``git merge --squash``, a copy), or its version
    written anew with other words (``git commit --amend``, a rebase), which keeps the message, the
    author and the author's date.

    Remembered, since every page lists every proposal, and each of them asks git five times.
    """
    try:
        base = branches.base(proposal)
    except UserError:
        return False  # of another history
    if base == published:
        return False
    files = branches.files(proposal)
    came = branches.repository.changed_since(base, published, files)
    if files and files.items() <= came:
        return True
    written = process.listing(
        branches.repository.folder,
        "log",
        f"--format={_WRITTEN}%x00%x00",
        published,
        f"^{base}",
        most=_LONGEST,
    )
    entries = (entry.split("\0", 2) for entry in written.decode("utf-8", "replace").split(_END))
    return any(
        entry[:2] == [str(proposal.when), proposal.by] and proposal.is_told_by(entry[2])
        for entry in entries
        if len(entry) > 2
    )
