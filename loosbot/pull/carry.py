"""Every page that people changed, carried into the files. Pure but for the tree that is read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from loosbot.corpus.model import Corpus, KeyPath
from loosbot.corpus.paths import Place, place
from loosbot.corpus.yaml.patch import Put, Unpatchable, patch, patch_page
from loosbot.decode.frame import Page, read_page
from loosbot.fields.site import Site
from loosbot.fields.slots import Slots
from loosbot.pull.edits import (
    CarriedChange,
    EditedPage,
    FileChange,
    PageResult,
    PullResult,
    Remainder,
    RenamedPage,
    Step,
    WikiEdits,
)
from loosbot.pull.filechanges import File
from loosbot.pull.proof import OTHERWISE, PublishedCorpus, prove, rendered, site_with
from loosbot.pull.remainders import NO_FILE, RENAMED, drop_mended, name_the_rest
from loosbot.pull.step import Sides, carry, mostly_gone
from loosbot.wikitext.names import Names

_TRIES = 4
"""Times that all is carried again, without what showed otherwise than on the wiki."""

_TITLE: KeyPath = ("titre",)


@dataclass(slots=True)
class _Attempt:
    """One attempt: files as changed so far, and what is known of each page."""

    files: dict[str, bytes] = field(default_factory=dict)
    pages: dict[str, PageResult] = field(default_factory=dict)
    changes: list[FileChange] = field(default_factory=list)


def carry_back(published: PublishedCorpus, gathered: WikiEdits, *, one_by_one: bool) -> PullResult:
    """Carry everything that people did into the files of the corpus.

    ``one_by_one`` takes the edits of a page one after the other, in their order on the wiki,
    for one commit each; otherwise what they amount to together.
    """
    site = site_with(published, published.corpus)
    edited = tuple(_called_today(page, site.names) for page in gathered.edited)
    gathered = replace(gathered, edited=edited)
    read = {page.id: _sides(page, site) for page in gathered.edited}
    refused: dict[str, dict[KeyPath, str]] = {}
    agreed = _as_if_agreed(published, site.names, read)
    attempt = partial(
        _attempt, published, site, gathered, read, agreed, refused, one_by_one=one_by_one
    )
    for _ in range(_TRIES):
        work = attempt()
        proof = prove(published, work.files, read, work.pages, site.names)
        if not proof.wrong:
            break
        for id_, paths in proof.wrong.items():
            refused.setdefault(id_, {}).update(paths)
    else:
        for page in work.pages.values():
            refused.setdefault(page.id, {}).update({taken.path: OTHERWISE for taken in page.taken})
        work = attempt()
        proof = prove(published, work.files, read, work.pages, site.names)
    if one_by_one:
        drop_mended(work.pages, proof, read)
    name_the_rest(gathered.edited, work.pages, proof, partial(_path, published.corpus))
    return _result(work, gathered)


def _called_today(page: EditedPage, names: Names) -> EditedPage:
    """A page with the templates called as they are today, and not as when it was published."""
    edits = (
        replace(
            edit,
            before=names.called_today(edit.before, page.edits[0].before),
            after=names.called_today(edit.after, page.edits[0].before),
        )
        for edit in page.edits
    )
    return replace(page, edits=tuple(edits))


def _sides(page: EditedPage, site: Site) -> tuple[Page, Page]:
    """A page as we published it, and as people left it; both the same where only the markers
    changed."""
    names = site.names
    bodies = [page.edits[0].before, page.edits[-1].after] if page.edits else ["", ""]
    base, theirs = (read_page(page.id, body, names) for body in bodies)
    return base, theirs


def _attempt(
    published: PublishedCorpus,
    site: Site,
    gathered: WikiEdits,
    read: Mapping[str, tuple[Page, Page]],
    agreed: Mapping[str, Slots],
    refused: Mapping[str, Mapping[KeyPath, str]],
    *,
    one_by_one: bool,
) -> _Attempt:
    work = _Attempt()
    names = site.names
    shown = {
        page.id: read_page(page.id, published.rendered[page.id].body, names).slots
        for page in gathered.edited
        if page.id in published.rendered
    }
    renamed = {title.id: title for title in gathered.renamed}
    whole = {**shown, **agreed}
    past: dict[str, list[Slots]] = {}
    emptied: dict[str, Page] = {}
    for event in _events(gathered, one_by_one=one_by_one):
        file = _file(published, site, work, event.id)
        result = work.pages.setdefault(event.id, _page_result(event, file, gathered))
        if isinstance(event, RenamedPage):
            why = refused.get(event.id, {}).get(_TITLE, "")
            # what the corpus puts before every title is in no file
            before = published.corpus.config.prefixe_pages
            shortened = replace(renamed[event.id], title=event.title.removeprefix(before))
            _rename(file, shortened, why, result, work)
        elif file is None or event.id not in shown:
            edit = event.edits[-1]
            result.left.append(Remainder((), "Page", event.edits[0].before, edit.after, NO_FILE))
        else:
            base, theirs = _sides(event, site) if one_by_one else read[event.id]
            # one by one, an edit may go on from one that no file could take, or that emptied it
            base = emptied.pop(event.id, base)
            earlier = [*past.get(event.id, ())]
            past.setdefault(event.id, []).append(base.slots)
            if gone := mostly_gone(base.slots, theirs.slots):
                result.left.append(Remainder((), "Fiche", "", "", gone))
                emptied[event.id] = base
                continue
            earlier += (read_page(event.id, edit.after, names).slots for edit in event.edits[:-1])
            sides = Sides(base, theirs, shown[event.id], whole[event.id], earlier)
            step, shown[event.id], whole[event.id] = carry(file, sides, refused.get(event.id, {}))
            _file_step(event, file, step, result, work)
    return work


def _as_if_agreed(
    published: PublishedCorpus, names: Names, ids: Collection[str]
) -> Mapping[str, Slots]:
    """What these pages would show if everybody had agreed; nothing where nobody is masked."""
    if published.visible(published.corpus) is published.corpus:
        return {}
    pages = rendered(ids, published.corpus, published.titles)
    return {id_: read_page(id_, pages[id_].body, names).slots for id_ in ids if id_ in pages}


def _events(gathered: WikiEdits, *, one_by_one: bool) -> list[EditedPage | RenamedPage]:
    """What to carry, in the order of the wiki."""
    events: list[tuple[str, EditedPage | RenamedPage]] = [
        (renamed.timestamp, renamed) for renamed in gathered.renamed
    ]
    for page in gathered.edited:
        if one_by_one:
            events += (
                (edit.timestamp, EditedPage(page.id, page.title, (edit,))) for edit in page.edits
            )
        elif page.edits:
            events.append((page.edits[-1].timestamp, page))
    return [event for _, event in sorted(events, key=lambda dated: (dated[0], dated[1].id))]


def _file(published: PublishedCorpus, site: Site, work: _Attempt, id_: str) -> File | None:
    """The file of a page as changed so far; None where no file gives that page."""
    document = _place(published.corpus, id_)
    if document is None:
        return None
    if document.path in work.files:
        data = work.files[document.path]
    elif document.kind == "template" and not published.corpus.templates[id_].path:
        data = published.corpus.templates[id_].text.encode()
    else:
        # the bytes that were judged, not those on the disk, which somebody may have changed
        data = next(iter(published.tree.read([document.path])))[1]
    return File(document, data, site, lambda other: _path(published.corpus, other))


def _place(corpus: Corpus, id_: str) -> Place | None:
    if (template := corpus.templates.get(id_)) is not None:
        # the tool's own template, once changed, is the corpus's
        path = template.path or f"pages/modeles/{template.name}.wiki"
        return Place(path, "template", id_)
    path = _path(corpus, id_)
    return place(path) if path else None


def _path(corpus: Corpus, id_: str) -> str:
    document = corpus.document(id_)
    return document.path if document else ""


def _page_result(
    event: EditedPage | RenamedPage, file: File | None, gathered: WikiEdits
) -> PageResult:
    page = next((edited for edited in gathered.edited if edited.id == event.id), None)
    users = tuple(dict.fromkeys(edit.user for edit in page.edits if edit.user)) if page else ()
    if isinstance(event, RenamedPage):
        users = tuple(dict.fromkeys((*users, event.user))) if event.user else users
    revision = page.edits[-1].revision if page and page.edits else 0
    return PageResult(event.id, event.title, file.place.path if file else "", users, revision)


def _rename(
    file: File | None, renamed: RenamedPage, refused: str, result: PageResult, work: _Attempt
) -> None:
    """Write the title that a person gave to the page, unless it is ``refused`` for a reason."""
    reason = refused
    if file is None or file.place.kind == "template":
        reason = "son titre ne vient pas d’un champ : renommez-la à nouveau sur le wiki"
    elif renamed.namespace and renamed.title.startswith(f"{renamed.namespace}:"):
        reason = (
            f"une fiche n’a pas « {renamed.namespace}: » dans son titre : sync suit la page où "
            "elle est, ou renommez-la à nouveau sur le wiki"
        )
    if file is None or reason:
        result.left.append(Remainder((), RENAMED, "", renamed.title, reason))
        return
    change = Put(_TITLE, renamed.title)
    try:
        if file.place.kind == "page":
            data = patch_page(file.data, [change], None)
        else:
            data = patch(file.data, [change])
    except Unpatchable as error:
        result.left.append(Remainder((), RENAMED, "", renamed.title, str(error)))
        return
    step = Step(data, taken=(CarriedChange(_TITLE, RENAMED, "", renamed.title),))
    _file_step(renamed, file, step, result, work)


def _file_step(
    event: EditedPage | RenamedPage, file: File, step: Step, result: PageResult, work: _Attempt
) -> None:
    result.taken += step.taken
    result.conflicts += step.conflicts
    result.left += step.left
    if step.data is None:
        return
    work.files[file.place.path] = step.data
    edit = event.edits[-1] if isinstance(event, EditedPage) else None
    work.changes.append(
        FileChange(
            event.id,
            event.title,
            file.place.path,
            step.data,
            edit.revision if edit else 0,
            edit.user if edit else event.user if isinstance(event, RenamedPage) else "",
            edit.timestamp if edit else event.timestamp if isinstance(event, RenamedPage) else "",
            edit.comment if edit else "",
            tuple(taken.label for taken in step.taken),
        )
    )


def _result(work: _Attempt, gathered: WikiEdits) -> PullResult:
    pages = dict(work.pages)
    for unreadable in gathered.unreadable:
        result = PageResult(
            unreadable.id,
            unreadable.title,
            "",
            (unreadable.user,) if unreadable.user else (),
            unreadable.revision,
        )
        result.left.append(Remainder((), "Page", "", "", unreadable.reason))
        pages[unreadable.id] = result
    ordered = tuple(page for _, page in sorted(pages.items()))
    return PullResult(ordered, work.files, tuple(work.changes))
