"""A wiki that was published before the comparison of today, with people's edits on it, goes on
without a loss.

``tests/data/wiki-format-1.json`` holds what the code of before wrote on a real wiki: every page,
in its order, with its summary. Here the robot's account saves the same again.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from desk import Desk, Published
from wikis import Person, Wiki

DATA = json.loads(
    (Path(__file__).parents[1] / "data" / "wiki-format-1.json").read_text(encoding="utf-8")
)
DEVICE = "Chemins ruraux refaits ensemble"
TALE = "Le chantier vu de la mairie"
CARRIED = (
    (DEVICE, "| Récurrence = texte 2", "| Récurrence = jeton-1"),
    (DEVICE, "| Besoin = texte 8", "| Besoin = jeton-2"),
    (DEVICE, "| Quoi = texte 18", "| Quoi = jeton-3"),
    (DEVICE, "| Caducité = texte 21", "| Caducité = jeton-4"),
    (DEVICE, "* texte 41", "* texte 41\n* jeton-5"),
    (DEVICE, "\ntexte 0\n", "\njeton-6\n"),
    (DEVICE, "\ntexte 50\n", "\ntexte 50\n\njeton-7\n"),
    (TALE, "\ntexte 57\n", "\njeton-8\n"),
    ("La réunion du soir", "| Sujet = ", "| Sujet = jeton-9 "),
)
"""What a field holds."""
NAMED = (
    ("Un projet plus large", "== Limites ==", "jeton-20\n\n== Limites =="),
    (
        "Le grand champ",
        "[[Catégorie:Fiches loosbot",
        "[[Catégorie:jeton-21]]\n[[Catégorie:Fiches loosbot",
    ),
    ("Catégorie:Voirie", "\n[[Catégorie:", "\njeton-22\n[[Catégorie:"),
    ("L'association foncière", "<!-- /loosbot", "jeton-23<!-- /loosbot"),
    ("Traçabilité : les voix", '! scope="col"', '! class="jeton-24" scope="col"'),
)
"""What none does."""
BESIDE = (
    (DEVICE, "", "jeton-30 au-dessus.\n"),
    ("La ville", "", "jeton-31 au-dessus.\n"),
    ("Modèle:Voix absente", "", "<noinclude>jeton-32</noinclude>"),
)
"""What stands outside the published text."""


@pytest.fixture(scope="module")
def published(shared_wiki: Wiki, tmp_path_factory: pytest.TempPathFactory) -> Published:
    shared_wiki.reset()
    folder = tmp_path_factory.mktemp("before")
    desk = Desk.new(folder / "corpus", shared_wiki, DATA["corpus"])
    robot = shared_wiki.person(shared_wiki.credentials)
    commit = desk.git("rev-parse", "HEAD")[:12]
    for page in DATA["pages"]:
        summary = page["summary"].replace("COMMIT", commit)
        robot.edit(page["title"], page["text"], summary=summary, bot=1)
    desk.cache.mkdir()
    return Published(Desk(desk.folder, shared_wiki.keep(folder / "wiki"), desk.cache))


def write(person: Person) -> dict[str, str]:
    """What people do; the text of each page then."""
    for title, old, new in (*CARRIED, *NAMED, *BESIDE):
        text = person.page(title)
        assert old in text, (title, old)
        person.edit(title, text.replace(old, new, 1) if old else new + text)
    return {title: person.page(title) for title, _, _ in (*CARRIED, *NAMED, *BESIDE)}


def tokens(text: str) -> set[str]:
    return set(re.findall(r"jeton-\d+", text))


def test_a_wiki_of_before_is_brought_to_today_where_nobody_edited_it(
    desk: Desk, person: Person
) -> None:
    done = desk.sync()

    assert (done.code, done.json["human_edits"], done.json["failed"]) == (0, [], []), done.out
    assert not [text for text in person.texts().values() if "Texte publié depuis" in text]
    assert desk.sync().json["edits"] == 0
    assert person.logged("delete") == []


def test_what_people_wrote_on_a_wiki_of_before_outlives_the_code_of_today(
    desk: Desk, person: Person
) -> None:
    before = write(person)

    first = desk.sync()

    assert first.code == 1
    waiting = {page["title"] for page in first.json["human_edits"]}
    assert waiting == {title for title, _, _ in (*CARRIED, *NAMED)}
    for title, text in before.items():
        now = person.page(title)
        assert now == text if title in waiting else tokens(text) <= tokens(now), title

    pulled = desk.run("pull")
    desk.write({})
    second = desk.sync()

    output = pulled.out + pulled.err
    assert {page["title"] for page in second.json["human_edits"]} == {
        title for title, _, _ in NAMED
    }
    for title, text in before.items():
        assert tokens(text) <= tokens(person.page(title)), title
    assert all(token in output for _, _, new in NAMED for token in tokens(new)), output
    files = "".join(
        file.read_text(encoding="utf-8") for file in (desk.folder / "narratives").rglob("*.yaml")
    )
    assert tokens("".join(new for _, _, new in CARRIED)) <= tokens(files)
    assert desk.sync().json["edits"] == 0
