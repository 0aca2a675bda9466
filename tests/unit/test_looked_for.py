"""``inconnu`` claims nothing; ``recherches`` says where somebody looked: page, report, dump."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from corpora import corpus

from loosbot.corpus.model import Corpus
from loosbot.corpus.tree import FolderTree
from loosbot.dump.tables.parts import parts
from loosbot.render.pages import default_titles, render
from loosbot.trace.layout import as_json, html, sheet, text
from loosbot.trace.reported import Report
from loosbot.trace.reports.whole import build
from loosbot.trace.rules import load_rules

FILES = {
    "narratives/acteur/archives.yaml": "type: acteur\ntitre: Les archives\ngenre: institution\n",
    "narratives/fifty-fifty/banc.yaml": """
type: fifty-fifty
titre: Un banc
demande: inconnu
convention: inconnu
recherches:
  demande:
    - {texte: "Les registres de courrier, 2014 à 2016.", qui: acteur/archives, date: 2026-03}
    - La boîte du service.
""",
}
SAID = "Les registres de courrier, 2014 à 2016 (Les archives, en mars 2026) ; La boîte du service"


@pytest.fixture
def banc(tmp_path: Path) -> Corpus:
    return corpus(tmp_path, FILES)


@pytest.fixture
def report(banc: Corpus, tmp_path: Path) -> Report:
    return build(banc, FolderTree(tmp_path), load_rules(), date(2026, 11, 28))


def test_the_report_says_where_somebody_looked_and_only_there(report: Report) -> None:
    words = " ".join(text.to_text(report).split())
    assert f"○ demande : cherché sans trouver : {SAID}" in words
    # of the convention nobody says that they looked, and no label stands without a value
    assert words.count("cherché") == 1 and "○ convention :" not in words

    stages = {
        stage["stage"]: stage
        for stage in json.loads(as_json.to_json(report))["records"][0]["stages"]
    }
    assert stages["demande"]["looked"] == SAID.split(" ; ")
    assert stages["convention"].keys() == {"stage", "state", "date", "sources"}

    rows = list(csv.DictReader(io.StringIO(sheet.to_csv(report))))
    (row,) = [row for row in rows if row["sujet"] == "demande" and row["genre"] == "étape"]
    assert row["message"] == f"cherché sans trouver : {SAID}"

    page = html.to_html(report).replace("\N{NO-BREAK SPACE}", " ")
    assert "cherché sans trouver : La boîte du service" in page


def test_the_page_says_it_under_a_heading_of_its_own(banc: Corpus) -> None:
    body = render(banc, default_titles(banc))["fifty-fifty/banc"].body
    assert body.count("Où l’on a cherché") == 1
    section = body.partition("== Où l’on a cherché la demande ==")[2]
    assert "Les registres de courrier, 2014 à 2016." in section and "mars 2026" in section


def test_a_dump_has_each_search_as_a_statement(banc: Corpus) -> None:
    statements = [
        statement
        for statement in parts(banc.records["fifty-fifty/banc"])
        if statement.table == "enonces"
    ]
    assert [(statement.field, statement.rank) for statement in statements] == [
        ("recherches.demande", 1), ("recherches.demande", 2),
    ]  # fmt: skip
