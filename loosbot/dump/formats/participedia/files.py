"""The five files of ``participedia/``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from loosbot.corpus.schema import Word
from loosbot.dump.filtered import Edition, value_of
from loosbot.dump.formats.csvfiles import encoded, lines
from loosbot.dump.formats.participedia.answer import STATES, Answer
from loosbot.dump.formats.participedia.mapping import Correspondence, Question, load
from loosbot.dump.formats.participedia.sheet import (
    LONGEST_SUMMARY,
    ExaminedCase,
    public_id,
    row,
    sheets,
    states,
)
from loosbot.dump.tables.fields import Column
from loosbot.dump.tables.table import Row, Table, column

FOLDER = "participedia"
CASES = f"{FOLDER}/cases.csv"
MARK = "\ufeff"
"""Their file begins with a byte order mark, so does CASES, which stands in for it."""


def files(edition: Edition, entries: Sequence[ExaminedCase]) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each file; a case that their form would cut is left out."""
    header = load().header
    cases: list[Row] = []
    states_csv = _states_csv(edition, entries, cases)
    yield CASES, encoded(header, cases, mark=MARK)
    yield f"{FOLDER}/etats.csv", states_csv
    for name, rows in (("methods", _methods(edition)), ("organizations", _organizations(edition))):
        yield f"{FOLDER}/{name}.csv", encoded(load().headers[name], rows)
    table = _correspondence()
    yield table.path, encoded([column.name for column in table.columns], table.rows)


def described() -> list[Table]:
    """The tables whose columns are ours to describe, for the descriptor; none needs its rows."""
    return [_cases_columns(), _states(), _correspondence()]


def _cases_columns() -> Table:
    mapping = load()
    columns = tuple(
        Column(name, "string", question.asked, question.rule, required=name == "id")
        for question in mapping.questions
        for name in question.columns
    )
    return Table(
        "participedia_cases",
        "Cas, dans le format de Participedia",
        "Un projet ou un fifty-fifty par ligne, dans leurs colonnes ; etats.csv dit tout vide.",
        columns,
        (),
        folder=FOLDER,
        file="cases",
    )


def _states() -> Table:
    columns = (
        column("cas", "Cas", "L’identifiant du cas, dans cases.csv.", required=True),
        column("colonne", "Colonne", "La colonne de cases.csv.", required=True),
        column("valeur", "Valeur", "La valeur de la case ; celle de « body » est dans cases.csv."),
        column("etat", "État", "Ce que l’on en sait.",
                *(Word(state, state, meaning) for state, meaning in STATES), required=True),
        Column("regle", "integer", "Règle", "Le numéro de la règle, dans correspondance.csv.",
                required=True),
        column("source", "Source", "Ce qui l’atteste, séparé par « | »."),
        column("note", "Note", "Ce que la case ne peut pas dire : précision d’une date, "
                "fourchette, mots sans équivalent."),
    )  # fmt: skip
    return Table(
        "participedia_etats",
        "État de chaque case",
        "Une case de cases.csv par ligne : attestée, déduite, inconnue, sans objet, absente ou "
        "sans équivalent.",
        columns,
        (),
        key=("cas", "colonne"),
        folder=FOLDER,
        file="etats",
    )


def _states_csv(edition: Edition, entries: Sequence[ExaminedCase], rows: list[Row]) -> bytes:
    """The states of every cell; the rows of the cases go to ``rows`` on the way.

    Both come from one pass, case by case: a large corpus has half a million cells.
    """
    forms: dict[tuple[str, ...], _Form] = {}
    written = [encoded([column.name for column in _states().columns], ())]
    for case, answers in sheets(edition.snapshot, entries):
        rows.append(row(answers))
        silent = tuple(_silence(answer) for _, answer in answers)
        if silent not in forms:
            forms[silent] = _form(answers, silent)
        answered = [answer for answer, state in zip(answers, silent, strict=True) if not state]
        written += _state_lines(case, answered, forms[silent])
    return b"".join(written)


_Form = list[bytes | int]
"""What many cases say alike: the lines of what they leave empty, with :data:`_CASE` for the case;
between them, how many lines each says by itself."""
_CASE = "\x1e"


def _silence(answer: Answer) -> str:
    """The state of an answer that says nothing else; "" for any other."""
    return "" if answer.values or answer.source or answer.note else answer.state


def _form(answers: Sequence[tuple[Question, Answer]], silent: Sequence[str]) -> _Form:
    form: _Form = []
    for is_silent, group in groupby(zip(answers, silent, strict=True), lambda pair: bool(pair[1])):
        pairs = [answer for answer, _ in group]
        if is_silent:
            form.append(
                b"".join(lines([state for answer in pairs for state in states(_CASE, *answer)]))
            )
        else:
            form.append(sum(len(question.columns) for question, _ in pairs))
    return form


def _state_lines(
    case: str, answered: Sequence[tuple[Question, Answer]], form: _Form
) -> Iterator[bytes]:
    """The lines of one case."""
    place, start = (lines([(text,)])[0].removesuffix(b"\n") for text in (_CASE, case))
    own = iter(lines([state for answer in answered for state in states(case, *answer)]))
    for part in form:
        if isinstance(part, int):
            yield from islice(own, part)
        else:
            yield part.replace(place, start)


def _methods(edition: Edition) -> Iterator[list[str]]:
    """In their columns; a method has as many lines as the mapping names, whatever the cases."""
    snapshot = edition.snapshot
    for method in load().methods:
        row = {
            "id": f"{snapshot.corpus}:methode/{method.when}",
            "type": "method",
            "title": method.title,
            "description": method.description,
            "original_language": snapshot.language,
            "facetoface_online_or_both": method.place,
            "public_spectrum": method.spectrum,
            "open_limited": method.open_limited,
            "method_types": ", ".join(method.types),
            "purpose_method": ", ".join(method.purposes),
        }
        yield [row.get(column, "") for column in load().headers["methods"]]


def _organizations(edition: Edition) -> Iterator[list[str]]:
    """In their columns: organisations only, no person is exported."""
    snapshot, known = edition.snapshot, load().tables["sector"]
    for record in edition.of_type("acteur"):
        kind = str(value_of(record, "genre") or "")
        if kind in ("", "personne") or record.id in edition.people:
            continue
        summary = str(value_of(record, "resume") or "")
        row = {
            "id": public_id(snapshot, record.id),
            "type": "organization",
            "title": record.title,
            "description": summary if len(summary) <= LONGEST_SUMMARY else "",
            "original_language": snapshot.language,
            "country": "France" if snapshot.insee else "",
            "sector": next(iter(known.get(kind, ())), ""),
        }
        yield [row.get(column, "") for column in load().headers["organizations"]]


def _correspondence() -> Table:
    columns = (
        Column("regle", "integer", "Règle", "Le numéro de la règle.", required=True),
        column("colonne", "Colonne", "La question : un nom de colonne, sans son rang.",
                required=True),
        Column("rangs", "integer", "Rangs", "Combien de colonnes elle occupe.", required=True),
        column("question", "Question", "Leur question, en anglais.", required=True),
        column("champs", "Champs", "Ce que la règle lit dans nos fiches ; rien si elle est vide."),
        column("mot", "Mot", "Un de nos mots que la règle traduit ; vide sur sa ligne à elle."),
        column("code", "Code", "Leur code pour ce mot."),
        column("anglais", "Libellé anglais", "Leur libellé pour ce code, qui seul dit son sens."),
        column("francais", "Libellé français", "Leur libellé français, quand il est connu."),
        column("texte", "Texte", "Ce que fait la règle."),
    )  # fmt: skip
    return Table(
        "participedia_correspondance",
        "Correspondance avec Participedia",
        "Une règle par ligne, puis un mot par ligne : de quoi la discuter et la refaire.",
        columns,
        tuple(_lines(load())),
        key=("regle", "mot", "code"),
        folder=FOLDER,
        file="correspondance",
    )


def _lines(mapping: Correspondence) -> Iterator[Row]:
    for question in mapping.questions:
        start = question.number, question.name, len(question.columns), question.asked
        yield *start, question.fields or None, None, None, None, None, question.rule
        for word, codes in mapping.tables.get(question.name, {}).items():
            for code in codes:
                english, french = mapping.codes[question.name][code]
                yield *start, None, word, code, english, french or None, None
