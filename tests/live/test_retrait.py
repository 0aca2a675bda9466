"""Somebody withdraws their consent: nothing of their words stays on the wiki without a word."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import urllib.parse
from pathlib import Path

import pytest
from desk import Desk, Published
from patience import LONG, next_second
from PIL import Image
from settings import settings
from wikis import Person

from loosbot.pull.masked import WITHDRAWN
from loosbot.wiki.instance import Instance

TALE = "narratives/recit/banc.yaml"
TITLE = "Un banc pour la rue"
WORDS = "Je voulais un banc à l’ombre depuis la mort de mon mari."
CONSENT = "consentement: {etat: public, portee: [wiki]}"
RECORD = f"""\
type: recit
titre: {TITLE}
annee: 2018
voix:
  - qui: Zélie D., riveraine
    role: habitant
    {CONSENT}
    texte: {WORDS}
  - qui: Un agent
    role: agent
    {CONSENT}
    texte: La ville a fourni le bois et les vis, rien de plus.
"""


@pytest.fixture(scope="module")
def published(base: Published, tmp_path_factory: pytest.TempPathFactory) -> Published:
    return base.more(tmp_path_factory.mktemp("banc"), {TALE: RECORD})


def withdraw(desk: Desk) -> None:
    desk.write({TALE: RECORD.replace(CONSENT, "consentement: {etat: retire}", 1)})


def hidden_ids(output: str) -> set[int]:
    addresses = re.findall(r"http://\S+RevisionDelete\S+", output)
    queries = [urllib.parse.parse_qs(urllib.parse.urlsplit(address).query) for address in addresses]
    assert {query["target"][0] for query in queries} <= {TITLE, "La place du marché"}
    return {int(id_) for query in queries for id_ in query["ids"][0].split(",")}


@pytest.mark.older("hidden versions")
def test_an_untouched_page_is_updated_and_its_old_versions_are_named(
    desk: Desk, person: Person
) -> None:
    assert "retiré" not in desk.run("plan").out.casefold()
    old = person.revisions(TITLE)[0]["revid"]
    withdraw(desk)

    plan = desk.run("plan")
    assert plan.out.startswith("CONSENTEMENT RETIRÉ")
    assert "Zélie D." in plan.out
    assert desk.plan().actions()["recit/banc"] == "update"
    done = desk.sync()

    assert (done.code, done.json["human_edits"]) == (0, [])
    assert WORDS not in person.page(TITLE)
    assert "Zélie" not in person.page(TITLE)
    assert hidden_ids(done.err) == {old}
    assert f"git filter-repo --invert-paths --path {TALE}" in done.err
    assert "champ voix[0], à la place de Zélie D., riveraine" in done.err
    assert "Zélie D.==>personne retirée" in done.err
    assert json.loads(done.out)["updated"] >= 1

    again = desk.sync()
    assert (again.code, again.json["edits"]) == (0, 0)
    assert hidden_ids(again.err) == {old}
    right = "$wgGroupPermissions['sysop']['deleterevision'] = true;"
    assert right in again.err
    with settings(desk.wiki, right):
        admin = desk.wiki.person(desk.wiki.admin)
        admin.act(action="revisiondelete", type="revision", ids=old, hide="content")
    assert desk.sync().err == ""
    assert "CONSENTEMENT" not in desk.run("plan").out

    # named again where no page of ours is concerned: her words are in git all the same
    person.edit("Discussion:La place du marché", "Zélie D. n’est pas de cet avis.")
    named = desk.sync().err
    assert "« Discussion:La place du marché » — Zélie D., riveraine :" in named
    assert f"git filter-repo --invert-paths --path {TALE} --replace-text" in named


def test_a_block_that_somebody_changed_is_replaced_only_by_name(desk: Desk, person: Person) -> None:
    theirs = person.page(TITLE).replace("un banc à l’ombre", "deux bancs à l’ombre")
    revision = person.edit(TITLE, f"Avant.\n{theirs}\nAprès.")
    withdraw(desk)

    planned = {page["id"]: page for page in desk.plan().json["pages"]}["recit/banc"]
    assert planned["action"] == "retrait"
    assert "Zélie D., riveraine" in planned["reason"]
    assert "loosbot sync --retrait recit/banc" in planned["reason"]
    assert desk.run("plan").out.startswith("CONSENTEMENT RETIRÉ")
    left = desk.sync()

    assert left.code == 1
    assert left.json["human_edits"] == [
        {"id": "recit/banc", "title": TITLE, "user": "Camille", "revision": revision}
    ]
    for told in (desk.run("pull", "--dry-run"), desk.run("pull", "--format", "json")):
        assert (told.code, WITHDRAWN in told.out) == (1, True)
        assert not any(word in told.out for word in ("deux bancs", "mon mari", "Zélie"))
    assert "deux bancs" in person.page(TITLE)
    assert "dans le texte publié : loosbot sync --retrait recit/banc" in left.err

    done = desk.sync("--retrait", "recit/banc")

    assert (done.code, done.json["updated"], done.json["human_edits"]) == (0, 1, [])
    assert person.page(TITLE).startswith("Avant.\n<!-- loosbot ")
    assert person.page(TITLE).endswith("-->\nAprès.")
    for word in ("deux bancs", "mon mari", "Zélie"):
        assert word not in person.page(TITLE)
    assert "La ville a fourni le bois" in person.page(TITLE)
    assert person.text(f"Discussion:{TITLE}") is None
    ids = {revision["revid"] for revision in person.revisions(TITLE)}
    assert hidden_ids(done.err) == ids - {max(ids)}
    again = desk.sync("--retrait", "recit/banc")
    assert (again.code, again.json["edits"]) == (0, 0)


def test_a_page_that_is_taken_back_tells_nothing_of_who_withdrew(
    desk: Desk, person: Person
) -> None:
    """The message to whoever changed it would show her words again."""
    theirs = person.page(TITLE).replace("un banc à l’ombre", "deux bancs à l’ombre")
    person.edit(TITLE, theirs)
    withdraw(desk)

    done = desk.sync("--take-back", "recit/banc")

    assert (done.code, done.json["updated"]) == (0, 1), done.out + done.err
    talk = person.text(f"Discussion:{TITLE}") or ""
    for word in ("deux bancs", "mon mari", "Zélie"):
        assert word not in person.page(TITLE)
        assert word not in talk
    assert desk.sync("--take-back", "recit/banc").json["edits"] == 0


def test_the_summary_of_an_edit_brings_no_name_into_git(desk: Desk, person: Person) -> None:
    place = "La place du marché"
    text = person.page(place).replace("Deux bancs", "Trois bancs")
    person.edit(place, text, summary="Vu avec Zélie D. sur la place")
    withdraw(desk)

    done = desk.run("pull", "--branch", "retours")

    assert done.code == 0, done.out + done.err
    message = desk.git("log", "-1", "--format=%B", "retours")
    assert "Vu avec personne retirée sur la place" in message
    assert "Trois bancs" in desk.git("show", "retours")


def test_words_outside_the_block_are_for_a_person_to_remove(desk: Desk, person: Person) -> None:
    person.edit(TITLE, f"{person.page(TITLE)}\n\nElle a dit : « {WORDS} »\n\nFin.")
    withdraw(desk)
    assert desk.plan().actions()["recit/banc"] == "retrait"

    done = desk.sync()

    assert (done.code, done.json["updated"] >= 1) == (1, True)
    [standing] = done.json["human_edits"]
    assert (standing["id"], type(standing["revision"])) == ("recit/banc", int)
    assert "hors du texte publié, à retirer à la main : « Elle a dit" in done.err
    block = person.page(TITLE).partition("<!-- /loosbot")[0]
    assert WORDS not in block
    assert person.page(TITLE).endswith(f"« {WORDS} »\n\nFin.")
    again = desk.sync()
    assert (again.code, again.json["edits"]) == (1, 0)
    assert desk.plan().actions()["recit/banc"] == "retrait"

    person.edit(TITLE, person.page(TITLE).replace(f"Elle a dit : « {WORDS} »", ""))
    assert (desk.sync().code, desk.sync().json["edits"]) == (0, 0)


def test_a_wiki_put_back_from_a_backup_is_searched_again(
    desk: Desk, person: Person, tmp_path: Path
) -> None:
    person.edit("Carnet", "Zélie D. a planté le tilleul.", summary="Notes")
    backup = desk.wiki.keep(tmp_path / "backup")
    desk.wiki.person(desk.wiki.admin).act(action="delete", title="Carnet", reason="Fini")
    withdraw(desk)
    assert "Carnet" not in desk.sync().err

    next_second()  # what the run wrote is written again with the same id: its time tells them apart
    backup.reset()

    assert "« Carnet » — Zélie D., riveraine :" in desk.sync().err


@pytest.mark.older("importing")
def test_what_is_written_before_an_imported_version_of_a_time_to_come_is_found(
    desk: Desk, person: Person
) -> None:
    withdraw(desk)
    admin = desk.wiki.person(desk.wiki.admin)
    admin.imports("Carnet", [("2098-01-01T00:00:00Z", "Zoé", "Rien de personne.")])
    assert desk.sync().code == 0

    person.edit("Agenda", "Zélie D. a planté le tilleul.")

    assert "« Agenda » — Zélie D., riveraine :" in desk.sync().err


@pytest.mark.parametrize("where", ["a log", "an edit after those before were forgotten"])
def test_what_is_said_where_nothing_of_ours_moved_is_found(
    desk: Desk, person: Person, where: str
) -> None:
    old = person.revisions(TITLE)[0]["revid"]
    withdraw(desk)
    desk.sync()
    admin = desk.wiki.person(desk.wiki.admin)
    with settings(desk.wiki, "$wgGroupPermissions['sysop']['deleterevision'] = true;"):
        admin.act(action="revisiondelete", type="revision", ids=old, hide="content")
    desk.wiki.settle()
    if where != "a log":
        data = Instance(desk.wiki.dir).data / "wiki.sqlite"
        with sqlite3.connect(data, timeout=LONG) as database:
            database.execute("DELETE FROM recentchanges")
    assert desk.sync().err == ""
    assert desk.sync().json["requests"] < 10

    if where == "a log":
        admin.act(action="protect", title="Rien", protections="create=sysop", reason="Par Zélie D.")
        told = "protect/protect"
    else:
        person.edit("Agenda", "Zélie D. a planté le tilleul.", summary="Notes")
        told = "« Agenda » — Zélie D., riveraine :"

    assert told in desk.sync().err


def test_retrait_for_a_page_that_nobody_withdrew_from_is_a_mistake(desk: Desk) -> None:
    assert desk.sync("--retrait", "recit/banc").code == 2
    withdraw(desk)
    assert desk.sync("--retrait", "projet/jardin").code == 2


def test_a_person_s_own_page_becomes_a_notice_and_its_title_is_named(
    base: Published, tmp_path: Path
) -> None:
    record = "type: acteur\ntitre: Zélie D.\ngenre: personne\ntexte: Elle tient le four à pain.\n"
    record += "documents: [{fichier: photo.jpg, alt: Un sourire, licence: Ville}]\n"
    public = record + "consentement: {etat: public}\n"
    file = "narratives/acteur/zelie-d.yaml"
    desk = base.again(tmp_path)
    portrait = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(portrait, "JPEG")
    (desk.folder / "narratives/acteur").mkdir(parents=True)
    (desk.folder / "narratives/acteur/photo.jpg").write_bytes(portrait.getvalue())
    desk.write({file: public})
    assert desk.sync().code == 0
    person = desk.wiki.person()
    assert "four à pain" in person.page("Zélie D.")
    desk.write({file: record + "consentement: {etat: retire}\n"})

    done = desk.sync()

    assert (done.code, done.json["retired"]) == (1, 3), done.out + done.err
    named = [page["id"] for page in done.json["human_edits"]]
    assert named == ["acteur/zelie-d", "fichier/acteur-photo"]
    # her portrait bears no name, and whoever has its address sees it still
    assert "le fichier lui-même se voit encore" in done.err
    assert "--path narratives/acteur/photo.jpg" in done.err
    assert "n’est plus publiée" in person.page("Zélie D.")
    assert "four à pain" not in person.page("Zélie D.")
    output = desk.run("sync", "--yes").out
    assert "« Zélie D. » (acteur/zelie-d) : attend quelqu’un.\n" in output
    assert "modifiée" not in output
    # the category of her notice is a page like any other
    assert "[[Catégorie:Fiches retirées]]" in person.page("Zélie D.")
    assert "ne publie plus" in person.page("Catégorie:Fiches retirées")
    assert "le titre nomme la personne" in done.err
    assert desk.sync().json["edits"] == 0
    desk.wiki.person(desk.wiki.admin).act(action="delete", title="Zélie D.")
    assert [page["id"] for page in desk.sync().json["human_edits"]] == ["fichier/acteur-photo"]
    desk.wiki.person(desk.wiki.admin).act(action="delete", title="Fichier:Essai-acteur-photo.jpg")
    left = desk.sync()
    assert (left.code, left.json["human_edits"]) == (0, [])
    # the log of the deletion names her in its turn
    assert re.findall(r"    (\S+), n° \d+, « Zélie D. »", left.err) == [
        "create/create",
        "delete/delete",
    ]


def test_a_person_of_whom_nothing_else_is_told_is_named_too(
    base: Published, tmp_path: Path
) -> None:
    record = "type: acteur\ntitre: Zélie D.\ngenre: personne\nconsentement: {etat: public}\n"
    file = "narratives/acteur/zelie-d.yaml"
    desk = base.again(tmp_path)
    desk.write({file: record})
    assert desk.sync().code == 0
    desk.write({file: record.replace("public", "retire")})

    done = desk.sync()

    assert [page["id"] for page in done.json["human_edits"]] == ["acteur/zelie-d"]
    assert "« Zélie D. » (acteur/zelie-d) — Zélie D. :" in done.err
    assert "le titre nomme la personne" in done.err


@pytest.mark.parametrize("then", ["renamed", "removed"])
def test_her_notice_stays_as_it_is_once_her_file_goes(
    base: Published, tmp_path: Path, then: str
) -> None:
    """We say to rename her file, and later to remove it: a notice that tells of a file that was
    removed is sorted by the title, which names her."""
    record = "type: acteur\ntitre: Zélie D.\ngenre: personne\nconsentement: {etat: public}\n"
    file = "narratives/acteur/zelie-d.yaml"
    desk = base.again(tmp_path)
    desk.write({file: record})
    assert desk.sync().code == 0
    withdrawn = record.replace("public", "retire")
    desk.write({file: withdrawn})
    assert desk.sync().code == 1
    person = desk.wiki.person()
    before = person.revisions("Zélie D.")

    renamed = {"narratives/acteur/p1.yaml": withdrawn + "anciens_ids: [acteur/zelie-d]\n"}
    desk.write({file: None, **(renamed if then == "renamed" else {})})

    desk.sync("--yes-retire")
    assert person.revisions("Zélie D.") == before
    assert desk.sync().json["edits"] == 0
