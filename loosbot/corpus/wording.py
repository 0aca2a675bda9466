"""Faults of a record in French, and the nearest known word to an unknown one."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Literal

from loosbot.corpus.decoding import code_point
from loosbot.corpus.model import Finding, KeyPath, Mark, Severity
from loosbot.frozen import dataclass

KINDS = {
    "string": "un texte",
    "integer": "un nombre entier",
    "number": "un nombre",
    "boolean": "vrai ou faux",
    "array": "une liste",
    "object": "un groupe de clés",
    "null": "une valeur vide",
}
MAX_FAULTS = 100
"""After so many faults in one file the others are no longer news."""

_PARTING = re.compile("[’‘ʼ′‐-―·•…«»“”]")
"""Signs that no file name has, and that part words all the same."""
_AROUND_A_KEY = re.compile(r"\A[\W\d]+|\W+\Z")
_SHORT = 60
_CLOSE, _VERY_CLOSE = 0.72, 0.8
_STEM = 4
"""Letters that make two words the same beyond chance."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding by key path, before its line is known. ``on`` says whether the key or the value at
    ``path`` is at fault. ``needle`` is a piece of text inside the value, when the fault is about
    that piece only. ``meant`` is the key to write in the place of one that is not known.
    """

    path: KeyPath
    code: str
    message: str
    hint: str = ""
    on: Literal["key", "value"] = "value"
    severity: Severity = "error"
    needle: str = ""
    meant: str = ""

    def at(self, path: str, mark: Mark) -> Finding:
        """The finding at this line and column."""
        return Finding(
            path, mark.line, mark.column, self.severity, self.code, self.message, self.hint
        )


warning = partial(Fault, severity="warning")
"""A fault that stops nothing."""


def kind(value: Any) -> str:
    """The kind of a value in French, with its article: « une liste »."""
    if value is None:
        return KINDS["null"]
    if isinstance(value, bool):
        return "vrai ou faux (true, false)"
    for python, name in ((str, "string"), (int, "integer"), (float, "number"), (list, "array")):
        if isinstance(value, python):
            return KINDS[name]
    return KINDS["object"]


def quoted(value: Any) -> str:
    """A value between French quotes, shortened to one line."""
    text = " ".join(str(value).split())
    return f"« {text if len(text) <= _SHORT else text[: _SHORT - 1] + '…'} »"


def either(words: Iterable[str]) -> str:
    """``a, b ou c``"""
    *first, last = words
    return f"{', '.join(first)} ou {last}" if first else last


def without_accents(text: str) -> str:
    """``text`` in lower case, without accents and ligatures: ``Cœur d’été`` -> ``coeur d’ete``."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(char for char in plain if not unicodedata.combining(char))


def folded(word: str) -> str:
    """A word without accents, case, plural, ``_`` or blanks: what misspellings share."""
    parts = (
        without_accents(word)
        .replace("_", "-")
        .replace(" ", "-")
        .replace("’", "-")
        .replace("'", "-")
    )
    return "-".join(
        part[:-1] if part[-1] in "sx" and len(part) > 2 else part
        for part in parts.split("-")
        if part
    )


def bare_key(key: str) -> str:
    """A key without the signs around it: « titre », 1. titre, (titre)."""
    return _AROUND_A_KEY.sub("", key) if len(key) <= _SHORT else key


def nearest(word: str, known: Iterable[str] | Mapping[str, str]) -> str | None:
    """The known word that the author most likely meant; None where none is near enough.

    A mapping gives other names as keys (a label) and the word itself as value.
    """
    return closest(word, by_fold(known))


def by_fold(known: Iterable[str] | Mapping[str, str]) -> dict[str, str]:
    """What :func:`closest` looks in: folded name -> word."""
    names = known if isinstance(known, Mapping) else {word: word for word in known}
    spellings: dict[str, str] = {}
    for name, meant in names.items():
        spellings.setdefault(folded(name), meant)
    return spellings


def closest(word: str, known: Mapping[str, str]) -> str | None:
    """As :func:`nearest`, for names that are folded already."""
    if len(word) > 2 * _SHORT:
        return None
    wanted = folded(word)
    if wanted in known:
        return known[wanted]
    if near := _by_parts(wanted, known):
        return known[near]
    close = difflib.get_close_matches(wanted, known, n=5, cutoff=_CLOSE)
    for name in close:
        # "parent" is as near to "agent" as a slip is, but people do not slip on the first letter
        same_start = name[:1] == wanted[:1]
        if same_start or difflib.SequenceMatcher(None, wanted, name).ratio() >= _VERY_CLOSE:
            return known[name]
    return None


def _by_parts(wanted: str, known: Mapping[str, str]) -> str | None:
    """The name that has all the parts of ``wanted``, or its stem: ``dechets``, ``publique``."""
    parts = set(wanted.split("-"))
    holding = [name for name in known if len(wanted) >= _STEM and parts <= set(name.split("-"))]
    if holding:
        return min(holding, key=lambda name: (len(name), name))
    begun = [name for name in known if len(name) >= _STEM and wanted.startswith(f"{name}-")]
    if begun:
        return max(begun, key=len)
    stems = [
        name
        for name in known
        if _shared(wanted, name) >= max(_STEM, 0.6 * len(wanted), 0.7 * len(name))
    ]
    return min(stems, key=lambda name: (abs(len(name) - len(wanted)), name)) if stems else None


def _shared(word: str, other: str) -> int:
    """The length of the common prefix of two words."""
    pairs = zip(word, other, strict=False)
    return next((index for index, (a, b) in enumerate(pairs) if a != b), min(len(word), len(other)))


def did_you_mean(word: str) -> str:
    return f"Vouliez-vous écrire « {word} » ?"


def slug(text: str) -> str:
    """A file name for a title: ``L’école d’été 2018–2019`` -> ``l-ecole-d-ete-2018-2019``."""
    return joined_slug(_PARTING.sub("-", text))


def joined_slug(text: str) -> str:
    """The name that something published was given, for ever: an apostrophe of print parts no words
    in it (``l’été`` -> ``lete``)."""
    plain = without_accents(text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def hidden_in(word: str) -> str:
    """The code point of an invisible or look-alike character in ``word``; "" for none."""
    for character in word:
        category = unicodedata.category(character)
        if category == "Cf" or (category == "Zs" and character != " "):
            return code_point(character)
        if character.isalpha() and not unicodedata.name(character, "").startswith("LATIN"):
            return code_point(character)
    return ""


def as_seen(word: str) -> str:
    """A word without invisible characters and outer blanks."""
    return "".join(sign for sign in word if not hidden_in(sign)).strip()


def retype(word: str, code: str) -> str:
    """The hint for a word that holds a character of :func:`hidden_in`."""
    hidden = f"Un caractère que l’on ne voit pas ({code}) s’y cache."
    return f"Effacez ce mot et tapez-le de nouveau : {word}. {hidden}"
