"""The portal: its picture, the latest récits, the facts of a year."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import corpora
from wikis import CHECKOUT

from loosbot.corpus.load import load_corpus
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
    found = corpora.corpus(folder, {**FILES, **changed})
    return render(found, {})["page/accueil"].body


def test_sources_and_provenance_come_last(tmp_path: Path) -> None:
    head = HEAD.replace("portail:", "sources: [source/a]\nportail:")
    source = {"narratives/source/a.yaml": "type: source\ntitre: A\ngenre: document\n"}
    body = portal(tmp_path, **{"pages/accueil.md": head, **source})
    places = [body.index(one) for one in ("== La méthode", "== Le texte", "== Passer le relais")]
    ends = [body.index(one) for one in ("== Sources", "{{Provenance")]
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
    found = re.search(r"'''\[\[Special:Search\|(.*?)\]\]'''", body)
    assert found and "[[mot" not in found[1]
    assert found.start() < body.index("== La méthode ==") < body.index("== Le texte ==")


def test_the_newest_tales_first(tmp_path: Path) -> None:
    tales = portal(tmp_path).partition("== Les derniers récits ==\n\n")[2].split("\n\n")[0]
    assert tales == "* [[Un récit]] (2019) : [[Les bancs]]\n* [[Zélé]] (2019) : [[Les bancs]]"


def test_without_a_declared_year_the_last_one_with_a_date_is_told(tmp_path: Path) -> None:
    head = HEAD.replace("  annee: 2015\n", "")
    found = corpora.corpus(tmp_path, {**FILES, "pages/accueil.md": head})
    told = {
        year: re.findall("== (Les années?|L’année) ([0-9 et]+) ==", body)
        for year in (2014, 2015, 2016, 2026)
        for body in [render(found, {}, date(year, 6, 1))["page/accueil"].body]
    }
    # what is to come is not told yet, and a year of few facts is told with the one before
    assert told[2014] == [("L’année", "2014")]
    assert told[2015] == [("Les années", "2014 et 2015")]
    assert told[2016] == told[2026] == [("Les années", "2015 et 2016")]
    assert "année" not in render(found, {})["page/accueil"].body.replace("|Année", "")


def test_the_year_tells_what_is_dated_in_it_and_nothing_else(tmp_path: Path) -> None:
    year = portal(tmp_path).partition("== L’année 2015 ==\n\n")[2].split("\n\n")[0]
    assert year == "* 1er mai 2015 : [[Les bancs]] – Posés."


def test_what_is_not_declared_is_not_shown(tmp_path: Path) -> None:
    body = portal(tmp_path, **{"pages/accueil.md": "---\ntitre: Accueil\n---\n\nBonjour.\n"})
    for one in ("Special:Search", "Socle", "Les derniers récits", "L’année"):
        assert one not in body


def test_the_portal_of_the_town_shows_all_of_it() -> None:
    found = load_corpus(FolderTree(CHECKOUT)).corpus
    assert found is not None
    body = render(found, {})["page/accueil"].body
    assert body.count("{{Pilier|titre=[[Le code source#") == 4
    assert "| socle = [[Le code source#Le socle|Le socle]]" in body
    assert body.partition("== Les derniers récits ==\n\n")[2].split("\n\n")[0].count("\n* ") == 3
    assert "Special:Search" in body
