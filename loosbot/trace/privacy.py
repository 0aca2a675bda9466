"""Persons whose consent is not written, and names that no record declares.

Only for the terminal and the files that someone asked for: never published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from loosbot.corpus.model import KeyPath, Record
from loosbot.trace.facts import View
from loosbot.trace.model import Observation

_PERSON = re.compile(
    r"\b([A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+(?:-[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+)? [A-ZÀ-ÖØ-Þ]\.)(?!\w)"
)
"""How the house writes a private person: first name and initial."""


def observe(view: View) -> Iterator[Observation]:
    """One observation for each person without consent, and each undeclared name of a record."""
    declared = {
        str(name)
        for one in view.corpus.records.values()
        if one.type == "acteur"
        for name in (one.title, *_list(one.data.get("variantes")))
    }
    for record in view.corpus.records.values():
        if record.type == "acteur":
            if _needs_consent(record):
                yield Observation(record.id, "consentement", "missing", ("titre",))
            continue
        if record.type == "source":
            # authors of published documents are named as such
            continue
        seen = set(declared)
        for path, text in _texts(record.data, ()):
            for name in _PERSON.findall(text):
                if name not in seen:
                    seen.add(name)
                    yield Observation(record.id, "personne", "undeclared", path)


def _needs_consent(actor: Record) -> bool:
    return (
        actor.data.get("genre") == "personne"
        and actor.data.get("public") != "oui"
        and "consentement" not in actor.data
    )


def _texts(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for rank, inner in enumerate(value):
            yield from _texts(inner, (*path, rank))
    elif isinstance(value, str):
        yield path, value


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
