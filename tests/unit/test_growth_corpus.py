"""What a whole corpus costs grows as its records do: steps are counted, as in ``test_growth``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from test_growth import steps

from loosbot.corpus.check.load import whole_corpus
from loosbot.corpus.model import Corpus
from loosbot.corpus.privacy.consent import for_channel
from loosbot.corpus.tree import FolderTree
from loosbot.render.pages import render
from loosbot.trace.reports.whole import build
from loosbot.trace.rules import rules_of

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
import corpus as made_up

DAY = date(2030, 1, 1)
WORK: dict[str, tuple[int, Callable[[Corpus], object]]] = {
    "report": (100, lambda corpus: build(corpus, None, rules_of(corpus), DAY)),
    "pages": (20, lambda corpus: render(corpus, {}, DAY)),
}
"""Records of the smaller corpus: enough for what is made once not to hide the rest."""


@pytest.mark.slow
@pytest.mark.parametrize("work", WORK)
def test_a_corpus_costs_what_it_holds(work: str, tmp_path: Path) -> None:
    few, action = WORK[work]

    def cost(records: int) -> int:
        folder = tmp_path / str(records)
        made_up.write(folder, records)
        corpus = for_channel(whole_corpus(FolderTree(folder)), "rapport", DAY)
        return steps(lambda: action(corpus))

    cost(few)  # what is made once is made
    small, large = cost(few), cost(8 * few)
    # eight times the records: some eight times the work, and 64 where each looks at all others
    assert large < 10 * small, (small, large)
