"""The public dumps of two hundred towns, lying side by side, for one machine or for many.

One question of an evaluation, asked in the same words of DuckDB and of Spark.
"""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path

import duckdb
import pytest
import town

from loosbot.dump.formats import parquet
from loosbot.dump.tables.normative import tables

pytestmark = pytest.mark.outils
CODES = ("01001", "2A004", *(f"{number * 487 + 2000:05}" for number in range(198)))
LEVELS = ("information", "consultation", "coproduction")
OUTCOMES = ("tenu", "abandonne", "en-retard", "en-cours", "inconnu")
KNOWN = frozenset({"tenu", "abandonne", "en-retard"})

# the records of two towns may have the same id: the code of the town is part of the key
QUESTION = """
    SELECT f.niveau, count(*) AS total,
           sum(CASE WHEN e.issue IN ('tenu', 'abandonne', 'en-retard') THEN 1 ELSE 0 END),
           count(DISTINCT f.insee) AS communes
    FROM engagements e JOIN fifty_fifty f ON f.insee = e.insee AND f.id = e.fiche
    GROUP BY f.niveau ORDER BY f.niveau
"""
SPARK = """
import json
import sys
import pyspark.sql

spark = pyspark.sql.SparkSession.builder.master("local[1]").config(
    "spark.ui.enabled", "false").getOrCreate()
for name in ("engagements", "fifty_fifty"):
    spark.read.parquet(f"parquet/{name}").createOrReplaceTempView(name)
rows = [list(row) for row in spark.sql(sys.argv[1]).collect()]
codes = [row.insee for row in spark.sql("SELECT DISTINCT insee FROM fifty_fifty").collect()]
print(json.dumps([rows, sorted(codes)]))
"""


def promises(number: int) -> list[tuple[str, str]]:
    """Level and outcome of what was promised in one town."""
    return [
        (LEVELS[(number + rank) % 3], OUTCOMES[(number * 3 + rank) % 5])
        for rank in range(number % 4 + 1)
    ]


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the Parquet files of all of them, as they would be received."""
    folder = tmp_path_factory.mktemp("towns")
    for number, code in enumerate(CODES):
        files = {"loosbot.yaml": f"corpus: c{code.lower()}\ncommune: C\ninsee: '{code}'\n"}
        files["narratives/acteur/mairie.yaml"] = town.FILES["narratives/acteur/mairie.yaml"]
        for rank, (level, outcome) in enumerate(promises(number)):
            files[f"narratives/fifty-fifty/banc-{rank}.yaml"] = (
                f"type: fifty-fifty\ntitre: Banc {rank}\nniveau: {level}\n"
                "convention:\n  engagements:\n"
                f"    - {{id: bois, qui: acteur/mairie, quoi: Fournir le bois, issue: {outcome}}}\n"
            )
        edition = town.edition(town.write(folder / "corpus" / code, files))
        wanted = [
            table for table in tables(edition) if table.name in ("fifty_fifty", "engagements")
        ]
        for path, data in parquet.files(edition, wanted):
            (folder / path).parent.mkdir(parents=True)
            (folder / path).write_bytes(data)
    return folder


def expected() -> list[list[str | int]]:
    """The answer, from what was written into the files."""
    total: Counter[str] = Counter()
    known: Counter[str] = Counter()
    where: dict[str, set[str]] = {}
    for number, code in enumerate(CODES):
        for level, outcome in promises(number):
            total[level] += 1
            known[level] += outcome in KNOWN
            where.setdefault(level, set()).add(code)
    return [[level, total[level], known[level], len(where[level])] for level in sorted(LEVELS)]


def test_duckdb_answers_for_two_hundred_towns(towns: Path) -> None:
    with duckdb.connect() as base:
        for name in ("engagements", "fifty_fifty"):
            base.read_parquet(
                f"{towns}/parquet/{name}/*/*.parquet", hive_partitioning=False
            ).create_view(name)
        assert [list(row) for row in base.sql(QUESTION).fetchall()] == expected()


def test_spark_gives_the_same_answer(towns: Path, validators: Path) -> None:
    done = subprocess.run(
        [validators / "bin/python", "-c", SPARK, QUESTION],
        cwd=towns, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows, codes = json.loads(done.stdout.splitlines()[-1])
    assert rows == expected()
    assert codes == sorted(CODES)
    assert {"01001", "2A004"} <= set(codes)
