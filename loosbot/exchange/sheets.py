"""What a type looks like as sheets: one row a record, and one sheet for each of its lists.

Everything comes from the dictionary of fields; a new field is a new column by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from loosbot.corpus.additions import per_town
from loosbot.corpus.types import TYPES
from loosbot.fields.dictionary import Field, dictionary
from loosbot.frozen import dataclass

ID, OWNER, RANK, COMMIT = "id", "_fiche", "_rang", "_commit"
"""Columns that are no field: the record of a row, that of an item, which item, which version."""
_IF_UNKNOWN = "si inconnu ou sans objet"
_DETAILS = frozenset({"statut", "sources", "note"})


@dataclass(frozen=True, slots=True)
class Column:
    """``chain`` leads from the record, or from the item of the list, to the field.

    A ``state`` column stands for a whole group or list: it holds ``inconnu``, ``sans-objet`` or
    nothing. A ``detail`` says how sure a fact is, and from where: most cells of it are empty.
    """

    key: str
    title: str
    chain: tuple[Field, ...]
    state: bool = False
    detail: bool = False

    @property
    def field(self) -> Field:
        """The field that its cells are values of."""
        return self.chain[-1]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The records of a type (``chain`` is empty), or the items of one of its lists.

    ``chain`` leads from the record, or from the item of the sheet ``above``, to the list.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    chain: tuple[Field, ...] = ()
    above: str = ""

    @property
    def short(self) -> str:
        """The key that an item written as a value alone stands for."""
        return self.chain[-1].short if self.chain else ""

    @property
    def depth(self) -> int:
        """How many ranks name a row: 0 for a record, 2 for an effect of a voice."""
        return 0 if not self.chain else 1 + self.key.count(">")

    @property
    def owner(self) -> str:
        """The key of the column that names the record: an item may have an ``id`` of its own."""
        return OWNER if self.chain else ID

    def column(self, key: str) -> Column | None:
        """The column with this key, or None."""
        return next((column for column in self.columns if column.key == key), None)


@per_town
def sheets(type_name: str) -> tuple[Sheet, ...]:
    """The sheets of a type, that of the records first, each list before those inside it."""
    fields = dictionary(type_name)
    main = Sheet(type_name, TYPES[type_name].plural, tuple(_columns(fields, ())))
    return (main, *_lists(fields, (), type_name, main.title, ""))


def _columns(fields: tuple[Field, ...], above: tuple[Field, ...]) -> Iterator[Column]:
    for field in fields:
        chain = (*above, field)
        key, title = _key(chain), _title(chain)
        if field.kind == "group":
            if field.states and not field.short:
                yield Column(key, f"{title} ({_IF_UNKNOWN})", chain, state=True)
            yield from _columns(field.fields, chain)
        elif field.kind == "items":
            if field.states:
                yield Column(key, f"{title} ({_IF_UNKNOWN})", chain, state=True)
        elif field.kind != "map":
            yield Column(key, title, chain, detail=bool(above) and field.key in _DETAILS)


def _lists(
    fields: tuple[Field, ...], above: tuple[Field, ...], parent: str, title: str, under: str
) -> Iterator[Sheet]:
    """``parent`` is the key of the sheet that ``above`` starts from, ``under`` the title before."""
    for field in fields:
        chain = (*above, field)
        if field.kind == "group":
            yield from _lists(field.fields, chain, parent, title, under)
        elif field.kind == "items":
            key = f"{parent}{'>' if under else ':'}{_key(chain)}"
            name = f"{under} – {_title(chain)}" if under else _title(chain)
            yield Sheet(key, name, tuple(_columns(field.fields, ())), chain, parent)
            yield from _lists(field.fields, (), key, name, name)


def _key(chain: tuple[Field, ...]) -> str:
    """``demande.canal``; the value of a fact is the fact: ``annee``, not ``annee.valeur``."""
    return ".".join(field.key for field in _named(chain))


def _title(chain: tuple[Field, ...]) -> str:
    """« Demande, canal »; the value of a fact is the fact: « Année », not « Année, valeur »."""
    titles = [field.title or field.key for field in _named(chain)]
    return ", ".join([titles[0], *(title[:1].lower() + title[1:] for title in titles[1:])])


def _named(chain: tuple[Field, ...]) -> list[Field]:
    return [
        field
        for field, above in zip(chain, (None, *chain), strict=False)
        if above is None or above.short != field.key
    ]
