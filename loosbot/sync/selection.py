"""Which pages of a plan a run writes, and what becomes of the others. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from loosbot.errors import UserError
from loosbot.render.rendered import RenderedPage
from loosbot.sync import planfile
from loosbot.sync.planfile import PlanEntry
from loosbot.sync.planned import Plan, PlannedPage
from loosbot.wikitext.names import FILE_NAMESPACE, TEMPLATE_NAMESPACE

_CALL = re.compile(r"\{\{([^{}|<>\n#]+)")
_PICTURE = re.compile(rf"\[\[({FILE_NAMESPACE}[^\[\]|\n]+)\|")
_MASS = 5
"""A run that would retire more than one page in this many has to be confirmed."""


def narrowed(plan: Plan, only: Collection[str], rendered: Mapping[str, RenderedPage]) -> Plan:
    """The plan of these pages, and of the templates and files they need and that the wiki lacks.

    All of it where ``only`` is empty. Nothing is retired.
    """
    if not only:
        return plan
    by_title = {page.title: page.id for page in rendered.values() if page.kind == "template"}
    by_title |= {page.title: page.id for page in rendered.values() if page.file is not None}
    lacking = {page.id for page in plan.pages if page.action == "create"}
    wanted = set(only)
    pending = list(only)
    while pending:
        body = rendered[pending.pop()].body
        templates = [f"{TEMPLATE_NAMESPACE}{name.strip()}" for name in _CALL.findall(body)]
        for title in (*templates, *_PICTURE.findall(body)):
            called = by_title.get(title)
            if called in lacking and called not in wanted:
                wanted.add(called)
                pending.append(called)
    pages = [page for page in plan.pages if page.id in wanted and page.id in rendered]
    return replace(plan, pages=tuple(pages))


def as_planned(plan: Plan, kept: Mapping[str, PlanEntry] | None, moved: Collection[str]) -> Plan:
    """The plan with an error in the place of every page that is no longer as in a kept plan.

    ``moved`` are the pages that this run has just moved, as planned there.
    """
    if kept is None:
        return plan
    pages = []
    for page in plan.pages:
        concerned = (to_write(page) or page.action == "move") and page.id not in moved
        reason = planfile.moved_on(page, kept) if concerned else ""
        if reason:
            page = replace(page, action="error", reason=reason, text=None)
        pages.append(page)
    return replace(plan, pages=tuple(pages))


def to_write(page: PlannedPage) -> bool:
    """Whether a run writes this page without a further option. Moves come before."""
    return page.text is not None and page.action != "move"


def require_few_retired(plan: Plan, confirmed: bool) -> None:
    """Raises UserError where so many pages would be retired that it is likely a mistake.

    Categories do not count: the last record of a year takes them along.
    """
    pages = [page for page in plan.pages if not page.id.startswith("categorie/")]
    retired = sum(page.action == "retire" for page in pages)
    if not confirmed and retired * _MASS > len(pages):
        raise UserError(
            f"{retired} pages sur {len(pages)} seraient retirées : leurs fiches ne sont plus "
            "dans le dépôt.",
            "Vérifiez avec « loosbot plan ». Si c’est voulu : loosbot sync --yes-retire",
        )
