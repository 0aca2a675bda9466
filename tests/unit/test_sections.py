"""The sections of each type of record: fields of its schema, each heading once."""

from __future__ import annotations

from collections import Counter

import pytest

from loosbot.corpus import schema
from loosbot.fields.parameters import FICHES
from loosbot.fields.sections import NOTES, SECTIONS, GatheredSection, Section, section_of
from loosbot.render.body import GATHERED


def test_every_type_with_a_page_has_sections() -> None:
    assert set(SECTIONS) == set(FICHES)


@pytest.mark.parametrize("kind", SECTIONS)
def test_a_section_shows_fields_that_the_schema_knows(kind: str) -> None:
    shape = schema.shape(kind)
    paths = [
        path
        for section in (*SECTIONS[kind], NOTES)
        if isinstance(section, Section)
        for path, _ in section.parts
    ]
    assert [path for path in paths if shape.at(path) == schema.Shape()] == []


def test_what_is_gathered_from_other_records_has_its_gatherer() -> None:
    parts = [part for sections in SECTIONS.values() for part in sections]
    assert {part.title for part in parts if isinstance(part, GatheredSection)} == set(GATHERED)


@pytest.mark.parametrize("kind", SECTIONS)
def test_a_heading_opens_one_section(kind: str) -> None:
    own = [section for section in (*SECTIONS[kind], NOTES) if isinstance(section, Section)]
    titles = Counter(title for section in own for title in (section.title, *section.once))
    assert [title for title, times in titles.items() if times > 1] == []
    assert [section_of(kind, section.title) for section in own] == own


def test_a_heading_that_people_added_is_no_section_of_ours() -> None:
    assert section_of("lieu", "Anecdotes") is None
    assert section_of("lieu", "Effets") is None
    assert section_of("recit", "Le récit") == section_of("recit", "Autour du récit")
