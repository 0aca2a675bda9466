"""Which pages of a run wait a second before they are drawn afresh."""

from __future__ import annotations

import pytest

from loosbot.sync.outcome import WrittenRevision
from loosbot.sync.planned import Action, PlannedPage
from loosbot.sync.readback import drawn_too_soon


def written(
    title: str, text: str, began: float, ended: float, action: Action = "create"
) -> WrittenRevision:
    page = PlannedPage(f"lieu/{title}", title, title, action, "", text=text)
    return WrittenRevision(
        page, action, int(ended * 10), "", merged=False, began=began, ended=ended
    )


@pytest.mark.parametrize(
    ("pages", "waits"),
    [
        pytest.param(
            [written("Banc", "Vers [[Four]].", 8.0, 9.5), written("Four", "", 9.0, 9.6)],
            ["Banc"],
            id="one that was saved while the page that it names appeared",
        ),
        pytest.param(
            [written("Four", "", 8.0, 9.2), written("Banc", "Vers [[Four]].", 9.3, 9.5)],
            [],
            id="one that names a page that was there",
        ),
        pytest.param(
            [written("Banc", "Vers [[Four]].", 7.0, 8.9), written("Four", "", 9.0, 9.6)],
            [],
            id="one of more than a second ago is drawn afresh at once",
        ),
        pytest.param(
            [written("Banc", "Vers rien.", 9.0, 9.5), written("Four", "", 9.0, 9.6)],
            [],
            id="one that names nothing new",
        ),
        pytest.param(
            [
                written("Banc", "{{Carte|x=1}}", 9.0, 9.5),
                written("Modèle:Carte", "", 9.0, 9.6),
                written("Four", "[[:Catégorie:Bancs]]", 9.0, 9.6),
                written("Catégorie:Bancs", "", 9.0, 9.7),
            ],
            ["Banc", "Four"],
            id="a template and a category, named without their namespace or with it",
        ),
        pytest.param(
            [written("Banc", "Vers [[Four]].", 9.0, 9.5), written("Four", "", 9.0, 9.6, "update")],
            [],
            id="one that names a page that was there, and changed",
        ),
    ],
)
def test_a_page_of_the_last_second_waits_where_it_shows_red(
    pages: list[WrittenRevision], waits: list[str]
) -> None:
    assert [page.page.title for page in drawn_too_soon(pages, [], now=10.0)] == waits


def test_a_page_of_the_last_second_waits_where_it_shows_a_file_that_was_sent() -> None:
    pages = [
        written("Banc", "[[Fichier:Essai-banc.jpg|alt=Un banc]]", 9.0, 9.5, "update"),
        written("Four", "[[Fichier:Essai-four.jpg|alt=Un four]]", 9.0, 9.5, "update"),
        written("Place", "[[Fichier:Essai-banc.jpg|alt=Un banc]]", 8.0, 8.9, "update"),
    ]
    waits = drawn_too_soon(pages, ["Fichier:Essai-banc.jpg"], now=10.0)
    assert [page.page.title for page in waits] == ["Banc"]
