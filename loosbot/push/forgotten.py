"""Refusing commits that a rewrite of history removed: an old clone would push them back.

``git filter-repo`` leaves a list of the commits before and after. Copied beside the bare
repository, it names what no push may bring any more. It holds numbers alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from loosbot.errors import UserError
from loosbot.history.git import Repository, short
from loosbot.history.process import listing
from loosbot.push.receive import Update

FILE = "loosbot.oublies"
_LINE = re.compile(r"([0-9a-f]{40,64}) ([0-9a-f]{40,64})")
_LONGEST_LISTING = 64 << 20
"""Bytes: about a million commits."""


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
    tips = [tip for update in brought if rewritten and (tip := repository.resolve(update.new))]
    if not tips:
        return
    output = listing(
        repository.folder, "rev-list", *tips, "--not", "--all", "--", most=_LONGEST_LISTING
    )
    for commit in output.decode("ascii").split():
        if commit in rewritten:
            raise UserError(
                f"Votre copie vient d’avant la réécriture de l’histoire : elle ramènerait "
                f"{short(commit)}, et les mots d’une personne qui a retiré son accord.",
                "Mettez de côté vos fichiers changés, supprimez cette copie, refaites « git "
                "clone », remettez-y vos fichiers, puis renvoyez.",
            )
