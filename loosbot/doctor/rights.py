"""What the robot's account may do: enough to publish, and nothing that a thief would want. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from loosbot.doctor.diagnosis import Diagnosis

_NEEDED = ("edit", "createpage")
_USEFUL: Mapping[str, str] = {
    "bot": "ses modifications remplissent les modifications récentes des agents",
    "move": "un titre changé dans le dépôt doit être changé à la main sur le wiki",
    "upload": "les images ne sont pas publiées",
    "reupload": "une image changée n’est pas publiée",
    "apihighlimits": "lire le wiki demande dix fois plus de requêtes",
    "noratelimit": "le wiki limite le robot à quelques dizaines de modifications par minute",
}
_DANGEROUS = frozenset(
    {
        "bigdelete", "block", "delete", "deletelogentry", "deleterevision", "editinterface",
        "editsitecss", "editsitejs", "editsitejson", "editusercss", "edituserjs", "hideuser",
        "import", "importupload", "mergehistory", "nuke", "protect", "renameuser", "suppressionlog",
        "suppressrevision", "undelete", "userrights", "userrights-interwiki",
    }
)  # fmt: skip
_GRANTS = (
    "Un mot de passe de robot (Special:BotPasswords) limite ces droits : droits de base, gros "
    "volume, modifier des pages existantes, créer, modifier et renommer des pages, téléverser "
    "des fichiers, modifier ses préférences. Rien d’autre."
)


def rights(account: str, has: Collection[str]) -> Iterator[Diagnosis]:
    """Too few, too many, or as it should be."""
    lacking = [right for right in _NEEDED if right not in has]
    too_many = sorted(_DANGEROUS.intersection(has))
    if lacking:
        yield Diagnosis(
            "droits-manquants",
            "error",
            f"Le compte « {account} » ne peut pas publier : il lui manque {', '.join(lacking)}.",
            f"Demandez à un administrateur du wiki de les lui donner. {_GRANTS}",
        )
    for right, cost in _USEFUL.items():
        if right not in has and not lacking:
            yield Diagnosis(
                "droit-utile",
                "warning",
                f"Le compte « {account} » n’a pas le droit {right} : {cost}.",
                "docs/exploitation.md dit quels droits donner.",
            )
    if too_many:
        yield Diagnosis(
            "droits-en-trop",
            "error",
            f"Le compte « {account} » peut plus qu’il ne faut : {', '.join(too_many)}. Qui "
            "volerait son mot de passe le pourrait aussi.",
            _GRANTS,
        )
    if not lacking and not too_many:
        yield Diagnosis("droits", "ok", f"Le compte « {account} » a les droits qu’il faut.")
