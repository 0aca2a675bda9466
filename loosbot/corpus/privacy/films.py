"""Films in which somebody masked is heard, whatever the address that leads to one. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qs, urlsplit

from loosbot import lazy
from loosbot.frozen import dataclass

FILM = "[film non publié]"
"""Stands for the address of one."""
HOSTS = {
    "vimeo.com": "Vimeo",
    "youtube.com": "YouTube",
    "youtu.be": "YouTube",
    "youtube-nocookie.com": "YouTube",
    "soundcloud.com": "SoundCloud",
}
_NUMBERED = frozenset({"Vimeo", "YouTube"})
"""Where one film has several addresses, each of which ends with its number or names it ``v``:
``youtu.be/…``, ``youtube.com/watch?v=…``, ``player.vimeo.com/video/…``."""
_ADDRESS = lazy.pattern(r"https?://[^\s<>\"«»\[\]{}|]+", re.IGNORECASE)
_END = ".,;:!?'’*_`~"
_TIMES = frozenset({"t", "start", "time_continue", "autoplay", "feature", "si"})
"""Parameters that say from where, or how, one film is shown."""


@dataclass(frozen=True, slots=True)
class Films:
    """``keys`` are those of :func:`key_of`."""

    keys: frozenset[str] = frozenset()

    @classmethod
    def at(cls, addresses: Iterable[str]) -> Films:
        return cls(frozenset(map(key_of, addresses)))

    def led_to(self, address: str) -> bool:
        """Whether an address leads to one of them."""
        return bool(self.keys) and "://" in address and key_of(address) in self.keys

    def within(self, text: str) -> bool:
        """Whether a text holds the address of one of them."""
        if not self.keys or "://" not in text:
            return False
        return any(self.led_to(_whole(found)) for found in _ADDRESS.findall(text))

    def hide(self, text: str, instead: str = FILM) -> str:
        """``text`` without their addresses."""
        if not self.keys or "://" not in text:
            return text

        def hidden(found: re.Match[str]) -> str:
            address = _whole(found[0])
            return instead + found[0][len(address) :] if self.led_to(address) else found[0]

        return _ADDRESS.sub(hidden, text)


def service_of(address: str) -> str:
    """The service of ``HOSTS`` that shows what is at an address, "" for any other."""
    host = _host(address)
    named = (end for end in HOSTS if host == end or host.endswith(f".{end}"))
    return HOSTS.get(next(named, ""), "")


def key_of(address: str) -> str:
    """What a film is known by, the same for its addresses: ``YouTube dQw4w9WgXcQ``; elsewhere its
    address without the scheme and the second at which it begins."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address
    named, path = parse_qs(parts.query), parts.path.rstrip("/")
    if (service := service_of(address)) in _NUMBERED:
        # a film that is not listed has a second number behind its own: vimeo.com/123456/a1b2
        name = named["v"][0] if "v" in named else re.sub(r"(/[0-9]{6,})/\w+$", r"\1", path)
        return f"{service} {name.rpartition('/')[2]}"
    shown = sorted((name, value) for name, value in named.items() if name not in _TIMES)
    return f"{_host(address)}{path} {shown}"


def _host(address: str) -> str:
    try:
        host = urlsplit(address.strip()).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _whole(address: str) -> str:
    """An address in a text, without the signs of the sentence behind it."""
    address = address.rstrip(_END)
    while address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1].rstrip(_END)
    return address
