"""A record of which nothing is taken out stays the same object, and leads where it led: what the
consent filter gives is the same as if every record had been asked anew."""

from __future__ import annotations

import hashlib
import random
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import get_args

import corpora
import fiches
import pytest
from calls import calls_during

from loosbot.corpus.check.load import whole_corpus
from loosbot.corpus.linkorder import ordered
from loosbot.corpus.links import Linker
from loosbot.corpus.model import Corpus, Link
from loosbot.corpus.privacy.batch import all_at_once
from loosbot.corpus.privacy.consent import EVERY_DAY, Channel, for_channel
from loosbot.corpus.privacy.mask import Mask
from loosbot.corpus.privacy.mentions import MentionTest
from loosbot.corpus.privacy.strangers import Strangers
from loosbot.corpus.tree import FolderTree

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
import corpus as made_up

DAY = date(2030, 1, 1)
PEOPLE = {
    "narratives/acteur/lise.yaml": "type: acteur\ntitre: Lise Q.\ngenre: personne\n"
    "anciens_ids: [acteur/lise-q]\nconsentement: {etat: interne, portee: [soiree]}\n",
    "narratives/acteur/jean.yaml": "type: acteur\ntitre: Jean P.\ngenre: personne\n"
    "consentement: {etat: public, portee: [wiki, dump-public], jusquau: 2027}\n",
    "narratives/projet/banc.yaml": "type: projet\ntitre: Un banc\ninitiative: [acteur/lise]\n"
    "parent: projet/ensemble\n",
    "narratives/projet/ensemble.yaml": "type: projet\ntitre: Ensemble\nanciens_ids: [projet/tous]\n"
    "notes: ['Voir [le banc](projet/banc)']\n",
    "narratives/projet/four.yaml": "type: projet\ntitre: Le four\ninitiative: [acteur/jean]\n"
    "liens: [projet/tous, projet/banc]\ntexte: |\n  Voir [le banc](../projet/banc.yaml) et "
    "[elle](../acteur/lise-q.yaml).\n",
    "narratives/projet/vis.yaml": "type: projet\ntitre: Des vis\nliens: [projet/tous]\n"
    "texte: |\n  Voir [le banc](../projet/banc.yaml), encore "
    "[le banc](../projet/banc.yaml), et <b>rien</b>.\n",
}


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Corpus]:
    folder = tmp_path_factory.mktemp("towns")
    made_up.write(corpora.write(folder / "large", PEOPLE), 150)
    texts = {path: text.replace("TEXTE", "Un mot") for path, text in fiches.FILES.items()}
    return {
        "people": corpora.corpus(folder / "people", PEOPLE),
        "every field": corpora.corpus(folder / "fields", {**texts, **_others(texts)}),
        "large": whole_corpus(FolderTree(folder / "large")),
    }


def _others(texts: dict[str, str]) -> dict[str, str]:
    """Two persons beside records of every field; they are named nowhere, or in one of them."""
    return {path: text for path, text in PEOPLE.items() if "/acteur/" in path and path not in texts}


@pytest.mark.parametrize("aliased", [False, True], ids=["neutral", "alias"])
@pytest.mark.parametrize("channel", get_args(Channel))
@pytest.mark.parametrize("town", ["people", "every field", "large"])
def test_links_are_those_of_every_record_asked_anew(
    towns: dict[str, Corpus], town: str, channel: Channel, *, aliased: bool
) -> None:
    alias = _alias if aliased else None
    known, anew = towns[town], replace(towns[town], linked_from={})
    for day in (DAY, *EVERY_DAY):
        # what a day leaves is what the next one begins with
        known = for_channel(known, channel, day, alias)
        anew = for_channel(replace(anew, linked_from={}), channel, day, alias)
        assert known.links == anew.links
        assert known == anew


def _alias(who: str) -> str:
    return f"acteur/p-{hashlib.sha256(who.encode()).hexdigest()[:8]}"


def test_a_record_that_was_changed_since_is_asked_anew(towns: dict[str, Corpus]) -> None:
    town = towns["people"]
    vis = town.records["projet/vis"]
    other = replace(vis, data={**vis.data, "liens": ["projet/banc"]})
    shown = for_channel(
        replace(town, records={**town.records, "projet/vis": other}), "dump-public", DAY
    )
    assert Link("projet/vis", ("liens", 0), "projet/banc") in shown.links
    assert Link("projet/vis", ("liens", 0), "projet/ensemble") not in shown.links


def test_only_records_that_lose_something_are_walked_again(towns: dict[str, Corpus]) -> None:
    town = towns["large"]
    with_calls = calls_during(lambda: for_channel(replace(town), "wiki", DAY))
    shown = for_channel(town, "wiki", DAY)
    kept = sum(town.records.get(id_) is record for id_, record in shown.records.items())
    changed = len(shown.records) - kept
    others = len(shown.pages) + len(shown.indexes)
    assert kept > 140
    assert with_calls[Linker.check.__code__] == changed + others
    # many records are looked through at once
    assert with_calls[Mask._names_nobody.__code__] < len(shown.records) // 3


@pytest.mark.parametrize(
    "guilty", [set(), {0}, {39}, {3, 4, 5}, set(range(40)), set(range(0, 40, 2))]
)
def test_none_is_missed_however_many_are_asked_at_once(guilty: set[int]) -> None:
    asked = []

    def harmless(some: object) -> bool:
        assert isinstance(some, list)
        asked.append(len(some))
        return guilty.isdisjoint(some)

    assert list(all_at_once(list(range(40)), harmless)) == sorted(set(range(40)) - guilty)
    if not guilty:
        assert asked == [1, 2, 4, 8, 16, 9]


PIECES = (
    "Jean", "Paul D.", "Mme Durand", "Audrey Martin", "la rue de ", "M. le maire", "Lise Q.",
    "lise-q", "acteur/lise", "Lise", "Q.", "Dupont", "Durand", "&eacute;", "une vieille", "-",
    "grange du moulin toutes les planches", "Mme", "D. Roux", "acteur-lise", "le four", "É",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_texts_of_which_none_is_found_at_once_name_nobody_one_by_one(seed: int) -> None:
    drawn = random.Random(seed)  # noqa: S311 - texts, no secret
    people = {
        "narratives/acteur/lise.yaml": "type: acteur\ntitre: Lise Q.\ngenre: personne\n"
        "consentement: {etat: retire}\n",
    }
    looking = Strangers(["Jean"], ["Paul D."], ["Les amis du four"])
    mentions = _mention_test(people)
    for _ in range(30):
        texts = [
            " ".join(drawn.choices(PIECES, k=drawn.randint(1, 3)))
            for _ in range(drawn.randint(1, 4))
        ]
        each = [looking.in_field(text) or looking.in_text(text) for text in texts]
        assert not (looking.spares(texts) and any(each)), texts
        assert mentions.in_text("\n".join(texts)) or not any(map(mentions.in_text, texts)), texts
        assert looking.spares(texts[:1]) == (not each[0])


def _mention_test(files: dict[str, str]) -> MentionTest:
    with tempfile.TemporaryDirectory() as folder:
        return MentionTest(corpora.corpus(Path(folder), files))


def test_links_come_by_source_then_place_then_target() -> None:
    links = [
        Link("projet/b", ("liens", 10), "lieu/a"),
        Link("projet/b", ("liens", 2), "lieu/z"),
        Link("projet/b", ("liens", 2), "lieu/a"),
        Link("projet/b", ("liens", "x"), "lieu/a"),
        Link("projet/b", ("liens",), "lieu/a"),
        Link("projet/a", ("texte",), "lieu/a"),
        Link("projet/b", ("liens", 2), "lieu/a"),
    ]
    assert [(link.source, link.path, link.target) for link in ordered(links)] == [
        ("projet/a", ("texte",), "lieu/a"),
        ("projet/b", ("liens",), "lieu/a"),
        ("projet/b", ("liens", "x"), "lieu/a"),
        ("projet/b", ("liens", 2), "lieu/a"),
        ("projet/b", ("liens", 2), "lieu/z"),
        ("projet/b", ("liens", 10), "lieu/a"),
    ]
