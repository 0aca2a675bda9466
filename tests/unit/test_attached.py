"""Images and papers joined to records: what is taken, what is left out, how they are shown."""

from __future__ import annotations

import time
import warnings
from io import BytesIO
from pathlib import Path
from random import Random
from zlib import compress, compressobj, crc32

import pytest
from corpora import corpus, reading
from PIL import Image, ImageCms, PngImagePlugin

from loosbot.corpus.attached import MAX_BYTES, cleaned, kind_of
from loosbot.render.pages import render

PLACE, ORIENTATION, CAMERA = 0x8825, 0x0112, 0x010F
NORTH = {1: "N", 2: (50.0, 27.0, 0.0), 3: "E", 4: (2.0, 47.0, 0.0)}


def jpeg(side: int = 6) -> bytes:
    """A photograph with its place, its camera, the side that is up and a second view."""
    exif = Image.Exif()
    exif[ORIENTATION] = side
    exif[CAMERA] = "Appareil de Camille"
    exif[PLACE] = NORTH
    stream = BytesIO()
    Image.new("RGB", (40, 30), "green").save(stream, "JPEG", exif=exif, progressive=True)
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


WORDS = b"Camille, 3 rue du Four"


def chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + crc32(name + body).to_bytes(4, "big")


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


def profile() -> bytes:
    """A true profile whose description names somebody."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    words = "sRGB built-in".encode("utf-16-be")
    assert words in made
    return made.replace(words, "Camille Durand".encode("utf-16-be")[: len(words)])


def noise(mode: str = "RGB", depth: int = 3) -> Image.Image:
    data = Random(1).randbytes(37 * 23 * depth)  # noqa: S311 - pixels, not secrets
    return Image.frombytes(mode, (37, 23), data)


def drawn(mode: str) -> bytes:
    """A PNG whose pixels are all different, as far as they can be."""
    picture = noise(mode, 2) if mode == "I;16" else noise().convert(mode)
    stream = BytesIO()
    picture.save(stream, "PNG", icc_profile=profile() if mode == "RGB" else None)
    return stream.getvalue()


PNG_PARTS = [
    ("privé", b"prVt", WORDS), ("C2PA", b"caBX", WORDS), ("texte", b"tEXt", b"Author\0" + WORDS),
    ("comprimé", b"zTXt", b"Author\0\0" + compress(WORDS)), ("Exif", b"eXIf", b"MM\0*" + WORDS),
    ("date", b"tIME", b"\x07\xe2\6\x0f\x0a\0\0"), ("palette", b"sPLT", WORDS),
    ("fausse couleur", b"iCCP", b"ICC\0\0" + compress(WORDS)), ("film", b"fdAT", WORDS),
    ("fausse densité", b"pHYs", WORDS), ("palette de couleurs", b"PLTE", WORDS + b".."),
]  # fmt: skip


@pytest.mark.parametrize(("label", "name", "body"), PNG_PARTS)
def test_a_png_keeps_no_part_that_shows_nothing(label: str, name: bytes, body: bytes) -> None:
    plain = drawn("L")
    after_header, before_end = plain[:33], plain[-12:]
    added = after_header + chunk(name, body) + plain[33:-12] + chunk(name, body) + before_end
    out = cleaned(added + WORDS, "png")
    assert out == cleaned(plain, "png")
    assert body not in out and b"Camille" not in out
    assert pixels(out) == pixels(plain)
    assert cleaned(out, "png") == out


def test_a_png_keeps_nothing_after_its_pixels() -> None:
    plain = drawn("RGB")
    hidden = plain[:-12] + chunk(b"IDAT", WORDS) + plain[-12:]
    assert cleaned(hidden, "png") == cleaned(plain, "png")


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "LA", "RGBA", "I;16"])
def test_every_kind_of_png_shows_the_same(mode: str) -> None:
    plain = drawn(mode)
    assert pixels(cleaned(plain, "png")) == pixels(plain)


def test_an_interlaced_png_shows_the_same() -> None:
    # the seven passes of 5 by 3 grey pixels; Pillow reads such a picture and does not write it
    header = (5).to_bytes(4, "big") + (3).to_bytes(4, "big") + b"\x08\0\0\0\1"
    raw = b"\0\0" + b"\0\4" + b"\0\2" + b"\0\x20\x22\x24" + b"\0\1\3" + b"\0\x21\x23"
    raw += b"\0\x10\x11\x12\x13\x14"
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", compress(raw))
    data += chunk(b"IEND", b"")
    assert pixels(cleaned(data, "png")) == pixels(data)
    short = data.replace(compress(raw), compress(raw[:-1]))
    with pytest.raises(ValueError, match=r"sum|pixels"):
        cleaned(short, "png")


def test_a_true_profile_keeps_its_colours_and_no_word() -> None:
    for kind, data in (("png", drawn("RGB")), ("jpg", photographed())):
        out = cleaned(data, kind)
        with Image.open(BytesIO(out)) as picture, Image.open(BytesIO(data)) as before:
            kept = ImageCms.ImageCmsProfile(BytesIO(picture.info["icc_profile"]))
            whole = ImageCms.ImageCmsProfile(BytesIO(before.info["icc_profile"]))
            lab = ImageCms.createProfile("LAB")
            first, second = (
                ImageCms.applyTransform(
                    picture.convert("RGB"),
                    ImageCms.buildTransform(profile_, lab, "RGB", "LAB"),
                ).tobytes()
                for profile_ in (kept, whole)
            )
        assert first == second
        assert "Camille".encode("utf-16-be") not in out


def photographed(*added: bytes) -> bytes:
    """A JPEG of noise with a profile; ``added`` stand before its frame."""
    stream = BytesIO()
    noise().save(stream, "JPEG", icc_profile=profile())
    data = stream.getvalue()
    return data[:2] + b"".join(added) + data[2:]


JPEG_PARTS = [
    ("commentaire", segment(0xFE, WORDS)),
    ("vignette", segment(0xE0, b"JFXX\0\x10" + WORDS)),
    ("plusieurs vues", segment(0xE2, b"MPF\0" + WORDS)),
    ("fausse couleur", segment(0xE2, b"ICC_PROFILE\0\x09\x09" + WORDS)),
    ("Exif abîmé", segment(0xE1, b"Exif\0\0MM\0*" + WORDS)),
    ("XMP", segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + WORDS)),
    ("C2PA", segment(0xEB, WORDS)), ("Photoshop", segment(0xED, b"Photoshop 3.0\0" + WORDS)),
    ("APP14", segment(0xEE, WORDS)), ("APP15", segment(0xEF, WORDS)),
    ("réservé", segment(0xF5, WORDS)),
]  # fmt: skip


@pytest.mark.parametrize(("label", "part"), JPEG_PARTS)
def test_a_jpeg_keeps_no_segment_that_shows_nothing(label: str, part: bytes) -> None:
    plain = photographed()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        out = cleaned(photographed(part) + WORDS, "jpg")
    assert WORDS not in out
    assert pixels(out) == pixels(plain)
    assert cleaned(out, "jpg") == out


def test_a_thumbnail_of_the_picture_before_cropping_goes() -> None:
    plain = photographed()
    assert plain[2:4] == b"\xff\xe0"
    thumbnail = segment(0xE0, b"JFIF\0\1\2\1\0\x48\0\x48\2\3" + b"Camille vue 1, Cam")
    out = cleaned(plain[:2] + thumbnail + plain[20:], "jpg")
    assert b"Camille" not in out
    with Image.open(BytesIO(out)) as picture:
        assert picture.info["dpi"] == (72, 72)


@pytest.mark.parametrize("mode", ["L", "CMYK", "YCbCr"])
def test_a_jpeg_of_other_colours_shows_the_same(mode: str) -> None:
    stream = BytesIO()
    noise().convert(mode).save(stream, "JPEG")
    assert pixels(cleaned(stream.getvalue(), "jpg")) == pixels(stream.getvalue())


def test_a_scanned_plan_of_too_many_points_is_a_finding(tmp_path: Path) -> None:
    """A0 at 600 dots an inch in black and white: 100 KB, half a billion points."""
    line = bytes(1 + 19_866 // 8 + 1)
    squeezed = compressobj()
    body = b"".join(squeezed.compress(line) for _ in range(28_087)) + squeezed.flush()
    header = (19_866).to_bytes(4, "big") + (28_087).to_bytes(4, "big") + b"\1\0\0\0\0"
    plan = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body)
    plan += chunk(b"IEND", b"")
    assert len(plan) < 200_000
    record = RECORD.replace("banc.jpg", "plan.png")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        findings = reading(tmp_path, {f"{HERE}a.yaml": record, f"{HERE}plan.png": plan}).findings
    assert [finding.code for finding in findings] == ["fichier-trop-gros"]
    assert "557 millions de points" in findings[0].message


@pytest.mark.slow
def test_a_picture_of_half_a_million_empty_parts_is_read_fast() -> None:
    plain = drawn("L")
    many = plain[:33] + chunk(b"prVt", b"") * 600_000 + plain[33:]
    began = time.process_time()
    assert cleaned(many, "png") == cleaned(plain, "png")
    assert time.process_time() - began < 3


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
    findings = reading(tmp_path, {f"{HERE}banc.yaml": RECORD, f"{HERE}{name}": data}).findings
    assert [finding.code for finding in findings] == [code]
    assert findings[0].path == f"{HERE}banc.yaml"
    assert findings[0].line == 5
    assert findings[0].hint


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("banc.jpg", "BANC.JPG"),
        ("le banc.jpg", "le_banc.jpg"),
        ("banc.jpg", "banc.jpeg"),
        ("banc", "banc.jpg"),
        ("été.jpg", "ete.jpg"),
        (f"{HERE}banc.jpg", "banc.jpg"),
        ("photos/Banc.jpg", "photos/banc.jpg"),
    ],
)
def test_a_file_that_is_there_under_another_name_is_told(
    tmp_path: Path, typed: str, there: str
) -> None:
    files = {f"{HERE}{there}": jpeg(), f"{HERE}autre.jpg": jpeg()}
    record = RECORD.replace("banc.jpg", typed)
    before = reading(tmp_path, {f"{HERE}banc.yaml": record}).findings
    assert [finding.code for finding in before] == ["fichier-absent"]
    [finding] = reading(tmp_path, files).findings
    assert finding.hint == f"Vouliez-vous écrire « {there} » ?"
    mended = RECORD.replace("banc.jpg", there)
    assert reading(tmp_path, {f"{HERE}banc.yaml": mended}).findings == ()


def test_a_path_of_another_machine_is_told_as_the_name_of_a_file(tmp_path: Path) -> None:
    record = RECORD.replace("banc.jpg", "/home/ada/banc.jpg")
    [finding] = reading(tmp_path, {f"{HERE}banc.yaml": record}).findings
    assert finding.hint == "Copiez-le à côté de la fiche, et n’écrivez que son nom : banc.jpg"


@pytest.mark.parametrize(
    ("name", "data", "mend"),
    [
        ("banc.jpg", jpeg(), "2 000 points de large"),
        ("banc.pdf", PDF, "150 points par pouce, ou n’en gardez que les pages"),
    ],
)
def test_a_file_that_is_too_large_is_told_its_size_and_what_suffices(
    tmp_path: Path, name: str, data: bytes, mend: str
) -> None:
    files = {
        f"{HERE}banc.yaml": RECORD.replace("banc.jpg", name),
        f"{HERE}{name}": data + bytes(MAX_BYTES + 100 - len(data)),
    }
    (finding,) = reading(tmp_path, files).findings
    # rounded up: « 8,0 Mio, et 8 Mio est le plus » would say nothing
    assert finding.message == f"Le fichier « {HERE}{name} » fait 8,1 Mio, et 8 Mio est le plus."
    assert mend in finding.hint


def test_a_picture_without_words_is_a_finding(tmp_path: Path) -> None:
    record = "type: projet\ntitre: Le banc\ndocuments:\n  - {fichier: banc.jpg}\n"
    findings = reading(tmp_path, {f"{HERE}banc.yaml": record, f"{HERE}banc.jpg": jpeg()}).findings
    assert [finding.code for finding in findings] == ["cle-manquante"]
    assert "alt" in findings[0].message


def test_a_file_outside_of_the_corpus_is_never_read(tmp_path: Path) -> None:
    (tmp_path / "secret.jpg").write_bytes(jpeg())
    record = RECORD.replace("banc.jpg", "../../../secret.jpg")
    findings = reading(tmp_path / "corpus", {f"{HERE}banc.yaml": record}).findings
    assert [finding.code for finding in findings] == ["fichier-absent"]


def test_a_picture_is_shown_with_its_words_and_has_its_own_page(tmp_path: Path) -> None:
    files = {f"{HERE}banc.yaml": RECORD, f"{HERE}banc.jpg": jpeg()}
    pages = render(corpus(tmp_path, files), {}, media=frozenset({"jpg"}))
    title = "Fichier:Essai-projet-banc.jpg"
    body = pages["projet/banc"].body
    assert f"[[{title}|frameless|270px|alt=Deux bancs verts]]" in body
    assert "Le jour de la pose — Ville" in body
    own = pages["fichier/projet-banc"]
    assert own.title == title
    assert "[[Le banc]]" in own.body
    assert own.file is not None
    assert own.file.load() == cleaned(jpeg(), "jpg")


def test_the_portal_has_words_before_a_picture_that_gives_way_to_them(tmp_path: Path) -> None:
    """A float left a column of one word beside it on a telephone."""
    tale = RECORD.replace("projet", "recit") + "voix: [{qui: Ana, role: habitant, texte: Dit.}]\n"
    files = {
        "pages/accueil.md": "---\ntitre: Accueil\nportail: {recits: 1}\n---\n",
        "narratives/recit/banc.yaml": tale,
        "narratives/recit/banc.jpg": jpeg(),
    }
    body = render(corpus(tmp_path, files), {}, media=frozenset({"jpg"}))["page/accueil"].body
    rest = body.partition("== Les derniers récits ==\n\n")[2]
    assert rest.startswith('<div style="display:flex;flex-wrap:wrap;')
    assert '<div style="flex:1 1 16em;' in rest.partition("'''[[Le banc]]'''")[0]
    assert rest.index("\nDit.\n") < rest.index("[[Fichier:") and "float" not in rest


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
