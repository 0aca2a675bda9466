"""``textes/``: one file for each récit or other record with voices, and ``metadata.csv``, as
TXM and R load them.

TXM's "TXT + CSV" import wants the first column named ``id``, with the file's name without its
extension, and plain column names (https://txm.gitpages.huma-num.fr/textometrie/).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loosbot.corpus.types import PROJECTS
from loosbot.dump.filtered import Edition, RecitText, known, stated
from loosbot.dump.formats.csvfiles import encoded
from loosbot.dump.tables.fields import text_of
from loosbot.dump.tables.normative import text_file, text_name
from loosbot.dump.tables.table import Table

METADATA = "textes/metadata.csv"
COLUMNS = ("id", "titre", "annee", "projets", "lieux", "themes", "voix", "roles", "signes")


def files(edition: Edition, tables: Sequence[Table]) -> Iterator[tuple[str, bytes]]:
    """UTF-8 without byte order mark, LF, NFC: the places of the passages count on it."""
    for story in edition.stories:
        yield text_file(story.record), story.text.encode("utf-8")
    yield METADATA, encoded(COLUMNS, [_row(edition, story) for story in edition.stories])


def _row(edition: Edition, story: RecitText) -> tuple[str | int | float | None, ...]:
    record = edition.records[story.record]
    data = record.data
    projects = [record.id] if record.type in PROJECTS else []
    roles = dict.fromkeys(str(known(passage.role) or "masque") for passage in story.passages)
    return (
        text_name(story.record),
        story.title,
        text_of(stated(data.get("annee"))),
        text_of(stated(data.get("projet", projects))),
        text_of(stated(data.get("lieu"))),
        text_of(stated(data.get("themes"))),
        len(story.passages),
        text_of(list(roles)),
        len(story.text),
    )
