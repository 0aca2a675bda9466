"""What a block is cut into: pieces of wikitext, each with the field that it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

from loosbot.corpus.model import KeyPath
from loosbot.fields.parameters import Field
from loosbot.frozen import dataclass
from loosbot.wikitext.names import Names

Decoder = Callable[[str, Names], Any]
"""The value that a piece of wikitext shows; raises ``wikicode.Undecodable``."""
Kind = Literal["value", "items", "prose", "fixed"]


@dataclass(frozen=True, slots=True)
class Slot:
    """One field as a page shows it.

    ``texts`` holds one piece for a ``value``, one an item for ``items``, one a block for
    ``prose`` (Markdown under a heading of ``level``). A ``fixed`` slot is shown for readers and
    comes from no field of this file: what people change there cannot be carried back.
    ``path`` is the field, unique in a page; that of a fixed slot only names it. ``label`` is
    how the page names it, for messages.
    """

    path: KeyPath
    kind: Kind
    texts: tuple[str, ...]
    label: str
    decode: Decoder | None = None
    level: int = 0


Slots = dict[KeyPath, Slot]


def is_same(slot: Slot, other: Slot) -> bool:
    """Whether two slots of one path hold the same: then they say the same, without decoding."""
    return (slot.texts, slot.kind, slot.label, slot.level) == (
        other.texts,
        other.kind,
        other.label,
        other.level,
    )


def by_path(slots: Iterable[Slot]) -> Slots:
    """Slots by path. A second one of the same path means that a person doubled something:
    both become one piece that cannot be carried back."""
    placed: Slots = {}
    for slot in slots:
        before = placed.get(slot.path)
        if before is None:
            placed[slot.path] = slot
        else:
            texts = (*before.texts, *slot.texts)
            placed[slot.path] = Slot(slot.path, "fixed", texts, slot.label)
    return placed


def fixed(text: str, label: str, *more: str | int) -> list[Slot]:
    """A piece that is not ours to read, unless there is nothing there."""
    text = text.strip()
    return [Slot(("§", label, *more), "fixed", (text,), label)] if text else []


COUNT = "nombre de voix"
CALLS = "appels de "
"""Begins the label of the fixed slot that counts the calls of a box."""
CARDS = "suite des étapes"


def boxes(slots: Slots) -> frozenset[str]:
    """The names of the boxes that a page shows: of its fiche, its clauses, its stages."""
    named: set[str] = set()
    for slot in slots.values():
        if slot.label.startswith(CALLS) and slot.texts != ("0",):
            named.add(slot.label.removeprefix(CALLS))
        elif slot.label == CARDS:
            named.update(", ".join(slot.texts).split(", "))
    return frozenset(named)


def unboxed(slots: Slots) -> frozenset[str]:
    """The names of the boxes that are gone while what stood in their part is not."""
    counts = (slot for slot in slots.values() if slot.label.startswith(CALLS))
    return frozenset(count.label.removeprefix(CALLS) for count in counts if count.texts == ("0",))


def values(
    fields: Iterable[Field], texts: dict[str, str], prefix: KeyPath, label: str
) -> list[Slot]:
    """The slots of a template call: one a parameter that is filled in.

    ``texts`` maps parameters to wikitext; those that no field explains are fixed.
    """
    rest = {name: text for name, text in texts.items() if text}
    slots = []
    for field in fields:
        if text := rest.pop(field.parameter, ""):
            path = (*prefix, *field.path)
            slots.append(
                Slot(path, "value", (text,), f"{label} : {field.parameter}", field.codec.decode)
            )
    for name, text in rest.items():
        slots += fixed(text, f"{label} : {name}", *prefix)
    return slots
