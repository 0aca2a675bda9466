"""The tables of the parts of records: events, engagements, figures, statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from loosbot.corpus import schema
from loosbot.corpus.schema import Word
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
        *nullable_columns("niveau", "Niveau", project["niveau"].description,
                      *project["niveau"].words),
        *nullable_columns("part_au_faire", "Part au faire", project["part_au_faire"].description,
                      *project["part_au_faire"].words),
        *nullable_columns("texte", "Texte", "Ce qui s’est passé, sans mise en forme."),
        *nullable_columns("qui", "Qui", "Qui y a pris part ou l’a constaté."),
        *nullable_columns("statut", "Statut", project["statut"].description,
                      *project["statut"].words),
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


def _promise_columns(kind: Kind) -> list[Column]:
    keys = schema.shape("fifty-fifty").at(("engagements", 0)).properties
    columns: list[Column] = []
    for key, shape in keys.items():
        name = "nom" if key == "id" else key
        if shape.date:
            columns += date_columns(name, shape.title, shape.description, kind)
        else:
            many = " Séparées par « | »." if key == "sources" else ""
            columns += nullable_columns(
                name, shape.title, f"{shape.description}{many}", *shape.words
            )
    return columns


def _promise_cells(part: Part, kind: Kind) -> Iterator[Cell]:
    for key, shape in schema.shape("fifty-fifty").at(("engagements", 0)).properties.items():
        value = part.data.get(key)
        if shape.date:
            yield from date_cells(value, kind)
        else:
            yield from with_motive(value)


def _figure_columns(kind: Kind) -> list[Column]:
    keys = schema.shape("fifty-fifty").at(("chiffres", 0)).properties
    columns = [
        column("valeur", keys["valeur"].title, keys["valeur"].description),
        NUMBER,
        motive_column("valeur", keys["valeur"].title),
    ]  # fmt: skip
    for key in ("unite", "quoi", "comptage"):
        columns += nullable_columns(key, keys[key].title, keys[key].description)
    columns += date_columns("date", keys["date"].title, keys["date"].description, kind)
    columns += nullable_columns(
        "statut", keys["statut"].title, keys["statut"].description, *keys["statut"].words
    )
    columns += nullable_columns(
        "sources", "Sources", f"{keys['sources'].description} Séparées par « | »."
    )
    columns += nullable_columns("note", keys["note"].title, keys["note"].description)
    return columns


def _figure_cells(part: Part, kind: Kind) -> Iterator[Cell]:
    value = part.data.get("valeur")
    yield text_of(value)
    yield number_of(value)
    yield why(value)
    for key in ("unite", "quoi", "comptage"):
        yield from with_motive(part.data.get(key))
    yield from date_cells(part.data.get("date"), kind)
    for key in ("statut", "sources", "note"):
        yield from with_motive(part.data.get(key))


def _statement_columns(kind: Kind) -> list[Column]:
    keys = schema.shape("fifty-fifty").at(("enseignements", 0)).properties
    follow = keys["suite"].properties
    return [
        column("passage", "Passage", "La voix dont il vient, dans passages.csv."),
        *nullable_columns("texte", "Texte", "L’énoncé, en une ou deux phrases."),
        *nullable_columns("qui", "Qui", "À qui l’énoncé est attribué."),
        *date_columns("date", "Date", "Quand cela a été dit ou constaté.", kind),
        *nullable_columns("statut", "Statut", keys["statut"].description, *keys["statut"].words),
        *nullable_columns(
            "sources", "Sources", f"{keys['sources'].description} Séparées par « | »."
        ),
        *nullable_columns("suite", "Suite", keys["suite"].description),
        *nullable_columns("suite_qui", "Suite : qui", follow["qui"].description),
        *date_columns("suite_echeance", "Suite : échéance", follow["echeance"].description, kind),
        *nullable_columns("suite_fait", "Suite : fait", follow["fait"].description,
                      *follow["fait"].words),
        *date_columns("suite_date", "Suite : date", follow["date"].description, kind),
        *nullable_columns("suite_preuve", "Suite : preuve", follow["preuve"].description),
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
