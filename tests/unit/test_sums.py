"""The sums of a page that are known from before are those that would be made now."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from calls import calls_during

from loosbot.render.rendered import RenderedPage
from loosbot.sync import block
from loosbot.sync.block import Key
from loosbot.sync.pagehashes import KnownHashes, Sums
from loosbot.sync.planned import digest

KEY = Key("essai", "projet/banc")
PAGE = RenderedPage("projet/banc", "Un banc", "Du bois.\n[[Catégorie:Fiches]]")
OTHERS = {
    "the same": (KEY, "Un banc", PAGE),
    "another text": (KEY, "Un banc", RenderedPage("projet/banc", "Un banc", "De la pierre.")),
    "another title": (KEY, "Le banc", PAGE),
    "a template": (KEY, "Un banc", RenderedPage("projet/banc", "Un banc", PAGE.body, "template")),
    "another record": (Key("essai", "projet/four"), "Un banc", PAGE),
    "another corpus": (Key("autre", "projet/banc"), "Un banc", PAGE),
}


def made(key: Key, title: str, page: RenderedPage) -> Sums:
    text = block.write(block.make(key, title, page.body, page.kind))
    return Sums(hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest(), digest(text))


def kept(notes: dict[str, Any]) -> dict[str, Any]:
    """The notes as the next run reads them."""
    read: dict[str, Any] = json.loads(json.dumps(notes))
    return read


@pytest.mark.parametrize("asked", OTHERS.values(), ids=OTHERS)
def test_known_sums_are_those_of_the_page(asked: tuple[Key, str, RenderedPage]) -> None:
    notes: dict[str, Any] = {}
    assert KnownHashes(notes).of(KEY, "Un banc", PAGE) == made(KEY, "Un banc", PAGE)
    assert KnownHashes(kept(notes)).of(*asked) == made(*asked)


def test_a_page_that_did_not_change_is_not_made_again() -> None:
    notes: dict[str, Any] = {}
    KnownHashes(notes).of(KEY, "Un banc", PAGE)
    again = KnownHashes(kept(notes))
    calls = calls_during(lambda: again.of(*OTHERS["the same"]) and again.of(*OTHERS["a template"]))
    assert calls[block.make.__code__] == 1


def test_only_what_was_asked_last_is_kept_and_names_nobody() -> None:
    notes: dict[str, Any] = {}
    first = KnownHashes(notes)
    for asked in OTHERS.values():
        first.of(*asked)
    after = kept(notes)
    untouched = kept(notes)
    KnownHashes(untouched)
    assert untouched == after  # a run that compares nothing, such as one that is undone
    KnownHashes(after).of(KEY, "Un banc", PAGE)
    (pages,) = after.values()
    assert len(pages) == 1
    assert "banc" not in json.dumps(after)


@pytest.mark.parametrize("odd", [None, 3, [], {"a": 1}, {"a": ["b"]}, {"a": None}])
def test_odd_notes_are_no_notes(odd: object) -> None:
    notes: dict[str, Any] = {}
    KnownHashes(notes).of(KEY, "Un banc", PAGE)
    (name,) = notes
    assert KnownHashes({name: odd}).of(KEY, "Un banc", PAGE) == made(KEY, "Un banc", PAGE)


def test_what_cannot_be_written_is_told_each_time() -> None:
    notes: dict[str, Any] = {}
    for _ in range(2):
        with pytest.raises(ValueError, match="vide"):
            KnownHashes(notes).of(KEY, "Un banc", RenderedPage("projet/banc", "Un banc", "\n"))
        notes = kept(notes)
