"""What is required of a push beside a sound corpus: dates, and that nothing goes or comes back.

No push makes versions of the published branch, or a proposal, go. A bare repository keeps no list
of where its branches were: what no branch holds any more is thrown away by git itself some weeks
later. What was accepted in the atelier of a town may be in no clone.

Nor does one bring back commits that a rewrite of history removed, which an old clone would.
``git filter-repo`` leaves a list of the commits before and after. Copied beside the bare
repository, it names what no push may bring any more. It holds numbers alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from loosbot.errors import UserError
from loosbot.escaping import harmless
from loosbot.history import dates
from loosbot.history.git import Repository, short
from loosbot.history.process import attempt, listing
from loosbot.push.receive import HEADS, PROPOSALS, Update

FILE = "loosbot.oublies"
_LINE = re.compile(r"([0-9a-f]{40,64}) ([0-9a-f]{40,64})")
_LONGEST_LISTING = 64 << 20
"""Bytes: about a million commits."""
_LONGEST_SUBJECT = 80


def require_dates(repository: Repository, brought: Iterable[Update], now: datetime) -> None:
    """Raise UserError for a commit whose date nobody could have given it, on whatever branch.

    A date ahead of time would open what is sealed until then, and one that no calendar has stops
    tools that read the history. Commits that a branch holds already are not looked at again.
    """
    log = ("log", "--no-color", "--no-show-signature", "--no-patch", "--format=%H;%ct;%at")
    for line in _brought(repository, brought, *log):
        commit, committed, authored = line.split(";")
        if wrong := dates.fault(committed, now) or dates.fault(authored, now):
            raise UserError(
                f"La date du commit {short(commit)} est {wrong}.",
                "Mettez votre ordinateur à l’heure, refaites ce commit "
                "(git commit --amend --no-edit --reset-author --date=now), puis renvoyez.",
            )


def forgotten(folder: Path) -> frozenset[str]:
    """The commits that were written again, by their old names. Raises UserError."""
    try:
        lines = (folder / FILE).read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return frozenset()
    except (OSError, ValueError) as error:
        raise UserError(
            f"{folder / FILE} ne se lit pas.",
            "Copiez-y de nouveau .git/filter-repo/commit-map, ou retirez-le.",
        ) from error
    pairs = (match.groups() for line in lines if (match := _LINE.fullmatch(line.strip())))
    return frozenset(old for old, new in pairs if old != new)


def require_rewritten(repository: Repository, brought: Iterable[Update]) -> None:
    """Raise UserError for a push that would bring back a commit which was written again."""
    rewritten = forgotten(repository.folder)
    for commit in _brought(repository, brought, "rev-list") if rewritten else ():
        if commit in rewritten:
            raise UserError(
                f"Votre copie vient d’avant la réécriture de l’histoire : elle ramènerait "
                f"{short(commit)}, et les mots d’une personne qui a retiré son accord.",
                "Mettez de côté vos fichiers changés, supprimez cette copie, refaites « git "
                "clone », remettez-y vos fichiers, puis renvoyez.",
            )


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
    commits = _listed(repository, "rev-list", old, "--not", *holding)
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


def _brought(repository: Repository, updates: Iterable[Update], *command: str) -> list[str]:
    """What a command of git says, a line each, of the commits that a push brings and no branch
    holds."""
    # a tag may be on something else than a commit
    tips = [tip for update in updates if (tip := repository.resolve(update.new))]
    return _listed(repository, *command, *tips, "--not", "--all") if tips else []


def _listed(repository: Repository, *command: str) -> list[str]:
    output = listing(repository.folder, *command, "--", most=_LONGEST_LISTING)
    return output.decode("ascii").splitlines()
