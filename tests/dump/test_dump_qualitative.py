"""The words of the voices, opened by the tools of qualitative research."""

from __future__ import annotations

import csv
import io
import os
import sqlite3
import subprocess
import unicodedata
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import starred
import town
from lxml import etree

from loosbot.dump.filtered import Edition
from loosbot.dump.formats import iramuteq, qda, texts
from loosbot.dump.tables.normative import tables

Q = f"{{{qda.NAMESPACE}}}"
SOME = """
type: recit
titre: Trois voix, "guillemets" et * étoiles
annee: 2018
projet: fifty-fifty/verger
voix:
"""


def voice(text: str, rest: str = "") -> str:
    consent = "consentement: {etat: public, portee: [dump-recherche, dump-public]}"
    lines = "\n".join(f"      {line}" for line in text.split("\n"))
    return (
        f"  - qui: acteur/ali-d\n    role: habitant\n    {consent}\n{rest}    texte: |\n{lines}\n"
    )


@pytest.fixture(scope="module")
def talkative(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """An edition whose voices hold whatever breaks importers."""
    tale = SOME + voice(
        "🍎🍐 une pomme, e\u0301te\u0301.\n\nDeux *pommes*.", "    themes: [energie]\n"
    )
    tale += voice("* puce\n* autre **** étoile\n\n    **** code", "    effets: [confiance]\n")
    tale += voice("La même chose, & <b> ]]> « œuf » à 3 €.", "    frottements: [C'est long.]\n")
    files = {**town.FILES, "narratives/recit/voix.yaml": tale}
    root = town.write(tmp_path_factory.mktemp("talkative"), files)
    return town.edition(root, "recherche")


def archive(edition: Edition) -> zipfile.ZipFile:
    ((_, data),) = qda.files(edition, ())
    return zipfile.ZipFile(io.BytesIO(data))


def project(edition: Edition) -> etree._Element:
    return etree.fromstring(archive(edition).read("project.qde"))


@pytest.fixture(scope="session")
def schema(validators: Path) -> etree.XMLSchema:
    (path,) = validators.glob("lib/python3*/site-packages/qualitative_coding/refi_qda/schema.xsd")
    return etree.XMLSchema(etree.parse(path))


def test_every_passage_is_where_it_is_said_to_be(talkative: Edition) -> None:
    contents = {path: data.decode("utf-8") for path, data in texts.files(talkative, ())}

    for story in talkative.stories:
        text = contents[f"textes/{story.record.partition('/')[2]}.txt"]
        assert text == story.text == unicodedata.normalize("NFC", text)
        assert "\r" not in text and not text.startswith("\ufeff")
        for passage in story.passages:
            assert text[passage.start : passage.end] == passage.text
    tale = next(story for story in talkative.stories if story.record == "recit/voix")
    assert tale.passages[0].start == 0
    assert tale.passages[0].text == "🍎🍐 une pomme, été.\n\nDeux pommes."


def test_txm_finds_each_text_by_its_id(talkative: Edition) -> None:
    contents = dict(texts.files(talkative, ()))
    rows = list(csv.DictReader(io.StringIO(contents[texts.METADATA].decode("utf-8"))))

    assert next(iter(rows[0])) == "id" and all(name.isascii() for name in rows[0])
    assert {f"textes/{row['id']}.txt" for row in rows} == contents.keys() - {texts.METADATA}


def alceste(data: bytes) -> list[tuple[list[str], str]]:
    """What IRaMuTeQ's builder makes of a corpus: variables and words of each text."""
    entries: list[tuple[list[str], str]] = []
    for line in data.decode("utf-8").splitlines():
        if line.startswith("****"):
            entries.append((line.split()[1:], ""))
        elif entries and line.strip():
            entries[-1] = (entries[-1][0], f"{entries[-1][1]} {line.strip()}".strip())
    return [entry for entry in entries if entry[1]]


def test_iramuteq_finds_as_many_texts_as_voices(talkative: Edition) -> None:
    contents = dict(iramuteq.files(talkative, ()))
    corpus = contents[iramuteq.CORPUS]
    voices = alceste(corpus)

    assert starred.faults(corpus.decode("utf-8")) == []
    assert len(voices) == sum(len(story.passages) for story in talkative.stories) == 5
    assert not any("*" in words for _, words in voices)
    rows = list(csv.DictReader(io.StringIO(contents[iramuteq.VARIABLES].decode("utf-8"))))
    used = {star for stars, _ in voices for star in stars}
    assert used == {f"*{row['variable']}_{row['modalite']}" for row in rows}
    assert all(row["libelle"] for row in rows)
    for stars, _ in voices:
        names = [star.partition("_")[0] for star in stars]
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("\ufeff**** *a_b\nmots", "octets"),
        ("mots\n**** *a_b\nmots", "avant le premier texte"),
        ("**** *a_b\n**** *a_c\nmots", "est vide"),
        ("**** *a_b\n* puce", "une étoile"),
        ("**** *a-b_c\nmots", "mal écrite"),
        ("**** *a_b-c\nmots", "mal écrite"),
        ("**** *a\nmots", "mal écrite"),
        ("**** *é_b\nmots", "mal écrite"),
        ("**** *a_b *a_c\nmots", "deux fois"),
    ],
)
def test_what_iramuteq_would_lose_is_told(text: str, fault: str) -> None:
    assert [message for message in starred.faults(text) if fault in message]


@pytest.mark.parametrize("edition", ["public", "research", "talkative"])
def test_refi_qda_is_valid(
    edition: str, schema: etree.XMLSchema, request: pytest.FixtureRequest
) -> None:
    schema.assertValid(project(request.getfixturevalue(edition)))


def test_refi_qda_is_valid_with_nobody(schema: etree.XMLSchema, tmp_path: Path) -> None:
    few = {path: text for path, text in town.FILES.items() if "narratives" not in path}

    schema.assertValid(project(town.edition(town.write(tmp_path, few))))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace(' isCodable="true"', "", 1),
        lambda text: text.replace("<Users>", "<Users/><Users>"),
        lambda text: text.replace("<Sources>", "<Sources/><Sources>"),
        lambda text: text.replace('startPosition="0"', 'startPosition="x"', 1),
        lambda text: text.replace("<CodeRef", "<Description/><CodeRef", 1),
    ],
)
def test_the_refi_schema_bites(
    spoil: Callable[[str], str], talkative: Edition, schema: etree.XMLSchema
) -> None:
    text = archive(talkative).read("project.qde").decode("utf-8")
    spoilt = spoil(text)
    assert spoilt != text

    assert not schema.validate(etree.fromstring(spoilt.encode("utf-8")))


def test_refi_references_lead_somewhere(talkative: Edition) -> None:
    root = project(talkative)
    guids = [element.get("guid") for element in root.iter() if element.get("guid")]
    assert len(guids) == len(set(guids)) and all(uuid.UUID(guid) for guid in guids)
    targets = {element.get("targetGUID") for element in root.iter() if element.get("targetGUID")}
    users = {element.get("creatingUser") for element in root.iter() if element.get("creatingUser")}
    assert targets | users <= set(guids)
    names = [code.get("name") for code in root.iter(f"{Q}Code")]
    assert len(names) == len(set(names))
    assert root.get("origin")


def test_refi_codings_quote_the_words(talkative: Edition) -> None:
    root, files = project(talkative), archive(talkative)
    codes = {code.get("guid"): code.get("name") for code in root.iter(f"{Q}Code")}
    quoted = set()
    for source in root.iter(f"{Q}TextSource"):
        text = files.read(source.get("plainTextPath").replace("internal://", "sources/")).decode()
        for selection in source.iter(f"{Q}PlainTextSelection"):
            words = text[int(selection.get("startPosition")) : int(selection.get("endPosition"))]
            quoted |= {(codes[c.get("targetGUID")], words) for c in selection.iter(f"{Q}CodeRef")}

    assert {
        ("Thème : Énergie", "🍎🍐 une pomme, été.\n\nDeux pommes."),
        ("Frottement : C'est long.", "La même chose, & <b> ]]> « œuf » à 3 €."),
    } <= quoted
    assert ("Voix : Habitant", "CANARI-NON-RELU attend son relecteur.") in quoted


def test_qualitative_coding_imports_the_project(
    talkative: Edition, validators: Path, tmp_path: Path
) -> None:
    ((_, data),) = qda.files(talkative, ())
    (tmp_path / "recits.qdpx").write_bytes(data)
    folder = tmp_path / "import"
    folder.mkdir()

    # its import holds a forgotten breakpoint
    subprocess.run(
        [validators / "bin/qc", "init", "--import", tmp_path / "recits.qdpx"],
        cwd=folder,
        env=os.environ | {"PYTHONBREAKPOINT": "0"},
        stdin=subprocess.DEVNULL,
        check=True,
        capture_output=True,
    )

    with sqlite3.connect(folder / "qualitative_coding.sqlite3") as database:
        documents = {path for (path,) in database.execute("SELECT file_path FROM document")}
        coded = set(
            database.execute(
                "SELECT i.document_id, l.code_id FROM coded_line l "
                "JOIN coded_line_location_association a ON a.coded_line_id = l.id "
                "JOIN location o ON o.id = a.location_id "
                "JOIN document_index i ON i.id = o.document_index_id"
            )
        )
    names = {story.record: f"{story.record.partition('/')[2]}.txt" for story in talkative.stories}
    assert documents == set(names.values())
    for name, story in zip(names.values(), talkative.stories, strict=True):
        assert (folder / "corpus" / name).read_text("utf-8").rstrip() == story.text.rstrip()
    root = project(talkative)
    codes = {code.get("guid"): code.get("name") for code in root.iter(f"{Q}Code")}
    # its line numbers are wrong by its own fault, so only documents and codes are compared
    assert coded == {
        (f"{source.get('name')}.txt", codes[reference.get("targetGUID")])
        for source in root.iter(f"{Q}TextSource")
        for reference in source.iter(f"{Q}CodeRef")
    }


def test_the_voices_of_a_project_and_of_a_meeting_have_passages_too(tmp_path: Path) -> None:
    """Both have the slug of a récit: their texts must not be one file."""
    own = {
        "narratives/projet/voix.yaml": "type: projet\ntitre: La place\nvoix:\n"
        + voice("Elle balaie la place."),
        "narratives/reunion/voix.yaml": "type: reunion\ntitre: Le soir\ndate: 2018-05-02\n"
        "projet: projet/voix\nvoix:\n" + voice("Elle parle la dernière."),
        "narratives/recit/voix.yaml": SOME + voice("Elle plante."),
    }
    built = town.edition(town.write(tmp_path, {**town.FILES, **own}), "recherche")
    passages = next(table for table in tables(built) if table.name == "passages")
    columns = [column.name for column in passages.columns]
    rows = [dict(zip(columns, row, strict=True)) for row in passages.rows]
    mine = {row["fiche"]: row for row in rows if str(row["fiche"]).endswith("/voix")}
    files = dict(texts.files(built, ()))

    assert [
        (id_, row["recit"], row["fichier"], row["annee"]) for id_, row in sorted(mine.items())
    ] == [
        ("projet/voix", None, "textes/projet--voix.txt", None),
        ("recit/voix", "recit/voix", "textes/voix.txt", "2018"),
        ("reunion/voix", None, "textes/reunion--voix.txt", "2018"),
    ]
    for row in mine.values():
        text = files[str(row["fichier"])].decode()
        assert text[int(str(row["debut"])) : int(str(row["fin"]))] == row["texte"]
    cases = {
        case.get("name"): [ref.get("targetGUID") for ref in case.iter(f"{Q}SourceRef")]
        for case in project(built).iter(f"{Q}Case")
    }
    names = {
        source.get("guid"): source.get("name") for source in project(built).iter(f"{Q}TextSource")
    }
    variables = {
        variable.get("guid"): variable.get("name")
        for variable in project(built).iter(f"{Q}Variable")
    }
    about = {
        (source.get("name"), value.findtext(f"{Q}TextValue"))
        for source in project(built).iter(f"{Q}TextSource")
        for value in source.iter(f"{Q}VariableValue")
        if variables[value[0].get("targetGUID")] == "recit_projet"
    }
    # QualCoder ties no text to its case: each says itself what it is about
    assert {("projet--voix", "La place"), ("reunion--voix", "La place")} <= about
    assert sorted(names[guid] for guid in cases["projet/voix"]) == [
        "projet--voix",
        "reunion--voix",
    ]
