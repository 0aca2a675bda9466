"""Names of a record where its id is asked for, in fields that take a name in words too.

The page shows such a name as it was typed, and leads nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from loosbot.corpus.model import KeyPath
from loosbot.corpus.paths import id_in
from loosbot.corpus.values import at, items
from loosbot.corpus.wording import Fault, quoted, warning

_ABBREVIATION = re.compile(r"[A-Z0-9É][A-Z0-9É.&-]{1,20}")
MARKDOWN_LINK = re.compile(r"\[[^][]*\]\(([^()\s]+)\)")


def abbreviations(records: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """Abbreviation -> id, for the other names in capitals of these records that name only one."""
    by_name: dict[str, set[str]] = {}
    for id_, data in records:
        for _, name in items(at(data, ("variantes",))):
            if isinstance(name, str) and _ABBREVIATION.fullmatch(name):
                by_name.setdefault(name, set()).add(id_)
    return {name: min(ids) for name, ids in by_name.items() if len(ids) == 1}


def by_title(titles: Mapping[str, str]) -> dict[str, str]:
    """Title in lower case -> id, from the titles of records by id."""
    return {title.lower(): id_ for id_, title in titles.items()}


def abbreviated(path: KeyPath, value: str, id_: str, titles: Mapping[str, str]) -> Fault:
    """The fault of a word in capitals that the record ``id_`` says is another name of it."""
    return warning(
        path,
        "nom-abrege",
        f"{quoted(value)} abrège le nom de « {titles.get(id_, id_)} », qui a sa fiche : "
        "écrit ainsi, la page n’y mène pas.",
        f"Écrivez {id_}",
    )


def unlinked(
    path: KeyPath,
    value: str,
    types: tuple[str, ...],
    current: Mapping[str, str],
    named: Mapping[str, str],
) -> Fault | None:
    """The fault of a record of one of these types that is written by its title, by the name or the
    path of its file, or as a link of Markdown; None for any other words.

    ``current`` is every id to that of today, ``named`` what :func:`by_title` gives.
    """
    link = MARKDOWN_LINK.fullmatch(value.strip())
    words = link[1] if link else value.strip()
    spellings = [id_in(words)] if "/" in words else [f"{type_}/{words}" for type_ in types]
    ids = [current[typed] for typed in spellings if typed in current]
    id_ = ids[0] if ids else named.get(words.lower(), "")
    if id_.partition("/")[0] not in types:
        return None
    return warning(
        path,
        "nom-sans-lien",
        f"{quoted(value)} a sa fiche : écrit ainsi, la page n’y mène pas.",
        f"Écrivez {id_}",
    )


def to_itself(path: KeyPath, value: str) -> Fault:
    """The fault of a record that names itself where another one is asked for."""
    return warning(
        path,
        "lien-vers-soi",
        f"{quoted(value)} est cette fiche elle-même : sa page mènerait à sa page.",
        "Écrivez la fiche que vous vouliez nommer, ou retirez cette clé.",
    )
