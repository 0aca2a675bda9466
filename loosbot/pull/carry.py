"""Every page that people changed, carried into the files; then rendered again, to be sure. Pure
but for the tree that is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from loosbot.corpus.decoding import MAX_BYTES
from loosbot.corpus.load import load_corpus
from loosbot.corpus.model import Corpus, Entry, Finding, KeyPath, Tree
from loosbot.corpus.patch import Put, Unpatchable, patch, patch_page
from loosbot.corpus.paths import Place, place
from loosbot.decode.body import read_body
from loosbot.decode.slots import Slots
from loosbot.decode.threeway import compare
from loosbot.pull.model import (
    Carried,
    FileChange,
    Gathered,
    HandEdited,
    Left,
    PageResult,
    Renamed,
    Step,
    Taken,
)
from loosbot.pull.step import File, carry
from loosbot.render.current import with_current_ids
from loosbot.render.model import RenderedPage
from loosbot.render.pages import render, site_of
from loosbot.render.site import Site

_TRIES = 4
"""Times that all is carried again, without what showed otherwise than on the wiki."""

_TITLE: KeyPath = ("titre",)
_PROSE = ("texte", "resume", "intro", "")
_OTHERWISE = "reprise dans la fiche, elle s'afficherait autrement"

Visible = Callable[[Corpus], Corpus]
"""The part of a corpus that the wiki may show."""


class Overlay:
    """A tree with other bytes for some of its files. See ``Tree``."""

    def __init__(self, tree: Tree, files: Mapping[str, bytes]) -> None:
        self._tree = tree
        self._files = files

    def entries(self) -> list[Entry]:
        kept = [one for one in self._tree.entries() if one.path not in self._files]
        new = [Entry(path, len(data), "file") for path, data in self._files.items()]
        return sorted([*kept, *new], key=lambda one: one.path)

    def read(self, paths: Iterable[str], most: int = MAX_BYTES + 1) -> Iterator[tuple[str, bytes]]:
        wanted = list(paths)
        old = dict(self._tree.read((one for one in wanted if one not in self._files), most))
        for path in wanted:
            yield path, self._files[path] if path in self._files else old[path]


@dataclass(frozen=True, slots=True)
class Published:
    """The corpus as it would be published: ``rendered`` with the wiki's ``titles``, by id.

    ``redirects`` are titles that people link to -> the titles where they lead.
    """

    tree: Tree
    corpus: Corpus
    visible: Visible
    titles: Mapping[str, str] = field(default_factory=dict)
    rendered: Mapping[str, RenderedPage] = field(default_factory=dict)
    redirects: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Work:
    """One attempt: files as changed so far, and what is known of each page."""

    files: dict[str, bytes] = field(default_factory=dict)
    pages: dict[str, PageResult] = field(default_factory=dict)
    changes: list[FileChange] = field(default_factory=list)
    wanted: dict[str, tuple[Slots, Slots]] = field(default_factory=dict)


def carry_back(published: Published, gathered: Gathered, *, one_by_one: bool) -> Carried:
    """Carry everything that people did into the files of the corpus.

    ``one_by_one`` takes the edits of a page one after the other, in their order on the wiki,
    for one commit each; otherwise what they amount to together.
    """
    site = _site(published, published.corpus)
    refused: dict[str, dict[KeyPath, str]] = {}
    for _ in range(_TRIES):
        work = _attempt(published, site, gathered, refused, one_by_one=one_by_one)
        wrong = _shown_otherwise(published, work)
        if not wrong:
            return _result(work, gathered)
        for id_, paths in wrong.items():
            refused.setdefault(id_, {}).update(paths)
    for page in work.pages.values():
        refused.setdefault(page.id, {}).update({one.path: _OTHERWISE for one in page.taken})
    work = _attempt(published, site, gathered, refused, one_by_one=one_by_one)
    return _result(work, gathered)


def _site(published: Published, corpus: Corpus) -> Site:
    site = site_of(with_current_ids(published.visible(corpus)), published.titles)
    return replace(site, names=replace(site.names, redirects=published.redirects))


def _attempt(
    published: Published,
    site: Site,
    gathered: Gathered,
    refused: Mapping[str, Mapping[KeyPath, str]],
    *,
    one_by_one: bool,
) -> _Work:
    work = _Work()
    names = site.names
    shown = {
        page.id: read_body(page.id, published.rendered[page.id].body, names)
        for page in gathered.edited
        if page.id in published.rendered
    }
    for page in gathered.edited:
        if page.edits:
            base = read_body(page.id, page.edits[0].before, names)
            theirs = read_body(page.id, page.edits[-1].after, names)
            work.wanted[page.id] = (base, theirs)
    renamed = {one.id: one for one in gathered.renamed}
    for event in _events(gathered, one_by_one=one_by_one):
        file = _file(published, site, work, event.id)
        result = work.pages.setdefault(event.id, _page_result(event, file, gathered))
        if isinstance(event, Renamed):
            why = refused.get(event.id, {}).get(_TITLE, "")
            _rename(file, renamed[event.id], why, result, work)
        elif file is None or event.id not in shown:
            edit = event.edits[-1]
            reason = "aucun fichier de ce corpus ne donne cette page"
            result.left.append(Left((), "Page", event.edits[0].before, edit.after, reason))
        else:
            base = read_body(event.id, event.edits[0].before, names)
            theirs = read_body(event.id, event.edits[-1].after, names)
            step, shown[event.id] = carry(
                file, base, theirs, shown[event.id], refused.get(event.id, {})
            )
            _file_step(event, file, step, result, work)
    return work


def _events(gathered: Gathered, *, one_by_one: bool) -> list[HandEdited | Renamed]:
    """What to carry, in the order of the wiki."""
    events: list[tuple[str, HandEdited | Renamed]] = [
        (one.timestamp, one) for one in gathered.renamed
    ]
    for page in gathered.edited:
        if one_by_one:
            events += (
                (edit.timestamp, HandEdited(page.id, page.title, (edit,))) for edit in page.edits
            )
        elif page.edits:
            events.append((page.edits[-1].timestamp, page))
    return [event for _, event in sorted(events, key=lambda one: (one[0], one[1].id))]


def _file(published: Published, site: Site, work: _Work, id_: str) -> File | None:
    """The file of a page as changed so far; None where no file gives that page."""
    found = _place(published.corpus, id_)
    if found is None:
        return None
    if found.path in work.files:
        data = work.files[found.path]
    elif found.kind == "template" and not published.corpus.templates[id_].path:
        data = published.corpus.templates[id_].text.encode()
    else:
        data = next(iter(published.tree.read([found.path])))[1]
    return File(found, data, site, lambda other: _path(published.corpus, other))


def _place(corpus: Corpus, id_: str) -> Place | None:
    template = corpus.templates.get(id_)
    if template is not None:
        # the tool's own template, once changed, is the corpus's
        path = template.path or f"pages/modeles/{template.name}.wiki"
        return Place(path, "template", id_)
    path = _path(corpus, id_)
    return place(path) if path else None


def _path(corpus: Corpus, id_: str) -> str:
    for found in (corpus.records.get(id_), corpus.pages.get(id_), corpus.indexes.get(id_)):
        if found is not None:
            return found.path
    return ""


def _page_result(event: HandEdited | Renamed, file: File | None, gathered: Gathered) -> PageResult:
    page = next((one for one in gathered.edited if one.id == event.id), None)
    users = tuple(dict.fromkeys(edit.user for edit in page.edits if edit.user)) if page else ()
    if isinstance(event, Renamed):
        users = tuple(dict.fromkeys((*users, event.user))) if event.user else users
    revision = page.edits[-1].revision if page and page.edits else 0
    return PageResult(event.id, event.title, file.place.path if file else "", users, revision)


def _rename(
    file: File | None, renamed: Renamed, refused: str, result: PageResult, work: _Work
) -> None:
    """Write the title that a person gave to the page, unless it is ``refused`` for a reason."""
    reason = refused
    if file is None or file.place.kind == "template":
        reason = "son titre ne vient pas d'un champ : renommez-la à nouveau sur le wiki"
    elif ":" in renamed.title:
        space = renamed.title.partition(":")[0]
        reason = (
            f"une fiche n'a pas « {space}: » dans son titre : sync suit la page où elle est, ou "
            "renommez-la à nouveau sur le wiki"
        )
    if file is None or reason:
        result.left.append(Left((), "Titre", "", renamed.title, reason))
        return
    change = Put(_TITLE, renamed.title)
    try:
        if file.place.kind == "page":
            data = patch_page(file.data, [change], None)
        else:
            data = patch(file.data, [change])
    except Unpatchable as error:
        result.left.append(Left((), "Titre", "", renamed.title, str(error)))
        return
    step = Step(data, taken=(Taken(_TITLE, "Titre", "", renamed.title),))
    _file_step(renamed, file, step, result, work)


def _file_step(
    event: HandEdited | Renamed, file: File, step: Step, result: PageResult, work: _Work
) -> None:
    result.taken += step.taken
    result.conflicts += step.conflicts
    result.left += step.left
    if step.data is None:
        return
    work.files[file.place.path] = step.data
    edit = event.edits[-1] if isinstance(event, HandEdited) else None
    work.changes.append(
        FileChange(
            event.id,
            event.title,
            file.place.path,
            step.data,
            edit.revision if edit else 0,
            edit.user if edit else event.user if isinstance(event, Renamed) else "",
            edit.timestamp if edit else event.timestamp if isinstance(event, Renamed) else "",
            edit.comment if edit else "",
            tuple(one.label for one in step.taken),
        )
    )


def _shown_otherwise(published: Published, work: _Work) -> dict[str, dict[KeyPath, str]]:
    """The slots whose change, once in the file, is a fault or does not show what the wiki shows:
    why, by id and by path."""
    if not work.files:
        return {}
    reading = load_corpus(Overlay(published.tree, work.files))
    if reading.corpus is None:
        return _faulty(reading.findings, work)
    rendered = render(published.visible(reading.corpus), published.titles)
    names = _site(published, reading.corpus).names
    wrong: dict[str, dict[KeyPath, str]] = {}
    for id_, (base, theirs) in work.wanted.items():
        result = work.pages.get(id_)
        taken = {one.path for one in result.taken} if result else set()
        if not taken:
            continue
        ours = read_body(id_, rendered[id_].body, names)
        still = {one.slot.path for one in compare(base, theirs, ours, names)}
        known = _told(result) if result else set()
        if bad := (taken & still) - known:
            wrong[id_] = dict.fromkeys(bad, _OTHERWISE)
    return wrong


def _told(result: PageResult) -> set[KeyPath]:
    """Slots of which a part is known not to be in the file."""
    return {one.path for one in result.conflicts} | {one.path for one in result.left}


def _faulty(findings: Sequence[Finding], work: _Work) -> dict[str, dict[KeyPath, str]]:
    """What went into the files that are faulty now, or into every file where the fault shows
    elsewhere: the prose first, whose links only the whole corpus can judge, then the rest.

    Of two records with one title the finding names the other one, maybe.
    """
    doubled = [one.message for one in findings if one.code == "titre-en-double"]
    named = [page.id for page in work.pages.values() if _TITLE in {one.path for one in page.taken}]
    if doubled and named:
        return {id_: {_TITLE: doubled[0]} for id_ in named}
    reasons = {one.path: one.message for one in reversed(findings) if one.severity == "error"}
    pages = [page for page in work.pages.values() if page.path in reasons]
    other = next(iter(reasons.values()), _OTHERWISE)
    wrong: dict[str, dict[KeyPath, str]] = {}
    for page in pages or work.pages.values():
        paths = [one.path for one in page.taken]
        prose = [path for path in paths if path[-1] in _PROSE]
        if paths:
            wrong[page.id] = dict.fromkeys(prose or paths, reasons.get(page.path, other))
    return wrong


def _result(work: _Work, gathered: Gathered) -> Carried:
    pages = dict(work.pages)
    for one in gathered.unreadable:
        result = PageResult(one.id, one.title, "", (one.user,) if one.user else (), one.revision)
        result.left.append(Left((), "Page", "", "", one.reason))
        pages[one.id] = result
    ordered = tuple(page for _, page in sorted(pages.items()))
    return Carried(ordered, work.files, tuple(work.changes))
