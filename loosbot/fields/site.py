"""What every page needs to know of the whole corpus while it is rendered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from loosbot.corpus.model import Corpus, Record
from loosbot.corpus.values import known
from loosbot.fields.collation import date_key, sort_key
from loosbot.frozen import dataclass
from loosbot.wikitext.markdown import MarkdownRenderer
from loosbot.wikitext.names import Names


@dataclass(frozen=True, slots=True)
class Site:
    """A corpus and its names on the wiki."""

    corpus: Corpus
    names: Names
    categories: Mapping[str, tuple[str, ...]]
    """Id of a page -> ids of the categories it stands in."""
    markdown: MarkdownRenderer
    current: Mapping[str, str]
    """Every id, former ones too -> the id of today."""
    media: frozenset[str]
    """Endings of the files that the wiki takes and shows: ``svg``, ``png``."""
    paths: Mapping[str, Sequence[str]]
    """Id of a page -> ids of the reading paths that it is on."""
    linked: Mapping[str, Record]
    """Records with the links inside their sentences, of which ``corpus`` has the words alone."""

    def pointing_at(self, id_: str, *types: str) -> list[Record]:
        """Records (of these types) that refer to ``id_``, by title, each once."""
        sources = {link.source for link in self.corpus.backlinks.get(id_, ())} - {id_}
        records = (
            self.corpus.records[source] for source in sources if source in self.corpus.records
        )
        pointing = [record for record in records if not types or record.type in types]
        return sorted(pointing, key=lambda record: (sort_key(record.title), record.id))

    def tales_of(self, *projects: str) -> list[Record]:
        """The récits told about these projects, by title, each once."""
        return self._about(projects, "recit")

    def speaking_of(self, *projects: str) -> list[Record]:
        """Everything where somebody speaks of these projects: they themselves first, then the
        récits and the meetings about them, by title, each once."""
        records = (self.corpus.records[id_] for id_ in projects if id_ in self.corpus.records)
        about = self._about(projects, "recit", "reunion")
        return [record for record in (*records, *about) if "voix" in record.data]

    def _about(self, projects: Sequence[str], *types: str) -> list[Record]:
        """The records of these types that name one of these projects as theirs, by title."""
        about = {
            record.id: record
            for project in projects
            for record in self.pointing_at(project, *types)
            if project in references(record, "projet")
        }
        return sorted(about.values(), key=lambda record: (sort_key(record.title), record.id))


def bare(item: Any) -> Any:
    """A fact or a statement without what is known about it."""
    if isinstance(item, dict):
        return item.get("valeur", item.get("texte", ""))
    return item


def references(record: Record, key: str) -> list[str]:
    """The ids (or free texts) that a link field holds, whatever its form."""
    value = bare(record.data.get(key))
    if isinstance(value, str):
        return [value]
    return [str(id_) for id_ in value] if isinstance(value, list) else []


def when(record: Record) -> str:
    """The date by which a record is listed, its day or else its year; "" where none is known."""
    return known(record.data.get("date")) or known(record.data.get("annee"))


def dated(record: Record) -> Any:
    """The fact of this date, with what is known about it; None where none is known."""
    return next(
        (record.data[key] for key in ("date", "annee") if known(record.data.get(key))), None
    )


def by_date(record: Record) -> tuple[str, str, str]:
    """The oldest first, what has no date last."""
    return date_key(when(record)), sort_key(record.title), record.id
