"""Dublin Core for every récit: what libraries and harvesters read of it.

Which of our fields stands for which element follows the minimum that oral history archives share
(https://www.dublincore.org/specifications/dublin-core/dcmi-terms/).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loosbot.corpus.model import Record
from loosbot.corpus.tellers import is_retold
from loosbot.dump.fields import Cell, Column, text_of
from loosbot.dump.model import Passage, Snapshot, bare, known, value_of
from loosbot.dump.table import VOICES, column

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


def cells(record: Record, said: Sequence[Passage], snapshot: Snapshot) -> Iterator[Cell]:
    """The cells of one récit, whose voices say ``said``, in the order of :data:`COLUMNS`."""
    speakers = dict.fromkeys(who for one in said for who in one.speakers)
    film = value_of(record, "video")
    yield record.id
    yield record.title
    if is_retold(record.data):
        yield f"Archive narrative ({snapshot.commune})"
        yield text_of([*_many(record, "plume"), *_many(record, "d_apres")])
    else:
        yield text_of(bare(record.data.get("plume")))
        yield None
    yield text_of(list(speakers))
    yield text_of(bare(record.data.get("themes")))
    yield text_of(record.data.get("resume"))
    yield text_of(bare(record.data.get("date")))
    yield text_of(bare(record.data.get("annee")))
    yield text_of(bare(record.data.get("lieu")))
    yield text_of(record.data.get("occasion"))
    yield text_of([*_many(record, "projet"), *_many(record, "repond_a")])
    yield text_of(record.data.get("langue")) or snapshot.language
    yield "MovingImage" if film else "Text"
    yield text_of(film)
    yield VOICES
    yield _access(sum(bool(one.end) for one in said), len(said))
    yield snapshot.commune


def _many(record: Record, key: str) -> list[str]:
    value = value_of(record, key)
    found = value if isinstance(value, list) else [value]
    return [str(one) for one in found if known(one) is not None]


def _access(shown: int, all_: int) -> str:
    if shown == all_:
        return "texte entier"
    return f"texte de {shown} voix sur {all_}" if shown else "notice sans texte"
