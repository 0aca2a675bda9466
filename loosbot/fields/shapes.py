"""The shapes that a value takes under a heading, each with its way there and its way back.

``write`` gives the wikitext of a value ("" where the record has none), ``read`` the slots of the
text under a heading. A shape that is a table is known by its ``caption``: several may stand under
one heading. What needs no value of its own (the stages, the voices) is written from the record.

What one line, one cell or one voice is stands in the module of its family (``statements``,
``figures``, ``voices``…), written and read side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from loosbot.corpus.model import KeyPath, Record
from loosbot.fields.codecs import Codec
from loosbot.fields.course import read_course, write_course
from loosbot.fields.events import EVENT
from loosbot.fields.figures import FIGURES, with_keys
from loosbot.fields.lessons import LESSON
from loosbot.fields.lists import LINKED_LINE, TEXT_LINE, decoded_state, read_list, write_list
from loosbot.fields.parameters import CLAUSES, parameters
from loosbot.fields.people import CONTACT, TERM
from loosbot.fields.promises import CONTRIBUTIONS as CONTRIBUTION_COLUMNS
from loosbot.fields.promises import DECISIONS as DECISION_COLUMNS
from loosbot.fields.promises import PROMISES, read_promise, take_promises
from loosbot.fields.prose import prose, read_prose
from loosbot.fields.site import Site
from loosbot.fields.slots import CALLS, Slot, fixed, values
from loosbot.fields.statements import STATEMENT
from loosbot.fields.tables import Column, read_rows, take_tables, write_rows
from loosbot.fields.voices import project_voices, read_voices, tale_voices, voices_of
from loosbot.fields.wordlines import word_line
from loosbot.frozen import dataclass
from loosbot.wikitext import wikicode
from loosbot.wikitext.blocks import block_call, join
from loosbot.wikitext.names import Names


@dataclass(frozen=True, slots=True)
class Shape:
    """How a value is shown, and read again.

    ``read`` is given the title of the section, its text, the names and the path of the field; a
    shape without it is a table, read by ``read_tables`` with the others of its section.
    """

    write: Callable[[Any, Record, Site], str]
    read: Callable[[str, str, Names, KeyPath], list[Slot]] | None = None
    caption: str = ""
    columns: tuple[Column, ...] = ()


PROSE = Shape(
    lambda value, record, site: prose(value, site, record.path) if isinstance(value, str) else "",
    lambda title, text, names, path: read_prose(text, path, title),
)


def _lines(item: Codec) -> Shape:
    """A list of one line an item, or the sentence of a state."""
    return Shape(
        lambda value, record, site: write_list(value, item, site.names),
        lambda title, text, names, path: read_list(text, path, title, item),
    )


STATEMENTS = _lines(STATEMENT)
LESSONS = _lines(LESSON)
EVENTS = _lines(EVENT)
PEOPLE = _lines(CONTACT)
OFFICES = _lines(TERM)
TEXTS = _lines(TEXT_LINE)
LINES = _lines(LINKED_LINE)


def words(vocabulary: str) -> Shape:
    """Words of a vocabulary, each with its definition."""
    return _lines(word_line(vocabulary))


def _table(caption: str, columns: tuple[Column, ...]) -> Shape:
    """One item a row, or the sentence of a state."""
    return Shape(
        lambda value, record, site: write_rows(caption, columns, value, site.names),
        caption=caption,
        columns=columns,
    )


def figures(caption: str) -> Shape:
    """Quantities, one a row. Sortable: on a phone some skins scroll the table itself, and the
    keyboard needs a way in."""
    return Shape(
        lambda value, record, site: write_rows(
            caption, FIGURES, with_keys(value), site.names, sortable=True
        ),
        caption=caption,
        columns=FIGURES,
    )


def promises(caption: str) -> Shape:
    """Engagements, one a row."""
    return _table(caption, PROMISES)


CONTRIBUTIONS = _table("Ce que chacun a apporté", CONTRIBUTION_COLUMNS)
DECISIONS = _table("Décisions et suites", DECISION_COLUMNS)


def _write_clauses(value: Any, record: Record, site: Site) -> str:
    clauses = parameters(CLAUSES, value, site.names)
    return block_call(site.names, "Convention", clauses) if clauses else ""


CLAUSES_CALL = Shape(_write_clauses)
"""``{{Convention}}``, under the tables of its section."""


def read_tables(
    title: str, text: str, names: Names, parts: Collection[tuple[KeyPath, Shape]]
) -> list[Slot]:
    """The slots of a section of tables, each known by its caption among those of ``parts``; what
    stands around them, or has another caption, is a slot that no field takes. ``title`` labels
    the slots, ``text`` is the wikitext below the heading."""
    by_caption = {shape.caption: (path, shape) for path, shape in parts if shape.caption}
    tables, rest = take_tables(text)
    slots = []
    for table in tables:
        path, shape = by_caption.get(table.caption, ((), None))
        if shape is None:
            slots += fixed("\n".join(table.rows), f"{title} : {table.caption}")
        else:
            slots += read_rows(table, path, shape.columns)
    promised, rest = take_promises(rest, names)
    for caption, calls in promised:
        path, _ = by_caption.get(caption, (("§", caption), None))
        slots.append(Slot(path, "items", calls, caption, read_promise))
    if any(shape is CLAUSES_CALL for _, shape in parts):
        clauses, rest = wikicode.take_templates(rest, {names.template("Convention")})
        slots += fixed(str(len(clauses)), f"{CALLS}Convention")
        for call in clauses:
            slots += values(CLAUSES, call.values, ("convention",), "Convention")
    return slots + fixed(rest, title)


_LIMIT = word_line("limite")


def _write_limits(value: Any, record: Record, site: Site) -> str:
    return join(
        write_list(value.get("limites"), _LIMIT, site.names),
        write_list(value.get("precisions_limites"), STATEMENT, site.names),
    )


def _read_limits(title: str, text: str, names: Names, path: KeyPath) -> list[Slot]:
    """Words of the vocabulary first, then what is more precise."""
    first, *others = wikicode.trim(text).split("\n\n")
    precise = (*path, "precisions_limites")
    if "'''" not in first and not decoded_state(first):
        return read_list(text, precise, title, STATEMENT)
    slots = read_list(first, (*path, "limites"), title, _LIMIT)
    return slots + read_list("\n\n".join(others), precise, title, STATEMENT)


LIMITS = Shape(_write_limits, _read_limits)
"""``limites``, then ``precisions_limites``, of the group at its path."""
COURSE = Shape(
    lambda value, record, site: write_course(record, site),
    lambda title, text, names, path: read_course(text, names),
)
"""The facts of the six stages, and what is told of each."""
VOICES = Shape(
    lambda value, record, site: tale_voices(record, site),
    lambda title, text, names, path: read_voices(text, names),
)
PROJECT_VOICES = Shape(lambda value, record, site: project_voices(record, site), VOICES.read)
"""Its own, then those of the récits and meetings about it, which are read on their pages."""
MEETING_VOICES = Shape(lambda value, record, site: voices_of(record, site), VOICES.read)
