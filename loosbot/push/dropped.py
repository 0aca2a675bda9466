"""What others sent, kept in: no push makes versions of the published branch, or a proposal, go.

A bare repository keeps no list of where its branches were: what no branch holds any more is thrown
away by git itself some weeks later. What was accepted in the atelier of a town may be in no clone.
"""

from __future__ import annotations

from collections.abc import Iterable

from loosbot.errors import UserError
from loosbot.escaping import harmless
from loosbot.history.git import Repository
from loosbot.history.process import attempt, listing
from loosbot.push.forgotten import forgotten
from loosbot.push.receive import HEADS, PROPOSALS, Update

_LONGEST_LISTING = 64 << 20
"""Bytes: about a million commits."""
_LONGEST_SUBJECT = 80


def require_kept(repository: Repository, brought: Iterable[Update], published: str) -> None:
    """Raise UserError for a push after which no branch would hold what ``published``, or a
    proposal, holds now.

    Versions that were written again (``forgotten``) are meant to go, and so is a proposal that
    the published branch holds. That branch itself is not for this to keep from being deleted.
    """
    updates = list(brought)
    main = HEADS + published
    moved = {update.ref: update.new for update in updates}
    kept = repository.resolve(moved.get(main, main)) or ""
    for update in updates:
        if update.ref == main and update.new:
            if lost := _lost(repository, update.old, [update.new]):
                raise _backwards(repository, update, published, lost)
        elif update.ref.startswith(HEADS + PROPOSALS) and _lost(
            repository, update.old, [tip for tip in (update.new, kept) if tip]
        ):
            raise UserError(
                f"Votre envoi effacerait « {update.ref.removeprefix(HEADS)} », ce que quelqu’un "
                "a proposé et que la branche publiée n’a pas.",
                f"N’envoyez que votre travail : git push origin {published} (sans --mirror, "
                "--prune ni --force). Une proposition se décline, ou se retire par son auteur, "
                "dans l’atelier.",
            )


def _lost(repository: Repository, old: str, holding: list[str]) -> list[str]:
    """The commits that ``old`` holds and none of the others, newest first, less those that were
    written again."""
    if not old or repository.resolve(old) is None:
        return []
    output = listing(
        repository.folder, "rev-list", old, "--not", *holding, "--", most=_LONGEST_LISTING
    )
    commits = output.decode("ascii").split()
    rewritten = forgotten(repository.folder) if commits else frozenset()
    return [commit for commit in commits if commit not in rewritten]


def _backwards(
    repository: Repository, update: Update, published: str, lost: list[str]
) -> UserError:
    done = attempt(
        repository.folder, "show", "--no-patch", "--format=%s%x00%an%x00%cd",
        "--date=format:%d/%m/%Y", lost[0], "--",
    )  # fmt: skip
    subject, who, day = done.stdout.decode("utf-8", "replace").strip().split("\0")
    if len(subject) > _LONGEST_SUBJECT:
        subject = subject[:_LONGEST_SUBJECT] + "…"
    count = f"{len(lost)} versions" if len(lost) > 1 else "une version"
    joined = ", la dernière étant" if len(lost) > 1 else " :"
    if attempt(repository.folder, "merge-base", update.old, update.new).returncode:
        hint = (
            "Votre dossier n’a pas d’histoire commune avec ce dépôt : mettez vos fichiers de côté, "
            "refaites « git clone », remettez-les-y, puis git add, git commit, git push."
        )
    else:
        hint = (
            "Réunissez les deux, puis renvoyez sans forcer : git pull --no-rebase, puis git push. "
            "Pour défaire une version publiée : git revert, qui en fait une nouvelle."
        )
    return UserError(
        f"Votre envoi ferait disparaître de « {published} » {count} que le dépôt a déjà"
        f"{joined} « {harmless(subject)} », de {harmless(who)}, le {day}.",
        hint,
    )
