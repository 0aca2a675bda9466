"""Charts on the pages of a wiki that takes them, and on one that does not."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from corpora import corpus, reading

from loosbot.render.pages import default_titles, render
from loosbot.render.rendered import RenderedPage
from loosbot.wikitext.unsearched import unsearched

INDEX = """
type: index
titre: En chiffres
enregistrements: {types: [projet]}
graphiques:
  - {titre: Par année, forme: barres, par: annee}
  - {titre: Qui avec qui, forme: reseau}
"""
FILES = {
    "narratives/projet/banc.yaml": "type: projet\ntitre: Un banc\nannee: 2018\n"
    "parties_prenantes: [acteur/club, acteur/mairie]\n",
    "narratives/acteur/club.yaml": "type: acteur\ntitre: Le club\ngenre: association\n",
    "narratives/acteur/mairie.yaml": "type: acteur\ntitre: La mairie\ngenre: institution\n",
    "pages/index/en-chiffres.yaml": INDEX,
}
ID = "fichier/en-chiffres-par-annee"
TITLE = "Fichier:Essai-en-chiffres-par-annee.svg"


def rendered(tmp_path: Path, *media: str) -> dict[str, RenderedPage]:
    return render(corpus(tmp_path, FILES), {}, media=frozenset(media))


def test_a_chart_has_a_file_with_a_page_of_its_own(tmp_path: Path) -> None:
    page = rendered(tmp_path, "svg")[ID]
    assert page.title == TITLE
    assert page.file is not None
    assert page.file.load().startswith(b"<?xml")
    assert "[[En chiffres]]" in page.body
    assert f"[[Catégorie:Fiches loosbot|{unsearched(f'essai:{ID}')}]]" in page.body


def test_only_who_draws_waits_for_the_library() -> None:
    code = (
        "import sys, loosbot.commands.dump, loosbot.commands.sync\n"
        "before = 'drawsvg' in sys.modules\n"
        "from loosbot.render.charts.canvas import Canvas\n"
        "Canvas('').svg(1)\n"
        "print(before, 'drawsvg' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False True\n"


def test_the_picture_is_shown_with_its_words_above_its_table(tmp_path: Path) -> None:
    body = rendered(tmp_path, "svg", "png")["index/en-chiffres"].body
    match = re.search(r"\[\[(Fichier:[^|]+)\|frameless\|600px\|alt=([^\]|]+)\]\]", body)
    assert match
    assert match[1] == TITLE
    assert match[2] == "Graphique en barres, Par année. 2018 : 1."
    # the figures are folded under their picture, one click away
    table = (
        '{| class="wikitable sortable mw-collapsible mw-collapsed" style="width:100%"\n'
        "|+ Les chiffres\n"
    )
    assert body.index(table) > match.end()
    assert '! scope="row" style="text-align:left" | 2018\n| 1' in body


@pytest.mark.parametrize("media", [(), ("png", "jpg")])
def test_without_svg_there_is_no_picture_and_the_table_stays(
    tmp_path: Path, media: tuple[str, ...]
) -> None:
    pages = rendered(tmp_path, *media)
    assert not [id_ for id_ in pages if id_.startswith("fichier/")]
    body = pages["index/en-chiffres"].body
    assert "Fichier:" not in body
    assert "|+ Par année" in body
    assert "|+ Qui avec qui" in body
    # it is all that there is: it stands open
    assert "mw-collapsed" not in body


def test_the_wanted_title_of_a_file_is_known_on_any_wiki(tmp_path: Path) -> None:
    assert default_titles(corpus(tmp_path, FILES))[ID] == TITLE


def test_only_what_is_in_the_records_changes_the_file(tmp_path: Path) -> None:
    first = rendered(tmp_path, "svg")[ID].file
    (tmp_path / "narratives/projet/autre.yaml").write_text("type: projet\ntitre: Muet\n")
    second = rendered(tmp_path, "svg")[ID].file
    assert first and second
    assert first.sha1 != second.sha1
    again = rendered(tmp_path, "svg")[ID].file
    assert again and (again.sha1, again.load()) == (second.sha1, second.load())


@pytest.mark.parametrize(
    ("chart", "code", "hint"),
    [
        ("{titre: A, forme: barres}", "cle-manquante", "par: annee"),
        ("{titre: A, forme: grille, par: theme}", "cle-manquante", "et: annee"),
        ("{titre: A, forme: barres, par: anee}", "champ-inconnu", "annee"),
        ("{titre: A, forme: camembert, par: annee}", "vocabulaire", ""),
        ("{titre: Par Année, forme: frise, par: annee}", "titre-en-double", "un titre à lui"),
    ],
)
def test_what_cannot_be_drawn_is_a_finding(
    tmp_path: Path, chart: str, code: str, hint: str
) -> None:
    files = {**FILES, "pages/index/en-chiffres.yaml": f"{INDEX}  - {chart}\n"}
    (finding,) = reading(tmp_path, files).findings
    assert finding.code == code
    assert hint in finding.hint
    assert finding.line == 8


PLACE = "type: lieu\ntitre: {}\ngenre: rue\ncoordonnees: {}\n"
POINT = "{latitude: 50.45, longitude: 2.79, sources: [adresses]}"
PLACES = {
    "narratives/lieu/verger.yaml": PLACE.format("Le verger", POINT),
    "narratives/source/adresses.yaml": "type: source\ntitre: Le fichier des adresses\n"
    "licence: Licence Ouverte 2.0\n",
    "pages/index/lieux.yaml": "type: index\ntitre: Lieux\nenregistrements: {types: [lieu]}\n"
    "colonnes: [titre]\ngraphiques:\n  - {titre: La carte, forme: carte}\n",
}


def test_a_map_has_a_link_over_each_number_and_the_list_behind_it(tmp_path: Path) -> None:
    pages = render(corpus(tmp_path, PLACES), {}, media=frozenset({"svg"}))
    body = pages["index/lieux"].body
    assert body.index("[[Fichier:Essai-lieux-la-carte.svg|") < body.index("position:absolute")
    assert '[[Le verger|<span style="' in body
    assert "<li>[[Le verger]]</li>" in body
    assert "Les points viennent de : Le fichier des adresses (Licence Ouverte 2.0)." in body
    assert "fichier/lieux-la-carte" in pages


def test_without_svg_the_list_of_the_map_stays(tmp_path: Path) -> None:
    body = render(corpus(tmp_path, PLACES), {})["index/lieux"].body
    assert "position:absolute" not in body
    assert "<li>[[Le verger]]</li>" in body


@pytest.mark.parametrize("point", ["inconnu", "{latitude: 50.45, longitude: 2.79}"])
def test_no_point_that_can_be_checked_is_no_map(tmp_path: Path, point: str) -> None:
    files = {**PLACES, "narratives/lieu/verger.yaml": PLACE.format("Le verger", point)}
    pages = render(corpus(tmp_path, files), {}, media=frozenset({"svg"}))
    assert "La carte" not in pages["index/lieux"].body
    assert "fichier/lieux-la-carte" not in pages
    # a title without its page would stop every publication
    assert "fichier/lieux-la-carte" not in default_titles(corpus(tmp_path / "titres", files))


def test_a_map_shows_what_its_index_asks_for_and_no_other_place(tmp_path: Path) -> None:
    index = PLACES["pages/index/lieux.yaml"].replace("[lieu]", "[lieu], genre: quartier")
    files = {**PLACES, "pages/index/lieux.yaml": index}
    read = corpus(tmp_path, files)
    assert "fichier/lieux-la-carte" not in render(read, {}, media=frozenset({"svg"}))
    assert "fichier/lieux-la-carte" not in default_titles(read)
