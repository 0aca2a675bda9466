"""Serving the atelier on this machine, for as long as the command runs, and the address
under which people open it: from the configuration, never from a header."""

from __future__ import annotations

import logging
import re
import shutil
import socket
import sys
import tempfile
import webbrowser
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from waitress.server import create_server

from loosbot.atelier.app import account_of, create_app, create_town_app
from loosbot.atelier.desk.desk import Desk
from loosbot.atelier.desk.drafts import Drafts
from loosbot.atelier.desk.preview import Wiki
from loosbot.atelier.guard import MAX_BODY, OriginGuard, secret_in
from loosbot.atelier.town.asking import Wiki as Asking
from loosbot.atelier.town.desks import Town
from loosbot.corpus.tree import CORPUS_PATHS
from loosbot.errors import UsageError, UserError
from loosbot.files import private_folder
from loosbot.history import process
from loosbot.history.saving import author_of
from loosbot.wiki.credentials import find, is_loopback

HOST = "127.0.0.1"
FIRST_PORT = 8910
_TRIED = 50
_THREADS = 8
Say = Callable[[str], None]
_NOBODY = "Une personne <essai@atelier.invalid>"


def serve(
    folder: Path,
    port: int | None,
    env: Mapping[str, str],
    *,
    say: Say,
    practice: bool = False,
    opened: str = "/",
) -> int:
    """Serve until it is interrupted; ``say`` prints. Raises UsageError for a port that is taken,
    UserError.
    """
    drafts = Drafts(folder / ".drafts" if practice else private_folder(env, folder))
    desk = Desk(folder, drafts, practice=practice)
    bound = _bound(port)
    chosen = int(bound.getsockname()[1])
    app = create_app(desk, chosen, {} if practice else env)
    address = f"http://{HOST}:{chosen}{opened}"
    headline = "Terrain d’exercice : rien n’est publié." if practice else "L’atelier est ouvert."
    _run(app, bound, [headline, f"  Adresse : {address}"], say=say, opened=address)
    return 0


def serve_town(
    repository: Path, port: int | None, address: str, env: Mapping[str, str], *, say: Say
) -> int:
    """Serve a town's atelier beside its wiki. Raises UsageError, UserError, WikiUnavailable.

    The wiki comes from ``env`` or from the account's own file: what a push says is not read.
    """
    folder = repository.resolve()
    credentials = find(folder, env, wiki="")
    wiki = Wiki(lambda: credentials)
    private = private_folder(env, folder) / account_of(credentials.api)
    private.mkdir(parents=True, exist_ok=True, mode=0o700)
    private.chmod(0o700)
    town = Town(folder, private, wiki.strictest_channel)
    town.version()
    bound = _bound(port)
    chosen = int(bound.getsockname()[1])
    public = public_address(address) if address else Public("http", f"{HOST}:{chosen}", "")
    origin_guard = public.origin_guard(secret_in(private), chosen)
    asking = Asking(credentials.api)
    login = public.login(credentials.api)
    app = create_town_app(town, wiki, asking.who, origin_guard, login)
    publishing = town.version()[0].corpus
    groups = publishing.config.publient if publishing else ()
    lines = [
        "L’atelier de la commune est ouvert.",
        f"  Adresse : {public}/",
        f"  Dépôt : {folder} ; branche publiée : {town.published}",
        f"  Wiki, qui dit qui est là : {credentials.api}",
        f"  Publient : {', '.join(groups) or 'personne (« publient: » manque dans loosbot.yaml)'}",
    ]
    if address:
        lines.append(f"  Derrière : http://{HOST}:{chosen}/")
    _run(app, bound, lines, say=say, scheme=public.scheme, prefix=public.prefix)
    return 0


def _run(
    app: Flask,
    bound: socket.socket,
    lines: Iterable[str],
    *,
    say: Say,
    scheme: str = "http",
    prefix: str = "",
    opened: str = "",
) -> None:
    # how many requests wait is said in English, to whoever has a browser that asks for several
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(
        app,
        sockets=[bound],
        threads=_THREADS,
        max_request_body_size=MAX_BODY,
        ident="loosbot",
        url_scheme=scheme,
        url_prefix=prefix,
    )
    for line in lines:
        say(line)
    say("  Pour le fermer : Ctrl+C. Les brouillons restent.")
    # flush: a program may read the address through a pipe
    sys.stdout.flush()
    if opened and sys.stdout.isatty():
        webbrowser.open(opened)
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()


def _bound(port: int | None) -> socket.socket:
    wanted = [port] if port else range(FIRST_PORT, FIRST_PORT + _TRIED)
    for number in wanted:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, number))
            # until somebody listens, another one may be bound to the same port
            listener.listen()
        except OSError:
            listener.close()
            continue
        return listener
    raise UsageError(
        f"Le port {port or FIRST_PORT} est déjà pris.",
        "L’atelier est peut-être déjà ouvert. Sinon, choisissez-en un autre : --port 8950",
    )


@contextmanager
def practice_ground(folder: Path) -> Iterator[Path]:
    """A copy of a corpus, with a history of its own; gone at the end. Raises UserError."""
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
        try:
            for arguments in (
                ("init", "--quiet", "--initial-branch=essai"),
                ("config", "user.name", name),
                ("config", "user.email", address.removesuffix(">")),
                ("add", "--all"),
                ("commit", "--quiet", "--message", "Terrain d’exercice"),
            ):
                process.run(ground, *arguments)
        except UserError as error:
            raise UserError("Le terrain d’exercice ne peut pas être préparé.") from error
        yield ground


_PATH = re.compile(r"(?:/[A-Za-z0-9._~-]+)*", re.ASCII)
_HOST = re.compile(r"[a-z0-9.-]+|\[[0-9a-f:]+\]", re.ASCII)
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Public:
    """``host`` has its port where that is not the usual one; ``prefix`` is "" or ``/atelier``."""

    scheme: str
    host: str
    prefix: str

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}{self.prefix}"

    def origin_guard(self, secret: bytes, port: int) -> OriginGuard:
        """The guard of an atelier that listens at ``port`` behind this address."""
        return OriginGuard(
            frozenset({self.host}), secret, f"atelier_{port}", self.scheme, self.prefix
        )

    def login(self, api: str) -> str:
        """Where the wiki lets somebody in: on the public host, where the wiki is asked inside."""
        parts = urlsplit(api)
        # without a public host of its own, wiki and atelier are each at their port
        behind = is_loopback(parts.hostname) and not is_loopback(urlsplit(str(self)).hostname)
        origin = f"{self.scheme}://{self.host}" if behind else f"{parts.scheme}://{parts.netloc}"
        path = parts.path.removesuffix("api.php")
        return f"{origin}{path}index.php?title=Special:UserLogin"


def public_address(address: str) -> Public:
    """Read the address that people open. Raises UsageError."""
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    host = f"[{host}]" if ":" in host else host
    path = parts.path.rstrip("/")
    good = parts.scheme in _PORTS and _HOST.fullmatch(host) and _PATH.fullmatch(path)
    if not good or parts.username is not None or parts.query or parts.fragment:
        raise UsageError(
            f"« {address} » n’est pas l’adresse d’un atelier.",
            "Par exemple : --adresse https://www.exemple.fr/atelier/",
        )
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise UsageError(
            "Les comptes du wiki passeraient en clair sur le réseau.",
            "L’adresse de l’atelier commence par https:// ; http:// ne vaut que sur cette machine.",
        )
    shown = host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"
    return Public(parts.scheme, shown, path)
