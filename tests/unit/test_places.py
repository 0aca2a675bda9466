"""A point on the map comes from a public file, or there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpora import reading

from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.tree import FolderTree

PLACE = "type: lieu\ntitre: Stade\ngenre: rue\ncoordonnees: "
SOURCE = (
    "type: source\ntitre: Le fichier des adresses\nurl: https://example.org/adresses.csv\n"
    "date: 2026-01-15\nlicence: Licence Ouverte 2.0\n"
)


@pytest.mark.parametrize(
    ("point", "warned"),
    [
        ("{latitude: 50.45, longitude: 2.79}", True),
        ("{latitude: 50.45, longitude: 2.79, sources: [adresses]}", False),
        ("inconnu", False),
    ],
)
def test_coordinates_without_a_file_are_a_warning(tmp_path: Path, point: str, warned: bool) -> None:
    files = {
        "narratives/lieu/stade.yaml": f"{PLACE}{point}\n",
        "narratives/source/adresses.yaml": SOURCE,
    }
    read = reading(tmp_path, files)
    assert read.corpus is not None, read.findings
    codes = [(finding.severity, finding.code) for finding in read.findings]
    assert (("warning", "coordonnees-sans-source") in codes) is warned


def test_a_shipped_point_names_a_file_with_address_date_and_licence() -> None:
    """None has one today: no such file was at hand."""
    corpus = load_corpus(FolderTree(Path(__file__).parents[2])).corpus
    assert corpus is not None
    points = {
        id_: record.data["coordonnees"]
        for id_, record in corpus.records.items()
        if record.type == "lieu" and "coordonnees" in record.data
    }
    for id_, point in points.items():
        for reference in point["sources"]:
            file = corpus.records[f"source/{reference.split()[0]}"].data
            assert {"url", "date", "licence"} <= set(file), id_
