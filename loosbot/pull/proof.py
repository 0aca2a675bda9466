"""What was carried, rendered again and compared with the wiki: the proof of a pull. Pure but for
the tree that is read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import field, replace

from loosbot.corpus.check.load import judged
from loosbot.corpus.check.parsedtree import ParsedTree
from loosbot.corpus.current import with_current_ids
from loosbot.corpus.model import Corpus, Finding, KeyPath, Tree
from loosbot.corpus.tree import Overlay
from loosbot.decode.frame import Page, outstanding, read_page
from loosbot.decode.moved import STILL_THERE, doubled, mislaid
from loosbot.decode.regions import Region
from loosbot.fields.site import Site
from loosbot.frozen import dataclass
from loosbot.gcpause import collector_paused
from loosbot.pull.edits import PageResult, PendingVoice
from loosbot.pull.translate import BODY
from loosbot.render.pages import render, site_of, some_pages
from loosbot.render.rendered import RenderedPage
from loosbot.wikitext.names import Names

_TITLE: KeyPath = ("titre",)
_PROSE = ("texte", "resume", "intro", "")
OTHERWISE = "reprise dans la fiche, elle s’afficherait autrement"
"""Why a change that was tried does not stay in its file."""

Visible = Callable[[Corpus], Corpus]
"""The part of a corpus that the wiki may show."""


class MemoizedFilter:
    """``visible``, worked out once for the corpora of the last calls. ``known`` is one answer."""

    def __init__(self, visible: Visible, *known: tuple[Corpus, Corpus]) -> None:
        self._visible = visible
        self._known = list(known)

    def __call__(self, corpus: Corpus) -> Corpus:
        for whole, part in self._known:
            if whole is corpus:
                return part
        part = self._visible(corpus)
        self._known = [*self._known[-2:], (corpus, part)]
        return part


class MemoizedNames:
    """``names``, worked out once for the same titles: what they read stays with them."""

    def __init__(self, names: Callable[[Mapping[str, str]], Names]) -> None:
        self._names = names
        self._known: tuple[dict[str, str], Names] | None = None

    def __call__(self, titles: Mapping[str, str]) -> Names:
        if self._known is None or self._known[0] != titles:
            self._known = (dict(titles), self._names(titles))
        return self._known[1]


@dataclass(frozen=True, slots=True)
class PublishedCorpus:
    """The corpus as it would be published: ``rendered`` with the wiki's ``titles``, by id.

    ``redirects`` are titles that people link to -> the titles where they lead; ``names`` are those
    with which the plan has read the pages.
    """

    tree: Tree
    corpus: Corpus
    visible: Visible
    titles: Mapping[str, str] = field(default_factory=dict)
    rendered: Mapping[str, RenderedPage] = field(default_factory=dict)
    redirects: Mapping[str, str] = field(default_factory=dict)
    names: Names | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """What the files show once they hold what was carried.

    ``wrong`` are the slots whose change is a fault there, or does not show what the wiki shows:
    why, by id and by path. ``waiting`` are the voices that people put in and that the files hold
    without an agreement, by id. ``regions`` are the passages around the pieces that people changed
    and that these files do not give, ``pieces`` the slots, by id of the pages that were compared.
    """

    wrong: Mapping[str, Mapping[KeyPath, str]]
    regions: Mapping[str, Sequence[Region]] = field(default_factory=dict)
    waiting: Mapping[str, Sequence[PendingVoice]] = field(default_factory=dict)
    pieces: Mapping[str, Collection[KeyPath]] = field(default_factory=dict)


def site_with(published: PublishedCorpus, corpus: Corpus) -> Site:
    """The wiki as it would be with this corpus, its redirects known."""
    site = site_of(with_current_ids(published.visible(corpus)), published.titles)
    names = replace(site.names, redirects=published.redirects)
    # the same object where the titles are the same: what was read is kept by it
    return replace(site, names=published.names if published.names == names else names)


def prove(
    published: PublishedCorpus,
    files: Mapping[str, bytes],
    read: Mapping[str, tuple[Page, Page]],
    results: Mapping[str, PageResult],
    titles: Names,
) -> Proof:
    """Render the corpus with these ``files``, and compare with what people left.

    ``read`` holds each edited page as we published it and as people left it; ``titles`` are those
    with which it was read, with what its texts say.
    """
    corpus, pages = published.corpus, published.rendered
    if files:
        tree = published.tree
        known = tree if isinstance(tree, ParsedTree) else ParsedTree(tree)
        with collector_paused():
            reading, _ = judged(Overlay(known, files), (), known)
        if reading.corpus is None:
            return Proof(_faulty(reading.findings, results))
        corpus = reading.corpus
        pages = rendered(read, published.visible(corpus), published.titles)
    names = site_with(published, corpus).names
    if names == titles:
        names = titles  # no text is read a second time
    wrong: dict[str, dict[KeyPath, str]] = {}
    beside: dict[str, Sequence[Region]] = {}
    waiting: dict[str, list[PendingVoice]] = {}
    pieces: dict[str, set[KeyPath]] = {}
    whole: Mapping[str, RenderedPage] = {}
    for id_, (base, theirs) in read.items():
        if id_ not in pages:
            continue
        ours = read_page(id_, pages[id_].body, names)
        differences, regions = outstanding(base, theirs, ours, names)
        beside[id_] = regions
        result = results.get(id_)
        taken = {change.path for change in result.taken} if result else set()
        paths = _named(result) if result else set()
        if voices := [difference for difference in differences if difference.voice]:
            # what the wiki may not show is judged as if everybody had agreed
            whole = whole or rendered(read, corpus, published.titles)
            full = read_page(id_, whole[id_].body, names)
            still = {
                difference.slot.path for difference in outstanding(base, theirs, full, names)[0]
            }
            held_back = [voice for voice in voices if voice.slot.path not in still]
            waiting[id_] = [
                PendingVoice(difference.slot.label, difference.slot.texts[0])
                for difference in held_back
            ]
            differences = [difference for difference in differences if difference not in held_back]
        pieces[id_] = {difference.slot.path for difference in differences}
        bad = dict.fromkeys((taken & pieces[id_]) - paths, OTHERWISE)
        for change in result.taken if result else ():
            if mislaid(change.before, change.after, base, theirs, ours):
                bad[change.path] = STILL_THERE
            elif _is_prose(change.path, ours) and doubled(
                change.before, change.after, theirs, ours
            ):
                bad[change.path] = OTHERWISE
        if bad:
            wrong[id_] = bad
    return Proof(wrong, beside, waiting, pieces)


def _is_prose(path: KeyPath, page: Page) -> bool:
    """Whether a field of a record is Markdown. A page's own text gives its tables their names."""
    return path != BODY and path in page.slots and page.slots[path].kind == "prose"


def rendered(
    ids: Collection[str], corpus: Corpus, titles: Mapping[str, str]
) -> Mapping[str, RenderedPage]:
    """These pages, and maybe others: where one of them is no record's, all are rendered."""
    some = some_pages(ids, corpus, titles)
    return some if len(some) == len(ids) else render(corpus, titles)


def _named(result: PageResult) -> set[KeyPath]:
    """Slots of which a part is known not to be in the file."""
    return {conflict.path for conflict in result.conflicts} | {left.path for left in result.left}


def _faulty(
    findings: Sequence[Finding], results: Mapping[str, PageResult]
) -> dict[str, dict[KeyPath, str]]:
    """What went into the files that are faulty now, or into every file where the fault shows
    elsewhere: the prose first, whose links only the whole corpus can judge, then the rest.

    Of two records with one title the finding names the other one, maybe.
    """
    doubled = [finding.message for finding in findings if finding.code == "titre-en-double"]
    named = [page.id for page in results.values() if _TITLE in {taken.path for taken in page.taken}]
    if doubled and named:
        return {id_: {_TITLE: doubled[0]} for id_ in named}
    reasons = {
        finding.path: finding.message
        # reversed, so that the first fault of a file is the one that is told
        for finding in reversed(findings)
        if finding.severity == "error"
    }
    pages = [page for page in results.values() if page.path in reasons]
    other = next(iter(reasons.values()), OTHERWISE)
    wrong: dict[str, dict[KeyPath, str]] = {}
    for page in pages or results.values():
        paths = [taken.path for taken in page.taken]
        prose = [path for path in paths if path[-1] in _PROSE]
        if paths:
            wrong[page.id] = dict.fromkeys(prose or paths, reasons.get(page.path, other))
    return wrong
