"""The atelier with the keyboard alone, with and without its script, wide and narrow."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe import violations
from hand import Hand, wait
from selenium import webdriver

pytestmark = pytest.mark.outils

FILES = {
    "loosbot.yaml": "corpus: essai\n",
    "narratives/projet/banc.yaml": "type: projet\ntitre: Le banc de la rue\n",
    "narratives/fifty-fifty/jardin.yaml": "type: fifty-fifty\ntitre: Le jardin partagé\n"
    "resume: |\n  | Quoi | Qui | Quand | Où | Combien | Avec quoi | Ensuite | Surface |\n"
    f"  |{'---|' * 8}\n  |{' débroussaillage |' * 8}\n",
    "narratives/lieu/rue-hoche.yaml": "type: lieu\ntitre: Rue Hoche\ngenre: rue\n",
}
STORY = "narratives/recit/le-banc-de-marie.yaml"
TWO_VOICES = """\
# $schema: ../../schemas/recit.json
type: recit
titre: Le banc de Marie
annee: été 2018
projet: projet/banc
voix:
  - qui: Marie D.
    role: habitant
    consentement:
      etat: public
      portee: [wiki, soiree]
    texte: |
      Elle voulait un banc.
  - qui: Paul M.
    role: agent
    consentement:
      etat: interne
    texte: |
      Il l’a posé.
"""


@pytest.fixture
def hand(driver: webdriver.Chrome, tmp_path: Path) -> Iterator[Hand]:
    folder = tmp_path / "ville"
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    for arguments in (
        ("init", "-q"),
        ("config", "user.name", "Agnès Dupont"),
        ("config", "user.email", "agnes@exemple.fr"),
        ("add", "-A"),
        ("commit", "-qm", "Le corpus"),
    ):
        subprocess.run(["git", *arguments], cwd=folder, check=True)
    with subprocess.Popen(
        [sys.executable, "-m", "loosbot", "atelier", "--corpus", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stdout
            lines = [server.stdout.readline() for _ in range(2)]
            match = re.search(r"(http://127\.0\.0\.1:\d+)/", "".join(lines))
            assert match, lines
            yield Hand(driver, match[1], folder)
        finally:
            driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
            server.terminate()


def _voice(hand: Hand, key: str, answers: dict[str, str]) -> None:
    hand.write(f"voix.{key}.qui", answers["qui"])
    hand.tick(f"voix.{key}.role", answers["role"])
    hand.write(f"voix.{key}.texte", answers["texte"])
    hand.tick(f"voix.{key}.consentement.etat", answers["etat"])


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (1280, False), (360, True)])
def test_a_recit_with_two_voices_by_keyboard_from_start_to_saved(
    hand: Hand, width: int, scripts: bool
) -> None:
    hand.open("/", width, scripts=scripts)
    hand.reach('a[href="/ecrire/recit"]')
    hand.key("Enter", 13)
    hand.gestures += 1
    wait(lambda: hand.driver.current_url.endswith("/ecrire/recit"))
    hand.write("titre", "Le banc de Marie")
    hand.write("projet", "Le banc de la rue")
    hand.write("annee.valeur", "été 2018")
    _voice(
        hand,
        "n0",
        {"qui": "Marie D.", "role": "habitant", "texte": "Elle voulait un banc.", "etat": "public"},
    )
    hand.tick("voix.n0.consentement.portee", "wiki")
    hand.tick("voix.n0.consentement.portee", "soiree")
    hand.button("ajouter:voix")
    _voice(
        hand, "n1", {"qui": "Paul M.", "role": "agent", "texte": "Il l’a posé.", "etat": "interne"}
    )
    hand.button("apercu")
    hand.button("enregistrer")
    wait(lambda: "/fiche/recit/le-banc-de-marie" in hand.driver.current_url)
    assert (hand.folder / STORY).read_text() == TWO_VOICES
    done = subprocess.run(
        ["git", "log", "-1", "--format=%an: %s"], cwd=hand.folder, capture_output=True, text=True
    )
    assert done.stdout == "Agnès Dupont: Atelier : écrit « Le banc de Marie » (Récit)\n"
    # sixteen gestures and a dozen notions were needed for one voice, without any of this page
    assert hand.gestures <= 18


def test_what_is_typed_outlives_a_page_that_is_closed(hand: Hand) -> None:
    hand.open("/ecrire/recit", 1280)
    hand.write("titre", "Le banc de Marie")
    wait(lambda: "Brouillon gardé" in hand.run("return document.body.innerText"))
    address = hand.driver.current_url
    assert "/brouillon/" in address
    hand.driver.get("about:blank")
    hand.driver.get(address)
    assert hand.run("return document.querySelector('[name=titre]').value") == "Le banc de Marie"


_FILL = """
for (const [name, text] of Object.entries(arguments[0])) {
  const field = document.querySelector(`[name="${name}"]`);
  if (field.type === "radio") document.querySelector(`[name="${name}"][value="${text}"]`).click();
  else { field.value = text; field.dispatchEvent(new Event("input", {bubbles: true})); }
}"""
_PRESS = "document.querySelector('button[value=enregistrer]').click();"


def _told(hand: Hand) -> None:
    hand.open("/ecrire/recit", 1280)
    typed = {
        "titre": "Le banc de Marie",
        "voix.n0.qui": "Marie D.",
        "voix.n0.role": "habitant",
        "voix.n0.texte": "Elle voulait un banc.",
        "voix.n0.consentement.etat": "interne",
    }
    hand.driver.execute_script(_FILL, typed)


def test_a_button_pressed_twice_saves_once_and_says_so(hand: Hand) -> None:
    _told(hand)
    hand.run(_PRESS + _PRESS)
    wait(lambda: "/fiche/recit/le-banc-de-marie" in hand.driver.current_url)
    wait(lambda: "C’est enregistré." in hand.text())
    hand.open("/", 1280)
    assert "Vos brouillons" not in hand.text()


def test_no_word_is_lost_to_an_atelier_that_does_not_answer(hand: Hand) -> None:
    _told(hand)
    wait(lambda: "Brouillon gardé" in hand.text())
    line = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    hand.driver.execute_cdp_cmd("Network.enable", {})
    hand.driver.execute_cdp_cmd("Network.emulateNetworkConditions", {"offline": True, **line})
    hand.driver.execute_script(_FILL, {"titre": "Le banc de Marie et de Paul"})
    hand.run(_PRESS)
    wait(lambda: "L’atelier ne répond pas : gardez cette page ouverte" in hand.text())
    titre = "return document.querySelector('[name=titre]').value"
    assert hand.run(titre) == "Le banc de Marie et de Paul"
    hand.driver.execute_cdp_cmd("Network.emulateNetworkConditions", {"offline": False, **line})
    hand.run(_PRESS)
    wait(lambda: "/fiche/recit/le-banc-de-marie-et-de-paul" in hand.driver.current_url)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_photograph_that_is_too_big_is_told_by_a_page_of_ours(
    hand: Hand, tmp_path: Path, scripts: bool
) -> None:
    photograph = tmp_path / "photo de l’été.jpg"
    photograph.write_bytes(b"\xff\xd8\xff" + bytes(30 << 20))
    unfold = "document.querySelectorAll('details').forEach(one => { one.open = true })"
    _told(hand)
    hand.run(unfold)
    hand.button("ajouter:documents")
    hand.open(hand.driver.current_url.removeprefix(hand.home), 1280, scripts=scripts)
    hand.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": unfold})
    hand.driver.find_element("name", "titre").send_keys(", et de Paul")
    chosen = hand.driver.find_element("css selector", "input[type=file]")
    chosen.send_keys(str(photograph))
    if scripts:
        wait(lambda: "ce fichier pèse 31 Mio, il en faut 8 au plus" in hand.text())
        assert chosen.get_attribute("value") == ""
        assert violations(hand.driver) == []
    else:
        press = """document.querySelector('.gestes button[value="garder"]').click()"""
        hand.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": press})
        wait(lambda: "« photo de l’été.jpg » n’a pas été joint" in hand.text())
        assert "PDF, de 8 Mio au plus" in hand.text()
        title = "document.querySelector('[name=titre]').value"
        answer = hand.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": title})
        assert answer["result"]["value"] == "Le banc de Marie, et de Paul"


def _here(hand: Hand) -> str:
    """The id of what has the focus, and what it says."""
    script = "const one = document.activeElement; return one.id || one.className"
    return str(hand.run(script))


def test_the_keyboard_is_where_one_works_after_each_gesture(hand: Hand) -> None:
    hand.open("/ecrire/recit", 1280)
    hand.button("verifier")
    assert _here(hand) == "bilan"
    hand.reach('a[href="#c-titre"]')
    hand.key("Enter", 13)
    wait(lambda: _here(hand) == "c-titre-1")
    hand.press("Le banc de Marie")
    hand.enter()  # in an answer: kept, and one goes on there
    assert _here(hand) == "c-titre-1"
    assert hand.run("return document.activeElement.value") == "Le banc de Marie"
    hand.write("lieu.valeur", "Rue Hoche")
    hand.enter()
    assert _here(hand) == "c-lieu-valeur-0"  # the next name of the list
    hand.write("voix.n0.qui", "Marie D.")
    hand.enter()
    hand.button("creer:voix.n0.qui")
    assert _here(hand) == "neuf-titre"
    hand.button("ajouter:voix")
    assert _here(hand) == "c-voix-n1-qui-0"
    hand.press("Paul M.")
    hand.button("monter:voix.n1")
    assert _here(hand) == "c-voix-n1-qui-1"
    hand.button("retirer:voix.n1")
    assert "Retirer « Voix 1 » ?" in hand.text() and "Paul M." in hand.text()
    hand.button("retirer:voix.n1")
    assert _here(hand) == "c-voix-n0-qui-1"
    hand.reach('.gestes button[value="garder"]')
    hand.enter()
    assert _here(hand) == "etat" and "Brouillon gardé." in hand.text()
    _told(hand)
    hand.button("verifier")
    assert _here(hand) == "reussite" and "Tout est en ordre" in hand.driver.title


def test_names_of_several_kinds_are_offered_while_one_types(hand: Hand) -> None:
    hand.open("/ecrire/recit", 1280)
    hand.write("projet", "le")
    offered = "return [...document.querySelectorAll('#noms-trouves option')].map(one => one.value)"
    wait(lambda: hand.run(offered))
    assert hand.run(offered) == ["Le banc de la rue", "Le jardin partagé"]


@pytest.mark.parametrize("width", [1280, 360])
def test_every_page_is_clean_for_axe_and_no_wider_than_its_window(hand: Hand, width: int) -> None:
    pages = ["/", "/fiches", "/aide", "/corriger/lieu/rue-hoche", "/fiche/lieu/rue-hoche", "/rien"]
    pages += ["/fiche/fifty-fifty/jardin"]  # a table that is wider than the window
    pages += [f"/ecrire/{name}" for name in ("recit", "reunion", "fifty-fifty", "acteur")]
    faults: dict[str, Any] = {}
    for path in pages:
        hand.open(path, width)
        hand.run("document.querySelectorAll('details').forEach(one => { one.open = true })")
        wide = hand.run("return document.documentElement.scrollWidth")
        problems = violations(hand.driver)[:4] + ([f"{wide} px wide"] if wide > width else [])
        if problems:
            faults[path] = problems
    assert faults == {}


def test_a_dark_page_keeps_its_contrast(hand: Hand) -> None:
    dark = {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    hand.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", dark)
    try:
        for path in ("/", "/ecrire/recit"):
            hand.open(path, 1280)
            assert violations(hand.driver, rules=("wcag2aa",)) == []
    finally:
        hand.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
