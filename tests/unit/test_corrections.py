"""What the wiki said wrongly of its source document, and what it says since."""

from __future__ import annotations

from pathlib import Path

import pytest

from loosbot.corpus.load import load_corpus
from loosbot.corpus.tree import FolderTree

ROOT = Path(__file__).parents[2]
ROWS = [
    line.split("\t")
    for line in (ROOT / "tests/data/corrections.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("path", "before", "after", "section"), ROWS)
def test_a_distortion_does_not_come_back(path: str, before: str, after: str, section: str) -> None:
    text = " ".join((ROOT / path).read_text("utf-8").split())
    assert before not in text
    assert after in text
    assert section


def test_examples_of_a_kind_are_not_counted_as_projects() -> None:
    corpus = load_corpus(FolderTree(ROOT)).corpus
    assert corpus is not None
    kinds = ("peinture-local-associatif", "tapis-arts-martiaux", "vegetalisation")
    assert [one for one in kinds if f"fifty-fifty/{one}" in corpus.records] == []


def test_the_mayor_is_one_page_with_his_projects() -> None:
    corpus = load_corpus(FolderTree(ROOT)).corpus
    assert corpus is not None
    assert "acteur/maire" not in corpus.records
    pointing = {link.source for link in corpus.backlinks["acteur/jean-francois-caron"]}
    assert {
        "projet/faites-in-loos",
        "projet/carrot-mob",
        "projet/mam-les-petits-pieds",
        "projet/groupes-dechets",
        "projet/chti-taidx",
        "projet/statut-du-citoyen-engage",
        "page/formules",
    } <= pointing


@pytest.mark.parametrize(
    ("person", "records"),
    [
        (
            "acteur/didier-caron",
            {
                "fifty-fifty/chemins-ruraux",
                "fifty-fifty/coeur-de-loos",
                "fifty-fifty/matinee-proprete",
                "projet/rue-hoche",
                "projet/ateliers-securite-routiere",
            },
        ),
        (
            "acteur/christine-stievenard",
            {
                "projet/gestion-urbaine-proximite-quartier-ouest",
                "projet/seminaires-habitants",
                "projet/faites-in-loos",
            },
        ),
        ("acteur/geoffrey-mathon", {"fifty-fifty/matinee-proprete", "projet/chti-taidx"}),
    ],
)
def test_persons_are_linked_to_what_they_did(person: str, records: set[str]) -> None:
    corpus = load_corpus(FolderTree(ROOT)).corpus
    assert corpus is not None
    assert records <= {link.source for link in corpus.backlinks[person]}
