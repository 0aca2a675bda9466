"""A wiki published before format 2: its pages go on, with what people wrote in them.

``tests/data/format-1`` holds pages as they were published then, of the files of ``fiches``.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_pull import corpus_of, numbered, published, tree_of

from loosbot.corpus.tree import Overlay
from loosbot.decode.frame import outstanding, read_page
from loosbot.decode.threeway import meaning
from loosbot.fields.promises import take_promises
from loosbot.pull.carry import carry_back
from loosbot.pull.edits import EditedPage, WikiEdit, WikiEdits
from loosbot.pull.proof import PublishedCorpus, site_with
from loosbot.render.pages import some_pages
from loosbot.sync import block
from loosbot.sync.block import Key, MarkedBlock
from loosbot.wikitext.names import Names

DATA = Path(__file__).parents[1] / "data" / "format-1"
PAGES = {
    file.stem.replace("-", "/", 1) if not file.stem.startswith("fifty") else "fifty-fifty/chemins":
    file.read_text(encoding="utf-8")
    for file in sorted(DATA.glob("*.wiki"))
}  # fmt: skip


def old(id_: str) -> str:
    """The body of a page as it was published in format 1."""
    marked = block.find(PAGES[id_], Key("essai", id_))
    assert isinstance(marked, MarkedBlock)
    assert marked.block.intact
    return marked.block.body


# each is a whole pull; make quick plays one in ten, make test all
WORDS = [
    pytest.param(*word, marks=[pytest.mark.slow] if rank % 10 else [])
    for rank, word in enumerate(
        sorted((id_, int(n)) for id_ in PAGES for n in set(re.findall(r"texte (\d+)", old(id_))))
    )
]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> PublishedCorpus:
    files = numbered(lambda n, _: f"texte {n}")
    return published(tree_of(tmp_path_factory.mktemp("base"), files))


@pytest.fixture(scope="module")
def names(base: PublishedCorpus) -> Names:
    """They remember the pages that they were asked to read."""
    return site_with(base, base.corpus).names


@pytest.mark.parametrize("id_", PAGES)
def test_both_formats_say_the_same(id_: str, base: PublishedCorpus, names: Names) -> None:
    before, after = (
        {
            path: [meaning(text, slot, names) for text in slot.texts]
            for path, slot in read_page(id_, body, names).slots.items()
            if slot.kind != "fixed"
        }
        for body in (old(id_), base.rendered[id_].body)
    )

    assert before == after
    assert any("texte" in text for texts in before.values() for text in texts)


@pytest.mark.parametrize("id_", PAGES)
def test_a_page_that_nobody_edited_may_be_written_over(
    id_: str, base: PublishedCorpus, names: Names
) -> None:
    page = read_page(id_, old(id_), names)

    ours = read_page(id_, base.rendered[id_].body, names)
    assert outstanding(page, page, ours, names) == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize(("id_", "number"), WORDS)
def test_an_edit_of_an_old_page_is_pulled_then_the_page_moves_on(
    id_: str, number: int, base: PublishedCorpus, names: Names
) -> None:
    """Or it is named, and the page stays as the person left it: never written over unseen."""
    before = old(id_)
    after = re.sub(rf"texte {number}\b", "autre chose", before, count=1)
    edit = WikiEdit(7, "Camille", "", "", before, after)
    page = EditedPage(id_, base.titles[id_], (edit,))

    carried = carry_back(base, WikiEdits((page,), (), ()), one_by_one=False)

    corpus = corpus_of(Overlay(base.tree, carried.files))
    body = some_pages((id_,), corpus, base.titles)[id_].body
    sides = (read_page(id_, side, names) for side in (before, after, body))
    differences, regions = outstanding(*sides, names)
    assert (not differences and not regions) == carried.complete
    assert carried.complete == ("autre chose" in body)


@pytest.mark.slow
def test_a_promise_of_before_is_pulled_into_its_file(base: PublishedCorpus) -> None:
    id_ = "fifty-fifty/chemins"
    before = old(id_)
    after = re.sub(r"\| Quoi = texte \d+", "| Quoi = un banc", before, count=1)
    assert after != before
    page = EditedPage(id_, base.titles[id_], (WikiEdit(7, "Camille", "", "", before, after),))

    carried = carry_back(base, WikiEdits((page,), (), ()), one_by_one=False)

    assert carried.complete
    assert "quoi: un banc" in b"".join(carried.files.values()).decode()


def test_words_around_a_table_of_before_stay_though_a_quote_goes_on(names: Names) -> None:
    """``l'''Avenir''``: to the parser a bold, up to the next one, and the table in it."""
    before, after = "Lu dans l'''Avenir''.\n", "\n'''Fin''', dit Ada."
    call = "{{Engagement|Qui=Ada}}"
    table = f"<table><caption>Engagements</caption>{call}</table>"

    promises, rest = take_promises(f"{before}{table}{after}", names)

    assert promises == [("Engagements", (call,))]
    assert rest == before + after
