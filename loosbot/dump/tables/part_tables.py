"""The tables of the parts of records: events, engagements, figures, statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from loosbot.corpus import schema
from loosbot.corpus.schema import Shape, Word
from loosbot.dump.filtered import WITHHELD, Kind
from loosbot.dump.tables.fields import Cell, Column, number_of, precision, text_of, why
from loosbot.dump.tables.parts import Part, others_of, proof_of, when, words_of
from loosbot.dump.tables.table import (
    ID,
    NUMBER,
    RECORD,
    TOWN,
    VOICES,
    Reference,
    Table,
    column,
    date_cells,
    date_columns,
    motive_column,
    nullable_columns,
    with_motive,
)

FIELD = column("champ", "Champ", "Place dans la fiche : les clés, séparées par des points.")
RANK = Column("rang", "integer", "Rang", "Rang dans ce champ de la fiche, à partir de 1.")

_OF_FIGURES = ("unite", "quoi", "comptage", "date", "statut", "sources", "note")


@dataclass(frozen=True, slots=True)
class PartTable:
    """A table of parts: columns after id, record, field and rank, and a row's cells."""

    name: str
    title: str
    description: str
    columns: Callable[[Kind], list[Column]]
    cells: Callable[[Part, Kind], Iterable[Cell]]
    licence: str = TOWN

    def table(self, parts: Sequence[Part], kind: Kind) -> Table:
        """One row a part: its id, record, field and rank, then its own cells."""
        rows = (
            (part.id, part.record.id, part.field, part.rank, *self.cells(part, kind))
            for part in parts
        )
        columns = (ID, RECORD, FIELD, RANK, *self.columns(kind))
        return Table(
            self.name,
            self.title,
            self.description,
            columns,
            tuple(rows),
            references=(Reference("fiche", "fiches"),),
            licence=self.licence,
        )


def _event_columns(kind: Kind) -> list[Column]:
    project = schema.shape("fifty-fifty").at(("realisation",)).properties
    kinds = (
        Word("etape", "Étape d’un projet"), Word("deroule", "Moment du déroulé"),
        Word("visite", "Visite de suivi"), Word("mandat", "Mandat ou poste"),
        Word("repere", "Repère"), Word("reunion", "Réunion"),
        Word("compte-rendu", "Compte rendu publié"), Word("recit", "Récit dit ou écrit"),
    )  # fmt: skip
    grains = ("jour", "mois", "annee", "periode", "ouverte", "environ")
    return [
        column("genre", "Genre", "Ce que c’est.", *kinds, required=True),
        *nullable_columns("nom", "Nom", "L’étape (demande, diagnostic…) ou le titre du moment."),
        *date_columns("date", "Date", "Quand : la date telle que la fiche l’écrit.", kind),
        column("date_precision", "Précision", "Finesse de la date.",
                *(Word(grain, grain) for grain in grains)),
        *_columns_of("niveau", project["niveau"], kind, "Niveau"),
        *_columns_of("part_au_faire", project["part_au_faire"], kind),
        *nullable_columns("texte", "Texte", "Ce qui s’est passé, sans mise en forme."),
        *nullable_columns("qui", "Qui", "Qui y a pris part ou l’a constaté."),
        *_columns_of("statut", project["statut"], kind, "Statut"),
        *nullable_columns(
            "sources", "Sources", "Ce qui l’atteste : sources et preuves, séparées par « | »."
        ),
    ]  # fmt: skip


def _event_cells(part: Part, kind: Kind) -> tuple[Cell, ...]:
    day = when(part)
    get = part.data.get
    return (
        part.kind,
        *with_motive(get("titre", get("fonction"))),
        *date_cells(day, kind),
        precision(day),
        *with_motive(get("niveau")),
        *with_motive(get("part_au_faire")),
        *with_motive(get("texte", get("constat"))),
        *with_motive(get("qui")),
        *with_motive(get("statut")),
        *_proof_cells(part),
    )


def _proof_cells(part: Part) -> tuple[Cell, Cell]:
    proof = proof_of(part)
    nothing = why(part.data.get("sources")) or why(part.data.get("preuve"))
    return proof, None if proof else nothing


def _columns_of(name: str, shape: Shape, kind: Kind, title: str = "") -> list[Column]:
    """The columns of a key, under its own title unless another is given."""
    title = title or shape.title
    if shape.date:
        return date_columns(name, title, shape.description, kind)
    many = " Séparées par « | »." if name == "sources" else ""
    return nullable_columns(name, title, f"{shape.description}{many}", *shape.words)


def _cells_of(shape: Shape, value: Any, kind: Kind) -> Iterable[Cell]:
    return date_cells(value, kind) if shape.date else with_motive(value)


def _promise_columns(kind: Kind) -> list[Column]:
    keys = schema.shape("fifty-fifty").at(("engagements", 0)).properties
    columns: list[Column] = []
    for key, shape in keys.items():
        columns += _columns_of("nom" if key == "id" else key, shape, kind)
    return columns


def _promise_cells(part: Part, kind: Kind) -> Iterator[Cell]:
    for key, shape in schema.shape("fifty-fifty").at(("engagements", 0)).properties.items():
        yield from _cells_of(shape, part.data.get(key), kind)


def _figure_columns(kind: Kind) -> list[Column]:
    keys = schema.shape("fifty-fifty").at(("chiffres", 0)).properties
    columns = [
        column("valeur", keys["valeur"].title, keys["valeur"].description),
        NUMBER,
        motive_column("valeur", keys["valeur"].title),
    ]  # fmt: skip
    for key in _OF_FIGURES:
        columns += _columns_of(key, keys[key], kind)
    return columns


def _figure_cells(part: Part, kind: Kind) -> Iterator[Cell]:
    value = part.data.get("valeur")
    yield text_of(value)
    yield number_of(value)
    yield why(value)
    keys = schema.shape("fifty-fifty").at(("chiffres", 0)).properties
    for key in _OF_FIGURES:
        yield from _cells_of(keys[key], part.data.get(key), kind)


def _statement_columns(kind: Kind) -> list[Column]:
    keys = schema.shape("fifty-fifty").at(("enseignements", 0)).properties
    follow = keys["suite"].properties
    return [
        column("passage", "Passage", "La voix dont il vient, dans passages.csv."),
        *nullable_columns("texte", "Texte", "L’énoncé, en une ou deux phrases."),
        *nullable_columns("qui", "Qui", "À qui l’énoncé est attribué."),
        *date_columns("date", "Date", "Quand cela a été dit ou constaté.", kind),
        *_columns_of("statut", keys["statut"], kind, "Statut"),
        *_columns_of("sources", keys["sources"], kind),
        *_columns_of("suite", keys["suite"], kind),
        *_columns_of("suite_qui", follow["qui"], kind, "Suite : qui"),
        *_columns_of("suite_echeance", follow["echeance"], kind, "Suite : échéance"),
        *_columns_of("suite_fait", follow["fait"], kind, "Suite : fait"),
        *_columns_of("suite_date", follow["date"], kind, "Suite : date"),
        *_columns_of("suite_preuve", follow["preuve"], kind, "Suite : preuve"),
        column("autres", "Autres", "Ce que la fiche en dit d’autre, en JSON ; « masque » et "
               "« inconnu » y sont des motifs."),
    ]  # fmt: skip


def _statement_cells(part: Part, kind: Kind) -> tuple[Cell, ...]:
    get = part.data.get
    in_voice = part.path[0] == "voix" and isinstance(part.path[1], int)
    return (
        f"{part.record.id}/voix-{int(part.path[1]) + 1}" if in_voice else None,
        *with_motive(words_of(part)),
        *with_motive(get("qui")),
        *date_cells(get("date"), kind),
        *with_motive(get("statut")),
        *with_motive(get("sources")),
        *_follow_up_cells(get("suite"), kind),
        others_of(part),
    )


def _follow_up_cells(follow: Any, kind: Kind) -> tuple[Cell, ...]:
    if not isinstance(follow, dict):
        # who says that what follows is unknown says it of all of it; of a sentence that is withheld
        # its content is unknown
        reason = None if follow is WITHHELD else why(follow)
        nothing, day = (None, reason), (None, None, None, reason)
        return (*with_motive(follow), *nothing, *day, *nothing, *day, *nothing)
    return (
        *with_motive(follow.get("quoi") if follow else follow),
        *with_motive(follow.get("qui")),
        *date_cells(follow.get("echeance"), kind),
        *with_motive(follow.get("fait")),
        *date_cells(follow.get("date"), kind),
        *with_motive(follow.get("preuve")),
    )


PART_TABLES = (
    PartTable("evenements", "Événements", "Une étape, une réunion, un récit, une visite ou un "
          "mandat par ligne, avec sa date.", _event_columns, _event_cells),
    PartTable("engagements", "Engagements", "Une promesse par ligne : qui, quoi, pour quand, et ce "
          "qu’elle est devenue.", _promise_columns, _promise_cells),
    PartTable("mesures", "Mesures", "Un chiffre par ligne, avec son unité et la façon de compter.",
          _figure_columns, _figure_cells),
    PartTable("enonces", "Énoncés", "Une phrase par ligne : résultat, frottement, enseignement, "
          "décision, question, note, apport.", _statement_columns, _statement_cells, VOICES),
)  # fmt: skip
