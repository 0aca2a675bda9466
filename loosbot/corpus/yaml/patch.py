"""Change some values of one YAML file, or the text of a page, and leave every other byte as it is.

Each change is made on the text of the file, at the places that the reader tells, then the file is
read again: what does not read as the same change made on plain values is never given back.
The file of a new record begins with :func:`begun`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from loosbot.corpus import schema
from loosbot.corpus.decoding import LINE_BREAK, decode
from loosbot.corpus.model import Finding, KeyPath
from loosbot.corpus.yaml import blockedits, flowedits, reader
from loosbot.corpus.yaml.changes import (
    Change,
    Insert,
    Put,
    Remove,
    Unpatchable,
    apply,
    same,
    steps,
    value_at,
)
from loosbot.corpus.yaml.events import Walk
from loosbot.corpus.yaml.layout import Edit, Layout
from loosbot.corpus.yaml.reader import Places, front_matter

_BREAKS = re.compile(r"[\r\n]*")

__all__ = ["Change", "Insert", "Put", "Remove", "Unpatchable", "apply", "patch", "patch_page"]


def patch(data: bytes, changes: Sequence[Change], order: Sequence[str] = ()) -> bytes:
    """The file with these changes, made one after the other.

    ``order`` is that of the keys of the schema: a key that is added at the top of the document
    goes after the nearest of those before it. Raises Unpatchable, and then nothing has changed;
    also for a file in which the reader finds an error.
    """
    text = decode(data, "")
    if isinstance(text, Finding):
        raise Unpatchable(text.message, text.line)
    layout = original = _read(text)
    values, wanted = layout.data, apply(layout.data, changes)
    last: Change | None = None
    for change in changes:
        for step in steps(values, change):
            if last:
                layout = _read_again(text, values, last, original)
            text = _edited(text, _edits(layout, step, order))
            values, last = apply(values, [step]), step
    if last is None:
        return data
    result = text.encode()
    document = reader.read(result, "")
    if any(finding.severity == "error" for finding in document.findings) or not same(
        document.data, wanted
    ):
        raise _beyond(last, original)
    return result


def _read(text: str) -> Layout:
    walk = Walk(text, "", locate=True)
    data = walk.run()
    for finding in walk.findings:
        if finding.severity == "error":
            raise Unpatchable(finding.message, finding.line)
    return Layout(text, data, Places(walk.nodes))


def _read_again(text: str, values: Any, step: Change, original: Layout) -> Layout:
    """The file after ``step``, which must read as these values."""
    try:
        layout = _read(text)
    except Unpatchable:  # its line numbers are those of an intermediate text that nobody sees
        raise _beyond(step, original) from None
    if not same(layout.data, values):
        raise _beyond(step, original)
    return layout


def _beyond(step: Change, original: Layout) -> Unpatchable:
    place = " > ".join(str(part + 1 if isinstance(part, int) else part) for part in step.path)
    return Unpatchable(
        f"La façon dont « {place} » est écrit ne permet pas de le modifier.",
        original.places.nearest(step.path).line,
    )


def _edited(text: str, edits: Sequence[Edit]) -> str:
    """Edits do not overlap; those at one place are made in the order given."""
    for start, end, new in sorted(edits, key=lambda edit: edit[:2], reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _edits(layout: Layout, step: Change, order: Sequence[str]) -> list[Edit]:
    path = step.path
    above = value_at(layout.data, path[:-1]) if path else None
    if layout.empty and isinstance(step, Put):
        return blockedits.add_first(layout, path, step.value)
    in_flow = layout.in_flow(path)
    if isinstance(step, Remove):
        return flowedits.remove(layout, path) if in_flow else blockedits.remove(layout, path)
    adding = isinstance(step, Insert) or (isinstance(above, dict) and path[-1] not in above)
    if not adding:
        return _replaced(layout, path, step.value)
    if not above:
        new = [step.value] if isinstance(step, Insert) else {path[-1]: step.value}
        return _replaced(layout, path[:-1], new)
    if in_flow:
        return flowedits.insert(layout, path, step.value)
    if isinstance(step, Insert):
        return blockedits.insert(layout, path, step.value)
    return blockedits.add_key(layout, path, step.value, order if len(path) == 1 else ())


def _replaced(layout: Layout, path: KeyPath, value: Any) -> list[Edit]:
    if layout.in_flow(path):
        return flowedits.replace(layout, path, value)
    return blockedits.replace(layout, path, value)


def patch_page(data: bytes, changes: Sequence[Change], body: str | None) -> bytes:
    """A Markdown page with these changes to its front matter, and with this text if not None.

    ``body`` is as ``checkedfile.read`` gives it: line feeds only, none at its beginning. Lines that
    the text already has keep their line ends. Raises Unpatchable, and then nothing has changed.
    """
    text = decode(data, "")
    if isinstance(text, Finding):
        raise Unpatchable(text.message, text.line)
    parts = front_matter(text)
    if parts is None:
        raise Unpatchable("Cette page ne commence pas par un en-tête entre deux lignes « --- ».", 1)
    header, closing, written = parts
    if changes:
        header = patch(header.encode(), changes).decode()
    if body is not None:
        written = _body(written, body, LINE_BREAK.search(text))
    result = (header + closing + written).encode()
    if isinstance(fault := decode(result, ""), Finding):
        raise Unpatchable(fault.message)
    return result


def _body(written: str, body: str, line_break: re.Match[str] | None) -> str:
    """``written`` is what follows the closing ``---``, its line end first."""
    ending = line_break[0] if line_break else "\n"
    start = _BREAKS.match(written)
    top = (start[0] if start else "") or ending
    old = LINE_BREAK.split(written[len(top) :])
    old_ends = [*LINE_BREAK.findall(written[len(top) :]), ending]
    new = LINE_BREAK.sub("\n", body).lstrip("\n").split("\n")
    ends: list[str] = []
    for tag, from_, to, new_from, new_to in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        ends += old_ends[from_:to] if tag == "equal" else [ending] * (new_to - new_from)
    return top + "".join(line + end for line, end in zip(new, [*ends[:-1], ""], strict=True))


def begun(type_name: str, comments: str = "") -> bytes:
    """A new file: its schema, which editors look for, whole lines of ``comments``, its type."""
    return f"# $schema: ../../schemas/{type_name}.json\n{comments}type: {type_name}\n".encode()


def with_values(file: bytes, before: Mapping[str, Any], after: Mapping[str, Any]) -> bytes:
    """The file, which says ``before``, with the values ``after``; its comments, order and layout
    stay, and new keys come in the order of the schema.

    Both have their ``type``. Raises Unpatchable, and UnicodeEncodeError for half of a letter.
    """
    order = list(schema.shape(after["type"]).properties)
    keys = sorted(after, key=lambda key: order.index(key) if key in order else len(order))
    changes: list[Change] = [Remove((key,)) for key in before if key not in after]
    changes += [
        Put((key,), after[key])
        for key in keys
        if key not in before or not same(before[key], after[key])
    ]
    return patch(file, changes, order)
