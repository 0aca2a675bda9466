"""Two corpora compared, document by document. Pure; both are already filtered."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from loosbot.corpus.links import current_ids, owner_of
from loosbot.corpus.model import RECORD_TYPES, Corpus
from loosbot.corpus.schema import Shape
from loosbot.diff.consent import quotable
from loosbot.diff.differences import Change, Comparison, DocumentChanges
from loosbot.diff.fields import changes
from loosbot.diff.words import Words
from loosbot.frozen import dataclass

_HEADING = re.compile(r"#{1,6}[ \t]+(?P<title>.+?)[ \t]*#*")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")
_ORDER = {name: rank for rank, name in enumerate(("page", *RECORD_TYPES, "index", "modele"))}


@dataclass(frozen=True, slots=True)
class _Document:
    id: str
    title: str
    data: Mapping[str, Any]
    text: str
    shape: Shape


def compare(
    before: Corpus,
    after: Corpus,
    now: Corpus,
    names: tuple[str, str],
    quoted: Collection[str] | None = None,
) -> Comparison:
    """What changed from ``before`` to ``after``, all filtered for one channel.

    ``now`` is the corpus of today: only what it still says is quoted, or ``quoted`` where that is
    given. ``names`` are what a person calls the two versions. Pages come first, then records by
    type and id.
    """
    titles = {old: _title(now, id_) for old, id_ in current_ids(now).items()}
    words = Words(
        {id_: title for id_, title in titles.items() if title},
        quotable(now) if quoted is None else quoted,
    )
    old, new = _documents(before), _documents(after)
    renamed = {
        former: id_ for former, id_ in current_ids(after).items() if former in old and id_ in new
    }
    changed = []
    for id_, document in old.items():
        current = renamed.get(id_, id_)
        if current not in new:
            changed.append(DocumentChanges(id_, document.title, "withdrawn", "", ()))
            continue
        later = new.pop(current)
        content_changes = tuple(_document(document, later, words))
        former = id_ if id_ != current else ""
        if content_changes or former:
            changed.append(
                DocumentChanges(current, later.title, "changed", former, content_changes)
            )
    changed += [
        DocumentChanges(id_, document.title, "added", "", ()) for id_, document in new.items()
    ]
    ordered = sorted(
        changed,
        key=lambda document_changes: (
            _ORDER[document_changes.id.partition("/")[0]],
            document_changes.id,
            document_changes.kind,
        ),
    )
    return Comparison(*names, tuple(ordered))


def _title(corpus: Corpus, id_: str) -> str:
    document = corpus.document(id_)
    return document.title if document else ""


def _documents(corpus: Corpus) -> dict[str, _Document]:
    documents: dict[str, _Document] = {}
    for own in corpus.documents():
        owner = owner_of(own)
        documents[own.id] = _Document(own.id, own.title, own.data, owner.text, owner.shape)
    for template in corpus.templates.values():
        # those that come with the tool change with the tool, not with the corpus
        if template.path:
            as_document = _Document(template.id, template.name, {}, template.text, Shape())
            documents[template.id] = as_document
    return documents


def _document(old: _Document, new: _Document, words: Words) -> Iterator[Change]:
    yield from changes(old.data, new.data, new.shape, words)
    if new.id.startswith("modele/"):
        if old.text != new.text:
            yield Change("texte", "changed", "Le modèle est réécrit.")
    elif old.text != new.text:
        yield from _passages(old.text, new.text)


def _passages(old: str, new: str) -> Iterator[Change]:
    """The parts of a page, by their headings, in the order of the later text."""
    before, after = _parts(old), _parts(new)
    for title, text in after.items():
        if title not in before:
            yield Change("texte", "added", f"Le passage « {title} » est ajouté.")
        elif before[title] != text:
            what = f"Le passage « {title} »" if title else "Le début du texte"
            yield Change("texte", "changed", f"{what} est réécrit.")
    for title in before:
        if title not in after:
            what = f"Le passage « {title} »" if title else "Le début du texte"
            yield Change("texte", "withdrawn", f"{what} est retiré.")
    if before == after:
        yield Change("texte", "changed", "Les passages changent d’ordre.")


def _parts(text: str) -> dict[str, str]:
    """Heading -> the text under it, "" for what comes before the first; later ones of one name
    are told apart by their rank."""
    parts: dict[str, list[str]] = {"": []}
    current, fenced = "", False
    for line in text.split("\n"):
        fenced ^= bool(_FENCE.match(line))
        heading = None if fenced else _HEADING.fullmatch(line)
        if heading is None:
            parts[current].append(line)
            continue
        current = heading["title"]
        rank = 2
        while current in parts:
            current, rank = f"{heading['title']} ({rank})", rank + 1
        parts[current] = []
    joined = {title: "\n".join(lines).strip() for title, lines in parts.items()}
    if not joined[""]:
        del joined[""]
    return joined
