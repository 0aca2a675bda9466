"""Where the frames of two blocks differ, and why no file can take what differs. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loosbot.decode.merging import merge
from loosbot.fields.lists import fact_of
from loosbot.frozen import dataclass

START = "Haut de la page"
MARKERS = "Marques du texte publié"
FROM_ELSEWHERE = (
    "ce passage vient d’autres fiches ou est calculé : modifiez la fiche d’où il vient, "
    "ou écrivez hors du texte publié"
)
BOX_GONE = (
    "l’encadré n’est plus dans le texte publié : remettez-le depuis l’historique de la page, ou "
    "videz-en les cases une à une"
)
BOX_CUT = (
    "des accolades ferment l’encadré avant sa fin : ôtez-les, ou remettez-le depuis l’historique "
    "de la page"
)
ROW_GONE = (
    "la ligne n’est plus dans le tableau, et ses faits restent dans la fiche : remettez-la depuis "
    "l’historique de la page, ou retirez-en les faits un à un"
)
TITLE_GONE = (
    "ce titre n’est plus là, et rien de ce qu’il annonçait n’est repris ni supprimé : remettez-le "
    "depuis l’historique de la page, ou changez les champs dans le fichier"
)
FACT_SPOILT = (
    "un fait s’écrit « * '''Nom''' : valeur », sous le nom que la page lui donne : remettez ce "
    "nom et ses signes, ou changez le champ dans le fichier"
)
NO_FIELD = (
    "aucun champ de la fiche ne tient ce texte à cet endroit : écrivez-le dans un champ, ou hors "
    "du texte publié"
)
HEADING = re.compile(r"(={2,6}) ?(.*?) ?\1\Z")
_OURS = re.compile(
    r"<!-- (/?)loosbot (?:[0-9a-f]{6}(?:-[0-9a-f]{6}-[0-9a-f]{10})?|[^\s|>]+ [^\s|>]+"
    r"(?: [0-9a-f]{16} \| [^|>]* \| Texte publié depuis le dépôt de la commune : "
    r"écrivez librement avant ou après\."
    r"| \| Fin du texte publié : ce qui suit est à vous\.)) -->"
)
"""A marker as we write it, or wrote it in format 1."""
_ROW = "\n! "
Marks = tuple[str, str]
"""The two comments around a block, as they stand."""


@dataclass(frozen=True, slots=True)
class Region:
    """A passage beside the pieces that a person changed: its lines ``before`` and ``after``.

    ``label`` is the title of the section where it stands. ``titles`` says that these lines are
    titles alone: of pieces that came or went.
    """

    label: str
    before: str
    after: str
    titles: bool = False

    @property
    def reason(self) -> str:
        """Why no file can take it, in French."""
        if self.before.count("{{") > self.after.count("{{"):
            return BOX_GONE
        if self.after.count("}}") > self.after.count("{{"):
            return BOX_CUT
        if f"\n{self.before}".count(_ROW) > f"\n{self.after}".count(_ROW):
            return ROW_GONE
        if fact_of(self.before.removeprefix("* ")) is not None:
            return FACT_SPOILT
        if self.titles and self.before:
            return TITLE_GONE
        return FROM_ELSEWHERE if self.before else NO_FIELD


def changed_marks(base: Marks, theirs: Marks, *, ours: bool) -> list[Region]:
    """What a person wrote in the two comments around a block.

    ``ours`` says that the block is whole by the hash that it names: it is one that we wrote, and
    somebody who undoes us brings back its comments with it, so that those words of ours in them
    that change (the hash, the title) are nobody's.
    """
    pairs = zip(base, theirs, strict=True)
    return [
        Region(MARKERS, before, after)
        for before, after in pairs
        if before != after and not (ours and _ours(before) == _ours(after))
    ]


def _ours(mark: str) -> str:
    """A marker without what in it is ours: two that are both as we write them are the same."""
    return _OURS.sub(r"<\1>", mark, count=1)


def regions(base: Sequence[str], theirs: Sequence[str], ours: Sequence[str]) -> list[Region]:
    """Where ``theirs`` differs from ``base`` and ``ours`` does not have it.

    Empty exactly when all that a person changed around the pieces stands in ``ours`` too.
    """
    splices, clashes = merge((base, base), (theirs, theirs), (ours, ours))
    changed = [(splice.old, splice.new) for splice in splices]
    changed += [(clash.base, clash.theirs) for clash in clashes]
    return [
        Region(
            _section(old, new, base, theirs),
            _shown(old),
            _shown(new),
            titles=all(HEADING.match(line) for line in (*old, *new)),
        )
        for old, new in changed
        if not _elsewhere(old, new, base, ours)
    ]


def _elsewhere(
    old: Sequence[str], new: Sequence[str], base: Sequence[str], ours: Sequence[str]
) -> bool:
    """Whether lines that a person added stand at another place in ``ours``, not in ``base``, and
    those that they took out do not: a section typed at the end of a page goes where all pages
    have it, and a newer layout has some passages elsewhere."""
    gone = not old or _count(old, ours) < _count(old, base)
    return bool(new) and gone and _count(new, ours) > _count(new, base)


def _count(lines: Sequence[str], among: Sequence[str]) -> int:
    size = len(lines)
    wanted = list(lines)
    return sum(list(among[n : n + size]) == wanted for n in range(len(among) - size + 1))


def _section(
    old: Sequence[str], new: Sequence[str], base: Sequence[str], theirs: Sequence[str]
) -> str:
    """The title above a passage."""
    lines, passage = (theirs, new) if new else (base, old)
    size = len(passage)
    at = next((n for n in range(len(lines)) if list(lines[n : n + size]) == list(passage)), 0)
    for line in reversed(lines[: at + 1]):
        if heading := HEADING.match(line):
            return heading[2]
    return START


def _shown(lines: Sequence[str]) -> str:
    return "\n".join(lines)
