"""Signs that Markdown takes for its own where they were none: « 120*80 et 100*60 », « les
habitant*es et agent*es » lose their asterisks, and what stands between them is in italics.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loosbot import lazy
from loosbot.corpus.check.signs import Sign
from loosbot.corpus.yaml.pasted import Misreading

SUSPECT = r"\*(?<=\w\*)\w"
"""A text without it has nothing of the kind."""
_ENDING = r"(?:e|es|ne|nes|le|les|te|tes|rice|rices|trice|trices|euse|euses|ère|ères|ive|ives|s)\b"


def _timed(match: re.Match[str]) -> str:
    return f"Écrivez × à la place des astérisques : {match[0].replace('*', ' × ')}"


def _escaped(match: re.Match[str]) -> str:
    shown = match[0].replace("*", "\\*")
    return f"Mettez une barre oblique inverse devant chaque astérisque : {shown}"


_SIGNS = (
    Sign(
        lazy.pattern(r"\b[0-9]+(?:[.,][0-9]+)?\*[0-9][^*\n]{0,200}?\*[0-9]+(?:[.,][0-9]+)?"),
        "texte-signe",
        "Ces astérisques ne seront pas montrés : ce qui est entre eux sera en italique.",
        _timed,
    ),
    Sign(
        lazy.pattern(
            rf"(?<![^\W\d_])[^\W\d_]{{1,40}}\*{_ENDING}[^*\n]{{0,200}}?[^\W\d_]\*{_ENDING}"
        ),
        "texte-signe",
        "Ces astérisques ne seront pas montrés : ce qui est entre eux sera en italique.",
        _escaped,
    ),
)
"""Between two figures, and within two words of a writing that says both genders."""
_ANY = lazy.pattern(SUSPECT)


def swallowed(lines: list[str]) -> Iterator[Misreading]:
    """The asterisks of each line that Markdown takes for its own; few lines have one in a word."""
    for line in lines:
        if "*" in line and _ANY.search(line):
            for known in _SIGNS:
                for match in known.form.finditer(line):
                    yield known.misread(match)
