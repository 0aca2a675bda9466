"""A corpus without those who are masked: names, voices and links taken out or replaced.

What it cannot do: rename the file of a record whose id holds a name, or find a person whom a
text describes without naming.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from loosbot.corpus import schema
from loosbot.corpus.inlinelinks import InlineLink, pieces
from loosbot.corpus.linkorder import backlinks, by_source, in_order, joined
from loosbot.corpus.links import Linker, current_ids, owner_of, source_id
from loosbot.corpus.markdown import resolve_markdown_target, targets
from loosbot.corpus.model import Corpus, IndexPage, Link, Page, Record
from loosbot.corpus.privacy.batch import all_at_once, clear_of
from loosbot.corpus.privacy.hidden import NOTHING, Hidden, hidden
from loosbot.corpus.privacy.nearby import Nearby
from loosbot.corpus.privacy.phrases import texts_of
from loosbot.corpus.privacy.spellings import Tokens
from loosbot.corpus.privacy.tombstones import NEUTRAL, VOICES, Alias, Verdict, tombstone
from loosbot.corpus.privacy.withheld import Withheld
from loosbot.corpus.schema import Shape
from loosbot.corpus.titles import normalise
from loosbot.corpus.values import speakers
from loosbot.corpus.wording import folded

_INLINE_LINK = re.compile(
    r"\[([^\[\]\n]{0,500})\]\([ \t]*(?:<([^<>\n]{0,500})>|([^)\s<>]{1,500}))[^)\n]{0,200}\)"
)
_Some = TypeVar("_Some")
_Texts = Callable[[str], str]
"""Takes names and quoted words out of a text."""
_SHOWS = ("fichier", "alt", "legende")
"""What tells whom a picture shows, or whose paper it is."""
_PLACE = "\ue000{}\ue001"
_PLACED = re.compile(r"\ue000(\d{1,6})\ue001")
"""Holds the place of a link inside the corpus while names are looked for: a file may be named
after somebody, and is told on the page by its title."""


class Mask:
    """Builds the filtered corpus. ``people`` and ``voices`` tell what to take out, and why."""

    def __init__(
        self,
        corpus: Corpus,
        people: Mapping[str, Verdict],
        voices: Mapping[tuple[str, int], Verdict],
        alias: Alias | None = None,
    ) -> None:
        self._corpus = corpus
        self._alias = alias
        self._people = people
        self._voices = voices
        self._ids = current_ids(corpus)
        self._withheld = Withheld(corpus, people, voices, alias)
        self._everywhere = self._withheld.everywhere

    def corpus_shown(self) -> Corpus:
        """The filtered corpus; a record of which nothing is taken out is the same object."""
        rest = [record for record in self._corpus.records.values() if record.id not in self._people]
        spared = self._spared(rest)
        records = self._with_unique_titles(
            {record.id: record if record.id in spared else self._record(record) for record in rest}
        )
        pages = {id_: self._page(page) for id_, page in self._corpus.pages.items()}
        indexes = {id_: self._index(index) for id_, index in self._corpus.indexes.items()}
        hide = self.texts("")
        versions = tuple(
            replace(version, title=hide(version.title), sentence=hide(version.sentence))
            for version in self._corpus.versions
        )
        templates = {
            id_: replace(template, text=hide(template.text))
            for id_, template in self._corpus.templates.items()
        }
        shown = replace(
            self._corpus,
            records=records,
            pages=pages,
            indexes=indexes,
            templates=templates,
            versions=versions,
            unsaid=self._corpus.unsaid | self.unsaid(),
        )
        links = joined(self._links(shown))
        return replace(shown, links=links, backlinks=backlinks(links), linked_from=records)

    def unsaid(self) -> frozenset[str]:
        """The ids of what is shown that are made of the name of somebody who is masked."""
        shown = (document.id for document in self._corpus.documents())
        slugs = {id_: id_.partition("/")[2] for id_ in shown if id_ not in self._people}
        harmless = set(
            all_at_once(
                list(slugs),
                lambda ids: self._everywhere.spares("\n".join(slugs[id_] for id_ in ids), {}),
            )
        )
        return frozenset(
            id_
            for id_, slug in slugs.items()
            if id_ not in harmless and self._everywhere.within(slug)
        )

    def _with_unique_titles(self, records: dict[str, Record]) -> dict[str, Record]:
        """Titles made unique: two that differed only by a masked name get a number."""
        before = self._corpus.records
        if all(record.title == before[id_].title for id_, record in records.items()):
            return records
        titles = {
            normalise(record.title)
            for id_, record in records.items()
            if record.title == before[id_].title
        }
        for id_, record in records.items():
            title, rank = record.title, 1
            if title != before[id_].title:
                while normalise(title) in titles:
                    rank += 1
                    title = f"{record.title} ({rank})"
                titles.add(normalise(title))
                records[id_] = replace(record, data={**record.data, "titre": title})
        return records

    def _spared(self, records: Sequence[Record]) -> set[str]:
        """The ids of the records that need no masking."""
        left = [record for record in records if not self._speaks_of_somebody(record)]
        return clear_of(self._corpus, left, self._withheld.key, self._names_nobody)

    def _speaks_of_somebody(self, record: Record) -> bool:
        """Whether a record must go through masking in any case, whatever its texts hold."""
        return (
            record.id in self._withheld.inside
            or "anciens_ids" in record.data
            or any(
                (record.id, rank) in self._voices
                for rank, _ in enumerate(record.data.get("voix", ()))
            )
        )

    def _names_nobody(self, records: Sequence[Record]) -> bool:
        """Whether no text of these records names, quotes or links to somebody masked."""
        texts = {record.path: texts_of(record.data) for record in records}
        # joined by line breaks, which no name and no quotation crosses
        every = "\n".join(text for own in texts.values() for text in own)
        nearby: dict[Tokens, str | None] = {}
        for record in records:
            nearby |= self._withheld.nearby.get(record.id, {})
        return (
            self._withheld.words.spares(every)
            and not self._withheld.films.within(every)
            and self._everywhere.spares(every, nearby)
            and not any(
                self._person_at(target, path)
                for path, own in texts.items()
                for target in _every_target(own)
            )
        )

    def _record(self, record: Record) -> Record:
        data = dict(record.data)
        if "voix" in data:
            data["voix"] = self._voices_shown(record)
        inside = hidden(self._withheld.inside.get(record.id, {}))
        former = {key: data.pop(key) for key in ("anciens_ids",) if key in data}
        shape = schema.shape(record.type)

        def take(texts: _Texts) -> dict[str, Any]:
            shown: dict[str, Any] = self._value(data, shape, record.path, texts)
            if isinstance(data.get("documents"), list):
                papers = data["documents"]
                shown["documents"] = [
                    kept
                    for paper, kept in zip(papers, shown["documents"], strict=True)
                    if all(kept[key] == paper[key] for key in _SHOWS if key in paper)
                ]
            return shown

        shown = self._taken(record.id, take, data, lambda: texts_of(data), inside)
        return replace(record, data={**shown, **former})

    def _taken(
        self,
        id_: str,
        take: Callable[[_Texts], _Some],
        before: _Some,
        texts: Callable[[], Iterable[str]],
        inside: Hidden = NOTHING,
    ) -> _Some:
        """What ``take`` leaves of a document; where its texts name somebody in full, their first
        name alone goes too."""
        shown = take(self.texts(id_, inside))
        if shown != before and (firsts := self._everywhere.persons_in(texts())):
            shown = take(self.texts(id_, inside, firsts))
        return shown

    def texts(self, id_: str, inside: Hidden = NOTHING, named: Nearby | None = None) -> _Texts:
        nearby = {**(named or {}), **self._withheld.nearby.get(id_, {})}
        words, films = self._withheld.words, self._withheld.films
        return lambda text: films.hide(inside.hide(self._everywhere.hide(words.hide(text), nearby)))

    def _voices_shown(self, record: Record) -> list[dict[str, Any]]:
        masked: dict[str, Verdict] = {}
        voices = record.data["voix"]
        for index, voice in enumerate(voices):
            if judgement := self._voices.get((record.id, index)):
                names = (name for _, name in self._withheld.spoken_names(voice))
                for name in (*speakers(voice), *names):
                    masked[folded(name)] = judgement
                masked[folded(", ".join(speakers(voice)))] = judgement
        shown = []
        for index, voice in enumerate(voices):
            if judgement := self._voices.get((record.id, index)):
                voice = tombstone(voice, judgement, self._alias)
            answered = masked.get(folded(voice.get("repond_a", "")))
            shown.append({**voice, "repond_a": VOICES[answered]} if answered else voice)
        return shown

    def _page(self, page: Page) -> Page:
        shape = schema.shape("page")
        data, text = self._taken(
            page.id,
            lambda texts: (
                self._value(page.data, shape, page.path, texts),
                self._markdown(page.text, page.path, texts),
            ),
            (page.data, page.text),
            lambda: (*texts_of(page.data), page.text),
        )
        return replace(page, data=data, text=text)

    def _index(self, index: IndexPage) -> IndexPage:
        shape = schema.shape("index")
        data = self._taken(
            index.id,
            lambda texts: self._value(index.data, shape, index.path, texts),
            index.data,
            lambda: texts_of(index.data),
        )
        return replace(index, data=data)

    def _value(self, value: Any, shape: Shape, path: str, texts: _Texts) -> Any:
        """A value without any of the names; None for a link or an address that has nothing left
        to say."""
        if isinstance(value, Mapping):
            shown = {
                key: self._value(inner, shape.child(key) or Shape(), path, texts)
                for key, inner in value.items()
            }
            return {key: inner for key, inner in shown.items() if inner is not None}
        if isinstance(value, list):
            items = [self._value(item, shape.items or Shape(), path, texts) for item in value]
            kept = [item for item in items if item is not None]
            return None if value and not kept else kept
        if not isinstance(value, str) or shape.words:
            return value
        if shape.source and source_id(value) in self._ids:
            # the source is named by its id, the passage is a text like any other
            name, blank, passage = value.partition(" ")
            return f"{name}{blank}{texts(passage)}"
        person = self._ids.get(value, "")
        if shape.links and person in self._people:
            judgement = self._people[person]
            if self._alias is not None and judgement == "masked":
                return self._alias(person)
            return NEUTRAL[judgement] if shape.free else None
        if shape.links and person:
            return value
        if shape.markdown:
            return self._markdown(value, path, texts)
        if shape.linked and "](" in value:
            return self._sentence(value, path, texts)
        shown_text = texts(value)
        return None if shape.url and shown_text != value else shown_text

    def _markdown(self, text: str, path: str, texts: _Texts) -> str:
        kept: list[str] = []

        def unlink(match: re.Match[str]) -> str:
            target = match[2] if match[2] is not None else match[3]
            if person := self._person_at(target, path):
                return self._withheld.instead(person, self._people[person])
            # the address of somebody's own page names them; a file of ours is told by its title
            outside = resolve_markdown_target(self._ids, path, target) is None
            return match[1] if outside and self._hides(target) else match[0]

        text = _INLINE_LINK.sub(unlink, text)
        for target in reversed(targets(text)):
            end = target.index + len(target.text)
            instead = "#"
            if not self._person_at(target.text, path):
                if resolve_markdown_target(self._ids, path, target.text) is None:
                    if not self._hides(target.text):
                        continue
                else:
                    kept.append(target.text)
                    instead = _PLACE.format(len(kept) - 1)
            text = f"{text[: target.index]}{instead}{text[end:]}"
        return _PLACED.sub(lambda mark: kept[int(mark[1])], texts(text))

    def _sentence(self, text: str, path: str, texts: _Texts) -> str:
        """As :meth:`_value`, for a text of one or some sentences, which holds links and no other
        markup."""
        kept: list[str] = []

        def unlinked(part: str | InlineLink) -> str:
            if isinstance(part, str):
                return part
            if person := self._person_at(part.target, path):
                return self._withheld.instead(person, self._people[person])
            kept.append(part.target)
            return str(replace(part, target=_PLACE.format(len(kept) - 1)))

        text = "".join(map(unlinked, pieces(text)))
        return _PLACED.sub(lambda match: kept[int(match[1])], texts(text))

    def _hides(self, address: str) -> bool:
        """Whether an address names somebody masked, or leads to a film where they are heard."""
        return self._everywhere.within(address) or self._withheld.films.led_to(address)

    def _person_at(self, target: str, path: str) -> str:
        """The id of the masked person to whom a link of the file ``path`` leads; "" for none."""
        named = resolve_markdown_target(self._ids, path, target)
        person = self._ids.get(named or "", "")
        return person if person in self._people else ""

    def _links(self, shown: Corpus) -> dict[str, list[Link]]:
        """By source, where what is shown leads. A record that stays as it was leads where it did,
        but to nobody who is masked."""
        linker = Linker(current_ids(shown))
        before, known = by_source(self._corpus.links), self._corpus.linked_from
        links: dict[str, list[Link]] = {}
        for document in shown.documents():
            if known.get(document.id) is document:
                own = before.get(document.id, ())
                links[document.id] = [link for link in own if link.target in linker.current]
            else:
                links[document.id] = in_order(linker.check(owner_of(document), ())[0])
        return links


def _every_target(texts: Iterable[str]) -> Iterator[str]:
    """Where any link of these texts leads, be it shown as code."""
    for text in texts:
        if "]" in text:
            yield from (link[2] or link[3] or "" for link in _INLINE_LINK.finditer(text))
            yield from (target.text for target in targets(text))
            yield from (part.target for part in pieces(text) if isinstance(part, InlineLink))
