"""The stop page: anybody on the wiki can halt the robot, before it writes and while it does."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from desk import GARDEN, Desk
from faults import afterwards, meanwhile
from patience import LONG
from proxy import Answer, Exchange, Request, nth, standing
from wikis import Wiki

STOP = "Utilisateur:Loosbot/Stop"


def test_nothing_is_written_as_long_as_the_page_has_a_text(new_desk: Desk) -> None:
    person = new_desk.wiki.person()
    person.edit(STOP, "\nArrêtez, les titres sont faux.\n\nCamille, à l’accueil")

    refused = new_desk.sync()

    assert refused.code == 1
    assert refused.out == ""
    assert STOP in refused.err
    assert "Camille y a écrit le 20" in refused.err
    assert "(UTC) : « Arrêtez, les titres sont faux. »" in refused.err
    assert "videz ou supprimez cette page" in refused.err
    assert person.text("Le jardin du coron") is None
    planned = new_desk.plan()
    assert (planned.code, "demande au robot de s’arrêter" in planned.err) == (0, True)
    assert planned.actions()["projet/jardin"] == "create"

    person.edit(STOP, "  \n")
    assert new_desk.sync().code == 0
    assert person.text("Le jardin du coron")


@pytest.mark.parametrize("gone", ["redirect", "deleted"])
def test_a_redirect_and_a_deleted_page_ask_for_nothing(desk: Desk, gone: str) -> None:
    desk.wiki.person().edit(STOP, "#REDIRECTION [[Accueil]]" if gone == "redirect" else "Stop.")
    if gone == "deleted":
        desk.wiki.person(desk.wiki.admin).act(action="delete", title=STOP)

    assert desk.sync().code == 0
    assert desk.plan().err == ""


def test_a_stop_page_stops_an_empty_run_too(desk: Desk) -> None:
    desk.wiki.person().edit(STOP, "Stop.")

    assert desk.sync().code == 1


def test_a_run_stops_while_it_writes_and_the_next_goes_on(wiki: Wiki, tmp_path: Path) -> None:
    projects = {
        f"narratives/projet/p{number}.yaml": f"type: projet\ntitre: Projet numéro {number}\n"
        for number in range(50)
    }
    desk = Desk.new(tmp_path / "corpus", wiki, {"loosbot.yaml": "corpus: essai\n", **projects})
    person = wiki.person()
    heard = threading.Event()

    def tells(exchange: Exchange) -> Answer:
        answer = exchange.forward()
        heard.set()
        return answer

    def waits(exchange: Exchange) -> Answer:
        assert heard.wait(LONG)
        # one after another: a machine must do nothing for nine of these before too many are written
        with exchange.proxy.alone:
            time.sleep(0.4)
        return exchange.forward()

    with standing(wiki) as proxy:

        def looks(request: Request) -> bool:
            written = sum(request.writes for request in proxy.seen)
            return written >= 20 and request.params.get("titles", "").endswith("/Stop")

        # somebody writes when the run has just looked, after twenty pages: it looks again after
        # forty, and the others write on while it does, though not without end here
        proxy.on(looks, afterwards(lambda: person.edit(STOP, "Attendez-moi.")))
        proxy.on(looks, tells)
        proxy.on(lambda request: request.action == "edit" and request.nth > 50, waits, times=1000)
        stopped = proxy.before(desk).sync()

    assert stopped.code == 1
    assert "« Attendez-moi. »" in stopped.err
    assert stopped.json["failed"] == stopped.json["human_edits"] == []
    assert 40 <= stopped.json["created"] < 60
    total = desk.plan().json["pages"]
    left = sum(page["action"] == "create" for page in total)
    assert f"Il reste {left} pages à publier." in stopped.err
    assert stopped.json["created"] + left == len(total)

    person.edit(STOP, "")
    done = desk.sync()

    assert (done.code, done.json["created"]) == (0, left)
    summaries = person.summaries()
    assert [len(summaries[f"Projet numéro {number}"]) for number in range(50)] == [1] * 50
    assert desk.sync().json["edits"] == 0


def test_it_looks_between_moves_too(desk: Desk) -> None:
    projects = {
        f"narratives/projet/p{number}.yaml": f"type: projet\ntitre: Projet numéro {number}\n"
        for number in range(22)
    }
    desk.write(projects)
    desk.sync()
    desk.write({path: text.replace("numéro", "n°") for path, text in projects.items()})
    person = desk.wiki.person()
    with standing(desk.wiki) as proxy:
        proxy.on(nth("move", 1), meanwhile(lambda: person.edit(STOP, "Pas les titres !")))
        stopped = proxy.before(desk).sync()

    assert (stopped.code, stopped.json["moved"]) == (1, 20)
    assert "Pas les titres !" in stopped.err
    person.edit(STOP, "")
    done = desk.sync()
    assert (done.code, done.json["moved"]) == (0, 2)
    assert desk.sync().json["edits"] == 0


def test_the_run_of_somebody_at_a_terminal_says_what_is_left(desk: Desk) -> None:
    desk.wiki.person().edit(STOP, "Stop.")
    desk.change(GARDEN, "Une friche", "Un terrain vague")

    done = desk.run("sync", "--yes")

    assert done.code == 1
    assert "Stop." in done.err
