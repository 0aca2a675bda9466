"""The words that each page must no longer show since consents were withdrawn. Pure.

They are what the pages would show if nobody had withdrawn, and do not show now. A person may
have touched them up on the wiki, so they are looked for by six words in a row; names are looked
for however they are typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import field, replace
from itertools import pairwise
from operator import is_
from typing import Any

from loosbot.corpus.model import RECORD_TYPES, Corpus
from loosbot.corpus.privacy.folding import words_of
from loosbot.corpus.privacy.phrases import Phrase, holds, lengths_of, within
from loosbot.corpus.privacy.withdrawals import WithdrawnPerson, is_withdrawn
from loosbot.frozen import dataclass
from loosbot.render.rendered import RenderedPage
from loosbot.wikitext.unsearched import searched

_MARK = re.compile(r"<!-- /?loosbot [^\n]*?-->")
_KEY = re.compile(rf"\|[\w.-]+:(?:{'|'.join((*RECORD_TYPES, 'page'))})/[^\s\[\]|]+\]\]")


@dataclass(frozen=True, slots=True)
class WithdrawnWords:
    """What one page must not show any more, and of whom.

    ``before`` is what it showed once and shows still, since it is somebody else's too: its old
    versions told it of the person all the same; likewise ``named`` are those whose name is gone
    from it, ``shared`` those whose name stands there still. ``path`` is the file of the page.
    """

    id: str
    phrases: frozenset[Phrase]
    people: tuple[WithdrawnPerson, ...]
    before: frozenset[Phrase] = frozenset()
    named: tuple[WithdrawnPerson, ...] = ()
    shared: tuple[WithdrawnPerson, ...] = ()
    path: str = ""
    is_file: bool = False
    """A picture or a paper of a record that is gone: whoever has its address sees it still."""
    anyone: Callable[[str], bool] = field(default=bool, compare=False, repr=False)
    """Whether a text may name any of them at all: one look for all before one for each."""

    def within(self, text: str) -> bool:
        """Whether a text holds some of it, wherever its lines end."""
        return holds(self.phrases, words_of(text)) or self._names(self.named, text)

    def was_within(self, text: str) -> bool:
        """As :meth:`within`, for an old version."""
        names = (*self.named, *self.shared)
        return holds(self.phrases | self.before, words_of(text)) or self._names(names, text)

    def lines(self, text: str) -> list[str]:
        """The lines of a text that hold some of it, or the beginning of a name broken over two
        lines."""
        lines = text.splitlines()
        quoting = [line for line in lines if self.within(line)]
        return quoting or [
            f"{line} {after}" for line, after in pairwise(lines) if self.within(f"{line}\n{after}")
        ]

    @property
    def kept_in_key(self) -> bool:
        """Whether the id of the page names the person: the wiki keeps it as a key, and the foot
        of the page as the name of its file."""
        return any(person.named_in(_spelled(self.id)) for person in self.people)

    def in_title(self, title: str) -> bool:
        return any(person.named_in(title) for person in self.people)

    def _names(self, people: tuple[WithdrawnPerson, ...], text: str) -> bool:
        if not people:
            return False
        text = without_keys(text, self.path)
        return self.anyone(text) and any(person.named_in(text) for person in people)


def without_keys(text: str, path: str = "") -> str:
    """A text without our own keys of the page, which are reported apart."""
    text = _KEY.sub("]]", _MARK.sub("", searched(text)))
    return text.replace(path, "") if path else text


def as_if_nobody_had(corpus: Corpus, ended: Iterable[WithdrawnPerson] = ()) -> Corpus | None:
    """The corpus with every withdrawn consent given, and those that ``ended``; None where there is
    none."""
    places = {(person.id, person.field) for person in ended}
    records = {
        id_: replace(record, data=_given(id_, record.data, places))
        for id_, record in corpus.records.items()
    }
    if all(record.data is corpus.records[id_].data for id_, record in records.items()):
        return None
    return replace(corpus, records=records)


def lost_words(
    page: RenderedPage,
    after: RenderedPage | None,
    people: list[WithdrawnPerson],
    anyone: Callable[[str], bool],
    path: str,
) -> WithdrawnWords | None:
    """What a page lost with the withdrawals: ``page`` is as if there were none, ``after`` as it is,
    with the same titles, None where it is gone. ``anyone`` tells whether a text names any of them;
    ``path`` is the file of the page.

    None where it lost nothing and its id names nobody. A page that is gone as a whole bears the
    name in its title, so it is not looked for in its text: it is told all the same, for its title.
    """
    left = after.body if after else ""
    if after and left == page.body and not anyone(_spelled(page.id)):
        return None
    kept = set(left.splitlines())
    gone = [line for line in page.body.splitlines() if line not in kept]
    named, shared = _named(gone, left, people, anyone, path) if after else ((), ())
    everything = frozenset[Phrase]().union(*(person.phrases for person in people))
    lengths = lengths_of(everything)
    passages = {passage for line in gone for passage in within(everything, words_of(line), lengths)}
    still = words_of(left) if passages else ()
    mine = []
    lost: set[Phrase] = set()
    shared_before: set[Phrase] = set()
    for person in people:
        theirs = passages & person.phrases
        # words that the page still shows belong to somebody else too
        also = set(within(theirs, still))
        own_page = not after and not person.field and person.id == page.id
        if theirs or own_page or person in named or person in shared:
            mine.append(person)
            lost |= theirs - also
            shared_before |= also
    withdrawn = WithdrawnWords(
        page.id,
        frozenset(lost),
        tuple(mine),
        frozenset(shared_before),
        named,
        shared,
        path,
        anyone=anyone,
    )
    # a page that lost no word may still be filed under the name: its sort key is no text
    in_key = replace(withdrawn, people=tuple(people))
    if not mine and in_key.kept_in_key:
        whose = (person for person in people if replace(withdrawn, people=(person,)).kept_in_key)
        withdrawn = replace(withdrawn, people=tuple(whose))
    return withdrawn if withdrawn.people else None


def _spelled(id_: str) -> str:
    """The words of an id, as a name."""
    return id_.partition("/")[2].replace("-", " ").title()


def _named(
    gone: list[str],
    left: str,
    people: list[WithdrawnPerson],
    anyone: Callable[[str], bool],
    path: str,
) -> tuple[tuple[WithdrawnPerson, ...], tuple[WithdrawnPerson, ...]]:
    """Whose name left a page, and whose stands there still, since somebody else bears it."""
    text = without_keys("\n".join(gone), path)
    lost = [person for person in people if person.named_in(text)] if anyone(text) else []
    rest = without_keys(left, path) if lost else ""
    still = [person for person in lost if person.named_in(rest)]
    return tuple(person for person in lost if person not in still), tuple(still)


def _given(
    id_: str, data: Mapping[str, Any], ended: Collection[tuple[str, str]]
) -> Mapping[str, Any]:
    """The document with every consent given; the same object where each is."""

    def given(part: Mapping[str, Any], field: str) -> Mapping[str, Any]:
        is_gone = is_withdrawn(part) or (id_, field) in ended
        return {**part, "consentement": {"etat": "public"}} if is_gone else part

    whole = given(data, "")
    voices = data.get("voix", ())
    spoken = [given(voice, f"voix[{rank}]") for rank, voice in enumerate(voices)]
    return whole if all(map(is_, spoken, voices)) else {**whole, "voix": spoken}
