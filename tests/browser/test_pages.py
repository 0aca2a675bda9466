"""Pages as people see them, on a desk and on a phone."""

from __future__ import annotations

import pytest
from look import Look

pytestmark = [pytest.mark.outils, pytest.mark.older("skins")]

DESK = (1280, "vector-2022")
PHONE = (360, "minerva")
TITLES = (
    "Chemins ruraux refaits ensemble",
    "Le chantier vu de la mairie",
    "La réunion du soir",
    "Sources",
    "Le grand champ",
)


# the pages are the same wikitext on both releases: each width is looked at on one
@pytest.mark.parametrize(
    ("width", "skin"),
    [
        pytest.param(*DESK, marks=pytest.mark.release("1.39")),
        pytest.param(*PHONE, marks=pytest.mark.release("1.43")),
    ],
)
@pytest.mark.parametrize("title", TITLES)
def test_a_page_is_whole_and_readable(look: Look, title: str, width: int, skin: str) -> None:
    look.open(title, width, skin)
    assert look.faults(width) == []


@pytest.mark.parametrize("title", TITLES[:2])
def test_the_infobox_takes_a_third_of_a_desk_and_the_whole_of_a_phone(
    look: Look, title: str
) -> None:
    """A récit begins with its voices: there the first heading after the box is looked at."""
    share = (
        "return content.querySelector('.fiche').getBoundingClientRect().width"
        " / content.getBoundingClientRect().width"
    )
    look.open(title, *DESK)
    assert look.run(share) <= 0.34
    look.open(title, *PHONE)
    assert look.run(share) == pytest.approx(1, abs=0.01)
    # what follows stands under it, not squeezed beside it
    heading, box = look.run(
        "const box = content.querySelector('.fiche');"
        "const after = one => box.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;"
        "const shown = [...content.querySelectorAll('h2')]"
        ".filter(one => !one.closest('.toc') && after(one));"
        "return [shown[0], box].map(one => one.getBoundingClientRect().toJSON())"
    )
    assert heading["top"] >= box["bottom"] - 2
    assert heading["width"] > 250
    # a tablet, a page at twice its size: no border of it is cut, and no word of it is broken
    over = (
        "const edge = one => one.getBoundingClientRect().right;"
        "return edge(content.querySelector('.fiche table')) - edge(content)"
    )
    for width in (640, 768):
        for skin in ("vector-2022", "minerva"):
            look.open(title, width, skin)
            assert look.run(over) <= 1, (width, skin)


def test_a_bare_address_does_not_widen_the_infobox(look: Look) -> None:
    """MediaWiki has a rule of its own for such links, which lets them break and stay as wide."""
    over = (
        "const box = content.querySelector('.fiche');"
        "const link = Object.assign(document.createElement('a'), {className: 'external free'});"
        "link.textContent = 'https://video.exemple.fr/films/' + 'chantier'.repeat(8);"
        "box.querySelector('td').replaceChildren(link);"
        "const edge = one => one.getBoundingClientRect().right;"
        "return edge(box.querySelector('table')) - edge(box)"
    )
    for width, skin in (DESK, PHONE, (380, "vector")):
        look.open(TITLES[1], width, skin)
        assert look.run(over) <= 1, (width, skin)


def test_the_line_of_a_project_is_whole_beside_the_menu_of_vector(look: Look) -> None:
    """At four times its size, a desk is as narrow as a telephone, and that menu stands still."""
    over = (
        "const line = content.querySelector('[aria-label=\"La vie du projet\"]');"
        "const edge = one => one.getBoundingClientRect().right;"
        "return Math.max(...[...line.children].map(edge)) - edge(line)"
    )
    look.open(TITLES[0], 320, "vector")
    assert look.run(over) <= 1


def test_voices_have_the_whole_width_each_and_stand_in_order_before_the_facts(look: Look) -> None:
    boxes = (
        "const box = one => one.getBoundingClientRect();"
        "const words = [...content.querySelectorAll('.voix')]"
        ".map(one => one.previousElementSibling)"
        ".map(one => one.tagName == 'UL' ? content.querySelector('h3 ~ p, h3 + p') : one);"
        "return [words.map(box).map(one => [one.top, one.width]),"
        " box(content).width, box(content.querySelector('.fiche')).top]"
    )
    for width, skin in (DESK, PHONE):
        look.open("Le chantier vu de la mairie", width, skin)
        voices, whole, facts = look.run(boxes)
        assert [voice[0] for voice in voices] == sorted(voice[0] for voice in voices)
        assert len(voices) == 2
        for top, broad in voices:
            assert top < facts
            assert broad == pytest.approx(whole, abs=2)


def test_a_footnote_leads_to_the_row_of_its_source(look: Look) -> None:
    look.open("Chemins ruraux refaits ensemble", *DESK)
    link = look.run("return content.querySelector('.references a[href*=\"#source-\"]').href")
    look.driver.get(link)
    assert look.run("return document.querySelector(location.hash).tagName") == "TR"
