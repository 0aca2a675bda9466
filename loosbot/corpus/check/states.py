"""« Inconnu », « n.c. » or « Sans objet » in a field that reads them as words: the page shows them
like a name or a fact, and reports count them as known. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

from loosbot.corpus.model import KeyPath
from loosbot.corpus.schema import Shape
from loosbot.corpus.statewords import state_meant
from loosbot.corpus.values import STATES
from loosbot.corpus.walk import values
from loosbot.corpus.wording import Fault, quoted, warning

_WORDS = (
    rb"\?|-[\"'\s,\]}]|[nN][./]?[acdrACDR][.\"'\s,\]}]|NSP|nsp|[sS]\.?[dD][.\"'\s,\]}]"
    rb"|I[nN][cC][oO]|inconnu[es]|(?<=[\[\"'])(?:inconnu|sans-objet)|[uU]nknown|[nN]one|TBD|tbd"
    rb"|[sS](?:ans|ANS) |[pP]as (?:de date|su|con)|(?:[jJ]e |[oO]n )?[nN]e sai"
    rb"|(?:[nN]on|[aA]ucune|[aA]|\xc3[\xa0\x80]) [cdipr]"
)
SIGN = re.compile(rb"(?:[:,{-] +|\[)[\"'(\xc2\xab\xa0]{0,4}(?:%s)" % _WORDS)
"""A file without it has no state in other words; most have none."""


def faults(data: Any, shape: Shape, spoiled: Collection[KeyPath]) -> Iterator[Fault]:
    """One warning for each value that says a state in other words, where the schema takes one."""
    for path, value, at in values(data, shape):
        if not at.state or path in spoiled or at.date or at.words:
            continue
        if isinstance(value, str) and "unite" not in at.properties and not _leads(at):
            yield from _told(path, value, state_meant(value))
        elif (
            isinstance(value, list)
            and len(value) == 1
            and isinstance(value[0], str)
            and not _leads(at.items or at)
        ):
            state = value[0] if value[0] in STATES else state_meant(value[0])
            yield from _told((*path, 0), value[0], state, lead=f"{path[-1]}: ")


def merged(faults: Iterable[Fault], told: Iterable[Fault]) -> list[Fault]:
    """``faults`` and the warnings ``told`` on states: an error where a state stands is told once,
    with the hint that mends both."""
    hints = {fault.path: fault for fault in told}
    one_each = [
        replace(fault, hint=hints.pop(fault.path).hint)
        if fault.severity == "error" and fault.path in hints
        else fault
        for fault in faults
    ]
    return [*one_each, *hints.values()]


def _leads(shape: Shape) -> bool:
    """Whether a value is the id of a record: no other words stand there."""
    return shape.source or bool(shape.links and not shape.free)


def _told(path: KeyPath, value: str, state: str, lead: str = "") -> Iterator[Fault]:
    if state:
        yield warning(
            path,
            "etat-en-mots",
            f"{quoted(value)} se lit ici comme un nom ou un fait que l’on connaît.",
            f"Si personne ne le sait, écrivez : {lead}{state}"
            if state == STATES[0]
            else f"S’il n’y a rien à en dire, écrivez : {lead}{state}",
        )
