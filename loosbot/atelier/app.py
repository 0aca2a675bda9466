"""The atelier as a web application, for the browser of this machine."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, render_template
from werkzeug.exceptions import HTTPException

from loosbot.atelier import filling, pages
from loosbot.atelier.desk import Desk
from loosbot.atelier.guard import MAX_BODY, Door, guard, secret_in
from loosbot.atelier.preview import Previews
from loosbot.atelier.room import NAME, Atelier
from loosbot.atelier.waiting import Waits
from loosbot.errors import UserError
from loosbot.wiki.instance import write_private

_SAID: Mapping[int, tuple[str, str]] = {
    400: ("Cette demande ne se comprend pas.", "Revenez en arrière, et recommencez."),
    403: (
        "Cette demande ne vient pas d’une page de l’atelier.",
        "Rien n’a été fait. Ouvrez l’atelier, et recommencez de là.",
    ),
    404: ("Cette page n’existe pas, ou n’existe plus.", "Le début montre tout ce qui est là."),
    405: ("Cette adresse ne se demande pas ainsi.", "Partez du début."),
    413: (
        "C’est trop gros pour être envoyé en une fois.",
        f"Une image pèse 8 Mio au plus, un envoi {MAX_BODY >> 20} Mio. Votre texte est gardé "
        "jusqu’au dernier enregistrement du brouillon.",
    ),
    421: (
        "L’atelier ne répond pas sous ce nom.",
        "Ouvrez l’adresse que « loosbot atelier » affiche.",
    ),
}


def create_app(desk: Desk, port: int, env: Mapping[str, str]) -> Flask:
    """The application, answering under this machine's own names at ``port``."""
    app = Flask("loosbot.atelier")
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
    private = desk.drafts.folder
    guard(app, Door(hosts, secret_in(private), f"atelier_{port}"))
    app.extensions[NAME] = Atelier(desk, Previews(desk, env), Waits(desk))
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(filling.blueprint)
    app.jinja_env.globals["exercice"] = desk.practice
    lock = threading.Lock()

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> tuple[str, int]:
        code = error.code or 400
        message, hint = _SAID.get(code, _SAID[400])
        return render_template("refus.html", message=message, hint=hint), code

    @app.errorhandler(UserError)
    def told(error: UserError) -> tuple[str, int]:
        return render_template("refus.html", message=error.message, hint=error.hint), 409

    @app.errorhandler(Exception)
    def failed(error: Exception) -> tuple[str, int]:
        with lock:
            _note(private, error)
        message = "L’atelier s’est trompé, pas vous ; veuillez l’excuser."
        hint = f"Votre brouillon est gardé. À joindre à un signalement : {private / _LOG}"
        return render_template("refus.html", message=message, hint=hint), 500

    return app


_LOG = "erreurs.log"
_FULL = 1 << 20


def _note(folder: Path, error: Exception) -> None:
    """What a developer needs of a fault of ours, without a word of what was typed."""
    lines = "".join(traceback.format_tb(error.__traceback__))
    file = folder / _LOG
    old = file.read_text(encoding="utf-8") if file.is_file() else ""
    said = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {type(error).__name__}\n{lines}\n"
    write_private(file, (old + said)[-_FULL:])
