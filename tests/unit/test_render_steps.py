"""Reading paths, and what indexes gather of how things ended."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import corpora
import pytest

from loosbot.render.pages import render
from loosbot.render.rendered import RenderedPage

PATH = (
    "type: index\ntitre: Parcours du nouvel élu\nintro: Trois pages.\nparcours:\n"
    "- {fiche: page/methode, pourquoi: la méthode.}\n"
    "- {fiche: projet/ancien-banc}\n"
    "- {fiche: index/avant, pourquoi: 'avant de dire [[oui]].'}\n"
)
FILES = {
    "pages/methode.md": "---\ntitre: La méthode\n---\n\nÉcouter.\n",
    "pages/index/elu.yaml": PATH,
    "pages/index/avant.yaml": "type: index\ntitre: Avant\n"
    "enregistrements: {types: [projet]}\nremplis: [duree, couts, frottements]\n"
    "grouper_par: theme\ncolonnes: [titre, fin, duree, couts]\n",
    "pages/index/precedents.yaml": "type: index\ntitre: Précédents\n"
    "enregistrements: {types: [projet, reunion]}\ngrouper_par: theme\ncroiser: lieu\n"
    "colonnes: [titre, annee, fin]\ntrier_par: annee\n",
    "narratives/lieu/place.yaml": "type: lieu\ntitre: La place\ngenre: site\n",
    "narratives/projet/banc.yaml": "type: projet\ntitre: Les bancs\nannee: 2015\n"
    "anciens_ids: [projet/ancien-banc]\nstatut: abandonne\nthemes: [amenagement]\n"
    "lieu: lieu/place\ndemande: {date: 2015-02-01}\n"
    "realisation: {date: 2015-11-20, couts: [{valeur: 300, unite: €, quoi: bois}]}\n"
    "arret: {motif: Le bois | la vis.}\n",
    "narratives/projet/mare.yaml": "type: projet\ntitre: La mare\nannee: inconnu\n"
    "statut: inconnu\nthemes: [amenagement]\n",
    "narratives/reunion/bancs.yaml": "type: reunion\ntitre: Réunion des bancs\ndate: 2015-02-01\n"
    "genre: reunion-publique\nthemes: [amenagement]\nlieu: lieu/place\n"
    "decisions: [{texte: En poser deux.}]\n",
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, RenderedPage]:
    return render(corpora.corpus(tmp_path_factory.mktemp("ville"), FILES), {})


def test_a_path_lists_its_pages_in_order(pages: Mapping[str, RenderedPage]) -> None:
    body = pages["index/elu"].body
    assert (
        "Trois pages.\n\n== Les étapes ==\n\n"
        "# [[La méthode]] : la méthode.\n"
        "# [[Les bancs]]\n"
        "# [[Avant]] : avant de dire " in body
    )
    assert "[[oui]]" not in body
    assert "* Commencer : [[La méthode]]\u00a0→\n" in body


def test_each_page_leads_to_the_one_before_and_the_one_after(
    pages: Mapping[str, RenderedPage],
) -> None:
    path = "* [[Parcours du nouvel élu]], étape"
    assert f"{path} 1 sur 3 · [[Les bancs]]\u00a0→\n" in pages["page/methode"].body
    assert (
        f"{path} 2 sur 3 · ←\u00a0[[La méthode]] · [[Avant]]\u00a0→\n" in pages["projet/banc"].body
    )
    assert f"{path} 3 sur 3 · ←\u00a0[[Les bancs]]\n" in pages["index/avant"].body
    assert "étape" not in pages["projet/mare"].body


def test_the_way_on_stands_under_what_a_person_may_change(
    pages: Mapping[str, RenderedPage],
) -> None:
    body = pages["projet/banc"].body
    assert body.index("{{Provenance") < body.index("* [[Parcours") < body.index("[[Catégorie:")


def test_precedents_cross_theme_and_place(pages: Mapping[str, RenderedPage]) -> None:
    body = pages["index/precedents"].body
    assert "== Aménagement et urbanisme ==" in body
    assert "\n| [[La place]]\n" in body
    assert "| [[Les bancs]], 2015, abandonné : Le bois &#124; la vis.<br>[[Réunion des" in body
    assert "décidé : En poser deux." in body
    assert "| Non précisé\n| [[La mare]], fin inconnue\n" in body


def test_only_records_that_say_something_are_kept(pages: Mapping[str, RenderedPage]) -> None:
    body = pages["index/avant"].body
    assert "[[Les bancs]]" in body
    assert "[[La mare]]" not in body
    assert "environ 10 mois (du 1er février au 20 novembre 2015)" in body
    assert "300\u00a0€ : bois" in body


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("type: index\ntitre: A\ncolonnes: [titre]\n", "« enregistrements »"),
        ("type: index\ntitre: A\nparcours: [{fiche: page/rien}, {fiche: page/b}]\n", "page/rien"),
        (
            "type: index\ntitre: A\nenregistrements: {types: [projet]}\ncolonnes: [titre]\n"
            "croiser: leiu\n",
            "« lieu »",
        ),
    ],
)
def test_check_says_what_is_wrong_with_an_index(tmp_path: Path, yaml: str, message: str) -> None:
    findings = corpora.reading(tmp_path, {"pages/index/a.yaml": yaml}).findings
    assert any(message in finding.message + finding.hint for finding in findings)
