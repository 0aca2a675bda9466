"""Every section that a fact, a rule or a word cites is one that the document has."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from corpora import write

from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.citations import Passages, passages
from loosbot.corpus.tree import FolderTree

ROOT = Path(__file__).parents[2]
REFERENTIEL = passages(
    [
        (
            "source/referentiel",
            yaml.safe_load((ROOT / "narratives/source/referentiel.yaml").read_text("utf-8")),
        )
    ]
)["source/referentiel"]


def exists(mark: str) -> bool:
    note = mark.removeprefix("n. ")
    return REFERENTIEL.has("n." if note != mark else "§", note)


def test_the_list_of_sections_is_whole() -> None:
    assert len(REFERENTIEL.sections) == 112
    assert REFERENTIEL.notes == 43
    for absent in ("2.2", "2.6", "3.4.1", "6.1.2.1", "A4", "B8"):
        assert absent not in REFERENTIEL.sections


def test_the_shipped_corpus_cites_only_passages_that_exist() -> None:
    reading = load_corpus(FolderTree(ROOT))
    assert [finding for finding in reading.findings if finding.code == "passage-inconnu"] == []


def cited_in_text(text: str) -> Iterator[str]:
    """``(réf. 4.4.2, n. 35 et B5)``, ``§ 5.6`` and the last cell of a table of references."""
    for inside in re.findall(r"\(réf\. ([^)]*)\)", text):
        yield from re.split(r"\s*(?:[;,]|\bet\b)\s*", inside)
    yield from re.findall(r"§ ?([0-9AB][0-9.]*(?:-enc\.|[ab])?)", text)


@pytest.mark.parametrize(
    "path",
    sorted([*ROOT.glob("pages/*.md"), *ROOT.glob("pages/index/*.yaml")]),
    ids=lambda path: path.stem,
)
def test_pages_cite_sections_that_exist(path: Path) -> None:
    marks = [mark.strip().rstrip(".") for mark in cited_in_text(path.read_text("utf-8"))]
    marks = [
        f"{mark}." if mark.endswith("-enc") else mark
        for mark in marks
        if re.match(r"[0-9ABn]", mark)
    ]
    assert [mark for mark in marks if not exists(mark)] == []


def test_rules_and_vocabularies_cite_sections_that_exist() -> None:
    rules = yaml.safe_load((ROOT / "schemas/regles.yaml").read_text("utf-8"))["regles"]
    cited = [(rule["code"], rule["section"]) for rule in rules if "section" in rule]
    for path in sorted((ROOT / "schemas/vocabulaires").glob("*.json")):
        for term in json.loads(path.read_text("utf-8"))["oneOf"]:
            marks = re.split(r"\s*[;,]\s*", term.get("x-section", ""))
            cited += [(f"{path.stem} : {term['const']}", mark) for mark in marks if mark]
    assert [citation for citation in cited if not exists(str(citation[1]))] == []
    assert len(cited) > 100


def test_no_section_stands_for_a_whole_vocabulary() -> None:
    """One reference for fourteen subjects says nothing of any of them."""
    for path in sorted((ROOT / "schemas/vocabulaires").glob("*.json")):
        terms = json.loads(path.read_text("utf-8"))["oneOf"]
        cited = [term["x-section"] for term in terms if "x-section" in term]
        assert len(cited) < 4 or len(set(cited)) > 2, path.stem


def test_the_legend_of_the_references_is_published() -> None:
    legend = (ROOT / "pages/index/sources.yaml").read_text("utf-8")
    for sign in ("« n. »", "« -enc. »", "« A »", "« B »", "6.1.2.1a"):
        assert sign in legend


SOURCE = (
    "type: source\ntitre: Le carnet\nsections:\n"
    '  - {repere: "2", titre: Les faits}\n  - {repere: A1}\nnotes_de_bas_de_page: 3\n'
)


@pytest.mark.parametrize(
    ("reference", "hint"),
    [
        ("carnet § 2", None),
        ("carnet § A1", None),
        ("carnet n. 3", None),
        ("carnet p. 12", None),
        ("carnet", None),
        ("carnet § 2.6", "La section la plus proche est § 2."),
        ("carnet § 7", "Voyez dans la fiche de la source ce que le document contient."),
        ("carnet n. 4", "Voyez dans la fiche de la source ce que le document contient."),
    ],
)
def test_a_passage_that_the_document_does_not_have_is_a_warning(
    tmp_path: Path, reference: str, hint: str | None
) -> None:
    place = f"type: lieu\ntitre: Stade\ngenre: rue\nsources: [{reference}]\n"
    files = {"narratives/source/carnet.yaml": SOURCE, "narratives/lieu/stade.yaml": place}
    write(tmp_path, files)
    reading = load_corpus(FolderTree(tmp_path))
    warnings = [
        (finding.severity, finding.hint)
        for finding in reading.findings
        if finding.code == "passage-inconnu"
    ]
    assert warnings == ([] if hint is None else [("warning", hint)])
    assert reading.corpus is not None


def test_a_document_that_lists_nothing_holds_anything() -> None:
    assert Passages(frozenset()).has("§", "9.9")
    assert Passages(frozenset({"1"})).has("n.", "12")
