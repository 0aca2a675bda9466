"""An HTTP server for the tests of the client: a test dictates what it answers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs


class Server:
    """A server on loopback, whose ``answer_to`` gets each request and its parameters."""

    def __init__(self) -> None:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # one packet an answer: no delayed acknowledgement to wait for

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                params = {name: values[0] for name, values in parse_qs(body, True).items()}
                server.answer_to(self, params)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/w/api.php"

    def answer_to(self, request: BaseHTTPRequestHandler, params: dict[str, str]) -> None:
        raise NotImplementedError

    @contextmanager
    def running(self) -> Iterator[Self]:
        try:
            yield self
        finally:
            self.server.shutdown()
            self.server.server_close()
            self.thread.join()


def send(
    request: BaseHTTPRequestHandler,
    body: bytes,
    status: int,
    headers: dict[str, str],
    most: int = -1,
) -> None:
    """An answer, or its first ``most`` bytes."""
    request.send_response(status)
    for name, value in headers.items():
        request.send_header(name, value)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body if most < 0 else body[:most])
