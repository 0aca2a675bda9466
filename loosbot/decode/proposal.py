"""A page that somebody wrote on the wiki to propose a record: its category, the words that it
starts from, the line by which its file names it, and whether a record says all that it says.
Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from loosbot.corpus.model import KeyPath
from loosbot.corpus.wording import folded
from loosbot.decode.body import read_body
from loosbot.decode.threeway import meanings
from loosbot.fields.slots import CALLS, COUNT, Slot
from loosbot.frozen import dataclass
from loosbot.render.categories import PROPOSALS
from loosbot.wikitext.names import CATEGORY_NAMESPACE, Names
from loosbot.wikitext.notes import cited_in_full

SAMPLE_WHO = "Qui parle"
SAMPLE_WORDS = "Ses mots, à la place de ceux-ci."
SAMPLE_SUMMARY = "En une ou deux phrases, de quoi il s’agit, à la place de celle-ci."
SAMPLES = (SAMPLE_WORDS, SAMPLE_SUMMARY)
_HEAD = re.compile(r"^# Proposé sur le wiki : page (\d{1,15}), version (\d{1,15})$", re.MULTILINE)
_HEADING = re.compile(r"^===+[ \t]*(.+?)[ \t]*===+[ \t]*$", re.MULTILINE)
_VOICES = "voix"
_NOTHING = ("Sources", COUNT)


def head(pageid: int, revision: int) -> str:
    """The comment of a file that names the page and revision it was read from."""
    return f"# Proposé sur le wiki : page {pageid}, version {revision}\n"


def source_of(data: bytes) -> tuple[int, int] | None:
    """The page and the version that a file was read from; None for any other file."""
    source = _HEAD.search(data[:400].decode("utf-8", "replace"))
    return (int(source[1]), int(source[2])) if source else None


def slots_of(id_: str, text: str, names: Names) -> Iterator[tuple[Slot, Slot | None]]:
    """What a proposed page says: each piece as it was read, and the field that it fills, None
    where no field says it. What nobody filled in is left out."""
    content = _filed(names.titles.get(PROPOSALS, "")).sub("", text).strip("\n")
    for slot in read_body(id_, cited_in_full(content), names).values():
        written = "\n\n".join(slot.texts).strip()
        if (
            slot.label in _NOTHING
            or slot.label.startswith(CALLS)
            or not written
            or written in SAMPLES
        ):
            continue
        yield slot, _summary(slot) if slot.kind == "fixed" else slot


@cache
def _filed(title: str) -> re.Pattern[str]:
    """The link that files a page in the category of this title."""
    name = re.escape(title.removeprefix(CATEGORY_NAMESPACE)).replace("\\ ", "[ _]+")
    form = rf"\[\[\s*(?:catégorie|category)\s*:\s*{name or '(?!)'}\s*(?:\|[^\]\n]*)?\]\]"
    return re.compile(form, re.IGNORECASE)


def _summary(slot: Slot) -> Slot | None:
    """What stands above the first heading is the summary, however it is typed."""
    if slot.label != "Haut de la page":
        return None
    return Slot(("resume",), "prose", slot.texts, "Résumé", level=2)


@dataclass(frozen=True, slots=True)
class UnshownPiece:
    """A piece of a proposed page that the page of its record would not show.

    ``why`` is one of: no field holds it, the page would say it otherwise, its voice is not shown, a
    heading of the author is missing. ``path`` is the field, () for none.
    """

    path: KeyPath
    label: str
    why: Literal["nowhere", "otherwise", "voice", "title"]

    @property
    def sentence(self) -> str:
        return {
            "nowhere": f"« {self.label} » n’est pas dans la fiche",
            "otherwise": f"« {self.label} » n’est pas le même dans la fiche",
            "voice": "une voix n’y paraîtrait pas : écrivez son accord dans la fiche",
            "title": f"le titre « {self.label} » n’est pas dans la fiche",
        }[self.why]


def unsaid(id_: str, proposed: str, ours: str, names: Names) -> tuple[UnshownPiece, ...]:
    """What a proposed page says and our page of its record would not.

    A page is taken over only where there is none: nothing that somebody wrote goes.
    """
    return tuple(_unsaid(id_, proposed, ours, names))


def _unsaid(id_: str, proposed: str, ours: str, names: Names) -> Iterator[UnshownPiece]:
    shown = read_body(id_, cited_in_full(ours), names)
    for slot, field in slots_of(id_, proposed, names):
        if field is None:
            yield UnshownPiece((), slot.label, "nowhere")
            continue
        mine = shown.get(field.path)
        if mine is None or meanings(mine, names) != meanings(field, names):
            hidden = field.path[0] == _VOICES and mine is None
            yield UnshownPiece(field.path, field.label, "voice" if hidden else "otherwise")
    words = folded(ours)
    for title in _HEADING.findall(proposed):
        if title != SAMPLE_WHO and folded(title) not in words:
            yield UnshownPiece((), title, "title")
