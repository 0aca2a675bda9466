"""A plan in a file, to be applied later to pages that did not change.

It holds hashes alone, no text, id or title: an old plan must not keep the words of somebody who
withdraws.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from loosbot.errors import UserError
from loosbot.files import reason, write_file, writing
from loosbot.frozen import dataclass
from loosbot.parsing import json_value
from loosbot.sync.planned import Plan, PlannedPage, digest

FORMAT = 2


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """One page in a plan file; ``title`` is the hash of its title on the wiki."""

    action: str
    title: str
    revision: int
    rendering: str


def save(file: Path, plan: Plan, wiki: str, corpus: str, commit: str) -> None:
    """Write a plan file. Raises UserError when the file cannot be written."""
    data = {
        "format": FORMAT,
        "wiki": wiki,
        "corpus": corpus,
        "commit": commit,
        "pages": [
            {
                "page": digest(page.id),
                "title": digest(page.title),
                "action": page.action,
                "revision": page.base,
                "rendering": page.rendering,
            }
            for page in plan.pages
        ],
    }
    with writing(file):
        write_file(file, f"{json.dumps(data, ensure_ascii=False, indent=2)}\n".encode())


def load(file: Path, wiki: str, corpus: str) -> dict[str, PlanEntry]:
    """The pages of a plan file, by the hash of their id.

    Raises UserError for a file that is of another wiki or another corpus, or none.
    """
    try:
        data = json_value(file.read_bytes())
        entries = {
            str(page["page"]): PlanEntry(
                str(page["action"]),
                str(page["title"]),
                int(page["revision"]),
                str(page["rendering"]),
            )
            for page in data["pages"]
        }
        place = (data["format"], data["wiki"], data["corpus"])
    except FileNotFoundError as error:
        raise UserError(
            f"Le plan {file} n’existe pas.", "Faites-le d’abord : loosbot plan --out FICHIER"
        ) from error
    except OSError as error:
        raise UserError(f"Le plan {file} ne peut pas être lu : {reason(error)}.") from error
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise UserError(
            f"{file} n’est pas un plan de loosbot.", "Refaites-le : loosbot plan --out FICHIER"
        ) from error
    if place != (FORMAT, wiki, corpus):
        raise UserError(
            f"Le plan {file} a été fait pour un autre wiki, un autre corpus ou une autre version.",
            "Refaites-le : loosbot plan --out FICHIER",
        )
    return entries


def moved_on(page: PlannedPage, kept: Mapping[str, PlanEntry]) -> str:
    """Why this page no longer matches the plan file; "" where it does."""
    planned = kept.get(digest(page.id))
    if planned is None:
        return "La page n’est pas dans le plan : refaites-le."
    if planned.revision != page.base or planned.title != digest(page.title):
        return "La page a changé sur le wiki depuis le plan : refaites-le."
    if planned.rendering != page.rendering:
        return "La fiche a changé dans le dépôt depuis le plan : refaites-le."
    if planned.action != ("human-edit" if page.taken else page.action):
        return "Ce qu’il faut faire de la page a changé depuis le plan : refaites-le."
    return ""
