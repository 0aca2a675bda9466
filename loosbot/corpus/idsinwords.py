"""Ids among other words: a field that takes a name in words, or a sentence, shows them as they were
typed, and its page leads nowhere. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from loosbot.corpus import onlyone
from loosbot.corpus.model import RECORD_TYPES, KeyPath
from loosbot.corpus.schema import Shape
from loosbot.corpus.wording import Fault, quoted, warning

_BARE = re.compile(
    rf"(?<![\w/.`#@<-])(?<!\]\()(?<!\]: )(?:{'|'.join((*RECORD_TYPES, 'page'))})/"
    r"[a-z0-9]+(?:-[a-z0-9]+)*(?![\w/`@-]|\.[a-z]|\]\()"
)
_BETWEEN = re.compile(r"\s*[,;/+&]?\s+(?:et\s+)?|\s*[,;]\s*")


def among(text: str, current: Mapping[str, str]) -> list[str]:
    """The ids of records or pages that stand bare in a text: no target of a link, no path, no
    piece of a program. ``current`` is every id to that of today."""
    return [id_ for id_ in _BARE.findall(text) if id_ in current] if "/" in text else []


def are_all(text: str, ids: Sequence[str]) -> bool:
    """Whether a text is these ids and what parts them, and nothing else."""
    return _BETWEEN.split(text.strip()) == list(ids)


def apart(ids: Sequence[str], path: KeyPath, shape: Shape) -> str:
    """How to write these ids in a field that takes several, or in its list, or one alone."""
    if path and isinstance(path[-1], int):
        return f"Séparez ces fiches par des virgules, dans la liste : {', '.join(ids)}"
    if "array" in shape.types:
        return f"Plusieurs fiches s’écrivent entre crochets : {path[-1]}: [{', '.join(ids)}]"
    return onlyone.record(ids, path)


def in_a_name(
    path: KeyPath, value: str, shape: Shape, current: Mapping[str, str], titles: Mapping[str, str]
) -> Fault | None:
    """The fault of ids in a field that takes one, or a name in words; None where there are none."""
    ids = among(value, current)
    if not ids:
        return None
    if len(ids) > 1 and are_all(value, ids):
        hint = apart(ids, path, shape)
    else:
        words = _BARE.sub(lambda id_: titles.get(id_[0], id_[0]), value)
        hint = f"Écrivez {ids[0]} seul, ou le nom en toutes lettres : {words}"
    return _fault(path, value, hint)


def in_a_sentence(
    path: KeyPath, value: str, current: Mapping[str, str], titles: Mapping[str, str]
) -> Fault | None:
    """The fault of the first id in a sentence or a text; None where there is none."""
    ids = among(value, current)
    if not ids:
        return None
    link = f"[{titles.get(ids[0], 'les mots')}]({ids[0]})"
    # YAML would take it for a list
    written = f'"{link}", avec les guillemets' if value.startswith(ids[0]) else link
    return _fault(path, ids[0], f"Écrivez {written}", needle=ids[0])


def _fault(path: KeyPath, value: str, hint: str, needle: str = "") -> Fault:
    return warning(
        path,
        "nom-sans-lien",
        f"{quoted(value)} se lira tel quel, et la page n’y mènera pas.",
        hint,
        needle=needle,
    )
