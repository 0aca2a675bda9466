"""Undoing a run by its name, where nobody came after it."""

from __future__ import annotations

from pathlib import Path

from desk import GARDEN, JARDIN, PLACE, SQUARE, Answer, Desk
from proxy import killed, nth
from wikis import Person, Wiki

NEW = "narratives/projet/neuf.yaml"


def undo(desk: Desk, done: Answer) -> Answer:
    return desk.sync("--rollback", done.json["run"])


def test_pages_are_as_before_and_the_next_sync_publishes_again(desk: Desk, person: Person) -> None:
    first = desk.git("rev-parse", "HEAD")[:12]
    person.edit(JARDIN, f"Avant.\n{person.page(JARDIN)}\nAprès.")
    before = {title: person.page(title) for title in (JARDIN, PLACE, "Accueil")}
    desk.change(GARDEN, "Une friche", "Un terrain vague", commit=False)
    desk.write({NEW: "type: projet\ntitre: Un projet neuf\n"})
    done = desk.sync()
    assert (done.json["created"], done.code) == (1, 0)

    undone = undo(desk, done)

    assert undone.code == 0, undone.out + undone.err
    assert undone.json["edits"] == done.json["edits"]
    assert (undone.json["updated"], undone.json["retired"]) == (done.json["updated"], 1)
    assert {title: person.page(title) for title in before} == before
    assert "a été annulée" in person.page("Un projet neuf")
    comment = person.revisions(JARDIN, 1)[0]["comment"]
    assert comment.startswith(f"{first} essai · projet/jardin · run {undone.json['run']}")
    assert comment.endswith(f"annule {done.json['run']}")

    again = undo(desk, done)
    assert (again.code, again.json["edits"]) == (0, 0)
    output = desk.run("sync", "--yes", "--rollback", done.json["run"]).out
    assert "La prochaine publication (loosbot sync) remettra" in output

    planned = desk.plan().actions()
    assert planned["projet/jardin"] == planned["projet/neuf"] == "update"
    assert desk.sync().code == 0
    assert "Un terrain vague" in person.page(JARDIN)
    assert "annulée" not in person.page("Un projet neuf")
    assert desk.sync().json["edits"] == 0
    late = undo(desk, done)
    assert (late.code, late.json["edits"]) == (1, 0)
    assert "projet/jardin" in {page["id"] for page in late.json["human_edits"]}


def test_whoever_has_only_the_version_before_may_publish_it(desk: Desk, person: Person) -> None:
    late = desk.clone("en-retard")
    desk.change(GARDEN, "Une friche", "Un terrain vague")
    done = desk.sync()
    assert late.sync().code == 1
    assert undo(desk, done).code == 0

    assert (late.sync().code, late.sync().json["edits"]) == (0, 0)
    assert "Une friche" in person.page(JARDIN)


def test_a_page_that_somebody_edited_is_named_and_left(desk: Desk, person: Person) -> None:
    late = desk.clone("en-retard")
    desk.change(GARDEN, "Une friche", "Un terrain vague", commit=False)
    desk.change(SQUARE, "Deux bancs", "Trois bancs")
    done = desk.sync()
    theirs = person.page(JARDIN) + "\nÀ nous."
    revision = person.edit(JARDIN, theirs)

    undone = undo(desk, done)

    assert undone.code == 1
    assert undone.json["human_edits"] == [
        {"id": "projet/jardin", "title": JARDIN, "user": "Camille", "revision": revision}
    ]
    assert person.page(JARDIN) == theirs
    assert "Deux bancs" in person.page(PLACE)
    again = undo(desk, done)
    assert (again.code, again.json["edits"]) == (1, 0)
    # something of the newer version is still shown: the older one may not be published over it
    assert late.sync().code == 1


def test_moves_are_made_back_swaps_included(desk: Desk, person: Person) -> None:
    desk.change(GARDEN, JARDIN, "X", commit=False)
    desk.change(SQUARE, PLACE, JARDIN, commit=False)
    desk.change(GARDEN, "titre: X", f"titre: {PLACE}")
    before = {title: person.page(title) for title in (JARDIN, PLACE)}
    done = desk.sync()
    assert done.json["moved"] == 2

    undone = undo(desk, done)

    assert (undone.code, undone.json["moved"]) == (0, 2), undone.out
    assert {title: person.page(title) for title in before} == before
    assert undo(desk, done).json["edits"] == 0
    assert desk.sync().json["moved"] == 2
    assert desk.sync().json["edits"] == 0


def test_a_rollback_killed_after_its_moves_is_finished_by_the_next(
    desk: Desk, person: Person
) -> None:
    before = person.page(JARDIN)
    desk.change(GARDEN, JARDIN, "Le grand jardin")
    done = desk.sync()
    assert person.page(JARDIN).startswith("#REDIRECTION")
    killed(desk, nth("edit", 1), "--rollback", done.json["run"])

    assert undo(desk, done).code == 0
    assert person.page(JARDIN) == before
    assert undo(desk, done).json["edits"] == 0


def test_the_first_publication_leaves_notices_and_the_page_of_the_installer(
    wiki: Wiki, tmp_path: Path
) -> None:
    desk = Desk.new(tmp_path / "corpus", wiki)
    person = wiki.person()
    welcome = person.page("Accueil")
    person.edit(JARDIN, "Une page des habitants.")
    done = desk.sync("--adopt", "projet/jardin")
    assert done.code == 0

    undone = undo(desk, done)

    assert undone.code == 0, undone.out + undone.err
    assert person.page("Accueil") == welcome
    assert person.page(JARDIN) == "Une page des habitants."
    assert "a été annulée" in person.page(PLACE)
    drawn = person.call(action="parse", text="{{Fiche projet}}", prop="text")["parse"]["text"]
    assert "annulée" not in drawn
    assert desk.plan().actions()["projet/jardin"] == "adopt"
    assert desk.sync("--adopt", "projet/jardin").code == 0
    assert "Bonjour à tous." in person.page("Accueil")
    assert desk.sync().json["edits"] == 0


def test_what_was_taken_back_or_retired_is_there_again(desk: Desk, person: Person) -> None:
    theirs = person.page(JARDIN).replace("Une friche", "Un champ")
    person.edit(JARDIN, theirs)
    square = person.page(PLACE)
    desk.write({SQUARE: None})
    done = desk.sync("--take-back", "projet/jardin")
    assert (done.code, done.json["retired"]) == (0, 1)

    undone = desk.run("sync", "--yes", "--rollback", done.json["run"])

    assert undone.code == 0, undone.out
    assert "Messages laissés en page de discussion par cette publication : 1." in undone.out
    assert person.page(JARDIN) == theirs
    assert person.page(PLACE) == square
    assert desk.plan().actions()["projet/jardin"] == "human-edit"


def test_a_rollback_can_be_undone_like_any_run(desk: Desk, person: Person) -> None:
    desk.change(GARDEN, "Une friche", "Un terrain vague")
    done = desk.sync()
    undone = undo(desk, done)

    assert undo(desk, undone).code == 0

    assert "Un terrain vague" in person.page(JARDIN)
    assert desk.sync().json["edits"] == 0


def test_an_unknown_run_and_mixed_choices_are_mistakes(desk: Desk, person: Person) -> None:
    assert desk.sync("--rollback", "20260101T000000Z-0000").code == 2
    assert desk.sync("--rollback", "x", "--only", "projet/jardin").code == 2
    mixed = desk.sync("--only", "projet/jardin", "--take-back", "projet/place")
    assert mixed.code == 2 and "--only laisse de côté « projet/place »" in mixed.err
    done = desk.sync()
    person.edit("Utilisateur:Loosbot/Stop", "Attendez.")
    assert desk.sync("--rollback", done.json["run"]).code == 1
    assert desk.run("sync", "--rollback", done.json["run"]).code == 2


def test_what_was_withdrawn_since_is_not_put_back(desk: Desk, person: Person) -> None:
    sentence = "Une friche devient un jardin, disent ZELIE D. et les voisins."
    tale = "narratives/recit/banc.yaml"
    voice = "  - qui: Zélie D.\n    role: habitant\n    texte: Nous avons bêché tout avril.\n"
    given = "    consentement: {etat: public, portee: [wiki]}\n"
    record = f"type: recit\ntitre: Le banc\nannee: 2018\nvoix:\n{voice}"
    desk.write({tale: record + given})
    desk.change(GARDEN, "Une friche devient un jardin.", sentence)
    assert desk.sync().code == 0
    desk.write({tale: record + "    consentement: {etat: retire}\n"})
    done = desk.sync()
    assert "ZELIE" not in person.page(JARDIN)

    undone = undo(desk, done)

    assert undone.code == 1
    assert {page["id"] for page in undone.json["human_edits"]} >= {"projet/jardin", "recit/banc"}
    for title in (JARDIN, "Le banc"):
        for gone in ("ZELIE", "Zélie", "bêché"):
            assert gone not in person.page(title)
