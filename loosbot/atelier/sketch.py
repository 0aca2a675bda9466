"""A page near enough to what the wiki will show, where no wiki answers: plain text, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from loosbot.corpus.dates import display, is_date
from loosbot.corpus.model import Corpus, Record
from loosbot.fields.dictionary import Field, dictionary

_STATES = {"inconnu": "inconnu", "sans-objet": "sans objet"}


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of the page, and lines under it: what it is, what it says."""

    heading: str
    lines: tuple[tuple[str, str], ...]


def sketch(record: Record, corpus: Corpus) -> Iterator[Part]:
    """The parts of a record's page."""
    by_heading: dict[str, list[tuple[str, str]]] = {}
    for one in dictionary(record.type):
        if one.shown and one.key in record.data and one.key != "titre":
            lines = by_heading.setdefault(one.heading, [])
            lines += _lines(one, record.data[one.key], corpus, "")
    for heading, lines in by_heading.items():
        if lines:
            yield Part(heading, tuple(lines))


def _lines(one: Field, value: Any, corpus: Corpus, before: str) -> list[tuple[str, str]]:
    label = f"{before}{one.title}"
    if one.kind == "items":
        items = value if isinstance(value, list) else [value]
        return [line for item in items for line in _group(one, item, corpus, label)]
    if one.kind == "group":
        return _group(one, value, corpus, label)
    values = value if isinstance(value, list) else [value]
    return [(label, "\n\n".join(_said(one, item, corpus) for item in values))]


def _group(one: Field, value: Any, corpus: Corpus, label: str) -> list[tuple[str, str]]:
    if not isinstance(value, Mapping):
        inner = one.field(one.short)
        values = value if isinstance(value, list) else [value]
        return [(label, ", ".join(_said(inner or one, item, corpus) for item in values))]
    found = []
    for inner in one.fields:
        if inner.shown and inner.key in value:
            before = "" if inner.key == one.short else f"{label} : "
            named = inner if before else replace(inner, title=label)
            found += _lines(named, value[inner.key], corpus, before)
    return found


def _said(one: Field, value: Any, corpus: Corpus) -> str:
    text = str(value).strip("\n")
    if text in _STATES and one.states:
        return _STATES[text]
    if one.words:
        return next((word.label for word in one.words if word.key == text), text)
    if one.kind in ("link", "links") and text in corpus.records:
        return corpus.records[text].title
    if one.kind == "date" and is_date(text):
        return display(text)
    return text
