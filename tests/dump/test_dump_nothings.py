"""« inconnu », « sans-objet », nothing said and 0 are four things in every format, and are counted
as the town's own report counts them."""

from __future__ import annotations

import csv
import json
import sqlite3
import zipfile
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import town
from click.testing import CliRunner
from pyarrow.parquet import ParquetFile

from loosbot.cli import main
from loosbot.dump import build as whole
from loosbot.dump.formats.opendocument import qn

SAID = ("0", "3", "inconnu", "sans-objet", None)
ISSUES = ("tenu", "en-retard", "inconnu", "sans-objet", None)
LEVELS = ("information", "inconnu", "sans-objet", None)
COLUMNS = ("champ", "valeur", "valeur_nombre", "valeur_motif")
_NUMBER, _DAY = qn("office:value"), qn("office:date-value")

Rows = Sequence[dict[str, Any]]


def _record(number: int) -> str:
    """One that says nothing of a question, or that it is unknown, or has no place, or a figure."""
    said, level = SAID[number % len(SAID)], LEVELS[number % len(LEVELS)]
    lines = ["type: projet", f"titre: Chantier {number}", "statut: en-cours"]
    lines += [f"niveau: {level}"] if level else []
    lines += ["engagements:"]
    for rank, issue in enumerate((ISSUES[number % len(ISSUES)], ISSUES[number % 3])):
        told = f", issue: {issue}" if issue else ""
        lines.append(f"  - {{id: e{rank}, qui: acteur/mairie, quoi: Planter{told}}}")
    lines += ["realisation:", "  date: 2018-04", "  couts:"]
    # numbers that are not whole are written another way, and all of their column with them
    lines += [f"    - {{quoi: Terre, valeur: {said or '2.5'}, unite: €}}"]
    if said:
        people = said if said[0].isalpha() else f"{{valeur: {said}, unite: personnes}}"
        lines.append(f"  participants: {people}")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return town.write(
        tmp_path_factory.mktemp("nothings") / "town",
        {
            "loosbot.yaml": "corpus: riens\ncommune: Riens\ninsee: '62999'\n",
            "narratives/acteur/mairie.yaml": town.FILES["narratives/acteur/mairie.yaml"],
            **{f"narratives/projet/c{rank}.yaml": _record(rank) for rank in range(20)},
        },
    )


@pytest.fixture(scope="module", params=["publique", "recherche"])
def dump(request: pytest.FixtureRequest, place: Path) -> Path:
    folder = place.parent / request.param
    whole.write(town.edition(place, request.param), folder, None, lambda: None)
    return folder


def _csv(dump: Path, table: str) -> Rows:
    with (dump / f"data/{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _sqlite(dump: Path, table: str) -> Rows:
    with closing(sqlite3.connect(dump / "data.sqlite")) as base:
        base.row_factory = sqlite3.Row
        return [dict(row) for row in base.execute(f"SELECT * FROM {table}")]  # noqa: S608 - ours


def _parquet(dump: Path, table: str) -> Rows:
    path = dump / f"parquet/{table}/commune=62999/part.parquet"
    rows: Rows = ParquetFile(path).read().to_pylist()
    return rows


def _workbook(dump: Path, table: str) -> Rows:
    with zipfile.ZipFile(dump / "donnees.ods") as archive:
        root = ElementTree.fromstring(archive.read("content.xml"))  # noqa: S314 - our own
    (sheet,) = (one for one in root.iter(qn("table:table")) if one.get(qn("table:name")) == table)
    lines = []
    for row in sheet.iter(qn("table:table-row")):
        line: list[str | float | None] = []
        for cell in row:
            times = int(cell.get(qn("table:number-columns-repeated"), "1"))
            given = cell.get(_NUMBER)
            text = cell.get(_DAY) or "\n".join("".join(part.itertext()) for part in cell) or None
            line += [text if given is None else float(given)] * times
        lines.append(line)
    header, *rows = lines
    return [
        dict(zip(map(str, header), [*row, *[None] * len(header)], strict=False)) for row in rows
    ]


FORMATS = (_csv, _sqlite, _parquet, _workbook)


@pytest.mark.parametrize("rows", FORMATS)
def test_four_kinds_of_nothing_stay_apart(dump: Path, rows: Any) -> None:
    empty = "" if rows is _csv else None

    def cell(text: str | None, number: float | None, why: str | None) -> tuple[Any, ...]:
        told = ("" if number is None else f"{number:g}") if rows is _csv else number
        return (text or empty, told, why or empty)

    found = Counter(
        tuple(row[name] for name in COLUMNS[1:])
        for row in rows(dump, "mesures")
        if row["champ"].startswith("realisation.participants")
    )
    # who says nothing of a figure has no row
    assert found == {
        cell("0", 0, None): 4,
        cell("3", 3, None): 4,
        cell(None, None, "inconnu"): 4,
        cell(None, None, "sans-objet"): 4,
    }
    levels = Counter((row["niveau"], row["niveau_motif"]) for row in rows(dump, "projets"))
    assert levels == {
        ("information", empty): 5,
        (empty, "inconnu"): 5,
        (empty, "sans-objet"): 5,
        (empty, empty): 5,
    }


def test_the_report_counts_the_cells_that_are_empty_for_a_reason(dump: Path) -> None:
    counts = json.loads((dump / "rapport.json").read_text("utf-8"))["cases_vides"]
    for table in ("projets", "mesures", "engagements"):
        found = Counter(
            cell for row in _csv(dump, table) for name, cell in row.items() if name[-6:] == "_motif"
        )
        assert counts[table] == {word: found[word] for word in sorted({*found} - {""})}, table


@pytest.mark.parametrize("rows", FORMATS)
def test_promises_are_counted_as_the_town_counts_them(dump: Path, place: Path, rows: Any) -> None:
    done = CliRunner().invoke(main, ["trace", "--format", "json", "--corpus", str(place)])
    traced = json.loads(done.stdout)
    figure = next(one for one in traced["figures"] if one["code"] == "engagements-tenus")
    levels = {row["id"]: row["niveau"] or row["niveau_motif"] for row in rows(dump, "projets")}
    promises = [
        (levels[row["fiche"]] or "", row["issue"] or row["issue_motif"] or "")
        for row in rows(dump, "engagements")
    ]
    words = {"kept": "tenu", "late": "en-retard", "unverifiable": "inconnu", "open": ""}
    told = {f"projet/c{rank}": LEVELS[rank % 4] or "" for rank in range(20)}
    assert Counter(promises) == Counter(
        (told[promise["record"]], words.get(promise["outcome"], "sans-objet"))
        for promise in traced["promises"]
    )
    issues = Counter(issue for _, issue in promises if issue not in ("", "sans-objet"))
    assert (figure["numerator"], figure["denominator"], figure["known"]) == (
        issues["tenu"],
        issues.total(),
        issues.total() - issues["inconnu"],
    )
