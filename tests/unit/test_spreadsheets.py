"""Spreadsheets out and back: nothing changes by itself, and one cell is one field."""

from __future__ import annotations

import copy
import io
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from keyboard import Typist
from openpyxl import load_workbook

from loosbot.cli import main
from loosbot.corpus.check.load import whole_corpus
from loosbot.corpus.model import Corpus, Record
from loosbot.corpus.tree import FolderTree
from loosbot.corpus.types import RECORD_TYPES
from loosbot.errors import UserError
from loosbot.exchange import csvfile, ods, xlsx
from loosbot.exchange.book import book, received
from loosbot.exchange.cells import BEYOND
from loosbot.exchange.merge import merge
from loosbot.exchange.received import Cell, Line, Received, ReceivedSheet
from loosbot.exchange.sheets import RANK, Column
from loosbot.exchange.spreadsheets import opened
from loosbot.exchange.table import Row, Table, tables
from loosbot.exchange.unpacked import require_sound


@pytest.fixture(scope="module")
def shipped() -> Corpus:
    return whole_corpus(FolderTree(Path(__file__).resolve().parents[2]))


def of_type(corpus: Corpus, type_: str) -> dict[str, Record]:
    return {record.id: record for record in corpus.records.values() if record.type == type_}


def back(made: tuple[Table, ...]) -> Received:
    """The sheets as a reader gives them, without any file."""
    sheets = []
    for table in made:
        owner = table.sheet.owner
        lines = tuple(
            Line(
                {key: Cell(text, "text", f"{key}{number}") for key, text in named(row, owner)},
                str(number),
            )
            for number, row in enumerate(table.rows, 3)
        )
        keys = tuple(column.key for column in table.sheet.columns)
        sheets.append(ReceivedSheet(table.sheet.key, table.sheet.title, (owner, *keys), lines))
    return Received(made[0].sheet.key, "", tuple(sheets))


def named(row: Row, owner: str) -> Iterator[tuple[str, str]]:
    yield owner, row.id
    yield RANK, ".".join(map(str, row.ranks))
    yield from row.cells.items()


@pytest.mark.slow
@pytest.mark.parametrize("type_", RECORD_TYPES)
@pytest.mark.parametrize("form", ["xlsx", "ods", "csv"])
def test_what_goes_out_comes_back_the_same(shipped: Corpus, type_: str, form: str) -> None:
    records = of_type(shipped, type_)
    made = tables(type_, records.values())
    if form == "csv":
        given = csvfile.read(csvfile.write(made[0], "abc"))
    else:
        module = xlsx if form == "xlsx" else ods
        given = received(*module.read(module.write(book(made, "abc"))))

    merged = merge(given, records, records)

    assert given.commit == "abc"
    assert (merged.after, merged.problems, merged.absent) == ({}, [], 0)


def edited(text: str, column: Column) -> str | None:
    """Another text that this column takes; None for what is not to be typed over."""
    field = column.field
    if text == BEYOND or column.state:
        return None
    if field.words:
        words = [word for word in field.words if word.label != text.split("\n")[0]]
        if not words:
            return None
        return f"{text}\n{words[-1].label}" if field.many else words[0].label
    match field.kind:
        case "date":
            return "2001-02"
        case "number":
            return "4321"
        case "links" | "references" | "lines":
            return f"{text}\nautre chose"
    return f"{text} !"


@pytest.mark.slow
@pytest.mark.parametrize("type_", RECORD_TYPES)
def test_one_cell_changed_is_exactly_one_field(shipped: Corpus, type_: str) -> None:
    records = of_type(shipped, type_)
    before = copy.deepcopy({id_: record.data for id_, record in records.items()})
    tried = 0
    for rank, table in enumerate(tables(type_, records.values())):
        for column in table.sheet.columns:
            row = next((row for row in table.rows if row.cells[column.key]), None)
            new = edited(row.cells[column.key], column) if row else None
            if row is None or new is None:
                continue
            mine = {row.id: records[row.id]}
            made = list(tables(type_, mine.values()))
            rows = tuple(
                Row(other.id, other.ranks, {**other.cells, column.key: new})
                if other == row
                else other
                for other in made[rank].rows
            )
            made[rank] = Table(table.sheet, rows)

            merged = merge(back(tuple(made)), mine, mine)

            where = f"{table.sheet.key} {column.key} {row.id} {row.ranks}: {new!r}"
            assert merged.problems == [], where
            assert list(merged.after) == [row.id], where
            [path] = differences(before[row.id], merged.after[row.id])
            keys = [part for part in path if isinstance(part, str)]
            wanted = [*table.sheet.key.replace(">", ".").partition(":")[2].split(".")]
            wanted = [*filter(None, wanted), *column.key.split(".")]
            assert keys == wanted[: len(keys)] or keys[: len(wanted)] == wanted, where
            tried += 1
    assert {id_: record.data for id_, record in records.items()} == before
    assert tried > 8


def differences(old: Any, new: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(old, dict) and isinstance(new, dict):
        return [
            difference
            for key in {**old, **new}
            for difference in differences(old.get(key), new.get(key), (*path, key))
        ]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [
            difference
            for rank, (left, right) in enumerate(zip(old, new, strict=True))
            for difference in differences(left, right, (*path, rank))
        ]
    return [] if old == new and type(old) is type(new) else [path]


BENCH = """\
# Le banc, tel que les voisins le racontent.
type: projet
titre: Un banc
annee: 2018   # la pose
statut: abouti
themes: [amenagement]
engagements:
  - {id: bois, qui: La mairie, quoi: Le bois, issue: tenu}
  - {id: huile, qui: Les voisins, quoi: Huiler, issue: en-cours}
resultats:
  - Le banc sert.
"""


class Town:
    """A small corpus in git, and the command run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "narratives" / "projet" / "banc.yaml"
        self.write({"loosbot.yaml": "corpus: essai\n", "narratives/projet/banc.yaml": BENCH})

    def write(self, files: Mapping[str, str]) -> None:
        for path, text in files.items():
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).write_text(text, encoding="utf-8")
        for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "Changement"]):
            subprocess.run(["git", *words], cwd=self.folder, check=True, capture_output=True)

    def run(self, *words: str, typed: Typist | None = None) -> tuple[int, str, str]:
        name, *rest = words
        done = CliRunner().invoke(main, [name, "--corpus", str(self.folder), *rest], input=typed)
        return done.exit_code, done.stdout, done.stderr

    def sheet(self) -> Path:
        file = self.folder.parent / "projets.xlsx"
        assert self.run("export", "projet", "--out", str(file))[0] == 0
        return file

    def import_(self, file: Path) -> tuple[int, str, str]:
        return self.run("import", str(file), "--yes")


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path / "corpus")


def typed(file: Path, sheet: str, cells: Mapping[tuple[int, str], Any]) -> None:
    """Type into cells: by row, and by the key of the column."""
    workbook = load_workbook(file)
    page = next(worksheet for worksheet in workbook.worksheets if worksheet["A1"].value == sheet)
    keys = {cell.value: cell.column for cell in page[1]}
    for (row, key), value in cells.items():
        page.cell(row, keys[key]).value = value
    workbook.save(file)


@pytest.mark.slow
def test_only_the_line_of_a_changed_cell_changes(town: Town) -> None:
    file = town.sheet()
    typed(file, "projet", {(3, "annee"): "2019"})
    typed(file, "projet:engagements", {(4, "issue"): "Tenu"})

    code, out, err = town.import_(file)

    assert (code, err) == (0, "")
    assert "Le champ « Année » passe de 2018 à 2019." in out
    assert town.file.read_text(encoding="utf-8") == BENCH.replace("2018 ", "2019 ").replace(
        "en-cours", "tenu"
    )


@pytest.mark.slow
def test_a_change_made_meanwhile_is_not_undone_and_the_same_field_is_a_conflict(
    town: Town,
) -> None:
    file = town.sheet()
    later = (
        BENCH.replace("abouti", "suspendu")
        .replace("2018 ", "2017 ")
        .replace(
            "  - {id: bois, ", "  - {id: clous, qui: La mairie, quoi: Les clous}\n  - {id: bois, "
        )
    )
    town.write({"narratives/projet/banc.yaml": later})
    typed(file, "projet", {(3, "annee"): "2019", (3, "titre"): "Le banc"})
    typed(file, "projet:engagements", {(4, "issue"): "tenu"})

    code, _, err = town.import_(file)

    assert code == 1
    assert "feuille « Projets », case" in err
    assert "Conflit : la fiche dit aujourd’hui « 2017 », le tableau « 2019 »" in err
    assert town.file.read_text(encoding="utf-8") == later.replace("Un banc", "Le banc").replace(
        "en-cours", "tenu"
    )


@pytest.mark.slow
def test_what_somebody_saves_while_another_reads_the_question_stays(town: Town) -> None:
    file = town.sheet()
    typed(file, "projet", {(3, "statut"): "Suspendu"})
    saved = BENCH.replace("Le banc sert.", "Le banc sert bien.")

    code, _, err = town.run(
        "import", str(file), typed=Typist("o\n", lambda: town.file.write_text(saved, "utf-8"))
    )

    assert code == 1
    assert "Changé pendant que vous relisiez : « narratives/projet/banc.yaml »" in err
    assert town.file.read_text(encoding="utf-8") == saved
    assert town.import_(file)[0] == 0
    assert town.file.read_text(encoding="utf-8") == saved.replace("abouti", "suspendu")


@pytest.mark.slow
@pytest.mark.parametrize("form", ["xlsx", "ods", "csv"])
def test_an_export_writes_over_no_cell_that_somebody_typed(town: Town, form: str) -> None:
    file = town.folder.parent / f"projets.{form}"
    words = ("export", "projet", "--out", str(file))
    assert town.run(*words)[0] == 0
    town.write({"narratives/projet/banc.yaml": BENCH.replace("abouti", "suspendu")})
    assert town.run(*words)[0] == 0  # nobody wrote in it: it follows the records
    if form == "xlsx":
        typed(file, "projet", {(3, "annee"): "2019"})
    else:
        file.write_text("ce que quelqu’un garde sous ce nom", encoding="utf-8")
    there = file.read_bytes()

    code, _, err = town.run(*words)

    assert code == 1
    assert "existe déjà, et dit autre chose que les fiches" in err
    assert f"loosbot import {file}" in err
    assert file.read_bytes() == there


@pytest.mark.slow
def test_what_is_not_committed_stays(town: Town) -> None:
    file = town.sheet()
    town.file.write_text(BENCH.replace("Le banc sert.", "Le banc sert bien."), encoding="utf-8")
    typed(file, "projet", {(3, "statut"): "Suspendu"})

    assert town.import_(file)[0] == 0
    text = town.file.read_text(encoding="utf-8")
    assert "Le banc sert bien." in text
    assert "statut: suspendu" in text


@pytest.mark.slow
def test_new_rows_make_records_and_items(town: Town) -> None:
    file = town.sheet()
    typed(
        file,
        "projet",
        {(4, "titre"): "La fontaine", (4, "annee"): "2020", (4, "themes"): "Aménagement"},
    )
    typed(
        file,
        "projet:resultats",
        {(4, "_fiche"): "projet/banc", (4, "texte"): "On s'y assoit."},
    )
    typed(file, "projet:effets", {(3, "_fiche"): "projet/banc", (3, "valeur"): "confiance"})

    code, out, err = town.import_(file)

    assert (code, err) == (0, "")
    assert "La fontaine (projet/la-fontaine) : nouvelle fiche." in out
    made = town.folder / "narratives/projet/la-fontaine.yaml"
    assert made.read_text(encoding="utf-8") == (
        "# $schema: ../../schemas/projet.json\ntype: projet\ntitre: La fontaine\nannee: 2020\n"
        "themes: [amenagement]\n"
    )
    text = town.file.read_text(encoding="utf-8")
    assert "  - Le banc sert.\n  - On s'y assoit.\n" in text
    assert "effets: [confiance]" in text


@pytest.mark.slow
def test_a_row_taken_out_takes_its_item_out_and_a_record_is_never_deleted(town: Town) -> None:
    file = town.sheet()
    workbook = load_workbook(file)
    page = next(
        worksheet
        for worksheet in workbook.worksheets
        if worksheet["A1"].value == "projet:engagements"
    )
    page.delete_rows(3)
    workbook.save(file)

    assert town.import_(file)[0] == 0
    assert "id: bois" not in town.file.read_text(encoding="utf-8")
    assert "id: huile" in town.file.read_text(encoding="utf-8")

    workbook = load_workbook(file)
    workbook.worksheets[0].delete_rows(3)
    workbook.save(file)
    assert "Fiches que le tableau n’a pas, et qui restent : 1." in town.import_(file)[2]
    assert town.file.exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sheet", "cell", "value", "message"),
    [
        ("projet", (3, "statut"), "fini", "« fini » n’est pas un mot de la liste."),
        ("projet", (3, "annee"), "=1+2017", "contient une formule : elle n’est jamais calculée"),
        ("projet", (3, "annee"), datetime(2018, 6, 1), "une date (2018-06-01)"),
        ("projet:engagements", (3, "_rang"), "9", "ne correspond à aucun élément"),
        ("projet:engagements", (3, "_fiche"), "projet/bancs", "aucune fiche de ce nom"),
        ("projet:engagements", (4, "_rang"), "1", "Cette ligne est déjà plus haut"),
        ("projet", (4, "annee"), "2020", "il lui faut un titre"),
        ("projet", (4, "titre"), "Banc", "La fiche projet/banc existe déjà"),
    ],
    ids=["word", "formula", "date", "rank", "record", "twice", "untitled", "known"],
)  # fmt: skip
def test_what_cannot_be_placed_is_named_with_its_cell(
    town: Town, sheet: str, cell: tuple[int, str], value: Any, message: str
) -> None:
    file = town.sheet()
    typed(file, sheet, {cell: value})

    code, _, err = town.import_(file)

    assert code == 1
    assert message in err
    assert "feuille « " in err


@pytest.mark.slow
def test_what_check_would_refuse_is_not_written(town: Town) -> None:
    file = town.sheet()
    typed(file, "projet", {(3, "annee"): "l'an passé"})

    code, _, err = town.import_(file)

    assert code == 1
    assert "Rien n’est écrit : corrigez le tableau" in err
    assert town.file.read_text(encoding="utf-8") == BENCH


@pytest.mark.slow
def test_a_text_that_begins_like_a_formula_is_text(town: Town) -> None:
    town.write({"narratives/projet/banc.yaml": BENCH.replace("Un banc", '"=1+1"')})
    file = town.sheet()
    page = load_workbook(file).worksheets[0]
    titles = [cell for cell in page[3] if cell.value == "=1+1"]

    assert [cell.data_type for cell in titles] != ["f"]
    assert "<f>" not in zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml").decode()
    assert "Rien à changer" in town.import_(file)[1]
    code, out, _ = town.run("export", "projet", "--format", "csv")
    assert code == 0
    assert ",'=1+1," in out


def test_a_workbook_tells_nothing_of_the_clock(town: Town) -> None:
    """A machine without battery begins in 1970, and a ZIP in 1980."""
    with zipfile.ZipFile(town.sheet()) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        texts = [archive.read(name).decode(errors="replace") for name in archive.namelist()]
    assert f"{datetime.now():%Y-%m-%dT}" not in "".join(texts)


def test_drop_downs_end_a_little_below_the_last_row(town: Town) -> None:
    """Gnumeric 1.12.55 saves a cell for each row of each of them: with 5,000, its file of these
    very records was too large to be read back."""
    page = load_workbook(town.sheet()).worksheets[0]
    ends = {cells.max_row for rule in page.data_validations.dataValidation for cells in rule.sqref}
    assert ends == {page.max_row + 501}


def test_csv_has_ids_and_the_commit(town: Town) -> None:
    code, out, _ = town.run("export", "projet", "--format", "csv")
    file = town.folder.parent / "projets.csv"
    file.write_text(out.replace("Un banc", "Le banc"), encoding="utf-8")

    assert code == 0
    assert out.startswith("id,titre,")
    assert out.splitlines()[0].endswith(",_commit")
    assert town.import_(file)[0] == 0
    assert town.file.read_text(encoding="utf-8") == BENCH.replace("Un banc", "Le banc")


def test_a_text_too_long_for_a_cell_is_refused_by_name(town: Town) -> None:
    town.write({"narratives/projet/banc.yaml": BENCH + f"texte: {'a' * 32_768}\n"})

    code, _, err = town.run("export", "projet", "--out", str(town.folder.parent / "p.ods"))

    assert code == 1
    assert "projet/banc : « Texte » a 32768 caractères" in err


@pytest.mark.slow
def test_hostile_files_are_refused_before_a_library_opens_them(tmp_path: Path) -> None:
    def packed(**parts: bytes) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(f"{name}.xml", data)
        return stream.getvalue()

    for data, message in (
        (b"PK\x03\x04 rien", "abîmé"),
        (packed(a=b"<a>" + b" " * (65 << 20) + b"</a>"), "trop grand"),
        (packed(a=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "déclare des entités"),
        (packed(a=b"<a>" * 300 + b"</a>" * 300), "trop profonde"),
        (packed(a=b"<a><b></a>"), "abîmé"),
    ):
        with pytest.raises(UserError, match=message):
            require_sound(data, "x.xlsx")


def test_a_full_row_repeated_a_million_times_is_refused(tmp_path: Path, shipped: Corpus) -> None:
    made = tables("lieu", of_type(shipped, "lieu").values())
    data = ods.write(book(made, "abc"))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.infolist():
            text = old.read(part)
            if part.filename == "content.xml":
                text = text.replace(
                    b"<table:table-row><table:table-cell",
                    b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell',
                    3,
                )
            new.writestr(part, text)
    file = tmp_path / "lieux.ods"
    file.write_bytes(stream.getvalue())

    with pytest.raises(UserError, match="trop"):
        opened(file)
