"""A record that somebody begins on the portal and writes in the visual editor."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import FILES, Desk
from selenium import webdriver
from visual import VisualEditor
from wikis import Wiki

pytestmark = [pytest.mark.outils, pytest.mark.visuel, pytest.mark.release("1.43")]

TITLE = "Un banc pour la rue"
FILE = "narratives/recit/un-banc-pour-la-rue.yaml"
PORTAL = (
    "---\ntitre: Bienvenue\nrubrique: accueil\nportail:\n  ecrire: Écrire une fiche\n---\n\n"
    "Bonjour à tous.\n"
)


def test_a_record_made_in_the_visual_editor_is_pulled_published_and_settled(
    shared_wiki: Wiki, driver: webdriver.Chrome, tmp_path: Path
) -> None:
    shared_wiki.reset()
    desk = Desk.new(tmp_path / "corpus", shared_wiki, {**FILES, "pages/accueil.md": PORTAL})
    assert desk.sync().code == 0
    person = shared_wiki.person()
    person.act(action="options", optionname="visualeditor-hidebetawelcome", optionvalue="1")
    editor = VisualEditor.of(shared_wiki, driver)
    driver.get(shared_wiki.home)
    driver.find_element("css selector", "[placeholder='Le titre du récit']").send_keys(TITLE)
    driver.find_element("xpath", "//*[@value='Raconter' or text()='Raconter']").click()
    editor.wait()
    editor.replace("Qui parle", "Marie D. · habitante")
    editor.replace("Ses mots, à la place de ceux-ci.", "Elle voulait un banc.")
    editor.parameter("Voix", "Qui", "Marie D.")
    editor.parameter("Voix", "Rôle", "Habitant")
    editor.parameter("Fiche récit", "Occasion", "Une fête de rue")
    editor.save()
    typed = person.page(TITLE)
    shared_wiki.jobs()

    assert desk.run("pull").code == 0
    text = (desk.folder / FILE).read_text(encoding="utf-8")
    for line in ("qui: Marie D.", "role: habitant", "etat: inconnu", "Elle voulait un banc."):
        assert line in text
    assert "occasion: Une fête de rue" in text
    desk.write({})
    assert desk.sync().code == 1
    assert person.page(TITLE) == typed
    desk.change(FILE, "etat: inconnu", "etat: public\n      portee: [wiki]")
    done = desk.sync()
    assert done.code == 0 and done.json["adopted"] == 1, done.out + done.err
    assert "Elle voulait un banc." in person.page(TITLE)
    assert "Propositions de fiches" not in person.page(TITLE)
    assert desk.sync().json["edits"] == 0
    assert desk.run("pull").code == 0
