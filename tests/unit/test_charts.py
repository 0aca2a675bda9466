"""Charts: what they count, what they leave out, and the same bytes for the same data."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from loosbot.corpus.model import IndexPage, Record
from loosbot.render.charts.catalogue import chart_id, charts_of
from loosbot.render.charts.chart import Chart

LABELS = {"acteur/mairie": "La mairie", "acteur/club": "Le club", "acteur/ecole": "L’école"}


def record(slug: str, **data: Any) -> Record:
    return Record(
        f"fifty-fifty/{slug}",
        "fifty-fifty",
        f"narratives/fifty-fifty/{slug}.yaml",
        {"type": "fifty-fifty", "titre": slug.title(), **data},
    )


RECORDS = [
    record(
        "bancs",
        annee=2016,
        statut="abouti",
        themes=["voirie", "biodiversite"],
        niveau="coproduction",
        realisation={"participants": {"valeur": "10 à 15", "unite": "habitants"}},
    ),
    record(
        "haies",
        annee={"valeur": "depuis 2018", "statut": "deduit"},
        statut="en-cours",
        themes=["biodiversite"],
        realisation={"participants": 20},
    ),
    record("abris", annee="inconnu", statut="abandonne", realisation={"participants": "inconnu"}),
    record("murs", annee="avant 2010", realisation={"participants": "une dizaine"}),
]
LINKED = {
    "fifty-fifty/bancs": ["acteur/mairie", "acteur/club", "lieu/square"],
    "fifty-fifty/haies": ["acteur/mairie", "acteur/ecole", "acteur/club"],
    "fifty-fifty/abris": ["acteur/club"],
}


def charted(order: Mapping[str, Any], records: list[Record] = RECORDS) -> Chart:
    data = {"titre": "Essai", "graphiques": [{"titre": "Essai", **order}]}
    index = IndexPage("index/essai", "pages/index/essai.yaml", data)
    (chart,) = charts_of(index, records, LINKED, lambda id_: LABELS.get(id_, id_), places=records)
    return chart


def test_bars_count_records_by_year_and_leave_no_hole() -> None:
    figures = charted({"forme": "barres", "par": "annee"}).figures
    assert figures.headers == ("Année", "Fiches")
    assert figures.rows == (
        ("avant 2010", "1"),
        ("2016", "1"),
        ("2017", "0"),
        ("2018", "1"),
        ("Non précisé", "1"),
    )


def test_an_unknown_number_is_not_a_zero() -> None:
    order = {"forme": "barres", "par": "annee", "mesure": "realisation.participants"}
    figures = charted(order).figures
    assert figures.headers == ("Année", "Participants", "Fiches", "Fiches sans ce nombre")
    assert figures.rows == (
        ("avant 2010", "inconnu", "1", "1"),
        ("2016", "10 à 15", "1", "0"),
        ("2017", "aucune fiche", "0", "0"),
        # what lasts is not one year's: under 2018 alone it would seem to be over
        ("depuis 2018", "20", "1", "0"),
        ("Non précisé", "inconnu", "1", "1"),
    )
    assert "n’est pas un zéro" in figures.note


def test_numbers_of_different_things_make_no_sum() -> None:
    order = {"forme": "barres", "par": "annee", "mesure": "realisation.participants"}
    counts: list[Any] = [
        {"valeur": 12, "unite": "familles"},
        {"valeur": 30, "unite": "personnes"},
        {"valeur": 1, "unite": "Personne"},
        8,
        "inconnu",
    ]
    records = [
        record(f"n{number}", annee=2018, realisation={"participants": count})
        for number, count in enumerate(counts)
    ]
    assert charted(order, records).figures.rows == (
        ("2018", "8", "2", "1"),
        ("2018 (familles)", "12", "1", "0"),
        ("2018 (personnes)", "31", "2", "0"),
    )
    assert charted(order, records[1:]).figures.rows == (("2018", "39", "4", "1"),)


def test_a_number_with_a_comma_is_added() -> None:
    order = {"forme": "barres", "par": "annee", "mesure": "realisation.participants"}
    counts = [0.1, 0.2, "1 500,5", "2,5 à 3"]
    records = [
        record(f"n{number}", annee=2018, realisation={"participants": count})
        for number, count in enumerate(counts)
    ]
    assert charted(order, records).figures.rows == (("2018", "1503,3 à 1503,8", "4", "0"),)


def test_states_stand_in_the_order_of_their_vocabulary() -> None:
    rows = charted({"forme": "barres", "par": "statut"}).figures.rows
    assert [label for label, _ in rows] == ["Abouti", "Abandonné", "En cours", "Non précisé"]


def test_a_grid_crosses_two_fields() -> None:
    figures = charted({"forme": "grille", "par": "theme", "et": "niveau"}).figures
    assert figures.headers == ("Thèmes", "Coproduction", "Non précisé")
    assert sorted(figures.rows) == [
        ("Biodiversité et nature en ville", "1", "1"),
        # « Voirie » stands in it: a subject is counted once
        ("Mobilité et voirie", "1", "0"),
        ("Non précisé", "0", "2"),
    ]


def test_a_timeline_shows_what_is_dated_and_says_what_is_not() -> None:
    figures = charted({"forme": "frise", "par": "annee"}).figures
    assert figures.rows == (("Murs", "avant 2010"), ("Bancs", "2016"), ("Haies", "depuis 2018"))
    assert figures.note == "Une fiche n’a pas de date connue."


def test_a_network_ties_who_is_named_in_the_same_record() -> None:
    figures = charted({"forme": "reseau"}).figures
    assert figures.rows == (
        ("Le club", "3", "La mairie (2), L’école (1)"),
        ("La mairie", "2", "Le club (2), L’école (1)"),
        ("L’école", "1", "Le club (1), La mairie (1)"),
    )


def test_a_name_that_is_everywhere_is_left_out_of_the_picture_and_said() -> None:
    many = [record(f"n{number}", annee=2016) for number in range(8)]
    linked = {record.id: ["acteur/mairie"] for record in many}
    linked |= {record.id: ["acteur/mairie", "acteur/club", "acteur/ecole"] for record in many[:2]}
    linked[many[2].id] = ["acteur/mairie", "acteur/autre"]
    order = {"titre": "Essai", "forme": "reseau"}
    index = IndexPage(
        "index/essai", "pages/index/essai.yaml", {"titre": "E", "graphiques": [order]}
    )
    (chart,) = charts_of(index, many, linked, lambda id_: LABELS.get(id_, id_))

    assert "L’image laisse de côté « La mairie »" in chart.figures.note
    assert chart.figures.rows[0][:2] == ("La mairie", "8")
    picture = chart.draw().decode()
    assert "Le club et L’école" in picture and "La mairie" not in picture


FORMS: list[dict[str, str]] = [
    {"forme": "barres", "par": "annee"},
    {"forme": "barres", "par": "statut"},
    {"forme": "barres", "par": "annee", "mesure": "realisation.participants"},
    {"forme": "grille", "par": "theme", "et": "niveau"},
    {"forme": "frise", "par": "annee"},
    {"forme": "reseau"},
]


@pytest.mark.parametrize("order", FORMS)
@pytest.mark.parametrize("records", [RECORDS, RECORDS[:1], []])
def test_a_picture_is_a_sheet_of_plain_shapes_as_wide_as_a_phone(
    order: dict[str, str], records: list[Record]
) -> None:
    root = ElementTree.fromstring(charted(order, records).draw())  # noqa: S314 - made by us
    # drawn on a sheet of a phone's width, and shown as wide as a text
    assert root.get("width") == "600"
    assert (root.get("viewBox") or "").split()[2] == "360"
    tall = float((root.get("viewBox") or "0").split()[3])
    names = {element.tag.partition("}")[2] for element in root.iter()}
    # what MediaWiki refuses in an upload: scripts, styles and links elsewhere
    assert names <= {"svg", "defs", "title", "rect", "text", "path", "circle"}
    for label in root.iter("{http://www.w3.org/2000/svg}text"):
        size = float(label.get("font-size") or 0)
        assert size >= 11
        room = {"start": 360 - float(label.get("x", 0)), "end": float(label.get("x", 0))}
        assert len(label.text or "") * size * 0.5 <= room.get(label.get("text-anchor", ""), 360)
        assert 0 < float(label.get("y") or 0) < tall


def test_the_words_of_a_record_are_text_and_not_markup() -> None:
    chart = charted({"forme": "frise", "par": "annee"}, [record("<script> & co", annee=2001)])
    assert b"&lt;Script&gt; &amp; Co" in chart.draw()


def test_an_id_is_made_of_the_index_and_of_the_title() -> None:
    assert chart_id("index/en-chiffres", "Par année & état") == "fichier/en-chiffres-par-annee-etat"


_PRINT = """
import sys; sys.path.insert(0, {folder!r})
import hashlib, random
from test_charts import FORMS, RECORDS, charted
shuffled = random.Random({seed}).sample(RECORDS, len(RECORDS))
print(hashlib.sha256(b"".join(charted(one, shuffled).draw() for one in FORMS)).hexdigest())
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seed", "zone", "locale"), [("1", "Pacific/Auckland", "C"), ("2", "UTC", "fr_FR.UTF-8")]
)
def test_the_same_records_give_the_same_bytes_elsewhere(seed: str, zone: str, locale: str) -> None:
    here = hashlib.sha256(b"".join(charted(form).draw() for form in FORMS)).hexdigest()
    code = _PRINT.format(folder=str(Path(__file__).parent), seed=seed)
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": os.environ["PATH"], "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == here


PLACES = {
    "square": {"latitude": 50.4521, "longitude": 2.7912, "sources": ["adresses l. 4"]},
    "ecole": {"latitude": 50.4578, "longitude": 2.7801, "sources": ["adresses l. 9", "plan"]},
    "mine": {"latitude": 50.4522, "longitude": 2.7912, "sources": ["adresses"]},
}


def places(**points: Any) -> list[Record]:
    return [
        Record(
            f"lieu/{slug}",
            "lieu",
            f"narratives/lieu/{slug}.yaml",
            {"type": "lieu", "titre": slug.title(), "coordonnees": point},
        )
        for slug, point in points.items()
    ]


def test_a_map_numbers_the_places_by_name_and_says_where_the_points_come_from() -> None:
    chart = charted({"forme": "carte"}, places(**PLACES))
    assert chart.figures.rows == (("1", "Ecole"), ("2", "Mine"), ("3", "Square"))
    assert chart.figures.alt == ("Carte, Essai, le nord en haut : 3 lieux, dans la liste qui suit.")
    assert "source/adresses ; source/plan." in chart.figures.note
    ecole, mine, square = chart.spots
    # the school is in the north-west
    assert ecole.left < mine.left and ecole.top < mine.top
    # ten metres apart: their numbers stand side by side all the same
    assert abs(mine.left - square.left) + abs(mine.top - square.top) > 5
    shown = ElementTree.fromstring(chart.draw())  # noqa: S314 - made by us
    texts = [element.text for element in shown.iter("{http://www.w3.org/2000/svg}text")]
    assert texts[:3] == ["1", "2", "3"]
    assert texts[3:] == ["200 m", "Nord ↑"]


@pytest.mark.parametrize(
    "point",
    [
        "inconnu",
        {"latitude": 50.45, "longitude": 2.79},
        {"latitude": 50.45, "longitude": "inconnu", "sources": ["adresses"]},
    ],
)
def test_no_map_is_drawn_of_points_that_nobody_can_check(point: Any) -> None:
    data = {"titre": "Essai", "graphiques": [{"titre": "Essai", "forme": "carte"}]}
    index = IndexPage("index/essai", "pages/index/essai.yaml", data)
    assert charts_of(index, [], {}, str, places=places(square=point)) == []


@pytest.mark.parametrize(
    "points",
    [
        pytest.param([(50.45, 2.79)], id="one place"),
        pytest.param([(50.45, 2.79)] * 12, id="twelve at one spot"),
        pytest.param([(50.45, 2.79), (-33.9, 151.2)], id="two ends of the world"),
        pytest.param([(-17.0, 179.9), (-17.1, -179.9)], id="both sides of the day line"),
        pytest.param([(90, 0), (89.999, 180)], id="the pole"),
        pytest.param([(50 + n / 99, 2 + n * n % 97 / 99) for n in range(400)], id="many"),
    ],
)
def test_every_place_of_a_map_is_on_the_sheet(points: list[tuple[float, float]]) -> None:
    located = {
        f"lieu-{n}": {"latitude": y, "longitude": x, "sources": ["adresses"]}
        for n, (y, x) in enumerate(points)
    }
    chart = charted({"forme": "carte"}, places(**located))
    assert len(chart.spots) == len(points)
    assert all(0 < spot.left < 100 and 0 < spot.top < 100 for spot in chart.spots)
    shown = ElementTree.fromstring(chart.draw())  # noqa: S314 - made by us
    width, height = (float(number) for number in (shown.get("viewBox") or "").split()[2:])
    assert height < 2 * width
    if len(points) == 2:
        assert chart.spots[0] != chart.spots[1]
    assert all(spot.numbered for spot in chart.spots) is (len(points) <= 60)


@pytest.mark.parametrize(
    "order",
    [
        {"forme": "barres", "par": "annee"},
        {"forme": "grille", "par": "themes", "et": "niveau"},
        {"forme": "frise", "par": "annee"},
        {"forme": "reseau"},
    ],
    ids=lambda form: str(form["forme"]),
)
def test_no_text_is_smaller_than_eleven_pixels_on_a_phone(order: dict[str, str]) -> None:
    """A telephone of 360 pixels shows a picture on 328 of them (Minerva)."""
    shown = ElementTree.fromstring(charted(order).draw())  # noqa: S314 - made by us
    width = float((shown.get("viewBox") or "").split()[2])
    sizes = [
        float(element.get("font-size") or 0)
        for element in shown.iter("{http://www.w3.org/2000/svg}text")
    ]
    assert sizes and min(sizes) * 328 / width >= 11


def test_a_timeline_cuts_no_title_and_no_date() -> None:
    title = "Une rénovation des chemins ruraux avec les agriculteurs et les écoles"
    when = "milieu des années 1990 ou début des années 2000"
    record = Record(
        "projet/long", "projet", "narratives/projet/long.yaml", {"titre": title, "annee": when}
    )
    shown = ElementTree.fromstring(  # noqa: S314 - made by us
        charted({"forme": "frise", "par": "annee"}, [record, *RECORDS]).draw()
    )
    texts = " ".join(t.text or "" for t in shown.iter("{http://www.w3.org/2000/svg}text"))
    assert title in texts and when in texts and "…" not in texts
