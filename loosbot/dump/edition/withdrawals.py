"""``RETRAITS.csv``: what an earlier dump held and this one no longer does.

An id and a day, never a content nor a hash of it: whoever holds the earlier dump can find the row
and take it out, nobody else learns anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path

from loosbot.dump.check.bounds import LimitReached
from loosbot.dump.check.received import PACKAGE, ReceivedDump, Row, Unreadable, open_dump
from loosbot.dump.check.voices import COLUMNS as VOICE
from loosbot.dump.check.voices import Voice, followed, of_row
from loosbot.dump.filtered import Edition, known
from loosbot.dump.formats import csvfiles
from loosbot.dump.report import NAME as REPORT
from loosbot.dump.tables.fields import text_of
from loosbot.errors import UserError

NAME = "RETRAITS.csv"
COLUMNS = ("objet", "id", "depuis", "date", "motif", "devenu", "export")
_ALWAYS = COLUMNS[:5]
"""Those that earlier versions wrote too."""
_ABSENT, _RENAMED = "absent-de-cette-edition", "renomme"


@dataclass(frozen=True, slots=True, order=True)
class Withdrawal:
    """``kind`` is ``fiche``, ``voix`` (the whole passage) or ``texte`` (only its words).

    ``became`` is the id that it has now, "" for what was withdrawn. ``dump`` is the name of
    the dump that had it (:func:`name_of`), since several may be of one day; "" if not known.
    """

    kind: str
    id: str
    since: str
    date: str
    reason: str = _ABSENT
    became: str = ""
    dump: str = ""


def name_of(dump: ReceivedDump) -> str:
    """What tells a dump from any other: the beginning of the SHA-256 of its description, which
    stands in ``SHA256SUMS``. Two of one commit differ where a consent ended in between."""
    return dump.digest(PACKAGE)[:12]


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
    before = str(dump.described.get("version", "")), name_of(dump)
    # a consent ends on the real day, commit or not
    today = edition.snapshot.consents or edition.snapshot.date
    records = [row["id"] for row in _rows(dump, "data/fiches.csv", ("id",))]
    voices = list(map(of_row, _rows(dump, "data/passages.csv", VOICE)))
    moves = {**_records_moved(records, edition), **_voices_moved(voices, edition)}
    told: dict[Dump, list[Withdrawal]] = {before: []}
    for row in _rows(dump, NAME, _ALWAYS):
        withdrawal = Withdrawal(*(row.get(column, "") for column in COLUMNS))
        told.setdefault((withdrawal.since, withdrawal.dump), []).append(withdrawal)
    return sorted(
        {
            withdrawal
            for given, earlier in told.items()
            for withdrawal in _since(given, earlier, moves, edition, today)
        }
    )


Dump = tuple[str, str]
"""The day of an earlier dump, and its name."""
Moves = Mapping[str, tuple[str, str]]
"""Of what is not under its id any more: what of it is gone, and its id of now, "" for none."""


def _since(
    given: Dump, earlier: Sequence[Withdrawal], moves: Moves, edition: Edition, today: str
) -> Iterator[Withdrawal]:
    """What an earlier dump held and this one does not: what it was told so far, brought up to
    this one, and what moved since under an id that it may have too."""
    for row in earlier:
        kind, became = _by_now(row, earlier, moves, edition)
        if (kind, became) == (row.kind, row.became):
            yield row
        elif became != row.id:
            yield _withdrawal(kind, row.id, given, today, became)
    other = {name for row in earlier for name in (row.id, row.became)}
    for id_, (kind, became) in moves.items():
        if id_ not in other:
            yield _withdrawal(kind, id_, given, today, became)


def _by_now(
    row: Withdrawal, earlier: Sequence[Withdrawal], moves: Moves, edition: Edition
) -> tuple[str, str]:
    """What of it is gone by now, and the id that it has, its own where it came back."""
    if row.became:
        return moves.get(row.became, (row.kind, row.became))
    if row.kind == "fiche":
        back = row.id in edition.records
        return row.kind, row.id if back else edition.renamed.get(row.id, "")
    if row.kind == "texte":
        record = f"{row.id.rpartition('/')[0]}/"
        ranks_moved = any(
            other.kind == "voix" and other.id.startswith(record) for other in earlier
        ) or any(kind == "voix" and id_.startswith(record) for id_, (kind, _) in moves.items())
        shown = any(passage.id == row.id and passage.end for passage in edition.passages)
        return row.kind, row.id if shown and not ranks_moved else ""
    return row.kind, ""


def _withdrawal(kind: str, id_: str, given: Dump, today: str, became: str) -> Withdrawal:
    reason = _RENAMED if became else _ABSENT
    return Withdrawal(kind, id_, given[0], today, reason, became, given[1])


def _records_moved(ids: Iterable[str], edition: Edition) -> Moves:
    return {
        id_: ("fiche", edition.renamed.get(id_, "")) for id_ in ids if id_ not in edition.records
    }


def _voices_moved(before: Sequence[Voice], edition: Edition) -> Moves:
    after = {
        passage.id: Voice(
            passage.id, str(text_of(list(passage.speakers)) or ""), str(known(passage.text) or "")
        )
        for passage in edition.passages
    }
    ids = followed(before, after.values(), edition.renamed)
    moves = {}
    for voice in before:
        now = after.get(ids[voice.id])
        if now is None or (voice.text and not now.text):
            moves[voice.id] = ("voix" if now is None else "texte", "")
        elif now.id != voice.id:
            moves[voice.id] = ("voix", now.id)
    return moves


def told_to_another(target: Path, previous: Path) -> str:
    """The recipient of ``previous`` where ``target`` is another one's, who learns from it what was
    withdrawn since: the id of a person is a name. "" where nobody does. Raises UserError."""
    dump = open_dump(target)
    before = _recipient(open_dump(previous))
    gone = any(row["motif"] == _ABSENT for row in _rows(dump, NAME, COLUMNS))
    return before if gone and before != _recipient(dump) else ""


def _recipient(dump: ReceivedDump) -> str:
    with suppress(Unreadable, LimitReached, OSError):
        return str(dump.json(REPORT).get("destinataire", ""))
    return ""


def encoded(withdrawals: Iterable[Withdrawal]) -> bytes:
    """The file; with its header alone when there was no earlier dump to compare with."""
    return csvfiles.encoded(COLUMNS, map(astuple, withdrawals))


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
