"""The tables of the parts of records: events, engagements, figures, statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from loosbot.corpus import schema
from loosbot.corpus.schema import Word
from loosbot.dump.filtered import Kind, bare
from loosbot.dump.tables.fields import Cell, Column, number_of, precision, text_of, why
from loosbot.dump.tables.parts import Part, others_of, proof_of, when, words_of
from loosbot.dump.tables.table import (
    ID,
    NO_DATE,
    RECORD,
    TOWN,
    VOICES,
    Reference,
    Table,
    column,
    date_cells,
    date_columns,
    motive_column,
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
        column("nom", "Nom", "L’étape (demande, diagnostic…) ou le titre du moment."),
        *date_columns("date", "Date", "Quand : la date telle que la fiche l’écrit.", kind),
        column("date_precision", "Précision", "Finesse de la date.",
                *(Word(grain, grain) for grain in grains)),
        column("niveau", "Niveau", project["niveau"].description, *project["niveau"].words),
        motive_column("niveau", "Niveau"),
        column("part_au_faire", "Part au faire", project["part_au_faire"].description,
                *project["part_au_faire"].words),
        motive_column("part_au_faire", "Part au faire"),
        column("texte", "Texte", "Ce qui s’est passé, sans mise en forme."),
        motive_column("texte", "Texte"),
        column("qui", "Qui", "Qui y a pris part ou l’a constaté."),
        column("statut", "Statut", project["statut"].description, *project["statut"].words),
        column("sources", "Sources", "Ce qui l’atteste : sources et preuves, séparées par "
                "« | »."),
    ]  # fmt: skip


def _event_cells(part: Part, kind: Kind) -> tuple[Cell, ...]:
    day = when(part)
    get = part.data.get
    return (
        part.kind,
        text_of(bare(get("titre", get("fonction")))),
        *date_cells(day, kind),
        precision(day),
        *with_motive(get("niveau")),
        *with_motive(get("part_au_faire")),
        *with_motive(get("texte", get("constat"))),
        text_of(bare(get("qui"))),
        text_of(bare(get("statut"))),
        proof_of(part),
    )


def _promise_columns(kind: Kind) -> list[Column]:
    keys = schema.shape("fifty-fifty").at(("engagements", 0)).properties
    columns: list[Column] = []
    for key, shape in keys.items():
        name = "nom" if key == "id" else key
        if shape.date:
            columns += date_columns(name, shape.title, shape.description, kind)
        elif key == "sources":
            columns.append(column(name, shape.title, f"{shape.description} Séparées par « | »."))
        else:
            columns.append(column(name, shape.title, shape.description, *shape.words))
            columns.append(motive_column(name, shape.title))
    return columns


def _promise_cells(part: Part, kind: Kind) -> Iterator[Cell]:
    for key, shape in schema.shape("fifty-fifty").at(("engagements", 0)).properties.items():
        value = part.data.get(key)
        if shape.date:
            yield from date_cells(value, kind)
        elif key == "sources":
            yield text_of(value)
        else:
            yield from with_motive(value)


def _figure_columns(kind: Kind) -> list[Column]:
    keys = schema.shape("fifty-fifty").at(("chiffres", 0)).properties
    columns = [
        column("valeur", keys["valeur"].title, keys["valeur"].description),
        Column("valeur_nombre", "number", "Valeur, en nombre", "La valeur quand c’est un nombre ; "
               "jamais zéro pour ce que l’on ignore."),
        motive_column("valeur", keys["valeur"].title),
    ]  # fmt: skip
    for key in ("unite", "quoi", "comptage"):
        columns.append(column(key, keys[key].title, keys[key].description))
    columns += date_columns("date", keys["date"].title, keys["date"].description, kind)
    columns.append(column("statut", keys["statut"].title, keys["statut"].description,
                         *keys["statut"].words))  # fmt: skip
    columns.append(
        column("sources", "Sources", f"{keys['sources'].description} Séparées par « | ».")
    )
    columns += [
        column("note", keys["note"].title, keys["note"].description),
        motive_column("note", "Note"),
    ]
    return columns


def _figure_cells(part: Part, kind: Kind) -> Iterator[Cell]:
    value = part.data.get("valeur")
    yield text_of(value)
    yield number_of(value)
    yield why(value)
    for key in ("unite", "quoi", "comptage"):
        yield text_of(part.data.get(key))
    yield from date_cells(part.data.get("date"), kind)
    yield text_of(part.data.get("statut"))
    yield text_of(part.data.get("sources"))
    yield from with_motive(part.data.get("note"))


def _statement_columns(kind: Kind) -> list[Column]:
    keys = schema.shape("fifty-fifty").at(("enseignements", 0)).properties
    follow = keys["suite"].properties
    return [
        column("passage", "Passage", "La voix dont il vient, dans passages.csv."),
        column("texte", "Texte", "L’énoncé, en une ou deux phrases."),
        motive_column("texte", "Texte"),
        column("qui", "Qui", "À qui l’énoncé est attribué."),
        *date_columns("date", "Date", "Quand cela a été dit ou constaté.", kind),
        column("statut", "Statut", keys["statut"].description, *keys["statut"].words),
        column("sources", "Sources", f"{keys['sources'].description} Séparées par « | »."),
        column("suite", "Suite", keys["suite"].description),
        motive_column("suite", "Suite"),
        column("suite_qui", "Suite : qui", follow["qui"].description),
        *date_columns("suite_echeance", "Suite : échéance", follow["echeance"].description, kind),
        column("suite_fait", "Suite : fait", follow["fait"].description, *follow["fait"].words),
        *date_columns("suite_date", "Suite : date", follow["date"].description, kind),
        column("suite_preuve", "Suite : preuve", follow["preuve"].description),
        column("autres", "Autres", "Ce que la fiche en dit d’autre, en JSON."),
    ]  # fmt: skip


def _statement_cells(part: Part, kind: Kind) -> tuple[Cell, ...]:
    get = part.data.get
    in_voice = part.path[0] == "voix" and isinstance(part.path[1], int)
    return (
        f"{part.record.id}/voix-{int(part.path[1]) + 1}" if in_voice else None,
        *with_motive(words_of(part)),
        text_of(bare(get("qui"))),
        *date_cells(get("date"), kind),
        text_of(bare(get("statut"))),
        text_of(get("sources")),
        *_follow_up_cells(get("suite"), kind),
        others_of(part),
    )


def _follow_up_cells(follow: Any, kind: Kind) -> tuple[Cell, ...]:
    if not isinstance(follow, dict):
        return (*with_motive(follow), None, *NO_DATE, None, *NO_DATE, None)
    return (
        *with_motive(follow.get("quoi") if follow else follow),
        text_of(bare(follow.get("qui"))),
        *date_cells(follow.get("echeance"), kind),
        text_of(bare(follow.get("fait"))),
        *date_cells(follow.get("date"), kind),
        text_of(bare(follow.get("preuve"))),
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
