"""The Dublin Core of a récit, read back from the HTML that a real MediaWiki makes."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote

import lxml.html
import pytest
from desk import Desk
from published import loaded
from wikis import Wiki

from loosbot.render.pages import default_titles, render

pytestmark = pytest.mark.older("the parser, and what it keeps of microdata")

TALE = "recit/chantier"
SAID = 'L’« eau » & le "feu" à 50 % d’été'


def test_software_reads_the_notice_of_a_tale(shared_wiki: Wiki, tmp_path: Path) -> None:
    shared_wiki.reset()
    corpus = loaded(tmp_path, SAID)
    pages = render(corpus, default_titles(corpus))
    person = shared_wiki.person(shared_wiki.credentials)
    for id_ in ("modele/Notice", TALE):
        person.edit(pages[id_].title, pages[id_].body)
    answer = person.call(action="parse", page=pages[TALE].title, prop="text", disablelimitreport=1)

    (span,) = re.findall(r'<span[^>]*class="Z3988"[^>]*>', answer["parse"]["text"])
    title = re.search(r'title="([^"]*)"', span)
    assert title
    notice = parse_qs(html.unescape(title[1]), strict_parsing=True)
    assert notice["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:dc"]
    # Zotero takes no other address for the one where the text was read
    address = pages[TALE].title.replace(" ", "_")
    (name, read_at) = notice["rft.identifier"]
    assert (
        name == TALE and unquote(read_at) == f"{person.api.removesuffix('api.php')}wiki/{address}"
    )
    assert notice["rft.title"] == ["Le chantier vu de la mairie"]
    # told again after another text: ours under our name, the other one as its source
    # of a body: as a creator it would be a person whose first name is « Archive »
    assert notice["rft.aucorp"] == ["Archive narrative (essai)"] and "rft.creator" not in notice
    assert notice["rft.source"] == [f"{SAID}, « Le chantier vu de la mairie », {SAID}, {SAID}"]
    assert "rft.date" not in notice
    assert notice["rft.type"] == ["MovingImage"]
    assert "https://example.org/v" in notice["rft.relation"]
    read = _read(answer)
    assert "Pour citer ce texte : Archive narrative, « Le chantier vu de la mairie »" in read
    assert f"Pour citer le récit d’origine : {SAID}, « Le chantier vu de la mairie »" in read


def _read(answer: Any) -> str:
    """The text of a page as a person sees it: a span parts nothing."""
    text = re.sub("</?span[^>]*>", "", answer["parse"]["text"])
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_catalogues_read_what_a_page_is_in_its_microdata(shared_wiki: Wiki, tmp_path: Path) -> None:
    """schema.org on the wiki, whose head is not ours: MediaWiki keeps microdata in a template."""
    shared_wiki.reset()
    corpus = loaded(tmp_path, SAID)
    pages = render(corpus, default_titles(corpus))
    person = shared_wiki.person(shared_wiki.credentials)
    ids = [
        id_ for id_, record in corpus.records.items() if record.type not in ("source", "indicateur")
    ]
    for id_ in ("modele/Notice", "modele/Provenance", *ids):
        person.edit(pages[id_].title, pages[id_].body)
    kinds: dict[str, set[str]] = {}
    for id_ in ids:
        answer = person.call(
            action="parse", page=pages[id_].title, prop="text", disablelimitreport=1
        )
        items = lxml.html.fromstring(answer["parse"]["text"]).xpath("//*[@itemscope]")
        kinds.setdefault(corpus.records[id_].type, set()).update(
            item.get("itemtype").removeprefix("https://schema.org/") for item in items
        )
        for item in items:
            names = [
                element.get("content") or element.text_content()
                for element in item.xpath('.//*[@itemprop="name"]')
            ]
            assert names == [pages[id_].title]
    assert kinds == {
        "projet": {"Project"},
        "fifty-fifty": {"Project"},
        "recit": {"CreativeWork"},
        "reunion": {"Event"},
        "lieu": {"Place"},
        # a person is never described, so no actor is
        "acteur": set(),
    }


VERBATIM = """\
type: recit
titre: Un banc pour la rue
annee: 2026
prononce: oui
plume: acteur/jeanne
voix:
  - qui: acteur/jeanne
    role: habitant
    nature: verbatim
    consentement: {etat: public, date: 2026-03-12, preuve: "Accord signé, dossier 12"}
    texte: |
      Je voulais un banc. Pas une statue : un banc.
"""
JEANNE = "type: acteur\ntitre: Jeanne Plume\ngenre: personne\npublic: oui\n"


@pytest.mark.older(False)
def test_the_towns_own_words_are_published_as_such(desk: Desk) -> None:
    desk.write({"narratives/acteur/jeanne.yaml": JEANNE, "narratives/recit/banc.yaml": VERBATIM})

    assert desk.sync().code == 0

    page = desk.wiki.person(desk.wiki.credentials).call(
        action="parse", page="Un banc pour la rue", prop="text", disablelimitreport=1
    )
    read = _read(page)
    assert "ses mots exacts" in read and "Je voulais un banc. Pas une statue : un banc." in read
    assert "Plume Jeanne Plume" in read
    assert "Pour citer ce récit : Jeanne Plume, « Un banc pour la rue »" in read
    assert "retracé" not in read and "Archive narrative" not in read
