"""What an odd deed on the wiki comes to: one case for each row of the table in docs/limites.md.

Each is tried on both releases. Nothing of a person is lost, no command ends in 70, and what
waits for a person is named with what to do.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from desk import GARDEN, JARDIN, PLACE, Desk
from faults import meanwhile
from patience import LONG
from proxy import nth, standing
from wikis import Person

from loosbot.wiki import embedded
from loosbot.wiki.instance import Instance

NOTE = "\n\nUne note de Paul sous le texte publié.\n"
ID = "projet/jardin"


def failed(desk: Desk) -> dict[str, str]:
    """The errors of a sync that exits 1, by id."""
    done = desk.sync()
    assert done.code == 1, done.out + done.err
    return {page["id"]: page["error"] for page in done.json["failed"]}


def waiting(desk: Desk) -> dict[str, str]:
    """The people whose edits a sync that exits 1 leaves alone, by id."""
    done = desk.sync()
    assert done.code == 1, done.out + done.err
    return {page["id"]: page["user"] for page in done.json["human_edits"]}


def sound(desk: Desk) -> None:
    """Every command that reads the wiki ends well, and a second sync writes nothing."""
    done = desk.sync()
    assert done.code == 0, done.out + done.err
    again = desk.sync()
    assert (again.code, again.json["edits"]) == (0, 0)
    assert desk.run("pull", "--dry-run").code == 0


@pytest.mark.parametrize(
    "place",
    [
        "Utilisateur:Camille/Jardin",
        "Discussion utilisateur:Camille/Jardin",
        "Discussion:Jardin",
        "MediaWiki:Jardin",
        "Catégorie:Jardin",
        "Modèle:Jardin",
    ],
)
def test_a_page_moved_where_no_reader_looks_waits_for_a_person(
    desk: Desk, admin: Person, place: str
) -> None:
    links = admin.text("Bienvenue")
    moved = admin.call(
        action="move",
        to=place,
        reason="essai",
        movetalk=1,
        token=admin.call(action="query", meta="tokens")["query"]["tokens"]["csrftoken"],
        **{"from": JARDIN},
    )
    if "error" in moved:
        # the wiki itself may refuse: then nothing was moved, and nothing is to be told
        assert place.startswith("Catégorie"), moved
        sound(desk)
        return
    desk.wiki.jobs()

    planned = {page["id"]: page for page in desk.plan().json["pages"]}[ID]
    errors = failed(desk)

    assert (planned["action"], planned["title"], planned["to"]) == ("error", place, JARDIN)
    assert f"Renommez-la en « {JARDIN} »" in errors[ID]
    assert desk.plan().code == 1
    assert admin.text("Bienvenue") == links
    led = [title for title, text in admin.texts((0,)).items() if place in text]
    assert led == [JARDIN]  # the redirect that the person left
    assert desk.run("pull", "--dry-run").code != 70
    admin.act(action="move", to=JARDIN, reason="retour", ignorewarnings=1, **{"from": place})
    desk.wiki.jobs()
    sound(desk)


def test_a_page_moved_among_those_of_the_project_is_followed(desk: Desk, person: Person) -> None:
    person.act(action="move", to="Aide:Le jardin", reason="essai", **{"from": JARDIN})
    desk.wiki.jobs()

    assert desk.sync().code == 0
    assert desk.sync().json["edits"] == 0
    pulled = desk.run("pull", "--dry-run")
    assert (pulled.code, "n’a pas" in pulled.out or "n’a pas" in pulled.out) == (1, True)


def test_a_page_that_somebody_filled_is_left_to_a_person(desk: Desk, person: Person) -> None:
    text = person.page(JARDIN)
    filled = text.replace("Une friche", "\n".join(f"* point {i}" for i in range(20_000)) + "\nUne")
    person.edit(JARDIN, filled)
    begun = time.process_time()

    plan = desk.plan()
    pulled = desk.run("pull")

    assert time.process_time() - begun < 4
    assert {page["id"]: page["action"] for page in plan.json["pages"]}[ID] == "human-edit"
    assert pulled.code == 1
    assert "trop long pour être relu" in pulled.out
    assert waiting(desk) == {ID: "Camille"}
    assert person.page(JARDIN) == filled.strip()


@pytest.mark.parametrize(
    "typed", ["| Année = " + "9" * 5000, "| Participants = " + "9" * 5000, "| Date = ²"]
)
def test_a_number_without_end_stops_nobody(desk: Desk, person: Person, typed: str) -> None:
    desk.change(GARDEN, "resume", "statut: en-cours\nresume")
    sound(desk)
    lines = person.page(JARDIN).split("\n")
    card = next(n for n, line in enumerate(lines) if line.startswith("{{Fiche"))
    changed = "\n".join([*lines[: card + 1], typed, *lines[card + 1 :]])
    person.edit(JARDIN, changed)

    codes = [desk.plan().code, desk.run("pull", "--dry-run").code, desk.sync().code]

    assert 70 not in codes
    assert 3 not in codes
    assert person.page(JARDIN) == changed


def test_what_a_person_wrote_acts_on_no_terminal(desk: Desk, person: Person) -> None:
    text = person.page(JARDIN)
    person.edit(JARDIN, text.replace("Une friche", "Une \u009b2Jfriche\u202e retournée"))

    pulled = desk.run("pull", "--dry-run")
    synced = desk.run("sync", "--yes")

    for output in (pulled.out, pulled.err, synced.out, synced.err):
        assert not {"\u009b", "\u202e", "\x1b"}.intersection(output)


@pytest.mark.older("protection")
def test_a_protected_page_fails_alone(desk: Desk, admin: Person) -> None:
    admin.act(action="protect", title=JARDIN, protections="edit=sysop|move=sysop")
    desk.change(GARDEN, "jardin.", "jardin partagé.")

    assert list(failed(desk)) == [ID]

    admin.act(action="protect", title=JARDIN, protections="edit=all|move=all")
    sound(desk)


@pytest.mark.older("content models")
def test_a_page_of_another_content_model_waits_until_it_is_wikitext_again(
    desk: Desk, admin: Person
) -> None:
    # without a summary, MediaWiki 1.39 answers with an error of its own
    admin.act(action="changecontentmodel", title=JARDIN, model="text", summary="Texte brut")
    desk.change(GARDEN, "jardin.", "jardin partagé.")

    assert desk.run("pull", "--dry-run").code == 0
    errors = failed(desk)
    assert list(errors) == [ID]
    assert "n’est plus « wikitext » mais « text »" in errors[ID]
    assert [edit["user"] for edit in admin.revisions(JARDIN)] == ["Admin", "Loosbot"]

    admin.act(action="changecontentmodel", title=JARDIN, model="wikitext", summary="Wikitexte")
    sound(desk)
    assert "jardin partagé" in admin.page(JARDIN)


@pytest.mark.older("importing")
def test_versions_that_are_imported_stay_and_stop_nobody(desk: Desk, admin: Person) -> None:
    old = ("1970-01-01T00:00:02Z", "Zoé", "Un brouillon très ancien.")
    admin.imports(JARDIN, [old])
    sound(desk)
    new = ("2037-01-01T00:00:00Z", "Zoé", admin.page(JARDIN) + NOTE)
    admin.imports(JARDIN, [new])
    desk.change(GARDEN, "jardin.", "jardin partagé.")

    done = desk.sync()

    assert done.code in (0, 1), done.err
    assert NOTE.strip() in admin.page(JARDIN)


@pytest.mark.older("merging histories")
def test_a_history_that_is_merged_into_ours_stays(desk: Desk, admin: Person) -> None:
    admin.edit("Brouillon", "Les mots de Paul, avant la fiche.")
    with _database(desk) as database:
        database.execute(
            "UPDATE revision SET rev_timestamp = '20100101000000' WHERE rev_page = "
            "(SELECT page_id FROM page WHERE page_title = 'Brouillon')"
        )
    admin.act(action="mergehistory", to=JARDIN, **{"from": "Brouillon"})
    desk.wiki.jobs()
    desk.change(GARDEN, "jardin.", "jardin partagé.")

    sound(desk)
    assert any("Les mots de Paul" in revision["slots"]["main"]["content"]
               for revision in admin.revisions(JARDIN))  # fmt: skip


@pytest.mark.older("merging histories")
def test_ours_merged_into_another_page_is_told(desk: Desk, admin: Person) -> None:
    admin.edit("Autre page", "Les mots de Paul.")
    token = admin.call(action="query", meta="tokens")["query"]["tokens"]["csrftoken"]
    admin.call(action="mergehistory", to="Autre page", token=token, **{"from": JARDIN})
    desk.wiki.jobs()

    codes = [desk.plan().code, desk.run("pull", "--dry-run").code, desk.sync().code]

    assert not {3, 70}.intersection(codes), codes
    assert "Les mots de Paul." in admin.page("Autre page")


@contextlib.contextmanager
def _database(desk: Desk) -> Iterator[sqlite3.Connection]:
    desk.wiki.settle()
    file = Instance(desk.wiki.dir).data / "wiki.sqlite"
    with contextlib.closing(sqlite3.connect(file, timeout=LONG)) as database, database:
        yield database


@pytest.mark.older("tables of names")
def test_a_person_who_is_renamed_or_hidden_is_still_somebody(desk: Desk, person: Person) -> None:
    text = person.page(JARDIN).replace("Une friche", "Une grande friche")
    person.edit(JARDIN, text)
    with _database(desk) as database:
        database.execute("UPDATE user SET user_name = 'Claude' WHERE user_name = 'Camille'")
        database.execute("UPDATE actor SET actor_name = 'Claude' WHERE actor_name = 'Camille'")

    assert waiting(desk) == {ID: "Claude"}
    pulled = desk.run("pull")

    assert pulled.code == 0, pulled.out
    assert "Une grande friche" in (desk.folder / GARDEN).read_text()


@pytest.mark.older("blocks")
def test_a_suspended_person_stops_nobody(desk: Desk, person: Person, admin: Person) -> None:
    person.edit(JARDIN, person.page(JARDIN) + NOTE)
    admin.act(action="block", user="Camille", reason="essai")
    desk.change(GARDEN, "jardin.", "jardin partagé.")

    sound(desk)
    assert NOTE.strip() in admin.page(JARDIN)
    admin.act(action="unblock", user="Camille")


def test_the_robot_renamed_is_refused_in_a_sentence(desk: Desk) -> None:
    with _database(desk) as database:
        database.execute("UPDATE user SET user_name = 'Robot2' WHERE user_name = 'Loosbot'")
        database.execute("UPDATE actor SET actor_name = 'Robot2' WHERE actor_name = 'Loosbot'")

    done = desk.sync()

    assert done.code == 3
    assert "refuse la connexion du compte" in done.err


def test_a_corpus_that_changed_its_name_is_told_the_former_one(desk: Desk) -> None:
    desk.write({"loosbot.yaml": "corpus: autre\n"})

    done = desk.run("sync", "--yes")

    assert done.code == 1
    assert "remettez « corpus: essai » dans loosbot.yaml" in done.out
    desk.write({"loosbot.yaml": "corpus: essai\n"})
    assert desk.sync().json["edits"] == 0


def test_a_home_that_cannot_be_written_changes_nothing(desk: Desk) -> None:
    desk.cache.chmod(0o500)
    for file in desk.cache.rglob("*"):
        file.chmod(0o500 if file.is_dir() else 0o400)
    desk.change(GARDEN, "jardin.", "jardin partagé.")
    plainly = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    command = [*plainly, sys.executable, "-m", "loosbot", "sync", "--yes"]
    try:
        done = subprocess.run(
            [*command, "--corpus", str(desk.folder)],
            env=os.environ | desk.env | {"HOME": str(desk.cache)},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        for file in (desk.cache, *desk.cache.rglob("*")):
            file.chmod(0o700)

    assert done.returncode == 0, done.stderr
    sound(desk)


def test_a_wiki_that_is_started_again_in_the_middle_loses_nothing(desk: Desk) -> None:
    files = {
        f"narratives/projet/p{n}.yaml": f"type: projet\ntitre: Projet {n}\nresume: Mots.\n"
        for n in range(25)
    }
    desk.write(files)

    def starts_again() -> None:
        assert embedded.stop(desk.wiki.dir)
        embedded.start(desk.wiki.dir, desk.wiki.port)

    with standing(desk.wiki) as proxy:
        proxy.on(nth("edit", 12), meanwhile(starts_again))
        running = proxy.before(desk).start("sync", "--yes", "--format", "json")
        out, err = running.communicate(timeout=LONG)

    assert running.returncode in (0, 1, 3), out + err
    sound(desk)
    person = desk.wiki.person()
    for n in range(25):
        versions = person.revisions(f"Projet {n}")
        assert versions, n
        texts = {revision["slots"]["main"]["content"] for revision in versions}
        assert len(texts) == len(versions), n
    assert person.text(PLACE)
