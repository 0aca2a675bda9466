"""The dump of a town made from nothing, with a field of its own, opened by the tools."""

from __future__ import annotations

import csv
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import frictionless
import pytest
import rdflib
from click.testing import CliRunner

from loosbot.cli import main
from loosbot.corpus import additions

ADDED = """
ajouts:
  mots:
    quartier: [{mot: pres, titre: Les Prés, definition: Au bord de l’eau.}]
  champs:
    - cle: quartier
      fiches: [projet]
      titre: Quartier
      aide: Le nom du quartier.
      genre: mot
      vocabulaire: quartier
"""
PROJECT = "narratives/projet/exemple-pepiniere.yaml"


@pytest.fixture(scope="module")
def new_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("ville")

    def loosbot(*words: str) -> None:
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 0, done.output

    corpus, out = folder / "corpus", folder / "export"
    with additions.kept():
        loosbot("init", str(corpus), "--commune", "Saint-Essai", "--insee", "01999", "--yes")
        for path, text in (("loosbot.yaml", ADDED), (PROJECT, "quartier: pres\n")):
            with (corpus / path).open("a", encoding="utf-8") as file:
                file.write(text)
        loosbot("check", "--corpus", str(corpus))
        loosbot("dump", "build", str(out), "--corpus", str(corpus))
        loosbot("dump", "check", str(out))
        yield out


def test_frictionless_finds_every_table_as_it_is_described(new_town: Path) -> None:
    report = frictionless.validate(str(new_town / "datapackage.json"))

    assert report.valid, report.flatten(["type", "note"])
    assert report.stats["tasks"] > 15


def test_databases_read_the_field_of_the_town(new_town: Path) -> None:
    with sqlite3.connect(f"file:{new_town}/data.sqlite?mode=ro", uri=True) as base:
        [(count,)] = base.execute("SELECT count(*) FROM projets WHERE quartier = 'pres'")
    [parquet] = (new_town / "parquet" / "projets").rglob("*.parquet")
    rows = duckdb.read_parquet(str(parquet), hive_partitioning=False).filter("quartier = 'pres'")

    assert (count, len(rows)) == (1, 1)


def test_the_code_book_and_the_catalogue_have_its_words(new_town: Path) -> None:
    with (new_town / "qda" / "vocabulaires.csv").open(encoding="utf-8", newline="") as file:
        words = {(row["vocabulaire"], row["libelle"]) for row in csv.DictReader(file)}
    assert ("quartier", "Les Prés") in words
    with (new_town / "qda" / "taguette.csv").open(encoding="utf-8", newline="") as file:
        tags = [row["tag"] for row in csv.DictReader(file)]
    assert len(tags) == len(set(tags)) == len(words)
    assert [tag for tag in tags if tag.endswith(" : Les Prés")]
    with zipfile.ZipFile(new_town / "qda" / "recits.qdpx") as project:
        assert project.testzip() is None
    graph = rdflib.Graph().parse(str(new_town / "catalogue" / "vocabulaires.jsonld"))
    assert any(str(label) == "Les Prés" for label in graph.objects())
