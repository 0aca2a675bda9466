"""What people write between the markers, anywhere, outlives a sync: on the wiki, through pull."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import Desk, Published
from fiches import FILES
from fuzz.edits import TOKEN, drawn
from wikis import Person, Wiki

DEVICE = "Chemins ruraux refaits ensemble"
ID = "fifty-fifty/chemins"
WORD = "'''[[Mots des fiches#Effets|Coût réduit]]'''"
TEXTS = {
    "loosbot.yaml": "corpus: essai\n",
    **{path: text.replace("TEXTE", "des mots de la fiche") for path, text in FILES.items()},
}


@pytest.fixture(scope="module")
def published(shared_wiki: Wiki, tmp_path_factory: pytest.TempPathFactory) -> Published:
    return Published.new(tmp_path_factory.mktemp("published"), shared_wiki, TEXTS)


def edit(person: Person, old: str, new: str, title: str = DEVICE) -> None:
    text = person.page(title)
    assert old in text, old
    person.edit(title, text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("! scope=\"col\" | Combien", "! scope=\"col\" | Combien (MOTHUMAIN)"),
        ('! scope="col" | Qui', '! scope="col" | Qui (MOTHUMAIN)'),
        (f"* {WORD}", f"MOTHUMAIN a promis un bilan écrit.\n\n* {WORD}"),
        ("|titre=Le référentiel", "|titre=Le référentiel (MOTHUMAIN)"),
        ("| Taille = Lourd", "| Taille = MOTHUMAIN\n| Taille = Lourd"),
        (" -->\n<p ", " MOTHUMAIN -->\n<p "),
        ("<!-- /loosbot", "Une remarque de MOTHUMAIN.<!-- /loosbot"),
    ],
)  # fmt: skip
def test_an_edit_that_no_field_holds_is_named_by_pull_and_left_by_sync(
    old: str, new: str, desk: Desk, person: Person
) -> None:
    edit(person, old, new)
    before = person.page(DEVICE)

    pulled = desk.run("pull")
    synced = desk.sync()

    assert pulled.code == 1
    assert "NON REPRIS" in pulled.out and TOKEN in pulled.out, pulled.out
    assert synced.code == 1
    assert [page["id"] for page in synced.json["human_edits"]] == [ID]
    assert person.page(DEVICE) == before


def test_a_remark_at_the_closing_marker_keeps_no_other_edit_from_coming_back(
    desk: Desk, person: Person
) -> None:
    edit(person, "<!-- /loosbot", "Une remarque.<!-- /loosbot")
    edit(person, "| Taille = Lourd", "| Taille = Léger")

    pulled = desk.run("pull")

    assert "repris : Fiche fifty-fifty : Taille" in pulled.out
    assert "Une remarque." in pulled.out


def test_a_box_moved_above_the_block_empties_no_file(desk: Desk, person: Person) -> None:
    text = person.page(DEVICE)
    start = text.index("{{Fiche fifty-fifty")
    box = text[start : text.index("}}\n", text.index("| Sources =")) + 3]
    person.edit(DEVICE, box + text.replace(box, ""))

    pulled = desk.run("pull")

    assert pulled.code == 1
    assert "repris" not in pulled.out.replace("NON REPRIS", "").replace("rien n’est repris", "")
    assert desk.git("status", "--porcelain") == ""
    assert desk.sync().code == 1


def test_a_field_that_was_taken_out_is_said_to_be_deleted_and_settles(
    desk: Desk, person: Person
) -> None:
    edit(person, "| Taille = Lourd\n", "")

    pulled = desk.run("pull")

    assert pulled.code == 0
    assert "supprimé : Fiche fifty-fifty : Taille" in pulled.out
    desk.write({})
    assert desk.sync().code == 0
    assert desk.sync().json["edits"] == 0


@pytest.mark.parametrize("removed", [False, True])
def test_a_page_that_somebody_took_out_of_the_category_is_found_all_the_same(
    removed: bool, desk: Desk, person: Person
) -> None:
    """Moved too: nothing but the template at its foot tells whose page it is."""
    title, file = "Ce que l’on a cherché", "narratives/projet/recherche.yaml"
    edit(person, "[[Catégorie:Fiches loosbot", "[[ MOTHUMAIN Catégorie:Fiches loosbot", title)
    person.act(action="move", **{"from": title, "to": "Cherché ailleurs"})
    before = person.page("Cherché ailleurs")
    if removed:
        desk.write({file: None})

    synced = desk.sync("--yes-retire")

    assert synced.code == 1
    named = [(page["id"], page["title"]) for page in synced.json["human_edits"]]
    assert named == [("projet/recherche", "Cherché ailleurs")]
    assert person.page("Cherché ailleurs") == before
    assert (person.text(title) or "").startswith("#REDIRECTION")


def test_random_edits_outlive_a_sync(published: Published, tmp_path: Path) -> None:
    """One edit of each page at a time; then sync, from the corpus that nobody pulled into: each
    page stays as the person left it. Other edits on each release."""
    desk = published.again(tmp_path / "plan")
    titles = {page["id"]: page["title"] for page in desk.plan().json["pages"]}
    texts = desk.wiki.reader().texts()
    bodies = {
        id_: texts[title]
        for id_, title in titles.items()
        if title in texts and not id_.startswith("modele/")  # the wiki refuses some edits there
    }
    edited = list(drawn(bodies, 150, seed=39 if desk.wiki.release == "1.39" else 43))
    done = set()
    while edited:
        desk = published.again(tmp_path / f"reste-{len(edited)}")
        batch = {edit.id: edit for edit in edited}
        edited = [edit for edit in edited if batch[edit.id] is not edit]
        person = desk.wiki.person()
        for edit in batch.values():
            person.edit(titles[edit.id], edit.body)
        saved = person.texts()
        synced = desk.sync()
        after = person.texts()
        for id_, edit in batch.items():
            assert after[titles[id_]] == saved[titles[id_]], (edit.kind, edit.place, id_)
            done.add(id_)
        assert synced.code in (0, 1)
    assert len(done) > 20
