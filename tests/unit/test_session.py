"""The policy of the HTTP client, against a real HTTP peer that answers what the test dictates."""

from __future__ import annotations

import email.utils
import json
import logging
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
import requests
from patience import LONG
from peers import Server, send

from loosbot.errors import WikiUnavailable
from loosbot.wiki.credentials import Credentials
from loosbot.wiki.failures import AnswerLost, ReadRefused, RunStopped
from loosbot.wiki.revisions import Edit, WikiRefusal
from loosbot.wiki.session import Session
from loosbot.wiki.transport import read_retry_after
from loosbot.wiki.writer import Writer

PASSWORD = "mot-de-passe-tres-secret"


@dataclass
class Say:
    """One scripted answer. ``cut`` closes the connection: "before" any byte, or "middle"."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: str = ""


def error(code: str, text: str = "non", **data: Any) -> Say:
    return Say({"errors": [{"code": code, "text": text, "data": data, "module": "main"}]})


class Peer(Server):
    """A server that lets anyone log in, and answers other requests from ``script``, in order.

    ``seen`` holds the parameters of the scripted requests, ``logins`` counts the others' success.
    """

    def __init__(self) -> None:
        self.script: deque[Say] = deque()
        self.seen: list[dict[str, str]] = []
        self.agents: set[str] = set()
        self.authorizations: set[str] = set()
        self.logins = 0
        self.rights = ["edit", "bot", "apihighlimits"]
        self.closed = ""
        """The words of a wiki that takes no login now."""
        self.login_answer: dict[str, Any] = {"result": "Success"}
        super().__init__()

    def answer_to(self, request: BaseHTTPRequestHandler, params: dict[str, str]) -> None:
        self.agents.add(request.headers["User-Agent"])
        self.authorizations.add(request.headers.get("Authorization", ""))
        say = self.reply(params)
        request.close_connection = request.close_connection or bool(say.cut)
        if say.cut == "before":
            return
        is_page = isinstance(say.body, str)
        body = (say.body if is_page else json.dumps(say.body)).encode()
        kind = "text/html" if is_page else "application/json"
        half = len(body) // 2 if say.cut == "middle" else -1
        send(request, body, say.status, {"Content-Type": kind, **say.headers}, half)

    def reply(self, params: dict[str, str]) -> Say:
        if params.get("type") == "login":
            return Say({"query": {"tokens": {"logintoken": "jeton+\\"}}})
        if params["action"] == "login" and self.closed:
            return error("readonly", self.closed)
        if params["action"] == "login":
            self.logins += self.login_answer["result"] == "Success"
            return Say({"login": self.login_answer}, headers={"Set-Cookie": f"s={self.logins}"})
        if params.get("type") == "csrf":
            info = {"id": 7, "name": "Robot", "rights": self.rights}
            return Say(
                {
                    "curtimestamp": "2026-01-01T00:00:00Z",
                    "query": {"userinfo": info, "tokens": {"csrftoken": f"csrf{self.logins}+\\"}},
                }
            )
        self.seen.append(params)
        return self.script.popleft() if self.script else Say({"query": {}})


@pytest.fixture
def peer() -> Iterator[Peer]:
    with Peer().running() as peer:
        yield peer


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def session(peer: Peer, slept: list[float]) -> Session:
    return Session(Credentials(peer.api, "Robot@loosbot", PASSWORD), sleep=slept.append)


def test_a_call_sends_its_parameters_as_the_api_wants_them(peer: Peer, session: Session) -> None:
    peer.script.append(Say({"query": {"pages": []}}))
    assert session.call("query", titles=["A", "B|C"], redirects=False, limit=3, flag=True) == {
        "query": {"pages": []}
    }
    assert peer.seen == [
        {
            "action": "query",
            "format": "json",
            "formatversion": "2",
            "errorformat": "plaintext",
            "errorlang": "fr",
            "errorsuselocal": "1",
            "assert": "bot",
            "assertuser": "Robot",
            "titles": "\x1fA\x1fB|C",
            "limit": "3",
            "flag": "1",
        }
    ]
    assert session.requests == 4
    assert {agent.split("/")[0] for agent in peer.agents} == {"loosbot"}


def test_assert_user_without_the_bot_right(peer: Peer, session: Session) -> None:
    peer.rights = ["edit"]
    session.call("query")
    assert peer.seen[0]["assert"] == "user"
    assert session.batch() == 50


def test_maxlag_and_token_go_with_writes_only(peer: Peer, session: Session) -> None:
    session.call("query")
    session.call("edit", write=True, title="A")
    assert "maxlag" not in peer.seen[0]
    assert "token" not in peer.seen[0]
    assert (peer.seen[1]["maxlag"], peer.seen[1]["token"]) == ("5", "csrf1+\\")


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize(
    ("trouble", "waited"),
    [
        (Say("doucement", 429, {"Retry-After": "7"}), 7.0),
        (Say("doucement", 429), 1.0),
        (error("maxlag", "Waiting for a server", lag=12), 1.0),
        (error("ratelimited"), 1.0),
        (error("readonly"), 1.0),
        (
            Say(
                {"errors": [{"code": "maxlag", "text": "x"}]},
                headers={"X-Database-Lag": "9", "Retry-After": "5"},
            ),
            5.0,
        ),
        (Say({"error": {"code": "maxlag", "info": "x"}}, 503, {"X-Database-Lag": "9"}), 1.0),
    ],
    ids=["429-after", "429", "maxlag", "ratelimited", "readonly", "lag-header", "lag-503"],
)
def test_what_the_wiki_did_not_do_is_sent_again(
    peer: Peer, session: Session, slept: list[float], trouble: Say, waited: float, write: bool
) -> None:
    peer.script.extend([trouble, Say({"done": 1})])
    assert session.call("edit", write=write) == {"done": 1}
    assert slept == [waited]
    assert len(peer.seen) == 2


UNSURE = {
    "503": Say("en panne", 503, {"Retry-After": "3"}),
    "502": Say("<html>Bad gateway</html>", 502),
    "html": Say("<html>Une page d'erreur</html>"),
    "list": Say([]),
    "cut": Say({"edit": {}}, cut="before"),
    "truncated": Say({"edit": {"result": "Success"}}, cut="middle"),
    "internal": error("internal_api_error_DBQueryError", "boum"),
}


@pytest.mark.parametrize("trouble", UNSURE.values(), ids=UNSURE.keys())
def test_a_read_is_repeated(peer: Peer, session: Session, slept: list[float], trouble: Say) -> None:
    peer.script.extend([trouble, Say({"done": 1})])
    assert session.call("query") == {"done": 1}
    assert slept == [3.0 if trouble.headers else 1.0]


@pytest.mark.parametrize("trouble", UNSURE.values(), ids=UNSURE.keys())
def test_a_write_of_unknown_fate_is_not_repeated(
    peer: Peer, session: Session, slept: list[float], trouble: Say
) -> None:
    peer.script.append(trouble)
    with pytest.raises(AnswerLost) as caught:
        session.call("edit", write=True)
    assert len(peer.seen) == 1
    assert slept == []
    assert caught.value.retry_after == (3.0 if trouble.headers else None)


def test_waits_double_and_end(peer: Peer, session: Session, slept: list[float]) -> None:
    peer.script.extend([Say("en panne", 500)] * 20)
    with pytest.raises(WikiUnavailable, match="HTTP 500"):
        session.call("query")
    assert slept == [1.0, 2.0, 4.0, 8.0, 16.0]


def test_a_busy_wiki_gets_minutes_but_not_hours(
    peer: Peer, session: Session, slept: list[float]
) -> None:
    peer.script.extend([error("readonly", "Sauvegarde en cours")] * 50)
    with pytest.raises(WikiUnavailable, match="Sauvegarde en cours"):
        session.call("edit", write=True)
    assert slept == [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 60.0]


def test_a_wiki_that_lets_nobody_in_is_told_within_seconds(
    peer: Peer, session: Session, slept: list[float]
) -> None:
    peer.closed = "La base est sauvegardée"
    with pytest.raises(
        WikiUnavailable, match=r"en lecture seule.*La base est sauvegardée"
    ) as caught:
        session.account()
    assert slept == [1.0]
    assert "Relancez la même commande" in caught.value.hint


def test_a_login_lost_while_the_wiki_is_closed_is_waited_for(
    peer: Peer, session: Session, slept: list[float]
) -> None:
    session.account()
    peer.closed = "La base est sauvegardée"
    peer.script.append(error("assertuserfailed"))
    with pytest.raises(WikiUnavailable, match="La base est sauvegardée"):
        session.call("edit", write=True)
    assert sum(slept) > 200


def test_a_retry_after_of_an_hour_is_not_waited_for(
    peer: Peer, session: Session, slept: list[float]
) -> None:
    peer.script.append(Say("plus tard", 429, {"Retry-After": "3600"}))
    with pytest.raises(WikiUnavailable):
        session.call("query")
    assert slept == []


def test_a_bad_token_is_renewed_once(peer: Peer, session: Session) -> None:
    peer.script.extend([error("badtoken"), Say({"edit": {}})])
    session.call("edit", write=True)
    assert [request["token"] for request in peer.seen] == ["csrf1+\\", "csrf2+\\"]
    peer.script.extend([error("badtoken", "Jeton refusé")] * 2)
    with pytest.raises(WikiRefusal, match="Jeton refusé"):
        session.call("edit", write=True)


@pytest.mark.parametrize("code", ["assertuserfailed", "assertbotfailed", "assertnameduserfailed"])
def test_a_lost_session_is_renewed_once(peer: Peer, session: Session, code: str) -> None:
    peer.script.extend([error(code), Say({"done": 1})])
    assert session.call("edit", write=True) == {"done": 1}
    assert peer.logins == 2
    peer.script.extend([error(code)] * 2)
    with pytest.raises(RunStopped, match="session"):
        session.call("edit", write=True)


def test_clones_share_one_login(peer: Peer, session: Session) -> None:
    twins = [session, *(session.clone() for _ in range(3))]
    threads = [threading.Thread(target=twin.call, args=("query",)) for twin in twins]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (peer.logins, len(peer.seen), session.requests) == (1, 4, 7)
    peer.script.append(error("assertuserfailed"))
    twins[1].call("query")
    assert peer.logins == 2
    twins[2].call("edit", write=True)
    assert (peer.logins, peer.seen[-1]["token"]) == (2, "csrf2+\\")


def test_a_clone_that_fails_late_does_not_log_in_again(peer: Peer, session: Session) -> None:
    """Two connections see the same lost login; the second finds that it was renewed already."""
    twin = session.clone()
    session.call("query")
    twin.call("query")
    barrier = threading.Barrier(2)

    def both(params: dict[str, str], plain: Callable[[dict[str, str]], Say] = peer.reply) -> Say:
        if params["action"] == "edit" and params["token"] == "csrf1+\\":
            barrier.wait(LONG)
            return error("assertbotfailed")
        return plain(params)

    peer.reply = both  # type: ignore[method-assign] # the peer's script, not our code
    threads = [
        threading.Thread(target=client.call, args=("edit",), kwargs={"write": True})
        for client in (session, twin)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert peer.logins == 2


def test_errors_of_reads_and_writes(peer: Peer, session: Session) -> None:
    peer.script.append(error("protectedpage", "Cette page est protégée."))
    with pytest.raises(WikiRefusal) as refused:
        session.call("edit", write=True)
    assert (refused.value.code, refused.value.info) == ("protectedpage", "Cette page est protégée.")
    peer.script.append(error("readapidenied", "Vous ne pouvez pas lire."))
    with pytest.raises(ReadRefused, match="Vous ne pouvez pas lire"):
        session.call("query")
    peer.script.append(error("blocked", "Vous êtes \u202abloqué\u202c."))
    with pytest.raises(RunStopped, match="Vous êtes bloqué"):
        session.call("edit", write=True)
    peer.script.append(error("blocked", "Pas ici.", blockinfo={"blockpartial": True}))
    with pytest.raises(WikiRefusal, match="Pas ici"):
        session.call("edit", write=True)


def test_a_page_that_a_front_server_refuses(peer: Peer, session: Session) -> None:
    peer.script.extend([Say("trop gros", 413), Say("non", 403)])
    with pytest.raises(WikiRefusal, match="http-413"):
        session.call("edit", write=True)
    with pytest.raises(WikiUnavailable, match="HTTP 403"):
        session.call("query")


def test_a_redirect_is_not_followed(peer: Peer, session: Session) -> None:
    with Peer().running() as other:
        for status in (301, 302, 307, 308):
            peer.script.append(Say("ailleurs", status, {"Location": f"{other.api}?secret=1"}))
            with pytest.raises(WikiUnavailable) as caught:
                session.call("query")
            assert "autre adresse, http://127.0.0.1/w/api.php" in caught.value.message
            assert "secret" not in caught.value.message
        assert (other.seen, other.logins) == ([], 0)


def test_loopback_ignores_proxies_and_netrc(
    peer: Peer, session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login x password y\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    session.call("query")
    assert len(peer.seen) == 1
    assert peer.authorizations == {""}


def test_netrc_is_not_read_for_other_hosts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine wiki.exemple.fr login x password y\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    session = Session(Credentials("https://wiki.exemple.fr/api.php", "Robot", PASSWORD))
    transport = session._line.transport
    prepared = transport.prepare_request(requests.Request("POST", "https://wiki.exemple.fr/"))
    assert "Authorization" not in prepared.headers
    assert transport.verify is True


def test_plain_http_goes_to_this_machine_only() -> None:
    with pytest.raises(WikiUnavailable):
        Session(Credentials("http://wiki.exemple.fr/api.php", "Robot", PASSWORD))


def test_a_wiki_that_is_not_there(slept: list[float]) -> None:
    with Peer().running() as gone:
        api = gone.api
    with pytest.raises(WikiUnavailable, match="connexion est refusée") as caught:
        Session(Credentials(api, "Robot@x", PASSWORD), sleep=slept.append).account()
    assert "loosbot wiki start" in caught.value.hint
    assert slept == [1.0]


def test_a_write_that_never_left_is_sent_again(
    peer: Peer, session: Session, slept: list[float]
) -> None:
    session.account()
    peer.server.server_close()
    peer.server.shutdown()
    session._line.transport.close()
    with pytest.raises(WikiUnavailable, match="connexion est refusée"):
        session.call("edit", write=True)
    assert slept == [1.0, 2.0, 4.0, 8.0, 16.0]


def test_a_refused_login_names_the_variables_to_check(peer: Peer, session: Session) -> None:
    peer.login_answer = {"result": "Failed", "reason": {"code": "x", "text": "Mauvais nom."}}
    with pytest.raises(WikiUnavailable, match="Mauvais nom") as caught:
        session.account()
    assert caught.value.exit_code == 3
    assert "LOOSBOT_PASSWORD" in caught.value.hint


@pytest.mark.parametrize(
    "trouble", [*UNSURE.values(), Say("x", 302, {"Location": "http://x/"}), Say("x", 404)]
)
@pytest.mark.parametrize("action", ["login", "edit"])
def test_no_secret_in_any_message_or_log(
    peer: Peer,
    session: Session,
    caplog: pytest.LogCaptureFixture,
    trouble: Say,
    action: str,
) -> None:
    """Neither the password nor the token, even in the chain of causes and its attributes."""
    caplog.set_level(logging.DEBUG)

    def fails(params: dict[str, str], plain: Callable[[dict[str, str]], Say] = peer.reply) -> Say:
        return trouble if params["action"] == action else plain(params)

    peer.reply = fails  # type: ignore[method-assign] # the peer's script, not our code
    with pytest.raises((WikiUnavailable, AnswerLost, WikiRefusal)) as caught:
        session.call("edit", write=True)
    shown = "".join(traceback.format_exception(caught.value)) + caplog.text
    shown += repr(session) + repr(session._credentials) + repr(session._shared)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    for secret in (PASSWORD, "csrf1", "jeton+"):
        assert secret not in shown


def test_retry_after_in_both_forms() -> None:
    now = time.time()
    assert read_retry_after("120", now) == 120.0
    date = email.utils.formatdate(now + 60, usegmt=True)
    assert read_retry_after(date, now) == pytest.approx(60, abs=1.5)
    assert read_retry_after(email.utils.formatdate(now - 60, usegmt=True), now) == 0.0
    for nonsense in (None, "", "bientôt", "-3", "١٢"):
        assert read_retry_after(nonsense, now) is None


def page(**more: Any) -> Say:
    return Say({"batchcomplete": True, "query": {"pages": [{"ns": 0, "title": "A", **more}]}})


def head(revid: int, parent: int, user: str, comment: str, text: str) -> Say:
    slot = {"main": {"content": text}}
    revision = {"revid": revid, "parentid": parent, "user": user, "comment": comment, "slots": slot}
    return page(pageid=5, revisions=[revision])


SAVED = {
    "result": "Success",
    "title": "A",
    "oldrevid": 10,
    "newrevid": 11,
    "newtimestamp": "2026-01-01T00:00:05Z",
}


NOTHING_ELSEWHERE = Say({"query": {"usercontribs": []}})
"""No edit of ours with that summary on any page."""


def test_a_lost_save_that_landed_is_not_sent_again(peer: Peer, session: Session) -> None:
    ours = head(11, 10, "Robot", "résumé", "texte")
    peer.script.extend([Say("", cut="before"), ours, ours])
    result = Writer(session).edit(Edit("A", "texte\n", "résumé", base=10))
    assert (result.revision, result.old, result.merged) == (11, 10, False)
    assert [request["action"] for request in peer.seen] == ["edit", "query", "query"]


def test_a_lost_save_that_did_not_land_is_sent_again(
    peer: Peer, session: Session, slept: list[float]
) -> None:
    peer.script.extend(
        [Say("", 504), head(10, 9, "Robot", "résumé", "texte"), Say({"edit": SAVED})]
    )
    result = Writer(session).edit(Edit("A", "texte", "résumé", base=10))
    assert result.revision == 11
    assert [request["action"] for request in peer.seen] == ["edit", "query", "edit"]
    assert peer.seen[0] == peer.seen[2]
    assert slept == [1.0]


@pytest.mark.parametrize(
    "late",
    [error("editconflict"), Say({"edit": {"result": "Success", "title": "A", "nochange": True}})],
)
def test_a_first_save_that_lands_after_we_looked(peer: Peer, session: Session, late: Say) -> None:
    before = head(10, 9, "Camille", "à la main", "avant")
    ours = head(11, 10, "Robot", "résumé", "texte")
    peer.script.extend([Say("", 504), before, late, ours, ours])
    result = Writer(session).edit(Edit("A", "texte", "résumé", base=10))
    assert (result.revision, result.old) == (11, 10)


def test_somebody_elses_edit_is_not_taken_for_ours(peer: Peer, session: Session) -> None:
    theirs = head(11, 10, "Robot", "une autre passe", "texte")
    looked = [theirs, theirs, NOTHING_ELSEWHERE]
    peer.script.extend([Say("", 504), *looked, error("editconflict"), *looked])
    with pytest.raises(WikiRefusal, match="editconflict"):
        Writer(session).edit(Edit("A", "texte", "résumé", base=10))


def test_a_page_that_always_breaks_the_wiki_stops_nothing_else(
    peer: Peer, session: Session
) -> None:
    broken = error("internal_api_error_Exception", "boum")
    peer.script.extend([broken, page(missing=True), NOTHING_ELSEWHERE] * 6)
    with pytest.raises(WikiRefusal, match="boum"):
        Writer(session).edit(Edit("A", "texte", "résumé"))
    peer.script.clear()
    peer.script.append(Say({"edit": {**SAVED, "oldrevid": 0}}))
    assert Writer(session).edit(Edit("A", "texte", "résumé")).revision == 11


def test_what_an_edit_sends(peer: Peer, session: Session) -> None:
    peer.script.append(Say({"edit": SAVED}))
    Writer(session).edit(Edit("A", "e\u0301t\r\n\n", "un\nrésumé", base=10))
    sent = peer.seen[0]
    assert sent["text"] == "ét"
    assert sent["md5"] == "f639091f9a0cce24a3334189d9915a9d"
    assert sent["summary"] == "un résumé"
    assert (sent["baserevid"], sent["nocreate"], sent["notminor"], sent["bot"]) == (
        "10",
        "1",
        "1",
        "1",
    )
    assert sent["starttimestamp"] == "2026-01-01T00:00:00Z"
    assert sent["watchlist"] == "nochange"
    assert not {"basetimestamp", "createonly", "recreate", "minor"} & set(sent)


def test_an_edit_that_an_extension_stops(peer: Peer, session: Session) -> None:
    peer.script.append(
        Say({"edit": {"result": "Failure", "code": "abusefilter-warning", "info": "Attention."}})
    )
    with pytest.raises(WikiRefusal, match="abusefilter-warning: Attention"):
        Writer(session).edit(Edit("A", "texte", "résumé", base=10))


def test_a_captcha_is_no_failure_without_words(peer: Peer, session: Session) -> None:
    asked = {"type": "question", "mime": "text/html", "id": "1", "question": "Deux et deux ?"}
    peer.script.append(Say({"edit": {"result": "Failure", "captcha": asked}}))
    with pytest.raises(WikiRefusal, match="captcha: Le wiki demande de répondre à un test"):
        Writer(session).edit(Edit("A", "texte", "résumé", base=10))


def test_what_cannot_be_sent(session: Session) -> None:
    writer = Writer(session)
    with pytest.raises(WikiRefusal, match="section"):
        writer.edit(Edit("A#b", "texte", "résumé"))
    with pytest.raises(ValueError, match="U\\+0007"):
        writer.edit(Edit("A", "a\x07", "résumé"))
    with pytest.raises(ValueError, match="501 characters"):
        writer.edit(Edit("A", "a", "x" * 501))
    assert session.requests == 0


def test_a_base_that_was_not_read_from_the_page_is_never_sent(peer: Peer, session: Session) -> None:
    """MediaWiki 1.43 takes it, and writes over what stands there."""
    peer.script.extend([head(10, 9, "Robot", "résumé", "avant"), Say({"edit": SAVED})])
    bot = Writer(session)
    bot.pages_by_id([5])

    for base, pageid in ((10, 6), (9, 5)):
        with pytest.raises(WikiRefusal, match="editconflict"):
            bot.edit(Edit("A", "texte", "résumé", base=base, pageid=pageid))
    assert bot.edit(Edit("A", "texte", "résumé", base=10, pageid=5)).revision == 11

    assert [request["action"] for request in peer.seen] == ["query", "edit"]
    bot.session.origins.require(Edit("A", "texte", "suite", base=11, pageid=5))


def test_what_was_foreseen_is_asked_once_and_given_once(peer: Peer, session: Session) -> None:
    peer.script.extend([Say({"query": {"first": 1}}), Say({"query": {"again": 2}})])
    session.prefetch(lambda prefetching: prefetching.call("query", titles="A"))

    assert session.call("query", titles="A") == {"query": {"first": 1}}
    assert session.requests == 4
    assert session.call("query", titles="A") == {"query": {"again": 2}}
    assert session.requests == 5


def test_what_was_foreseen_and_not_asked_is_forgotten_with_the_first_write(
    peer: Peer, session: Session
) -> None:
    peer.script.extend([Say({"query": {"old": 1}}), Say({"edit": {}}), Say({"query": {"new": 2}})])
    session.prefetch(lambda prefetching: prefetching.call("query", titles="A"))
    session.account()  # waits until it is asked

    session.call("edit", write=True, title="A")

    assert session.call("query", titles="A") == {"query": {"new": 2}}


def test_the_trouble_that_was_met_ahead_is_told_after_one_wait(
    peer: Peer, session: Session, slept: list[float]
) -> None:
    peer.closed = "Le wiki est en maintenance."
    session.prefetch(lambda prefetching: prefetching.call("query", titles="A"))

    with pytest.raises(WikiUnavailable, match="maintenance"):
        session.call("query", titles="A")

    assert slept == [1.0]
    assert session.requests == 3  # a token, the password twice


def test_whether_a_wiki_is_open_is_foreseen_too(peer: Peer, session: Session) -> None:
    peer.script.append(Say({"query": {"userinfo": {"rights": ["read"]}}}))
    session.prefetch(lambda prefetching: prefetching.is_open())

    assert session.is_open()
    assert session.requests == 1


def test_who_asks_whether_a_wiki_is_open_waits_as_it_says(
    peer: Peer, session: Session, slept: list[float]
) -> None:
    peer.script.append(Say("doucement", 429, {"Retry-After": "7"}))
    peer.script.append(Say({"query": {"userinfo": {"rights": ["read"]}}}))

    assert session.is_open()
    assert slept == [7.0]


@pytest.mark.parametrize("status", [401, 403])
def test_a_wiki_behind_a_password_of_its_server_is_closed(
    peer: Peer, session: Session, status: int
) -> None:
    peer.script.append(Say("un mot de passe", status))

    assert not session.is_open()
    assert session.requests == 1
