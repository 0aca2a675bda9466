"""The records that people proposed on the wiki, as new files. Nothing is written there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from loosbot.corpus.check.load import judged
from loosbot.corpus.model import Corpus
from loosbot.corpus.paths import Place, free_id, record_path
from loosbot.corpus.tree import Overlay
from loosbot.corpus.wording import folded
from loosbot.decode.proposal import source_of
from loosbot.frozen import dataclass
from loosbot.pull.edits import CarriedChange, FileChange, PageResult, PullResult, Remainder
from loosbot.pull.newrecord import NewRecord, ProposedPage, new_record, type_of
from loosbot.pull.proof import PublishedCorpus, site_with
from loosbot.render.categories import proposals_title
from loosbot.wiki.reader import Reader
from loosbot.wiki.revisions import Revision

_MOST = 200
"""Proposals that are read in one run."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """The pages of the category; ``older`` are versions that files were read from, by id."""

    pages: tuple[ProposedPage, ...]
    older: Mapping[int, ProposedPage] = field(default_factory=dict)


def gather_proposals(reader: Reader, published: PublishedCorpus) -> Proposals:
    """Read the pages that people filed as proposals. Raises WikiUnavailable."""
    members = [
        tracked_page.state
        for tracked_page in reader.tracked(proposals_title(published.corpus.config))
        if tracked_page.state.namespace == 0 and not tracked_page.state.redirect
    ]
    ids = sorted(member.pageid for member in members)[:_MOST]
    account = reader.session.account().name
    states = reader.pages_by_id(ids, content=True) if ids else {}
    pages = [
        _proposed(state.title, state.pageid, state.revision)
        for state in states.values()
        if state.revision is not None
        and state.revision.text is not None
        and state.revision.user != account  # taken over: listed there until the wiki's next job
    ]
    if not pages:
        return Proposals(())
    read = {source[0]: source[1] for source in _sources(published).values()}
    wanted = {
        read[page.pageid]: page
        for page in pages
        if page.pageid in read and read[page.pageid] != page.revision
    }
    revisions = reader.revisions(wanted) if wanted else {}
    older = {
        page.pageid: _proposed(page.title, page.pageid, revisions[revision])
        for revision, page in wanted.items()
        if revision in revisions
    }
    return Proposals(tuple(pages), older)


def _proposed(title: str, pageid: int, revision: Revision) -> ProposedPage:
    return ProposedPage(
        title,
        pageid,
        revision.id,
        revision.user,
        revision.timestamp,
        revision.comment,
        revision.text or "",
    )


def _sources(published: PublishedCorpus) -> dict[str, tuple[int, int]]:
    """The records that were read from a proposal: path -> page and version."""
    paths = [record.path for record in published.corpus.records.values()]
    sources = {path: source_of(data) for path, data in published.tree.read(paths)}
    return {path: source for path, source in sources.items() if source}


def with_proposals(
    carried: PullResult, published: PublishedCorpus, gathered: Proposals
) -> PullResult:
    """What was carried, and a file for each proposal that ``check`` takes."""
    if not gathered.pages:
        return carried
    site = site_with(published, published.corpus)
    paths = _paths(published.corpus)
    known = {page: path for path, (page, _) in _sources(published).items()}
    titles = {folded(record.title) for record in published.corpus.records.values()}
    paths_taken = {entry.path for entry in published.tree.entries()} | set(carried.files)
    results: list[PageResult] = []
    made: dict[str, tuple[ProposedPage, NewRecord, PageResult]] = {}
    for page in sorted(gathered.pages, key=lambda proposed: proposed.pageid):
        type_name = type_of(page.text, site.names)
        path = known.get(page.pageid, "")
        result = PageResult("", page.title, path, (page.user,) if page.user else (), page.revision)
        if path and source_of(next(published.tree.read([path]))[1]) == (page.pageid, page.revision):
            continue
        if not type_name:
            result.left.append(Remainder((), "Page", "", "", NO_TYPE))
        elif not path and folded(page.title) in titles:
            result.left.append(Remainder((), "Titre", "", page.title, TWICE))
        else:
            path = path or record_path(
                free_id(type_name, page.title, lambda id_: record_path(id_) in paths_taken)
            )
            place = Place(path, "record", path.split("/", 1)[1].removesuffix(".yaml"), type_name)
            result.id, result.path = place.id, path
            older = gathered.older.get(page.pageid)
            if path in known.values() and not _is_untouched(path, place, older, published, paths):
                result.left.append(Remainder((), "Page", "", "", MOVED))
            else:
                record = new_record(page, place, site, paths)
                result.left += record.left
                paths_taken.add(path)
                made[path] = page, record, result
        results.append(result)
    _judge(made, carried, published)
    files = {path: record.data for path, (_, record, _) in made.items()}
    changes = [_change(path, *proposal) for path, proposal in made.items()]
    return replace(
        carried,
        pages=(*carried.pages, *results),
        files={**carried.files, **files},
        changes=(*carried.changes, *changes),
    )


NO_TYPE = (
    "on ne sait pas ce que cette page propose : elle n’a aucun encadré « Fiche … », ou plusieurs ; "
    "partez de « Écrire une fiche », sur le portail"
)
TWICE = "une fiche porte déjà ce titre : renommez cette page, ou complétez l’autre"
MOVED = (
    "la page a changé depuis qu’elle a été reprise, et le fichier aussi : reportez-y ce qui manque "
    "(ou supprimez-le, et relancez pull)"
)


def _paths(corpus: Corpus) -> dict[str, str]:
    return {id_: record.path for id_, record in corpus.records.items()} | {
        id_: page.path for id_, page in corpus.pages.items()
    }


def _is_untouched(
    path: str,
    place: Place,
    older: ProposedPage | None,
    published: PublishedCorpus,
    paths: Mapping[str, str],
) -> bool:
    """Whether a file still says just what an older version of its page said."""
    if older is None:
        return False
    site = site_with(published, published.corpus)
    return next(published.tree.read([path]))[1] == new_record(older, place, site, paths).data


def _judge(
    made: dict[str, tuple[ProposedPage, NewRecord, PageResult]],
    carried: PullResult,
    published: PublishedCorpus,
) -> None:
    """Leave on the wiki what ``check`` would refuse: a corpus with faults publishes nothing."""
    while made:
        files = {**carried.files, **{path: proposal[1].data for path, proposal in made.items()}}
        _, faults = judged(Overlay(published.tree, files), list(made))
        wrong = {
            path: [fault for fault in faults.get(path, ()) if fault.severity == "error"]
            for path in made
        }
        wrong = {path: some for path, some in wrong.items() if some or not made[path][1].data}
        if not wrong:
            return
        for path, some in wrong.items():
            result = made.pop(path)[2]
            result.left += [
                Remainder(
                    fault.path, "Page", "", "", f"{fault.message} {fault.hint}", code=fault.code
                )
                for fault in some
            ]


def _change(path: str, page: ProposedPage, record: NewRecord, result: PageResult) -> FileChange:
    result.taken.append(CarriedChange(("titre",), "fiche nouvelle", "", page.title))
    return FileChange(
        result.id,
        page.title,
        path,
        record.data,
        page.revision,
        page.user,
        page.timestamp,
        page.comment,
        ("fiche nouvelle",),
    )
