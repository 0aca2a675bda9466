"""The embedded MediaWiki: start, stop, look, erase. PHP's own server, on loopback only."""

from __future__ import annotations

import http.client
import os
import random
import signal
import socket
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from loosbot.errors import UserError, WikiUnavailable
from loosbot.frozen import dataclass
from loosbot.wiki.install import (
    erase,
    install,
    locked,
    php_environment,
    put_back,
    require_php,
    unpack,
    write_settings,
)
from loosbot.wiki.instance import DEFAULT, Instance, Secrets, Server, protect
from loosbot.wiki.privileges import account_for

HOST = "127.0.0.1"
FIRST_PORT = 8080
RELEASE = "1.43"
_WORKERS = 4
_STARTS_WITHIN = 60.0
_TRIES = 3
"""Ports that are tried: between looking and listening, another program may take one."""
_STOPS_WITHIN = 5.0
_BECOMES_WITHIN = 5.0
_LOG_LIMIT = 10_000_000

_PHP_OPTIONS = {
    "opcache.enable": "1",
    "opcache.enable_cli": "1",
    "opcache.memory_consumption": "192",
    "opcache.max_accelerated_files": "16000",
    "apc.enabled": "1",
    "apc.enable_cli": "1",
    "apc.shm_size": "128M",
    "memory_limit": "512M",
    "post_max_size": "110M",
    "upload_max_filesize": "100M",
    "max_execution_time": "180",
    "display_errors": "0",
    "log_errors": "1",
    "expose_php": "0",
}


@dataclass(frozen=True, slots=True)
class Running:
    """An embedded wiki that answers. ``already``: whether it ran before ``start``."""

    dir: Path
    url_api: str
    url_home: str
    port: int
    pid: int
    release: str
    closed: bool
    already: bool


def start(
    dir: Path,
    port: int | None = None,
    release: str | None = None,
    closed: bool | None = None,
    code: Path | None = None,
    within: float = _STARTS_WITHIN,
) -> Running:
    """Install what is missing in ``dir``, start the server, wait until it answers.

    ``release`` and ``closed`` default to what the wiki is already, then to 1.43 and open.
    ``code`` is where the MediaWiki tree is, or goes; several wikis may share one. ``within`` is
    for how many seconds a server that begins may not answer.
    Raises WikiUnavailable where a package is missing or the server does not answer, UserError
    where the wiki there is of another release or ``port`` is taken.
    """
    instance = Instance(dir.resolve())
    with locked(instance.lock):
        protect(instance.dir)
        secrets = instance.read_secrets()
        if secrets and release not in (None, secrets.release):
            raise UserError(
                f"Le wiki de {dir} est un MediaWiki {secrets.release}, pas {release}.",
                "Pour le faire passer à une version plus récente : loosbot wiki upgrade. Sinon, "
                "choisissez un autre dossier avec --dir, ou effacez-le : loosbot wiki reset",
            )
        running = _running(instance, secrets)
        asks_change = (closed is not None and secrets and closed != secrets.closed) or (
            port is not None and running and port != running.port
        )
        # without its keeper a server loses its workers one by one
        if running and not asks_change and running.pid in _members(running.pid, instance):
            return running
        _stop(instance)
        require_php()
        secrets = _prepare(instance, secrets, release or RELEASE, closed, code)
        server = _launch(instance, secrets, port, within)
        return _describe(instance, secrets, server)


def stop(dir: Path) -> bool:
    """Stop the server and its workers. False when it did not run. Raises nothing."""
    instance = Instance(dir.resolve())
    if not instance.dir.is_dir():
        return False
    with locked(instance.lock):
        return _stop(instance)


def status(dir: Path) -> Running | None:
    """The wiki of ``dir`` if it runs and answers, else None."""
    instance = Instance(dir.resolve())
    return _running(instance, instance.read_secrets())


def reset(dir: Path) -> bool:
    """Stop the wiki and erase it, people's edits too. False when there was none.

    The MediaWiki tree and ``LocalSettings.local.php`` stay.
    """
    instance = Instance(dir.resolve())
    if not instance.credentials.exists() and not instance.data.exists():
        return False
    with locked(instance.lock):
        _stop(instance)
        erase(instance)
        instance.log.unlink(missing_ok=True)
    return True


def code_folder(dir: Path, release: str) -> Path:
    """Where the MediaWiki tree goes by default: beside a corpus's own wiki, else inside it."""
    if dir.parts[-2:] == DEFAULT.parts:
        return dir.parent / f"mediawiki-{release}"
    return dir / f"mediawiki-{release}"


def _prepare(
    instance: Instance,
    secrets: Secrets | None,
    release: str,
    closed: bool | None,
    code: Path | None,
) -> Secrets:
    """Unpack and install, or bring the settings of an installed wiki up to date."""
    if secrets is None:
        tree = (code or code_folder(instance.dir, release)).resolve()
        unpack(release, tree)
        return install(instance, release, tree, bool(closed))
    put_back(instance, secrets.release)
    tree = secrets.code if code is None else code.resolve()
    if not tree.is_dir() and code is None:  # the folder was moved, or the tree thrown away
        tree = code_folder(instance.dir, secrets.release)
    unpack(secrets.release, tree)
    now = replace(secrets, code=tree, closed=secrets.closed if closed is None else closed)
    write_settings(instance, tree, now.secret_key, now.closed)
    if now != secrets:
        instance.write_secrets(now)
    return now


def _launch(instance: Instance, secrets: Secrets, port: int | None, within: float) -> Server:
    """Start PHP on the port given, the one it had, or the first free one from 8080."""
    if port is not None and not _free(port):
        raise UserError(
            f"Le port {port} est déjà pris par un autre programme.",
            "Choisissez-en un autre, ou laissez loosbot choisir : sans --port.",
        )
    before = instance.read_server()
    wished = before.port if before else FIRST_PORT
    for _ in range(1 if port else _TRIES):
        chosen = port or _free_port(wished)
        server = Server(_spawn(instance, secrets, chosen), chosen, str(instance.router))
        instance.write_server(server)
        if _started(server, instance, within):
            return server
        _stop(instance)
    raise WikiUnavailable(
        "Le wiki embarqué n’a pas démarré.", f"La raison est à la fin de {instance.log}"
    )


def _free_port(wished: int) -> int:
    return next((p for p in (wished, *range(FIRST_PORT, FIRST_PORT + 100)) if _free(p)), 0) or (
        any_port()
    )


def _started(server: Server, instance: Instance, within: float) -> bool:
    """Whether our own server answers: another wiki may take the port while ours starts."""
    deadline = time.monotonic() + within
    while _members(server.pid, instance) and time.monotonic() < deadline:
        if _answers(server.port, within):
            return bool(_members(server.pid, instance))
        time.sleep(0.05)
    return False


def _spawn(instance: Instance, secrets: Secrets, port: int) -> int:
    """Run PHP's server detached from us, under its keeper, which leads a process group.

    Returns the keeper's pid.
    """
    if instance.log.exists() and instance.log.stat().st_size > _LOG_LIMIT:
        instance.log.unlink()
    options = [f"-d{name}={value}" for name, value in _PHP_OPTIONS.items()]
    serve = ["php", *options, "-S", f"{HOST}:{port}", "-t", str(secrets.code)]
    router, most = str(instance.router), str(1 + _WORKERS)
    command = ["php", str(instance.keeper), router, most, *serve, router]
    if account := account_for(instance.dir, secrets.code):
        command = account.command(command)
    environment = php_environment(secrets.code, instance.settings) | {
        "PHP_CLI_SERVER_WORKERS": str(_WORKERS),
        "LOOSBOT_WIKI_SERVER": f"http://{HOST}:{port}",
    }
    append = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    return os.posix_spawnp(
        command[0],
        command,
        environment,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, str(instance.log), append, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
        setsid=True,
    )


def _stop(instance: Instance) -> bool:
    server = instance.read_server()
    if server is None or server.pid == 0:
        return False
    alive = bool(_members(server.pid, instance))
    for strength in (signal.SIGTERM, signal.SIGKILL):
        deadline = time.monotonic() + _STOPS_WITHIN
        while members := _members(server.pid, instance):
            for pid in members:
                with suppress(ProcessLookupError):  # it may have ended in the meantime
                    os.kill(pid, strength)
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
    _reap(server.pid, wait=alive)
    instance.write_server(Server(0, server.port))
    return alive


def _reap(pid: int, wait: bool) -> None:
    with suppress(ChildProcessError):  # started by another process: init reaps it
        # no blocking wait for a child that was not killed: it may serve a copy of the wiki
        os.waitpid(pid, 0 if wait else os.WNOHANG)


def _members(leader: int, instance: Instance) -> list[int]:
    """Living processes of the group that run our router: a reused pid is never one of them.

    A folder that was moved while its wiki ran has processes that name the old place. Where that
    place is still there, the folder is a copy, and they are the other wiki's.
    """
    routers = {os.fsencode(instance.router)}
    server = instance.read_server()
    if server and server.pid == leader and server.router and not Path(server.router).exists():
        routers.add(os.fsencode(server.router))
    members = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            if not routers.isdisjoint(_words(folder, leader)):
                members.append(int(folder.name))
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
    return members


def _words(process: Path, leader: int) -> list[bytes]:
    """The command line of a living process of the group; empty for any other process.

    While a process becomes another program, as ours does when it begins, it has no words: on a busy
    machine for so long that a server which starts was taken for one that ended. Raises OSError.
    """
    deadline = time.monotonic() + _BECOMES_WITHIN
    while True:
        # fields after the name, which may hold blanks: state, parent, group
        state, _parent, group = (
            (process / "stat").read_text(errors="replace").rpartition(")")[2].split()[:3]
        )
        if int(group) != leader or state in "ZX":
            return []
        words = (process / "cmdline").read_bytes()
        if words or time.monotonic() > deadline:
            return words.split(b"\0")
        time.sleep(0.001)


def _running(instance: Instance, secrets: Secrets | None) -> Running | None:
    server = instance.read_server()
    if secrets is None or server is None or server.pid == 0:
        return None
    if not _members(server.pid, instance) or not _answers(server.port):
        return None
    return _describe(instance, secrets, server, already=True)


def _describe(
    instance: Instance, secrets: Secrets, server: Server, already: bool = False
) -> Running:
    base = f"http://{HOST}:{server.port}"
    return Running(
        dir=instance.dir,
        url_api=f"{base}/api.php",
        url_home=f"{base}/wiki/Accueil",
        port=server.port,
        pid=server.pid,
        release=secrets.release,
        closed=secrets.closed,
        already=already,
    )


def _answers(port: int, within: float = _STARTS_WITHIN) -> bool:
    """Whether MediaWiki's API answers there; a closed one answers too, with a refusal."""
    connection = http.client.HTTPConnection(HOST, port, timeout=within)
    try:
        connection.request("GET", "/api.php?action=query&meta=siteinfo&format=json")
        answer = connection.getresponse()
        return answer.status == 200 and answer.read(1) == b"{"
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def any_port() -> int:
    """A port that nobody listens on now.

    It is none of those that the system gives to connections (32768 and above): one of these may
    be gone before a server listens on it.
    """
    while not _free(port := random.randrange(20_000, 32_768)):  # noqa: S311 - no secret
        pass
    return port
