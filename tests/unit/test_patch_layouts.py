"""Changes anywhere in files of any layout: what they read as, and the lines that must stay."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loosbot.corpus.check import checkedfile
from loosbot.corpus.model import KeyPath
from loosbot.corpus.paths import place
from loosbot.corpus.yaml.changes import same, value_at
from loosbot.corpus.yaml.patch import Change, Insert, Put, Remove, apply, patch, patch_page
from loosbot.corpus.yaml.reader import read

ROOT = Path(__file__).parents[2]
RECORDS = sorted(ROOT.glob("narratives/*/*.yaml"))
PAGES = sorted(ROOT.glob("pages/*.md"))

WORDS = ["titre", "voix", "l'eau", "été", "oui", "12", "2018-06", "a: b", "c #d", '"e"', "- f"]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
paragraphs = st.lists(st.sampled_from([*WORDS, "", "  g", "h " * 30]), min_size=1, max_size=5)
scalars = st.one_of(
    texts,
    paragraphs.map("\n".join),
    paragraphs.map(lambda lines: "\n".join(lines) + "\n"),
    st.sampled_from([None, True, False, 0, -3, 1.5, "", "null", " ", "x\u2028y", "\n", "x\ty\r"]),
)
keys = st.sampled_from(["a", "b", "c", "d_e", "12", "f g", "é"])
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)
documents = st.dictionaries(keys, values, min_size=1, max_size=4)


class Line(NamedTuple):
    """``path`` is that of the value that the line shows, or before which the comment stands."""

    text: str
    path: KeyPath
    kind: str = ""


@dataclass
class Written:
    """A document as somebody wrote it."""

    draw: Any
    step: int
    dash: int
    lines: list[Line] = field(default_factory=list)

    def mapping(self, mapping: dict[str, Any], column: int, path: KeyPath, first: str = "") -> None:
        for key, value in mapping.items():
            self.extras(column, (*path, key), first)
            self.value(f"{first or ' ' * column}{_quoted(key)}:", value, column, (*path, key))
            first = ""

    def sequence(self, items: list[Any], column: int, path: KeyPath, first: str = "") -> None:
        for index, value in enumerate(items):
            inner = (*path, index)
            self.extras(column, inner, first)
            lead = f"{first or ' ' * column}-"
            first = ""
            compact = isinstance(value, dict | list) and value and self.draw(st.booleans())
            if compact and isinstance(value, dict):
                self.mapping(value, column + 2, inner, f"{lead} ")
            elif compact:
                self.sequence(value, column + 2, inner, f"{lead} ")
            else:
                self.value(lead, value, column, inner)

    def value(self, lead: str, value: Any, column: int, path: KeyPath) -> None:
        comment = self.draw(st.sampled_from(["", "", "  # ici", " #"]))
        if not isinstance(value, dict | list):
            self.scalar(lead, value, comment, column, path)
        elif not value or self.draw(st.integers(0, 3)) == 0:
            self.lines.append(Line(f"{lead} {_flow(value)}{comment}", path, "flow"))
        else:
            self.lines.append(Line(f"{lead}{comment}", path))
            if isinstance(value, dict):
                self.mapping(value, column + self.step, path)
            else:
                dash = self.dash if isinstance(path[-1], str) else self.step
                self.sequence(value, column + dash, path)

    def scalar(self, lead: str, value: Any, comment: str, column: int, path: KeyPath) -> None:
        if not isinstance(value, str):
            self.lines.append(Line(f"{lead} {_constant(value)}{comment}".rstrip(), path))
            return
        lines = value.removesuffix("\n").split("\n")
        simple = all(line.strip() and line[0] != " " for line in lines) and "\r" not in value
        if simple and self.draw(st.booleans()):
            folded = len(lines) == 1 and self.draw(st.booleans())
            sign = (">" if folded else "|") + ("" if value.endswith("\n") else "-")
            self.lines.append(Line(f"{lead} {sign}{comment}", path))
            shown = lines[0].replace(" ", "\n", 1).split("\n") if folded else lines
            shown = shown if all(line and line[0] != " " for line in shown) else lines
            margin = " " * (column + self.step)
            self.lines += [Line(margin + line, path) for line in shown]
            return
        self.lines.append(Line(f"{lead} {_quoted(value)}{comment}", path))

    def extras(self, column: int, path: KeyPath, first: str) -> None:
        """Blank lines and comments before a value that begins its own line."""
        if first:
            return
        for kind in self.draw(st.lists(st.sampled_from(["", "# note", "#"]), max_size=2)):
            self.lines.append(Line(kind and f"{' ' * column}{kind}", path, kind or "blank"))


def _quoted(text: str) -> str:
    if text.isalpha() and text.isascii() and text not in ("null", "true", "false"):
        return text
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escapes.get(character, character) for character in text) + '"'


def _constant(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "", True: "true", False: "false"}[value]
    return str(value)


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(k)}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[ " + ",".join(map(_flow, value)) + " ]"
    return _quoted(value) if isinstance(value, str) else _constant(value) or "null"


def _paths(data: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Every value below the document."""
    parts = data if isinstance(data, dict) else range(len(data))
    for part in parts:
        yield (*path, part)
        if isinstance(data[part], dict | list):
            yield from _paths(data[part], (*path, part))


@st.composite
def changes(draw: Any, data: Any) -> Change:
    everywhere = list(_paths(data))
    path = draw(st.sampled_from(everywhere))
    holders = [(), *(path for path in everywhere if isinstance(value_at(data, path), dict))]
    lists = [path for path in everywhere if isinstance(value_at(data, path), list)]
    kind = draw(st.sampled_from(["put", "add", "insert", "remove"]))
    if kind == "remove":
        return Remove(path)
    if kind == "insert" and lists:
        above = draw(st.sampled_from(lists))
        index = draw(st.integers(0, len(value_at(data, above))))
        return Insert((*above, index), draw(values))
    if kind == "add":
        return Put((*draw(st.sampled_from(holders)), draw(keys)), draw(values))
    return Put(path, draw(values))


@st.composite
def written(draw: Any) -> tuple[Written, str, Any]:
    """A document, its line end, its data."""
    data = draw(documents)
    document = Written(draw, draw(st.sampled_from([2, 4])), draw(st.sampled_from([0, 2, 4])))
    document.mapping(data, 0, ())
    return document, draw(st.sampled_from(["\n", "\r\n"])), data


def _kept(document: Written, change: Change, data: Any) -> list[str]:
    """The lines that this change is not about."""
    where, above = change.path, change.path[:-1]
    holder = value_at(data, above)
    moving: KeyPath | None = None
    if isinstance(change, Remove) and len(holder) > 1:
        first, second = list(holder)[:2] if isinstance(holder, dict) else (0, 1)
        if where[-1] == first:  # the next one moves up behind its dash, if there is one
            moving = (*above, second)
    shown = any(line.path == above and not line.kind for line in document.lines)
    if isinstance(change, Insert) and where[-1] == 0 and not shown:
        moving = where  # its dash shares the line of another
    lines = []
    for line in document.lines:
        if moving and line.path[: len(moving)] == moving and line.kind != "blank":
            moving = None
        elif not _is_about(line, change, data):
            lines.append(line.text)
    return lines


def _is_about(line: Line, change: Change, data: Any) -> bool:
    where = change.path
    if line.kind == "blank":
        return line.path[: len(where)] == where and len(line.path) > len(where)
    if not isinstance(change, Insert) and line.path[: len(where)] == where:
        inside = len(line.path) > len(where)
        return not line.kind.startswith("#") or inside or isinstance(change, Remove)
    if line.kind.startswith("#") or line.path != where[:-1][: len(line.path)]:
        return False
    shown = value_at(data, line.path)
    emptied = isinstance(change, Remove) and line.path == where[:-1] and len(shown) == 1
    return line.kind == "flow" or not shown or emptied


def _is_within(lines: list[str], all_lines: list[str]) -> bool:
    """Whether the lines are all there, in this order."""
    left = iter(all_lines)
    return all(line in left for line in lines)


@pytest.mark.slow
@given(st.data())
@settings(max_examples=200, deadline=None)
def test_any_change_anywhere(data: st.DataObject) -> None:
    document, line_end, values_before = data.draw(written())
    change = data.draw(changes(values_before))
    before = "".join(text + line_end for text, _, _ in document.lines).encode()
    reading = read(before, "")
    assert same(reading.data, values_before)
    # any line of a folded text may look like an item, any comment like a title
    assert {finding.code for finding in reading.findings} <= {"texte-plie", "yaml-diese"}
    after = patch(before, [change])
    assert same(read(after, "").data, apply(values_before, [change]))
    lines = after.decode().split(line_end)
    assert _is_within(_kept(document, change, values_before), lines)


@pytest.mark.slow
@given(st.data())
@settings(max_examples=100, deadline=None)
def test_any_changes_one_after_the_other(data: st.DataObject) -> None:
    document, line_end, _ = data.draw(written())
    before = line_end.join(["# fiche", *(text for text, _, _ in document.lines)]).encode()
    now = read(before, "").data
    several: list[Change] = []
    for _ in range(data.draw(st.integers(1, 4))):
        several.append(data.draw(changes(now)) if now else Put(("a",), 1))
        now = apply(now, several[-1:])
    after = patch(before, several)
    assert same(read(after, "").data or {}, now)
    if b"\r\n" in before:
        assert after.count(b"\n") == after.count(b"\r\n")


@pytest.mark.slow
@given(st.data())
@settings(max_examples=50, deadline=None)
def test_another_value_for_the_whole_document(data: st.DataObject) -> None:
    document, line_end, now = data.draw(written())
    wanted = data.draw(documents)
    before = "".join(text + line_end for text, _, _ in document.lines).encode()
    assert same(read(patch(before, [Put((), wanted)]), "").data, wanted)
    assert patch(before, [Put((), now)]) == before


def _other(value: Any) -> Any:
    if isinstance(value, str):
        return f"{value.rstrip()} (revu){value[len(value.rstrip()) :]}"
    return not value if isinstance(value, bool) else value + 1


def _differing(before: bytes, after: bytes) -> list[tuple[list[bytes], list[bytes]]]:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return [
        (old[start:end], new[new_start:new_end])
        for tag, start, end, new_start, new_end in SequenceMatcher(
            None, old, new, autojunk=False
        ).get_opcodes()
        if tag != "equal"
    ]


@pytest.mark.parametrize("type_", sorted({path.parent.name for path in RECORDS}))
def test_one_value_of_each_shipped_record(type_: str) -> None:
    """One line differs, and begins as it did."""
    for number, path in enumerate(path for path in RECORDS if path.parent.name == type_):
        before = path.read_bytes()
        data = read(before, "").data
        leaves = [path for path in _paths(data) if isinstance(value_at(data, path), str | int)]
        where = leaves[number * 7 % len(leaves)]
        wanted = _other(value_at(data, where))
        after = patch(before, [Put(where, wanted)])
        ((old, new),) = _differing(before, after)
        assert (len(old), len(new)) == (1, 1), (path.name, where)
        assert value_at(read(after, "").data, where) == wanted


def test_the_summary_and_the_text_of_each_shipped_page() -> None:
    for path in PAGES:
        before = path.read_bytes()
        where = place(f"pages/{path.name}")
        body = checkedfile.read(where, before).body + "\nFin.\n"
        after = patch_page(before, [Put(("resume",), "Autre chose.")], body)
        assert checkedfile.read(where, after).body == body
        (summary, end) = _differing(before, after)
        block = [b"resume: |-\n", b"  Autre chose.\n"]
        assert summary[1] in ([b"resume: Autre chose.\n"], block)  # the style of the file stays
        assert end == ([], [b"\n", b"Fin.\n"])
