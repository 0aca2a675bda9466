"""Codes that somebody put on the texts of a dump, back as proposals for the records."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

import pytest
import town
from click.testing import CliRunner

from loosbot.cli import main
from loosbot.corpus.check.load import whole_corpus
from loosbot.corpus.tree import FolderTree
from loosbot.dump.edition.key import key_file
from loosbot.dump.formats.qda import NAMESPACE, PATH, PROJECT

_Q = f"{{{NAMESPACE}}}"
Recode = Callable[[Element], None]


def _recoded(dump: Path, target: Path, recode: Recode) -> Path:
    """The project of the dump as a coding software gives it back."""
    out = target / "recode.qdpx"
    with (
        zipfile.ZipFile(io.BytesIO((dump / PATH).read_bytes())) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            data = before.read(name)
            if name == PROJECT:
                root = ElementTree.fromstring(data)  # noqa: S314 - our own dump
                recode(root)
                data = ElementTree.tostring(root, "utf-8")
            after.writestr(name, data)
    return out


def _code(root: Element, name: str) -> str:
    codes = next(root.iter(f"{_Q}Codes"))
    guid = f"00000000-0000-4000-8000-{zlib.crc32(name.encode()):012d}"
    SubElement(codes, f"{_Q}Code", {"guid": guid, "name": name, "isCodable": "true"})
    return guid


def _select(root: Element, guid: str, start: int, end: int) -> None:
    """A passage of the first text."""
    source = next(root.iter(f"{_Q}TextSource"))
    places = {"startPosition": str(start), "endPosition": str(end), "name": "sans titre"}
    selection = SubElement(source, f"{_Q}PlainTextSelection", places)
    SubElement(SubElement(selection, f"{_Q}Coding"), f"{_Q}CodeRef", {"targetGUID": guid})


@pytest.fixture(autouse=True)
def key(small_town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key that the town gave its codes with, where a town keeps it."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = key_file(whole_corpus(FolderTree(small_town)).config.corpus, os.environ)
    path.parent.mkdir(parents=True, mode=0o700)
    path.write_text(town.KEY.hex())
    path.chmod(0o600)


def _run(file: Path, corpus: Path) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["import", "codes", str(file), "--corpus", str(corpus)])
    return done.exit_code, done.output


def test_a_dump_that_nobody_coded_proposes_nothing(research_dump: Path, small_town: Path) -> None:
    code, output = _run(research_dump / PATH, small_town)
    assert (code, output) == (0, "Ces codes ne proposent rien que les fiches n’aient déjà.\n")


@pytest.mark.parametrize("name", ["Effet utile : Fierté", "fierte"])
def test_a_code_of_ours_is_a_proposal_for_its_voice(
    research_dump: Path, small_town: Path, tmp_path: Path, name: str
) -> None:
    def recode(root: Element) -> None:
        voice = next(root.iter(f"{_Q}PlainTextSelection"))
        start = int(voice.get("startPosition", ""))
        _select(root, _code(root, name), start, start + 12)

    code, output = _run(_recoded(research_dump, tmp_path, recode), small_town)
    assert code == 0
    assert ", effets : fierte (« Fierté »)" in output
    assert "sur « " in output
    assert "rien n’est écrit" in output


def test_what_cannot_be_placed_is_named(
    research_dump: Path, small_town: Path, tmp_path: Path
) -> None:
    def recode(root: Element) -> None:
        voice = next(root.iter(f"{_Q}PlainTextSelection"))
        start = int(voice.get("startPosition", ""))
        _select(root, _code(root, "Ironie"), start, start + 5)
        next(root.iter(f"{_Q}TextSource")).set("name", "un-autre-texte")

    code, output = _run(_recoded(research_dump, tmp_path, recode), small_town)
    assert code == 1
    assert "NON REPRIS" in output
    assert "Le texte « un-autre-texte » n’est celui d’aucune fiche." in output


def test_a_code_of_nobody_is_named(research_dump: Path, small_town: Path, tmp_path: Path) -> None:
    def recode(root: Element) -> None:
        voice = next(root.iter(f"{_Q}PlainTextSelection"))
        _select(root, _code(root, "Ironie"), int(voice.get("startPosition", "")), 99)

    code, output = _run(_recoded(research_dump, tmp_path, recode), small_town)
    assert code == 1
    assert "Le code « Ironie » n’est pas un mot de nos vocabulaires." in output


@pytest.mark.parametrize(("part", "text"), [("autre.xml", "<a/>"), ("project.qde", "")])
def test_another_file_is_refused(part: str, text: str, tmp_path: Path, small_town: Path) -> None:
    other = tmp_path / "notes.qdpx"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr(part, text)
    code, output = _run(other, small_town)
    assert code == 1
    assert "n’est pas un projet d’un logiciel de codage" in output
