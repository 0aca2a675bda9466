"""What is known of records in which nothing was found changes no answer at any later run."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

import corpora
import pytest
from calls import calls_during
from test_grown import CHANGES, TALE
from test_spared import DAY, PEOPLE

from loosbot.corpus.check import cachefolder
from loosbot.corpus.check.filecache import HASHES, read_cache, write_cache
from loosbot.corpus.check.load import load_corpus, whole_corpus
from loosbot.corpus.model import Corpus
from loosbot.corpus.privacy.consent import EVERY_DAY, Channel, for_channel, for_days
from loosbot.corpus.privacy.mask import Mask
from loosbot.corpus.tree import FolderTree

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
import corpus as made_up

TOWN = {**PEOPLE, "narratives/recit/soir.yaml": TALE}


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "cache"
    cachefolder.use(None)


def shown(folder: Path, cache: Path | None) -> dict[Channel, Corpus] | None:
    """What each channel shows, as if it were a process of its own; None of a corpus with faults."""
    cachefolder.use(cache)
    corpus = load_corpus(FolderTree(folder)).corpus
    if corpus is None:
        return None
    return {channel: for_days(corpus, channel, (DAY, *EVERY_DAY)) for channel in get_args(Channel)}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_shows_what_it_shows_where_nothing_is_known(
    change: Mapping[str, str], tmp_path: Path, cache: Path
) -> None:
    folder = corpora.write(tmp_path / "town", TOWN)
    for files in ({}, change, TOWN, change):
        corpora.write(folder, files)
        assert shown(folder, cache) == shown(folder, None)


def asked(folder: Path, cache: Path) -> int:
    """How often texts are looked through for who is masked."""
    cachefolder.use(cache)
    corpus = whole_corpus(FolderTree(folder))
    return calls_during(lambda: for_channel(corpus, "wiki", DAY))[Mask._names_nobody.__code__]


def test_the_next_run_asks_what_changed_and_a_sample(tmp_path: Path, cache: Path) -> None:
    folder = corpora.write(tmp_path / "town", TOWN)
    made_up.write(folder, 400)
    first = asked(folder, cache)
    again = asked(folder, cache)
    assert again < first / 2
    (folder / "narratives/projet/vis.yaml").write_text("type: projet\ntitre: Des vis\n", "utf-8")
    assert asked(folder, cache) <= again + 2


def test_what_is_kept_is_hashes_of_what_is_there(tmp_path: Path, cache: Path) -> None:
    folder = corpora.write(tmp_path / "town", TOWN)
    shown(folder, cache)
    (kept,) = cache.rglob(HASHES)
    for text in read_cache(kept)["clear"].items():
        assert re.fullmatch("[0-9a-f]+", "".join(text))
    before = max(len(keys) for keys in read_cache(kept)["clear"].values())
    (folder / "narratives/projet/vis.yaml").unlink()
    shown(folder, cache)
    after = read_cache(kept)["clear"]
    assert before > max(len(keys) for keys in list(after.values())[-2:])


@pytest.mark.parametrize("spoiled", ["[", '{"clear": 3}', "{}", "every file"])
def test_a_file_that_lies_is_not_believed(spoiled: str, tmp_path: Path, cache: Path) -> None:
    # so few records that all are asked again
    town = {path: text for path, text in TOWN.items() if "acteur/" in path or "/four" in path}
    town["narratives/projet/four.yaml"] = (
        "type: projet\ntitre: Le four\nnotes: ['Lise Q. l’allume']\n"
    )
    folder = corpora.write(tmp_path / "town", town)
    right = shown(folder, cache)
    (kept,) = cache.rglob(HASHES)
    if spoiled == "every file":
        data = read_cache(kept)
        (entry,) = [path for path in kept.parent.glob("?.json") if "four" in path.read_text()]
        every = "".join(key[:24] for key in read_cache(entry)["entries"])
        data["clear"] = dict.fromkeys(data["clear"], every)
        write_cache(kept, data)
    else:
        kept.write_text(spoiled, "utf-8")
    assert shown(folder, cache) == right == shown(folder, None)
