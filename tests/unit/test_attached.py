"""Images and papers joined to records: what is taken, what is left out, how they are shown."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from corpora import corpus, reading
from PIL import Image, PngImagePlugin

from loosbot.corpus.attached import MAX_BYTES, cleaned, kind_of
from loosbot.render.pages import render

PLACE, ORIENTATION, CAMERA = 0x8825, 0x0112, 0x010F
NORTH = {1: "N", 2: (50.0, 27.0, 0.0), 3: "E", 4: (2.0, 47.0, 0.0)}


def jpeg(side: int = 6, colour: str = "green") -> bytes:
    """A photograph with its place, its camera, the side that is up and a second view."""
    exif = Image.Exif()
    exif[ORIENTATION] = side
    exif[CAMERA] = "Appareil de Camille"
    exif[PLACE] = NORTH
    stream = BytesIO()
    Image.new("RGB", (40, 30), colour).save(stream, "JPEG", exif=exif, progressive=True)
    return stream.getvalue() + b"\xff\xd8 Appareil de Camille, vue 2"


def png() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Camille")
    stream = BytesIO()
    Image.new("RGB", (20, 10), "navy").save(stream, "PNG", pnginfo=notes, exif=Image.Exif())
    return stream.getvalue()


PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def pixels(data: bytes) -> bytes:
    with Image.open(BytesIO(data)) as picture:
        return picture.tobytes()


@pytest.mark.parametrize("side", [1, 3, 6, 8])
def test_a_photograph_keeps_its_pixels_and_its_side_and_nothing_else(side: int) -> None:
    photo = jpeg(side)
    with Image.open(BytesIO(photo)) as picture:
        assert picture.getexif().get_ifd(PLACE)[1] == "N"
    out = cleaned(photo, "jpg")
    assert pixels(out) == pixels(photo)
    assert b"Camille" not in out
    with Image.open(BytesIO(out)) as picture:
        exif = picture.getexif()
        assert exif.get(ORIENTATION, 1) == side
        assert set(exif) <= {ORIENTATION}
        assert not exif.get_ifd(PLACE)
    assert cleaned(out, "jpg") == out


def test_a_png_loses_its_texts() -> None:
    out = cleaned(png(), "png")
    assert b"Camille" not in out
    assert pixels(out) == pixels(png())


@pytest.mark.parametrize(
    ("data", "kind"), [(jpeg(), "jpg"), (png(), "png"), (PDF, "pdf"), (b"GIF89a", ""), (b"", "")]
)
def test_what_a_file_is_is_in_its_first_bytes(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


RECORD = """
type: projet
titre: Le banc
documents:
  - {fichier: banc.jpg, alt: Deux bancs verts, legende: Le jour de la pose, licence: Ville}
"""
HERE = "narratives/projet/"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("autre.jpg", jpeg(), "fichier-absent"),
        ("banc.jpg", b"MZ\x90 un programme", "fichier-refuse"),
        ("banc.jpg", b"<svg onload='alert(1)'/>", "fichier-refuse"),
        ("banc.jpg", PDF, "fichier-mal-nomme"),
        ("banc.jpg", jpeg()[:200], "fichier-abime"),
        ("banc.jpg", jpeg() + bytes(MAX_BYTES), "fichier-trop-gros"),
    ],
)
def test_what_cannot_be_joined_is_a_finding(
    tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    found = reading(tmp_path, {f"{HERE}banc.yaml": RECORD, f"{HERE}{name}": data}).findings
    assert [one.code for one in found] == [code]
    assert found[0].path == f"{HERE}banc.yaml"
    assert found[0].line == 5
    assert found[0].hint


def test_a_picture_without_words_is_a_finding(tmp_path: Path) -> None:
    record = "type: projet\ntitre: Le banc\ndocuments:\n  - {fichier: banc.jpg}\n"
    found = reading(tmp_path, {f"{HERE}banc.yaml": record, f"{HERE}banc.jpg": jpeg()}).findings
    assert [one.code for one in found] == ["cle-manquante"]
    assert "alt" in found[0].message


def test_a_file_outside_of_the_corpus_is_never_read(tmp_path: Path) -> None:
    (tmp_path / "secret.jpg").write_bytes(jpeg())
    record = RECORD.replace("banc.jpg", "../../../secret.jpg")
    found = reading(tmp_path / "corpus", {f"{HERE}banc.yaml": record}).findings
    assert [one.code for one in found] == ["fichier-absent"]


def test_a_picture_is_shown_with_its_words_and_has_its_own_page(tmp_path: Path) -> None:
    files = {f"{HERE}banc.yaml": RECORD, f"{HERE}banc.jpg": jpeg()}
    pages = render(corpus(tmp_path, files), {}, media=frozenset({"jpg"}))
    title = "Fichier:Essai-projet-banc.jpg"
    body = pages["projet/banc"].body
    assert f"[[{title}|frameless|480px|alt=Deux bancs verts]]" in body
    assert "Le jour de la pose — Ville" in body
    own = pages["fichier/projet-banc"]
    assert own.title == title
    assert "[[Le banc]]" in own.body
    assert own.file is not None
    assert own.file.load() == cleaned(jpeg(), "jpg")


def test_a_wiki_that_does_not_take_it_has_its_words(tmp_path: Path) -> None:
    files = {f"{HERE}banc.yaml": RECORD, f"{HERE}banc.jpg": jpeg()}
    pages = render(corpus(tmp_path, files), {}, media=frozenset({"svg"}))
    assert "fichier/projet-banc" not in pages
    assert "* Le jour de la pose (JPG, Deux bancs verts, Ville)" in pages["projet/banc"].body


def test_one_file_in_two_places_is_sent_once(tmp_path: Path) -> None:
    other = RECORD.replace("Le banc", "La place").replace("banc.jpg", "place.jpg")
    files = {
        f"{HERE}banc.yaml": RECORD,
        f"{HERE}banc.jpg": jpeg(),
        f"{HERE}place.yaml": other,
        f"{HERE}place.jpg": jpeg(),
    }
    pages = render(corpus(tmp_path, files), {}, media=frozenset({"jpg"}))
    assert [id_ for id_ in pages if id_.startswith("fichier/")] == ["fichier/projet-banc"]
    assert "[[Fichier:Essai-projet-banc.jpg|" in pages["projet/place"].body


def test_a_paper_is_a_link(tmp_path: Path) -> None:
    record = "type: projet\ntitre: Le banc\ndocuments: [{fichier: a3.pdf, alt: La convention}]\n"
    files = {f"{HERE}banc.yaml": record, f"{HERE}a3.pdf": PDF}
    pages = render(corpus(tmp_path, files), {}, media=frozenset({"pdf"}))
    line = "* [[:Fichier:Essai-projet-a3.pdf|La convention]] (PDF)"
    assert line in pages["projet/banc"].body
