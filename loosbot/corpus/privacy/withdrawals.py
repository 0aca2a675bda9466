"""Who withdrew their consent, their names, and their words. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import field as kept
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any

from loosbot.corpus.attached import named, path_of
from loosbot.corpus.links import current_ids
from loosbot.corpus.model import Corpus, Record
from loosbot.corpus.privacy.folding import words_of
from loosbot.corpus.privacy.hidden import ARTICLE, Hidden, Words, hidden, towns
from loosbot.corpus.privacy.phrases import Phrase, holds, rows
from loosbot.corpus.privacy.spellings import tokens
from loosbot.corpus.privacy.spoken import meant, typed_names
from loosbot.corpus.privacy.tombstones import NEUTRAL
from loosbot.corpus.values import speakers, texts
from loosbot.corpus.wording import folded
from loosbot.frozen import dataclass

ROW = 6
"""Words in a row that are nobody else's by chance."""
_GONE = NEUTRAL["withdrawn"]


@dataclass(frozen=True)
class WithdrawnPerson:
    """Who withdrew, and where the corpus still has their words: ``field`` of the file ``path``.

    ``rows`` are what they said, by words that nobody else has by chance; ``shown`` the names of
    those who are told still.
    """

    who: str
    id: str
    path: str
    field: str
    names: frozenset[str]
    phrases: frozenset[Phrase]
    rows: frozenset[Phrase]
    files: tuple[str, ...] = ()
    """Pictures and papers that their own record joins."""
    shown: frozenset[str] = kept(default=frozenset(), compare=False, repr=False)
    told: frozenset[str] = kept(default=frozenset(), compare=False, repr=False)
    """Their words as they stand in the file, and as they stood where that is known."""
    ended: bool = False
    """They did not withdraw: the agreement ended, or was reduced."""
    former: tuple[str, ...] = kept(default=(), compare=False)
    """What older versions alone hold: the files of former ids, the pictures joined before."""

    @cached_property
    def finder(self) -> Hidden:
        """Finds their names however typed. Expensive to build where many persons are shown: built
        on first use."""
        return hidden(dict.fromkeys(sorted(self.names), _GONE), self.shown)

    @cached_property
    def unshared_finder(self) -> Hidden:
        """The same, for the names that nobody still shown shares."""
        return hidden(dict.fromkeys(sorted(self.names - self.shown), _GONE), self.shown)

    @cached_property
    def _roughly(self) -> Hidden:
        """Finds a superset of both; cheap to build, since it ignores who is still shown."""
        return hidden(dict.fromkeys(sorted(self.names), _GONE))

    def named_in(self, text: str) -> bool:
        """Whether a text holds one of their names, which may be somebody else's too."""
        return self._roughly.within(text) and self.finder.within(text)

    def unshared_name_in(self, text: str) -> bool:
        """Whether a text holds a name of theirs that nobody still shown shares."""
        return self._roughly.within(text) and self.unshared_finder.within(text)

    def mentioned_in(self, text: str) -> bool:
        """Whether a text mentions them, by an unshared name or by six of their words in a row."""
        return self.unshared_name_in(text) or holds(self.rows, words_of(text))


def anyone(people: Iterable[WithdrawnPerson]) -> Hidden:
    """Finds the names of all of them in one pass: where it finds none, no single search does."""
    every = list(people)
    names = frozenset[str]().union(*(person.names for person in every))
    return _finding(names, frozenset[str]().union(*(person.shown for person in every)))


@lru_cache(maxsize=4)
def _finding(names: frozenset[str], shown: frozenset[str]) -> Hidden:
    """Cached: expensive where many persons are shown, and needed several times in a run."""
    return hidden(dict.fromkeys(sorted(names), _GONE), shown)


def is_withdrawn(document: Mapping[str, Any]) -> bool:
    consent = document.get("consentement")
    return isinstance(consent, Mapping) and consent.get("etat") == "retire"


def withdrawn_people(corpus: Corpus) -> list[WithdrawnPerson]:
    """Every person and every voice of the whole corpus whose consent was withdrawn."""
    return list(corpus.once("withdrawals", lambda: _withdrawn_people(corpus)))


def people_ended(corpus: Corpus, places: Collection[tuple[str, str]]) -> list[WithdrawnPerson]:
    """These persons and voices, by record and field, who agreed once, and did not withdraw."""
    if not places:
        return []
    gone = _withdrawn(corpus)

    def has_ended(record: Record, rank: int | None) -> bool:
        return (record.id, "" if rank is None else f"voix[{rank}]") in places

    listed = _listed(corpus, has_ended, lambda *at: has_ended(*at) or gone(*at))
    why = "accord terminé ou réduit"
    return [replace(person, who=f"{person.who} ({why})", ended=True) for person in listed]


Test = Callable[[Record, int | None], bool]
"""Of a record as a whole, or of its voice of that rank."""


def _withdrawn(corpus: Corpus) -> Test:
    went = followers(corpus)

    def is_gone(record: Record, rank: int | None) -> bool:
        if rank is None:
            return is_withdrawn(record.data)
        voice = record.data["voix"][rank]
        return is_withdrawn(voice) or went(voice)

    return is_gone


def _withdrawn_people(corpus: Corpus) -> list[WithdrawnPerson]:
    gone = _withdrawn(corpus)
    return _listed(corpus, gone, gone)


def _listed(corpus: Corpus, sought: Test, gone: Test) -> list[WithdrawnPerson]:
    """Those that are ``sought``; the names of who is not ``gone`` are told still."""
    withdrawn = [*_persons(corpus, sought), *_voices(corpus, sought)]
    if not withdrawn:
        return []
    shown = frozenset(_names_kept(corpus, gone))
    return [
        WithdrawnPerson(
            who,
            record.id,
            record.path,
            place,
            frozenset(names),
            phrases := phrases_of(data),
            frozenset(phrase for phrase in phrases if len(phrase) == ROW),
            () if place else tuple(path_of(record.path, name) for _, name in named(data)),
            shown,
            told_in(data),
        )
        for who, record, place, names, data in withdrawn
    ]


def mark_of(people: Iterable[WithdrawnPerson]) -> str:
    """A digest of those who withdrew and of their words still in the files; "" where nobody
    withdrew."""
    state = [
        (
            person.id,
            person.field,
            sorted(person.names),
            sorted(" ".join(row) for row in person.phrases),
        )
        for person in people
    ]
    return hashlib.sha256(repr(sorted(state)).encode()).hexdigest() if state else ""


def search_mark(people: Collection[WithdrawnPerson]) -> str:
    """A digest that changes when the result of a search for them may change: with :func:`mark_of`,
    or when somebody who shares a word of their names begins or ceases to be shown; "" where nobody
    withdrew.

    A name that nobody shown bears is hers alone, a surname too. Who has no word in common with
    those who withdrew changes nothing: a town that shows new persons every week need not search
    its whole wiki again for each.
    """
    if not people:
        return ""
    names = frozenset[str]().union(*(person.names for person in people))
    near = _near(names, frozenset[str]().union(*(person.shown for person in people)))
    return hashlib.sha256(f"{mark_of(people)} {near}".encode()).hexdigest()


@lru_cache(maxsize=4)
def _near(names: frozenset[str], shown: frozenset[str]) -> tuple[str, ...]:
    """Those shown who share a word with one of the names, be it parted otherwise (``Jean-Loup``,
    ``Jeanloup``) or in the plural."""
    tokenised = {tokens(name) for name in names}
    borne = frozenset[str]().union(*tokenised)
    joined = " ".join(map("".join, sorted(tokenised)))

    def is_borne(word: str) -> bool:
        return word in borne or (len(word) > 2 and word.removesuffix("s") in joined)

    return tuple(sorted(name for name in shown if any(map(is_borne, tokens(name)))))


def without(people: Collection[WithdrawnPerson], text: str) -> str:
    """``text`` without the names of those who withdrew, and without what it quotes of them."""
    if anyone(people).within(text):
        for person in people:
            text = person.unshared_finder.hide(text)
    words = words_of(text)
    # a quotation is a longer row: to gather all of those takes a tenth of a second in a large town
    quoted = [person for person in people if holds(person.rows, words, (ROW,))]
    return Words(sorted(told for person in quoted for told in person.told)).hide(text)


def mentions_any(people: Iterable[WithdrawnPerson], text: str) -> bool:
    """Whether a text mentions one of them, by their words or by a name, shared or not."""
    return any(person.named_in(text) or person.mentioned_in(text) for person in people)


def named_exactly(people: Iterable[WithdrawnPerson]) -> Callable[[str], bool]:
    """Whether a text is nothing but the name or the id of one of them, as a form's answer is."""
    people = tuple(people)
    ids = {person.id for person in people if not person.field}
    names = {folded(name) for person in people for name in person.names}
    return lambda text: text.strip() in ids or folded(text.strip()) in names


_Withdrawal = tuple[str, Record, str, list[str], Mapping[str, Any]]


def _persons(corpus: Corpus, sought: Test) -> Iterator[_Withdrawal]:
    for record in corpus.records.values():
        if sought(record, None):
            # an id is the name of the person too, as it is written in an address
            ids = (record.id, *record.data.get("anciens_ids", ()))
            spelled = [id_.partition("/")[2].replace("-", " ").title() for id_ in ids]
            names = [*record.names, *(spelled if record.type == "acteur" else ())]
            yield record.title, record, "", names, record.data


def _voices(corpus: Corpus, sought: Test) -> Iterator[_Withdrawal]:
    ids = current_ids(corpus)
    for record in corpus.records.values():
        for rank, voice in enumerate(record.data.get("voix", ())):
            if sought(record, rank):
                named = [
                    name
                    for speaker in speakers(voice)
                    for name in _names_of(corpus, ids, speaker)[:1]
                ]
                who = ", ".join(named) or "une personne"
                names = [
                    part
                    for speaker in speakers(voice)
                    for name in _names_of(corpus, ids, speaker)
                    for part in parts_of_speaker(name)
                ]
                yield who, record, f"voix[{rank}]", names, voice


def followers(corpus: Corpus) -> Callable[[Mapping[str, Any]], bool]:
    """Tells of a voice whether it went with who withdrew as a whole."""
    ids = current_ids(corpus)
    withdrawn = [record.id for record in corpus.records.values() if is_withdrawn(record.data)]
    typed = typed_names(corpus, withdrawn)
    return lambda voice: bool(withdrawn) and _went_with(voice, corpus, ids, typed)


def _went_with(
    voice: Mapping[str, Any], corpus: Corpus, ids: Mapping[str, str], typed: Mapping[str, str]
) -> bool:
    """Whether a voice goes with a speaker who withdrew, even if it has its own consent; ``typed``
    are the folded names of those who did."""
    persons = (person for speaker in speakers(voice) for person in meant(speaker, ids, typed))
    who = map(corpus.records.get, persons)
    return any(record and is_withdrawn(record.data) for record in who)


def _names_of(corpus: Corpus, ids: Mapping[str, str], speaker: str) -> list[str]:
    """The names of a speaker: those of a record, or the words themselves."""
    person = corpus.records.get(ids.get(speaker, speaker))
    return [*person.names] if person else [speaker]


def _names_kept(corpus: Corpus, gone: Test) -> set[str]:
    """Names of those still shown, even if they withdrew single voices."""
    kept = towns(corpus.records.values())
    for record in corpus.records.values():
        if record.type == "acteur" and not gone(record, None):
            kept.update(record.names)
        for rank, voice in enumerate(record.data.get("voix", ())):
            if not gone(record, rank):
                for speaker in speakers(voice):
                    if speaker not in corpus.records:
                        kept.update(parts_of_speaker(speaker))
    return kept


def phrases_of(data: Mapping[str, Any]) -> frozenset[Phrase]:
    phrases = {row for _, text in texts(data) for row in rows(words_of(text), ROW)}
    whole = map(words_of, told_in(data))
    return frozenset(phrases | {phrase for phrase in whole if 1 < len(phrase) < ROW})


def told_in(data: Mapping[str, Any]) -> frozenset[str]:
    """The words of a voice, and what sums them up."""
    return frozenset(str(data[key]) for key in ("texte", "resume") if key in data)


def parts_of_speaker(speaker: str) -> list[str]:
    """``MIG, dessinateur`` -> both together, and ``MIG``; nothing for ``une habitante``."""
    if ARTICLE.match(speaker) or "/" in speaker:
        return []
    parts = [part.strip() for part in re.split(r",| et ", speaker)]
    named = (part for part in parts if part[:1].isupper() and len(part) > 1)
    return list(dict.fromkeys((speaker, *named)))
