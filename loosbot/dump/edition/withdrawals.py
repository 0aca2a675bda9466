"""``RETRAITS.csv``: what an earlier dump held and this one no longer does.

An id and a day, never a content nor a hash of it: whoever holds the earlier dump can find the row
and take it out, nobody else learns anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from loosbot.dump.check.bounds import LimitReached
from loosbot.dump.check.received import ReceivedDump, Row, Unreadable, open_dump
from loosbot.dump.filtered import Edition, Passage
from loosbot.dump.formats import csvfiles
from loosbot.dump.tables.fields import text_of
from loosbot.errors import UserError

NAME = "RETRAITS.csv"
COLUMNS = ("objet", "id", "depuis", "date", "motif", "devenu")
_ALWAYS = COLUMNS[:5]
"""Those that earlier versions wrote too."""
_ABSENT, _RENAMED = "absent-de-cette-edition", "renomme"


@dataclass(frozen=True, slots=True, order=True)
class Withdrawal:
    """``kind`` is ``fiche``, ``voix`` (the whole passage) or ``texte`` (only its words).

    ``became`` is the id that it has now, "" for what was withdrawn.
    """

    kind: str
    id: str
    since: str
    date: str
    reason: str = _ABSENT
    became: str = ""


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
    rows = list(_rows(dump, "data/passages.csv", ("id", "voix", "texte", "fin")))
    ids = [row["id"] for row in _rows(dump, "data/fiches.csv", ("id",))]
    withdrawn = {
        _withdrawal("fiche", id_, before, today, edition.renamed.get(id_, ""))
        for id_ in ids
        if id_ not in edition.records
    }
    for row, kind, became in _moved(rows, edition):
        withdrawn.add(_withdrawal(kind, row["id"], before, today, became))
    # an id that the previous dump had for another voice brings nothing back
    had = {*ids, *(row["id"] for row in rows if row["fin"])}
    back = {*edition.records, *(passage.id for passage in edition.passages if passage.end)} - had
    for row in _rows(dump, NAME, _ALWAYS):
        if row["id"] not in back:
            withdrawn.add(Withdrawal(*(row.get(column, "") for column in COLUMNS)))
    return sorted(withdrawn)


def _withdrawal(kind: str, id_: str, before: str, today: str, became: str) -> Withdrawal:
    return Withdrawal(kind, id_, before, today, _RENAMED if became else _ABSENT, became)


def _moved(rows: Sequence[Row], edition: Edition) -> Iterator[tuple[Row, str, str]]:
    """The passages of an earlier dump that are no longer under their id: what of each is gone, and
    the id that it has now, "" for none.

    Who leaves a récit moves the voices behind them: a voice is known by its words, and one whose
    words were corrected by who speaks.
    """
    passages = {passage.id: passage for passage in edition.passages}
    places = {(passage.record, str(passage.text)): passage.id for passage in edition.passages}
    texts = {row["texte"] for row in rows if row["fin"]}
    for row in rows:
        former, _, voice = row["id"].rpartition("/")
        record = edition.renamed.get(former, former)
        id_ = f"{record}/{voice}"
        passage = passages.get(id_)
        if passage is None or (row["fin"] and not _is_same(row, passage, texts)):
            id_ = places.get((record, row["texte"]), "") if row["fin"] else ""
        if id_ != row["id"]:
            yield row, "texte" if passage and not id_ else "voix", id_


def _is_same(row: Row, passage: Passage, texts: Set[str]) -> bool:
    """Whether a row of an earlier dump, where ``texts`` were all words, is this passage."""
    if not passage.end or passage.text == row["texte"]:
        return bool(passage.end)
    return passage.text not in texts and row["voix"] == text_of(list(passage.speakers))


def encoded(withdrawals: Iterable[Withdrawal]) -> bytes:
    """The file; with its header alone when there was no earlier dump to compare with."""
    rows = [(row.kind, row.id, row.since, row.date, row.reason, row.became) for row in withdrawals]
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
