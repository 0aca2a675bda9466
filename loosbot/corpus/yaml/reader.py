"""Bytes of one YAML file -> plain values, or findings; and positions, found again when asked.

``read`` keeps no position: most files have no fault, and marks are what costs in reading.
``locate`` walks the same events again for the one file that a finding or a patch is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from loosbot import resources
from loosbot.corpus.decoding import decode
from loosbot.corpus.model import Finding, KeyPath, Mark, Tree, of_file
from loosbot.corpus.paths import CONFIG, VERSIONS
from loosbot.corpus.wording import Fault
from loosbot.corpus.yaml.events import Node, Walk
from loosbot.frozen import dataclass

OPENING = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
"""The line that begins a page with front matter."""
_CLOSING = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read. ``data`` is None when an error prevents a value.

    An error may leave a value: after a duplicate key the first one stands.
    """

    data: Any
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Where a value stands in the decoded text: ``text[start:end]``, indexes from 0.

    ``style`` is ``""`` for a plain scalar, ``'``, ``"``, ``|`` or ``>`` for the others,
    and ``collection`` for a mapping or a list. A block scalar's span begins at its sign and may
    hold the blank lines after it; that of a block collection ends where the next thing begins.
    """

    start: int
    end: int
    style: str


class Places:
    """Positions of the keys and values of one file, as far as it could be read."""

    def __init__(self, nodes: Mapping[KeyPath, Node]) -> None:
        self._nodes = nodes

    def __contains__(self, path: KeyPath) -> bool:
        return path in self._nodes

    def paths(self) -> Iterable[KeyPath]:
        """Every value of the file, each after those that it holds."""
        return self._nodes

    def key(self, path: KeyPath) -> Mark:
        """Where the key of this value stands; the value itself where it has no key (list items).

        Raises KeyError for a path that the file does not have, like all the exact look-ups.
        """
        node = self._nodes[path]
        return _mark((node.key or node.start).start_mark)

    def value(self, path: KeyPath) -> Mark:
        """Where this value begins."""
        return _mark(self._nodes[path].start.start_mark)

    def nearest(self, path: KeyPath) -> Mark:
        """Where the value begins, or the deepest of its ancestors that the file has."""
        for length in range(len(path), -1, -1):
            if path[:length] in self._nodes:
                return self.value(path[:length])
        return Mark(1, 1)

    def span(self, path: KeyPath) -> Span:
        """Which characters of the text are this value."""
        node = self._nodes[path]
        style = getattr(node.start, "style", "collection") or ""
        return Span(node.start.start_mark.index, node.end.end_mark.index, style)

    def flow(self, path: KeyPath) -> bool:
        """Whether this value is a mapping or a list between brackets."""
        return bool(getattr(self._nodes[path].start, "flow_style", False))

    def key_span(self, path: KeyPath) -> Span | None:
        """Which characters of the text are the key of this value, if it has one."""
        key = self._nodes[path].key
        return key and Span(key.start_mark.index, key.end_mark.index, key.style or "")


def read(data: bytes, path: str) -> Document:
    """Read one YAML file, never raising whatever the bytes are.

    ``path`` only names the file in the findings. A Markdown page's front matter can be given as
    it stands, from its opening ``---`` to just before the closing one: positions are then those
    of the page.
    """
    text = decode(data, path)
    if isinstance(text, Finding):
        return Document(None, (text,))
    walk = Walk(text, path)
    value = walk.run()
    if value is None and walk.usable:
        return Document(None, (*walk.findings, _empty(path)))
    return Document(value if walk.usable else None, tuple(walk.findings))


def front_matter(text: str) -> tuple[str, str, str] | None:
    """A Markdown page in three: from its opening ``---`` on, the closing one without the end of its
    line, and what follows. None where one of the two lines lacks."""
    opening = OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    return closing and (text[: closing.start()], closing[0], text[closing.end() :])


def mapping(data: bytes | None, path: str = "") -> dict[str, Any] | None:
    """The keys and values of one file; None where there is none, where it cannot be read, and where
    it is no group of keys."""
    values = read(data, path).data if data is not None else None
    return values if isinstance(values, dict) else None


@cache
def shipped(name: str) -> Mapping[str, Any]:
    """A YAML file of the tool's own. Raises ValueError where it is not readable."""
    document = read((resources.schemas() / name).read_bytes(), name)
    if document.data is None:
        raise ValueError(document.findings)
    data: Mapping[str, Any] = document.data
    return data


def locate(data: bytes) -> Places:
    """The positions in one file; none where it cannot be decoded."""
    text = decode(data, "")
    if isinstance(text, Finding):
        return Places({})
    walk = Walk(text, "", locate=True)
    walk.run()
    return Places(walk.nodes)


def in_their_files(faults: Mapping[str, Sequence[Fault]], tree: Tree) -> list[Finding]:
    """The faults of each file, at the nearest place that it has for them."""
    findings = []
    for path, data in tree.read(sorted(faults)):
        places = locate(data)
        findings += [fault.at(path, places.nearest(fault.path)) for fault in faults[path]]
    return findings


def _mark(mark: Any) -> Mark:
    return Mark(mark.line + 1, mark.column + 1)


_FIRST_LINE = {
    CONFIG: "« corpus: » suivi du nom de la commune, en minuscules et sans espace",
    VERSIONS: "« versions: » suivi d’une liste de versions",
}


def _empty(path: str) -> Finding:
    wanted = _FIRST_LINE.get(path, "« type: » et « titre: »")
    return of_file(
        path,
        "fichier-vide",
        "Ce fichier est vide.",
        f"Écrivez au moins {wanted}" + ("." if path == CONFIG else ", ou supprimez le fichier."),
    )
