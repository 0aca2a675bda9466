"""The pages and the provenance of the research edition, read back by their own libraries."""

from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import mwxml
import pytest
import town
from lxml import etree
from prov.model import ProvDocument

from loosbot.dump.filtered import WITHHELD, Edition, WikiPage
from loosbot.dump.formats import ohms, prov, wikixml

TALE = "narratives/recit/le-verger-de-celia-c.yaml"
FILM = "https://video.example.org/celia"
UNSHOWN = re.compile(r"  - qui: acteur/(?:celia-c|remi-p|odile-s)\n(?:    .+\n)+")
"""The voices of the filmed récit that were withdrawn, are sealed, or agreed to the wiki alone."""
FILMED = {**town.FILES, TALE: UNSHOWN.sub("", town.FILES[TALE])}


@pytest.fixture(scope="module")
def pages(small_town: Path) -> list[WikiPage]:
    """Those of the research edition, which gives them once."""
    return list(town.edition(small_town, "recherche").pages)


def test_mwxml_reads_every_page_as_it_is(pages: list[WikiPage], small_town: Path) -> None:
    ((_, parts),) = wikixml.files(town.edition(small_town, "recherche"))
    dump = mwxml.Dump.from_file(io.StringIO(b"".join(parts).decode("utf-8")))

    assert dump.site_info.name == "Trifouilly"
    assert [namespace.id for namespace in dump.site_info.namespaces] == [0, 10, 14]
    texts = {}
    for page in dump.pages:
        (revision,) = page
        texts[page.title] = revision.text
        text = revision.text.encode("utf-8")
        assert revision.sha1 == wikixml.base36(hashlib.sha1(text).hexdigest())  # noqa: S324 - theirs
        assert revision.bytes == len(text)
        assert str(revision.timestamp) == "2020-06-15T00:00:00Z"
        assert revision.user.text == "Loosbot"
    assert texts == {page.title: page.text for page in pages}
    assert len(texts) == len(pages) > 20


def test_base_36_is_that_of_mediawiki() -> None:
    # the hash of the empty text, as every MediaWiki has it
    empty = hashlib.sha1(b"").hexdigest()  # noqa: S324 - theirs
    assert wikixml.base36(empty) == "phoiac9h4m842xq45sp7s6u21eteeq1"
    assert wikixml.base36("00ff") == "73".rjust(31, "0")


def test_the_pages_hold_no_voice_that_is_not_shown(pages: list[WikiPage]) -> None:
    words = "\n".join(f"{page.title} {page.text} {page.id}" for page in pages)

    assert "CANARI-NON-RELU" in words
    for mark in ("CANARI-AGENT", "CANARI-RETIRE", "CANARI-SCELLE", "Célia", "celia-c", "Rémi"):
        assert mark not in words
    assert len({page.title for page in pages}) == len(pages)


def test_provenance_survives_the_round_trip(research: Edition) -> None:
    ((_, data),) = prov.files(research, ())
    document = ProvDocument.deserialize(content=data.decode("utf-8"), format="json")
    again = ProvDocument.deserialize(content=document.serialize(format="json"), format="json")

    assert document == again
    entities = json.loads(data)["entity"]
    assert entities["ville:fifty-fifty/verger"]["ville:fichier"].endswith("verger.yaml")
    assert entities["ville:corpus"]["ville:commit"] == research.snapshot.commit
    hidden = next(entity for entity in entities if entity.startswith("ville:recit/f"))
    assert "ville:fichier" not in entities[hidden]
    assert "Camille" not in data.decode("utf-8")


@pytest.mark.parametrize("path", ["wiki", "prov.json"])
def test_the_public_edition_has_neither(public_dump: Path, path: str) -> None:
    assert not (public_dump / path).exists()


def test_a_filmed_tale_opens_in_ohms(tmp_path: Path, public: Edition) -> None:
    research = town.edition(town.write(tmp_path, FILMED), "recherche")
    ((path, data),) = ohms.files(research, ())
    root = etree.fromstring(data)
    space = {"o": "https://www.weareavp.com/nunncenter/ohms"}

    def texts(name: str) -> list[str]:
        return [element.text for element in root.findall(f"o:record/{name}", space)]

    hidden = next(story for story in research.stories if "verger" in story.title.lower())
    assert path == f"ohms/{hidden.record.partition('/')[2]}.xml"
    assert texts("o:media_url") == [FILM]
    assert texts("o:interviewee") == ["Ali D."] and texts("o:interviewer") == ["Hélène Maire"]
    assert texts("o:transcript") == [hidden.text]
    # a file that the viewer plays itself; nobody noted where in the film Ali speaks
    assert texts("o:mediafile/o:host") == ["Other"]
    assert texts("o:index/o:point/o:time") == []
    # the film shows people who did not agree to be in the public edition
    assert list(ohms.files(public, ())) == []


@pytest.mark.parametrize(
    ("film", "host"),
    [
        ("https://vimeo.com/328619037", "Vimeo"),
        ("https://player.vimeo.com/video/328619037", "Vimeo"),
        ("https://www.youtube.com/watch?v=x", "YouTube"),
        ("https://youtu.be/x", "YouTube"),
        ("https://soundcloud.com/loos/soiree", "SoundCloud"),
        ("https://example.org/film.mp4", "Other"),
        ("https://notvimeo.com/1", "Other"),
    ],
)
def test_the_viewer_is_told_who_plays_the_film(tmp_path: Path, film: str, host: str) -> None:
    text = FILMED[TALE].replace(FILM, film)
    edition = town.edition(town.write(tmp_path, {**FILMED, TALE: text}), "recherche")
    ((_, data),) = ohms.files(edition, ())
    names = [etree.QName(element).localname for element in etree.fromstring(data)[0]]
    media = etree.fromstring(data)[0][names.index("mediafile")]
    assert names.index("mediafile") < names.index("media_url")
    assert media[0].text == host
    assert [etree.QName(element).localname for element in media] == [
        "host", "host_account_id", "host_player_id", "host_clip_id", "clip_format",
    ]  # fmt: skip


def test_a_voice_is_found_in_the_film(tmp_path: Path) -> None:
    text = FILMED[TALE].replace(
        "    nature: rapporte\n", "    nature: rapporte\n    de: 1:05\n    a: 1:02:03\n"
    )
    edition = town.edition(town.write(tmp_path, {**FILMED, TALE: text}), "recherche")
    (_, data), (name, subtitles) = ohms.files(edition, ())
    space = {"o": "https://www.weareavp.com/nunncenter/ohms"}
    points = etree.fromstring(data).findall("o:record/o:index/o:point/o:time", space)
    assert [point.text for point in points] == ["65"]
    assert name.endswith(".vtt")
    assert subtitles.decode("utf-8").startswith(
        "WEBVTT\n\n00:01:05.000 --> 01:02:03.000\nOn a planté des pommiers 🍎"
    )
    (film,) = {(passage.film) for passage in edition.passages if passage.film}
    assert film == (65, 3723)


def test_no_film_leads_to_a_voice_that_did_not_agree(
    research: Edition, pages: list[WikiPage], tmp_path: Path
) -> None:
    tale = next(record for record in research.records.values() if "verger" in record.title.lower()
                and record.type == "recit")  # fmt: skip
    assert tale.data["video"] is WITHHELD
    assert list(ohms.files(research, ())) == []
    assert not [page.id for page in pages if FILM in page.text]
    filmed = town.edition(town.write(tmp_path, FILMED), "recherche")
    assert [page.id for page in filmed.pages if FILM in page.text] == [tale.id]
    wiki_alone = (
        "  - qui: acteur/celia-c\n    role: agent\n    texte: Rien.\n"
        "    consentement: {etat: public, portee: [wiki]}\nrelectures:"
    )
    files = {**FILMED, TALE: FILMED[TALE].replace("relectures:", wiki_alone)}
    one_more = town.edition(town.write(tmp_path / "one-more", files), "recherche")
    assert list(ohms.files(one_more, ())) == [] and FILM not in repr(one_more.records)
    again = {
        **town.FILES,
        "pages/film.md": f"---\ntitre: Le film\n---\n\n[Le film]({FILM}#t=9), ou {FILM}/.\n",
    }
    shown = town.edition(town.write(tmp_path / "again", again), "recherche")
    (page,) = (page for page in shown.pages if page.title == "Le film")
    assert FILM not in page.text and "film non publié Le film" in page.text


def test_a_filmed_tale_without_a_voice_to_show_has_its_metadata_only(tmp_path: Path) -> None:
    """As a dump of before has it, which ``dump check`` reads: the film is held back by now."""
    edition = town.edition(town.write(tmp_path, FILMED), "recherche")
    ((_, data),) = ohms.files(replace(edition, stories=()), ())
    record = etree.fromstring(data)[0]
    filled = {etree.QName(element).localname: element.text for element in record if element.text}

    assert filled["accession"].startswith("recit/") and filled["interviewer"] == "Hélène Maire"
    assert not {"media_url", "transcript", "interviewee"} & set(filled)
    assert "pommiers" not in data.decode("utf-8")
