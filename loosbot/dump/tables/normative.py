"""The normative form of an edition: tables, with every column described.

CSV, SQLite and Parquet are written from these, and from nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from loosbot.corpus import schema
from loosbot.corpus.model import RECORD_TYPES, Record
from loosbot.corpus.schema import Word
from loosbot.corpus.types import TYPES
from loosbot.dump.edition import traces
from loosbot.dump.filtered import Edition, Kind, Passage, stated, value_of
from loosbot.dump.formats import dublin_core
from loosbot.dump.tables.fields import (
    MOTIVES,
    Cell,
    Column,
    cells_of,
    columns_of,
    fields,
    groups,
    number_of,
    text_of,
    why,
)
from loosbot.dump.tables.part_tables import PART_TABLES, RANK
from loosbot.dump.tables.parts import Part, parts
from loosbot.dump.tables.table import ID, NUMBER, VOICES, YES_NO, Reference, Table, column, told

TABLE_NAMES = {row.name: row.table for row in TYPES.values()}


def tables(edition: Edition) -> list[Table]:
    """Every table of an edition, always the same ones with the same columns for its kind."""
    all_parts = [part for record in edition.records.values() for part in parts(record)]
    by_table: dict[str, list[Part]] = {}
    for part in all_parts:
        by_table.setdefault(part.table, []).append(part)
    return [
        _all_records(edition),
        *(_records(edition, type_) for type_ in RECORD_TYPES),
        _links(edition),
        _passages(edition),
        *(spec.table(by_table.get(spec.name, ()), edition.kind) for spec in PART_TABLES),
        *traces.tables(edition),
    ]


def _all_records(edition: Edition) -> Table:
    types = tuple(Word(name, schema.shape(name).title) for name in RECORD_TYPES)
    columns, rows = told(
        edition.records.values(),
        (ID, lambda record: record.id),
        (
            column("type", "Type", "Le type de la fiche.", *types, required=True),
            lambda record: record.type,
        ),
        (
            column("titre", "Titre", "Le titre de la fiche, en une ligne.", required=True),
            lambda record: record.title,
        ),
    )
    return Table("fiches", "Fiches", "Toutes les fiches de l’édition.", columns, rows)


def _records(edition: Edition, type_: str) -> Table:
    shape, kind = schema.shape(type_), edition.kind
    columns = [ID, column("titre", "Titre", "Le titre de la fiche, en une ligne.", required=True)]
    columns += [column for field in fields(type_) for column in columns_of(field, kind)]
    extra: list[Callable[[Record], Iterable[Cell]]] = []
    if "relectures" in shape.properties:
        columns += _review_columns(kind)
        extra.append(lambda record: _review_cells(record, kind))
    if type_ == "acteur":
        columns.append(
            column(
                "pseudonyme", "Pseudonyme", "Oui quand le titre est un code à la place d’un nom.",
                *YES_NO, required=True,
            )
        )  # fmt: skip
        extra.append(lambda record: ("oui" if record.id in edition.people else "non",))
    if type_ == "indicateur":
        columns.append(NUMBER)
        extra.append(lambda record: (number_of(value_of(record, "valeur")),))
    if type_ == "recit":
        columns += dublin_core.COLUMNS
        passages: dict[str, list[Passage]] = {}
        for passage in edition.passages:
            passages.setdefault(passage.record, []).append(passage)
        extra.append(lambda record: dublin_core.cells(record, passages.get(record.id, []), edition))
    if kind == "recherche":
        columns.append(column("fichier", "Fichier", "Le fichier de la fiche dans le dépôt."))
        extra.append(lambda record: (record.path or None,))
    grouped = groups(type_)
    rows = tuple(
        (
            record.id,
            record.title,
            *cells_of(grouped, record.data, kind),
            *(cell for cells in extra for cell in cells(record)),
        )
        for record in edition.of_type(type_)
    )
    return Table(TABLE_NAMES[type_], shape.title, shape.description, tuple(columns), rows)


def _review_columns(kind: Kind) -> Iterator[Column]:
    yield column("relu", "Relu", "Quelqu’un de nommé a relu la fiche.", *YES_NO, required=True)
    yield column("relu_le", "Relu le", "Date de la dernière relecture.")
    if kind == "recherche":
        yield column("relu_par", "Relu par", "Qui a relu la fiche, séparés par « | ».")


def _review_cells(record: Record, kind: Kind) -> Iterator[Cell]:
    reviews = record.data.get("relectures") or []
    yield "oui" if reviews else "non"
    yield text_of(stated(reviews[-1].get("date"))) if reviews else None
    if kind == "recherche":
        yield text_of([review.get("qui") for review in reviews])


def _links(edition: Edition) -> Table:
    types = {record.id: record.type for record in edition.records.values()}
    columns, rows = told(
        (tie for tie in edition.ties if tie.target in types),
        (column("source", "De", "La fiche qui fait le lien.", required=True),
         lambda tie: tie.source),
        (column("champ", "Champ", "Où elle le fait : clés et rangs, séparés par des points.",
                required=True),
         lambda tie: ".".join(_step(key) for key in tie.path)),
        (column("cible", "Vers", "La fiche à laquelle elle renvoie.", required=True),
         lambda tie: tie.target),
        (column("cible_type", "Type", "Le type de la fiche visée.", required=True),
         lambda tie: types[tie.target]),
    )  # fmt: skip
    return Table(
        "liens",
        "Liens",
        "Un lien d’une fiche à une autre par ligne, sources et textes compris.",
        columns,
        tuple(dict.fromkeys(rows)),
        key=("source", "champ", "cible"),
        references=(Reference("source", "fiches"), Reference("cible", "fiches")),
    )


def _step(key: str | int) -> str:
    return str(key + 1) if isinstance(key, int) else key


def _passages(edition: Edition) -> Table:
    voice = schema.shape("recit").at(("voix", 0)).properties
    themes, effects = (voice[key] for key in ("themes", "effets"))
    files = {story.record: text_file(story.record) for story in edition.stories}
    columns, rows = told(
        edition.passages,
        (ID, lambda passage: passage.id),
        (column("fiche", "Fiche", "La fiche dont c’est une voix, dans fiches.csv.", required=True),
         lambda passage: passage.record),
        (column("recit", "Récit", "Le récit, dans recits.csv, si la fiche en est un."),
         lambda passage: passage.record if is_tale(passage.record) else None),
        (RANK, lambda passage: passage.rank),
        (column("voix", "Voix", "Qui parle : identifiants ou codes, séparés par « | »."),
         lambda passage: text_of(list(passage.speakers))),
        (column("role", "Rôle", voice["role"].description, *voice["role"].words),
         lambda passage: text_of(passage.role) or None),
        (column("role_motif", "Rôle : motif", "Pourquoi le rôle est vide.", *MOTIVES),
         lambda passage: why(passage.role)),
        (column("nature", "Nature", voice["nature"].description, *voice["nature"].words),
         lambda passage: passage.nature or None),
        (column("date", "Date", "Quand la personne l’a dit."),
         lambda passage: text_of(passage.date) or None),
        (column("date_motif", "Date : motif", "Pourquoi la date est vide.", *MOTIVES),
         lambda passage: why(passage.date)),
        (column("annee", "Année", "Année de ce passage, ou du récit."),
         lambda passage: text_of(passage.year) or None),
        (column("annee_motif", "Année : motif", "Pourquoi l’année est vide.", *MOTIVES),
         lambda passage: why(passage.year)),
        (column("themes", "Thèmes", f"{themes.description} Séparés par « | »."),
         lambda passage: text_of(list(passage.themes))),
        (column("effets", "Effets utiles", f"{effects.description} Séparés par « | »."),
         lambda passage: text_of(list(passage.effects))),
        (column("frottements", "Frottements", f"{voice['frottements'].description} Séparés par "
                "« | »."),
         lambda passage: text_of(list(passage.frictions))),
        (column("texte", "Texte", "Ce que la voix raconte, sans mise en forme."),
         lambda passage: text_of(passage.text) or None),
        (column("texte_motif", "Texte : motif", "Pourquoi le texte est vide.", *MOTIVES),
         lambda passage: why(passage.text)),
        (Column("debut", "integer", "Début", "Place du premier caractère dans textes/ (le premier "
                "du fichier a le rang 0, comptés en points de code Unicode)."),
         lambda passage: passage.start if passage.end else None),
        (Column("fin", "integer", "Fin", "Place juste après le dernier caractère."),
         lambda passage: passage.end or None),
        (column("fichier", "Fichier", "Le fichier de textes/ qui contient le passage."),
         lambda passage: files[passage.record] if passage.end else None),
        (Column("film_debut", "integer", "Dans le film, de", "Seconde du film où il commence."),
         lambda passage: passage.film[0] if passage.film else None),
        (Column("film_fin", "integer", "Dans le film, à", "Seconde du film où il finit."),
         lambda passage: passage.film[1] if passage.film else None),
    )  # fmt: skip
    return Table(
        "passages",
        "Passages",
        "Ce que dit chaque voix, dans un récit ou sur la fiche d’un projet ou d’une réunion ; une "
        "voix non publiée garde sa ligne, sans texte.",
        columns,
        rows,
        references=(Reference("fiche", "fiches"), Reference("recit", "recits")),
        licence=VOICES,
    )


def text_file(record: str) -> str:
    """Where the words of a record are: ``textes/jamais-sans-ma-pince.txt`` for a récit,
    ``textes/projet--carrot-mob.txt`` for a project, since both may have one slug."""
    type_, _, slug = record.partition("/")
    return f"textes/{slug if is_tale(record) else f'{type_}--{slug}'}.txt"


def text_name(record: str) -> str:
    """The name of :func:`text_file` without folder and extension."""
    return text_file(record).removeprefix("textes/").removesuffix(".txt")


def is_tale(record: str) -> bool:
    """Whether the id is that of a récit."""
    return record.startswith("recit/")
