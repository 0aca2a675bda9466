"""``loosbot init``: a town made from nothing is on its own wiki at once."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from desk import Answer, Desk, Published
from wikis import Wiki


@pytest.fixture(scope="module")
def town(shared_wiki: Wiki, tmp_path_factory: pytest.TempPathFactory) -> tuple[Published, Answer]:
    """A town made from nothing, and what its first publication answered."""
    shared_wiki.reset()
    place = tmp_path_factory.mktemp("ville")
    desk = _town(place / "commune", "Étang-sur-Rien", "01999", "", shared_wiki)
    first = desk.sync()
    return Published(replace(desk, wiki=shared_wiki.keep(place / "wiki"))), first


@pytest.mark.release("1.43")
def test_a_town_made_from_nothing_is_published_changed_and_loses_its_examples(
    town: tuple[Published, Answer], tmp_path: Path
) -> None:
    published, first = town
    desk = published.again(tmp_path)
    reader, folder = desk.wiki.person(), desk.folder

    again = desk.sync()

    assert (first.code, first.json["failed"], first.json["human_edits"]) == (0, [], [])
    assert again.json["edits"] == 0
    assert "Ce que Étang-sur-Rien fait avec ses habitants" in (reader.text("Accueil") or "")
    tale = reader.text("Un banc, deux façons de le raconter (exemple)") or ""
    assert "visseuse" in tale and "emprunter la scie" in tale
    assert "a arrosé trois semaines" not in (
        reader.text("La pépinière, ce qu'il en reste (exemple)") or ""
    )

    desk.change("pages/niveaux.md", "Répondre aux questions.", "Répondre à chacun.")
    assert desk.sync().json["updated"] == 1

    for file in [*folder.glob("narratives/*/exemple-*"), *folder.glob("pages/index/exemple-*")]:
        file.unlink()
    desk.write({})
    last = desk.sync("--yes-retire")
    assert (last.code, last.json["failed"]) == (0, [])
    assert last.json["retired"] > 15
    assert "visseuse" not in (reader.text("Un banc, deux façons de le raconter (exemple)") or "")


PREFIXED = """
portail: Accueil de Saint-Double
prefixe_modeles: "Saint-Double "
prefixe_categories: "Saint-Double – "
prefixe_pages: "Saint-Double – "
"""
ADDED = """
ajouts:
  champs:
    - cle: quartier
      fiches: [projet]
      titre: Quartier
      aide: Le nom du quartier.
      genre: ligne
"""
PATH = "narratives/projet/exemple-pepiniere.yaml"


def _town(folder: Path, name: str, insee: str, more: str, wiki: Wiki) -> Desk:
    subprocess.run(
        [
            *(sys.executable, "-m", "loosbot", "init", folder),
            *("--commune", name, "--insee", insee, "--yes"),
        ],
        check=True,
        capture_output=True,
    )
    desk = Desk(folder, wiki, folder.parent / f"{folder.name}-cache")
    settings = (folder / "loosbot.yaml").read_text("utf-8")
    if more:
        kept = [line for line in settings.splitlines() if not line.startswith("portail:")]
        desk.write({"loosbot.yaml": "\n".join(kept) + more})
    return desk


@pytest.mark.release("1.43")
def test_two_towns_live_on_one_wiki_and_each_keeps_to_its_own(
    town: tuple[Published, Answer], tmp_path: Path
) -> None:
    first = town[0].again(tmp_path)
    second = _town(tmp_path / "deux", "Saint-Double", "01998", PREFIXED + ADDED, first.wiki)
    person = first.wiki.person()
    alone = person.texts((0, 10, 14))

    done = second.sync()

    assert (done.code, done.json["failed"], done.json["human_edits"]) == (0, [], [])
    both = person.texts((0, 10, 14))
    assert {title: both[title] for title in alone} == alone
    theirs = both.keys() - alone.keys()
    assert len(theirs) >= len(alone) - 2  # the tracking category is one for both
    assert all("Saint-Double" in title for title in theirs)
    assert "Étang-sur-Rien" not in "".join(both[title] for title in theirs)
    assert (first.sync().json["edits"], second.sync().json["edits"]) == (0, 0)

    # a field that the town added as data, seen on its page, changed there and pulled
    text = (second.folder / PATH).read_text("utf-8")
    title = f"Saint-Double – {yaml.safe_load(text)['titre']}"
    second.write({PATH: f"{text}quartier: Les Prés\n"})
    assert second.sync().json["updated"] > 0
    page = person.page(title)
    assert "| Quartier = Les Prés" in page
    person.edit(title, page.replace("Les Prés", "Les Champs"))
    person.act(action="move", **{"from": title, "to": "Saint-Double – La serre"})
    assert second.run("pull").code == 0
    pulled = (second.folder / PATH).read_text("utf-8")
    assert "quartier: Les Champs" in pulled and "titre: La serre" in pulled
    second.write({})
    assert second.sync().code == 0
    assert second.sync().json["edits"] == 0

    # what one retires is not the other's
    for file in [*second.folder.glob("narratives/*/exemple-*")]:
        file.unlink()
    for file in second.folder.glob("pages/index/exemple-*"):
        file.unlink()
    second.write({})
    assert second.sync("--yes-retire").json["retired"] > 15
    assert person.texts((0, 10, 14)).items() >= alone.items()
    assert first.sync().json["edits"] == 0
