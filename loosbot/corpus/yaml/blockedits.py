"""Changes to keys and items that stand on lines of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as with_
from typing import Any

from loosbot.corpus.model import KeyPath
from loosbot.corpus.yaml.changes import value_at
from loosbot.corpus.yaml.layout import Edit, Layout
from loosbot.corpus.yaml.rewrite import rewritten
from loosbot.corpus.yaml.yamltext import (
    Style,
    Where,
    YamlText,
    after_key,
    item,
    joined,
    key_text,
    mapping_lines,
)


def replace(layout: Layout, path: KeyPath, value: Any) -> list[Edit]:
    """A new value in the place of another."""
    start, end = layout.span(path)
    style = layout.places.span(path).style
    if not path:
        lines = mapping_lines(value, 0, Style()) if isinstance(value, dict) and value else ["{}"]
        return [(start, end, layout.break_near(start).join(lines))]
    if style != "collection" and not isinstance(value, dict | list):
        source = layout.text[start:end]
        text = rewritten(
            source, value, _parent(layout, path), _where(layout, path), layout.break_near(start)
        )
        if text is not None and start < end:
            return [(start, end, text)]
        if text is not None:
            lead = layout.lead(path)
            return [(lead, lead, f" {text}")]
    return _replace_whole(layout, path, value)


def _where(layout: Layout, path: KeyPath) -> Where:
    """``item`` or ``key``: a value alone on the line below its key is written as an item is."""
    return "item" if layout.alone(layout.span(path)[0]) or isinstance(path[-1], int) else "key"


def _parent(layout: Layout, path: KeyPath) -> int:
    return layout.column(layout.start(path))


def _replace_whole(layout: Layout, path: KeyPath, value: Any) -> list[Edit]:
    """The line of the key or dash keeps its comment, what is below is written anew."""
    text = layout.text
    start, end = layout.span(path)
    style = layout.places.span(path).style
    lead = layout.lead(path)
    written = _written(layout, path, value)
    last = layout.end(path)
    blanks = " "
    if layout.line(start) != layout.line(lead):
        trailer = text[lead : layout.line_end(lead)]
        if style != "collection" and "#" in text[layout.next_line(lead) : start]:
            raise layout.unpatchable(lead, "Un commentaire sépare cette clé de sa valeur.")
        if not layout.in_block(path) and not layout.ends_line(end):
            raise layout.unpatchable(end, "Quelque chose suit cette valeur sur sa ligne.")
    elif layout.in_block(path):
        trailer = ""
    else:
        after = end
        if style in ("|", ">"):
            header_end = layout.line_end(start)
            after = text.find(" ", start, header_end)
            after = header_end if after < 0 else after
        trailer = text[after : layout.line_end(after)]
        blanks = text[lead:start] or " "
    trailer = trailer if trailer.strip() else ""
    line_break = layout.break_near(lead)
    new = (blanks + written.head if written.head else "") + trailer
    new += "".join(line_break + line for line in written.rest)
    return [(lead, last, _closed(layout, last, new, line_break, bool(written.rest)))]


def _written(layout: Layout, path: KeyPath, value: Any) -> YamlText:
    style = layout.style()
    column = _parent(layout, path)
    if isinstance(path[-1], str):
        return after_key(value, column, style)
    return item(value, column, with_(style, gap=_gap(layout, path)))


def _gap(layout: Layout, path: KeyPath) -> int:
    """How many blanks stand after the dash of this item."""
    start, lead = layout.span(path)[0], layout.lead(path)
    return start - lead if start > lead and layout.line(start) == layout.line(lead) else 1


def _closed(layout: Layout, index: int, new: str, line_break: str, whole: bool) -> str:
    """The text with a final line break; in a file without one, only where a block scalar needs
    it."""
    open_end = index == len(layout.text) and layout.text[-1:] not in ("\n", "\r")
    return new if open_end and not whole else new + line_break


def add_key(layout: Layout, path: KeyPath, value: Any, order: Sequence[str]) -> list[Edit]:
    """The edits that add a key after the last one of its mapping, or after the one that precedes
    it in ``order``. ``path`` ends with the key; the mapping has others, in block style."""
    above, key = path[:-1], str(path[-1])
    present = list(value_at(layout.data, above))
    after = present[-1]
    if key in order:
        before = order[: list(order).index(key)]
        after = next((name for name in reversed(before) if name in present), after)
    column = layout.column(layout.span(above)[0])
    written = after_key(value, column, layout.style())
    margin = " " * column
    lines = [margin + joined(f"{key_text(key)}:", written.head), *written.rest]
    return _below(layout, (*above, after), column, lines)


def add_first(layout: Layout, path: KeyPath, value: Any) -> list[Edit]:
    """A key in a file that has none."""
    lines = mapping_lines({str(path[-1]): value}, 0, Style())
    end = len(layout.text)
    line_break = layout.break_near(0)
    start = line_break if layout.text and layout.text[-1] not in "\r\n" else ""
    return [(end, end, start + "".join(line + line_break for line in lines))]


def insert(layout: Layout, path: KeyPath, value: Any) -> list[Edit]:
    """An item in a list that has some, with a blank line between if they have."""
    above, index = path[:-1], int(path[-1])
    count = len(value_at(layout.data, above))
    column = layout.column(layout.span(above)[0])
    gap = _gap(layout, (*above, min(index, count - 1)))
    written = item(value, column, with_(layout.style(), gap=gap))
    lines = [f"-{' ' * gap}{written.head}" if written.head else "-", *written.rest]
    spaced = count > 1 and layout.after_blank((*above, count - 1))
    if index == count:
        lines[0] = " " * column + lines[0]
        return _below(layout, (*above, count - 1), column, [""] * spaced + lines)
    start = layout.with_comments((*above, index))
    line_break = layout.break_near(start)
    return [(start, start, line_break.join([*lines, *[""] * spaced, " " * column]))]


def _below(layout: Layout, path: KeyPath, column: int, lines: list[str]) -> list[Edit]:
    """Lines under a value, before the comments and blank lines that belong to what follows."""
    text = layout.text
    index = layout.after_comments(layout.end(path), column)
    line_break = layout.break_near(layout.start(path))
    new = line_break.join(lines)
    if index < len(text) or text[-1:] in ("\n", "\r"):
        return [(index, index, new + line_break)]
    edits = _closed_block(layout, path)
    last = line_break if len(lines) > 1 else ""
    return [*edits, (index, index, line_break + new + last)]


def _closed_block(layout: Layout, path: KeyPath) -> list[Edit]:
    """A text under ``|`` at the end of a file without a last line break has none itself:
    it must say so once something follows."""
    leaf = layout.last_leaf(path)
    span = layout.places.span(leaf)
    if span.style not in ("|", ">"):
        return []
    sign = layout.text[span.start + 1 : span.start + 2]
    end = span.start + 1 + (sign in "123456789" and bool(sign))
    chomping = layout.text[end : end + 1]
    if chomping == "-":
        return []
    return [(end, end + (chomping == "+"), "-")]


def remove(layout: Layout, path: KeyPath) -> list[Edit]:
    """An item, or a key with its value, and the comments that are plainly its own."""
    start = layout.with_comments(path)
    end = layout.after_comments(layout.end(path), layout.column(start))
    lines = layout.alone(start)
    if lines:
        start = layout.line(start)
    above = path[:-1]
    if len(value_at(layout.data, above)) == 1:
        brackets = "[]" if isinstance(path[-1], int) else "{}"
        if lines and above:
            lead = layout.lead(above)
            return [(lead, lead, f" {brackets}"), (start, end, "")]
        return [(start, end, brackets + layout.break_near(start))]
    if lines:
        return [(start, end, "")]
    if layout.first(end):  # the next key moves up to the line of the dash
        return [(start, end + layout.margin(end), "")]
    bare = len(layout.text[:start].rstrip(" "))
    return [(bare, end, layout.break_near(start))]
