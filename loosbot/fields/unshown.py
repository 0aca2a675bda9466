"""What a record may hold and no page of the wiki shows, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping

_CONSENT = "Il décide de ce que le wiki montre ; le wiki ne dit pas qui a accepté quoi."
_REVIEW = "La version relue est un commit : la page dit qui a relu, et quel jour."
_FILM = "Elle place la voix dans le film, pour le lecteur et les sous-titres des exports."

NOT_SHOWN: Mapping[tuple[str, str], str] = {
    ("", "deroule.etape"): "Il prouve une étape par l’épisode ; l’état de l’étape le dit.",
    ("", "anciens_ids"): "Ils retrouvent la page d’une fiche renommée ; un lecteur n’en fait rien.",
    ("projet", "relectures.version"): _REVIEW,
    ("fifty-fifty", "relectures.version"): _REVIEW,
    ("recit", "relectures.version"): _REVIEW,
    ("", "voix.consentement"): _CONSENT,
    ("", "voix.de"): _FILM,
    ("", "voix.a"): _FILM,
    ("acteur", "consentement"): _CONSENT,
    ("acteur", "public"): "Elle dit au filtre du consentement que la personne a une vie publique.",
    ("source", "sections"): "Elles servent à vérifier les renvois ; le document a sa propre table.",
}
"""Type of a record ("" for all) and field, or group of fields -> why, in French."""


def is_shown(record_type: str, key: str) -> bool:
    """Whether the wiki has a place for this field."""
    return not NOT_SHOWN.keys() & {("", key), (record_type, key)}
