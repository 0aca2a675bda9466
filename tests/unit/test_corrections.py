"""What the wiki said wrongly of its source document, and what it says since."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.citations import passages
from loosbot.corpus.tree import FolderTree
from loosbot.render.pages import default_titles, render

ROOT = Path(__file__).parents[2]
TABLES = (ROOT / "docs/exactitude.md").read_text("utf-8").split("\n## ")[1:]
UNCHANGED = {"inchangé", "absent", "fiche absente", "déjà porté", "absent, ou abrégé"}
"""What « Avant » says where it quotes nothing."""
_PIPE = re.compile(r"(?<!\\)\|")


def rows(table: str) -> list[list[str]]:
    """The cells of each row, without the header."""
    lines = [line for line in table.splitlines() if line.startswith("| ")][1:]
    cells = [_PIPE.split(line.strip("|")) for line in lines]
    return [[cell.strip().replace("\\|", "|") for cell in row] for row in cells]


DRAWN, DISTORTED, PASSAGES = (rows(TABLES[number]) for number in range(3))
ROWS = [(row[-1].strip("`"), row[-3], row[-2]) for row in (*DRAWN, *DISTORTED, *PASSAGES)]


def one_line(text: str) -> str:
    return " ".join(text.replace("'", "’").split())


@pytest.mark.parametrize(("path", "before", "after"), ROWS)
def test_a_distortion_does_not_come_back(path: str, before: str, after: str) -> None:
    text = one_line((ROOT / path).read_text("utf-8"))
    assert one_line(after) in text
    assert before in UNCHANGED or one_line(before) not in text


def test_the_tables_are_whole() -> None:
    assert [row[0] for row in DRAWN] == [str(number) for number in range(1, 61)]
    assert len(DISTORTED) == len({(row[-1], row[1]) for row in DISTORTED}) == 105
    assert len(PASSAGES) == 62


def test_each_row_names_a_section_that_exists() -> None:
    document = yaml.safe_load((ROOT / "narratives/source/referentiel.yaml").read_text("utf-8"))
    passages_ = passages([("source/referentiel", document)])["source/referentiel"]
    sections = [cell for row in DRAWN for cell in row[1].split(" ; ")]
    sections += [cell for row in DISTORTED for cell in row[0].split(" ; ")]
    sections += [cell for row in PASSAGES for cell in row[1].split(" ; ")]
    marks = [
        section.split(" ") if section.startswith("n. ") else ["§", section] for section in sections
    ]
    assert [mark for mark in marks if not passages_.has(mark[0], mark[1])] == []


def test_examples_of_a_kind_are_not_counted_as_projects() -> None:
    corpus = load_corpus(FolderTree(ROOT)).corpus
    assert corpus is not None
    kinds = ("peinture-local-associatif", "tapis-arts-martiaux", "vegetalisation")
    assert [kind for kind in kinds if f"fifty-fifty/{kind}" in corpus.records] == []


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


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.parametrize(
    ("person", "tales"),
    [
        ("acteur/francois-ruffin", []),
        ("acteur/angelique-c", ["De grands pas pour les petits pieds"]),
        ("acteur/mig", ["Jamais sans ma pince"]),
    ],
)
def test_a_person_is_listed_with_no_tale_of_others(person: str, tales: list[str]) -> None:
    titles, bodies = shipped()
    assert [title for title in titles if title in bodies[person]] == tales


@cache
def shipped() -> tuple[list[str], dict[str, str]]:
    """The titles of the récits, and the body of each page."""
    corpus = load_corpus(FolderTree(ROOT)).corpus
    assert corpus is not None
    pages = render(corpus, default_titles(corpus))
    titles = [record.title for record in corpus.records.values() if record.type == "recit"]
    return titles, {page.id: page.body for page in pages.values()}


def test_what_was_brought_to_its_end_was_done() -> None:
    """A project that is « abouti » and whose making nobody attests contradicts itself.

    The two that are left are diagnoses: what the sources tell of them stands under that stage.
    """
    bodies = {
        name: body
        for name, body in shipped()[1].items()
        if name.startswith(("projet/", "fifty-fifty/")) and "| Statut = Abouti" in body
    }
    unknown = [
        name
        for name, body in bodies.items()
        if re.search(r"^\| Réalisation = (?:inconnu|non renseigné)$", body, re.MULTILINE)
    ]
    assert len(bodies) > 15
    assert unknown == ["projet/diagnostic-en-marchant", "projet/revision-pos-1995-1999"]
