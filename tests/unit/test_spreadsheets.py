"""Spreadsheets out and back: nothing changes by itself, and one cell is one field."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import PIL.Image
import pytest
from click.testing import CliRunner
from gits import commit
from keyboard import Typist
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.worksheet.worksheet import Worksheet

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
from loosbot.exchange.received import Cell, Line, ReceivedSheet, ReceivedWorkbook
from loosbot.exchange.sheets import RANK, Column
from loosbot.exchange.spreadsheets import opened
from loosbot.exchange.table import Row, Table, tables
from loosbot.exchange.unpacked import require_sound

DRAW = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"


@pytest.fixture(scope="module")
def shipped() -> Corpus:
    return whole_corpus(FolderTree(Path(__file__).resolve().parents[2]))


def of_type(corpus: Corpus, type_: str) -> dict[str, Record]:
    return {record.id: record for record in corpus.records.values() if record.type == type_}


def back(made: tuple[Table, ...]) -> ReceivedWorkbook:
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
    return ReceivedWorkbook(made[0].sheet.key, "", tuple(sheets))


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
        words = [word for word in field.words if word.title != text.split("\n")[0]]
        if not words:
            return None
        return f"{text}\n{words[-1].title}" if field.many else words[0].title
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
        commit(self.folder)

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
@pytest.mark.parametrize("title", ["Un banc ", " Un banc", "Un banc\u00a0"])
def test_a_blank_beside_a_word_is_no_change(town: Town, title: str) -> None:
    """Nobody sees it in a cell; it renamed the page."""
    file = town.sheet()
    typed(file, "projet", {(3, "titre"): title})
    assert town.import_(file)[:2] == (0, "Rien à changer dans les fiches.\n")
    assert town.file.read_text(encoding="utf-8") == BENCH


def test_a_column_and_a_yes_that_a_spreadsheet_spoiled_are_told_the_right_ones(
    town: Town,
) -> None:
    file = town.folder.parent / "recits.csv"
    file.write_text("id,titre,Titres,prononce\nrecit/soir,Le soir,Oui,FAUX\n", "utf-8")
    code, out, err = town.run("import", str(file), "--yes", "--depuis", "HEAD")
    assert code == 1
    assert "Vouliez-vous écrire « titre » ?" in out + err
    assert "« FAUX » n’est pas un mot de la liste. Vouliez-vous écrire « Non » ?" in out + err


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
        ("projet", (3, "statut"), "fini", "un mot de la liste. Cela se dit « Abouti » ici."),
        ("projet", (3, "annee"), "=1+2017", "contient une formule : elle n’est jamais calculée"),
        ("projet", (3, "annee"), datetime(2018, 6, 1), "une date (2018-06-01)"),
        ("projet:engagements", (3, "_rang"), "9", "ne correspond à aucun élément"),
        ("projet:engagements", (3, "_fiche"), "projet/bancs", "aucune fiche de ce nom"),
        ("projet:engagements", (4, "_rang"), "1", "Cette ligne est déjà plus haut"),
        ("projet", (4, "annee"), "2020", "il lui faut un titre"),
        ("projet", (4, "titre"), "Banc", "La fiche projet/banc existe déjà"),
        ("projet", (4, "titre"), "UN BANC", "La fiche projet/banc a déjà ce titre"),
        ("projet", (3, "id"), "projet/autre", "La fiche projet/banc a déjà ce titre"),
    ],
    ids=[
        *("word", "formula", "date", "rank", "record", "twice", "untitled", "known"),
        *("titled", "renamed"),
    ],
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


@pytest.mark.parametrize("typed", ["Voirie ; Énergie", "voirie,energie", "Voirie\nÉnergie"])
def test_several_words_on_one_line_of_a_cell_are_several(town: Town, typed: str) -> None:
    _, out, _ = town.run("export", "projet", "--format", "csv")
    file = town.folder.parent / "projets.csv"
    file.write_text(out.replace("Aménagement et urbanisme", f'"{typed}"'), encoding="utf-8")

    assert town.import_(file)[0] == 0
    assert "themes: [voirie, energie]\n" in town.file.read_text(encoding="utf-8")


def test_a_table_is_not_written_under_the_name_of_another_format(town: Town) -> None:
    file = town.folder.parent / "projets.doc"
    code, _, err = town.run("export", "projet", "--out", str(file))
    assert (code, file.exists()) == (2, False)
    assert ".ods, .xlsx ou .csv" in err


def test_a_quote_that_is_not_closed_is_told_in_french(town: Town) -> None:
    file = town.folder.parent / "projets.csv"
    file.write_text('id,titre\nprojet/banc,"Un banc\n', encoding="utf-8")
    code, _, err = town.import_(file)
    assert code == 1
    assert "un guillemet n’y est pas fermé" in err
    assert "unexpected" not in err


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


def page_of(workbook: Workbook, key: str) -> Worksheet:
    return next(sheet for sheet in workbook.worksheets if sheet["A1"].value == key)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cell", "value", "message"),
    [
        ("C3", "9", "Le rang ne correspond à aucun élément"),
        ("C3", "1er", "« 1er » n’est pas un rang"),
        ("B3", "projet/bancs", "« projet/bancs » : aucune fiche de ce nom"),
        ("C4", "1", "Cette ligne est déjà plus haut"),
        ("B3", None, "Une ligne sans identifiant"),
    ],
)
def test_no_item_goes_for_a_line_that_is_not_placed(
    town: Town, cell: str, value: str | None, message: str
) -> None:
    """A rank mistyped, and the item whose line it was left its record."""
    file = town.sheet()
    workbook = load_workbook(file)
    page_of(workbook, "projet:engagements")[cell].value = value
    workbook.save(file)

    code, _, err = town.import_(file)

    assert code == 1
    assert message in err and "rien n’en est retiré" in err
    assert town.file.read_text(encoding="utf-8") == BENCH


def _own_column(workbook: Workbook) -> None:
    page = workbook.worksheets[0]
    page.cell(2, page.max_column + 1).value = "Remarques"
    page.cell(3, page.max_column).value = "à revoir"


def _column_between(workbook: Workbook) -> None:
    page = workbook.worksheets[0]
    page.insert_cols(4)
    page["D3"].value = "à revoir"


def _comment(workbook: Workbook) -> None:
    workbook.worksheets[0]["C3"].comment = Comment("à revoir", "Léa")


def _picture(workbook: Workbook) -> None:
    stream = io.BytesIO()
    PIL.Image.new("RGB", (9, 9)).save(stream, "PNG")
    workbook.worksheets[0].add_image(Image(stream), "D5")


def _merged(workbook: Workbook) -> None:
    workbook.worksheets[0].merge_cells("C3:E3")


def _merged_ranks(workbook: Workbook) -> None:
    page_of(workbook, "projet:engagements").merge_cells("C3:C4")


def _copied(workbook: Workbook) -> None:
    workbook.copy_worksheet(workbook.worksheets[0])["C3"].value = "à revoir"


def _copied_column(workbook: Workbook) -> None:
    page = workbook.worksheets[0]
    rank = page.max_column + 1
    for row, text in enumerate(("titre", "Titre", "à revoir"), 1):
        page.cell(row, rank).value = text


def _hidden_column(workbook: Workbook) -> None:
    workbook.worksheets[0]["A3"].value = "à revoir"


BESIDE = {
    "own column": (_own_column, "n’est pas de l’exportation : 1 case (« à revoir » en "),
    "between": (_column_between, "colonne D : Cette colonne n’est pas de l’exportation"),
    "comment": (_comment, "case C3 : Un commentaire (« à revoir ») n’est pas repris"),
    "picture": (_picture, "case D5 : Une image ou un graphique n’est pas repris"),
    "merged": (_merged, "case E3 : Cette case est fusionnée avec une autre"),
    "merged ranks": (_merged_ranks, "case C4 : Cette case est fusionnée avec une autre"),
    "copy": (_copied, "C’est une copie de la feuille « Projets »"),
    "copied column": (_copied_column, "n’est pas de l’exportation : 1 case (« à revoir » en "),
    "hidden column": (_hidden_column, "colonne A : Cette colonne n’est pas de l’exportation"),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", BESIDE)
def test_what_stands_beside_the_cells_is_told_and_takes_nothing_away(town: Town, kind: str) -> None:
    """« Rien à changer », and the column that somebody had filled in was nowhere."""
    file = town.sheet()
    change, message = BESIDE[kind]
    workbook = load_workbook(file)
    # filled, so that the cell beside it seems emptied once they are merged
    workbook.worksheets[0]["E3"].value = "2018"
    change(workbook)
    workbook.save(file)

    code, _, err = town.import_(file)

    assert (code, err.count("feuille « ") > 0) == (1, True)
    assert message in err
    assert town.file.read_text(encoding="utf-8") == BENCH


def test_an_ods_tells_what_stands_beside_its_cells() -> None:
    """As LibreOffice writes a comment, a picture over cells, words in a shape, merged cells."""
    cells = "".join(
        f"<table:table-cell><text:p>{text}</text:p></table:table-cell>"
        for text in ("projet", "_fiche", "titre", "annee")
    )
    content = f"""<office:document-content {ods._NAMES} xmlns:draw="{DRAW}">
<office:body><office:spreadsheet><table:table table:name="Projets">
<table:shapes><draw:frame table:end-cell-address="Projets.F9"><draw:image/></draw:frame>
<draw:custom-shape><text:p>un cadre</text:p></draw:custom-shape></table:shapes>
<table:table-row>{cells}</table:table-row><table:table-row/>
<table:table-row><table:table-cell/>
<table:table-cell><text:p>projet/banc</text:p></table:table-cell>
<table:table-cell table:number-columns-spanned="2">
<office:annotation><text:p>à revoir</text:p></office:annotation><text:p>Un banc</text:p>
</table:table-cell><table:covered-table-cell/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", content)

    [sheet] = received(*ods.read(stream.getvalue())).sheets

    assert [(left.where, left.message.partition(" n")[0]) for left in sheet.left] == [
        ("case F9", "Une image ou un graphique"),
        ("case A1", "Des mots dans un cadre (« un cadre »)"),
        ("case C3", "Un commentaire (« à revoir »)"),
    ]
    [line] = sheet.lines
    assert line.cells["annee"].kind == "covered"
    assert line.cells["titre"].text == "Un banc"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda head, row: (f"{head}\r\n", f"{row},à revoir\r\n"), "n’a pas de nom : 1 case"),
        (lambda head, row: (f"{head},titre\r\n", f"{row},à revoir\r\n"), "« titre » y est deux"),
        (lambda head, row: (f"{head}\r\n", row.replace("Un banc", "Un Ã©tang")), "« Ã© »"),
        (lambda head, row: (f"{head}\r\n", row.replace("Un banc", "Un \ufffdtang")), "« \ufffd »"),
    ],
    ids=["more cells", "copied column", "other encoding", "lost letter"],
)
def test_a_csv_tells_what_it_does_not_take(
    town: Town, change: Callable[[str, str], tuple[str, str]], message: str
) -> None:
    file = town.folder.parent / "projets.csv"
    assert town.run("export", "projet", "--format", "csv", "--out", str(file))[0] == 0
    head, row = file.read_bytes().decode().split("\r\n")[:2]
    file.write_bytes("".join(change(head, row)).encode())

    code, _, err = town.import_(file)

    assert code == 1 and message in err
    assert town.file.read_text(encoding="utf-8") == BENCH


def test_a_csv_may_begin_with_what_tells_excel_its_separator(town: Town) -> None:
    file = town.folder.parent / "projets.csv"
    assert town.run("export", "projet", "--format", "csv", "--out", str(file))[0] == 0
    file.write_bytes(b"sep=,\r\n" + file.read_bytes())

    assert town.import_(file)[:2] == (0, "Rien à changer dans les fiches.\n")
