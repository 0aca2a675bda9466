"""Until when each MediaWiki gets corrections from its project, as our own list of a day has it.

The list follows the project's policy (a year for a release, three for a long-term one); it was not
copied from the page that decides, which every message therefore names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from loosbot.doctor.diagnosis import Diagnosis

SOURCE = "https://www.mediawiki.org/wiki/Version_lifecycle"
LISTED = date(2026, 11, 28)
"""The day of the table below; a table is wrong some day."""
ENDS: Mapping[str, date] = {
    "1.35": date(2023, 12, 31),
    "1.39": date(2025, 12, 31),
    "1.40": date(2024, 6, 30),
    "1.41": date(2024, 12, 31),
    "1.42": date(2025, 6, 30),
    "1.43": date(2027, 12, 31),
    "1.44": date(2026, 6, 30),
    "1.45": date(2026, 12, 31),
}
"""Release -> the last day of the month of its end of life."""
_SOON = timedelta(days=180)
_RELEASE = re.compile(r"(?:MediaWiki )?([0-9]{1,3}\.[0-9]{1,3})(?![0-9])")


def release_of(version: str) -> str:
    """``1.43`` of ``MediaWiki 1.43.12``; "" of anything else."""
    release = _RELEASE.match(version)
    return release[1] if release else ""


def release(version: str, today: date, here: bool) -> Diagnosis:
    """The diagnosis of a MediaWiki release. ``here``: whether only this machine reaches the wiki;
    an outdated release is then a warning, no error."""
    end = ENDS.get(release_of(version))
    if end is None:
        return Diagnosis(
            "version-inconnue",
            "warning",
            f"{version} : la fin de ses corrections n’est pas connue de ce loosbot (liste du "
            f"{LISTED:%d/%m/%Y}).",
            f"Voyez {SOURCE}, et installez un loosbot plus récent.",
        )
    hint = (
        "loosbot wiki upgrade" if here else "Demandez à qui s’occupe du wiki de le mettre à jour."
    )
    note = f"Date à vérifier sur {SOURCE} (liste de loosbot du {LISTED:%d/%m/%Y})."
    if today > end:
        return Diagnosis(
            "fin-de-vie",
            "warning" if here else "error",
            f"{version} ne reçoit plus de corrections de son projet depuis le {end:%d/%m/%Y}.",
            f"{hint} {note}",
        )
    if today > end - _SOON:
        return Diagnosis(
            "fin-de-vie-proche",
            "warning",
            f"{version} ne recevra plus de corrections après le {end:%d/%m/%Y}.",
            f"{hint} {note}",
        )
    return Diagnosis("version", "ok", f"{version}, corrigé par son projet jusqu’au {end:%d/%m/%Y}.")
