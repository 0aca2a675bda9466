"""The portal: its picture, the latest récits, the facts of a year."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import corpora
import pytest
from wikis import CHECKOUT

from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.tree import FolderTree
from loosbot.render.pages import render

HEAD = """---
titre: Accueil
resume: Bonjour.
portail:
  recherche: Chercher un [[mot]]
  image:
    titre: La méthode
    piliers:
      - {titre: Écouter, fiche: page/methode, texte: "a | b = c"}
      - {titre: Autre chose, fiche: page/methode}
    socle: {titre: Les bancs, fiche: projet/ancien-banc}
  recits: 2
  annee: 2015
---

# Le texte

Lire.
"""
TALE = (
    "type: recit\ntitre: {}\nannee: {}\nprojet: projet/banc\nresume: Dit.\n"
    "voix: [{{qui: Ana, role: habitant, texte: Dit.}}]\n"
)
FILES = {
    "pages/accueil.md": HEAD,
    "pages/methode.md": "---\ntitre: La méthode\n---\n\n# Écouter\n\nToujours.\n",
    "narratives/projet/banc.yaml": "type: projet\ntitre: Les bancs\nannee: 2014\n"
    "anciens_ids: [projet/ancien-banc]\nstatut: abouti\nthemes: [amenagement]\n"
    "deroule: [{date: 2015-05-01, texte: Posés.}, {date: 2016, texte: Repeints.}]\n",
    "narratives/recit/un.yaml": TALE.format("Ancien", 2012),
    "narratives/recit/deux.yaml": TALE.format("Zélé", 2019),
    "narratives/recit/trois.yaml": TALE.format("Un récit", "{valeur: depuis 2019, statut: deduit}"),
    "narratives/recit/quatre.yaml": TALE.format("Sans date", "inconnu"),
}


def portal(folder: Path, **changed: str) -> str:
    town = corpora.corpus(folder, {**FILES, **changed})
    return render(town, {})["page/accueil"].body


def test_sources_and_provenance_come_last(tmp_path: Path) -> None:
    head = HEAD.replace("portail:", "sources: [source/a]\nportail:")
    source = {"narratives/source/a.yaml": "type: source\ntitre: A\ngenre: document\n"}
    body = portal(tmp_path, **{"pages/accueil.md": head, **source})
    places = [
        body.index(heading) for heading in ("== La méthode", "== Le texte", "== Passer le relais")
    ]
    ends = [body.index(mark) for mark in ("== Sources", "{{Provenance")]
    assert [*places, *ends] == sorted([*places, *ends])


def test_each_part_of_the_picture_leads_somewhere(tmp_path: Path) -> None:
    body = portal(tmp_path)
    # a heading of that name on the page, else the page; a former id leads to the one of today
    assert "{{Pilier|titre=[[La méthode#Écouter|Écouter]]|texte=" in body
    assert "{{Pilier|titre=[[La méthode|Autre chose]]}}" in body
    assert "| socle = [[Les bancs]]\n" in body
    assert "a | b" not in body


def test_the_search_stands_above_and_its_words_are_text(tmp_path: Path) -> None:
    body = portal(tmp_path)
    match = re.search(r"'''\[\[Special:Search\|(.*?)\]\]'''", body)
    assert match and "[[mot" not in match[1]
    assert match.start() < body.index("== La méthode ==") < body.index("== Le texte ==")


def test_the_newest_tales_first(tmp_path: Path) -> None:
    tales = portal(tmp_path).partition("== Les derniers récits ==\n\n")[2].split("\n\n")
    assert tales[0] == "'''[[Un récit]]''' (2019, déduit) : Ana, habitant"
    assert tales[1].endswith('padding-left:.9em">\nDit.\n</div>')
    assert tales[2] == "* [[Zélé]] (2019) : [[Les bancs]]"


def test_a_story_is_chosen_and_cut_at_the_end_of_a_sentence(tmp_path: Path) -> None:
    tale = TALE.format("Ancien", 2012).replace("texte: Dit.", f"texte: {'Il vient. ' * 60}")
    head = HEAD.replace("  recits: 2", "  recits: 2\n  histoire: recit/un")
    body = portal(tmp_path, **{"pages/accueil.md": head, "narratives/recit/un.yaml": tale})
    rest = body.partition("== Les derniers récits ==\n\n")[2]
    assert rest.startswith("'''[[Ancien]]''' (2012)")
    assert re.search(r"\n(Il vient\. )+\[…\]\n</div>", rest)
    assert "* [[Un récit]] (2019, déduit)" in rest and "Zélé" not in rest


def test_a_door_for_each_reader(tmp_path: Path) -> None:
    doors = "  portes:\n  - {qui: Nouvel agent, fiche: page/methode, puis: projet/ancien-banc}\n"
    body = portal(tmp_path, **{"pages/accueil.md": HEAD.replace("  recits: 2\n", doors)})
    assert "<b>Nouvel agent</b><br>[[La méthode]]<br>[[Les bancs]]</div>" in body


def test_what_presses_comes_first_and_nothing_of_a_consent(tmp_path: Path) -> None:
    head = HEAD.replace("  recits: 2\n", "  recits: 2\n  attendu: 3\n")
    promises = (
        "type: projet\ntitre: Le puits\nengagements:\n"
        "- {id: a, qui: La ville, quoi: Creuser, echeance: 2015-03-01}\n"
        "- {id: b, qui: La ville, quoi: Couvrir., echeance: 2016-12}\n"
        "- {id: c, qui: La ville, quoi: Signer, echeance: 2014-01-01}\n"
        "- {id: d, qui: La ville, quoi: Fleurir}\n"
    )
    ana = (
        "type: acteur\ntitre: Ana B.\ngenre: personne\nconsentement: {etat: public, jusquau: 2016}"
    )
    files = {"pages/accueil.md": head, "narratives/projet/puits.yaml": promises}
    town = corpora.corpus(tmp_path, {**FILES, **files, "narratives/acteur/ana.yaml": f"{ana}\n"})
    body = render(town, {}, date(2016, 6, 1))["page/accueil"].body
    lines = body.partition("== Ce qui est attendu ==\n\n")[2].split("\n\n")[0].split("\n")
    assert [line.partition("</b> : ")[2].partition(" (")[0] for line in lines] == [
        "Couvrir",
        "Creuser",
        "Signer",
    ]
    assert lines[1].startswith("* <b>en retard, 1er mars 2015</b>")
    assert "accord" not in body


def test_failures_say_why_and_those_that_taught_most_come_first(tmp_path: Path) -> None:
    head = HEAD.replace("  recits: 2\n", "  echecs: {combien: 2}\n")
    failed = "type: projet\ntitre: {}\nstatut: abandonne\narret: {{motif: {}}}\n"
    files = {
        "narratives/projet/a.yaml": failed.format("Le kiosque", "Le sol ne tient pas."),
        "narratives/projet/b.yaml": failed.format("La mare", "Elle fuit.")
        + "enseignements: [Sonder., Bâcher.]\n",
        "narratives/projet/c.yaml": "type: projet\ntitre: Muet\nstatut: abandonne\n",
    }
    body = portal(tmp_path, **{"pages/accueil.md": head, **files})
    failures = body.partition("== Deux échecs à lire ==\n\n")[2].split("\n\n")[0]
    assert failures == (
        "* '''[[La mare]]''' : Elle fuit.\n* '''[[Le kiosque]]''' : Le sol ne tient pas."
    )


def test_the_rest_is_folded_between_two_marks(tmp_path: Path) -> None:
    head = HEAD.replace("  recits: 2\n", "  suite: Tout le reste\n")
    body = portal(tmp_path, **{"pages/accueil.md": head})
    opened, closed = body.index('<div class="mw-collapsible'), body.index("</div></div>\n<!-- Fin")
    assert opened < body.index("== La méthode ==") < body.index("== Le texte ==") < closed
    assert body.index("== Passer le relais ==") < closed


def test_without_a_declared_year_the_last_one_with_a_date_is_told(tmp_path: Path) -> None:
    head = HEAD.replace("  annee: 2015\n", "")
    town = corpora.corpus(tmp_path, {**FILES, "pages/accueil.md": head})
    headings = {
        year: re.findall("== (Les années?|L’année) ([0-9 et]+) ==", body)
        for year in (2014, 2015, 2016, 2026)
        for body in [render(town, {}, date(year, 6, 1))["page/accueil"].body]
    }
    # what is to come is not told yet, and a year of few facts is told with the one before
    assert headings[2014] == [("L’année", "2014")]
    assert headings[2015] == [("Les années", "2014 et 2015")]
    assert headings[2016] == headings[2026] == [("Les années", "2015 et 2016")]
    assert "année" not in render(town, {})["page/accueil"].body.replace("|Année", "")


def test_the_year_tells_what_is_dated_in_it_and_nothing_else(tmp_path: Path) -> None:
    year = portal(tmp_path).partition("== L’année 2015 ==\n\n")[2].split("\n\n")[0]
    assert year == "* 1er mai 2015 : [[Les bancs]] – Posés."


def test_what_is_not_declared_is_not_shown(tmp_path: Path) -> None:
    body = portal(tmp_path, **{"pages/accueil.md": "---\ntitre: Accueil\n---\n\nBonjour.\n"})
    for part in ("Special:Search", "Socle", "Les derniers récits", "L’année"):
        assert part not in body


@pytest.mark.slow
def test_the_portal_of_the_town_shows_all_of_it() -> None:
    corpus = load_corpus(FolderTree(CHECKOUT)).corpus
    assert corpus is not None
    body = render(corpus, {})["page/accueil"].body
    assert body.count("{{Pilier|titre=[[Le code source#") == 4
    assert "| socle = [[Le code source#Le socle|Le socle]]" in body
    tales = body.partition("== Les derniers récits ==")[2].partition("\n== ")[0]
    assert tales.count("\n* ") == 3 and "font-size:1.15em" in tales
    assert body.count('<div role="listitem"') == 4
    assert "== Trois échecs à lire ==" in body
    assert "\ntype=search2\n" in body
    assert body.index("Ce que Loos-en-Gohelle fait avec ses habitants") < body.index("<inputbox>")
    shown = [body.index(part) for part in ("Vous êtes", "Trois échecs à lire", "Écrire une fiche")]
    assert shown == sorted(shown)


def test_the_name_of_the_town_stands_above_and_is_no_part_of_what_pull_reads(
    tmp_path: Path,
) -> None:
    head = HEAD.replace("portail:\n", "portail:\n  titre: Ce que fait Essai\n")
    body = portal(tmp_path, **{"pages/accueil.md": head})
    assert body.startswith("<!-- Ce qui suit est calculé")
    assert ">Ce que fait Essai</div>\n" in body.partition("Bonjour.")[0]


def test_a_page_to_start_from_for_each_kind_of_record_and_the_way_to_the_forms(
    tmp_path: Path,
) -> None:
    assert "inputbox" not in portal(tmp_path / "sans")
    head = HEAD.replace("portail:\n", "portail:\n  ecrire: Écrire une fiche\n")
    config = "corpus: essai\natelier: https://ville.exemple/atelier/\n"
    body = portal(tmp_path / "avec", **{"pages/accueil.md": head, "loosbot.yaml": config})
    assert "== Écrire une fiche ==\n\n[https://ville.exemple/atelier/ L’atelier]" in body
    other = "---\ntitre: Méthode\nrubrique: methode\n---\n\nBonjour.\n"
    files = {**FILES, "loosbot.yaml": config, "pages/methode.md": other}
    pages = render(corpora.corpus(tmp_path / "ailleurs", files), {})
    assert "atelier" in pages["page/accueil"].body
    assert "atelier" not in pages["page/methode"].body
    assert body.count("\ntype=create\n") == 6
    assert "\npreload=Modèle:Proposition de récit\nbuttonlabel=Raconter\n" in body
    prefixed = {"loosbot.yaml": "corpus: essai\nprefixe_modeles: 'Loos '\n"}
    other = portal(tmp_path / "prefixe", **{"pages/accueil.md": head, **prefixed})
    assert "\npreload=Modèle:Loos Proposition de récit\n" in other
    prefixed = {"loosbot.yaml": "corpus: essai\nprefixe_categories: 'Loos '\n"}
    other = portal(tmp_path / "categories", **{"pages/accueil.md": head, **prefixed})
    waiting = "[[:Catégorie:Loos Propositions de fiches|les propositions]]"
    assert f"Une page commencée ici attend parmi {waiting} ; le robot en fait une fiche" in other


def test_the_way_to_the_forms_stands_on_the_portal_alone(tmp_path: Path) -> None:
    config = {"loosbot.yaml": "corpus: essai\natelier: https://ville.exemple/atelier/\n"}
    pages = render(corpora.corpus(tmp_path, {**FILES, **config}), {})
    assert "https://ville.exemple/atelier/" in pages["page/accueil"].body
    assert "https://ville.exemple/atelier/" not in pages["page/methode"].body
