"""The words that each page lost with the withdrawals, computed on demand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from loosbot.corpus.attached import path_of
from loosbot.corpus.model import Corpus
from loosbot.corpus.privacy.withdrawals import WithdrawnPerson, anyone, withdrawn_people
from loosbot.render import documents
from loosbot.render.pagecache import Renderings
from loosbot.render.pages import page_by_page
from loosbot.render.rendered import RenderedPage
from loosbot.sync.aim import Render
from loosbot.sync.source import Source, shown
from loosbot.sync.whereabouts import file_of
from loosbot.sync.withdrawal.words import WithdrawnWords, as_if_nobody_had, lost_words


class WithdrawnTexts:
    """Each page is made once more as if nobody had withdrawn, nor any agreement ended, and compared
    with the first rendering that the run makes anyhow; where nobody did, never. One that reads
    nothing of theirs is the same in both, and is not made.
    """

    def __init__(
        self,
        source: Source,
        render: Render,
        media: frozenset[str] = frozenset(),
        renderings: Renderings | None = None,
        ended: Sequence[WithdrawnPerson] = (),
    ) -> None:
        self._source = source
        self._render = render
        self._media = media
        self._renderings = renderings or Renderings()
        self._ended = ended
        self._after: tuple[Mapping[str, str], Mapping[str, RenderedPage]] | None = None
        self._before: Callable[[str], RenderedPage | None] | None = None
        self._known: dict[str, WithdrawnWords | None] = {}

    def render(self, titles: Mapping[str, str]) -> Mapping[str, RenderedPage]:
        """The pages of today; those that are asked for later are compared with these."""
        pages = self._render(titles)
        self._after, self._before, self._known = (titles, pages), None, {}
        return pages

    def of(self, id_: str) -> WithdrawnWords | None:
        """What the page ``id_`` lost, None where it lost nothing."""
        if self._given is None:
            return None
        if id_ not in self._known:
            self._known[id_] = self._pictures.get(id_) or self._looked_for(id_)
        return self._known[id_]

    def _looked_for(self, id_: str) -> WithdrawnWords | None:
        source = self._source
        if self._given is None:
            return None
        if self._after is None:
            self.render({})
        titles, after = self._after or ({}, {})
        if self._before is None:
            corpus = shown(self._given, source.consents, source.channel)
            # pages on named versions apply the consents of today to both sides
            self._before = page_by_page(
                corpus, titles, source.today, self._media, self._renderings.beside()
            )
        before = self._before(id_)
        if before is None:
            return None
        path = file_of(source.whole, id_)
        return lost_words(before, after.get(id_), self._people, self._anyone, path)

    @cached_property
    def _given(self) -> Corpus | None:
        return as_if_nobody_had(self._source.whole, self._ended)

    @cached_property
    def _people(self) -> list[WithdrawnPerson]:
        return [*withdrawn_people(self._source.whole), *self._ended]

    @cached_property
    def _anyone(self) -> Callable[[str], bool]:
        return anyone(self._people).within

    @cached_property
    def _pictures(self) -> Mapping[str, WithdrawnWords]:
        """The files of records that were withdrawn as a whole, or whose words name who withdrew,
        and that nothing else joins."""
        if self._given is None:
            return {}
        before = documents.ids(self._given)
        after = documents.ids(self._source.corpus).values()
        pictures: dict[str, WithdrawnWords] = {}
        for record in self._given.records.values():
            for document in record.data.get("documents", ()):
                id_ = before.get(path_of(record.path, str(document["fichier"])), "")
                if not id_ or id_ in after:
                    continue
                words = "\n".join(map(str, document.values()))
                who = tuple(
                    person
                    for person in self._people
                    if (person.id == record.id and not person.field) or person.named_in(words)
                )
                if who:
                    pictures[id_] = WithdrawnWords(id_, frozenset(), who, is_file=True)
        return pictures
