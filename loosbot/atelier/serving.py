"""Serving the atelier on this machine, for as long as the command runs."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import webbrowser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from waitress.server import create_server

from loosbot.atelier.app import create_app
from loosbot.atelier.desk import Desk
from loosbot.atelier.drafts import Drafts
from loosbot.atelier.guard import MAX_BODY
from loosbot.commands.output import say
from loosbot.corpus.tree import CORPUS_PATHS
from loosbot.errors import UsageError, UserError
from loosbot.files import private_folder
from loosbot.history import process
from loosbot.history.saving import author_of

HOST = "127.0.0.1"
FIRST_PORT = 8910
_TRIED = 50
_THREADS = 8
_NOBODY = "Une personne <essai@atelier.invalid>"


def serve(
    folder: Path,
    port: int | None,
    env: Mapping[str, str],
    *,
    practice: bool = False,
    opened: str = "/",
) -> int:
    """Serve until it is interrupted. Raises UsageError for a port that is taken, UserError."""
    drafts = Drafts(folder / ".drafts" if practice else private_folder(env, folder))
    desk = Desk(folder, drafts, practice=practice)
    bound = _bound(port)
    chosen = int(bound.getsockname()[1])
    app = create_app(desk, chosen, {} if practice else env)
    server = create_server(
        app, sockets=[bound], threads=_THREADS, max_request_body_size=MAX_BODY, ident="loosbot"
    )
    address = f"http://{HOST}:{chosen}{opened}"
    say("Terrain d’exercice : rien n’est publié." if practice else "L’atelier est ouvert.")
    say(f"  Adresse : {address}")
    say("  Pour le fermer : Ctrl+C. Les brouillons restent.")
    # who reads the address through a pipe waits for it
    sys.stdout.flush()
    if sys.stdout.isatty():
        webbrowser.open(address)
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
    return 0


def _bound(port: int | None) -> socket.socket:
    wanted = [port] if port else range(FIRST_PORT, FIRST_PORT + _TRIED)
    for number in wanted:
        found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((HOST, number))
        except OSError:
            found.close()
            continue
        return found
    raise UsageError(
        f"Le port {port or FIRST_PORT} est déjà pris.",
        "L’atelier est peut-être déjà ouvert. Sinon, choisissez-en un autre : --port 8950",
    )


@contextmanager
def practice_ground(folder: Path) -> Iterator[Path]:
    """A copy of a corpus, with a history of its own; gone at the end."""
    with tempfile.TemporaryDirectory(prefix="loosbot-essai-") as room:
        ground = Path(room) / "corpus"
        ground.mkdir()
        for name in CORPUS_PATHS:
            source = folder / name
            if source.is_dir():
                shutil.copytree(source, ground / name, symlinks=True)
            elif source.is_file():
                shutil.copy2(source, ground / name)
        author = author_of(folder) or _NOBODY
        name, _, address = author.partition(" <")
        for arguments in (
            ("init", "--quiet", "--initial-branch=essai"),
            ("config", "user.name", name),
            ("config", "user.email", address.removesuffix(">")),
            ("add", "--all"),
            ("commit", "--quiet", "--message", "Terrain d’exercice"),
        ):
            _git(ground, *arguments)
        yield ground


def _git(folder: Path, *arguments: str) -> None:
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env=process.environment({}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise UserError("Le terrain d’exercice ne peut pas être préparé.") from process.refusal(
            done.stderr
        )
