"""The dump that docs/villexemple.md shows, of a town that does not exist, in every tool we have.

What a format must hold is judged in its own test; here each tool opens what people are shown.
"""

from __future__ import annotations

import asyncio
import contextlib
import csv
import io
import json
import os
import re
import shlex
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import dplib
import duckdb
import frictionless
import geojson
import jsonschema
import mwxml
import pandas
import polars
import pyarrow.parquet
import pytest
import rdflib
from datasette.app import Datasette
from lxml import etree
from office import Office
from processes import loosbot
from prov.model import ProvDocument

PAGE = Path(__file__).resolve().parents[2] / "docs/villexemple.md"
BOTH = pytest.mark.parametrize("edition", ["export", "export-labo"])


def blocks(*kinds: str) -> list[tuple[str, str]]:
    fences = re.findall(r"```(\w+)\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return [fence for fence in fences if fence[0] in kinds]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder where the commands of the page were run, each as it is printed."""
    folder = tmp_path_factory.mktemp("villexemple")
    ((_, script),) = blocks("sh")
    for line in script.replace("\\\n", " ").splitlines():
        program, *words = shlex.split(line)
        assert program == "loosbot"
        done = loosbot(*words, cwd=folder, XDG_CONFIG_HOME=str(folder / "config"))
        assert done.returncode == 0, done.stderr
    return folder


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"data/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_block_prints_what_the_page_says(shown: Path) -> None:
    names: dict[str, Any] = {}
    output = (shown / "export/iramuteq/recits.txt").read_text("utf-8")
    with contextlib.chdir(shown):
        for kind, block in blocks("python", "text"):
            if kind == "text":
                assert block.strip() and block in output
                continue
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(block, names)  # noqa: S102 - our own documentation
            output = printed.getvalue()


@BOTH
def test_the_shown_dump_is_not_empty(shown: Path, edition: str) -> None:
    folder = shown / edition
    assert sum(bool(row["texte"]) for row in table(folder, "passages")) == 3
    for path in folder.rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        # nothing was withdrawn since another dump, and no town's example is an organisation there
        assert len(rows) > 1 or path.name in {"RETRAITS.csv", "organizations.csv"}, path


@BOTH
def test_frictionless_and_the_profile_take_its_tables(shown: Path, edition: str) -> None:
    path = shown / edition / "datapackage.json"
    report = frictionless.validate(str(path))
    assert report.valid, report.flatten(["type", "message"])
    profile = Path(dplib.__file__).parent / "profiles/2.0/datapackage.json"
    wanted = json.loads(profile.read_text("utf-8"))
    descriptor = json.loads(path.read_text("utf-8"))
    jsonschema.Draft7Validator(wanted).validate(descriptor)
    # what the R package frictionless 1.2.1 and csvw 4.1.1 know a table by
    tables = [resource for resource in descriptor["resources"] if "schema" in resource]
    assert {
        (resource["profile"], resource["scheme"], resource["format"]) for resource in tables
    } == {("tabular-data-resource", "file", "csv")}
    # version 2 has "roles", version 1 "role", without which CKAN has the town as an author
    [town] = descriptor["contributors"]
    assert (town["roles"], town["role"]) == (["publisher"], "publisher")


@BOTH
def test_tables_and_columns_are_the_same_in_each_tool(shown: Path, edition: str) -> None:
    folder = shown / edition
    for path in folder.glob("data/*.csv"):
        count = len(table(folder, path.stem))
        kept = folder / "parquet" / path.stem
        of = {
            "pandas": len(pandas.read_parquet(kept)),
            "polars": len(polars.read_parquet(kept)),
            "pyarrow": len(pyarrow.parquet.read_table(kept)),
            "duckdb": len(duckdb.read_parquet(f"{kept}/*/*.parquet").fetchall()),
            "pandas, CSV": len(pandas.read_csv(path)),
            "polars, CSV": len(polars.read_csv(path, infer_schema_length=None)),
            "duckdb, CSV": len(duckdb.read_csv(str(path)).fetchall()),
        }
        assert of == dict.fromkeys(of, count), path.stem


@BOTH
def test_datasette_shows_its_voices(shown: Path, edition: str) -> None:
    metadata = json.loads((shown / edition / "metadata.json").read_text("utf-8"))

    async def ask() -> Any:
        served = Datasette([str(shown / edition / "data.sqlite")], metadata=metadata)
        return (await served.client.get("/data/passages.json?_shape=array")).json()

    assert sum(bool(row["texte"]) for row in asyncio.run(ask())) == 3


def test_its_catalogue_its_words_and_its_map_are_read(shown: Path) -> None:
    for name in ("catalogue.jsonld", "catalogue/vocabulaires.jsonld"):
        data = (shown / "export" / name).read_bytes()
        graph = rdflib.Graph().parse(data=data, format="json-ld", publicID="https://example.org/")
        assert len(graph) > 100
    places = geojson.loads((shown / "export/catalogue/lieux.geojson").read_text("utf-8"))
    assert places.is_valid and len(places["features"]) > 5


def test_its_pages_and_its_provenance_are_read(shown: Path) -> None:
    text = (shown / "export-labo/prov.json").read_text("utf-8")
    assert ProvDocument.deserialize(content=text, format="json").get_records()
    with (shown / "export-labo/wiki/pages.xml").open(encoding="utf-8") as file:
        titles = {page.title for page in mwxml.Dump.from_file(file).pages}
    assert "Un banc, deux façons de le raconter (exemple)" in titles


@BOTH
def test_its_film_has_two_voices_and_its_subtitles(shown: Path, edition: str) -> None:
    """What the OHMS viewer asks: a host, an address, a point a voice (seen with 3.10.16)."""
    (path,) = (shown / edition / "ohms").glob("*.xml")
    (record,) = etree.parse(path).getroot()
    assert record.findtext("{*}mediafile/{*}host") == "Other"
    assert str(record.findtext("{*}media_url")).endswith(".mp4")
    points = record.findall("{*}index/{*}point")
    assert [point.findtext("{*}time") for point in points] == ["12", "65"]
    assert "Fierté" in str(points[0].findtext("{*}keywords"))
    subtitles = path.with_suffix(".vtt").read_text("utf-8")
    assert subtitles.startswith("WEBVTT\n\n00:00:12.000 --> 00:01:05.000\nJ’ai écrit")


@BOTH
def test_its_sums_are_right(shown: Path, edition: str) -> None:
    subprocess.run(
        ["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=shown / edition, check=True
    )


@BOTH
def test_its_texts_are_coded_in_the_tools_for_it(
    shown: Path, edition: str, validators: Path, tmp_path: Path
) -> None:
    (path,) = validators.glob("lib/python3*/site-packages/qualitative_coding/refi_qda/schema.xsd")
    file = shown / edition / "qda/recits.qdpx"
    with zipfile.ZipFile(file) as archive:
        etree.XMLSchema(etree.parse(path)).assertValid(
            etree.fromstring(archive.read("project.qde"))
        )
    subprocess.run(
        [validators / "bin/qc", "init", "--import", file],
        cwd=tmp_path, env=os.environ | {"PYTHONBREAKPOINT": "0"}, check=True, capture_output=True,
    )  # fmt: skip
    texts = [path.read_text("utf-8") for path in (tmp_path / "corpus").glob("*.txt")]
    assert any("visseuse" in text for text in texts)


@BOTH
def test_its_code_book_is_read_by_strict_models(
    shown: Path, edition: str, validators: Path, tmp_path: Path
) -> None:
    """pyrefiqda's models are generated from the official schema of the code book."""
    program = """
import sys
from pyrefiqda import RefiCodebook

def count(codes):
    return sum(1 + count(one.code) for one in codes)

print(count(RefiCodebook.load(sys.argv[1]).codes.code))
"""
    text = (shown / edition / "qda/vocabulaires.qdc").read_text("utf-8")
    spoilt = {
        "sound": text,
        "a code without its guid": text.replace(" guid=", " nom=", 1),
        "an element of ours": text.replace("Description>", "Definition>"),
    }
    for name, data in spoilt.items():
        (tmp_path / "book.qdc").write_text(data, "utf-8")
        done = subprocess.run(
            [validators / "bin/python", "-c", program, tmp_path / "book.qdc"],
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        assert (done.returncode == 0) == (name == "sound"), (name, done.stderr)
        if name == "sound":
            assert int(done.stdout) == text.count("<Code ") > 200


@BOTH
def test_its_citation_is_valid(shown: Path, edition: str, validators: Path) -> None:
    file = shown / edition / "CITATION.cff"
    subprocess.run(
        [validators / "bin/cffconvert", "--validate", "-i", file], check=True, capture_output=True
    )


def test_spark_reads_each_of_its_tables(shown: Path, validators: Path) -> None:
    program = """
import pathlib
import pyspark.sql

spark = pyspark.sql.SparkSession.builder.master("local[1]").getOrCreate()
for folder in sorted(pathlib.Path("parquet").iterdir()):
    print(folder.name, spark.read.parquet(str(folder)).count())
"""
    done = subprocess.run(
        [validators / "bin/python", "-c", program],
        cwd=shown / "export", check=False, capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    wanted = {path.stem: len(table(shown / "export", path.stem)) for path in
              (shown / "export").glob("data/*.csv")}  # fmt: skip
    assert dict(line.split() for line in done.stdout.splitlines()) == {
        name: str(count) for name, count in wanted.items()
    }


@BOTH
def test_libreoffice_reads_its_workbook_and_its_tables(
    shown: Path, edition: str, office: Office, tmp_path: Path
) -> None:
    office.workbook_is_the_tables(shown / edition, tmp_path / "workbook")
    office.tables_come_back(shown / edition, tmp_path / "tables")
