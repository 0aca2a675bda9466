"""Reading an HTTP answer within limits of size and time."""

from __future__ import annotations

import math
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import requests
import urllib3
import urllib3.exceptions
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict

from loosbot.errors import LoosbotError

LONGEST_ANSWER = 32 << 20
"""Bytes, decompressed. MediaWiki's own limit for a result is 8 MiB ($wgAPIMaxResultSize), and
JSON writes some signs with two bytes or more."""
LONGEST_SENT = 16 << 20
"""Bytes on the wire: text is compressed about five to one."""
LONGEST_EXCHANGE = 240.0
"""Seconds from the request to the last byte: more than PHP itself may work for one request."""
_PIECE = 64 << 10


class AnswerTooLarge(LoosbotError, requests.RequestException):
    """The answer is larger than any that MediaWiki gives. The message is French."""


class TooSlow(LoosbotError, requests.Timeout):
    """The answer did not end in time, though bytes kept coming."""


class InterruptibleAdapter(HTTPAdapter):
    """An HTTP adapter whose current connection another thread can close."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self._at_work: list[Any] = []
        self.poolmanager.pool_classes_by_scheme = _watching(self._at_work)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = _watching(self._at_work)
        return manager

    def build_response(self, req: requests.PreparedRequest, resp: Any) -> requests.Response:
        """As requests does it, without extracting cookies: the session does that already."""
        response = requests.Response()
        response.status_code, response.reason = resp.status, resp.reason
        response.headers = CaseInsensitiveDict(resp.headers)
        response.raw, response.request, response.url = resp, req, str(req.url)
        return response

    def cut(self) -> None:
        """Close the current connection: the thread that reads sees it closed."""
        for connection in self._at_work:
            if (link := getattr(connection, "sock", None)) is not None:
                with suppress(OSError):  # it may have ended in the meantime
                    link.shutdown(socket.SHUT_RDWR)


def _watching(at_work: list[Any]) -> dict[str, Any]:
    class Plain(urllib3.HTTPConnectionPool):
        def _get_conn(self, timeout: float | None = None) -> Any:
            at_work[:] = [super()._get_conn(timeout)]
            return at_work[0]

    class Tls(urllib3.HTTPSConnectionPool):
        def _get_conn(self, timeout: float | None = None) -> Any:
            at_work[:] = [super()._get_conn(timeout)]
            return at_work[0]

    return {"http": Plain, "https": Tls}


@contextmanager
def in_time(adapter: InterruptibleAdapter, seconds: float) -> Iterator[None]:
    """Raise TooSlow when what is inside is not done after ``seconds``.

    A socket's own timeout begins anew with each byte, so one byte a second passes it for ever.
    """
    _WATCH.begin(adapter, seconds)
    try:
        yield
    except requests.RequestException as error:
        if _WATCH.end(adapter):
            raise TooSlow from error
        raise
    finally:
        late = _WATCH.end(adapter)
    if late:  # headers that are cut off look like complete ones
        raise TooSlow


class _Watch:
    """Closes exchanges that last too long.

    One thread watches all, and sleeps until the first deadline: a thread for each exchange costs a
    tenth of an edit."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._due: dict[InterruptibleAdapter, float] = {}
        self._late: set[InterruptibleAdapter] = set()
        self._wakes = math.inf

    def begin(self, adapter: InterruptibleAdapter, seconds: float) -> None:
        """Cut the exchange of ``adapter`` in so many seconds, unless :meth:`end` comes first."""
        with self._changed:
            self._due[adapter] = at = time.monotonic() + seconds
            if at >= self._wakes:
                return
            if self._wakes == math.inf:
                threading.Thread(target=self._look, daemon=True).start()
            self._wakes = at
            self._changed.notify()

    def end(self, adapter: InterruptibleAdapter) -> bool:
        """Stop watching; whether the exchange was cut. None is cut after this returns."""
        with self._changed:
            self._due.pop(adapter, None)
            was_late = adapter in self._late
            self._late.discard(adapter)
            return was_late

    def _look(self) -> None:
        with self._changed:
            while self._due:
                now = time.monotonic()
                for adapter in [adapter for adapter, at in self._due.items() if at <= now]:
                    del self._due[adapter]
                    self._late.add(adapter)
                    adapter.cut()
                self._wakes = min(self._due.values(), default=now)
                self._changed.wait(self._wakes - now)
            self._wakes = math.inf


_WATCH = _Watch()


def read(response: requests.Response) -> bytes:
    """The body of an answer that is read as a stream. Raises RequestException."""
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise AnswerTooLarge(f"sa réponse est comprimée d’une manière inattendue ({encoding[:40]})")
    gzip = zlib.decompressobj(wbits=31) if encoding.endswith("gzip") else None
    pieces: list[bytes] = []
    size = sent = 0
    for piece in _pieces(response):
        sent += len(piece)
        try:
            data = gzip.decompress(piece, LONGEST_ANSWER + 1 - size) if gzip else piece
        except zlib.error as error:
            raise requests.ConnectionError(error) from error
        size += len(data)
        if size > LONGEST_ANSWER or sent > LONGEST_SENT + (0 if gzip else LONGEST_ANSWER):
            raise AnswerTooLarge(
                f"sa réponse dépasse {LONGEST_ANSWER >> 20} Mio, plus que ce qu’un wiki envoie"
            )
        pieces.append(data)
    return b"".join(pieces)


def _pieces(response: requests.Response) -> Iterator[bytes]:
    try:
        while piece := response.raw.read(_PIECE, decode_content=False):
            yield piece
    except urllib3.exceptions.ReadTimeoutError as error:
        raise requests.ReadTimeout(error) from error
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise requests.ConnectionError(error) from error
