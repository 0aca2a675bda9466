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
from loosbot.dump import build
from loosbot.dump.edition.key import key_file
from loosbot.dump.filtered import Kind
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


TALE = "narratives/recit/trois-voix.yaml"
AGREED = "{etat: public, portee: [wiki, dump-recherche, dump-public]}"
RETIRED = "{etat: retire}"


def _tale(*consents: str, former: str = "") -> str:
    texts = ("On a planté des pommiers.", "Les poiriers ont gelé en mars.", "Rien ne pousse ici.")
    voices = "".join(
        f"  - qui: acteur/ali-d\n    role: habitant\n    consentement: {consent}\n"
        f"    texte: {text}\n"
        for consent, text in zip(consents, texts, strict=True)
    )
    return (
        f"type: recit\ntitre: Trois voix\nannee: 2019\nvoix:\n{voices}{former}"
        "relectures: [{qui: Jeanne Relit, date: 2020-01-05}]\n"
    )


def _coded_at(dump: Path, target: Path, words: str) -> Path:
    """The project with « Fierté » on these words, which one of its texts has."""
    with zipfile.ZipFile(dump / PATH) as archive:
        texts = {
            name.removeprefix("sources/"): archive.read(name).decode("utf-8")
            for name in archive.namelist()
            if name.startswith("sources/")
        }

    def recode(root: Element) -> None:
        guid = _code(root, "Fierté")
        for source in root.iter(f"{_Q}TextSource"):
            text = texts[source.get("plainTextPath", "").removeprefix("internal://")]
            if words in text:
                start = text.index(words)
                places = {"startPosition": str(start), "endPosition": str(start + len(words))}
                selection = SubElement(source, f"{_Q}PlainTextSelection", places)
                coding = SubElement(selection, f"{_Q}Coding")
                SubElement(coding, f"{_Q}CodeRef", {"targetGUID": guid})

    return _recoded(dump, target, recode)


def _dump(corpus: Path, folder: Path, kind: Kind = "recherche") -> Path:
    build.write(town.edition(corpus, kind), folder, None, lambda: None)
    return folder


@pytest.mark.parametrize("kind", ["recherche", "publique"])
def test_a_code_goes_to_who_said_the_words_whatever_the_ranks(tmp_path: Path, kind: Kind) -> None:
    """A dump does not count who withdrew, and who withdraws later is counted in it."""
    corpus = town.write(tmp_path / "town", {**town.FILES, TALE: _tale(RETIRED, AGREED, AGREED)})
    dump = _dump(corpus, tmp_path / "dump", kind)
    code, output = _run(_coded_at(dump, tmp_path, "poiriers"), corpus)
    assert code == 0, output
    assert "voix 2, effets : fierte" in output and "sur « poiriers »" in output

    former = "anciens_ids: [recit/trois-voix]\n"
    (corpus / TALE).unlink()
    later = {"narratives/recit/trois.yaml": _tale(RETIRED, AGREED, RETIRED, former=former)}
    town.write(corpus, later)
    code, output = _run(_coded_at(dump, tmp_path, "poiriers"), corpus)
    assert code == 1 and "voix 2, effets : fierte" in output


@pytest.mark.parametrize("left", ["the voice", "its words"])
def test_a_code_on_the_words_of_who_withdrew_goes_to_nobody(tmp_path: Path, left: str) -> None:
    corpus = town.write(tmp_path / "town", {**town.FILES, TALE: _tale(AGREED, AGREED, AGREED)})
    dump = _dump(corpus, tmp_path / "dump")
    text = _tale(AGREED, RETIRED, AGREED)
    if left == "its words":
        text = text.replace("Les poiriers ont gelé en mars.", "Effacé.")
    town.write(corpus, {TALE: text})

    code, output = _run(_coded_at(dump, tmp_path, "poiriers"), corpus)
    assert code == 1
    assert "fierte" not in output
    assert "Trois voix : une voix de ce texte n’est plus dans la fiche" in output
    assert "rien ne dit à quelle voix va « Fierté »" in output


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
