"""Changes between brackets: ``[a, b]`` and ``{a: 1}``, on one line or on several."""

from __future__ import annotations

import re
from typing import Any

from loosbot.corpus.model import KeyPath
from loosbot.corpus.yaml.changes import value_at
from loosbot.corpus.yaml.layout import Edit, Layout
from loosbot.corpus.yaml.rewrite import rewritten
from loosbot.corpus.yaml.yamltext import flow, inline

_COMMA = re.compile(r"[ \t\r\n]*,")


def replace(layout: Layout, path: KeyPath, value: Any) -> list[Edit]:
    """A new value in the place of another. Raises Unpatchable where none stands there."""
    start, end = layout.span(path)
    style = layout.places.span(path).style
    if isinstance(value, dict | list):
        text = flow(value)
    else:
        source = layout.text[start:end] if style != "collection" else ""
        text = rewritten(source, value, 0, "flow", "\n") or flow(value)
    if start < end:
        return [(start, end, text)]
    key = layout.places.key_span(path)
    if key is None:
        raise layout.unpatchable(start, "Il manque une valeur entre deux virgules.")
    colon = layout.text.rfind(":", key.end, start)
    if colon < 0:
        return [(key.end, key.end, f": {text}")]
    return [(colon + 1, colon + 1, f" {text}")]


def insert(layout: Layout, path: KeyPath, value: Any) -> list[Edit]:
    """A new item or key, in a list or mapping that has some; a key comes last. Raises Unpatchable
    where nothing encloses them."""
    above, part = path[:-1], path[-1]
    start = layout.span(above)[0]
    if layout.text[start] not in "[{":
        raise layout.unpatchable(start, "Il manque des accolades autour de ce groupe de clés.")
    text = flow(value) if isinstance(part, int) else f"{inline(part, 'flow')}: {flow(value)}"
    others = _others(layout, above)
    if isinstance(part, int) and part < len(others):
        before = others[part][0]
        if layout.alone(before):
            line_break = layout.break_near(before)
            return [(before, before, f"{text},{line_break}{' ' * layout.column(before)}")]
        return [(before, before, f"{text}, ")]
    first, end = others[-1]
    comma = _COMMA.match(layout.text, end)
    after = comma.end() if comma else end
    if not (layout.alone(first) and layout.ends_line(after)):
        return [(end, end, f", {text}")]
    line_end = layout.line_end(after)
    margin = layout.break_near(after) + " " * layout.column(first)
    if comma:
        return [(line_end, line_end, f"{margin}{text},")]
    return [(end, end, ","), (line_end, line_end, f"{margin}{text}")]


def remove(layout: Layout, path: KeyPath) -> list[Edit]:
    """An item, or a key with its value; the comment on its line goes with it. Raises Unpatchable as
    :func:`insert`."""
    above = path[:-1]
    start = layout.span(above)[0]
    if layout.text[start] not in "[{":
        raise layout.unpatchable(start, "Il manque des accolades autour de ce groupe de clés.")
    others = _others(layout, above)
    value = value_at(layout.data, above)
    index = path[-1] if isinstance(path[-1], int) else list(value).index(path[-1])
    start, end = others[index]
    if len(others) == 1:
        first, last = layout.span(above)
        return [(first + 1, last - 1, "")]
    comma = _COMMA.match(layout.text, end)
    after = comma.end() if comma else end
    last = index == len(others) - 1
    if layout.alone(start) and layout.ends_line(after):
        edits: list[Edit] = [(layout.line(start), layout.next_line(after), "")]
        if last and comma is None:
            previous = others[index - 1][1]
            separator = layout.text.index(",", previous)
            edits.insert(0, (previous, separator + 1, layout.text[previous:separator]))
        return edits
    between = (others[index - 1][1], end) if last else (start, others[index + 1][0])
    if "#" in layout.text[between[0] : start] + layout.text[end : between[1]]:
        raise layout.unpatchable(start, "Un commentaire est placé entre ces valeurs.")
    return [(*between, "")]


def _others(layout: Layout, above: KeyPath) -> list[tuple[int, int]]:
    """The (start, end) of each item, or key with its value."""
    value = value_at(layout.data, above)
    spans = []
    for part in range(len(value)) if isinstance(value, list) else value:
        start, end = layout.span((*above, part))
        key = layout.places.key_span((*above, part))
        spans.append((key.start, max(key.end, end)) if key else (start, end))
    return spans
