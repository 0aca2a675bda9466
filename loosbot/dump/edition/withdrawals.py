"""``RETRAITS.csv``: what an earlier dump held and this one no longer does.

An id and a day, never a content nor a hash of it: whoever holds the earlier dump can find the row
and take it out, nobody else learns anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from loosbot.dump.check.bounds import LimitReached
from loosbot.dump.check.received import ReceivedDump, Row, Unreadable, open_dump
from loosbot.dump.filtered import Edition
from loosbot.dump.formats import csvfiles
from loosbot.errors import UserError

NAME = "RETRAITS.csv"
COLUMNS = ("objet", "id", "depuis", "date", "motif")
_ABSENT = "absent-de-cette-edition"


@dataclass(frozen=True, slots=True, order=True)
class Withdrawal:
    """``kind`` is ``fiche``, ``voix`` (the whole passage) or ``texte`` (only its words)."""

    kind: str
    id: str
    since: str
    date: str
    reason: str = _ABSENT


def since(edition: Edition, previous: Path) -> list[Withdrawal]:
    """What ``previous``, a dump of the same series, held; what it had itself lost included.

    Raises UserError where it is no dump of this corpus and edition, or not whole: what it lost on
    its way would be left out of the list.
    """
    name = f"{edition.snapshot.corpus}-{edition.kind}"
    dump = open_dump(previous)
    if dump.described.get("name") != name:
        raise UserError(
            f"« {previous} » n’est pas un export précédent de « {name} ».",
            "Indiquez après --since un dossier fait par « loosbot dump build » pour la même "
            "commune et la même édition.",
        )
    before = str(dump.described.get("version", ""))
    # a consent ends on the real day, commit or not
    today = edition.snapshot.consents or edition.snapshot.date
    has_text = {passage.id: bool(passage.end) for passage in edition.passages}
    withdrawn = {
        Withdrawal("fiche", row["id"], before, today)
        for row in _rows(dump, "data/fiches.csv", ("id",))
        if row["id"] not in edition.records
    }
    for row in _rows(dump, "data/passages.csv", ("id", "fin")):
        if row["id"] not in has_text:
            withdrawn.add(Withdrawal("voix", row["id"], before, today))
        elif row["fin"] and not has_text[row["id"]]:
            withdrawn.add(Withdrawal("texte", row["id"], before, today))
    present = {*edition.records, *(id_ for id_, text in has_text.items() if text)}
    for row in _rows(dump, NAME, COLUMNS):
        if row["id"] not in present:
            withdrawn.add(Withdrawal(*(row[column] for column in COLUMNS)))
    return sorted(withdrawn)


def encoded(withdrawals: Iterable[Withdrawal]) -> bytes:
    """The file; with its header alone when there was no earlier dump to compare with."""
    rows = [
        (withdrawal.kind, withdrawal.id, withdrawal.since, withdrawal.date, withdrawal.reason)
        for withdrawal in withdrawals
    ]
    return csvfiles.encoded(COLUMNS, rows)


def _rows(dump: ReceivedDump, path: str, wanted: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a file that is as it was written. Raises UserError."""
    try:
        if dump.size(path) is None:
            raise Unreadable("manque")
        if dump.hash_of(path) != f"sha256:{dump.digest(path)}":
            raise Unreadable("a été modifié depuis qu’il a été écrit")
        lines = dump.csv(path)
        header = next(lines, [])
        if not set(wanted) <= set(header):
            raise Unreadable("n’a pas les colonnes attendues")
        for line in lines:
            if len(line) != len(header):
                raise Unreadable("a des lignes incomplètes")
            yield dict(zip(header, line, strict=True))
    except (Unreadable, LimitReached, OSError) as error:
        why = "ne peut pas être lu" if isinstance(error, OSError) else str(error)
        raise UserError(
            f"L’export précédent n’est pas entier : {path} {why}.", "Prenez-en une copie entière."
        ) from error
