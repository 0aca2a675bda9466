"""The folder of an embedded wiki: where its files lie, and the two JSON files that we keep there.

``mediawiki/`` (or a tree shared by several wikis), ``data/`` (SQLite), ``LocalSettings.php``,
``credentials`` (0600), ``server.json`` and ``server.log``.
"""

from __future__ import annotations

import json
from dataclasses import asdict, field
from pathlib import Path

from loosbot.errors import UserError
from loosbot.files import write_private
from loosbot.frozen import dataclass

DEFAULT = Path(".loosbot") / "wiki"
"""The wiki of a corpus, relative to the corpus."""


@dataclass(frozen=True, slots=True)
class Account:
    """A login. ``password`` stays out of every repr."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Secrets:
    """The ``credentials`` file. Written last by an installation: where it is, all went well."""

    release: str
    code: Path
    closed: bool
    secret_key: str = field(repr=False)
    bot: Account
    admin: Account


@dataclass(frozen=True, slots=True)
class Server:
    """The ``server.json`` file. ``pid`` leads the process group; 0 once stopped.

    ``router`` is the file that its processes name: the folder may have been moved since.
    """

    pid: int
    port: int
    router: str = ""


class Instance:
    """The paths of one embedded wiki, in its folder ``dir``."""

    def __init__(self, dir: Path) -> None:
        self.dir = dir
        self.data = dir / "data"
        self.cache = dir / "cache"
        self.settings = dir / "LocalSettings.php"
        self.router = dir / "router.php"
        self.keeper = dir / "keeper.php"
        self.accounts = dir / "accounts.php"
        self.php = (self.settings, self.router, self.keeper, self.accounts)
        self.credentials = dir / "credentials"
        self.server = dir / "server.json"
        self.log = dir / "server.log"
        self.lock = dir / ".lock"

    def read_secrets(self) -> Secrets | None:
        """The keys and accounts; None where nothing, or only half an installation, is there.

        Raises UserError where it is another account's, as :meth:`read_server` does.
        """
        try:
            raw = json.loads(self.credentials.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except PermissionError as error:
            raise of_another(self.dir) from error
        return Secrets(
            release=raw["release"],
            code=Path(raw["code"]),
            closed=raw["closed"],
            secret_key=raw["secret_key"],
            bot=Account(**raw["bot"]),
            admin=Account(**raw["admin"]),
        )

    def write_secrets(self, secrets: Secrets) -> None:
        """Keep them in a file that only this account reads."""
        write_private(self.credentials, _json(asdict(secrets) | {"code": str(secrets.code)}))

    def read_server(self) -> Server | None:
        """The server that was started last; None where none is noted, or half of one.

        Raises UserError where the note is another account's.
        """
        try:
            return Server(**json.loads(self.server.read_text(encoding="utf-8")))
        except PermissionError as error:
            raise of_another(self.dir) from error
        except (FileNotFoundError, ValueError, TypeError):
            # A machine that stopped in the middle of a write leaves an empty file: not a fault.
            return None

    def write_server(self, server: Server) -> None:
        """Note the server that was started, for who stops it."""
        write_private(self.server, _json(asdict(server)))


def of_another(folder: Path) -> UserError:
    """The error for a wiki whose files belong to another account."""
    try:
        owner = f"du compte « {folder.owner()} »"
    except (KeyError, OSError):
        owner = "d’un autre compte"
    return UserError(
        f"Le wiki de {folder} est celui {owner} : vous n’avez pas le droit d’y toucher.",
        "Lancez la commande avec ce compte, ou faites votre wiki ailleurs : --dir DOSSIER.",
    )


def protect(folder: Path) -> None:
    """Write a .gitignore: passwords and the wiki must never be one ``git add`` away."""
    own = next(
        (parent for parent in (folder, *folder.parents) if parent.name == DEFAULT.parts[0]), folder
    )
    own.mkdir(parents=True, exist_ok=True)
    if not (own / ".gitignore").exists():
        (own / ".gitignore").write_text("*\n", encoding="utf-8")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
