"""Every field that a page of the shipped corpus shows is read as what its file says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.current import with_current_ids
from loosbot.corpus.model import Corpus
from loosbot.corpus.tree import FolderTree
from loosbot.corpus.values import at
from loosbot.decode.body import read_body
from loosbot.fields.lists import bullet_lines
from loosbot.fields.parameters import FICHES, STATED_TOGETHER
from loosbot.render.pages import default_titles, names_of, render
from loosbot.render.rendered import RenderedPage
from loosbot.wikitext.names import Names
from loosbot.wikitext.wikicode import Verbatim


def alike(shown: Any, written: Any) -> bool:
    """Whether a page's value is the file's; what is only compared, never read, counts as both."""
    if isinstance(shown, list) and isinstance(written, list):
        return len(shown) == len(written) and all(map(alike, shown, written))
    if isinstance(written, Mapping) and not isinstance(shown, Mapping):
        return list(written) in (["texte"], ["valeur"]) and shown in written.values()
    if not isinstance(shown, Mapping):
        return bool(shown == written and type(shown) is type(written))
    known = {key: value for key, value in shown.items() if not isinstance(value, Verbatim)}
    unread = set(shown) - set(known)
    left = {key for name in unread for key in name.split(", ")}
    spoken = {key: without_stop(key, value) for key, value in written.items() if key not in left}
    return isinstance(written, Mapping) and known == spoken


def without_stop(key: str, value: Any) -> Any:
    """What follows a lesson stands before a comma on the page, and loses its full stop there."""
    if key == "suite" and isinstance(value, Mapping) and len(value) > 1 and "quoi" in value:
        return {**value, "quoi": value["quoi"].removesuffix(".")}
    return value


@pytest.fixture(scope="module")
def shipped(checkout: Path) -> tuple[Corpus, Names, dict[str, RenderedPage]]:
    reading = load_corpus(FolderTree(checkout))
    assert reading.corpus is not None, reading.findings
    corpus = with_current_ids(reading.corpus)
    titles = default_titles(corpus)
    return corpus, names_of(corpus, titles), render(corpus, titles)


@pytest.mark.parametrize("record_type", sorted(FICHES))
def test_pages_read_as_their_files(
    record_type: str, shipped: tuple[Corpus, Names, dict[str, RenderedPage]]
) -> None:
    corpus, names, pages = shipped
    seen = 0
    for id_, page in pages.items():
        record = corpus.records.get(id_)
        if record is None or record.type != record_type:
            continue
        for path, slot in read_body(id_, page.body, names).items():
            if slot.decode is not None:
                values = [slot.decode(text, names) for text in slot.texts]
                shown = values[0] if slot.kind == "value" else values
                said = at(record.data, path)
                if said is None and path[:-1] in STATED_TOGETHER:
                    said = at(record.data, path[:-1])
                assert alike(shown, said), (id_, path, shown)
                seen += 1
    assert seen > 20


def test_an_item_ends_with_its_line_though_a_quote_goes_on() -> None:
    """``l'''Avenir''``: to the parser a bold, up to the next one."""
    text = "* Lu dans l'''Avenir''.\n\nUne '''phrase'''.\n* Deux"

    assert bullet_lines(text) == ("Une '''phrase'''.", ["Lu dans l'''Avenir''.", "Deux"])


@pytest.mark.parametrize(("then", "now"), [("", "Loos "), ("Loos ", ""), ("Loos ", "Lens ")])
def test_templates_of_another_prefix_are_called_as_today_and_those_of_others_as_typed(
    then: str, now: str
) -> None:
    titles = {f"modele/{name}": f"Modèle:{now}{name}" for name in ("Fil", "Provenance")}
    page = "{{%sFil |a}} {{%sFils}} {{%sX|{{%sFil}}}} {{{1|}}}\n{{%sProvenance\n}}"
    body, today = page % ((then,) * 5), page % (now, then, then, now, now)

    assert Names(titles, {}).called_today(body, body) == today.replace("Fil |", "Fil|")
    assert Names(titles, {}).called_today(today, today) == today


def test_a_template_that_somebody_moved_is_called_as_today() -> None:
    titles = {"modele/Fil": "Modèle:Le fil", "modele/Provenance": "Modèle:Provenance"}
    body = "{{Fil\n| a = {{ Fils }} {{Fil|b}}\n}}\n{{Provenance\n}}"

    assert Names(titles, {}).called_today(body, body) == body.replace("{{Fil", "{{Le fil")
