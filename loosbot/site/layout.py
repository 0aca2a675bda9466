"""One page of the folder: its head, its way to search, its foot."""

from __future__ import annotations

import posixpath
import re
from html import escape

from loosbot import htmlhead
from loosbot.corpus.dates import display
from loosbot.frozen import dataclass
from loosbot.html.typography import typeset

SEARCH = "recherche.html"
STYLE = "style.css"
SCRIPT = "recherche.js"
INDEX = "index-de-recherche.js"
_OPTION = re.compile(r"(?<= )--\S+")
_POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'"


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page. ``edition`` is a sentence, "" for what anybody may read."""

    town: str
    day: str
    commit: str
    edition: str

    def page(
        self, path: str, title: str, main: str, *, searches: bool = False, head: str = ""
    ) -> bytes:
        """The file at ``path``; ``searches`` for the page that looks things up; ``head`` is what
        machines read in it."""
        up = posixpath.relpath(".", posixpath.dirname(path) or ".")
        up = "" if up == "." else f"{up}/"
        whole = self.town if path == "index.html" else f"{title} – {self.town}"
        scripts = (
            f'<script src="{up}{INDEX}" defer></script>\n'
            f'<script src="{up}{SCRIPT}" defer></script>\n'
            if searches
            else ""
        )
        # a line that ends between the two hyphens of an option gives nothing to copy
        edition = _OPTION.sub(r"<code>\g<0></code>", typeset(self.edition))
        banner = f'<p class="edition">{edition}</p>\n' if edition else ""
        version = f", version {escape(self.commit[:12])}" if self.commit else ""
        state = f"État du {typeset(display(self.day))}{version}. " if self.day else ""
        style = f'<link rel="stylesheet" href="{up}{STYLE}">\n'
        return (
            htmlhead.head(typeset(whole), _POLICY, style + head + scripts) + "<body>\n"
            f'<a class="saut" href="#contenu">Aller au contenu</a>\n<header>\n{banner}'
            f'<p class="ville"><a href="{up}index.html">{typeset(self.town)}</a></p>\n'
            f"{'' if searches else _form(up)}</header>\n"
            f'<main id="contenu" tabindex="-1">\n{main}\n</main>\n<footer><p>{state}'
            f'<a href="{up}{SEARCH}">Toutes les fiches, de A à Z</a></p></footer>\n'
            "</body>\n</html>\n"
        ).encode()


def _form(up: str) -> str:
    """On every page but the one that has its own."""
    return (
        f'<form role="search" action="{up}{SEARCH}" method="get">'
        '<label for="q">Chercher</label> <input id="q" name="q" type="search" '
        'autocomplete="off"> <button type="submit">Chercher</button></form>\n'
    )
