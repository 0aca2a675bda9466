"""Publishing on a real wiki: what is written, in what order, and what is said of it."""

from __future__ import annotations

import html
import json
import os
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from desk import FILES, GARDEN, JARDIN, PLACE, SQUARE, Desk
from faults import meanwhile
from programs import at_a_terminal
from proxy import edits, standing
from wikis import Person, Wiki

from loosbot.corpus.dates import display


@pytest.mark.older("the whole of a run")
def test_a_corpus_is_published_once_and_then_left_in_peace(new_desk: Desk) -> None:
    first = new_desk.sync()

    assert first.code == 0, first.out + first.err
    assert first.json["created"] == first.json["edits"] > 20
    assert first.json["failed"] == first.json["human_edits"] == []
    bot = new_desk.wiki.person(new_desk.wiki.credentials)
    assert "Une friche devient un jardin." in (bot.text("Le jardin du coron") or "")
    assert "Bonjour à tous." in (bot.text("Accueil") or "")
    head = new_desk.git("rev-parse", "HEAD")[:12]
    [revision] = bot.revisions("Le jardin du coron")
    assert revision["comment"].startswith(f"{head} essai · projet/jardin · run ")
    assert revision["comment"].endswith(first.json["run"])

    second = new_desk.sync()

    assert second.code == 0
    assert second.json["edits"] == 0
    assert second.json["unchanged"] == first.json["created"]
    # two more than a run that knows all to be in order: what another one kept, and keeping it
    assert second.json["requests"] <= 11


def test_a_wiki_closed_to_readers(closed_wiki: Wiki, tmp_path: Path) -> None:
    desk = Desk.new(tmp_path / "corpus", closed_wiki)

    assert desk.plan().code == 0
    assert desk.sync().json["created"] > 20
    assert desk.sync().json["edits"] == 0


def test_templates_and_categories_come_before_what_uses_them(new_desk: Desk) -> None:
    new_desk.sync()

    made = new_desk.wiki.person(new_desk.wiki.credentials).call(
        action="query", list="usercontribs", ucuser="Loosbot", uclimit=500, ucdir="newer"
    )["query"]["usercontribs"]
    kinds = [{10: 0, 14: 1}.get(edit["ns"], 2) for edit in made]
    assert kinds == sorted(kinds)


@pytest.mark.older("moves and redirects")
def test_a_new_title_moves_the_page_and_the_links_to_it(desk: Desk) -> None:
    desk.write(
        {
            "pages/accueil.md": "---\ntitre: Bienvenue\nrubrique: accueil\n---\n\n"
            "Voir [le jardin](../narratives/projet/jardin.yaml).\n"
        }
    )
    desk.sync()
    person = desk.wiki.person()
    pageid = person.call(action="query", titles="Le jardin du coron")["query"]["pages"][0]["pageid"]
    desk.change(GARDEN, "Le jardin du coron", "Le grand jardin")

    planned = {page["id"]: page for page in desk.plan().json["pages"]}["projet/jardin"]
    assert planned["action"] == "move"
    assert (planned["title"], planned["to"]) == ("Le jardin du coron", "Le grand jardin")
    done = desk.sync()

    assert done.code == 0, done.out + done.err
    assert done.json["moved"] == 1
    moved = person.call(action="query", titles="Le grand jardin")["query"]["pages"][0]
    assert moved["pageid"] == pageid
    assert "[[Le grand jardin|" in (person.text("Accueil") or "")
    assert (person.text("Le jardin du coron") or "").startswith("#REDIRECTION")
    assert desk.sync().json["edits"] == 0


def test_two_pages_swap_their_titles(desk: Desk) -> None:
    desk.change(GARDEN, "Le jardin du coron", "X", commit=False)
    desk.change("narratives/projet/place.yaml", "La place du marché", "Le jardin du coron", False)
    desk.change(GARDEN, "titre: X", "titre: La place du marché")

    done = desk.sync()

    assert done.code == 0, done.out + done.err
    assert done.json["moved"] == 2
    person = desk.wiki.person()
    assert "Une friche devient un jardin." in (person.text("La place du marché") or "")
    assert "Deux bancs et un tilleul." in (person.text("Le jardin du coron") or "")
    assert desk.sync().json["edits"] == 0


def test_a_new_record_takes_the_title_that_a_page_leaves(desk: Desk) -> None:
    desk.change(GARDEN, "Le jardin du coron", "Le grand jardin", commit=False)
    desk.write({"narratives/projet/neuf.yaml": "type: projet\ntitre: Le jardin du coron\n"})

    done = desk.sync()

    assert done.code == 0, done.out + done.err
    page = desk.wiki.person().text("Le jardin du coron") or ""
    assert ":projet/neuf]]" in html.unescape(page)
    assert desk.sync().json["edits"] == 0


def test_a_title_that_another_page_has_is_told_with_the_way_to_it(
    desk: Desk, person: Person
) -> None:
    person.edit("Le potager", "Une page de Camille.")
    desk.change(GARDEN, JARDIN, "Le potager")
    done = desk.sync()
    assert done.code == 1
    [failed] = done.json["failed"]
    assert "ou renommez cette page sur le wiki" in failed["error"]
    person.act(action="move", **{"from": "Le potager"}, to="Mon potager", noredirect=True)

    # and one of ours, which waits for a person itself
    desk.change(GARDEN, "Le potager", PLACE)
    desk.change(SQUARE, PLACE, JARDIN)
    text = person.page(JARDIN)
    person.edit(JARDIN, text.replace("devient un jardin", "devient un beau jardin"))
    [failed] = desk.sync().json["failed"]
    assert failed["id"] == "projet/place"
    assert f"« {JARDIN} » est encore celui de la page de projet/jardin" in failed["error"]


@pytest.mark.older("moves over redirects")
def test_a_title_that_was_left_twice_is_had_back_once_its_redirect_is_gone(desk: Desk) -> None:
    for old, new in ((JARDIN, "Le verger"), ("Le verger", "Le potager"), ("Le potager", JARDIN)):
        desk.change(GARDEN, old, new)
        planned = desk.plan()
        done = desk.sync()
    [failed] = done.json["failed"]
    assert "un administrateur du wiki peut supprimer cette redirection" in failed["error"]
    assert planned.actions()["projet/jardin"] == "error"
    assert failed["error"] in [page["reason"] for page in planned.json["pages"]]

    desk.wiki.person(desk.wiki.admin).act(action="delete", title=JARDIN)
    assert desk.sync().json["moved"] == 1


def test_a_redirect_that_a_person_wrote_keeps_its_title(desk: Desk, person: Person) -> None:
    person.edit("Le verger", f"#REDIRECTION [[{JARDIN}]]")
    desk.change(GARDEN, JARDIN, "Le verger")
    assert desk.plan().actions()["projet/jardin"] == "error"
    [failed] = desk.sync().json["failed"]
    assert "un administrateur du wiki peut supprimer cette redirection" in failed["error"]


def test_a_page_renamed_by_a_person_is_followed(desk: Desk) -> None:
    person = desk.wiki.person()
    person.act(action="move", **{"from": "Le jardin du coron", "to": "Le jardin partagé"})
    desk.change(GARDEN, "Une friche", "Un terrain vague")

    done = desk.sync()

    assert done.code == 0, done.out + done.err
    assert done.json["moved"] == done.json["created"] == 0
    assert "Un terrain vague" in (person.text("Le jardin partagé") or "")
    assert desk.sync().json["edits"] == 0


def test_a_record_that_left_git_is_retired_and_may_come_back(desk: Desk) -> None:
    person = desk.wiki.person()
    person.edit("Le jardin du coron", (person.text("Le jardin du coron") or "") + "\nÀ nous.")
    head = desk.git("rev-parse", "HEAD")
    made = datetime.fromisoformat(desk.git("log", "-1", "--format=%cI")).astimezone(UTC)
    day = display(f"{made:%Y-%m-%d}")
    desk.write({GARDEN: None})

    done = desk.sync()

    assert done.code == 0, done.out + done.err
    assert done.json["retired"] == 1
    text = person.text("Le jardin du coron") or ""
    assert f"encore dans la version <code>{head[:12]}</code> du {day}." in text
    assert text.endswith("\nÀ nous.")
    assert desk.sync().json["edits"] == 0
    desk.write({"README.md": "Une version de plus.\n"})
    assert desk.sync().json["edits"] == 0
    shallow = Desk(desk.folder.parent / "court", desk.wiki, desk.folder.parent / "court-cache")
    desk.git("clone", "--quiet", "--depth=1", f"file://{desk.folder}", str(shallow.folder))
    # the wiki is told which version counts from now on; no page changes
    again = shallow.sync("--reculer").json
    assert (again["edits"], again["updated"], again["retired"]) == (1, 0, 0)
    assert person.text("Le jardin du coron") == text

    desk.write({GARDEN: FILES[GARDEN]})
    assert desk.sync().json["updated"] >= 1
    assert "Une friche devient un jardin." in (person.text("Le jardin du coron") or "")


def test_many_pages_are_not_retired_without_a_word(desk: Desk) -> None:
    projects = {
        f"narratives/projet/p{number}.yaml": f"type: projet\ntitre: Projet numéro {number}\n"
        for number in range(30)
    }
    desk.write(projects)
    desk.sync()
    desk.write(dict.fromkeys(projects))

    refused = desk.sync()

    assert refused.code == 1
    assert "--yes-retire" in refused.err
    assert "retirée" not in (desk.wiki.person().text("Projet numéro 1") or "")
    assert desk.sync("--yes-retire").json["retired"] == 30


def test_a_page_edited_while_it_is_retired_fails_alone(desk: Desk) -> None:
    desk.write({GARDEN: None})
    person = desk.wiki.person()
    changes = iter(("Un champ", "Un pré"))

    def hurry() -> None:
        now = person.text("Le jardin du coron") or ""
        person.edit("Le jardin du coron", re.sub("Une friche|Un champ", next(changes), now))

    with standing(desk.wiki) as proxy:
        proxy.on(edits("Le jardin du coron"), meanwhile(hurry), times=2)
        done = proxy.before(desk).sync()

    assert done.code == 1
    assert [page["id"] for page in done.json["failed"]] == ["projet/jardin"]
    assert "retirée du dépôt" not in (person.text("Le jardin du coron") or "")
    assert [page["id"] for page in desk.sync().json["human_edits"]] == ["projet/jardin"]


def test_only_one_page_with_the_templates_that_it_lacks(new_desk: Desk) -> None:
    done = new_desk.sync("--only", "projet/jardin")

    assert done.code == 0
    person = new_desk.wiki.person()
    assert person.text("Le jardin du coron")
    assert person.text("Modèle:Fiche projet")
    assert person.text("Modèle:Provenance")
    assert not person.text("La place du marché")
    assert not person.text("Modèle:Voix")
    assert new_desk.sync("--only", "projet/inconnu").code == 2


def test_a_plan_that_was_kept_is_applied_only_where_nothing_moved(
    desk: Desk, tmp_path: Path
) -> None:
    desk.change(GARDEN, "Une friche", "Un terrain vague", commit=False)
    desk.change("narratives/projet/place.yaml", "Deux bancs", "Trois bancs")
    file = tmp_path / "plan.json"
    assert desk.plan("--out", str(file)).code == 0
    person = desk.wiki.person()
    person.edit("Le jardin du coron", (person.text("Le jardin du coron") or "") + "\nÀ nous.")
    before = person.text("Le jardin du coron")

    done = desk.sync("--plan", str(file))

    assert done.code == 1
    assert done.json["updated"] == 1
    assert [page["id"] for page in done.json["failed"]] == ["projet/jardin"]
    assert person.text("Le jardin du coron") == before
    assert "Trois bancs" in (person.text("La place du marché") or "")


def test_the_plan_fits_a_screen_and_names_the_record_that_changed(desk: Desk) -> None:
    desk.change(GARDEN, "titre: Le jardin du coron", "titre: Le jardin du coron\nannee: 2019")
    plan = desk.run("plan")
    assert plan.code == 0
    assert len(plan.out.splitlines()) <= 24
    assert "  « Le jardin du coron » (projet/jardin, fiche changée)\n" in plan.out
    assert "À mettre à jour à cause de projet/jardin (changée)" in plan.out, plan.out
    whole = desk.run("plan", "--diff").out
    assert "+|Année=2019" in whole.replace(" ", "")
    part = desk.plan("--only", "projet/jardin")
    assert part.actions() == {"projet/jardin": "update"}
    assert desk.run("plan", "--only", "projet/jardins").code == 2
    command = [sys.executable, "-m", "loosbot", "sync", "--only", "projet/jardin"]
    here = ("--corpus", str(desk.folder))
    asked = at_a_terminal([*command, *here], "n\n", os.environ | desk.env).stderr
    assert "Publier 1 page : « Le jardin du coron » ? [o/N]" in asked
    assert "Rien n’a été publié." in asked


def test_without_a_terminal_nothing_is_written_without_yes(new_desk: Desk) -> None:
    assert new_desk.run("sync").code == 2
    assert not new_desk.wiki.person().text("Le jardin du coron")


def test_the_summary_in_french_names_what_waits_and_where_to_look(new_desk: Desk) -> None:
    person = new_desk.wiki.person()
    person.edit("Le jardin du coron", "Une page des habitants.")

    done = new_desk.run("sync", "--yes")

    assert done.code == 1
    assert "pages créées" in done.out
    assert "« Le jardin du coron » (projet/jardin)" in done.out
    assert "loosbot sync --adopt projet/jardin" in done.out
    assert "Le portail : http://127.0.0.1" in done.out


def test_a_page_written_by_people_is_adopted_only_by_name(new_desk: Desk) -> None:
    person = new_desk.wiki.person()
    person.edit("Le jardin du coron", "Une page des habitants.")
    assert new_desk.plan().actions()["projet/jardin"] == "adopt"
    assert new_desk.sync().code == 1
    assert person.text("Le jardin du coron") == "Une page des habitants."

    done = new_desk.sync("--adopt", "projet/jardin")

    assert done.code == 0, done.out
    assert done.json["adopted"] == 1
    text = person.text("Le jardin du coron") or ""
    assert text.startswith("<!-- loosbot ")
    assert text.endswith("\nUne page des habitants.")
    assert new_desk.sync().json["edits"] == 0


def test_a_fresh_clone_with_an_empty_cache_plans_the_same(desk: Desk, tmp_path: Path) -> None:
    person = desk.wiki.person()
    person.edit("Le jardin du coron", (person.text("Le jardin du coron") or "") + "\nÀ nous.")
    person.edit("La place du marché", "Plus rien.")
    desk.sync()
    desk.change(GARDEN, "Une friche", "Un terrain vague")

    ours, theirs = desk.plan(), desk.clone("ailleurs").plan()

    assert json.loads(ours.out)["pages"] == json.loads(theirs.out)["pages"]
    assert ours.actions()["projet/jardin"] == "update"
    assert ours.actions()["projet/place"] == "human-edit"


def test_a_page_made_again_from_its_old_text_has_one_block(desk: Desk) -> None:
    person, admin = desk.wiki.person(), desk.wiki.person(desk.wiki.admin)
    text = person.text("Le jardin du coron") or ""
    admin.act(action="delete", title="Le jardin du coron")
    person.edit("Le jardin du coron", f"Avant.\n\n{text}\n\nAprès.")
    assert desk.plan().actions()["projet/jardin"] == "adopt"
    desk.change(GARDEN, "Une friche", "Un terrain vague")

    done = desk.sync("--adopt", "projet/jardin")

    assert done.json["adopted"] == 1
    now = person.text("Le jardin du coron") or ""
    assert now.startswith("Avant.\n\n<!-- loosbot ")
    assert now.endswith("-->\n\nAprès.")
    assert now.count("<!-- loosbot ") == 1
    assert "Un terrain vague" in now
    assert desk.sync().json["edits"] == 0


@pytest.mark.parametrize("moved", [False, True])
def test_a_title_given_here_is_not_lost_where_somebody_edited_there(
    desk: Desk, person: Person, moved: bool
) -> None:
    """The run that took the edit over noted the new title without giving it: the next one said
    that a person had renamed the page, and ``pull`` put the old title back into the file."""
    now = "Le jardin de Paul" if moved else JARDIN
    if moved:
        person.act(action="move", **{"from": JARDIN, "to": now})
    person.edit(now, person.page(now).replace("devient un jardin", "est devenue un jardin"))
    desk.change(GARDEN, JARDIN, "Le grand jardin")
    assert desk.run("pull").code == 0
    desk.write({})

    done = desk.sync()

    assert (done.code, done.json["moved"], done.json["failed"]) == (0, 1, [])
    assert "est devenue un jardin" in person.page("Le grand jardin")
    assert desk.sync().json["edits"] == 0
    assert desk.run("pull").out.startswith("Rien à reprendre")
    assert "titre: Le grand jardin\n" in (desk.folder / GARDEN).read_text("utf-8")
