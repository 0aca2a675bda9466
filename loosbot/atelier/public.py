"""The address under which people open a town's atelier: from the configuration, never from a
header. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from loosbot.atelier.guard import OriginGuard
from loosbot.errors import UsageError
from loosbot.wiki.credentials import is_loopback

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
