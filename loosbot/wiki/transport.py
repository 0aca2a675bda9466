"""The HTTP connection under mwclient: where a request may go, and what came back.

mwclient repeats every POST after a 5xx or a dropped connection, edits included, and trips over a
lag header without Retry-After (0.11, client.py ``raw_call``). So it is asked for one exchange at
a time, with its own retries off, and everything that fails comes back as a value.
"""

from __future__ import annotations

import email.utils
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import mwclient
import requests
import urllib3.exceptions
from requests.cookies import extract_cookies_to_jar
from requests.structures import CaseInsensitiveDict

from loosbot.errors import LoosbotError
from loosbot.frozen import dataclass
from loosbot.parsing import whole_number
from loosbot.wiki.bounded import (
    LONGEST_EXCHANGE,
    AnswerTooLarge,
    InterruptibleAdapter,
    TooSlow,
    in_time,
    read,
)
from loosbot.wiki.credentials import is_loopback, normalised
from loosbot.wiki.failures import FailedExchange, Kind
from loosbot.wiki.shape import NotTheApi, Part
from loosbot.wiki.shape import read as read_answer

CONNECT_TIMEOUT = 10.0
ANSWER_TIMEOUT = 90.0
"""Seconds. A save of a large page with its links takes MediaWiki some tens of seconds."""

LONGEST_RETRY_AFTER = 24 * 3600.0

Attached = tuple[str, bytes]
"""A file that goes along with a request: its name and what it holds."""


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an ``api.php`` address, as mwclient wants them. ``host`` includes the port."""

    scheme: str
    host: str
    path: str
    loopback: bool


def parse_address(api: str) -> Address:
    """Split an ``api.php`` address; raise WikiUnavailable unless a password may go there."""
    parts = urlsplit(normalised(api))
    path = parts.path.removesuffix("api.php")
    return Address(parts.scheme, parts.netloc, path, is_loopback(parts.hostname))


class RedirectRefused(LoosbotError, requests.RequestException):
    """The server wants us elsewhere. ``target`` is scheme, host and path, without the query."""

    def __init__(self, target: str) -> None:
        super().__init__(target)
        self.target = target


@dataclass(frozen=True, slots=True)
class _PreparedRoute:
    """A prepared address, with the proxies and certificates that requests chose for it."""

    url: str
    headers: Mapping[str, str]
    settings: Mapping[str, Any]


class Transport(requests.Session):
    """The connection handed to mwclient as its ``pool``.

    It follows no redirect (a POST would become a GET, or the password would go elsewhere), never
    reads ``.netrc``, and goes straight to a loopback address whatever the proxy variables say.
    ``retry_after`` is what the last answer asked for, in seconds, or None.

    What is the same for each request is made ready once: of the time that requests takes for a
    page, it was half.
    """

    def __init__(self, user_agent: str, loopback: bool) -> None:
        super().__init__()
        self.headers["User-Agent"] = user_agent
        self.trust_env = not loopback
        # requests looks into .netrc only when no authentication is set
        self.auth = lambda request: request
        self.retry_after: float | None = None
        self._watched = InterruptibleAdapter()
        self.mount("https://", self._watched)
        self.mount("http://", self._watched)
        self._ways: dict[str, _PreparedRoute] = {}

    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        """One exchange. mwclient gives ``data``, ``files``, ``headers`` and ``timeout`` (seconds).

        Raises RedirectRefused where the answer leads to another address.
        """
        self.retry_after = None
        way = self._ways.get(url) or self._way(url)
        prepared = requests.PreparedRequest()
        prepared.method, prepared.url = method, way.url
        prepared.headers = CaseInsensitiveDict({**way.headers, **(kwargs.get("headers") or {})})
        prepared.prepare_body(kwargs.get("data"), kwargs.get("files"))
        prepared.prepare_cookies(self.cookies)
        with in_time(self._watched, LONGEST_EXCHANGE):
            response = self._watched.send(prepared, timeout=kwargs.get("timeout"), **way.settings)
            try:
                body = read(response)
            except BaseException:
                response.close()  # unread bytes must not be taken for the next answer
                raise
        extract_cookies_to_jar(self.cookies, prepared, response.raw)
        response._content, response._content_consumed = body, True
        # the API answers in UTF-8; guessing from the bytes may take minutes
        response.encoding = "utf-8"
        self.retry_after = read_retry_after(response.headers.get("Retry-After"), time.time())
        # mwclient would sleep on this header by itself, and fails where Retry-After is missing
        response.headers.pop("X-Database-Lag", None)
        if 300 <= response.status_code < 400:
            target = urlsplit(response.headers.get("Location", ""))
            raise RedirectRefused(f"{target.scheme}://{target.hostname}{target.path}")
        return response

    def _way(self, url: str) -> _PreparedRoute:
        """Proxies and certificates for this address, from the environment."""
        prepared = requests.PreparedRequest()
        prepared.prepare_url(url, None)
        address = str(prepared.url)
        settings = self.merge_environment_settings(address, {}, True, None, None)
        headers = {name: str(value) for name, value in self.headers.items()}
        self._ways[url] = _PreparedRoute(address, headers, settings)
        return self._ways[url]


def read_retry_after(value: str | None, now: float) -> float | None:
    """Seconds to wait from a Retry-After header (RFC 9110, 10.2.3): a number or an HTTP date, at
    ``now`` (seconds since 1970). At most ``LONGEST_RETRY_AFTER``; None where it says neither."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        seconds = whole_number(text)
        return LONGEST_RETRY_AFTER if seconds is None else min(float(seconds), LONGEST_RETRY_AFTER)
    try:
        ahead = email.utils.parsedate_to_datetime(text).timestamp() - now
    except (ValueError, OverflowError):
        return None
    return min(max(ahead, 0.0), LONGEST_RETRY_AFTER)


class Line:
    """One connection to one wiki: sends a request once and returns its result. Not thread-safe."""

    def __init__(self, address: Address, user_agent: str) -> None:
        self.transport = Transport(user_agent, address.loopback)
        self._site = mwclient.Site(
            address.host,
            path=address.path,
            scheme=address.scheme,
            pool=self.transport,
            max_retries=0,
            do_init=False,
            connection_options={"timeout": (CONNECT_TIMEOUT, ANSWER_TIMEOUT)},
        )

    def send(
        self, action: str, params: Mapping[str, str], attached: Attached | None = None
    ) -> Part | FailedExchange:
        """POST one API request, with a file where there is one.

        Nothing is raised, so no traceback can hold its parameters.
        """
        try:
            answer = self._answer(action, params, attached)
        except requests.HTTPError as error:
            if error.response is None:
                return _from_connection(error)
            return self._from_status(error.response)
        except RedirectRefused as error:
            return FailedExchange(
                Kind.FATAL,
                f"il renvoie vers une autre adresse, {error.target}",
                hint="Si cette adresse est la bonne, mettez-la dans LOOSBOT_WIKI.",
            )
        except AnswerTooLarge as error:
            return FailedExchange(Kind.FATAL, str(error))
        except requests.exceptions.SSLError as error:
            return _from_tls(error)
        except requests.RequestException as error:
            return _from_connection(error)
        except NotTheApi as error:
            return FailedExchange(Kind.FATAL, error.message.rstrip("."), hint=error.hint)
        if answer is None:
            return FailedExchange(Kind.LOST, "sa réponse est illisible (du JSON était attendu)")
        return answer

    def _answer(
        self, action: str, params: Mapping[str, str], attached: Attached | None
    ) -> Part | None:
        # the token goes last: a truncated request then changes nothing
        token = {name: params[name] for name in ("token",) if name in params}
        rest = {name: value for name, value in params.items() if name not in token}
        reply = self._site.raw_call(
            "api",
            {**rest, "action": action, "format": "json", **token},
            files={"file": attached} if attached else None,
            retry_on_error=False,
        )
        return read_answer(reply)

    def _from_status(self, response: requests.Response) -> Part | FailedExchange:
        if "json" in response.headers.get("Content-Type", ""):
            try:
                answer = read_answer(response.text)
            except NotTheApi:
                answer = None
            if answer and ("errors" in answer or "error" in answer):
                return answer
        status = response.status_code
        code = f"http-{status}"
        if status == 429:
            kind, detail = Kind.REFUSED, "il reçoit trop de requêtes (HTTP 429)"
        elif status >= 500:
            kind, detail = Kind.LOST, f"il est en panne ou débordé (HTTP {status})"
        else:
            kind, detail = Kind.FATAL, f"il refuse la requête (HTTP {status})"
        return FailedExchange(kind, detail, code, self.transport.retry_after)


def _from_tls(error: requests.exceptions.SSLError) -> FailedExchange:
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return FailedExchange(
            Kind.FATAL,
            "son certificat n’est pas valable",
            hint="Demandez à la personne qui gère le serveur ; loosbot ne passe pas outre.",
        )
    return FailedExchange(Kind.LOST, "la liaison chiffrée a échoué")


def _from_connection(error: requests.RequestException) -> FailedExchange:
    """Distinguish a request that was never sent from one whose answer is missing.

    urllib3 keeps the cause in ``reason``: only a failed *connection* proves that nothing was sent.
    """
    if isinstance(error, TooSlow):
        return FailedExchange(
            Kind.LOST, f"sa réponse n’est pas finie après {LONGEST_EXCHANGE:.0f} secondes"
        )
    reason = getattr(error.args[0], "reason", None) if error.args else None
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return FailedExchange(Kind.UNREACHED, "il ne répond pas")
    if isinstance(reason, urllib3.exceptions.NameResolutionError):
        return FailedExchange(Kind.UNREACHED, "son nom est inconnu du réseau")
    if isinstance(reason, urllib3.exceptions.NewConnectionError):
        return FailedExchange(Kind.UNREACHED, "la connexion est refusée")
    if isinstance(error, requests.exceptions.ProxyError):
        return FailedExchange(Kind.UNREACHED, "le serveur mandataire (proxy) ne répond pas")
    if isinstance(error, requests.Timeout):
        return FailedExchange(Kind.LOST, "sa réponse n’est pas venue à temps")
    return FailedExchange(Kind.LOST, "la connexion a été coupée avant la fin de la réponse")
