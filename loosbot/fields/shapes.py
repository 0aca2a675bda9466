"""The shapes that a value takes under a heading, each with its way there and its way back.

``write`` gives the wikitext of a value (None where the record has none), ``read`` the slots of the
text under a heading. A shape that is a table is known by its ``caption``: several may stand under
one heading. What needs no value of its own (the stages, the voices) is written from the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from loosbot.corpus.model import KeyPath, Record
from loosbot.fields import cards, decisions, items, people, stages, statements, tables, voices
from loosbot.fields.parameters import CLAUSES, parameters
from loosbot.fields.prose import prose
from loosbot.fields.site import Site
from loosbot.fields.slots import CALLS, Decoder, Slot, fixed, values
from loosbot.wikitext import wikicode
from loosbot.wikitext.blocks import bullets, join
from loosbot.wikitext.call import block_call
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.names import Names
from loosbot.wikitext.unmarkdown import split_blocks


@dataclass(frozen=True, slots=True)
class Shape:
    """How a value is shown, and read again.

    ``read`` is given the title of the section, its text, the names and the path of the field; a
    shape without it is a table, read by ``read_tables`` with the others of its section.
    """

    write: Callable[[Any, Record, Site], str]
    read: Callable[[str, str, Names, KeyPath], list[Slot]] | None = None
    caption: str = ""
    columns: Mapping[str, tables.Cell] | None = None


def _write_prose(value: Any, record: Record, site: Site) -> str:
    return prose(value, site, record.path) if isinstance(value, str) else ""


def _read_prose(title: str, text: str, names: Names, path: KeyPath) -> list[Slot]:
    blocks = tuple(split_blocks(text.strip("\n")))
    return [Slot(path, "prose", blocks, title, level=2)] if wikicode.trim(text) else []


PROSE = Shape(_write_prose, _read_prose)


def _lines(write: Callable[[Any, Site], str], decode: Decoder) -> Shape:
    """A list of one line an item, or the sentence of a state."""
    return Shape(
        lambda value, record, site: write(value, site),
        lambda title, text, names, path: items.listed(text, path, title, decode),
    )


STATEMENTS = _lines(lambda value, site: statements.statements(value, site.names), items.statement)
LESSONS = _lines(lambda value, site: statements.lessons(value, site.names), items.lesson)
EVENTS = _lines(stages.episodes, items.event)
PEOPLE = _lines(people.contacts, people.person)
OFFICES = _lines(people.terms, people.term_of_office)
TEXTS = _lines(
    lambda value, site: bullets(encode(line, Context.LIST_ITEM) for line in value or ()),
    items.text_line,
)


def words(vocabulary: str) -> Shape:
    """Words of a vocabulary, each with its definition."""
    return _lines(
        lambda value, site: statements.words(value, vocabulary, site.names),
        items.vocabulary_word(vocabulary),
    )


def figures(caption: str) -> Shape:
    """Quantities, one a row."""
    return Shape(
        lambda value, record, site: statements.figures(caption, value, site.names),
        caption=caption,
        columns=tables.FIGURES,
    )


def promises(caption: str) -> Shape:
    """Engagements, one a row."""
    return Shape(
        lambda value, record, site: statements.promises(caption, value, site.names),
        caption=caption,
        columns=tables.PROMISES,
    )


CONTRIBUTIONS = Shape(
    lambda value, record, site: statements.contributions(value, site.names),
    caption="Ce que chacun a apporté",
    columns=tables.CONTRIBUTIONS,
)
DECISIONS = Shape(
    lambda value, record, site: decisions.table_of(value, site),
    caption=decisions.CAPTION,
    columns=decisions.COLUMNS,
)


def _write_clauses(value: Any, record: Record, site: Site) -> str:
    clauses = parameters(CLAUSES, value, site.names)
    return block_call(site.names, "Convention", clauses) if clauses else ""


CLAUSES_CALL = Shape(_write_clauses)
"""``{{Convention}}``, under the tables of its section."""


def read_tables(
    title: str, text: str, names: Names, parts: Iterable[tuple[KeyPath, Shape]]
) -> list[Slot]:
    """The tables of a section by their captions; what stands around them is fixed."""
    by_caption = {shape.caption: (path, shape) for path, shape in parts if shape.caption}
    found, rest = tables.take_tables(text)
    slots = []
    for table in found:
        path, shape = by_caption.get(table.caption, ((), None))
        if shape is None or shape.columns is None:
            slots += fixed("\n".join(table.rows), f"{title} : {table.caption}")
        else:
            slots += tables.rows_of(table, path, shape.columns, tuple(shape.columns))
    promised, rest = tables.take_promises(rest, names)
    for caption, calls in promised:
        path, _ = by_caption.get(caption, (("§", caption), None))
        slots.append(Slot(path, "items", calls, caption, tables.promise))
    clauses, rest = wikicode.take_templates(rest, {names.template("Convention")})
    slots += fixed(str(len(clauses)), f"{CALLS}Convention")
    for call in clauses:
        slots += values(CLAUSES, call.values, ("convention",), "Convention")
    return slots + fixed(rest, title)


def _write_limits(value: Any, record: Record, site: Site) -> str:
    return join(
        statements.words(value.get("limites"), "limite", site.names),
        statements.statements(value.get("precisions_limites"), site.names),
    )


def _read_limits(title: str, text: str, names: Names, path: KeyPath) -> list[Slot]:
    """Words of the vocabulary first, then what is more precise."""
    first, *others = wikicode.trim(text).split("\n\n")
    precise = (*path, "precisions_limites")
    if "'''" not in first and not items.state_said(first):
        return items.listed(text, precise, title, items.statement)
    slots = items.listed(first, (*path, "limites"), title, items.vocabulary_word("limite"))
    return slots + items.listed("\n\n".join(others), precise, title, items.statement)


LIMITS = Shape(_write_limits, _read_limits)
"""``limites``, then ``precisions_limites``, of the group at its path."""
COURSE = Shape(
    lambda value, record, site: stages.course(record, site),
    lambda title, text, names, path: cards.course(text, names),
)
"""The facts of the six stages, and what is told of each."""
VOICES = Shape(
    lambda value, record, site: voices.told(record, site),
    lambda title, text, names, path: cards.voices(text, names),
)
PROJECT_VOICES = Shape(lambda value, record, site: voices.project_voices(record, site), VOICES.read)
"""Its own, then those of the récits and meetings about it, which are read on their pages."""
MEETING_VOICES = Shape(lambda value, record, site: voices.voices_of(record, site), VOICES.read)
