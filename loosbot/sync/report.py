"""Plans and outcomes as text for people and as the JSON of the command contract. Pure."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator

from loosbot.corpus.french import count, counted
from loosbot.sync.advice import together, what_to_do
from loosbot.sync.outcome import Outcome
from loosbot.sync.planned import Action, Plan, PlannedPage

_DONE: tuple[tuple[Action, str, str], ...] = (
    ("create", "page à créer", "pages à créer"),
    ("update", "page à mettre à jour", "pages à mettre à jour"),
    ("move", "page à renommer", "pages à renommer"),
    ("retire", "page à retirer", "pages à retirer"),
    ("adopt", "page écrite par d’autres", "pages écrites par d’autres"),
    ("retrait", "page où un consentement est retiré", "pages où un consentement est retiré"),
    ("human-edit", "page modifiée sur le wiki", "pages modifiées sur le wiki"),
    ("deleted-on-wiki", "page supprimée sur le wiki", "pages supprimées sur le wiki"),
    ("error", "page impossible à publier", "pages impossibles à publier"),
    ("none", "page à jour", "pages à jour"),
)
NAMES: dict[Action, str] = {
    "create": "créer",
    "update": "mettre à jour",
    "move": "renommer",
    "retire": "retirer",
    "adopt": "à adopter",
    "retrait": "CONSENTEMENT RETIRÉ",
    "human-edit": "modifiée sur le wiki",
    "deleted-on-wiki": "supprimée sur le wiki",
    "error": "impossible",
    "none": "à jour",
}
"""What is done to a page, in a word."""


def plan_json(plan: Plan, requests: int) -> str:
    """Each page with what would be done to it, and how many requests the plan took."""
    shown = ("id", "title", "to", "action", "reason")
    pages = [{key: getattr(page, key) for key in shown} for page in plan.pages]
    return json.dumps({"pages": pages, "requests": requests}, ensure_ascii=False, indent=2)


def plan_text(plan: Plan, duties: Iterable[str]) -> Iterator[str]:
    """The plan for the eyes: what changes, with diffs, then the figures.

    ``duties`` come first: what a withdrawn consent asks a person to do.
    """
    yield from duties
    for page in sorted(plan.pages, key=lambda page: page.action != "retrait"):
        if page.action == "none":
            continue
        yield f"{NAMES[page.action]} : {titles_of(page)} ({page.id})"
        if page.reason:
            yield f"    {page.reason}"
        if page.text is None and what_to_do(page):
            yield f"    {what_to_do(page)}"
        yield from (f"    {line}" for line in diff(page))
    yield from plan.remarks
    yield from together(plan.pages)
    yield figures(plan)


def titles_of(page: PlannedPage) -> str:
    """The title of a page, and the one that it is to have where that is another."""
    return f"« {page.title} » → « {page.to} »" if page.to != page.title else f"« {page.title} »"


def figures(plan: Plan) -> str:
    """One sentence that counts the pages by action."""
    done = [
        counted(number, singular, many)
        for action, singular, many in _DONE
        if (number := sum(page.action == action for page in plan.pages))
    ]
    return ", ".join(done) + "." if done else "Aucune page."


def diff(page: PlannedPage) -> Iterator[str]:
    """The unified diff between the page and what would be written."""
    if page.text is None:
        return
    old = page.before.splitlines()
    yield from difflib.unified_diff(old, page.text.splitlines(), "wiki", "dépôt", n=2, lineterm="")


def outcome_json(outcome: Outcome) -> str:
    """How many pages each thing was done to, which wait for a person or failed; in seconds."""
    data = {
        "run": outcome.run,
        "created": outcome.count("create"),
        "updated": outcome.count("update") + outcome.count("retrait"),
        "moved": outcome.moved,
        "retired": outcome.count("retire"),
        "adopted": outcome.count("adopt"),
        "uploads": len(outcome.uploads),
        "unchanged": outcome.unchanged,
        "merged": outcome.merged,
        "human_edits": [
            {"id": edit.id, "title": edit.title, "user": edit.user, "revision": edit.revision}
            for edit in outcome.human_edits
        ],
        "failed": [
            {"id": failure.id, "title": failure.title, "error": failure.error}
            for failure in outcome.failed
        ],
        "edits": outcome.edits,
        "requests": outcome.requests,
        "seconds": round(outcome.seconds, 3),
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def outcome_text(outcome: Outcome, portal: str) -> Iterator[str]:
    """What was done, what waits for a person and why, where to look."""
    yield from outcome.duties
    done = [
        counted(number, singular, many)
        for number, singular, many in (
            (outcome.count("create"), "page créée", "pages créées"),
            (
                outcome.count("update") + outcome.count("retrait"),
                "page mise à jour",
                "pages mises à jour",
            ),
            (outcome.moved, "page renommée", "pages renommées"),
            (outcome.count("adopt"), "page adoptée", "pages adoptées"),
            (outcome.count("retire"), "page retirée", "pages retirées"),
            (len(outcome.uploads), "fichier envoyé", "fichiers envoyés"),
            (outcome.notes, "message en page de discussion", "messages en page de discussion"),
            (outcome.unchanged, "page déjà à jour", "pages déjà à jour"),
        )
        if number
    ]
    # pages are left over: so there was something to publish
    nothing = "Rien n’a été publié" if outcome.stopped and outcome.remaining else "Rien à publier"
    yield f"{', '.join(done) or nothing} ({count(round(outcome.seconds, 1))} s)."
    if outcome.merged:
        yield (
            "Fusionné par le wiki avec la modification d’une personne, puis relu : "
            f"{counted(outcome.merged, 'page')}."
        )
    for edit in outcome.human_edits:
        # a file has its own list of versions
        where = f", révision {edit.revision}" if edit.revision and edit.edited else ""
        yield f"« {edit.title} » ({edit.id}) : {edit.what}{where}."
        yield f"    {edit.reason}"
    for failure in outcome.failed:
        yield f"« {failure.title} » ({failure.id}) : {failure.error}"
    yield from outcome.remarks
    if outcome.interrupted:
        yield "Interrompu : relancez la même commande pour finir, rien n’est fait deux fois."
    yield from what_is_left(outcome)
    yield f"Le portail : {portal}"


def what_is_left(outcome: Outcome) -> Iterator[str]:
    """How many pages a run that was stopped did not come to."""
    left = outcome.remaining
    if outcome.stopped and left:
        yield f"Il reste {counted(left, 'page')} à publier."
