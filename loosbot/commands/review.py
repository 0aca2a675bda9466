"""``loosbot review``: somebody has read a record again, and the record says so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from loosbot.commands.check import needs_sound_corpus
from loosbot.commands.options import corpus_option, require_record
from loosbot.commands.output import say
from loosbot.corpus import dates, schema
from loosbot.corpus.check.load import whole_corpus
from loosbot.corpus.links import current_ids
from loosbot.corpus.model import RECORD_TYPES, Corpus, Record
from loosbot.corpus.tree import FolderTree
from loosbot.corpus.values import day_span, items
from loosbot.corpus.yaml.patch import Insert, Unpatchable, patch
from loosbot.errors import UsageError, UserError
from loosbot.files import replace_file, writing
from loosbot.history.git import Repository, short, user_name
from loosbot.history.moments import head_of

KEY = "relectures"


@click.command()
@click.argument("fiche", metavar="FICHE")
@click.option("--qui", metavar="NOM", default="", help="Qui a relu (par défaut : le nom dans git).")
@click.option("--date", "day", metavar="JOUR", default="", help="Quand (par défaut : aujourd’hui).")
@corpus_option
@needs_sound_corpus
def command(fiche: str, qui: str, day: str, corpus: Path) -> int:
    """Noter dans une fiche que quelqu’un l’a relue, et quand.

    FICHE est un identifiant ou un fichier. Le reste du fichier ne change pas. « loosbot trace »
    dit ensuite si le projet dont parle la fiche a changé depuis.

    Exemple : loosbot review recit/jamais-sans-ma-pince
    """
    record = _record(fiche, whole_corpus(FolderTree(corpus)), corpus)
    repository, head = head_of(corpus)
    review = {"qui": _who(qui, corpus), "date": _day(day)}
    line = f"{record.id} : relue par {review['qui']} ({dates.display(review['date'])})."
    # with changes of one's own on the desk, what was read is in no commit yet
    committed = head if repository and head and not repository.dirty() else None
    read = _others(repository, committed.id, record) if repository and committed else None
    for _, earlier in items(record.data.get(KEY)):
        if not (isinstance(earlier, dict) and review.items() <= earlier.items()):
            continue
        version = str(earlier.get("version", ""))
        if repository is None or read is None or _others(repository, version, record) == read:
            say(f"{line} La fiche le disait déjà.")
            return 0
    if committed:
        review["version"] = short(committed.id)
    _write(corpus / record.path, record, review)
    say(f"{line} C’est écrit dans {record.path}.")
    return 0


def _record(named: str, corpus: Corpus, folder: Path) -> Record:
    """The record with this id, this former id or this file. Raises UsageError."""
    paths = {record.id: record.path for record in corpus.records.values()}
    named = current_ids(corpus).get(named, named)
    record = corpus.records[require_record(named, paths, folder)]
    if KEY not in schema.shape(record.type).properties:
        kept = [name for name in RECORD_TYPES if KEY in schema.shape(name).properties]
        raise UsageError(
            f"Une fiche {record.type} ne garde pas ses relectures.",
            f"Celles qui les gardent : {', '.join(kept)}.",
        )
    return record


def _others(repository: Repository, version: str, record: Record) -> dict[str, str]:
    """The blobs of the other records in a version, which a review of this one is about; none where
    git does not know it."""
    blobs = repository.blob_ids(version, ("narratives",)) if repository.resolve(version) else {}
    return {path: blob for path, blob in blobs.items() if path != record.path}


def _who(name: str, folder: Path) -> str:
    who = " ".join((name or user_name(folder)).split())
    if not who:
        raise UsageError(
            "Rien ne dit qui a relu.", 'Ajoutez --qui "Prénom N.", ou réglez user.name dans git.'
        )
    return who


def _day(text: str) -> str:
    if not text:
        # the clock is that of the person who has just read
        return date.today().isoformat()
    if not dates.is_date(text):
        raise UsageError(
            f"« {text} » n’est pas une date.", "Écrivez par exemple 2019-12-31, ou 2019-12."
        )
    span = day_span(text)
    # the newest review counts: one of a day to come would hide those that are made until then
    if span is not None and span.earliest > date.today():
        raise UsageError(
            f"« {dates.display(text)} » n’est pas encore venu.",
            "Après --date vient le jour de la relecture, une fois faite.",
        )
    return text


def _write(file: Path, record: Record, review: Mapping[str, str]) -> None:
    """Add the review at the end of the list. Raises UserError, and the file is as it was."""
    place = (KEY, len(items(record.data.get(KEY))))
    order = list(schema.shape(record.type).properties)
    try:
        with writing(record.path):
            replace_file(file, patch(file.read_bytes(), [Insert(place, dict(review))], order))
    except Unpatchable as error:
        lines = "".join(f"\n    {key}: {value}" for key, value in review.items())
        raise UserError(
            f"{record.path} est écrit d’une façon que l’on ne sait pas compléter : {error}",
            f"Ajoutez vous-même à « {KEY} » :\n  - {lines.strip()}",
        ) from error
