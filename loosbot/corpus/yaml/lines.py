"""The lines of some values of a YAML file.

``reader.locate`` finds every position of a file; a report needs one or two lines of each of
thousands of files, which costs a third of that here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import yaml
from yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    StreamEndEvent,
)

from loosbot.corpus.decoding import decode
from loosbot.corpus.model import Finding, KeyPath
from loosbot.corpus.yaml.events import Parser, hide_breaks
from loosbot.corpus.yaml.margins import by_margin


def lines(
    data: bytes, paths: Iterable[KeyPath], value: Mapping[str, Any] | None = None
) -> dict[KeyPath, int]:
    """The line, from 1, where each value begins, or the nearest of its ancestors in the file.

    For a file that ``reader.read`` accepted; of any other, line 1 for what was not found.
    Reading ends as soon as everything is found: a path that the file lacks makes it read on.
    ``value`` is what the file holds, where somebody knows it: most files are laid out so simply
    that their margin tells the lines, and are not read as YAML.
    """
    paths = list(paths)
    if value is not None and (numbers := by_margin(data, paths, value)) is not None:
        return numbers
    root = _WantedNode()
    chains = {path: root.add(path) for path in paths}
    text = decode(data, "")
    if not isinstance(text, Finding):
        _search(text, root)
    return {path: _last(chain) for path, chain in chains.items()}


class _WantedNode:
    """A node of the tree of wanted paths. ``line`` is 0 until it is found."""

    __slots__ = ("inside", "line")

    def __init__(self) -> None:
        self.line = 0
        self.inside: dict[str | int, _WantedNode] = {}

    def add(self, path: KeyPath) -> list[_WantedNode]:
        """Add ``path`` below this node; returns the nodes on the way, this one first."""
        chain = [self]
        for key in path:
            chain.append(chain[-1].inside.setdefault(key, _WantedNode()))
        return chain


def _last(chain: list[_WantedNode]) -> int:
    return next((wanted.line for wanted in reversed(chain) if wanted.line), 1)


def _search(text: str, root: _WantedNode) -> None:
    parser = Parser(hide_breaks(text)[0])
    try:
        while not isinstance(event := parser.get_event(), StreamEndEvent):
            if isinstance(event, NodeEvent):
                _visit(parser.get_event, event, root, last=True)
                return
    except yaml.YAMLError:
        return
    finally:
        parser.dispose()


def _visit(get: Callable[[], Any], event: Any, wanted: _WantedNode, *, last: bool = False) -> None:
    """Note where ``event`` begins, look inside it, and leave what follows to be read.

    ``last``: whether nobody will read on: the end of the value need not be reached.
    """
    wanted.line = event.start_mark.line + 1
    left = len(wanted.inside)
    rank = -1
    while isinstance(event, CollectionStartEvent):
        if last and not left:
            return
        first = get()
        if isinstance(first, CollectionEndEvent):
            return
        rank += 1
        name: str | int = rank
        if isinstance(event, MappingStartEvent):
            # a key that is no scalar cannot be part of a path
            name = str(first.value) if isinstance(first, ScalarEvent) else ""
            _skip(get, first)
            first = get()
        inner = wanted.inside.get(name)
        if inner is None or inner.line:
            _skip(get, first)
        else:
            left -= 1
            _visit(get, first, inner)


def _skip(get: Callable[[], Any], event: Any) -> None:
    """Read a value to its end."""
    depth = int(isinstance(event, CollectionStartEvent))
    while depth:
        event = get()
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
