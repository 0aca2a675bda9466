"""What could not be taken over from a spreadsheet, each with its sheet and cell."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Sequence

from loosbot.corpus.check.garbled import spoiled
from loosbot.corpus.french import counted
from loosbot.corpus.wording import did_you_mean, nearest, quoted
from loosbot.exchange.received import Cell, Line, ReceivedSheet, ReceivedWorkbook
from loosbot.frozen import dataclass

WRONG_KIND = {
    "formula": "Cette case contient une formule : elle n’est jamais calculée. Écrivez sa valeur.",
    "date": "Le tableur a fait de ce texte une date ({text}) : on ne sait plus si le jour ou le "
    "mois étaient connus. Mettez la case au format « Texte » et récrivez la date.",
    "time": "Le tableur a fait de ce texte une heure ({text}). Mettez la case au format « Texte ».",
    "logical": "Le tableur en a fait un vrai ou faux. Mettez la case au format « Texte ».",
    "error": "Cette case contient une erreur du tableur.",
    "covered": "Cette case est fusionnée avec une autre : on ne sait pas si elle est vide. "
    "Défusionnez-les, et écrivez dans chacune.",
}
"""By the kind of a cell."""
_SOME = 3
"""Items that one message names; more are left to « … »."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be placed; ``where`` names the sheet and the cell."""

    where: str
    message: str


def of_place(given: ReceivedSheet, at: Cell | Line, message: str) -> Problem:
    """What is wrong with a cell, or with a line."""
    kind = "case" if isinstance(at, Cell) else "ligne"
    return _of(given, f"{kind} {at.where}", message)


def of_sheets(received: ReceivedWorkbook, known: Container[str]) -> Iterator[Problem]:
    """The sheets of which nothing is taken: copies of another one, and lists that no type has."""
    first: dict[str, ReceivedSheet] = {}
    for given in received.sheets:
        if (before := first.setdefault(given.key, given)) is not given:
            why = f"C’est une copie de la feuille « {before.name} »"
        elif given.key not in known and given.lines:
            why = "Les fiches de ce type n’ont pas cette liste"
        else:
            continue
        yield Problem(f"feuille « {given.name} »", f"{why} : rien n’en est repris.")


def of_sheet(given: ReceivedSheet, known: Collection[str]) -> Iterator[Problem]:
    """What stands in columns of no field, or beside the cells."""
    for key in given.keys:
        if key not in known:
            cells = [line.cells[key] for line in given.lines if key in line.cells]
            filled = next((cell for cell in cells if cell.text), None)
            if filled is not None:
                near = nearest(key, sorted(known))
                hint = f" {did_you_mean(near)}" if near else ""
                yield of_place(given, filled, f"La colonne {quoted(key)} n’existe pas.{hint}")
    for left in given.left:
        yield _of(given, left.where, left.message)


def of_spoiled(given: ReceivedSheet, cells: Sequence[Cell]) -> Iterator[Problem]:
    """The cells whose letters another program spoiled, in one sentence: where one is, the whole
    file mostly is."""
    if not cells:
        return
    first, *others = cells
    piece, meant = spoiled(first.text)
    why = (
        "d’une lettre perdue"
        if meant == piece
        else f"de {quoted(meant)}, un autre programme a mal ouvert ce fichier"
    )
    many = f", ni de {counted(len(others), 'autre')}" if others else ""
    message = f"« {piece} » tient la place {why} : rien n’est repris de cette case{many}."
    yield of_place(given, first, message)


def of_absent(given: ReceivedSheet, items: Sequence[str]) -> Iterator[Problem]:
    """The items whose row is gone, where a line of their sheet is not placed: it may be that row,
    with another name or rank."""
    if items:
        named = ", ".join(items[:_SOME]) + (", …" if len(items) > _SOME else "")
        yield _of(
            given,
            "lignes absentes",
            f"{named} : une ligne de cette feuille n’a pas pu être placée, rien n’en est retiré.",
        )


def _of(given: ReceivedSheet, where: str, message: str) -> Problem:
    return Problem(f"feuille « {given.name} », {where}" if given.name else where, message)
