"""The titles that a page had before lead to it, however often it was renamed."""

from __future__ import annotations

import pytest
from desk import GARDEN, JARDIN, PLACE, SQUARE, Desk
from wikis import Person

SECOND, THIRD = "Le jardin des voisins", "Le jardin de tous"
NEW = "narratives/projet/neuf.yaml"


@pytest.fixture
def renamed(desk: Desk) -> str:
    """The garden renamed twice; gives the run of the second one."""
    desk.change(GARDEN, JARDIN, SECOND)
    assert desk.sync().code == 0
    desk.change(GARDEN, SECOND, THIRD)
    done = desk.sync()
    assert done.code == 0
    return str(done.json["run"])


def led(person: Person, title: str) -> str:
    """Where a reader arrives who asks for a title."""
    page = person.call(action="query", titles=title, redirects=1)["query"]["pages"][0]
    text = person.page(title)
    if text.startswith("#REDIRECT"):
        assert f"[[{page['title']}]]" in text, "a redirect to a redirect"
    return str(page["title"])


@pytest.mark.older
def test_every_former_title_leads_straight_to_the_page(
    renamed: str, desk: Desk, person: Person
) -> None:
    assert led(person, JARDIN) == led(person, SECOND) == led(person, THIRD) == THIRD
    assert desk.sync().json["edits"] == 0
    assert set(desk.plan().actions().values()) == {"none"}


def test_a_rollback_leads_them_back(renamed: str, desk: Desk, person: Person) -> None:
    done = desk.sync("--rollback", renamed)

    assert done.code == 0, done.out + done.err
    assert led(person, JARDIN) == led(person, SECOND) == SECOND


def test_two_pages_that_exchange_their_titles_keep_those_that_lead_to_them(
    desk: Desk, person: Person
) -> None:
    desk.change(GARDEN, JARDIN, SECOND, commit=False)
    desk.change(SQUARE, PLACE, "Le parvis")
    assert desk.sync().code == 0
    desk.change(GARDEN, SECOND, "Le parvis", commit=False)
    desk.change(SQUARE, "Le parvis", SECOND)

    assert desk.sync().code == 0

    assert led(person, JARDIN) == "Le parvis"
    assert led(person, PLACE) == SECOND


def test_a_redirect_that_somebody_changed_stays(desk: Desk, person: Person) -> None:
    desk.change(GARDEN, JARDIN, SECOND)
    assert desk.sync().code == 0
    words = f"#REDIRECTION [[{SECOND}]]\n\n[[Catégorie:Anciens titres]]"
    person.edit(JARDIN, words)
    person.edit("Le coron", f"#REDIRECTION [[{SECOND}]]")
    desk.change(GARDEN, SECOND, THIRD)

    assert desk.sync().code == 0

    assert person.page(JARDIN) == words
    assert person.page("Le coron") == f"#REDIRECTION [[{SECOND}]]"


def test_a_new_record_takes_a_title_that_only_led_on(
    renamed: str, desk: Desk, person: Person
) -> None:
    desk.write({NEW: f"type: projet\ntitre: {JARDIN}\nresume: Un autre jardin.\n"})

    done = desk.sync()

    assert done.code == 0, done.out
    assert "Un autre jardin." in person.page(JARDIN)
    assert led(person, SECOND) == THIRD


def test_a_new_record_leaves_a_title_that_somebody_led_elsewhere(
    renamed: str, desk: Desk, person: Person
) -> None:
    person.edit(JARDIN, "#REDIRECTION [[Bienvenue]]")
    desk.write({NEW: f"type: projet\ntitre: {JARDIN}\nresume: Un autre jardin.\n"})

    done = desk.sync()

    assert [page["id"] for page in done.json["failed"]] == ["projet/neuf"]
    assert person.page(JARDIN) == "#REDIRECTION [[Bienvenue]]"
