"""Where the wiki still mentions those who withdrew: pages of anybody, old versions, logs.

The first look after a withdrawal reads every version that the wiki keeps; the next ones only what
is newer, since an old version never changes, and ask whether what was found can be read still. All
are read again once somebody who bears a name like theirs is shown, or is shown no more (what was
said of the one may be said of the other), and where the newest version of the last look is gone: a
wiki that was put back from a backup shows again what was deleted, and uses its ids a second time.
What is kept between them are numbers: no name and no word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

from loosbot.corpus.privacy.folding import words_of
from loosbot.corpus.privacy.hidden import Hidden
from loosbot.corpus.privacy.phrases import Phrase, holds, lengths_of, within
from loosbot.corpus.privacy.withdrawals import WithdrawnPerson, anyone, search_mark
from loosbot.frozen import dataclass
from loosbot.sync.facts import FactCache
from loosbot.sync.withdrawal.words import WithdrawnWords, without_keys
from loosbot.wiki.reader import Reader
from loosbot.wiki.revisions import LogEntry, PageState
from loosbot.wiki.scan import Version, entries, standing, versions

TEXT, COMMENT, USER = "texte", "commentaire", "auteur"
_NOTE = "retraits"
_BACKWARDS = frozenset({"import", "merge", "restore", "revision"})
"""Log actions that bring versions with a past date, or make a hidden one readable again."""
_UNHIDDEN = "event"
"""Actions of the log by which its lines were hidden, or shown again."""


class SearchTerms:
    """The search terms: those who withdrew. ``shown`` are the texts published now: words in them
    belong to somebody else too."""

    def __init__(self, people: Sequence[WithdrawnPerson], shown: Iterable[str]) -> None:
        self.people = people
        self._shown = shown

    def by_name(self, text: str) -> set[int]:
        """The ranks of those whom a text names."""
        if not self._anyone.within(text):
            return set()
        return {rank for rank, person in enumerate(self.people) if person.unshared_name_in(text)}

    def mentioned(self, text: str) -> set[int]:
        """The ranks of those whom a text names or quotes."""
        ranks = self.by_name(text)
        if self._rows and holds(self._rows, words := words_of(text), self._lengths):
            ranks.update(rank for rank, rows in enumerate(self._alone) if holds(rows, words))
        return ranks

    @cached_property
    def _anyone(self) -> Hidden:
        return anyone(self.people)

    @cached_property
    def _rows(self) -> frozenset[Phrase]:
        return frozenset[Phrase]().union(*(person.rows for person in self.people))

    @cached_property
    def _lengths(self) -> frozenset[int]:
        return lengths_of(self._rows)

    @cached_property
    def _alone(self) -> list[frozenset[Phrase]]:
        """Their phrases that no published text holds. Computed at the first text that may quote
        them."""
        again = {
            row for text in self._shown for row in within(self._rows, words_of(text), self._lengths)
        }
        return [person.rows - again for person in self.people]


@dataclass(slots=True)
class SearchCache:
    """The results so far. ``versions`` maps a revision id to its page, the parts that mention them
    (:data:`TEXT`, …) and the ranks of whom; ``logs`` maps a log id to its time and the ranks.
    ``newest`` is the id of the newest version that was read, ``since`` its time."""

    mark: str = ""
    since: str = ""
    newest: int = 0
    versions: dict[int, tuple[int, list[str], list[int]]] = field(default_factory=dict)
    logs: dict[int, tuple[str, list[int]]] = field(default_factory=dict)
    titles: dict[int, list[int]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """What is kept for the next run, in the order of the ids; :meth:`of` reads it."""
        return {
            "mark": self.mark,
            "since": self.since,
            "newest": self.newest,
            "versions": [[number, *version] for number, version in sorted(self.versions.items())],
            "logs": [[number, *entry] for number, entry in sorted(self.logs.items())],
            "titles": [[number, title] for number, title in sorted(self.titles.items())],
        }

    def forget(self) -> None:
        """Empty it: every version is read again."""
        self.since, self.newest = "", 0
        self.versions, self.logs, self.titles = {}, {}, {}

    @classmethod
    def of(cls, raw: Any, mark: str) -> SearchCache:
        """The memory of these withdrawals; empty where it is of others, or malformed."""
        try:
            if raw["mark"] != mark:
                return cls(mark)
            return cls(
                mark,
                str(raw["since"]),
                int(raw["newest"]),
                {
                    int(n): (int(page), list(what), list(who))
                    for n, page, what, who in raw["versions"]
                },
                {int(n): (str(moment), list(who)) for n, moment, who in raw["logs"]},
                {int(n): list(who) for n, who in raw["titles"]},
            )
        except (KeyError, TypeError, ValueError):
            return cls(mark)


@dataclass(frozen=True, slots=True)
class MentioningPage:
    """A page that mentions them. ``old`` are the versions to hide, each with the parts to hide;
    ``head``: whether its present text mentions them, ``titled``: whether its title does."""

    state: PageState
    old: Mapping[int, frozenset[str]]
    head: bool
    titled: bool
    who: tuple[str, ...]
    lines: tuple[str, ...]
    """The lines that mention them; none where only the key of a text of ours does."""


@dataclass(frozen=True, slots=True)
class PageVersions:
    """The versions of one page, all read in one look: the newest of them, and those that hold what
    the page lost, newest first."""

    newest: int
    mentioning: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mentions:
    """All places on the wiki that still mention them. ``accounts`` are names of accounts that made
    such versions.

    ``pasts`` are by page id, of pages of ours that lost something; none where the look began where
    an earlier one ended.
    """

    places: Mapping[int, MentioningPage]
    logs: tuple[LogEntry, ...]
    accounts: tuple[str, ...]
    pasts: Mapping[int, PageVersions] = field(default_factory=dict)


NOWHERE = Mentions({}, (), ())


def look(
    reader: Reader,
    sought: SearchTerms,
    memory: SearchCache,
    lost: Callable[[], Mapping[int, WithdrawnWords]],
) -> Mentions:
    """Search the wiki, and update the memory. Raises WikiUnavailable."""
    now = reader.session.account().started
    if memory.since > now:
        memory.forget()  # the clock of the wiki was set back: what is new has an older time
    _read_logs(reader, sought, memory)
    newer = list(versions(reader, memory.since)) if memory.since else []
    newest = (memory.newest, memory.since)
    if memory.since and newest not in {(at.revision, at.timestamp) for at in newer}:
        memory.forget()
        _read_logs(reader, sought, memory)
    every = not memory.since
    versions_read = versions(reader) if every else newer
    pasts = _read_versions(versions_read, sought, memory, lost() if every else {}, now)
    can_be_read = standing(reader, memory.versions) if memory.versions else {}
    still: dict[int, dict[int, set[str]]] = {}
    for number, (page, what, _) in memory.versions.items():
        readable = dict(zip((TEXT, COMMENT, USER), can_be_read.get(number, ()), strict=False))
        left = {rank for rank in what if readable.get(rank)}
        if left:
            still.setdefault(page, {})[number] = left
    ids = {*still, *memory.titles}
    states = reader.pages_by_id(ids, content=True) if ids else {}
    places = {}
    for page in sorted(ids):
        state = states[page]
        if state.exists and (place := _place(sought, state, still.get(page, {}), memory)):
            places[page] = place
    logs = tuple(_logs_left(reader, sought, memory))
    return Mentions(places, logs, _accounts(reader, still), pasts)


def remembered(
    reader: Reader,
    people: Sequence[WithdrawnPerson],
    cache: FactCache,
    shown: Iterable[str],
    lost: Callable[[], Mapping[int, WithdrawnWords]],
) -> Mentions:
    """:func:`look`, from where the last look ended. No request where nobody withdrew.

    ``lost`` gives what pages of ours lost, by page id: a look that reads every version reads theirs
    too.
    """
    if not people:
        return NOWHERE
    memory = SearchCache.of(cache.notes.get(_NOTE), search_mark(people))
    places = look(reader, SearchTerms(people, shown), memory, lost)
    cache.notes[_NOTE] = memory.as_json()
    return places


def _read_logs(reader: Reader, sought: SearchTerms, memory: SearchCache) -> None:
    log_entries = list(entries(reader, memory.since))
    if memory.since and any(log_entry.action == _UNHIDDEN for log_entry in log_entries):
        # a line that was hidden may be shown again
        log_entries = list(entries(reader))
    for entry in log_entries:
        if who := sought.mentioned(_of(entry)):
            memory.logs[entry.id] = (entry.timestamp, sorted(who))
    # an imported or restored version may be older than those read last
    if any(entry.type in _BACKWARDS or entry.action in _BACKWARDS for entry in log_entries):
        memory.since = ""


def _read_versions(
    versions_read: Iterable[Version],
    sought: SearchTerms,
    memory: SearchCache,
    lost: Mapping[int, WithdrawnWords],
    now: str,
) -> dict[int, PageVersions]:
    pasts: dict[int, PageVersions] = {}
    for version in versions_read:
        if mine := lost.get(version.page):
            before = pasts[version.page].mentioning if version.page in pasts else ()
            mentioning = (version.revision,) if mine.was_within(version.text) else ()
            pasts[version.page] = PageVersions(version.revision, mentioning + before)
        parts = {
            TEXT: sought.mentioned(version.text),
            COMMENT: sought.mentioned(version.comment),
            USER: sought.by_name(version.user),
        }
        places = [name for name, who in parts.items() if who]
        if places:
            memory.versions[version.revision] = (
                version.page,
                places,
                sorted(set().union(*parts.values())),
            )
        if who := sought.by_name(version.title):
            memory.titles[version.page] = sorted(who)
        # an imported one may bear a time to come, before which people will write
        if memory.since <= version.timestamp <= now:
            memory.since, memory.newest = version.timestamp, version.revision
    return pasts


def _of(entry: LogEntry) -> str:
    return "\n".join((entry.title, entry.target, entry.user, entry.comment))


def _place(
    sought: SearchTerms, state: PageState, versions: Mapping[int, set[str]], memory: SearchCache
) -> MentioningPage | None:
    head = state.revision
    titled = bool(sought.by_name(state.title))
    shows = head is not None and TEXT in versions.get(head.id, ())
    # the text of the newest version cannot be hidden: it is to be changed first
    old = {
        number: frozenset(left)
        for number, what in sorted(versions.items(), reverse=True)
        if (left := what - {TEXT} if head and number == head.id else what)
    }
    if not (old or shows or titled):
        return None
    ranks = {rank for number in versions for rank in memory.versions[number][2]}
    ranks.update(memory.titles.get(state.pageid, ()) if titled else ())
    who = tuple(dict.fromkeys(sought.people[rank].who for rank in sorted(ranks)))
    text = without_keys(head.text or "") if head and shows else ""
    lines = tuple(line for line in text.splitlines() if sought.mentioned(line))
    # a name broken over two lines: show both
    lines = lines or tuple(
        f"{line} {after}"
        for line, after in pairwise(text.splitlines())
        if sought.mentioned(f"{line}\n{after}")
    )
    return MentioningPage(state, old, shows, titled, who, lines)


def _logs_left(reader: Reader, sought: SearchTerms, memory: SearchCache) -> Iterable[LogEntry]:
    """The entries that can be read still, found again by their moment; the others are forgotten."""
    left = {}
    for moment in sorted({moment for moment, _ in memory.logs.values()}):
        for entry in entries(reader, moment, moment):
            if entry.id in memory.logs and sought.mentioned(_of(entry)):
                left[entry.id] = replace(entry, comment="")
    memory.logs = {number: log for number, log in memory.logs.items() if number in left}
    return left.values()


def _accounts(reader: Reader, still: Mapping[int, Mapping[int, set[str]]]) -> tuple[str, ...]:
    by_them = [n for versions in still.values() for n, what in versions.items() if USER in what]
    revisions = reader.revisions(by_them, content=False) if by_them else {}
    return tuple(sorted({revision.user for revision in revisions.values() if revision.user}))
