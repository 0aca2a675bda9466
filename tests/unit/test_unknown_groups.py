"""A group that is one word as a whole is said on its page, and filled in or emptied from there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from test_pull import bodies, corpus_of, published, pulled, tree_of

from loosbot.corpus.tree import Overlay

MEETING = "narratives/reunion/soir.yaml", "type: reunion\ntitre: Le soir\ndate: 2015\n"
PLACE = "narratives/lieu/verger.yaml", "type: lieu\ntitre: Le verger\ngenre: site\n"
PROJECT = "narratives/projet/banc.yaml", "type: projet\ntitre: Le banc\n"
DOCUMENT = {
    "narratives/source/cahier.yaml": "type: source\ntitre: Le cahier\ngenre: document\n",
}


def edited(
    folder: Path, record: tuple[str, str], more: str, *edits: tuple[str, str]
) -> tuple[str, dict[str, Any] | None, tuple[str, ...]]:
    """The page of a record with ``more``, what ``pull`` makes of its file once somebody made
    these edits (None: nothing), and why it left the others. The page is then the wiki's."""
    path, text = record
    base = published(tree_of(folder, {path: text + more, **DOCUMENT}))
    [id_] = [id_ for id_ in base.rendered if f"/{id_}." in path]
    before = after = base.rendered[id_].body
    for old, new in edits:
        assert old in after
        after = after.replace(old, new)
    carried = pulled(base, {id_: after})
    left = tuple(passage.reason for page in carried.pages for passage in page.left)
    if path not in carried.files:
        return before, None, left
    if not left:
        now = bodies(corpus_of(Overlay(base.tree, carried.files)))[id_]
        # what is known of a stage changes its state in the line above the box
        assert now.partition("{{Fiche")[2] == after.partition("{{Fiche")[2]
    return before, yaml.safe_load(carried.files[path]), left


@pytest.mark.parametrize(("word", "shown"), [("inconnu", "inconnu"), ("sans-objet", "sans objet")])
def test_a_group_that_is_one_word_is_said(word: str, shown: str, tmp_path: Path) -> None:
    minutes, *_ = edited(tmp_path / "a", MEETING, f"compte_rendu: {word}\n")
    point, *_ = edited(tmp_path / "b", PLACE, f"coordonnees: {word}\n")
    term, *_ = edited(tmp_path / "c", PROJECT, f"convention: {{duree: {word}}}\n")

    assert f"\n| Compte rendu = {shown}\n}}}}" in minutes
    assert f"\n| Latitude = {shown}\n| Longitude = {shown}\n}}}}" in point
    assert f"* '''Effet du''' : {shown}\n* '''Effet au''' : {shown}\n" in term


def test_nothing_is_said_of_a_group_that_nobody_wrote(tmp_path: Path) -> None:
    for name, record in {"a": MEETING, "b": PLACE, "c": PROJECT}.items():
        page, *_ = edited(tmp_path / name, record, "")
        assert "inconnu" not in page.partition("{{Fiche")[2]


@pytest.mark.parametrize(
    ("edits", "wanted"),
    [
        ([("= inconnu", "= [[Sources#source-cahier|Le cahier]]")], {"document": "source/cahier"}),
        (
            [("rendu = inconnu", "rendu = inconnu\n| Compte rendu publié le = mai 2016")],
            {"document": "inconnu", "date": "2016-05"},
        ),
        ([("= inconnu", "= sans objet")], {"document": "sans-objet"}),
        ([("\n| Compte rendu = inconnu", "")], None),
    ],
    ids=["named", "dated beside", "no question", "emptied"],
)
def test_the_minutes_of_a_meeting(
    edits: list[tuple[str, str]], wanted: dict[str, Any] | None, tmp_path: Path
) -> None:
    _, data, left = edited(tmp_path, MEETING, "compte_rendu: inconnu\n", *edits)

    assert left == ()
    assert data is not None
    assert data.get("compte_rendu") == wanted


def test_the_text_of_the_minutes(tmp_path: Path) -> None:
    text = "== Le compte rendu ==\n\nOn a planté.\n\n{{Provenance"
    _, data, left = edited(tmp_path, MEETING, "compte_rendu: inconnu\n", ("{{Provenance", text))

    assert (left, data and data["compte_rendu"]) == (
        (),
        {"document": "inconnu", "texte": "On a planté.\n"},
    )


BOTH = ("| Latitude = inconnu\n| Longitude = inconnu", "| Latitude = 50,4\n| Longitude = 2,8")
POINT = {"latitude": 50.4, "longitude": 2.8}


@pytest.mark.parametrize(
    ("more", "edit", "wanted"),
    [
        ("coordonnees: inconnu\n", BOTH, POINT),
        ("", ("| Genre = Site", f"| Genre = Site\n{BOTH[1]}"), POINT),
        ("coordonnees: {latitude: 50.4, longitude: 2.8}\n", (BOTH[1] + "\n", ""), None),
        ("coordonnees: inconnu\n", (BOTH[0] + "\n", ""), None),
        ("coordonnees: {latitude: 50.4, longitude: 2.8}\n", (BOTH[1], BOTH[0]), "inconnu"),
    ],
    ids=["known now", "new", "emptied", "no longer said", "unknown after all"],
)
def test_the_coordinates_of_a_place_go_together(
    more: str, edit: tuple[str, str], wanted: Any, tmp_path: Path
) -> None:
    _, data, left = edited(tmp_path, PLACE, more, edit)

    assert left == ()
    assert data is not None
    assert data.get("coordonnees") == wanted


def test_a_latitude_alone_is_told_what_it_lacks(tmp_path: Path) -> None:
    edit = ("| Latitude = inconnu", "| Latitude = 50,4")
    _, data, left = edited(tmp_path, PLACE, "coordonnees: inconnu\n", edit)

    assert data is None
    [reason] = left
    assert "longitude" in reason.lower()


@pytest.mark.parametrize(
    ("edit", "wanted"),
    [
        (("'''Effet du''' : inconnu", "'''Effet du''' : 2015"), {"du": 2015, "au": "inconnu"}),
        (("\n* '''Effet du''' : inconnu", ""), {"au": "inconnu"}),
    ],
    ids=["begins", "one emptied"],
)
def test_the_term_of_an_agreement(
    edit: tuple[str, str], wanted: dict[str, Any], tmp_path: Path
) -> None:
    _, data, left = edited(tmp_path, PROJECT, "convention: {duree: inconnu}\n", edit)

    assert (left, data and data["convention"]) == ((), {"duree": wanted})
