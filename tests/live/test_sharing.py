"""People and the bot on one wiki: sequences that were found by trying them."""

from __future__ import annotations

import html

import pytest
from desk import FILES, GARDEN, Desk
from settings import settings


def test_a_page_that_the_wiki_has_not_filed_yet_is_not_made_twice(desk: Desk) -> None:
    """Where the wiki's update of its categories fails, it waits in the job queue."""
    desk.wiki.unfile("essai:projet/jardin")
    desk.change(GARDEN, "Le jardin du coron", "Le grand jardin", commit=False)
    desk.write({"narratives/projet/neuf.yaml": "type: projet\ntitre: Le jardin du coron\n"})

    done = desk.sync()

    assert done.code == 0, done.out + done.err
    assert (done.json["moved"], done.json["created"]) == (1, 1)
    assert len(desk.wiki.person().revisions("Le grand jardin")) > 1
    assert desk.sync().json["edits"] == 0


def test_a_renamed_file_keeps_its_page_and_what_people_wrote_in_it(desk: Desk) -> None:
    person = desk.wiki.person()
    text = person.text("Le jardin du coron") or ""
    person.edit("Le jardin du coron", text.replace("Une friche", "Un terrain") + "\nÀ nous.")
    record = FILES[GARDEN]
    desk.write({GARDEN: None, "narratives/projet/parc.yaml": record})

    [lost] = [page for page in desk.plan().json["pages"] if page["id"] == "projet/parc"]
    assert lost["action"] == "error"
    assert "« anciens_ids: [projet/jardin] »" in lost["reason"]

    desk.write({"narratives/projet/parc.yaml": f"{record}anciens_ids: [projet/jardin]\n"})
    assert [page["id"] for page in desk.sync().json["human_edits"]] == ["projet/parc"]
    assert desk.run("pull").code == 0
    desk.git("commit", "--all", "--quiet", "--message", "Reprise")
    done = desk.sync()

    assert done.code == 0, done.out + done.err
    assert done.json["created"] == done.json["retired"] == 0
    text = html.unescape(person.text("Le jardin du coron") or "")
    assert "Un terrain devient un jardin." in text
    assert "essai:projet/parc]]" in text and "projet/jardin" not in text
    assert text.endswith("\nÀ nous.")
    assert desk.sync().json["edits"] == 0


def test_the_page_of_a_renamed_file_waits_for_its_former_id(desk: Desk) -> None:
    """Nobody says that the file has another name: the page was made a notice, and the record stood
    nowhere."""
    person, record = desk.wiki.person(), FILES[GARDEN]
    text = person.text("Le jardin du coron")
    desk.write({GARDEN: None, "narratives/projet/parc.yaml": record})

    done = desk.sync()

    assert done.code == 1
    assert "« anciens_ids: [projet/jardin] »" in done.out
    assert done.json["retired"] == 0
    assert person.text("Le jardin du coron") == text

    # a record that says less than the page does not keep it: words may have to go
    shorter = "type: projet\ntitre: Le jardin du coron\n"
    desk.write({"narratives/projet/parc.yaml": shorter})
    assert desk.plan().actions()["projet/jardin"] == "retire"

    desk.write({"narratives/projet/parc.yaml": f"{record}anciens_ids: [projet/jardin]\n"})
    assert desk.sync().code == 0
    assert "devient un jardin" in (person.text("Le jardin du coron") or "")
    assert desk.sync().json["edits"] == 0


def test_a_page_made_again_from_our_text_is_adopted_with_what_was_changed_in_it(
    desk: Desk,
) -> None:
    person, admin = desk.wiki.person(), desk.wiki.person(desk.wiki.admin)
    text = person.text("Le jardin du coron") or ""
    admin.act(action="delete", title="Le jardin du coron")
    person.edit("Le jardin du coron", text.replace("Une friche", "Notre vieux terrain"))

    assert desk.plan().actions()["projet/jardin"] == "adopt"
    done = desk.sync("--adopt", "projet/jardin")

    assert done.code == 0, done.out + done.err
    text = person.text("Le jardin du coron") or ""
    assert "Une friche devient un jardin." in text
    assert "Notre vieux terrain devient un jardin." in text
    assert desk.sync().json["edits"] == 0


@pytest.mark.older("moves of discussions")
def test_a_discussion_that_cannot_follow_its_page_is_named(desk: Desk) -> None:
    person = desk.wiki.person()
    person.edit("Discussion:Le jardin du coron", "La nôtre.")
    person.edit("Discussion:Le grand jardin", "Une autre.")
    desk.change(GARDEN, "Le jardin du coron", "Le grand jardin")

    done = desk.run("sync", "--yes")

    assert done.code == 0, done.out + done.err
    assert "La discussion de « Le jardin du coron » n’a pas suivi la page" in done.out
    assert person.text("Discussion:Le jardin du coron") == "La nôtre."
    assert person.text("Discussion:Le grand jardin") == "Une autre."


@pytest.mark.older("hidden versions")
def test_what_an_administrator_hid_is_neither_written_over_nor_guessed(desk: Desk) -> None:
    """Our version of a page, then the comment that names the commit it came from."""
    right = "$wgGroupPermissions['sysop']['deleterevision'] = true;"
    person, admin = desk.wiki.person(), desk.wiki.person(desk.wiki.admin)
    ours = person.revisions("Le jardin du coron")[0]["revid"]
    mine = (person.text("Le jardin du coron") or "").replace("Une friche", "Ma friche")
    person.edit("Le jardin du coron", mine)

    def hide(revision: int, what: str) -> None:
        admin.act(action="revisiondelete", type="revision", ids=revision, hide=what)

    with settings(desk.wiki, right):
        hide(ours, "content|user")
        done = desk.sync()
        assert [page["id"] for page in done.json["human_edits"]] == ["projet/jardin"]
        assert person.text("Le jardin du coron") == mine
        assert desk.sync("--take-back", "projet/jardin").code == 0
        assert "Une friche" in (person.text("Le jardin du coron") or "")

        before = desk.git("rev-parse", "HEAD")
        desk.change("pages/accueil.md", "Bonjour à tous", "Bonsoir à tous")
        desk.sync()
        hide(person.revisions("Accueil")[0]["revid"], "comment")
        desk.git("checkout", "--quiet", before)
    refused = desk.sync()

    assert refused.code == 1
    assert "--reculer" in refused.err
    assert "Bonsoir" in (person.text("Accueil") or "")
