"""People and the bot on one wiki: sequences that were found by trying them."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import FILES, GARDEN, Desk
from wikis import Wiki


@pytest.fixture
def desk(wiki: Wiki, tmp_path: Path) -> Desk:
    return Desk.new(tmp_path / "corpus", wiki)


def test_a_page_that_the_wiki_has_not_filed_yet_is_not_made_twice(desk: Desk) -> None:
    """Where the wiki's update of its categories fails, it waits in the job queue."""
    desk.sync()
    desk.wiki.unfile("essai:projet/jardin")
    desk.change(GARDEN, "Le jardin du coron", "Le grand jardin", commit=False)
    desk.write({"narratives/projet/neuf.yaml": "type: projet\ntitre: Le jardin du coron\n"})

    done = desk.sync()

    assert done.code == 0, done.out + done.err
    assert (done.json["moved"], done.json["created"]) == (1, 1)
    assert len(desk.wiki.person().revisions("Le grand jardin")) > 1
    assert desk.sync().json["edits"] == 0


def test_a_renamed_file_keeps_its_page_and_what_people_wrote_in_it(desk: Desk) -> None:
    desk.sync()
    person = desk.wiki.person()
    text = person.text("Le jardin du coron") or ""
    person.edit("Le jardin du coron", text.replace("Une friche", "Un terrain") + "\nÀ nous.")
    record = FILES[GARDEN]
    desk.write({GARDEN: None, "narratives/projet/parc.yaml": record})

    [lost] = [one for one in desk.plan().json["pages"] if one["id"] == "projet/parc"]
    assert lost["action"] == "error"
    assert "« anciens_ids: [projet/jardin] »" in lost["reason"]

    desk.write({"narratives/projet/parc.yaml": f"{record}anciens_ids: [projet/jardin]\n"})
    assert [one["id"] for one in desk.sync().json["human_edits"]] == ["projet/parc"]
    assert desk.run("pull").code == 0
    desk.git("commit", "--all", "--quiet", "--message", "Reprise")
    done = desk.sync()

    assert done.code == 0, done.out + done.err
    assert done.json["created"] == done.json["retired"] == 0
    text = person.text("Le jardin du coron") or ""
    assert "Un terrain devient un jardin." in text
    assert "essai:projet/parc]]" in text and "projet/jardin" not in text
    assert text.endswith("\nÀ nous.")
    assert desk.sync().json["edits"] == 0
