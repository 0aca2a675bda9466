"""Whose words a récit holds: its author's own, or ours, retold after another text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from loosbot.corpus.values import groups
from loosbot.corpus.wording import Fault

REPORTED = "rapporte"


def is_retold(tale: Mapping[str, Any]) -> bool:
    """Whether a récit is told again after another text (``d_apres``), all of it or in part.

    Exact words are never ours: a voice that is ``verbatim`` belongs to who said or wrote it.
    """
    return "d_apres" in tale and any(map(is_reported, _voices(tale)))


def is_reported(voice: Mapping[str, Any]) -> bool:
    """Whether a voice is told in the third person; nothing else is said of it by default."""
    return bool(voice.get("nature", REPORTED) == REPORTED)


def faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    """``d_apres`` over exact words alone would credit us with what the person wrote."""
    voices = _voices(data)
    if "d_apres" in data and voices and not any(map(is_reported, voices)):
        yield Fault(
            ("d_apres",),
            "d-apres-de-trop",
            "Aucune voix de ce récit n’est rapportée : ses mots ne sont pas ceux de l’archive.",
            "Retirez « d_apres » : la page se citera sous le nom de la plume.",
            on="key",
        )


def _voices(tale: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [voice for _, voice in groups(tale.get("voix"))]
