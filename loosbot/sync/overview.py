"""A plan on one screen: a line a page, grouped by who must act and by what made it change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from loosbot.corpus.french import agreed, counted
from loosbot.frozen import dataclass
from loosbot.sync.advice import together, what_to_do
from loosbot.sync.causes import Causes, Change
from loosbot.sync.planned import MADE, WAITS, Action, Plan, PlannedPage
from loosbot.sync.report import NAMES, figures, titles_of

_OWN: tuple[tuple[Action, str], ...] = (
    ("create", "À créer"),
    ("update", "À mettre à jour"),
    ("move", "À renommer"),
)
_HINT = "Le détail : loosbot plan --diff. Une seule page : loosbot plan --only ID"
_MOST_LISTED = 4
"""So many pages that wait for a person are shown with what to do; the others by their line."""


@dataclass(frozen=True, slots=True)
class _Group:
    title: str
    lines: tuple[str, ...]


def overview(
    plan: Plan, causes: Causes, notices: Iterable[str] = (), *, rows: int = 24
) -> list[str]:
    """The lines of a plan, at most ``rows`` where what a person must read leaves room for it."""
    head = list(notices)
    waiting = [page for page in plan.pages if page.action in WAITS]
    waiting.sort(key=lambda page: page.action != "retrait")
    for page in waiting[:_MOST_LISTED]:
        advice = what_to_do(page) if page.text is None else ""
        head += [_waits(page), *(f"    {line}" for line in (page.reason, advice) if line)]
    groups = _groups(plan, causes)
    if waiting[_MOST_LISTED:]:
        lines = tuple(f"  {_waits(page)}" for page in waiting[_MOST_LISTED:])
        groups.insert(0, _Group("Attendent aussi une personne", lines))
    tail = [*plan.remarks, *together(plan.pages), figures(plan)]
    if groups:
        tail.append(_HINT)
    return [*head, *_fitted(groups, rows - len(head) - len(tail)), *tail]


def _groups(plan: Plan, causes: Causes) -> list[_Group]:
    """What sync would do by itself: to the pages of the files that changed, then to the others."""
    pages = [page for page in plan.pages if page.action not in WAITS and page.action != "none"]
    pages.sort(key=lambda page: page.id.startswith(MADE))
    groups = []
    own = [page for page in pages if _own(page, causes) or page.action == "create"]
    for action, title in _OWN:
        lines = tuple(_line(page, causes) for page in own if page.action == action)
        groups += [_Group(title, lines)] if lines else []
    gathered: dict[str, list[PlannedPage]] = {}
    titles: dict[str, str] = {}
    for page in pages:
        if page in own:
            continue
        why = causes.get(page.id, ())
        key = why[0].id if why else ""
        gathered.setdefault(key, []).append(page)
        titles.setdefault(key, _because(why))
    for key in sorted(gathered, key=lambda heading: (not heading, heading)):
        lines = tuple(_line(page, {}) for page in gathered[key])
        groups.append(_Group(titles[key], lines))
    return groups


def _own(page: PlannedPage, causes: Causes) -> bool:
    return any(change.id == page.id for change in causes.get(page.id, ()))


def _because(why: Sequence[Change]) -> str:
    if not why:
        return "À mettre à jour aussi"
    first = why[0]
    more = f" et {counted(len(why) - 1, 'autre')}" if len(why) > 1 else ""
    return f"À mettre à jour à cause de {first.id} ({first.how}){more}"


def _line(page: PlannedPage, causes: Mapping[str, Sequence[Change]]) -> str:
    how = next(
        (f", fiche {change.how}" for change in causes.get(page.id, ()) if change.id == page.id), ""
    )
    verb = f"{NAMES[page.action]} : " if page.action != "update" and not causes else ""
    return f"  {verb}{titles_of(page)} ({page.id}{how})"


def _waits(page: PlannedPage) -> str:
    by = f" par {page.user}" if page.user and page.action == "human-edit" else ""
    return f"{NAMES[page.action]}{by} : {titles_of(page)} ({page.id})"


def _fitted(groups: list[_Group], room: int) -> list[str]:
    """The groups, each cut after as many lines as all of them may have."""
    most = max((len(group.lines) for group in groups), default=0)
    while most > 1 and sum(map(len, _cut(groups, most))) > room:
        most -= 1
    cut = _cut(groups, most)
    shown = list(cut)
    while len(shown) > 1 and sum(map(len, shown)) > room:
        shown.pop()
    lines = [line for group in shown for line in group]
    if left := len(cut) - len(shown):
        lines.append(f"Et {counted(left, 'autre')} {agreed('raison', left)}.")
    return lines


def _cut(groups: list[_Group], most: int) -> list[list[str]]:
    cut = []
    for group in groups:
        number = len(group.lines)
        lines = [f"{group.title} ({number}) :", *group.lines[:most]]
        if number > most:
            lines.append(f"  … et {counted(number - most, 'autre')}")
        cut.append(lines)
    return cut
