"""Access control of the atelier: same host, same origin, CSRF token.

A page of any other site can make a browser send a form here, with a name of its own that leads
to this machine. So the address that was asked for, the page that a form comes from and a token
that only our pages hold are all looked at.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, g, jsonify, render_template, request

from loosbot.files import PRIVATE, replace_file

TOKEN = "_jeton"  # noqa: S105 - the name of a field of the forms
HEADER = "X-Jeton"
_COOKIE = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
_METHODS = ("GET", "HEAD", "POST")
_OWN = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
_RULES = "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
POLICY = _OWN + _RULES
MAX_BODY = 40 << 20
"""Bytes of one request: more than a photograph has, for what is too big is told in the form, where
all that was typed is; a browser that is not heard to the end shows a page of its own there."""
MAX_TEXT = 6 << 20
MAX_PARTS = 20_000


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered: in French, with the status of HTTP."""

    status: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class OriginGuard:
    """``hosts`` are the names under which the atelier answers, with their port, by ``scheme`` and
    below ``prefix``. ``admit`` looks who asks: it leaves in ``g`` what the pages work with, and
    in ``g.account`` a word that is theirs alone, or tells why nobody is known."""

    hosts: Collection[str]
    secret: bytes
    cookie: str
    scheme: str = "http"
    prefix: str = ""
    admit: Callable[[], Refusal | None] = lambda: None

    def origins(self) -> set[str]:
        return {f"{self.scheme}://{host}" for host in self.hosts}


def secret_in(folder: Path) -> bytes:
    """The key of the tokens, the same after a restart: an open page stays good."""
    file = folder / "cle"
    try:
        secret = file.read_bytes()
        if len(secret) == 32:
            return secret
    except OSError:
        pass
    new_secret = secrets.token_bytes(32)
    replace_file(file, new_secret, PRIVATE)
    return new_secret


def guard(app: Flask, origin_guard: OriginGuard) -> None:
    """Install the checks before each request, and the headers after it."""
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_BODY, MAX_FORM_MEMORY_SIZE=MAX_TEXT, MAX_FORM_PARTS=MAX_PARTS
    )

    @app.before_request
    def look() -> Response | tuple[str, int] | None:
        if request.host not in origin_guard.hosts:
            abort(421)
        if request.method not in _METHODS:
            abort(405)
        known = request.cookies.get(origin_guard.cookie, "")
        g.session = known if _COOKIE.fullmatch(known) else secrets.token_urlsafe(32)
        g.new_session = g.session != known
        if request.method == "POST":
            if request.headers.get("Origin") not in origin_guard.origins():
                abort(403)
            if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
                abort(403)
        if request.path.startswith("/static/"):
            return None
        if request.mimetype != "multipart/form-data":
            request.max_content_length = MAX_TEXT  # no file is in it
        refusal = origin_guard.admit()
        g.token = token(origin_guard.secret, f"{g.session}:{g.get('account', '')}")
        if refusal is not None:
            return _refused(refusal)
        if request.method != "POST":
            return None
        sent_token = request.headers.get(HEADER) or request.form.get(TOKEN, "")
        # the page that gave back what was typed while nobody was known is sent again by whoever
        # logged in since, in this very browser
        good = (g.token, token(origin_guard.secret, f"{g.session}:"))
        given_bytes = sent_token.encode("utf-8", "replace")
        if not any(hmac.compare_digest(given_bytes, expected.encode()) for expected in good):
            return _too_old()
        return None

    @app.after_request
    def close(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        headers["X-Frame-Options"] = "DENY"
        headers["X-Content-Type-Options"] = "nosniff"
        # with « no-referrer » browsers send forms without their origin
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if not request.path.startswith("/static/"):
            headers["Cache-Control"] = "no-store"
        if getattr(g, "new_session", False):
            response.set_cookie(
                origin_guard.cookie,
                g.session,
                httponly=True,
                samesite="Strict",
                secure=origin_guard.scheme == "https",
                path=origin_guard.prefix or "/",
            )
        return response

    app.jinja_env.globals["jeton"] = lambda: getattr(g, "token", "")


def token(secret: bytes, session: str) -> str:
    """What a form of this session holds."""
    return hmac.new(secret, session.encode(), hashlib.sha256).hexdigest()


def _refused(refusal: Refusal) -> Response | tuple[str, int]:
    """The page for somebody unknown or without rights: the reason, and what was posted."""
    if request.path.endswith("/garder"):
        answer = jsonify({"erreur": refusal.message, "conseil": refusal.hint})
        answer.status_code = refusal.status
        return answer
    if request.method == "POST":
        page = given_back(refusal.message, refusal.hint, "Réessayer")
        return page, refusal.status
    page = render_template("refus.html", message=refusal.message, hint=refusal.hint)
    return page, refusal.status


def _too_old() -> tuple[str, int]:
    """The page for an expired token: shows what was posted, and can send it again."""
    message = "Cette page était ouverte depuis trop longtemps"
    hint = "Rien n’est perdu : tout ce que vous avez écrit est dans cette page. Un geste, et cela "
    return given_back(message, hint + "continue.", "Continuer"), 409


def given_back(message: str, hint: str, again: str) -> str:
    """What was typed, in a page that shows it and can send it again."""
    answers = [
        (name, text) for name, texts in request.form.lists() if name != TOKEN for text in texts
    ]
    address = request.script_root + request.path
    return render_template(
        "rendu.html", kept=answers, address=address, message=message, hint=hint, again=again
    )
