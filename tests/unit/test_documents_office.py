"""Ten documents, written by LibreOffice and by python-docx, brought in as drafts by the command."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from click.testing import CliRunner
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from loosbot.cli import main

pytestmark = [pytest.mark.outils, pytest.mark.slow]


def _dialogue(made: Document) -> None:
    made.add_heading("Le banc de la rue des Essais", 1)
    made.add_paragraph("Un samedi, devant l’école.")
    for who, text in (
        ("Ada E.", "J’ai écrit trois fois."),
        ("Basile F.", "On a promis trop vite."),
    ):
        paragraph = made.add_paragraph()
        paragraph.add_run(f"{who} : ").bold = True
        paragraph.add_run(text)


def _minutes(made: Document) -> None:
    made.add_heading("Réunion sur la place", 1)
    made.add_paragraph("Le 12 mars 2024, vingt personnes.")
    made.add_heading("Ce qui a été dit", 2)
    made.add_paragraph("Il est décidé de garder la place libre.")
    made.add_paragraph("La mairie s’engage à venir avant le 3 juin.")


def _tracked(made: Document) -> None:
    """Words that somebody added and took away while the others looked on."""
    made.add_heading("La mare", 1)
    paragraph = made.add_paragraph("La mare est ")
    for kind, sign, text in (("w:ins", "w:t", "pleine"), ("w:del", "w:delText", "vide")):
        change = OxmlElement(kind)
        for name, value in (("w:id", "7"), ("w:author", "Léo"), ("w:date", "2024-03-12T10:00:00Z")):
            change.set(qn(name), value)
        run, word = OxmlElement("w:r"), OxmlElement(sign)
        word.text = text
        run.append(word)
        change.append(run)
        paragraph._p.append(change)
    paragraph.add_run(".")


def _table(made: Document) -> None:
    made.add_heading("Qui apporte quoi", 1)
    table = made.add_table(2, 2)
    for row, column, text in ((0, 0, "Qui"), (0, 1, "Quoi"), (1, 0, "La ville"), (1, 1, "Le bois")):
        table.cell(row, column).text = text
    made.add_paragraph("Le bois", style="List Bullet")
    made.add_paragraph("La vis", style="List Bullet")


def _runs(made: Document) -> None:
    """Bold over a blank's edge, half a word in bold, French signs: what people select."""
    made.add_heading("Les mots coupés", 1)
    paragraph = made.add_paragraph("Un ")
    paragraph.add_run("projet ").bold = True
    paragraph.add_run("dit « oui\u00a0» à l’")
    paragraph.add_run("école").italic = True
    paragraph.add_run(" de 2 * 3 = 6 rues.")


WRITTEN: dict[str, tuple[Callable[[Document], None], str]] = {
    "dialogue": (_dialogue, "recit"),
    "reunion": (_minutes, "reunion"),
    "suivi": (_tracked, "recit"),
    "tableau": (_table, "recit"),
    "mots": (_runs, "recit"),
}


def _saved(files: list[Path], form: str, folder: Path) -> None:
    """As LibreOffice saves them in another form."""
    profile = (folder.parent / "profil").as_uri()
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={profile}", "--headless"),
            *("--convert-to", form, "--outdir", folder, *files),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Five by python-docx, and the same five as LibreOffice makes an odt of them."""
    folder = tmp_path_factory.mktemp("documents")
    made: dict[str, Path] = {}
    for name, (write, _) in WRITTEN.items():
        document = docx.Document()
        write(document)
        made[f"{name}.docx"] = folder / f"{name}.docx"
        document.save(str(made[f"{name}.docx"]))
    _saved(list(made.values()), "odt", folder / "odt")
    made |= {f"{name}.odt": folder / "odt" / f"{name}.odt" for name in WRITTEN}
    for path in made.values():
        assert zipfile.is_zipfile(path), path
    return made


def _brought_in(file: Path, kind: str, folder: Path) -> tuple[dict[str, Any], str]:
    """The record that the command wrote, and its text."""
    folder.mkdir()
    (folder / "loosbot.yaml").write_text("corpus: essai\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["import", "--corpus", str(folder), kind, str(file)])
    assert done.exit_code == 0, done.output
    [record] = folder.glob(f"narratives/{kind}/*.yaml")
    text = record.read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    assert data["type"] == kind
    return data, text


@pytest.mark.parametrize("form", ["docx", "odt"])
@pytest.mark.parametrize("name", WRITTEN)
def test_a_document_becomes_a_draft(
    documents: dict[str, Path], tmp_path: Path, name: str, form: str
) -> None:
    data, text = _brought_in(documents[f"{name}.{form}"], WRITTEN[name][1], tmp_path / "corpus")
    voices = data.get("voix", [])
    words = "\n".join([str(data.get("texte", "")), *(voice["texte"] for voice in voices)])
    match name:
        case "dialogue":
            assert data["titre"] == "Le banc de la rue des Essais"
            assert [voice["qui"] for voice in voices] == ["Ada E.", "Basile F."]
            assert voices[1]["texte"].strip() == "On a promis trop vite."
            assert all("consentement" not in voice for voice in voices)
        case "reunion":
            assert data["titre"] == "Réunion sur la place"
            assert str(data["date"]["valeur"]) == "2024-03-12"
            assert not {"decisions", "engagements"} & data.keys()
            assert '#   - texte: "Il est décidé de garder la place libre."' in text
            assert '#   - quoi: "La mairie s’engage à venir avant le 3 juin."' in text
        case "suivi":
            assert "La mare est pleine." in words
            assert "vide" not in text
        case "tableau":
            assert "| Qui | Quoi |" in words and "| La ville | Le bois |" in words
            assert "- Le bois\n- La vis" in words
        case "mots":
            assert "Un **projet** dit « oui\u00a0» à l’*école*" in words.replace(
                "_école_", "*école*"
            )
            assert "de 2 * 3 = 6 rues." in words
