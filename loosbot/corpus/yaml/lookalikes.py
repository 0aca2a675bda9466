"""Characters taken for YAML's syntax: no-break spaces, long dashes, other colons, « = », invisible
ones."""

from __future__ import annotations

import re
from typing import NamedTuple

from loosbot import lazy
from loosbot.corpus.decoding import code_point

NO_BREAK = "\u00a0\u2007\u202f"
"""Spaces that look like a space and are none for YAML: a Mac, Word or a web page puts them."""
_NAME = r"[a-z_][a-z0-9_-]*"
_HIDDEN = lazy.pattern(
    rf"[ \t]*(?:(?P<margin>[{NO_BREAK}]+)(?=[ {NO_BREAK}]*(?:- )*{_NAME}:(?:\s|\Z))"
    rf"|-(?P<dash>[{NO_BREAK}]+)"
    rf"|(?:- +)*{_NAME}(?: *(?P<key>[{NO_BREAK}]+)[ {NO_BREAK}]*:(?=\s|\Z)"
    rf"|:(?P<value>[{NO_BREAK}]+)))",
    re.ASCII,
)
_PLACES = {
    "dash": ("après le tiret", "tapez à sa place une espace ordinaire"),
    "key": ("avant « : »", "écrivez « : » juste après le nom de la clé"),
    "value": ("après « : »", "tapez à sa place une espace ordinaire"),
}
_KEY = r"[A-Za-z_][\w-]*"
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad"
NOT_A_DASH = (
    "« {at} » ne commence pas un élément de liste.",
    "Tapez à sa place le tiret du clavier, « - », et une espace.",
)
"""What to say of a sign in the place of the dash of an item, and what to do."""
_SIGNS = (
    (
        lazy.pattern(rf"[ ]*(?:- +)*(?P<at>[{_INVISIBLE}]+)"),
        "caractere-invisible",
        "Un caractère que l’on ne voit pas est au début : {code}.",
        "Effacez le début de cette ligne, puis tapez-le de nouveau.",
    ),
    (
        lazy.pattern(rf"[ ]*(?P<at>[–—―−‐‑•▪◦‣·*])[ \u00a0]+(?={_KEY}:(?:\s|\Z))"),
        "yaml-tiret",
        *NOT_A_DASH,
    ),
    (
        lazy.pattern(rf"[ ]*(?:- +)*{_KEY} *(?P<at>[：﹕︓∶ː꞉])"),
        "yaml-deux-points",
        "Ce deux-points n’est pas celui du clavier.",
        "Effacez-le, puis tapez « : » et une espace.",
    ),
    (
        lazy.pattern(rf"[ ]*(?:- +)*(?P<key>{_KEY}) *(?P<at>=)(?!=)"),
        "yaml-deux-points",
        "Entre une clé et sa valeur il faut « : », et c’est « = ».",
        "Écrivez « {key}: » puis une espace et la valeur.",
    ),
)


class Lookalike(NamedTuple):
    """A look-alike at a column (from 1) of a line, and what to type instead."""

    column: int
    code: str
    message: str
    mend: str


def lookalike(line: str) -> Lookalike | None:
    """The first look-alike of a line; None where there is none."""
    for form, code, message, mend in _SIGNS:
        if match := form.match(line):
            parts = {"code": code_point(match["at"][0]), **match.groupdict()}
            words = message.format(**parts), mend.format(**parts)
            return Lookalike(match.start("at") + 1, code, *words)
    return None


def hidden_space(line: str) -> Lookalike | None:
    """A no-break space where YAML wants a space; None for none."""
    match = _HIDDEN.match(line)
    if match is None or match.lastgroup is None:
        return None
    if match.lastgroup == "margin":
        return hidden_margin(line)
    place, mend = _PLACES[match.lastgroup]
    return _no_break(match.start(match.lastgroup) + 1, place, mend)


def hidden_margin(line: str) -> Lookalike | None:
    """The same for one among the blanks that a line begins with, whatever stands behind it."""
    blanks = line[: len(line) - len(line.lstrip(f" \t{NO_BREAK}"))]
    plain = len(blanks) - len(blanks.lstrip(" \t"))
    if plain == len(blanks):
        return None
    mend = "tapez à sa place des espaces ordinaires"
    return _no_break(plain + 1, "au début de cette ligne", mend)


def _no_break(column: int, place: str, mend: str) -> Lookalike:
    message = f"Une espace insécable, que l’on ne voit pas, est {place}."
    return Lookalike(column, "espace-insecable", message, f"Effacez-la, puis {mend}.")
