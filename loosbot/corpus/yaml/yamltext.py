"""Plain values -> YAML text that reads back as them, as a careful clerk would write it.

Every text is tried on our own reader before it is used: no list of special characters to keep
in step with YAML's grammar.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from loosbot.corpus.decoding import FORBIDDEN, code_point
from loosbot.corpus.yaml import reader
from loosbot.corpus.yaml.changes import Unpatchable, same
from loosbot.corpus.yaml.scalars import Scalar
from loosbot.frozen import dataclass

Where = Literal["key", "item", "flow"]
"""After ``key:``, after ``-``, or between brackets."""

_TRIALS: dict[Where, tuple[str, str]] = {
    "key": ("k: ", "\n"),
    "item": ("- ", "\n"),
    "flow": ("[{k: ", "}]"),
}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\ufeff": "\\uFEFF"}
SINGLE, DOUBLE = "'", '"'
_SHORT_ITEM = 60
_SHORT_LIST = 240
"""The shipped records write lists of ids and of words between brackets, on lines of this length,
and lists of sentences with dashes."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a file is laid out: columns that a mapping or a text is further right than its key
    (``step``), that a dash is further right than the key of its list (``dash``), and blanks
    after a dash (``gap``)."""

    step: int = 2
    dash: int = 2
    gap: int = 1


@dataclass(frozen=True, slots=True)
class YamlText:
    """``head`` goes on the line of the key or dash (may be empty), ``rest`` are the lines below,
    each with its margin and without its line end."""

    head: str
    rest: tuple[str, ...] = ()


def reads_as(text: str, value: Any, *, code: str = "") -> bool:
    """Whether this whole YAML document has this value, without a finding but those of code
    ``code``."""
    try:
        document = reader.read(text.encode(), "")
    except UnicodeEncodeError:
        return False
    unlike = any(finding.code != code for finding in document.findings)
    return not unlike and same(document.data, value)


def inline(value: Scalar, where: Where, quote: str = "") -> str:
    """A scalar on one line. ``quote`` is the sign to prefer; without one, plain if possible.

    Raises Unpatchable for a sign that no file may hold.
    """
    if not isinstance(value, str):
        return _constant(value)
    if hidden := FORBIDDEN.search(value):
        raise Unpatchable(
            f"Le nouveau texte contient le caractère invisible {code_point(hidden[0])}, "
            "qui ne peut pas être publié."
        )
    candidates = [] if quote else [value]
    if quote == "'" or (not quote and ('"' in value or "\\" in value)):
        candidates.append(f"'{escaped(value, SINGLE)}'")
    before, after = _TRIALS[where]
    expected: Any = {"key": {"k": value}, "item": [value], "flow": [{"k": value}]}[where]
    for text in candidates:
        if "\n" not in text and "\r" not in text and reads_as(before + text + after, expected):
            return text
    return f'"{escaped(value, DOUBLE)}"'


def escaped(value: str, quote: str) -> str:
    """A text as it is written between these quotes, or without any."""
    if quote == DOUBLE:
        return "".join(_ESCAPES.get(character, character) for character in value)
    return value.replace("'", "''") if quote == SINGLE else value


def after_key(value: Any, column: int, style: Style) -> YamlText:
    """The value of a key that stands in ``column`` (from 0)."""
    if isinstance(value, dict) and value:
        return YamlText("", tuple(mapping_lines(value, column + style.step, style)))
    if isinstance(value, list) and value and not (brackets := _short_list(value)):
        return YamlText("", tuple(_list_lines(value, column + style.dash, style)))
    if isinstance(value, list) and value:
        return YamlText(brackets)
    return text_or_inline(value, column, column + style.step, "key")


def item(value: Any, column: int, style: Style) -> YamlText:
    """A list item whose dash stands in ``column``."""
    inside = column + 1 + style.gap
    lines: list[str] = []
    if isinstance(value, dict) and value:
        lines = mapping_lines(value, inside, style)
    elif isinstance(value, list) and value:
        if brackets := _short_list(value):
            return YamlText(brackets)
        lines = _list_lines(value, inside, style)
    if lines:
        return YamlText(lines[0][inside:], tuple(lines[1:]))
    return text_or_inline(value, column, inside, "item")


def flow(value: Any) -> str:
    """Any value between brackets, on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{inline(k, 'flow')}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return inline(value, "flow")


def mapping_lines(mapping: dict[str, Any], column: int, style: Style) -> list[str]:
    """One key under the other, all in ``column``."""
    lines = []
    for key, value in mapping.items():
        written = after_key(value, column, style)
        lines.append(joined(f"{' ' * column}{key_text(key)}:", written.head))
        lines += written.rest
    return lines


def key_text(key: str) -> str:
    """A key, between quotes only if it must be."""
    return key if reads_as(f"{key}: 1", {key: 1}) and "\n" not in key else inline(key, "key", '"')


def joined(lead: str, head: str) -> str:
    """``key:`` or ``-`` and what follows on its line."""
    return f"{lead} {head}" if head else lead


def text_or_inline(value: Any, parent: int, column: int, where: Where) -> YamlText:
    """A scalar: a text of several lines under ``|`` in ``column``, all else on one line.

    ``parent`` is the column of the key or dash, from which indentation indicators count.
    """
    if isinstance(value, str) and "\n" in value and last_line(value).strip():
        ending = len(value) - len(value.rstrip("\n"))
        lines = value.rstrip("\n").split("\n")
        first = next(line for line in lines if line)
        digit = str(column - parent) if first[0] in " \t" else ""
        header = f"|{digit}{'' if ending else '-'}"
        rest = tuple(line and " " * column + line for line in lines)
        lead, expected = ("k", {"k": value}) if where == "key" else ("-", [value])
        trial = "\n".join([f"{' ' * parent}{lead}{':' * (lead == 'k')} {header}", *rest, ""])
        if ending < 2 and reads_as(trial, expected):
            return YamlText(header, rest)
    return YamlText(inline(value, where) if not isinstance(value, dict | list) else flow(value))


def last_line(text: str) -> str:
    """The last line of a text, leaving out the line feeds at its end."""
    return text.rstrip("\n").rpartition("\n")[2]


def _list_lines(items: list[Any], column: int, style: Style) -> list[str]:
    lines = []
    for value in items:
        written = item(value, column, style)
        lead = " " * column + "-"
        lines.append(f"{lead}{' ' * style.gap}{written.head}" if written.head else lead)
        lines += written.rest
    return lines


def _short_list(items: list[Any]) -> str:
    """The list between brackets, where all its items are short; "" elsewhere."""
    texts = []
    for value in items:
        if isinstance(value, dict | list) or (isinstance(value, str) and len(value) > _SHORT_ITEM):
            return ""
        texts.append(inline(value, "flow"))
        if isinstance(value, str) and (texts[-1] != value or value.endswith((".", "…", "!", "?"))):
            return ""
    brackets = f"[{', '.join(texts)}]"
    return brackets if len(brackets) <= _SHORT_LIST else ""


def _constant(value: Scalar) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        text = format(Decimal(repr(value)), "f")
        return text if "." in text else f"{text}.0"
    raise TypeError(f"no value of a YAML document: {value!r}")
