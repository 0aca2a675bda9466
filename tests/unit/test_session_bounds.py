"""A wiki that sends too much, too slowly, something else, or our own password back."""

from __future__ import annotations

import gzip
import json
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import quote

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st
from patience import LONG
from peers import Server, send

from loosbot.errors import WikiUnavailable
from loosbot.wiki.bounded import (
    LONGEST_ANSWER,
    AnswerTooLarge,
    InterruptibleAdapter,
    TooSlow,
    in_time,
    read,
)
from loosbot.wiki.credentials import Credentials
from loosbot.wiki.reader import Reader
from loosbot.wiki.redaction import HIDDEN
from loosbot.wiki.revisions import WikiRefusal
from loosbot.wiki.session import Session
from loosbot.wiki.writer import Writer

PASSWORD = "p09n & très<secret>"

JSON = {"Content-Type": "application/json; charset=utf-8"}
TOKEN = {"query": {"tokens": {"logintoken": "a+\\"}}}
WELCOME = {"login": {"result": "Success"}}
WHO = {
    "curtimestamp": "2026-01-01T00:00:00Z",
    "query": {
        "userinfo": {"id": 7, "name": "Robot", "rights": ["edit", "bot", "apihighlimits"]},
        "tokens": {"csrftoken": "c+\\"},
    },
}
SITE = {
    "query": {
        "general": {"generator": "MediaWiki 1.39.0", "sitename": "V", "lang": "fr", "base": "http"},
        "namespaces": {
            "0": {"id": 0, "case": "first-letter", "name": ""},
            "14": {"id": 14, "case": "first-letter", "name": "Catégorie", "canonical": "Category"},
        },
        "namespacealiases": [{"id": 6, "alias": "Image"}],
        "fileextensions": [{"ext": "png"}],
    }
}
PAGES = {
    "query": {
        "normalized": [{"from": "champ", "to": "Champ"}],
        "pages": [
            {
                "pageid": 3,
                "ns": 0,
                "title": "Champ",
                "revisions": [
                    {
                        "revid": 12,
                        "parentid": 11,
                        "user": "Ada",
                        "timestamp": "2026-01-01T00:00:00Z",
                        "comment": "",
                        "size": 4,
                        "sha1": "0" * 40,
                        "tags": [],
                        "slots": {"main": {"contentmodel": "wikitext", "content": "mots"}},
                    }
                ],
            }
        ],
    }
}
MEMBERS = {
    "query": {
        "categorymembers": [{"pageid": 3, "sortkeyprefix": "a:b"}],
        "pages": PAGES["query"]["pages"],
    }
}
LOG = {
    "query": {
        "logevents": [
            {
                "logid": 5,
                "type": "move",
                "action": "move",
                "title": "Champ",
                "logpage": 3,
                "params": {"target_title": "Pré"},
                "user": "Ada",
                "timestamp": "2026-01-01T00:00:00Z",
                "comment": "",
            }
        ]
    }
}

Answer = bytes | Callable[[Any], None]
"""A body, or what to do with the handler of the request."""


class Peer(Server):
    """A server that logs anyone in, and gives ``answer`` to all other requests.

    ``before`` stands in for the answer to a step of the login, by its action or type.
    """

    def __init__(self) -> None:
        self.answer: Answer = b"{}"
        self.before: dict[str, Answer] = {}
        self.headers: dict[str, str] = {}
        self.status = 200
        super().__init__()

    def answer_to(self, request: BaseHTTPRequestHandler, params: dict[str, str]) -> None:
        step = params.get("type", params["action"])
        usual = {"login": TOKEN, "csrf": WHO}.get(params.get("type", ""))
        if params["action"] == "login":
            step, usual = "password", WELCOME
        answer = self.before.get(step, self.answer)
        if usual and step not in self.before:
            send(request, json.dumps(usual).encode(), 200, JSON)
        elif callable(answer):
            answer(request)
        else:
            send(request, answer, self.status, JSON | self.headers)

    def session(self, slept: list[float] | None = None) -> Session:
        waits = [] if slept is None else slept
        return Session(Credentials(self.api, "Robot@app", PASSWORD), sleep=waits.append)


@pytest.fixture
def peer() -> Iterator[Peer]:
    with Peer().running() as peer:
        yield peer


@pytest.fixture(scope="module")
def lasting() -> Iterator[Peer]:
    with Peer().running() as peer:
        yield peer


def as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"query":' * 100_000,
        b'{"query": {"pages": ' + b"9" * 5000 + b"}}",
        b'{"query": NaN}',
        b"[]",
        b"<html>Portail captif</html>",
        b"\xff\xfe",
        b"",
    ],
    ids=["lists", "objects", "digits", "nan", "a list", "html", "no utf-8", "nothing"],
)
def test_what_is_no_answer_ends_in_three(peer: Peer, body: bytes) -> None:
    peer.answer = body
    slept: list[float] = []

    with pytest.raises(WikiUnavailable) as caught:
        peer.session(slept).call("query")

    assert caught.value.exit_code == 3
    assert "illisible" in caught.value.message
    assert sum(slept) <= 31


@pytest.mark.parametrize(
    ("step", "answer"),
    [
        ("login", {"query": {"tokens": []}}),
        ("login", {"query": {}}),
        ("login", {"batchcomplete": True}),
        ("login", {"query": {"tokens": {"logintoken": 5}}}),
        ("password", {"login": "Success"}),
        ("csrf", {"query": {"userinfo": [], "tokens": {"csrftoken": "a"}}}),
        ("csrf", {"query": {"userinfo": {"name": 5}, "tokens": {"csrftoken": "a"}}}),
        ("csrf", {"query": {"userinfo": {"name": "Robot", "rights": 5}}}),
        ("csrf", {**WHO, "query": {**WHO["query"], "tokens": {}}}),
        ("query", {"query": []}),
        ("query", {"query": {"pages": {"3": {}}}}),
        ("query", {"query": {"pages": [3]}}),
        ("query", {"query": {"pages": []}}),
        ("query", {"query": {"pages": [{"title": "Champ", "revisions": [{}]}]}}),
        ("query", {"query": {"pages": [{"title": "Champ", "revisions": [{"revid": "12"}]}]}}),
        ("query", {"query": {"pages": [{"title": "Champ", "ns": 1e999}]}}),
        ("query", {"error": "Interdit"}),
        ("query", {"errors": ["Interdit"]}),
        ("query", {"query": {"pages": [{"title": "Champ \ud800"}]}}),
        ("query", {**PAGES, "continue": {"rvcontinue": "1"}}),
        ("query", {**PAGES, "continue": "encore"}),
    ],
    ids=repr,
)
def test_another_shape_is_told_as_not_the_api(
    peer: Peer, step: str, answer: dict[str, Any]
) -> None:
    body = json.dumps(answer).encode()
    peer.before = {step: body}

    with pytest.raises(WikiUnavailable) as caught:
        Reader(peer.session()).pages(["Champ"])

    assert caught.value.exit_code == 3
    assert "n’est pas l’API d’un wiki MediaWiki" in caught.value.message or (
        "illisible" in caught.value.message
    )


@pytest.mark.parametrize("moment", ["", "hier", "9" * 5000, "2026-13-45T00:00:00Z", "2026-01-01"])
def test_a_moment_that_is_none_is_told(peer: Peer, moment: str) -> None:
    stamped = {"title": "Champ", "pageid": 3, "revisions": [{"revid": 12, "timestamp": moment}]}
    asked: list[tuple[dict[str, Any], Callable[[Reader], object]]] = [
        ({"curtimestamp": moment}, lambda reader: reader.now()),
        ({"query": {"pages": [stamped]}}, lambda reader: reader.pages(["Champ"])),
        (
            {"query": {"usercontribs": [{"pageid": 3, "revid": 12, "timestamp": moment}]}},
            lambda reader: reader.contributions("Loosbot", 5),
        ),
    ]
    for answer, reading in asked:
        peer.before = {"query": json.dumps(answer).encode()}
        with pytest.raises(WikiUnavailable, match="timestamp"):
            reading(Reader(peer.session()))


NODES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    | st.lists(st.integers() | st.text(max_size=3), max_size=2)
    | st.dictionaries(st.text(max_size=3), st.integers(), max_size=2)
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(item, (*path, key))


def changed(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    if new is LEFT_OUT and len(path) == 1:
        del copy[path[0]]
    else:
        copy[path[0]] = changed(value[path[0]], path[1:], new)
    return copy


LEFT_OUT = object()
READINGS: dict[str, tuple[dict[str, Any], Callable[[Reader], object]]] = {
    "site": (SITE, lambda reader: reader.site()),
    "pages": (PAGES, lambda reader: reader.pages(["champ"], content=True)),
    "pages by id": (PAGES, lambda reader: reader.pages_by_id([3])),
    "revisions": (PAGES, lambda reader: reader.revisions([12])),
    "history": (PAGES, lambda reader: reader.history(3, limit=5)),
    "tracked": (MEMBERS, lambda reader: reader.tracked("Catégorie:Fiches")),
    "log": (LOG, lambda reader: reader.log("move", "Champ")),
}


@pytest.mark.parametrize("name", READINGS)
def test_a_sound_answer_is_read(lasting: Peer, name: str) -> None:
    answer, reading = READINGS[name]
    lasting.answer = as_json(answer)

    assert reading(Reader(lasting.session()))


@pytest.mark.slow
@pytest.mark.parametrize("name", READINGS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_part_is_another_it_ends_in_three_or_is_read(
    lasting: Peer, name: str, data: st.DataObject
) -> None:
    answer, reading = READINGS[name]
    path = data.draw(st.sampled_from(list(places(answer))))
    new = data.draw(NODES if not path else NODES | st.just(LEFT_OUT))
    lasting.answer = as_json(changed(answer, path, new))

    try:
        reading(Reader(lasting.session()))
    except WikiUnavailable as refusal:
        assert refusal.exit_code == 3


@pytest.mark.slow
def test_an_answer_that_grows_when_it_is_unpacked_is_refused(peer: Peer) -> None:
    peer.answer = gzip.compress(b" " * (300 << 20), 1)
    peer.headers = {"Content-Encoding": "gzip"}
    session = peer.session()
    session.account()
    tracemalloc.start()
    started = time.process_time()

    with pytest.raises(WikiUnavailable, match="dépasse 32 Mio") as caught:
        session.call("query")

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert caught.value.exit_code == 3
    assert peak < 3 * LONGEST_ANSWER
    assert time.process_time() - started < 3


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "deflate", "zstd"])
def test_an_answer_packed_otherwise_than_we_asked_is_refused(peer: Peer, encoding: str) -> None:
    peer.answer = gzip.compress(gzip.compress(b"{}"))
    peer.headers = {"Content-Encoding": encoding}

    with pytest.raises(WikiUnavailable, match="comprimée d’une manière inattendue"):
        peer.session().call("query")


def test_a_packed_answer_is_read(peer: Peer) -> None:
    peer.answer = gzip.compress(as_json({"query": {"mots": "été"}}))
    peer.headers = {"Content-Encoding": "gzip"}

    assert peer.session().call("query") == {"query": {"mots": "été"}}


def test_an_answer_without_end_is_refused(peer: Peer) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b" " * (1 << 20))
        except OSError:
            return

    peer.answer = endless

    with pytest.raises(WikiUnavailable, match="dépasse 32 Mio"):
        peer.session().call("query")


@pytest.mark.slow
@pytest.mark.parametrize("in_head", [True, False], ids=["the head", "the body"])
def test_a_byte_now_and_then_is_not_waited_for(peer: Peer, in_head: bool) -> None:
    def dripping(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        handler.wfile.write(b"X-Slow: " if in_head else b"Content-Length: 5000\r\n\r\n")
        try:
            for _ in range(1200):
                handler.wfile.write(b"a")
                handler.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return

    peer.before = {"login": dripping}
    connection = requests.Session()
    adapter = InterruptibleAdapter()
    connection.mount("http://", adapter)
    started = time.monotonic()

    with pytest.raises(TooSlow), in_time(adapter, 0.5):
        sent = {"action": "query", "type": "login"}
        read(connection.post(peer.api, data=sent, stream=True, timeout=30))

    assert time.monotonic() - started < 30


def test_what_is_read_in_time_is_left_alone(peer: Peer) -> None:
    connection = requests.Session()
    adapter = InterruptibleAdapter()
    connection.mount("http://", adapter)

    with in_time(adapter, 30):
        body = read(connection.post(peer.api, data={"action": "query"}, stream=True))

    assert body == b"{}"
    with pytest.raises(AnswerTooLarge), in_time(adapter, 30):
        raise AnswerTooLarge


def echoes() -> list[str]:
    return [PASSWORD, PASSWORD.upper(), quote(PASSWORD), "p09n &amp; très&lt;secret&gt;"]


@pytest.mark.parametrize("echo", echoes())
@pytest.mark.parametrize(
    "answer",
    [
        {"login": {"result": "Failed", "reason": {"code": "x", "text": "mauvais {}"}}},
        {"login": {"result": "Failed", "reason": "mauvais {}"}},
        {"errors": [{"code": "{}", "text": "mauvais {}"}]},
        {"error": {"code": "x", "info": "mauvais {}"}},
    ],
    ids=["structured", "words", "errors", "error"],
)
def test_a_wiki_that_repeats_the_password_is_not_repeated(
    peer: Peer, echo: str, answer: dict[str, Any]
) -> None:
    peer.before = {"password": as_json(answer).replace(b"{}", echo.encode())}

    with pytest.raises(WikiUnavailable) as caught:
        peer.session().account()

    words = f"{caught.value.message} {caught.value.hint}"
    assert "p09n" not in words.casefold()
    assert f"mauvais {HIDDEN}" in words


@pytest.mark.parametrize(
    "answer",
    [
        {"errors": [{"code": "abusefilter", "text": f"refus : {PASSWORD}"}]},
        {"edit": {"result": "Failure", "code": "spam", "info": f"refus : {PASSWORD}"}},
    ],
    ids=["an error", "a failure"],
)
def test_a_save_refused_does_not_repeat_it_either(peer: Peer, answer: dict[str, Any]) -> None:
    peer.answer = as_json(answer)
    writer = Writer(peer.session())

    with pytest.raises(WikiRefusal) as caught:
        writer.session.call("edit", write=True)
        raise WikiRefusal("x", str(writer.session.call("edit", write=True)["edit"]["info"]))

    assert f"refus : {HIDDEN}" in str(caught.value)


def test_a_redirect_does_not_carry_it(peer: Peer) -> None:
    peer.status = 302
    peer.headers = {"Location": f"https://ailleurs.fr/{quote(PASSWORD)}/"}

    with pytest.raises(WikiUnavailable) as caught:
        peer.session().call("query")

    assert f"https://ailleurs.fr/{HIDDEN}/" in caught.value.message


def test_what_was_asked_for_stays_as_it_is(peer: Peer) -> None:
    page = json.loads(json.dumps(PAGES).replace("mots", json.dumps(PASSWORD)[1:-1]))
    peer.answer = as_json(page)

    state = Reader(peer.session()).pages(["champ"], content=True)["champ"]

    assert state.revision is not None
    assert state.revision.text == PASSWORD


def test_a_refusal_of_a_million_signs_is_cut(peer: Peer) -> None:
    peer.answer = as_json({"errors": [{"code": "x", "text": "non " * 250_000}]})

    with pytest.raises(WikiUnavailable) as caught:
        peer.session().call("query")

    assert len(caught.value.message) < 2_200


def test_of_two_exchanges_the_one_that_is_due_first_is_cut() -> None:
    cut = threading.Event()

    class Told(InterruptibleAdapter):
        def cut(self) -> None:
            cut.set()

    with in_time(InterruptibleAdapter(), LONG):
        with pytest.raises(TooSlow), in_time(Told(), 0.05):
            assert cut.wait(LONG)
        with in_time(InterruptibleAdapter(), LONG):
            time.sleep(0.05)
