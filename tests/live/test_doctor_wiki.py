"""What ``loosbot doctor`` finds on a wiki, each provoked there."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from desk import GARDEN, JARDIN, Desk
from wikis import Person

from loosbot.doctor import remote
from loosbot.doctor.run import Patient, visit

DAY = timedelta(days=1)


def findings(desk: Desk) -> tuple[int, dict[str, dict[str, str]]]:
    done = desk.run("doctor", "--format", "json")
    return done.code, {finding["code"]: finding for finding in done.json["findings"]}


@pytest.mark.older("rights and settings that are told")
def test_a_wiki_in_order_asks_for_nobody_and_is_not_written(desk: Desk) -> None:
    person = desk.wiki.person()
    before = person.call(action="query", list="recentchanges", rclimit=50)["query"]
    code, by_code = findings(desk)

    assert code == 0, by_code
    assert {"wiki", "droits", "horloge", "wiki-ouvert", "publication", "pages"} <= by_code.keys()
    assert desk.git("rev-parse", "HEAD")[:12] in by_code["publication"]["message"]
    assert desk.run("doctor", "--silencieux").out == ""
    assert person.call(action="query", list="recentchanges", rclimit=50)["query"] == before


def test_a_page_that_waits_and_since_when(desk: Desk, person: Person) -> None:
    person.edit(JARDIN, person.page(JARDIN).replace("devient un jardin", "devient un verger"))

    code, by_code = findings(desk)

    waits = by_code["page-en-attente"]
    assert (code, waits["severity"]) == (1, "error")
    assert JARDIN in waits["message"]
    assert "aujourd’hui" in waits["message"]
    assert "loosbot pull" in waits["hint"]
    # and five weeks later it is a page that was forgotten
    later = datetime.now(UTC) + 35 * DAY
    visited = list(visit(Patient(desk.folder, None), desk.env, later))
    assert [finding.code for finding in visited if finding.code == "page-oubliee"] == [
        "page-oubliee"
    ]


@pytest.mark.older("what a block says")
@pytest.mark.parametrize("partial", [False, True])
def test_a_robot_that_somebody_blocked(desk: Desk, admin: Person, partial: bool) -> None:
    some = {"partial": 1, "pagerestrictions": JARDIN, "allowusertalk": 1} if partial else {}
    admin.act(action="block", user="Loosbot", reason="Trop de renommages", **some)

    code, by_code = findings(desk)

    stopped = by_code["compte-bloque"]
    assert (code, stopped["severity"]) == ((0, "warning") if partial else (1, "error"))
    assert "par Admin : Trop de renommages" in stopped["message"]
    assert "demandez-lui de lever le blocage" in stopped["hint"]


def test_a_publication_that_nobody_makes(desk: Desk) -> None:
    desk.write({GARDEN: f"type: projet\ntitre: {JARDIN}\nresume: Une pépinière.\n"}, commit=False)
    desk.git("add", "--all")
    old = f"{datetime.now(UTC) - 3 * DAY:%Y-%m-%dT%H:%M:%SZ}"
    subprocess.run(
        ["env", f"GIT_COMMITTER_DATE={old}", "git", "commit", "--quiet", "--message", "Vieux"],
        cwd=desk.folder,
        check=True,
    )

    code, by_code = findings(desk)

    late = by_code["publication-en-retard"]
    assert (code, late["severity"]) == (1, "error")
    assert "3 jour" in late["message"]
    assert "systemctl list-timers" in late["hint"]


def test_somebody_asked_the_robot_to_stop(desk: Desk, person: Person) -> None:
    person.edit(f"Utilisateur:{desk.wiki.credentials.account}/Stop", "Attendez le conseil.")

    code, by_code = findings(desk)

    assert code == 1
    assert "Attendez le conseil" in by_code["arret-demande"]["message"]


def test_a_clone_that_is_behind_the_wiki(desk: Desk) -> None:
    desk.write({"narratives/projet/banc.yaml": "type: projet\ntitre: Un banc\n"})
    assert desk.sync().code == 0
    desk.git("reset", "--quiet", "--hard", "HEAD~1")
    desk.git("reflog", "expire", "--expire=now", "--all")
    desk.git("gc", "--quiet", "--prune=now")

    code, by_code = findings(desk)

    assert code == 1
    assert "ne connaît pas" in by_code["version-en-arriere"]["message"]


def test_an_account_that_may_do_too_much(desk: Desk) -> None:
    admin = desk.wiki.admin
    env = desk.env | {"LOOSBOT_USER": admin.user, "LOOSBOT_PASSWORD": admin.password}

    by_code = {
        finding.code: finding
        for finding in visit(Patient(desk.folder, None), env, datetime.now(UTC))
    }

    assert by_code["droits-en-trop"].severity == "error"
    assert "delete" in by_code["droits-en-trop"].message
    assert "Special:BotPasswords" in by_code["droits-en-trop"].hint


@pytest.mark.older("refusing to be written")
def test_a_wiki_closed_for_maintenance(desk: Desk) -> None:
    with desk.wiki.read_only():
        code, by_code = findings(desk)

    assert (code, by_code["wiki-injoignable"]["severity"]) == (1, "error")
    assert "lecture seule" in by_code["wiki-injoignable"]["message"]


def test_a_wiki_that_does_not_answer_hides_nothing_else(desk: Desk) -> None:
    env = desk.env | {"LOOSBOT_WIKI": "http://127.0.0.1:9/api.php"}

    by_code = {
        finding.code: finding
        for finding in visit(Patient(desk.folder, None), env, datetime.now(UTC))
    }

    assert by_code["wiki-injoignable"].severity == "error"
    assert {"git", "corpus", "disque", "jamais-sauvegarde"} <= by_code.keys()


def test_only_this_machine_reaches_the_loopback(desk: Desk) -> None:
    assert remote.is_here(desk.wiki.api)
    assert not remote.is_here("https://wiki.exemple.fr/api.php")


def test_what_was_never_published_and_what_is_to_be(new_desk: Desk) -> None:
    desk = new_desk
    by_code = findings(desk)[1]
    assert by_code["jamais-publie"]["severity"] == "warning"
    assert desk.sync().code == 0
    desk.change(GARDEN, "Une friche", "Un champ")

    code, by_code = findings(desk)

    assert (code, by_code["a-publier"]["severity"]) == (0, "warning")
    assert "loosbot sync" in by_code["a-publier"]["hint"]


def test_words_of_somebody_who_withdrew_that_people_keep_on_the_wiki(
    desk: Desk, person: Person
) -> None:
    path, title = "narratives/recit/banc.yaml", "Le banc"
    sentence = "Elle dit que le banc sert encore chaque matin quand il fait beau."
    agreed = "{etat: public, portee: [wiki]}"
    desk.write(
        {
            path: f"type: recit\ntitre: {title}\nvoix:\n  - qui: Une dame\n    role: habitant\n"
            f"    nature: rapporte\n    consentement: {agreed}\n    texte: {sentence}\n"
        }
    )
    assert desk.sync().code == 0
    person.edit(title, f"{person.page(title)}\nOn le cite : {sentence}")
    desk.change(path, agreed, "{etat: retire}")
    assert desk.sync().code in (0, 1)

    code, by_code = findings(desk)

    assert (code, by_code["retrait"]["severity"]) == (1, "error")
