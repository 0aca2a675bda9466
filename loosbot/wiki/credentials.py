"""The wiki to publish to, and the account.

A password goes only to the address that it was stored with: the corpus may name a wiki, but what
it names is only ever a key to look up.
"""

from __future__ import annotations

import configparser
import ipaddress
import stat
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from urllib.parse import urlsplit

from loosbot.errors import WikiUnavailable
from loosbot.files import config_folder, reason
from loosbot.frozen import dataclass
from loosbot.wiki.embedded import status
from loosbot.wiki.instance import DEFAULT, Instance

_EXAMPLE = "https://wiki.exemple.fr/api.php"
_START = "Pour un wiki d’essai sur cette machine : loosbot wiki start"


@dataclass(frozen=True, slots=True)
class Credentials:
    """The address of ``api.php`` and a login. The password stays out of every repr."""

    api: str
    user: str
    password: str = field(repr=False)

    @property
    def account(self) -> str:
        """The account's own name, for ``assertuser``: ``Loosbot`` for ``Loosbot@app``."""
        return self.user.partition("@")[0]


def find(corpus_dir: Path, env: Mapping[str, str], wiki: str = "") -> Credentials:
    """The wiki to use: from the environment, else the user's file, else the embedded wiki.

    ``env`` is the process environment; ``wiki`` is the address that ``loosbot.yaml`` names, "" for
    none. Raises WikiUnavailable, in French, where nothing usable is found.
    """
    address_given = env.get("LOOSBOT_WIKI", "").strip()
    user = env.get("LOOSBOT_USER", "").strip()
    password = env.get("LOOSBOT_PASSWORD", "")
    if not address_given and (user or password):
        raise WikiUnavailable(
            "LOOSBOT_USER et LOOSBOT_PASSWORD sont donnés sans l’adresse du wiki.",
            f"Donnez aussi LOOSBOT_WIKI, par exemple {_EXAMPLE}",
        )
    address = normalised(address_given or wiki) if address_given or wiki else ""
    if address_given and user and password:
        return Credentials(address, user, password)
    if address_given and password:
        raise WikiUnavailable(
            "LOOSBOT_PASSWORD est donné sans le compte.", "Donnez aussi LOOSBOT_USER."
        )
    # an address without a password is a choice among the wikis of the file
    file = user_file(env)
    known = _read(file)
    if address:
        account = known.get(address) or _embedded(corpus_dir, address)
        if account is None or user not in ("", account.user):
            raise WikiUnavailable(
                f"Aucun mot de passe n’est connu pour {user + ' sur ' if user else ''}{address}.",
                f"Donnez LOOSBOT_WIKI, LOOSBOT_USER et LOOSBOT_PASSWORD, ou complétez {file}. "
                + _START,
            )
        return account
    if len(known) > 1:
        raise WikiUnavailable(
            f"{file} connaît plusieurs wikis : {', '.join(known)}.",
            "Dites lequel avec LOOSBOT_WIKI, ou avec « wiki: » dans loosbot.yaml.",
        )
    only = next(iter(known.values()), None) or _embedded(corpus_dir)
    if only is None:
        raise WikiUnavailable("Aucun wiki ne tourne ici et aucun autre n’est indiqué.", _START)
    return only


def elsewhere(env: Mapping[str, str], wiki: str) -> str:
    """The address of the wiki that is used where that is not the embedded one, "" where it is.

    Raises WikiUnavailable for an address that is none.
    """
    given = env.get("LOOSBOT_WIKI", "").strip() or wiki
    known = [] if given else list(_read(user_file(env)))
    address = normalised(given) if given else known[0] if len(known) == 1 else ""
    return "" if address and is_loopback(urlsplit(address).hostname) else address


def is_loopback(host: str | None) -> bool:
    """Whether what is sent to this host stays on this machine; an IPv6 address has no brackets."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def user_file(env: Mapping[str, str]) -> Path:
    """Where the user's passwords are: INI, one section an address, ``compte``, ``mot_de_passe``."""
    return config_folder(env) / "credentials"


def normalised(address: str) -> str:
    """The address of an ``api.php`` in its one form. Raises WikiUnavailable for any other."""
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    if not host or parts.scheme not in ("http", "https") or not parts.path.endswith("/api.php"):
        raise WikiUnavailable(
            f"« {address.rpartition('@')[2]} » n’est pas l’adresse de l’API d’un wiki.",
            f"Elle se termine par /api.php, par exemple {_EXAMPLE}",
        )
    if parts.username is not None or parts.query or parts.fragment:
        raise WikiUnavailable(
            "L’adresse du wiki ne contient ni compte, ni mot de passe, ni paramètre.",
            "Le compte va dans LOOSBOT_USER, le mot de passe dans LOOSBOT_PASSWORD.",
        )
    if parts.scheme == "http" and not is_loopback(host):
        raise WikiUnavailable(
            f"Le mot de passe partirait en clair vers {host}.",
            "L’adresse du wiki commence par https:// ; http:// ne vaut que sur cette machine.",
        )
    shown = f"[{host}]" if ":" in host else host
    default = {"http": 80, "https": 443}[parts.scheme]
    return (
        f"{parts.scheme}://{shown}{f':{port}' if port not in (None, default) else ''}{parts.path}"
    )


def _read(file: Path) -> dict[str, Credentials]:
    _require_private(file)
    parser = configparser.ConfigParser(interpolation=None, default_section="")
    try:
        parser.read_string(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise WikiUnavailable(f"{file} ne peut pas être lu : {reason(error)}.") from error
    except (configparser.Error, UnicodeDecodeError) as error:
        # The parser quotes the faulty line, and a line may hold a password: not repeated here.
        raise WikiUnavailable(
            f"{file} n’est pas lisible.",
            f"Forme attendue : [{_EXAMPLE}], puis « compte = Nom@application », "
            "puis « mot_de_passe = … », une ligne chacun.",
        ) from error
    known = {}
    for section in parser.sections():
        values = parser[section]
        if not values.get("compte") or not values.get("mot_de_passe"):
            raise WikiUnavailable(
                f"Dans {file}, il manque « compte » ou « mot_de_passe » sous [{section}]."
            )
        address = normalised(section)
        known[address] = Credentials(address, values["compte"], values["mot_de_passe"])
    return known


def _embedded(corpus_dir: Path, address: str = "") -> Credentials | None:
    """The bot of the corpus's embedded wiki, if it runs (and has this address)."""
    instance = Instance((corpus_dir / DEFAULT).resolve())
    _require_private(instance.credentials)
    secrets = instance.read_secrets()
    running = status(instance.dir) if secrets else None
    if secrets is None or running is None or (address and normalised(running.url_api) != address):
        return None
    return Credentials(running.url_api, secrets.bot.user, secrets.bot.password)


def _require_private(file: Path) -> None:
    try:
        mode = file.stat().st_mode
    except FileNotFoundError:
        return
    except PermissionError as error:
        raise WikiUnavailable(
            f"{file} est à un autre compte : vous n’avez pas le droit de le lire.",
            "Lancez la commande avec ce compte, ou donnez LOOSBOT_WIKI, LOOSBOT_USER et "
            "LOOSBOT_PASSWORD.",
        ) from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise WikiUnavailable(
            f"D’autres que vous peuvent lire les mots de passe de {file}.",
            f"Réservez-vous ce fichier : chmod 600 {file}",
        )
