"""Dublin Core for every récit: what libraries and harvesters read of it.

Which of our fields stands for which element follows the minimum that oral history archives share
(https://www.dublincore.org/specifications/dublin-core/dcmi-terms/).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from loosbot.corpus.check.authorship import is_retold
from loosbot.corpus.model import Record
from loosbot.corpus.values import several
from loosbot.dump.filtered import Edition, Passage, known, stated, value_of
from loosbot.dump.formats.csvfiles import encoded
from loosbot.dump.tables.fields import Cell, Column, text_of
from loosbot.dump.tables.table import VOICES, Table, column
from loosbot.fields.vocabulary import vocabulary

OMEKA = "catalogue/recits-dublin-core.csv"
COLUMNS: tuple[Column, ...] = (
    column("dc_identifier", "DC : identifiant", "Identifiant de la fiche."),
    column("dc_title", "DC : titre", "Titre du récit."),
    column("dc_creator", "DC : créateur", "Qui a mis ces mots par écrit : la plume, ou l’archive "
           "si le récit est retracé."),
    column("dc_source", "DC : source", "Le récit d’origine d’un récit retracé : sa plume, puis où "
           "il est, séparés par « | »."),
    column("dc_contributor", "DC : contributeurs", "Qui parle, séparés par « | »."),
    column("dc_subject", "DC : sujets", "Thèmes, séparés par « | »."),
    column("dc_description", "DC : description", "Le résumé."),
    column("dc_date", "DC : date", "Quand le récit a été dit ou écrit."),
    column("dcterms_temporal", "DC : période", "L’année ou la période racontée."),
    column("dcterms_spatial", "DC : lieux", "Lieux du récit, séparés par « | »."),
    column("dcterms_isPartOf", "DC : fait partie de", "La soirée ou l’événement."),
    column("dc_relation", "DC : relation", "Projets et récits en rapport, séparés par « | »."),
    column("dc_language", "DC : langue", "Code de la langue (ISO 639)."),
    column("dc_type", "DC : type", "Texte, ou image animée quand un film existe."),
    column("dcterms_hasFormat", "DC : autre forme", "L’adresse de l’enregistrement."),
    column("dc_rights", "DC : droits", "Licence des mots des voix."),
    column("dcterms_accessRights", "DC : accès", "Ce que cette édition montre du récit."),
    column("dc_publisher", "DC : éditeur", "La commune."),
)  # fmt: skip


def files(edition: Edition, tables: Sequence[Table]) -> Iterator[tuple[str, bytes]]:
    """The notices as CSV, with the column names that Omeka S maps by itself."""
    of: dict[str, list[Passage]] = {}
    for passage in edition.passages:
        of.setdefault(passage.record, []).append(passage)
    header = [f"dcterms:{column.name.partition('_')[2]}" for column in COLUMNS]
    rows = [cells(record, of.get(record.id, []), edition) for record in edition.of_type("recit")]
    yield OMEKA, encoded(header, [list(row) for row in rows])


def cells(record: Record, passages: Sequence[Passage], edition: Edition) -> Iterator[Cell]:
    """The cells of one récit, whose voices say ``passages``, in the order of :data:`COLUMNS`.

    Words, not ids: what a library shows to its readers.
    """
    snapshot = edition.snapshot

    def titles(values: Iterable[str]) -> Cell:
        named = ((value, edition.records.get(value)) for value in values)
        return text_of([record.title if record else text for text, record in named])

    speakers = dict.fromkeys(who for passage in passages for who in passage.speakers)
    film = value_of(record, "video")
    yield record.id
    yield record.title
    if is_retold(record.data):
        yield f"Archive narrative ({snapshot.commune})"
        yield titles([*_many(record, "plume"), *_many(record, "d_apres")])
    else:
        yield titles(_many(record, "plume"))
        yield None
    yield titles(list(speakers))
    yield text_of(list(map(vocabulary("theme").label, _many(record, "themes"))))
    yield text_of(record.data.get("resume"))
    yield text_of(stated(record.data.get("date")))
    yield text_of(stated(record.data.get("annee")))
    yield titles(_many(record, "lieu"))
    yield text_of(record.data.get("occasion"))
    yield titles([*_many(record, "projet"), *_many(record, "repond_a")])
    yield text_of(record.data.get("langue")) or snapshot.language
    yield "MovingImage" if film else "Text"
    yield text_of(film)
    yield VOICES
    yield _access(sum(bool(passage.end) for passage in passages), len(passages))
    yield snapshot.commune


def _many(record: Record, key: str) -> list[str]:
    values = map(stated, several(value_of(record, key)))
    return [str(value) for value in values if known(value) is not None]


def _access(shown: int, all_: int) -> str:
    if shown == all_:
        return "texte entier"
    return f"texte de {shown} voix sur {all_}" if shown else "notice sans texte"
