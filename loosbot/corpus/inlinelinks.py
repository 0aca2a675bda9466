"""Links inside a text of one or some sentences: ``[le skate park](projet/skatepark)``.

The notation is that of Markdown, read exactly, and nothing else of Markdown is: a text without
such a link stays as it is, and so do brackets that lead to no file of a corpus (``[sic]``,
``[1](p. 3)``). Which fields hold such texts, their schema says: ``x-format: liens``.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from loosbot.corpus import schema
from loosbot.corpus.markdown import Target, resolve_markdown_target
from loosbot.corpus.model import Corpus, KeyPath
from loosbot.corpus.paths import ID, id_of
from loosbot.corpus.values import at
from loosbot.frozen import dataclass

_LINK = re.compile(r"\[(?P<label>[^\[\]\n]{1,500})\]\((?P<target>[^\s()\[\]<>]{1,500})\)")
_HERE = "narratives/recit/"
"""A file of a record lies as deep as any other: a relative path means the same from each."""


@dataclass(frozen=True, slots=True)
class InlineLink:
    """A link as it is typed."""

    label: str
    target: str

    @property
    def id(self) -> str:
        """What it leads to, where it is typed as an id."""
        return self.target.partition("#")[0]

    @property
    def fragment(self) -> str:
        return self.target.partition("#")[2]

    def __str__(self) -> str:
        return f"[{self.label}]({self.target})"


def pieces(text: str) -> Iterator[str | InlineLink]:
    """The text and its links, in order."""
    done = 0
    for match in links_in(text):
        if match.start() > done:
            yield text[done : match.start()]
        yield InlineLink(match["label"], match["target"])
        done = match.end()
    if done < len(text):
        yield text[done:]


def links_in(text: str) -> Iterator[re.Match[str]]:
    """Where the links of a text stand, each with its ``label`` and its ``target``."""
    if "](" not in text:
        return
    for match in _LINK.finditer(text):
        if _is_meant(match["target"]):
            yield match


def targets(text: str) -> list[Target]:
    """Where the links of a text lead, as :func:`loosbot.corpus.markdown.targets` tells it."""
    return [Target(match.start("target"), match["target"]) for match in links_in(text)]


def without_links(text: str) -> str:
    """The text as a reader sees it: each link replaced by its label."""
    if "](" not in text:
        return text
    return "".join(part.label if isinstance(part, InlineLink) else part for part in pieces(text))


def corpus_without_links(corpus: Corpus) -> Corpus:
    """The corpus with each link in a sentence replaced by its label; the same object where there is
    none."""
    return _rewritten(corpus, lambda text, path: without_links(text))


def with_ids(corpus: Corpus, current: Mapping[str, str]) -> Corpus:
    """The corpus with the current id as target of each link inside a sentence."""

    def by_id(text: str, path: str) -> str:
        return "".join(
            str(_led(part, path, current)) if isinstance(part, InlineLink) else part
            for part in pieces(text)
        )

    return _rewritten(corpus, by_id)


def _led(link: InlineLink, path: str, current: Mapping[str, str]) -> InlineLink:
    named = resolve_markdown_target(current, path, link.target)
    if named is None:
        return link
    fragment = f"#{link.fragment}" if link.fragment else ""
    return InlineLink(link.label, f"{current[named]}{fragment}")


def _is_meant(target: str) -> bool:
    """Whether a target has the form of an id or of a path, whether or not the file exists."""
    name = target.partition("#")[0]
    if ID.fullmatch(name):
        return True
    path = name[1:] if name.startswith("/") else posixpath.join(_HERE, name)
    return bool(id_of(posixpath.normpath(path)))


def linked_texts(corpus: Corpus) -> dict[str, set[KeyPath]]:
    """Id of a record -> the paths of its texts that hold a link which resolves."""
    by_source: dict[str, set[KeyPath]] = {}
    linked: dict[tuple[str, KeyPath], bool] = {}
    for link in corpus.links:
        record = corpus.records.get(link.source)
        if record is None or not link.path:
            continue
        # most links stand in fields of their own, whose paths are the same in all records
        place = record.type, link.path
        if place not in linked:
            linked[place] = schema.shape(record.type).at(link.path).linked
        if not linked[place]:
            continue
        text = at(record.data, link.path)
        if isinstance(text, str) and "](" in text:
            by_source.setdefault(link.source, set()).add(link.path)
    return by_source


def _rewritten(corpus: Corpus, change: Callable[..., str]) -> Corpus:
    """``change`` gets a text and the ``path`` of its file."""
    places = linked_texts(corpus)
    if not places:
        return corpus
    records = dict(corpus.records)
    for id_, paths in places.items():
        record = records[id_]
        data = _changed(record.data, paths, partial(change, path=record.path))
        records[id_] = replace(record, data=data)
    return replace(corpus, records=records)


def _changed(value: Any, paths: Collection[KeyPath], change: Callable[[str], str]) -> Any:
    """A copy of ``value`` with the texts at these paths changed; what they leave out is shared."""
    if () in paths:
        return change(value)
    below: dict[str | int, list[KeyPath]] = {}
    for first, *rest in paths:
        below.setdefault(first, []).append(tuple(rest))
    if isinstance(value, list):
        return [
            _changed(inner, below[rank], change) if rank in below else inner
            for rank, inner in enumerate(value)
        ]
    return {
        key: _changed(inner, below[key], change) if key in below else inner
        for key, inner in value.items()
    }
