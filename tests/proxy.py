"""A proxy between the bot and a real wiki, at which things go wrong when a test says so.

A ``Fault`` is what becomes of one request (``faults.py`` has them): it may forward it to the wiki
or not, answer something else, close the connection, or let a person act before or after.
"""

from __future__ import annotations

import contextlib
import email
import http.client
import signal
import socket
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlencode, urlsplit

from desk import Desk
from patience import LONG
from wikis import Person, Wiki

from loosbot.wiki.credentials import Credentials
from loosbot.wiki.session import Session

WRITES = ("edit", "move", "upload")
_KEPT = ("content-type", "content-encoding", "retry-after", "set-cookie", "mediawiki-api-error")


@dataclass(frozen=True)
class Request:
    """One POST of the bot. ``number`` counts from 1, ``nth`` counts those of the same action.

    ``named`` is the title of the page that is named by its id alone, as the wiki has it then.
    """

    number: int
    nth: int
    at: float
    params: Mapping[str, str]
    named: str = ""

    @property
    def action(self) -> str:
        return self.params.get("action", "")

    @property
    def title(self) -> str:
        """The page that a write is about, "" for what is about none or several."""
        if self.named:
            return self.named
        return self.params.get("title", self.params.get("to", self.params.get("filename", "")))

    @property
    def writes(self) -> bool:
        return self.action in WRITES


@dataclass(frozen=True)
class Answer:
    """``length`` is what the header promises; ``body`` may fall short of it."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    length: int


@dataclass(frozen=True)
class Exchange:
    """A request on its way, and what can be done with it."""

    request: Request
    proxy: Proxy
    headers: Mapping[str, str]
    body: bytes

    def forward(self, **changed: str) -> Answer:
        """Hand it to the wiki, some parameters changed; the wiki's whole answer."""
        headers = dict(self.headers) | {"Connection": "close", "Host": self.proxy.target.netloc}
        if self.proxy.dead & set(cookies(headers)):
            headers.pop("Cookie")
        body = self.body
        if changed:
            # a file never comes back out of its form: only plain requests can be changed
            body = urlencode({**self.request.params, **changed}).encode()
        headers["Content-Length"] = str(len(body))
        target = self.proxy.target
        line = http.client.HTTPConnection(target.hostname or "", target.port, timeout=LONG)
        with contextlib.closing(line):
            line.request("POST", target.path, body, headers)
            answer = line.getresponse()
            content = answer.read()
            kept = tuple(header for header in answer.getheaders() if header[0].lower() in _KEPT)
            return Answer(answer.status, kept, content, len(content))


Fault = Callable[[Exchange], Answer | None]
"""What becomes of one request: the answer that the bot gets, None for a closed connection."""
Match = Callable[[Request], bool]


@dataclass
class _Rule:
    match: Match
    fault: Fault
    left: int


class Proxy:
    """Everything passes, until ``on`` or ``script`` says otherwise. ``seen`` is what came."""

    def __init__(self, wiki: Wiki) -> None:
        self.wiki = wiki
        self.target = urlsplit(wiki.api)
        self.script: Callable[[Request], Fault | None] = lambda request: None
        self.seen: list[Request] = []
        self.faults: list[tuple[Request, Fault]] = []
        self.dead: set[str] = set()
        self.alone = threading.Lock()
        self._rules: list[_Rule] = []
        self._lock = threading.Lock()
        self._admin: Person | None = None
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.api = f"http://127.0.0.1:{self._server.server_address[1]}{self.target.path}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def on(self, match: Match, fault: Fault, times: int = 1) -> None:
        """Have the next ``times`` requests that match go wrong."""
        self._rules.append(_Rule(match, fault, times))

    def heal(self) -> None:
        """From now on everything passes."""
        self._rules.clear()
        self.script = lambda request: None

    def before(self, desk: Desk) -> Desk:
        """The same desk, whose bot speaks to the wiki through here. People still go straight."""
        known = self.wiki.credentials
        through = Credentials(self.api, known.user, known.password)
        return replace(desk, wiki=replace(self.wiki, credentials=through))

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, body: bytes, headers: Mapping[str, str]) -> Answer | None:
        """What the bot gets for one request."""
        params = _params(body, headers)
        named = self._title(params["pageid"]) if "pageid" in params else ""
        with self._lock:
            action = params.get("action", "")
            nth = sum(request.action == action for request in self.seen) + 1
            request = Request(len(self.seen) + 1, nth, time.monotonic(), params, named)
            self.seen.append(request)
            fault = self._fault(request)
            if fault:
                self.faults.append((request, fault))
        exchange = Exchange(request, self, headers, body)
        return fault(exchange) if fault else exchange.forward()

    def _title(self, pageid: str) -> str:
        with self._lock:
            self._admin = self._admin or self.wiki.person(self.wiki.admin)
            answer = self._admin.call(action="query", pageids=pageid)
        return str(answer["query"]["pages"][0].get("title", ""))

    def _fault(self, request: Request) -> Fault | None:
        for rule in self._rules:
            if rule.left > 0 and rule.match(request):
                rule.left -= 1
                return rule.fault
        return self.script(request)


@contextlib.contextmanager
def standing(wiki: Wiki) -> Iterator[Proxy]:
    """A proxy before this wiki, closed at the end."""
    proxy = Proxy(wiki)
    try:
        yield proxy
    finally:
        proxy.close()


def killed(desk: Desk, match: Match, *words: str) -> None:
    """``loosbot sync`` as a process that is killed when the first such request leaves."""
    with standing(desk.wiki) as proxy:
        run = proxy.before(desk).start("sync", "--yes", *words)

        def strike(exchange: Exchange) -> None:
            run.send_signal(signal.SIGKILL)

        proxy.on(match, strike)
        run.communicate(timeout=LONG)
        assert run.returncode == -signal.SIGKILL
    desk.wiki.settle()


@contextlib.contextmanager
def hurried() -> Iterator[dict[int, float]]:
    """The bot waits as often as ever, and fifty times less long: only its clock is changed.

    Yields the seconds that each of its connections meant to wait, by the thread that has it.
    """
    meant: dict[int, float] = defaultdict(float)

    def sleep(seconds: float) -> None:
        meant[threading.get_ident()] += seconds
        time.sleep(seconds / 50)

    defaults = Session.__init__.__kwdefaults__ or {}
    real = defaults["sleep"]
    defaults["sleep"] = sleep
    try:
        yield meant
    finally:
        defaults["sleep"] = real


def edits(title: str) -> Match:
    """Matches a save of this page."""
    return lambda request: request.action == "edit" and request.title == title


def nth(action: str, *numbers: int) -> Match:
    """Matches the requests of one action by their number, from 1 on."""
    return lambda request: request.action == action and request.nth in numbers


def cookies(headers: Mapping[str, str]) -> list[str]:
    """The cookies that make a session, as ``name=value``."""
    pairs = [pair.strip() for pair in headers.get("Cookie", "").split(";")]
    return [pair for pair in pairs if pair.partition("=")[0].endswith("ession")]


def _params(body: bytes, headers: Mapping[str, str]) -> dict[str, str]:
    """The parameters of a request; a form with a file holds them one part each."""
    kind = headers.get("Content-Type", "")
    if not kind.startswith("multipart/"):
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    form = email.message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    params = {}
    for part in form.walk():
        name = part.get_param("name", header="content-disposition")
        if isinstance(name, str) and name != "file":
            params[name] = str(part.get_payload())
    return params


def _handler(proxy: Proxy) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # connections are kept and used again, as on a real wiki

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = proxy.answer(body, dict(self.headers))
            if answer is None or len(answer.body) < answer.length:
                self.close_connection = True
            # a bot that was killed is not there any more to listen
            with contextlib.suppress(ConnectionError):
                if answer is not None:
                    self._send(answer)
                if self.close_connection:
                    self.wfile.flush()
                    self.connection.shutdown(socket.SHUT_RDWR)

        def _send(self, answer: Answer) -> None:
            self.send_response(answer.status)
            for name, value in answer.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(answer.length))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler
