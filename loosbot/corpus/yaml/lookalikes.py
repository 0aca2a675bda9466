"""Characters taken for YAML's syntax: long dashes, other colons, « = », invisible ones."""

from __future__ import annotations

from typing import NamedTuple

from loosbot import lazy
from loosbot.corpus.decoding import code_point

_KEY = r"[A-Za-z_][\w-]*"
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad"
_MARGIN = lazy.pattern(rf"[ ]*(?:- +)*(?P<at>[{_INVISIBLE}]+)")
_DASH = lazy.pattern(rf"[ ]*(?P<at>[–—―−‐‑•▪◦‣·*])[ \u00a0]+(?={_KEY}:(?:\s|\Z))")
_COLON = lazy.pattern(rf"[ ]*(?:- +)*{_KEY} *(?P<at>[：﹕︓∶ː꞉])")
_EQUALS = lazy.pattern(rf"[ ]*(?:- +)*(?P<key>{_KEY}) *(?P<at>=)(?!=)")


class Lookalike(NamedTuple):
    """A look-alike at a column (from 1) of a line, and what to type instead."""

    column: int
    code: str
    message: str
    mend: str


def lookalike(line: str) -> Lookalike | None:
    """The first look-alike of a line; None where there is none."""
    if match := _MARGIN.match(line):
        return Lookalike(
            match.start("at") + 1,
            "caractere-invisible",
            f"Un caractère que l’on ne voit pas est au début : {code_point(match['at'][0])}.",
            "Effacez le début de cette ligne, puis tapez-le de nouveau.",
        )
    if match := _DASH.match(line):
        return Lookalike(
            match.start("at") + 1,
            "yaml-tiret",
            f"« {match['at']} » ne commence pas un élément de liste.",
            "Tapez à sa place le tiret du clavier, « - », et une espace.",
        )
    if match := _COLON.match(line):
        return Lookalike(
            match.start("at") + 1,
            "yaml-deux-points",
            "Ce deux-points n’est pas celui du clavier.",
            "Effacez-le, puis tapez « : » et une espace.",
        )
    if match := _EQUALS.match(line):
        return Lookalike(
            match.start("at") + 1,
            "yaml-deux-points",
            "Entre une clé et sa valeur il faut « : », et c’est « = ».",
            f"Écrivez « {match['key']}: » puis une espace et la valeur.",
        )
    return None
