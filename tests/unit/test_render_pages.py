"""What a reader finds on each page, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import mwparserfromhell
import pytest
from corpora import corpus
from fiches import FILES

from loosbot.corpus.model import Corpus
from loosbot.corpus.privacy.consent import for_channel
from loosbot.render.pages import default_titles, render, some_pages
from loosbot.render.rendered import RenderedPage

PROJECT = "fifty-fifty/chemins"


@pytest.fixture(scope="module")
def fiches(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return corpus(tmp_path_factory.mktemp("corpus"), FILES)


@pytest.fixture(scope="module")
def pages(fiches: Corpus) -> Mapping[str, RenderedPage]:
    return render(fiches, default_titles(fiches))


def test_a_page_alone_is_the_one_among_all(
    fiches: Corpus, pages: Mapping[str, RenderedPage]
) -> None:
    alone = some_pages([*fiches.records, "recit/inconnu"], fiches, default_titles(fiches))

    assert PROJECT in alone
    assert alone == {id_: pages[id_] for id_ in fiches.records if id_ in pages}


def headings(page: RenderedPage) -> list[str]:
    code = mwparserfromhell.parse(page.body)
    return [str(heading.title).strip() for heading in code.filter_headings() if heading.level == 2]


def calls(page: RenderedPage, name: str) -> list[dict[str, str]]:
    code = mwparserfromhell.parse(page.body)
    return [
        {str(param.name).strip(): str(param.value).strip() for param in call.params}
        for call in code.filter_templates(recursive=True)
        if str(call.name).strip() == name
    ]


def test_every_record_with_a_page_every_page_and_every_index_is_there(
    pages: Mapping[str, RenderedPage],
) -> None:
    ids = {id_ for id_ in pages if not id_.startswith(("categorie/", "modele/"))}
    handovers = {id_ for id_ in ids if id_.startswith("rapport/passation")}
    assert "rapport/passation" in handovers
    assert ids == {
        "fifty-fifty/chemins", "projet/ensemble", "projet/recherche", "recit/chantier",
        "reunion/soir", "acteur/afr", "lieu/champ", "lieu/ville", "page/accueil", "index/rates",
        "index/sources",
        "index/chiffres", "rapport/fil", "rapport/comptes-rendus", "rapport/promesses",
        "rapport/sources", "rapport/voix", "rapport/champs",
        "rapport/groupes", "rapport/mots", *handovers,
    }  # fmt: skip


def test_the_story_comes_first_then_the_facts_then_the_six_stages(
    pages: Mapping[str, RenderedPage],
) -> None:
    body = pages[PROJECT].body
    assert body.startswith('<p class="resume"')
    assert body.index("{{Fil\n") < body.index("{{Fiche fifty-fifty") < body.index("== En détail ==")
    [line] = calls(pages[PROJECT], "Fil")
    assert list(line.items()) == [
        ("Demande", "attesté"),
        ("Diagnostic", "attesté"),
        ("Convention", "attesté"),
        ("Réalisation", "attesté"),
        ("Suivi", "attesté"),
        ("Évaluation", "inconnu"),
        ("Arrêt", "attesté"),
    ]
    assert (
        "! scope=\"row\" style=\"text-align:left\" | Demande\n|\n* '''Demandeurs''' : TEXTE\n"
        in body
    )


def test_sections_stand_in_the_order_of_a_story(pages: Mapping[str, RenderedPage]) -> None:
    assert headings(pages[PROJECT]) == [
        "En détail", "Résultats", "Effets", "Limites", "Ce qu’ils en disent",
        "Que s’est-il passé ?", "Les points de vue", "Pourquoi ?", "La position commune",
        "Ce qui peut être amélioré", "Ce que cela apprend", "Frottements",
        "Questions ouvertes", "À qui s’adresser", "Le fil du projet", "Qui apporte quoi",
        "Coûts et chiffres", "Voir aussi", "Notes pour ceux qui écrivent", "Relectures", "Sources",
    ]  # fmt: skip


def test_facts_carry_what_they_are_worth(pages: Mapping[str, RenderedPage]) -> None:
    (facts,) = calls(pages[PROJECT], "Fiche fifty-fifty")
    assert facts["Année"] == "depuis 2015"
    assert facts["Lieu"] == "[[Le grand champ]]"
    assert facts["Niveau"] == "Coproduction"
    assert facts["Projet d'ensemble"] == "[[Un projet plus large]]"
    assert facts["Statut"] == (
        "En cours {{Statut|déduit}} {{Source|referentiel|passage=§ 2|titre=Le référentiel}} "
        "{{Précision|texte=TEXTE}}"
    )


def test_a_promise_is_a_row_with_its_due_date_and_outcome(
    pages: Mapping[str, RenderedPage],
) -> None:
    (promise,) = calls(pages[PROJECT], "Engagement")
    assert promise["id"] == "materiaux"
    assert promise["Tenu"] == "Tenu"
    assert "\n| 15 juin 2018\n| {{Engagement|id=materiaux|" in pages[PROJECT].body


def test_voices_stand_under_their_speakers_and_a_silent_place_is_named(
    pages: Mapping[str, RenderedPage],
) -> None:
    voices = calls(pages[PROJECT], "Voix")
    assert [(voice["Rôle"], voice.get("Récit", "")) for voice in voices] == [
        ("Habitant", ""),
        ("Élu", ""),
        ("Agent", "[[Le chantier vu de la mairie]]"),
        ("Habitant", "[[Le chantier vu de la mairie]]"),
        ("Agent", "[[La réunion du soir]]"),
    ]
    assert "=== L’association foncière · habitant ===" in pages["recit/chantier"].body
    [line] = calls(pages["projet/ensemble"], "Fil")
    assert line["Manque"].endswith("la voix d’un habitant ; la voix d’un agent ; la voix d’un élu")


def test_a_meeting_shows_its_own_voices_and_no_silent_place(
    pages: Mapping[str, RenderedPage],
) -> None:
    assert [voice["Nature"] for voice in calls(pages["reunion/soir"], "Voix")] == ["Verbatim"]
    assert calls(pages["reunion/soir"], "Fil") == []


def test_a_tale_shows_its_voices_whole(pages: Mapping[str, RenderedPage]) -> None:
    voices = calls(pages["recit/chantier"], "Voix")
    assert [voice["Rôle"] for voice in voices] == ["Agent", "Habitant"]
    assert voices[1]["Qui"] == "[[L’association foncière]]"
    assert "Récit" not in voices[0]


def test_a_place_knows_all_that_happened_there(pages: Mapping[str, RenderedPage]) -> None:
    body = pages["lieu/champ"].body
    happened = body[body.index("== Ce qui s’y est passé ==") :]
    for title in ("Chemins ruraux refaits ensemble", "Le chantier vu de la mairie"):
        assert f"| [[{title}]]\n" in happened
    assert "| [[La réunion du soir]]\n" in happened
    assert "| 2 mars 2018\n" in happened


def test_a_source_is_a_row_that_links_lead_to(pages: Mapping[str, RenderedPage]) -> None:
    assert '|- id="source-referentiel"' in pages["index/sources"].body
    assert "[[Sources#source-referentiel|la source]]" in pages["page/accueil"].body
    assert '|- id="indicateur-longueur"' in pages["index/chiffres"].body


def test_the_portal_has_the_title_of_the_configuration(fiches: Corpus) -> None:
    named = replace(fiches, config=replace(fiches.config, portail="Portail de la ville"))
    assert default_titles(named)["page/accueil"] == "Portail de la ville"


def test_links_follow_the_actual_titles(fiches: Corpus) -> None:
    moved = {**default_titles(fiches), "lieu/champ": "Le champ de la fosse"}
    (facts,) = calls(render(fiches, moved)[PROJECT], "Fiche fifty-fifty")
    assert facts["Lieu"] == "[[Le champ de la fosse|Le grand champ]]"


def test_footnotes_follow_the_page_of_the_sources(fiches: Corpus) -> None:
    moved = {**default_titles(fiches), "index/sources": "Nos sources"}
    body = render(fiches, moved)[PROJECT].body
    assert "{{Source|referentiel|passage=§ 2|titre=Le référentiel|page=Nos sources}}" in body


def test_two_pages_never_want_one_title(tmp_path: Path) -> None:
    files = {
        "narratives/lieu/a.yaml": "type: lieu\ntitre: Sources\ngenre: site\n",
        # an index of films leaves this book to the index that the tool makes
        "pages/index/films.yaml": "type: index\ntitre: Films\ncolonnes: [titre]\n"
        "enregistrements: {types: [source], genre: film}\n",
        **SOURCE,
    }
    titles = default_titles(corpus(tmp_path, files))
    assert titles["index/sources"] == "Sources"
    assert titles["lieu/a"] == "Sources (lieu)"


SOURCE = {"narratives/source/s.yaml": "type: source\ntitre: Une source\ngenre: livre\n"}


def test_a_reference_by_a_former_id_still_leads_there(tmp_path: Path) -> None:
    files = {
        "narratives/lieu/neuf.yaml": "type: lieu\ntitre: Neuf\ngenre: site\n"
        "anciens_ids: [lieu/vieux]\n",
        "narratives/projet/p.yaml": "type: projet\ntitre: P\nlieu: lieu/vieux\n"
        "texte: Voir [là](../lieu/vieux.yaml).\n",
    }
    town = corpus(tmp_path, files)
    body = render(town, {})["projet/p"].body
    assert "| Lieu = [[Neuf]]" in body
    assert "[[Neuf|là]]" in body


def test_a_masked_voice_keeps_its_place_without_its_words(tmp_path: Path) -> None:
    tale = (
        "type: recit\ntitre: R\nvoix:\n"
        "- {qui: Zoé Z., role: agent, texte: Des mots à elle.,"
        " consentement: {etat: retire}}\n"
        "- {qui: Yann Y., role: elu, texte: Autre chose.,"
        " consentement: {etat: scelle, jusquau: 2040-01-01}}\n"
    )
    town = corpus(tmp_path, {"narratives/recit/r.yaml": tale})
    body = render(for_channel(town, "wiki", date(2026, 1, 1)), {})["recit/r"].body
    assert "Des mots" not in body
    assert "Zoé" not in body
    assert "Voix retirée" in body
    assert "Cette voix ne sera pas publiée avant : 1er janvier 2040." in body
    assert body.count("{{Voix\n") == 2


@pytest.mark.slow
def test_categories_have_a_page_and_a_way_to_the_root(
    fiches: Corpus, pages: Mapping[str, RenderedPage]
) -> None:
    by_title = {page.title: page for page in pages.values()}
    for page in pages.values():
        for link in mwparserfromhell.parse(page.body).filter_wikilinks():
            if str(link.title).startswith("Catégorie:"):
                assert str(link.title) in by_title
    for id_ in (id_ for id_ in pages if id_.startswith("categorie/")):
        seen = []
        while id_ != "categorie/racine":
            assert id_ not in seen
            seen.append(id_)
            first = mwparserfromhell.parse(pages[id_].body).filter_wikilinks()[0]
            id_ = by_title[str(first.title)].id
    assert "__HIDDENCAT__" in pages["categorie/suivi"].body
    assert pages["categorie/lieu-champ"].body.startswith("Ce qui se passe")
    assert "[[Catégorie:La ville|" in pages["categorie/lieu-champ"].body


def test_the_categories_of_a_project_say_what_when_where_and_how(
    pages: Mapping[str, RenderedPage],
) -> None:
    categories = [
        str(link.title).removeprefix("Catégorie:")
        for link in mwparserfromhell.parse(pages[PROJECT].body).filter_wikilinks()
        if str(link.title).startswith("Catégorie:")
    ]
    assert categories == [
        "Fifty-fifty", "Voirie", "Le grand champ", "Niveau : consultation",
        "Niveau : coproduction", "2015", "Statut : en cours", "Fiches loosbot",
    ]  # fmt: skip
