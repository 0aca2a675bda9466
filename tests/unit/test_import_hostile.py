"""Spreadsheets and documents from strangers: each is read, or refused in French, and soon."""

from __future__ import annotations

import io
import os
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from corpora import write

from loosbot.cli import main
from loosbot.exchange import csvfile
from loosbot.exchange.received import MOST_ELEMENTS

BENCH = "narratives/projet/banc.yaml"
FILES = {BENCH: "type: projet\ntitre: Un banc\nannee: 2018\nrealisation: {participants: 12}\n"}
DIGITS = "9" * 5000
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT = (
    f'<d xmlns:office="{OFFICE}office:1.0" xmlns:text="{OFFICE}text:1.0" '
    f'xmlns:table="{OFFICE}table:1.0"><office:body><office:{{0}}>{{1}}</office:{{0}}>'
    "</office:body></d>"
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def zipped(parts: Mapping[str, str | bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", way) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def noised(data: bytes, at: int) -> bytes:
    return data[:at] + b"\xff" * 20 + data[at + 20 :]


def ods(rows: str) -> bytes:
    """A workbook whose one sheet is that of the projects, with its keys, then ``rows``."""
    head = "".join(f"<table:table-cell><text:p>{key}</text:p></table:table-cell>" for key in
                   ("projet", "id", "titre", "annee", "realisation.participants"))  # fmt: skip
    table = (
        f'<table:table table:name="Projets"><table:table-row>{head}</table:table-row>'
        f"<table:table-row><table:table-cell/></table:table-row>{rows}</table:table>"
    )
    return zipped({"content.xml": TEXT.format("spreadsheet", table)})


def row(*cells: str, more: str = "") -> str:
    inside = "".join(
        f"<table:table-cell>{cell if cell.startswith('<') else f'<text:p>{cell}</text:p>'}"
        "</table:table-cell>"
        for cell in ("-", *cells)
    )
    return f"<table:table-row{more}>{inside}</table:table-row>"


def odt(body: str) -> bytes:
    return zipped({"content.xml": TEXT.format("text", body)})


def xlsx(change: Callable[[str], str], of: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A workbook as our export writes it, with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(EXPORTED[0])) as archive:
        parts = {member.filename: archive.read(member) for member in archive.infolist()}
    parts[of] = change(parts[of].decode()).encode()
    return zipped(parts)


def with_row(cells: str) -> Callable[[str], str]:
    """Adds a row 9 to a sheet."""
    end = "</sheetData>"
    return lambda text: text.replace(end, f'<row r="9">{cells}</row>{end}')


def docx(body: str) -> bytes:
    kinds = "http://schemas.openxmlformats.org/package/2006/content-types"
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{kinds}"><Override PartName="/word/document.xml"'
            f' ContentType="{main}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{links}"><Relationship Id="r1" '
            f'Type="{document}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body>'
            "</w:document>",
        }
    )


def nested(depth: int) -> str:
    cell = '<table:table-cell table:number-columns-repeated="50"><text:p>a</text:p>'
    return (
        f"<table:table><table:table-row>{cell}" * depth
        + "</table:table-cell></table:table-row></table:table>" * depth
    )


EXPORTED: list[bytes] = []


@pytest.fixture
def town(tmp_path: Path) -> Path:
    folder = write(tmp_path / "corpus", FILES)
    if not EXPORTED:
        assert run(folder, "export", "projet", "--out", str(tmp_path / "p.xlsx"))[0] == 0
        EXPORTED.append((tmp_path / "p.xlsx").read_bytes())
    return folder


def run(folder: Path, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, [words[0], "--corpus", str(folder), *words[1:]])
    return done.exit_code, done.output


def contents(folder: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


BOMB = (
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>'
)
SHEETS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a number of 5,000 digits": (
        "p.ods",
        lambda: ods(row("projet/banc", "Un banc", DIGITS, DIGITS)),
        "a plus de 18 chiffres",
    ),
    "a number of 5,000 digits in Excel": (
        "p.xlsx",
        lambda: xlsx(with_row(f'<c r="A9" t="n"><v>{DIGITS}</v></c>')),
        "ne peut pas être lu",
    ),
    "a row without end in Excel": (
        "p.xlsx",
        lambda: xlsx(
            with_row(
                "".join(
                    f'<c r="XFD{n}"><v>1</v></c></row><row r="{n + 1}">' for n in range(9, 9_000)
                )
            )
        ),
        "trop de c",
    ),
    "a date before all": (
        "p.xlsx",
        lambda: xlsx(with_row('<c r="A9" t="d"><v>0000-99-99T99:99</v></c>')),
        "ne peut pas être lu",
    ),
    "a text that is not in the list of texts": (
        "p.xlsx",
        lambda: xlsx(with_row('<c r="A9" t="s"><v>99999999</v></c>')),
        "une feuille est abîmée",
    ),
    "a workbook without sheets": (
        "p.xlsx",
        lambda: xlsx(lambda _: f'<workbook xmlns="{SHEET}"/>', "xl/workbook.xml"),
        "Erreur",
    ),
    "entities in a part of another name": (
        "p.xlsx",
        lambda: zipped({"xl/feuille.bin": f"  \n{BOMB}"}),
        "déclare des entités",
    ),
    "entities in UTF-16": (
        "p.xlsx",
        lambda: zipped({"xl/feuille.bin": BOMB.encode("utf-16")}),
        "déclare des entités",
    ),
    "an external entity": (
        "p.ods",
        lambda: zipped({"content.xml": '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'}),
        "déclare des entités",
    ),
    "elements without end": (
        "p.ods",
        lambda: zipped({"content.xml": "<a>" + "<b/>" * (MOST_ELEMENTS + 1) + "</a>"}),
        "trop d’éléments",
    ),
    "gigabytes of zeros": (
        "p.ods",
        lambda: zipped({f"{n}.bin": bytes(16 << 20) for n in range(5)}),
        "trop grand",
    ),
    "parts without end": (
        "p.ods",
        lambda: zipped({str(n): "" for n in range(2_001)}),
        "trop de parties",
    ),
    "an encoding that nobody knows": (
        "p.ods",
        lambda: zipped({"content.xml": '<?xml version="1.0" encoding="foo"?><a/>'}),
        "abîmé",
    ),
    "an encoding of several bytes": (
        "p.ods",
        lambda: zipped({"content.xml": '<?xml version="1.0" encoding="shift_jis"?><a/>'}),
        "abîmé",
    ),
    "a broken ZIP": ("p.ods", lambda: ods("")[:-40], "abîmé"),
    "broken data": (
        "p.ods",
        lambda: noised(ods(""), 90),
        "abîmé",
    ),
    "broken LZMA": (
        "p.ods",
        lambda: noised(zipped({"content.xml": "<a/>" * 99}, zipfile.ZIP_LZMA), 60),
        "abîmé",
    ),
    "a folder that is no workbook": (
        "p.ods",
        lambda: zipped({"a.txt": "a"}),
        "ne peut pas être lu",
    ),
    "a cell of a megabyte": (
        "p.ods",
        lambda: ods(row("projet/banc", "a" * 1_000_000)),
        "plus de 200000 signes",
    ),
    "a cell of blanks without end": (
        "p.ods",
        lambda: ods(row("projet/banc", '<text:p><text:s text:c="99999999"/>a</text:p>')),
        "plus de 200000 signes",
    ),
    "blanks in each cell": (
        "p.ods",
        lambda: ods(row(*['<text:p>a<text:s text:c="199000"/>a</text:p>'] * 900)),
        "trop de cases",
    ),
    "a row that is there a million times": (
        "p.ods",
        lambda: ods(row("projet/banc", "a", more=' table:number-rows-repeated="9999999"')),
        "trop de cases",
    ),
    "repeated 5,000 digits times": (
        "p.ods",
        lambda: ods(
            row(
                "projet/banc",
                "Un banc",
                "2018",
                "12",
                more=f' table:number-rows-repeated="{DIGITS}"',
            )
        ),
        "",
    ),
    "lines without end": ("p.csv", lambda: b"id\n" + b"\n" * 1_000_000, "trop de lignes"),
    "columns without end": ("p.csv", lambda: b"id" + b"," * 1_000_000, "trop de lignes"),
    "a cell of a megabyte in CSV": (
        "p.csv",
        lambda: b"id,titre\nprojet/banc," + b"a" * 1_000_000 + b"\n",
        "plus de 200000 signes",
    ),
    "a quote without end": ("p.csv", lambda: b'id,titre\nprojet/banc,"a\n', "mal formé"),
    "NUL in a cell": ("p.csv", lambda: b"id,titre\nprojet/banc,a\0b\n", ""),
    "digits in CSV": (
        "p.csv",
        lambda: f"id,realisation.participants\nprojet/banc,{DIGITS}\n".encode(),
        "a plus de 18 chiffres",
    ),
    "an address outside": (
        "p.csv",
        lambda: b"id,titre\nprojet/../../dehors,Dehors\n",
        "ne donne pas d’identifiant",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SHEETS)
def test_a_hostile_spreadsheet_is_told_and_changes_nothing(
    name: str, town: Path, tmp_path: Path
) -> None:
    file_name, data, message = SHEETS[name]
    (tmp_path / file_name).write_bytes(data())
    before = contents(town)
    begun = time.process_time()

    code, output = run(town, "import", str(tmp_path / file_name), "--yes")

    assert time.process_time() - begun < 8
    assert code in ((0, 1) if not message else (1,)), output
    assert message in output
    assert not {"Traceback", "\x1b", "\0"}.intersection(output)
    assert contents(town) == before


@pytest.mark.parametrize("keyed", [True, False])
def test_a_table_of_two_million_blanks_takes_little_memory(keyed: bool) -> None:
    keys = [f"c{rank}" if keyed else "" for rank in range(39)]
    data = f"id,{','.join(keys)}\n".encode() + (b"projet/banc" + b", " * 39 + b"\n") * 49_990
    tracemalloc.start()

    given = csvfile.read(data)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(given.sheets[0].lines) == 49_990
    # three hundred and more where each cell is an object with its place
    assert peak < 64 << 20


DOCUMENTS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "tables in repeated cells of tables": ("t.odt", lambda: odt(nested(30)), ""),
    "a column repeated 5,000 digits times": (
        "t.odt",
        lambda: odt(
            nested(1).replace('"50"', f'"{DIGITS}"')
            + f'<text:p><text:s text:c="{DIGITS}"/></text:p>'
        ),
        "",
    ),
    "deeper than anybody writes": (
        "t.odt",
        lambda: odt("<text:span>" * 250 + "</text:span>" * 250),
        "trop profonde",
    ),
    "a million signs and more": (
        "t.odt",
        lambda: odt(f"<text:p>{'a ' * 600_000}</text:p>"),
        "Découpez",
    ),
    "elements without end": (
        "t.odt",
        lambda: odt("<text:p>a</text:p>" * 200_001),
        "trop d’éléments",
    ),
    "a text of 30 megabytes": ("t.md", lambda: b"a " * 15_000_000, "Découpez"),
    "no UTF-8": ("t.txt", lambda: b"\xff\xfe\x00", "UTF-8"),
    "a Word file of elements": ("t.docx", lambda: docx("<w:p/>" * 200_001), "trop d’éléments"),
    "a Word file of runs inside runs": (
        "t.docx",
        lambda: docx("<w:p>" + "<w:r>" * 600 + "<w:t>a</w:t>" + "</w:r>" * 600 + "</w:p>"),
        "trop profonde",
    ),
    "a Word table as wide as 5,000 digits": (
        "t.docx",
        lambda: docx(
            f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{DIGITS}"/></w:tcPr>'
            "<w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        ),
        "ne peut pas être lu",
    ),
    "many voices": ("t.txt", lambda: b"**Ada E.** : a\n\n**Bo F.** : b\n\n" * 9_000, "trop long"),
    "an XML of another kind": (
        "t.odt",
        lambda: zipped({"content.xml": "<a/>"}),
        "n’est pas un document",
    ),
    "a day that is none": ("t.txt", lambda: b"Le 99 janvier 2999, 99/99/2999.\n", ""),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["recit", "reunion"])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_hostile_document_is_told_or_makes_a_draft(
    name: str, kind: str, town: Path, tmp_path: Path
) -> None:
    file_name, data, message = DOCUMENTS[name]
    (tmp_path / file_name).write_bytes(data())
    begun = time.process_time()

    code, output = run(town, "import", kind, str(tmp_path / file_name), "--dry-run")

    assert time.process_time() - begun < 8
    assert (code, message in output) == (1 if message else 0, True), output[:2000]
    assert "Traceback" not in output


def test_what_stands_in_the_place_of_a_file_is_no_file(town: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tuyau.ods")
    (tmp_path / "dossier.ods").mkdir()
    (tmp_path / "nulle-part.ods").symlink_to(tmp_path / "rien.ods")

    for name in ("tuyau.ods", "dossier.ods", "nulle-part.ods"):
        code, output = run(town, "import", str(tmp_path / name), "--yes")
        assert (code, "n’est pas un fichier" in output) == (2, True), output


def test_a_link_in_the_corpus_takes_no_draft_outside(town: Path, tmp_path: Path) -> None:
    outside = tmp_path / "dehors"
    outside.mkdir()
    (town / "narratives" / "recit").symlink_to(outside)
    (tmp_path / "un-banc.txt").write_text("# Un banc\n\nIl est là.\n", encoding="utf-8")

    code, output = run(town, "import", "recit", str(tmp_path / "un-banc.txt"))

    assert code == 1, output
    assert "lien symbolique" in output
    assert list(outside.iterdir()) == []
