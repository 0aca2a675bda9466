"""The atelier as a web application: for the browser of this machine, or for a town."""

from __future__ import annotations

import hashlib
import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, Response, g, render_template, request
from werkzeug.exceptions import HTTPException

from loosbot.atelier.desk.desk import Desk
from loosbot.atelier.desk.preview import Previews, Wiki
from loosbot.atelier.desk.saves import SavedDrafts
from loosbot.atelier.desk.waiting import PendingTaskCache
from loosbot.atelier.guard import (
    MAX_BODY,
    MAX_PARTS,
    MAX_TEXT,
    OriginGuard,
    Refusal,
    given_back,
    guard,
    secret_in,
)
from loosbot.atelier.pages import deciding, filling, reading
from loosbot.atelier.pages.room import NAME, Atelier
from loosbot.atelier.town import identity
from loosbot.atelier.town.desks import Town, TownDesk
from loosbot.atelier.town.identity import Person, Unidentified
from loosbot.corpus.attached import MAX_BYTES
from loosbot.errors import UserError
from loosbot.files import write_private
from loosbot.html.typography import typeset_page
from loosbot.wiki.credentials import find

_ERROR_PAGES: Mapping[int, tuple[str, str]] = {
    400: ("Cette demande ne se comprend pas.", "Revenez en arrière, et recommencez."),
    403: (
        "Cette demande ne vient pas d’une page de l’atelier.",
        "Rien n’a été fait. Ouvrez l’atelier, et recommencez de là.",
    ),
    404: ("Cette page n’existe pas, ou n’existe plus.", "Le début montre tout ce qui est là."),
    405: ("Cette adresse ne se demande pas ainsi.", "Partez du début."),
    413: (
        "C’est trop gros pour être envoyé en une fois.",
        f"Une image pèse {MAX_BYTES >> 20} Mio au plus, un texte {MAX_TEXT >> 20} Mio ; un envoi, "
        f"{MAX_BODY >> 20} Mio et {MAX_PARTS} réponses. Le brouillon est gardé comme il était.",
    ),
    421: (
        "L’atelier ne répond pas sous ce nom.",
        "Ouvrez l’adresse que « loosbot atelier » affiche.",
    ),
}


def create_app(desk: Desk, port: int, env: Mapping[str, str]) -> Flask:
    """The application of one machine, answering under its own names at ``port``."""
    app = _app()
    hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
    private = desk.drafts.folder
    guard(app, OriginGuard(hosts, secret_in(private), f"atelier_{port}"))
    wiki = Wiki(lambda: find(desk.folder, env, desk.config().wiki))
    app.extensions[NAME] = Atelier(desk, Previews(wiki), PendingTaskCache(), SavedDrafts())
    app.jinja_env.globals.update(exercice=desk.practice, ville=False)
    _answer_errors(app, private, f"À joindre à un signalement : {private / _LOG}")
    return app


def create_town_app(
    town: Town,
    wiki: Wiki,
    who: Callable[[str], Person | Unidentified],
    origin_guard: OriginGuard,
    login: str,
) -> Flask:
    """The application of a town. ``who`` tells whose cookies these are, asked at every request;
    ``login`` is where the wiki lets somebody in."""
    app = _app()
    previews, waits, saves = Previews(wiki, shared=True), PendingTaskCache(), SavedDrafts()

    def admit() -> Refusal | None:
        person = who(_of_the_wiki(request.headers.get("Cookie", ""), origin_guard.cookie))
        if isinstance(person, Unidentified):
            message, hint = identity.explanation(person)
            return Refusal(identity.STATUS[person.trouble], message, hint)
        g.account = str(person.id)
        g.person = person.name
        try:
            setattr(g, NAME, Atelier(town.desk(person), previews, waits, saves))
        except UserError as error:
            return Refusal(503, error.message, error.hint)
        return None

    guard(app, replace(origin_guard, admit=admit))
    app.register_blueprint(deciding.blueprint)
    app.jinja_env.globals.update(
        ville=True, connexion=login, publie=_publishes, personne=lambda: g.get("person", "")
    )
    _answer_errors(app, town.private, "Prévenez la personne qui s’occupe de l’atelier.")
    return app


def _app() -> Flask:
    app = Flask("loosbot.atelier")
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.globals.update(max_octets=MAX_BYTES)
    app.register_blueprint(reading.blueprint)
    app.register_blueprint(filling.blueprint)
    app.after_request(_typeset)
    return app


def _typeset(response: Response) -> Response:
    """No line of a page begins with « ? » or ends with « « »."""
    if response.mimetype == "text/html" and not response.is_streamed:
        response.set_data(typeset_page(response.get_data(as_text=True)))
    return response


def _publishes() -> bool:
    here = g.get(NAME)
    return isinstance(here, Atelier) and isinstance(here.desk, TownDesk) and here.desk.publishes


def _of_the_wiki(cookies: str, ours: str) -> str:
    """The Cookie header without our own cookie."""
    parts = (part.strip() for part in cookies.split(";"))
    return "; ".join(part for part in parts if part and part.partition("=")[0] != ours)


def account_of(api: str) -> str:
    """A short hash of the wiki's address, to keep accounts of different wikis apart."""
    return hashlib.sha256(api.encode()).hexdigest()[:12]


def _answer_errors(app: Flask, private: Path, where: str) -> None:
    lock = threading.Lock()

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> tuple[str, int]:
        code = error.code or 400
        message, hint = _ERROR_PAGES.get(code, _ERROR_PAGES[400])
        return render_template("refus.html", message=message, hint=hint), code

    @app.errorhandler(UserError)
    def answer(error: UserError) -> tuple[str, int]:
        return _told(error.message, error.hint), 409

    @app.errorhandler(Exception)
    def failed(error: Exception) -> tuple[str, int]:
        with lock:
            _note(private, error)
        message = "L’atelier s’est trompé, pas vous ; veuillez l’excuser."
        return _told(message, where), 500


def _told(message: str, hint: str) -> str:
    """The page of what cannot be done, with all that was posted: a browser goes back to a page
    without the words that were typed there."""
    if request.method == "POST":
        return given_back(message, hint, "Recommencer")
    return render_template("refus.html", message=message, hint=hint)


_LOG = "erreurs.log"
_FULL = 1 << 20


def _note(folder: Path, error: Exception) -> None:
    """The log of an internal error: traceback, without anything that was typed."""
    lines = "".join(traceback.format_tb(error.__traceback__))
    file = folder / _LOG
    old = file.read_text(encoding="utf-8") if file.is_file() else ""
    entry = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {type(error).__name__}\n{lines}\n"
    write_private(file, (old + entry)[-_FULL:])
