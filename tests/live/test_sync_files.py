"""Charts on a real wiki: sent once, again when the records change, never over a person's file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from desk import FILES, SQUARE, Desk, Published
from faults import meanwhile, status
from patience import next_second
from PIL import Image
from proxy import nth, standing
from wikis import Wiki

from loosbot.wiki.revisions import Upload
from loosbot.wiki.session import Session
from loosbot.wiki.writer import Writer

INDEX = """
type: index
titre: En chiffres
enregistrements: {types: [projet]}
graphiques:
  - {titre: Par année, forme: barres, par: annee}
  - {titre: États, forme: barres, par: statut}
"""
CHART = "pages/index/en-chiffres.yaml"
CHARTS = {**FILES, CHART: INDEX}
YEARS = "Fichier:Essai-en-chiffres-par-annee.svg"
BOTH = ("fichier/en-chiffres-etats", "fichier/en-chiffres-par-annee")


@pytest.fixture(scope="module")
def published(base: Published, tmp_path_factory: pytest.TempPathFactory) -> Published:
    return base.more(tmp_path_factory.mktemp("chiffres"), {CHART: INDEX})


@pytest.fixture
def drawn(base: Published, tmp_path: Path) -> Desk:
    """A clerk's desk whose charts never were on the wiki, and all else is."""
    desk = base.again(tmp_path)
    desk.write({CHART: INDEX})
    return desk


@pytest.fixture
def new_desk(tmp_path: Path, wiki: Wiki) -> Desk:
    return Desk.new(tmp_path / "bureau", wiki, CHARTS)


def versions(wiki: Wiki, title: str = YEARS) -> list[dict[str, Any]]:
    answer = wiki.person().call(
        action="query", titles=title, prop="imageinfo", iiprop="sha1|user|comment", iilimit=50
    )
    revisions: list[dict[str, Any]] = answer["query"]["pages"][0].get("imageinfo", [])
    return revisions


@pytest.mark.older("how files are taken, kept and shown")
def test_charts_are_sent_once(new_desk: Desk) -> None:
    planned = new_desk.plan().actions()
    assert {planned[id_] for id_ in BOTH} == {"create"}
    first = new_desk.sync()
    assert first.code == 0, first.err
    assert first.json["uploads"] == 2
    assert first.json["created"] == first.json["edits"]
    new_desk.wiki.settle()
    second = new_desk.clone("ailleurs").sync()
    assert (second.json["edits"], second.json["uploads"]) == (0, 0)
    (only,) = versions(new_desk.wiki)
    assert only["user"] == "Loosbot"
    assert BOTH[1] in only["comment"]
    shown = new_desk.wiki.person().call(action="parse", page="En chiffres", prop="text|images")
    assert len(shown["parse"]["images"]) == 2
    assert 'alt="Graphique en barres, Par année.' in shown["parse"]["text"]


def test_only_the_chart_that_changed_is_sent_again(desk: Desk) -> None:
    desk.write({SQUARE: "type: projet\ntitre: La place du marché\nannee: 2018\n"})
    again = desk.sync()
    assert again.json["uploads"] == 1
    desk.wiki.settle()
    assert len(versions(desk.wiki)) == 2
    third = desk.sync()
    assert (third.json["edits"], third.json["uploads"]) == (0, 0)


def test_a_chart_that_never_arrived_is_sent_by_the_next_run(drawn: Desk) -> None:
    with standing(drawn.wiki) as proxy:
        proxy.on(nth("upload", 1), status(413))
        first = proxy.before(drawn).sync()
    assert first.code == 1
    (failed,) = first.json["failed"]
    assert failed["id"] in BOTH
    assert "allégez le fichier" in failed["error"]
    assert first.json["uploads"] == 1
    again = drawn.sync()
    assert again.code == 0, again.err
    assert (again.json["edits"], again.json["uploads"]) == (0, 1)


def test_a_file_that_a_person_replaced_stays_and_is_named(desk: Desk) -> None:
    next_second()  # MediaWiki names the versions of a file by the second
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    assert Writer(Session(desk.wiki.human)).upload(Upload(YEARS, svg, "mon image"))
    desk.wiki.settle()
    again = desk.sync()
    assert again.code == 1
    (edit,) = again.json["human_edits"]
    assert (edit["id"], edit["user"]) == (BOTH[1], "Camille")
    assert again.json["uploads"] == 0
    assert versions(desk.wiki)[0]["user"] == "Camille"
    next_second()
    back = desk.sync("--take-back", BOTH[1])
    assert back.code == 0, back.out
    assert back.json["uploads"] == 1
    desk.wiki.settle()
    assert versions(desk.wiki)[0]["user"] == "Loosbot"


def test_a_file_that_a_person_sends_meanwhile_stays_and_is_named(desk: Desk) -> None:
    desk.write({SQUARE: f"{FILES[SQUARE]}annee: 2019\n"})
    next_second()
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    camille = Writer(Session(desk.wiki.human))
    with standing(desk.wiki) as proxy:
        # the pages of the index and of its years are written before the files
        proxy.on(nth("edit", 1), meanwhile(lambda: camille.upload(Upload(YEARS, svg, "mien"))))
        done = proxy.before(desk).sync()

    assert done.code == 1
    [edit] = done.json["human_edits"]
    assert (edit["id"], edit["user"]) == (BOTH[1], "Camille")
    assert versions(desk.wiki)[0]["user"] == "Camille"


def test_a_wiki_without_uploads_has_the_tables(drawn: Desk) -> None:
    with drawn.wiki.without_uploads():
        first = drawn.sync()
        assert first.code == 0, first.err
        assert first.json["uploads"] == 0
        text = drawn.wiki.person().text("En chiffres") or ""
        assert "|+ Par année" in text
        assert "Fichier:" not in text
        assert drawn.sync().json["edits"] == 0
    # the day it takes them, they come
    later = drawn.sync()
    assert later.code == 0, later.err
    assert later.json["uploads"] == 2


def test_files_are_sent_before_the_pages_that_show_them(drawn: Desk) -> None:
    first = drawn.sync()
    assert first.code == 0, first.err
    person = drawn.wiki.person()
    # the page of a file is saved, then gets a revision that the upload makes
    saved, sent = (row["revid"] for row in reversed(person.revisions(YEARS)))
    (shows,) = person.revisions("En chiffres")
    assert saved < sent < shows["revid"]


# MediaWiki 1.39 does not tell why it drew a page
@pytest.mark.release("1.43")
def test_what_shows_a_file_is_drawn_again_once_the_wiki_is_done_with_it(new_desk: Desk) -> None:
    first = new_desk.sync()
    assert first.code == 0, first.err
    drawn = new_desk.wiki.person().call(action="parse", page="En chiffres", prop="text")
    # the wiki says so itself: what it kept when the page was saved is out of date
    assert "Rendering was triggered because: " in drawn["parse"]["text"]
    assert "Rendering was triggered because: edit-page" not in drawn["parse"]["text"]


def test_a_page_alone_brings_its_pictures(drawn: Desk) -> None:
    done = drawn.sync("--only", "index/en-chiffres")
    assert done.code == 0, done.err
    assert done.json["uploads"] == 2


def test_what_a_person_wrote_about_a_file_stays(desk: Desk) -> None:
    person = desk.wiki.person()
    text = person.text(YEARS) or ""
    person.edit(YEARS, text + "\n\nAffiché à l’accueil de la mairie.")
    desk.write({SQUARE: "type: projet\ntitre: La place du marché\nannee: 2018\n"})
    again = desk.sync()
    assert again.code == 0, again.err
    assert again.json["uploads"] == 1
    assert "Affiché à l’accueil de la mairie." in (person.text(YEARS) or "")


def photograph() -> bytes:
    """With the place where it was taken."""
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (50.0, 27.0, 0.0), 3: "E", 4: (2.0, 47.0, 0.0)}
    stream = BytesIO()
    Image.new("RGB", (400, 300), "green").save(stream, "JPEG", exif=exif)
    return stream.getvalue()


def test_what_records_join_is_sent_once_and_without_its_place(drawn: Desk) -> None:
    folder = (drawn.folder / SQUARE).parent
    (folder / "banc.jpg").write_bytes(photograph())
    (folder / "convention.pdf").write_bytes(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    drawn.write(
        {
            SQUARE: "type: projet\ntitre: La place du marché\ndocuments:\n"
            "  - {fichier: banc.jpg, alt: Un banc vert, licence: Ville}\n"
            "  - {fichier: convention.pdf, alt: La convention signée}\n"
        }
    )
    first = drawn.sync()
    assert first.code == 0, first.err
    assert first.json["uploads"] == 4
    drawn.wiki.settle()
    again = drawn.sync()
    assert (again.json["edits"], again.json["uploads"]) == (0, 0)
    title = "Fichier:Essai-projet-banc.jpg"
    answer = drawn.wiki.person().call(
        action="query", titles=title, prop="imageinfo", iiprop="metadata|mime"
    )
    (sent,) = answer["query"]["pages"][0]["imageinfo"]
    assert sent["mime"] == "image/jpeg"
    assert not [entry for entry in sent["metadata"] or () if "GPS" in entry["name"]]
    shown = drawn.wiki.person().call(action="parse", page="La place du marché", prop="text")
    assert 'alt="Un banc vert"' in shown["parse"]["text"]
    assert "La convention signée" in shown["parse"]["text"]


def test_a_rollback_leaves_the_files_says_so_and_the_corpus_of_before_sends_its_own(
    desk: Desk,
) -> None:
    before = versions(desk.wiki)[0]["sha1"]
    next_second()  # MediaWiki names the versions of a file by the second
    desk.write({SQUARE: "type: projet\ntitre: La place du marché\nannee: 2018\n"})
    run = desk.sync().json["run"]
    desk.wiki.settle()

    back = desk.run("sync", "--yes", "--rollback", run)

    assert back.code == 0, back.out + str(desk.wiki.person().revisions(YEARS, 9))
    assert "qui restent sur le wiki : 1." in back.out
    assert "2018" not in (desk.wiki.person().text("En chiffres") or "")
    next_second()
    desk.git("revert", "--no-edit", "HEAD")
    again = desk.sync()
    assert (again.code, again.json["uploads"]) == (0, 1), again.out + again.err
    desk.wiki.settle()
    assert versions(desk.wiki)[0]["sha1"] == before
    assert desk.sync().json["edits"] == 0
