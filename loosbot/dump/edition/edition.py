"""The one way from a corpus to what may leave the town: filter, pseudonyms, rewriting, groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial

from loosbot.corpus.inlinelinks import corpus_without_links
from loosbot.corpus.links import current_ids, first_ids, former_ids
from loosbot.corpus.model import Finding, Link, Record
from loosbot.corpus.privacy.consent import EVERY_DAY, Channel
from loosbot.corpus.privacy.films import Films
from loosbot.corpus.privacy.hidden import towns
from loosbot.corpus.privacy.names import Names
from loosbot.corpus.privacy.strangers import strangers
from loosbot.corpus.wording import Fault
from loosbot.corpus.yaml.reader import in_their_files
from loosbot.dump.edition.groups import without_rare_roles
from loosbot.dump.edition.key import Pseudonyms
from loosbot.dump.edition.pages import PageCache, changed, pages
from loosbot.dump.edition.passages import passages_of, placed, stories
from loosbot.dump.edition.people import sort_out, stubs
from loosbot.dump.edition.rewrite import (
    Audience,
    RewriteCounts,
    Rewriter,
    Stranger,
    without_withdrawn,
)
from loosbot.dump.edition.source import Source
from loosbot.dump.edition.traces import Replace, gap_rows, stage_rows
from loosbot.dump.filtered import (
    WITHHELD,
    Edition,
    Grouping,
    Kind,
    Origin,
    Passage,
    Privacy,
    Snapshot,
    WikiPage,
)
from loosbot.errors import LoosbotError
from loosbot.sync.pagestore import PageStore
from loosbot.trace.reported import Report
from loosbot.trace.reports import whole as trace
from loosbot.trace.rules import rules_of

Begun = Callable[[Callable[[], Iterator[WikiPage]]], Iterator[WikiPage]]
"""Gives what it is handed, and may have begun to make it."""

_CHANNELS: Mapping[Kind, Channel] = {"publique": "dump-public", "recherche": "dump-recherche"}


class UndeclaredNames(LoosbotError):
    """Names that look like undeclared private persons: ``findings`` say where."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(f"{len(findings)} undeclared names")
        self.findings = findings


@dataclass(frozen=True, slots=True)
class EditionRequest:
    """What edition to make. ``recipient`` and ``expires`` (ISO 8601) are for ``recherche`` only."""

    kind: Kind
    recipient: str = ""
    expires: str = ""


def build(
    source: Source,
    order: EditionRequest,
    pseudonyms: Pseudonyms,
    kept: Callable[[str], PageStore] | None,
    begun: Begun,
) -> Edition:
    """One edition of a corpus. Raises UndeclaredNames (public edition only), UserError.

    A consent ends on a date; where the snapshot has none, every consent that ends counts as ended,
    and no seal as lifted. ``kept`` gives the cache of the pages of an earlier research edition, for
    a digest of all that must be left out; no page about somebody masked is in it. ``begun`` may
    begin with the pages while the rest is made.
    """
    made = _Filtered(source, order.kind, pseudonyms)
    public, people, ids = made.public, made.people, made.ids
    wiki = iter(()) if public else begun(partial(made.pages, kept))
    rewriter = Rewriter(made.audience())
    shown = people.shown.records.values()
    rewritten = [rewriter.record(record, people.nearby.get(record.id, {})) for record in shown]
    if rewriter.tally.strangers:
        raise UndeclaredNames(_placed(rewriter.tally.strangers, source))
    roles = dict(sorted(people.roles.items()))
    voices = [passage for record in rewritten for passage in passages_of(record)]
    groups: tuple[Grouping, ...] = ()
    if public:
        roles, voices, groups = without_rare_roles(roles, voices)
    by_id = {record.id: record for record in (*rewritten, *stubs(roles, people.undeclared))}
    records = dict(sorted(by_id.items()))
    tales = stories(voices, {id_: record.title for id_, record in records.items()})
    report = made.report()
    return Edition(
        kind=order.kind,
        snapshot=replace(source.snapshot, commit="") if public else source.snapshot,
        records=records,
        ties=tuple(sorted(set(rewriter.tally.ties), key=_place_of)),
        passages=placed(voices, tales),
        stories=tuple(tales),
        stages=stage_rows(report, ids, source.corpus, public=public),
        gaps=gap_rows(report, ids, made.without_names(), public=public),
        people=frozenset(people.roles),
        privacy=made.privacy(rewriter.tally, voices, records, groups),
        recipient=order.recipient,
        expires=order.expires,
        pages=wiki,
        renamed=made.renamed(),
        origins={} if public else _origins(source.origins(), ids, records),
    )


class _Filtered:
    """A corpus with who may be named in an edition, and what its records are called there."""

    def __init__(self, source: Source, kind: Kind, pseudonyms: Pseudonyms) -> None:
        self._source, self._corpus, self._pseudonyms = source, source.corpus, pseudonyms
        self.public = kind == "publique"
        days = _consent_days(source.snapshot)
        self.people = people = sort_out(source.corpus, _CHANNELS[kind], days, pseudonyms)
        self._names = Names(people.hidden, people.persons | towns(people.shown.records.values()))
        self.ids = self._published()
        self._films = self._hidden_films()

    def audience(self) -> Audience:
        """What the records are rewritten by."""
        shown = self.people.shown.records.values()
        return Audience(
            public=self.public,
            ids=self.ids,
            people=frozenset(self.people.roles),
            names=self._names,
            strangers=strangers(self._corpus, shown) if self.public else None,
            films=self._films,
            outdated=self._source.outdated() if self.public else frozenset(),
        )

    def report(self) -> Report:
        """The traceability report of what the edition shows; without lines of files in the public
        one."""
        shown, snapshot = self.people.shown, self._source.snapshot
        return trace.build(
            corpus_without_links(without_withdrawn(shown) if self.public else shown),
            None if self.public else self._source.tree,
            rules_of(self._corpus),
            date.fromisoformat(snapshot.date) if snapshot.date else None,
            snapshot.commit,
            self._source.suspects,
            private=False,
        )

    def without_names(self) -> Replace:
        """What takes the names out of a text of a record."""
        names, nearby_of = self._names, self.people.nearby
        # cached: the sentences of a rule repeat
        without = cache(lambda text: names.replace(text)[0])

        def replaced(text: str, record: str) -> str:
            nearby = nearby_of.get(record)
            return names.replace(text, nearby)[0] if nearby else without(text)

        return replaced

    def privacy(
        self,
        tally: RewriteCounts,
        voices: list[Passage],
        records: Mapping[str, Record],
        groups: tuple[Grouping, ...],
    ) -> Privacy:
        """How much was withheld and replaced."""
        silent = sum(passage.text is WITHHELD for passage in voices)
        consent = Counter(consentement=silent - _unread_voices(records.values()))
        return Privacy(
            pseudonyms=len(self.people.roles),
            withdrawn=0 if self.public else self.people.withdrawn,
            withheld=_counts(tally.withheld + consent),
            replaced=_counts(tally.replaced),
            groups=groups,
        )

    def pages(self, kept: Callable[[str], PageStore] | None) -> Iterator[WikiPage]:
        """The pages of the wiki, without the films that lead to somebody."""
        people, films = self.people, self._films
        shown = replace(
            people.shown,
            records={
                id_: replace(
                    record,
                    data={key: value for key, value in record.data.items() if key != "video"},
                )
                if films.led_to(str(record.data.get("video", "")))
                else record
                for id_, record in people.shown.records.items()
            },
        )
        keeping = self._keeping(kept) if kept else None
        return pages(shown, self.ids, self._names, people.nearby, films, keeping)

    def _keeping(self, kept: Callable[[str], PageStore]) -> PageCache:
        """Where the pages of an earlier edition are that had to let go the same of the same."""
        people = self.people
        moved = {id_: published for id_, published in self.ids.items() if id_ != published}
        names = sorted(people.hidden.items()), sorted(people.persons), people.nearby
        mark = self._pseudonyms.mark((names, moved, sorted(self._films.keys)))
        codes = frozenset(code.partition("/")[2] for code in people.roles)
        return PageCache(kept(mark), changed(self._corpus, people.shown), codes)

    def _published(self) -> dict[str, str]:
        """Every id of today and of before -> the id in the edition; nobody masked has one here.

        In ``recherche`` an id is exact, but for those that hold a name that has to go.
        """
        published = {}
        taken: dict[str, str] = {}
        shown, code_of, within = self.people.shown, self._pseudonyms.record, self._names.within
        first = first_ids(shown)
        for id_, current in current_ids(shown).items():
            opaque = self.public or within(id_.partition("/")[2]) or within(current)
            published[id_] = code_of(current, first.get(current, "")) if opaque else current
            if taken.setdefault(published[id_], current) != current:
                raise RuntimeError(f"two records have the id {published[id_]}")
        return published

    def renamed(self) -> dict[str, str]:
        """What an earlier edition may have called a record -> what this one calls it, where its
        file was renamed since. Of one that hides a name nothing is said: one of both would be the
        name."""
        ids, code_of = self.ids, self._pseudonyms.record
        renamed: dict[str, str] = {}
        for current, former in former_ids(self.people.shown).items():
            for old in former:
                if self.public:
                    renamed |= {code_of(id_, old): ids[current] for id_ in (old, current)}
                elif (ids[old], ids[current]) == (current, current):
                    renamed[old] = current
        return {old: new for old, new in renamed.items() if old != new}

    def _hidden_films(self) -> Films:
        """Films of récits where somebody's voice is not shown: they would be seen and heard
        there."""
        addresses = set()
        for record in self._corpus.records.values():
            address = record.data.get("video")
            shown = self.people.shown.records[record.id].data if address else {}
            if any("texte" not in voice for voice in shown.get("voix", ())):
                addresses.add(str(address))
        return Films.at(addresses)


def _counts(by_motive: Mapping[str, int]) -> dict[str, int]:
    return {motive: count for motive, count in sorted(by_motive.items()) if count}


def _consent_days(snapshot: Snapshot) -> tuple[date, ...]:
    day = snapshot.consents or snapshot.date
    return (date.fromisoformat(day),) if day else EVERY_DAY


def _place_of(tie: Link) -> tuple[str, str, str]:
    # a path mixes strings and integers, which do not compare
    return tie.source, str(tie.path), tie.target


def _unread_voices(records: Iterable[Record]) -> int:
    """Voices left out because nobody reviewed their récit; counted under that reason."""
    voices = (voice for record in records for voice in record.data.get("voix", ()))
    return sum(voice.get("texte") is WITHHELD for voice in voices)


def _origins(
    origins: Mapping[str, Origin], ids: Mapping[str, str], records: Mapping[str, Record]
) -> dict[str, Origin]:
    """Where each record comes from; a path that holds a name stays with the town."""
    by_id = {}
    for id_, origin in sorted(origins.items()):
        published = ids.get(id_, "")
        if published in records:
            path = origin.path if published == id_ else ""
            by_id[published] = replace(origin, path=path)
    return by_id


def _placed(strangers: list[Stranger], source: Source) -> list[Finding]:
    by_path: dict[str, list[Fault]] = {}
    for stranger in strangers:
        fault = Fault(
            stranger.path,
            "nom-non-declare",
            f"« {stranger.name} » a l’air du nom d’une personne, et aucune fiche ne la déclare.",
            "Créez sa fiche dans narratives/acteur/ : sans accord, un code la remplacera ; "
            "« public: oui » si c’est une charge publique. Ou retirez ce nom.",
        )
        by_path.setdefault(source.corpus.records[stranger.record].path, []).append(fault)
    return sorted(set(in_their_files(by_path, source.tree)))
