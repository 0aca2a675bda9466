"""The report on a real wiki: its pages, which settle, and the register, which tells who."""

from __future__ import annotations

import json
import os
import subprocess

from desk import GARDEN, SQUARE, Desk

from loosbot.render.reports.report import PAGES

REPORTS = {"rapport/fil", "rapport/voix"}
MEETING = "narratives/reunion/soir.yaml"


def commit_on(desk: Desk, day: str) -> None:
    """A commit that changes nothing but the day."""
    when = {"GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}
    subprocess.run(
        ["git", "commit", "--quiet", "--allow-empty", "--message", "Un autre jour"],
        cwd=desk.folder,
        env=os.environ | when,
        check=True,
    )


def test_reports_are_pages_that_settle(desk: Desk) -> None:
    desk.write({MEETING: "type: reunion\ntitre: Le soir\ndate: 2025-01-10\n"})
    commit_on(desk, "2025-01-12")
    assert desk.sync().code == 0
    wanted = REPORTS | {"rapport/comptes-rendus"}
    assert PAGES.keys() & desk.plan().actions().keys() == wanted
    bot = desk.wiki.person(desk.wiki.credentials)
    life = bot.text("Traçabilité : le fil des projets") or ""
    assert "[[Le jardin du coron]]" in life
    assert "[[Traçabilité : le fil des projets|" in (bot.text("Accueil") or "")
    assert desk.sync().json["edits"] == 0

    # another day, no delay passed: nothing to write
    commit_on(desk, "2025-01-14")
    assert desk.sync().json["edits"] == 0

    # the fifteen days are over: one of these reports changes, and only that one
    commit_on(desk, "2025-02-20")
    changed = {id_ for id_, action in desk.plan().actions().items() if action != "none"}
    assert changed & PAGES.keys() == {"rapport/comptes-rendus"}
    assert desk.sync().json["edits"] == len(changed)
    assert "pas rendu" in (bot.text("Traçabilité : les comptes rendus") or "")

    # without its only meeting, the report leaves the portal and its page says so
    desk.write({MEETING: None})
    assert desk.plan().actions()["rapport/comptes-rendus"] == "retire"


def test_the_register_tells_where_each_page_comes_from_and_who_touched_it(new_desk: Desk) -> None:
    before = {
        row["id"]: row
        for row in new_desk.run("trace", "--registre", "--format", "json").json["register"]
    }
    assert before["projet/jardin"]["page"] == ""
    assert before["projet/jardin"]["commit"] == new_desk.git("rev-parse", "HEAD")

    new_desk.sync()
    person = new_desk.wiki.person()
    garden = person.text("Le jardin du coron") or ""
    person.edit("Le jardin du coron", garden.replace("Une friche", "Une belle friche"))
    person.edit("La place du marché", (person.text("La place du marché") or "") + "\nUn mot.")

    done = new_desk.run("trace", "--registre", "--format", "json")
    assert done.code == 0, done.err
    register = {row["id"]: row for row in json.loads(done.out)["register"]}
    row = register["projet/jardin"]
    revision = person.revisions("Le jardin du coron")[0]
    assert (row["file"], row["page"]) == (GARDEN, "Le jardin du coron")
    assert (row["revision"], row["user"]) == (revision["revid"], revision["user"])
    assert row["hand"] == (
        f"texte publié modifié par {revision['user']} (révision {revision['revid']})"
    )
    square = register["projet/place"]
    assert square["file"] == SQUARE
    assert square["hand"].startswith("page modifiée par")
    text = new_desk.run("trace", "--registre").out
    assert f"  fichier : {GARDEN}\n" in text
    assert new_desk.run("trace", "--registre", "--format", "csv").out.startswith(
        "id,title,file,commit"
    )
    assert "<table" in new_desk.run("trace", "--registre", "--format", "html").out
