"""From the portal to any page in three clicks; what a place or an organisation gathers."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import corpora
import mwparserfromhell
import pytest
from colours import unreadable

from loosbot.corpus.check.load import PORTAL, load_corpus
from loosbot.corpus.privacy.consent import for_channel
from loosbot.corpus.tree import FolderTree
from loosbot.fields.collation import date_key
from loosbot.render.pages import render
from loosbot.render.rendered import RenderedPage

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 1, 1)
FILES = {
    "narratives/lieu/quartier.yaml": "type: lieu\ntitre: Le quartier\ngenre: quartier\n",
    "narratives/lieu/rue.yaml": "type: lieu\ntitre: La rue\ngenre: rue\ndans: lieu/quartier\n",
    "narratives/lieu/cour.yaml": "type: lieu\ntitre: La cour\ngenre: site\ndans: lieu/rue\n",
    "narratives/lieu/seul.yaml": "type: lieu\ntitre: Le bois\ngenre: site\n",
    "narratives/acteur/club.yaml": "type: acteur\ntitre: Le club\ngenre: association\n",
    "narratives/acteur/ines-k.yaml": "type: acteur\ntitre: Inès K\ngenre: personne\n"
    "organisation: acteur/club\n",
    "narratives/projet/four.yaml": "type: projet\ntitre: Le four\nannee: 2001\nstatut: abouti\n"
    "lieu: lieu/cour\nparties_prenantes: [acteur/ines-k]\n",
    "narratives/projet/puits.yaml": "type: projet\ntitre: Le puits\nannee: 1995-2000\n"
    "statut: abandonne\narret: {date: 2000, motif: À sec.}\nlieu: lieu/quartier\n",
    "narratives/recit/four.yaml": "type: recit\ntitre: Autour du four\nannee: 2002\n"
    "projet: projet/four\nvoix:\n"
    "- {qui: une voisine, role: habitant, nature: rapporte, texte: On y cuit le pain.}\n",
}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, RenderedPage]:
    return render(corpora.corpus(tmp_path_factory.mktemp("ville"), FILES), {}, TODAY)


@pytest.fixture(scope="module")
def shipped() -> Mapping[str, RenderedPage]:
    corpus = load_corpus(FolderTree(ROOT)).corpus
    assert corpus is not None
    return render(for_channel(corpus, "wiki", TODAY), {}, TODAY)


def _clicks(pages: Mapping[str, RenderedPage]) -> dict[str, int]:
    """Number of clicks from the portal to each page that links alone lead to."""
    by_title = {page.title: id_ for id_, page in pages.items()}
    clicks = {PORTAL: 0}
    left = deque([PORTAL])
    while left:
        here = left.popleft()
        for id_ in filter(None, map(by_title.get, _targets(pages[here].body))):
            # a category is a page of its own kind: what it lists is MediaWiki's affair
            if id_ not in clicks and not id_.startswith(("categorie/", "modele/")):
                clicks[id_] = clicks[here] + 1
                left.append(id_)
    return clicks


def _targets(body: str) -> Iterator[str]:
    for link in mwparserfromhell.parse(body).filter_wikilinks():
        yield str(link.title).lstrip(":").partition("#")[0].strip()


@pytest.mark.slow
def test_every_page_is_three_clicks_from_the_portal(shipped: Mapping[str, RenderedPage]) -> None:
    clicks = _clicks(shipped)
    wanted = {id_ for id_ in shipped if not id_.startswith(("categorie/", "modele/", "fichier/"))}
    assert wanted - set(clicks) == set()
    assert [id_ for id_, number in clicks.items() if number > 3] == []
    assert len(wanted) > 300


def test_every_step_of_a_path_leads_to_the_next(shipped: Mapping[str, RenderedPage]) -> None:
    paths = [id_ for id_ in shipped if id_.startswith("index/parcours-")]
    assert len(paths) == 4
    portal = set(_targets(shipped[PORTAL].body))
    for id_ in paths:
        assert shipped[id_].title in portal
        text = shipped[id_].body
        assert text.count("\n# [[") >= 5
        assert f"[[{shipped[id_].title}]], étape 1 sur" in "".join(
            page.body for page in shipped.values()
        )


@pytest.mark.parametrize(
    ("markup", "readable"),
    [
        ('<p style="border:1px solid #333">', True),
        ('<p style="background:#fff;color:#555">', True),
        ('<p style="background:#fff;color:#999">', False),
        ('<p style="background-color:#eef">', False),
        ("<p style='margin:0; color: #222'>", False),
        ('<p style="background:white;color:#000">', False),
        ("<td bgcolor=#eeeeee>", False),
    ],
)
def test_a_background_and_its_text_are_told_apart(markup: str, readable: bool) -> None:
    assert (unreadable(markup) == []) is readable


def test_no_page_sets_half_of_its_colours(shipped: Mapping[str, RenderedPage]) -> None:
    assert {id_: faults for id_, page in shipped.items() if (faults := unreadable(page.body))} == {}


def test_a_place_gathers_what_happened_in_its_parts(town: Mapping[str, RenderedPage]) -> None:
    body = town["lieu/quartier"].body
    assert "== Ce qui s’y est passé ==" in body
    assert (
        '| [[Le puits]]\n| data-sort-value="1995-00-00" | de 1995 à 2000\n| \n'
        "| Abandonné (2000) : À sec.\n" in body
    )
    assert "| [[Le four]]\n| 2001\n| [[La cour]]\n| Abouti\n" in body.replace(
        ' data-sort-value="2001-00-00" |', ""
    )
    assert "[[Autour du four]]" in body
    assert body.index("[[Le puits]]") < body.index("[[Le four]]")


def test_a_place_without_parts_needs_no_such_column(town: Mapping[str, RenderedPage]) -> None:
    assert '! scope="col" | Où' not in town["lieu/cour"].body
    assert "Ce qui s'y est passé" not in town["lieu/seul"].body


def test_an_organisation_gathers_what_its_people_did(town: Mapping[str, RenderedPage]) -> None:
    body = town["acteur/club"].body
    assert "== Ce qui a été fait ensemble ==" in body
    assert "[[Le four]]" in body
    assert "[[Inès K]]" in body


def test_what_is_gathered_is_not_said_twice(town: Mapping[str, RenderedPage]) -> None:
    assert town["lieu/cour"].body.count("[[Le four]]") == 1


def test_two_years_are_not_a_month() -> None:
    assert date_key("1995-2000") == "1995-00-00"
    assert date_key("2018-06-15") == "2018-06-15"
    assert date_key("2018-06") == "2018-06-00"
