"""Who somebody is: every answer of ``meta=userinfo``, and an asking that gives nothing away."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from loosbot.atelier.serving import public_address
from loosbot.atelier.town.asking import Wiki
from loosbot.atelier.town.identity import Person, Unidentified, explanation, read_answer
from loosbot.errors import UsageError

USER = {"id": 7, "name": "Agnès Dupont", "groups": ["*", "user", "autoconfirmed"]}
BLOCK = {"blockid": 3, "blockedby": "Admin", "blockreason": "essai", "blockexpiry": "infinite"}


def answer(**userinfo: Any) -> dict[str, Any]:
    return {"batchcomplete": True, "query": {"userinfo": userinfo}}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [  # plain numbers as ids: a set is written in another order by each process
        (answer(**USER), Person(7, "Agnès Dupont", frozenset(USER["groups"]))),
        (answer(id=0, name="127.0.0.1", anon=True), Unidentified("logged-out")),
        (answer(**{**USER, "anon": True}), Unidentified("logged-out")),
        (answer(**{**USER, "id": 0}), Unidentified("logged-out")),
        (answer(**{**USER, "id": True}), Unidentified("logged-out")),
        (answer(**{**USER, "id": "7"}), Unidentified("logged-out")),
        (answer(id=9, name="~2026-1", temp=True, groups=["*", "temp"]), Unidentified("temporary")),
        (answer(id=9, name="Sans groupe"), Unidentified("temporary")),
        (answer(**USER, **BLOCK, blockpartial=False), Unidentified("blocked", "essai", "")),
        (answer(**USER, **BLOCK), Unidentified("blocked", "essai", "")),
        (
            answer(**USER, **{**BLOCK, "blockexpiry": "2027-03-04T10:00:00Z"}),
            Unidentified("blocked", "essai", "4 mars 2027"),
        ),
        (
            answer(**USER, **BLOCK, blockpartial=True),
            Person(7, "Agnès Dupont", frozenset(USER["groups"])),
        ),
        ({"error": {"code": "readapidenied"}}, Unidentified("logged-out")),
        ({"error": {"code": "internal_api_error"}}, Unidentified("silent")),
        ({"query": []}, Unidentified("silent")),
        (["rien"], Unidentified("silent")),
        (None, Unidentified("silent")),
    ],
    ids=range(17),
)
def test_an_answer_names_a_person_or_tells_why_not(answer: Any, expected: Any) -> None:
    assert read_answer(answer) == expected


def test_the_groups_of_everybody_give_no_right() -> None:
    person = Person(7, "Agnès", frozenset({"*", "user", "referents"}))
    assert person.publishes(["referents"])
    assert not person.publishes(["*", "user"])
    assert not person.publishes([])


def test_a_block_without_end_says_no_date() -> None:
    message, hint = explanation(Unidentified("blocked", "essai", ""))
    assert "bloqué" in message and "Jusqu’au" not in hint and "essai" in hint


@contextmanager
def answering(reply: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A server that gives one answer to everybody; what it was asked."""
    asked: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                asked.append(connection.recv(65536))
                connection.sendall(reply)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/api.php", asked
    finally:
        over.set()
        listening.close()


def reply(body: bytes, status: bytes = b"200 OK", *headers: bytes) -> bytes:
    head = [b"HTTP/1.1 " + status, b"Content-Length: %d" % len(body), b"Connection: close"]
    return b"\r\n".join([*head, *headers, b"", body])


GOOD = b'{"query":{"userinfo":{"id":7,"name":"Marie","groups":["*","user"]}}}'


def test_the_cookies_go_to_the_address_of_the_configuration_alone() -> None:
    with answering(reply(GOOD)) as (elsewhere, sent):
        location = b"Location: " + elsewhere.encode()
        with answering(reply(b"", b"302 Found", location)) as (api, asked):
            assert Wiki(api).who("wiki_session=abc") == Unidentified("silent")
        assert b"wiki_session=abc" in asked[0] and sent == []


def test_cookies_of_an_answer_never_go_with_somebody_else() -> None:
    with answering(reply(GOOD, b"200 OK", b"Set-Cookie: wiki_session=autre")) as (api, asked):
        wiki = Wiki(api)
        assert isinstance(wiki.who("wiki_session=abc"), Person)
        wiki.who("wiki_session=def")
    assert b"autre" not in asked[1] and b"wiki_session=def" in asked[1]


@pytest.mark.parametrize(
    "answer",
    [
        reply(b"<html>une panne</html>"),
        reply(GOOD, b"500 Oh"),
        reply(b'{"query":' + b"[" * 60_000),
        reply(b" " * 80_000 + GOOD),
        b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n" + GOOD,
        b"\0\0\0",
    ],
    ids=["html", "500", "deep", "long", "cut", "noise"],
)
def test_an_answer_that_is_none_names_nobody(answer: bytes) -> None:
    with answering(answer) as (api, _):
        assert Wiki(api).who("wiki_session=abc") == Unidentified("silent")


def test_no_server_names_nobody() -> None:
    assert Wiki("http://127.0.0.1:9/api.php").who("wiki_session=abc") == Unidentified("silent")


@pytest.mark.parametrize("cookies", ["", "a=b\r\nX: y", "a=" + "b" * 20_000, "a=\u20ac"])
def test_a_header_that_is_none_is_sent_to_nobody(cookies: str) -> None:
    with answering(reply(GOOD)) as (api, asked):
        assert Wiki(api).who(cookies) == Unidentified("logged-out")
    assert asked == []


@pytest.mark.parametrize(
    ("address", "origin", "prefix"),
    [
        ("https://www.exemple.fr/atelier/", "https://www.exemple.fr", "/atelier"),
        ("https://atelier.exemple.fr", "https://atelier.exemple.fr", ""),
        ("https://www.exemple.fr:443/a/b", "https://www.exemple.fr", "/a/b"),
        ("http://127.0.0.1:8910/", "http://127.0.0.1:8910", ""),
    ],
)
def test_the_address_that_people_open(address: str, origin: str, prefix: str) -> None:
    public = public_address(address)
    assert public.origin_guard(b"", 1).origins() == {origin}
    assert public.prefix == prefix


@pytest.mark.parametrize(
    "address",
    ["", "www.exemple.fr/atelier", "ftp://x.fr", "http://www.exemple.fr/", "https://a@b.fr/",
     "https://b.fr/?x=1", "https://b.fr/a b", "https://b.fr:port/", "https://b.fr/a;b"],
)  # fmt: skip
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(UsageError):
        public_address(address)


@pytest.mark.parametrize(
    ("api", "login"),
    [
        ("http://127.0.0.1:8080/mediawiki/api.php", "https://www.exemple.fr/mediawiki/index.php"),
        ("https://wiki.exemple.fr/w/api.php", "https://wiki.exemple.fr/w/index.php"),
    ],
)
def test_where_the_wiki_lets_somebody_in(api: str, login: str) -> None:
    public = public_address("https://www.exemple.fr/atelier/")
    assert public.login(api) == f"{login}?title=Special:UserLogin"
