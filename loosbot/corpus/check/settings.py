"""Settings that loosbot does not know, which do nothing. Pure."""

from __future__ import annotations

import re
from typing import Any

from loosbot.corpus.wording import Fault, did_you_mean, folded, nearest, quoted, warning

_SECRET = re.compile("passe|password|secret|token|jeton|mdp")


def unknown(data: dict[str, Any], known: list[str]) -> list[Fault]:
    """A warning for each key of these settings that is none of the known ones."""
    return [
        warning(
            (key,),
            "cle-inconnue",
            f"La clé {quoted(key)} n’existe pas dans loosbot.yaml, elle est sans effet.",
            did_you_mean(near)
            if (near := nearest(key, known))
            else "Un mot de passe ne se met pas ici, où toute la mairie le lit : retirez-le, et "
            "changez-le s’il est déjà dans git."
            if _SECRET.search(folded(key))
            else f"Réglages possibles : {', '.join(known)}.",
            on="key",
        )
        for key in data
        if key not in known
    ]
