"""The page « État de la publication », which ``loosbot sync --etat`` keeps each night."""

from __future__ import annotations

from desk import GARDEN, JARDIN, Desk
from wikis import Person


def _title(desk: Desk) -> str:
    return f"Utilisateur:{desk.wiki.credentials.account}/État de la publication"


def test_it_tells_what_was_published_and_what_waits_and_settles(desk: Desk, person: Person) -> None:
    title = _title(desk)
    assert desk.sync("--etat").code == 0
    first = person.page(title)
    assert desk.git("rev-parse", "HEAD")[:12] in first
    assert "Aucune." in first

    # a second night without news writes nothing, and is no news itself
    again = desk.sync("--etat")
    assert (again.code, again.json["edits"]) == (0, 0)
    assert len(person.revisions(title)) == 1

    person.edit(JARDIN, person.page(JARDIN).replace("devient un jardin", "devient un [[verger]]"))
    assert desk.sync("--etat").code == 1
    waits = person.page(title)
    assert f"[[:{JARDIN}|{JARDIN}]]" in waits
    assert f"modifiée par {person.name}" in waits
    assert desk.sync("--etat").json["edits"] == 0

    # the page is no record: what publishing looks at does not see it
    assert "État" not in desk.plan().out
    desk.write({GARDEN: f"type: projet\ntitre: {JARDIN}\nresume: Une pépinière.\n"})
    assert desk.run("doctor", "--silencieux").out.count("À FAIRE") == 1


def test_a_night_that_publishes_nothing_says_why_and_a_better_one_takes_it_back(
    desk: Desk, person: Person
) -> None:
    title = _title(desk)
    desk.sync("--etat")
    desk.write({GARDEN: "type: projet\n"})
    for _night in range(2):
        assert desk.sync("--etat").code == 1

    text = person.page(title)
    assert text.endswith(
        "== Ce qui n’a pas pu être publié ==\n\n* Le corpus a des erreurs (1) : rien n’est publié "
        "tant qu’elles restent. « loosbot check » les montre."
    )
    assert "== Dernière publication ==" in text
    assert len(person.revisions(title)) == 2

    desk.write({GARDEN: f"type: projet\ntitre: {JARDIN}\nresume: Une pépinière.\n"})
    assert desk.sync("--etat").code == 0
    assert "n’a pas pu" not in person.page(title).partition("== Dernière")[2]


def test_a_robot_that_was_asked_to_stop_does_not_write_of_its_troubles(
    desk: Desk, person: Person
) -> None:
    person.edit(f"Utilisateur:{desk.wiki.credentials.account}/Stop", "Attendez.")
    desk.write({GARDEN: "type: projet\n"})

    assert desk.sync("--etat").code == 1

    assert person.text(_title(desk)) is None


def test_what_a_person_writes_on_it_stays(desk: Desk, person: Person) -> None:
    title = _title(desk)
    desk.sync("--etat")
    person.edit(title, "On en parle lundi.")
    desk.write({GARDEN: f"type: projet\ntitre: {JARDIN}\nresume: Une pépinière.\n"})

    done = desk.run("sync", "--yes", "--etat")

    assert person.page(title) == "On en parle lundi."
    assert "n’est plus tenue à jour" in done.out


def test_only_with_a_whole_publication(desk: Desk) -> None:
    assert desk.sync("--etat", "--only", "projet/jardin").code == 2


def test_it_names_nobody_who_withdrew(desk: Desk, person: Person) -> None:
    file = "narratives/acteur/zelie-d.yaml"
    record = "type: acteur\ntitre: Zélie D.\ngenre: personne\ntexte: Elle tient le four à pain.\n"
    desk.write({file: f"{record}consentement: {{etat: public}}\n"})
    assert desk.sync("--etat").code == 0
    four = "Elle tient le four à pain de la rue haute depuis longtemps."
    person.edit(JARDIN, f"{person.page(JARDIN)}\n\nZélie D. : « {four} »")
    desk.write(
        {
            file: record.replace("Elle tient le four à pain.", four)
            + "consentement: {etat: retire}\n"
        }
    )

    done = desk.sync("--etat")

    assert "« Zélie D. »" in done.err and four in done.err
    for text in (
        revision["slots"]["main"]["content"] for revision in person.revisions(_title(desk))
    ):
        assert "Zélie" not in text and "four à pain" not in text
    assert "== Accords retirés ==" in person.page(_title(desk))
    assert _title(desk) not in desk.sync("--etat").err


def test_a_history_that_was_written_again_is_gone_back_to_once(desk: Desk) -> None:
    """Where nothing changes on the pages, this one names the version: the next run is a plain one,
    from any machine."""
    desk.git("commit", "-q", "--amend", "--message", "Une autre histoire")
    desk.git("reflog", "expire", "--expire=now", "--all")
    desk.git("gc", "--quiet", "--prune=now")
    assert "--reculer" in desk.sync().err

    once = desk.sync("--reculer")

    assert (once.code, once.json["edits"], once.json["updated"]) == (0, 1, 0)
    desk.write({GARDEN: f"type: projet\ntitre: {JARDIN}\nresume: Une pépinière.\n"})
    after = desk.clone("ailleurs").sync()
    assert (after.code, after.json["updated"]) == (0, 1)
