"""What the tables of a received dump say of its records, read once for all that is compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from loosbot.dump.check.received import ReceivedDump, Row
from loosbot.dump.formats.csvfiles import shown
from loosbot.dump.tables.fields import SEPARATOR
from loosbot.dump.tables.normative import TABLE_NAMES
from loosbot.parsing import decimal_number

_KEPT = ("titre", "resume", "genre", "fichier", "lieu", "themes", "parent", "statut", "annee",
         "annee_debut", "annee_fin")  # fmt: skip
POINT = ("longitude", "latitude")


class Related:
    """The records of a dump by id. Each property raises Unreadable, LimitReached, OSError."""

    def __init__(self, dump: ReceivedDump) -> None:
        self.dump = dump

    @cached_property
    def records(self) -> Mapping[str, Row]:
        """Type and title of every record, and of its own row what files say again."""
        records = {
            row.get("id", ""): {"type": row.get("type", ""), "titre": row.get("titre", "")}
            for row in self.dump.rows("fiches")
        }
        for table in TABLE_NAMES.values():
            for row in self.dump.rows(table):
                if row.get("id") in records:
                    kept = {key: row[key] for key in _KEPT if row.get(key)}
                    records[row["id"]] = {**kept, **records[row["id"]]}
        return records

    def several(self, id_: str, column: str) -> Iterator[str]:
        """What the cell of a record lists, each once."""
        yield from dict.fromkeys(filter(None, self.cell(id_, column).split(SEPARATOR)))

    def cell(self, id_: str, column: str) -> str:
        """A cell of a record; "" where it is empty or there is no such record."""
        return self.records.get(id_, {}).get(column, "")

    @cached_property
    def points(self) -> Mapping[str, Row]:
        """Longitude and latitude of the places, each "" where it is not known."""
        return {
            row.get("id", ""): {key: plain(row.get(f"coordonnees_{key}", "")) for key in POINT}
            for row in self.dump.rows("lieux")
        }

    @cached_property
    def corpus(self) -> str:
        """The name of the corpus, which the descriptor gives with that of the edition."""
        return str(self.dump.described.get("name", "")).rpartition("-")[0]


def plain(text: str) -> str:
    """A number in one form, « 50.0 » as « 50 »; "" for what is none."""
    number = decimal_number(text)
    return "" if number is None else shown(number)
