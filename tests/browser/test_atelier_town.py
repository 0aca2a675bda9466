"""A town's atelier beside a real wiki, by keyboard alone: from a login to the published page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe import violations
from depot import published
from hand import Hand, wait
from selenium import webdriver
from wikis import Person, Wiki

from loosbot.wiki.credentials import Credentials

pytestmark = [pytest.mark.outils, pytest.mark.release("1.43")]

FILES = {
    "loosbot.yaml": "corpus: essai\npublient: [sysop]\n",
    "narratives/projet/banc.yaml": "type: projet\ntitre: Le banc de la rue\nlieu: lieu/rue-hoche\n",
    "narratives/lieu/rue-hoche.yaml": "type: lieu\ntitre: Rue Hoche\ngenre: rue\n",
    "narratives/fifty-fifty/haie.yaml": "type: fifty-fifty\ntitre: La haie\nconvention:\n"
    "  engagements: [{id: soin, qui: Les débroussailleurs du quartier,"
    " quoi: Anticonstitutionnellement, echeance: 2018-06-15, issue: inconnu}]\n",
}


@dataclass
class Hall:
    """A town: its wiki, its bare repository, its atelier."""

    wiki: Wiki
    repo: Path
    home: str
    driver: webdriver.Chrome

    def git(self, *arguments: str) -> str:
        return subprocess.run(
            ["git", *arguments], cwd=self.repo, check=True, capture_output=True, text=True
        ).stdout

    def logged_in(self, account: Credentials) -> Hand:
        """Somebody at the keyboard, who logged in to the wiki as everybody does."""
        self.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
        self.driver.get(f"http://127.0.0.1:{self.wiki.port}/index.php?title=Special:UserLogin")
        self.driver.find_element("name", "wpName").send_keys(account.user)
        self.driver.find_element("name", "wpPassword").send_keys(account.password)
        before = self.driver.current_url
        self.driver.find_element("name", "wploginattempt").click()
        wait(lambda: self.driver.current_url != before)
        return Hand(self.driver, self.home, self.repo)


@pytest.fixture(scope="module")
def hall(
    shared_wiki: Wiki, driver: webdriver.Chrome, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Hall]:
    shared_wiki.reset()
    root = tmp_path_factory.mktemp("ville")
    work, repo = root / "copie", root / "depot.git"
    env = os.environ | shared_wiki.env
    published(work, repo, FILES, env)
    python = [sys.executable, "-m", "loosbot"]
    with subprocess.Popen(
        [*python, "atelier", "--repo", repo], stdout=subprocess.PIPE, text=True, env=env
    ) as server:
        try:
            assert server.stdout
            lines = [server.stdout.readline() for _ in range(6)]
            match = re.search(r"Adresse : (http://127\.0\.0\.1:\d+)/", "".join(lines))
            assert match, lines
            yield Hall(shared_wiki, repo, match[1], driver)
        finally:
            driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
            driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
            server.terminate()


def _follow(hand: Hand, selector: str) -> None:
    """Press a link or a button that leads to another page."""
    hand.reach(selector)
    hand.enter()


def _all_is_kept(hand: Hand) -> None:
    wait(lambda: "Brouillon gardé" in hand.text())


def _voice(hand: Hand, key: str, who: str, role: str, text: str, consent: str) -> None:
    hand.write(f"voix.{key}.qui", who)
    hand.tick(f"voix.{key}.role", role)
    hand.write(f"voix.{key}.texte", text)
    hand.tick(f"voix.{key}.consentement.etat", consent)


@pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), (1280, False), (360, True), (360, False)]
)
def test_two_voices_one_willing_and_one_not_from_the_start_page_to_the_wiki(
    hall: Hall, width: int, scripts: bool
) -> None:
    hand = hall.logged_in(hall.wiki.admin)
    title = f"Le banc de Marie {width} {'avec' if scripts else 'sans'} script"
    hand.open("/", width, scripts=scripts)
    _follow(hand, 'a[href="/ecrire/recit"]')
    hand.write("titre", title)
    hand.write("projet", "Le banc de la rue")
    hand.write("annee.valeur", "été 2018")
    _voice(hand, "n0", "Marie D.", "habitant", "Elle voulait un banc.", "public")
    hand.tick("voix.n0.consentement.portee", "wiki")
    hand.button("ajouter:voix")
    _voice(hand, "n1", "Paul M.", "agent", "Il trouvait cela cher.", "interne")
    hand.button("apercu")
    _follow(hand, 'button[value="publier"]')
    assert "C’est publié." in hand.text()
    page = hall.wiki.reader().page(title)
    assert "Elle voulait un banc." in page
    assert "Il trouvait cela cher." not in page and "Paul M." not in page
    slug = f"le-banc-de-marie-{width}-{'avec' if scripts else 'sans'}-script"
    kept = hall.git("show", f"main:narratives/recit/{slug}.yaml")
    assert "Il trouvait cela cher." in kept and "etat: interne" in kept
    assert hand.gestures <= 16


def test_a_proposal_declined_mended_and_accepted(hall: Hall) -> None:
    camille, title = hall.wiki.human, "La pince de Jean"
    hand = hall.logged_in(camille)
    hand.open("/ecrire/recit", 360)
    hand.write("titre", title)
    hand.write("projet", "Le banc de la rue")
    _voice(hand, "n0", "Jean P.", "habitant", "Il ramasse.", "public")
    hand.tick("voix.n0.consentement.portee", "wiki")
    _follow(hand, 'button[value="enregistrer"]')
    assert "C’est proposé." in hand.text()
    place = hand.driver.current_url.removeprefix(hall.home)

    referent = hall.logged_in(hall.wiki.admin)
    referent.open("/", 1280, scripts=False)
    _follow(referent, f'a[href="{place}"]')
    assert "Le récit « La pince de Jean » est ajouté." in referent.text()
    referent.write("mot", "En quelle année ?")
    _follow(referent, 'form[action$="/decliner"] button')

    hand = hall.logged_in(camille)
    hand.open("/", 1280)
    assert "on vous a répondu" in hand.text()
    _follow(hand, f'a[href="{place}"]')
    assert "En quelle année ?" in hand.text()
    _follow(hand, 'form[action$="/reprendre"] button')
    hand.write("annee.valeur", "2019")
    _follow(hand, 'button[value="enregistrer"]')

    referent = hall.logged_in(hall.wiki.admin)
    referent.open(place, 360)
    _follow(referent, 'form[action$="/accepter"] button')
    assert "C’est publié." in referent.text()
    assert "Il ramasse." in hall.wiki.reader().page(title)
    authors = hall.git("log", "-2", "--topo-order", "--format=%an", "main").split()
    assert authors == [hall.wiki.admin.user, camille.user]


WATCHED = """
    const said = [], seen = () => {
      said.push(document.getElementById("etat").textContent, document.activeElement.textContent);
      sessionStorage.setItem("said", JSON.stringify(said));
    };
    sessionStorage.setItem("sent", "0");
    window.addEventListener("submit", (event) => {
      if (!event.defaultPrevented) sessionStorage.sent = Number(sessionStorage.sent) + 1;
    });
    new MutationObserver(seen).observe(document.body, {subtree: true, childList: true});
    const button = document.querySelector(arguments[0]);
    button.focus();
    const others = document.querySelectorAll('form[action$="/decliner"] button');
    for (const one of [button, button, ...others])
      one.click();
"""
"""Presses a button twice, then the one beside it; keeps what the page said, how often it sent."""


@pytest.mark.parametrize("by", ["a decision", "a preview"])
def test_who_publishes_is_told_at_once_that_it_is_at_work_and_nothing_is_sent_twice(
    hall: Hall, by: str
) -> None:
    title, decided = f"La haie, par {by}", by == "a decision"
    hand = hall.logged_in(hall.wiki.human if decided else hall.wiki.admin)
    hand.open("/ecrire/recit", 360)
    hand.write("titre", title)
    hand.write("projet", "Le banc de la rue")
    _voice(hand, "n0", "Jean P.", "habitant", "Il plante.", "interne")
    hand.button("enregistrer" if decided else "apercu")
    if decided:
        place = hand.driver.current_url.removeprefix(hall.home)
        hand = hall.logged_in(hall.wiki.admin)
        hand.open(place, 360)
    pressed = 'form[action$="/accepter"] button' if decided else 'button[value="publier"]'
    hand.driver.execute_script(WATCHED, pressed)
    wait(lambda: "C’est publié." in hand.text())
    said, sent = hand.run("return [JSON.parse(sessionStorage.said), sessionStorage.sent]")
    assert said[0].startswith("Publication : le wiki se met à jour.") and said[-1] == "Un instant…"
    assert sent == "1"
    assert hall.wiki.reader().page(title)


VISITS = (
    {"titre": "Le jardin de la cité", "demande.date": "12/05/2018", "demande.besoin": "Un jardin"},
    {"convention.signature": "juin 2018"},
    {"realisation.date": "été 2018", "realisation.participants.valeur": "10 à 15"},
    {"evaluation.date": "2020", "evaluation.texte": "Il est entretenu."},
)


UNFOLDED = """
    const fields = arguments[0].map((name) => document.querySelector(`[name="${name}"]`));
    for (const field of fields)
      for (let one = field.closest("details"); one; one = one.parentElement.closest("details"))
        one.open = true;
    fields.sort((a, b) => (a.compareDocumentPosition(b) & 4 ? -1 : 1));
    return fields.map((field) => field.name);
"""
"""Opens what these fields stand behind; their names in the order of the page."""


def test_a_fifty_fifty_from_request_to_evaluation_over_four_visits(hall: Hall) -> None:
    for number, answers in enumerate(VISITS):
        hand = hall.logged_in(hall.wiki.admin)
        later = "/corriger/fifty-fifty/le-jardin-de-la-cite"
        hand.open(later if number else "/ecrire/fifty-fifty", 1280 if number % 2 else 360)
        for name in hand.driver.execute_script(UNFOLDED, list(answers)):
            hand.write(name, answers[name])
        if number % 2:  # pressed at once, or when all is kept already
            _all_is_kept(hand)
        _follow(hand, 'button[value="publier"]')
        assert "C’est publié." in hand.text()
    page = hall.wiki.reader().page("Le jardin de la cité")
    assert "Un jardin" in page and "Il est entretenu." in page


def test_who_is_logged_out_or_blocked_is_told_and_keeps_what_was_typed(hall: Hall) -> None:
    hand = hall.logged_in(hall.wiki.human)
    hand.open("/ecrire/recit", 1280)
    hand.write("titre", "Un texte à ne pas perdre")
    wait(lambda: "Brouillon gardé" in hand.text())
    admin = Person(hall.wiki.api, hall.wiki.admin)
    admin.act(action="block", user=hall.wiki.human.user, expiry="1 day", reason="essai")
    try:
        hand.write("titre", " du tout")
        wait(lambda: "bloqué sur le wiki" in hand.text())
        hand.button("garder")
        assert "Votre compte est bloqué" in hand.text() and "essai" in hand.text()
    finally:
        admin.act(action="unblock", user=hall.wiki.human.user)
    _follow(hand, "button.fort")
    value = "document.querySelector('[name=titre]').value"
    assert hand.run(f"return {value}") == "Un texte à ne pas perdre du tout"
    hall.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
    hand.open("/", 360)
    assert "Le wiki ne vous reconnaît pas" in hand.text()
    assert violations(hand.driver) == []


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_of_a_town_are_clean_for_axe_and_no_wider_than_their_window(
    hall: Hall, width: int
) -> None:
    hand = hall.logged_in(hall.wiki.human)
    hand.open("/ecrire/recit", width)
    hand.write("titre", f"À regarder {width}")
    hand.write("projet", "Le banc de la rue")
    _voice(hand, "n0", "Jean P.", "habitant", "Il ramasse.", "public")
    hand.button("enregistrer")
    place = hand.driver.current_url.removeprefix(hall.home)
    for account in (hall.wiki.human, hall.wiki.admin):
        hand = hall.logged_in(account)
        for path in ("/", place, "/ecrire/lieu", "/aide"):
            hand.open(path, width)
            assert violations(hand.driver) == [], path
            assert hand.run("return document.documentElement.scrollWidth") <= width


def test_a_wide_table_of_the_wiki_scrolls_in_the_frame_that_has_its_name(hall: Hall) -> None:
    hand = hall.logged_in(hall.wiki.human)
    hand.open("/fiche/fifty-fifty/haie", 320)
    script = """
        return [...document.querySelectorAll(".mw-body [role=region]")].map(frame =>
            [frame.ariaLabel, frame.scrollWidth > frame.clientWidth, frame.firstElementChild])
    """
    [[name, scrolls, table]] = hand.run(script)
    assert (name, scrolls, table.value_of_css_property("overflow-x")) == (
        *("Engagements de la convention", True), "visible",
    )  # fmt: skip
    assert violations(hand.driver) == []
    assert hand.run("return document.documentElement.scrollWidth") == 320


def test_the_page_of_a_wiki_is_readable_in_the_atelier_by_night(hall: Hall) -> None:
    hand = hall.logged_in(hall.wiki.human)
    dark = {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    hand.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", dark)
    try:
        hand.open("/fiche/lieu/rue-hoche", 1280)
        assert hand.run("return document.querySelectorAll('.mw-body a').length") > 0
        assert violations(hand.driver, rules=("color-contrast",)) == []
    finally:
        hand.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
