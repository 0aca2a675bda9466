"""The whole report: every part looks at the corpus, the rules judge, the files give the lines."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from datetime import date
from typing import Any, Protocol, TypeVar

from loosbot.corpus.model import Corpus, KeyPath, Record
from loosbot.corpus.values import items
from loosbot.corpus.yaml.lines import lines
from loosbot.trace.facts import View, follows, view
from loosbot.trace.figures import count
from loosbot.trace.observed import (
    announced,
    claims,
    minutes,
    privacy,
    promises,
    stages,
    suspects,
    townrules,
    upkeep,
    voices,
)
from loosbot.trace.reported import (
    Figure,
    Gap,
    Observation,
    RecordTrace,
    Report,
    Stage,
    Stop,
    Suspect,
)
from loosbot.trace.rules import MINUTES_RULE, Rule, Rules
from loosbot.trace.words import STAGE_NAMES, STATES
from loosbot.trace.words import state as word

_RANK = {"error": 0, "warning": 1, "info": 2}

Broken = tuple[Rule, Observation]
_Lives = Mapping[str, tuple[tuple[Stage, ...], Stop | None]]
"""The life-line of each project, and its stop, by id."""
Past = Callable[[View], Iterable[Suspect]]


class Files(Protocol):
    """The files of a corpus: a tree has them, and who has read it."""

    def read(self, paths: Iterable[str]) -> Iterable[tuple[str, bytes]]:
        """The bytes of these files, in the order asked."""


class _Everything:
    """A report on the whole town is about each of its records."""

    def __contains__(self, id_: object) -> bool:
        return True


class _OfRecord(Protocol):
    """An observation on one record."""

    @property
    def record(self) -> str: ...


class _Itself(Protocol):
    """A section entry, identified by a record's id."""

    @property
    def id(self) -> str: ...


Seen = TypeVar("Seen", bound=_OfRecord)
Told = TypeVar("Told", bound=_Itself)


def build(
    corpus: Corpus,
    files: Files | None,
    rules: Rules,
    today: date | None,
    commit: str = "",
    past: Past = lambda seen: (),
    *,
    private: bool = True,
    partial: bool = False,
    about: str = "",
    only: Container[str] = _Everything(),
) -> Report:
    """Judge a corpus, already filtered for the channel ``rapport``, on a day.

    ``files`` are those that the corpus was read from: they give the lines of the gaps, which are
    all the first without them. ``today`` None leaves out every delay. ``past`` finds in the
    history what is suspect; by default there is none; ``partial`` says that it is not whole. What
    is about persons is judged only for those who asked (``private``). ``only`` are the ids of the
    records that it is about, all of them by default, and ``about`` what they are called together.
    """
    seen = view(corpus, today)
    lives = {
        project.id: (stages.life_line(project, seen), stages.stop(project))
        for project in seen.projects()
        if project.id in only
    }
    observed: list[Observation] = []
    for id_, (line, end) in lives.items():
        observed += stages.observe(corpus.records[id_], line, end, today)
    delay = rules.delays[MINUTES_RULE]
    met = _told(minutes.minutes(seen, delay, rules.since.get(MINUTES_RULE, "")), only)
    ledger = [entry for entry in promises.ledger(seen) if entry[0].record in only]
    heard = voices.among(voices.voices(seen), only)
    backed, unbacked = claims.claims(seen)
    backed = _told(backed, only)
    looked_after = _told(upkeep.upkeep(seen), only)
    doubtful = _seen(past(seen), only)
    observed += [
        *minutes.observe(seen, met),
        *(observation for _, observation in ledger),
        *unbacked,
        *voices.observe(heard),
        *upkeep.observe(seen, looked_after),
        *(privacy.observe(seen) if private else ()),
        *suspects.observe(seen, doubtful),
        *townrules.observe(seen, rules),
    ]
    types = {record.id: record.type for record in corpus.records.values()}
    broken = list(rules.broken(_seen(observed, only), types, today))
    who = {
        id_: _referents(corpus.records[id_], seen)
        for id_ in {*lives, *(observation.record for _, observation in broken)}
    }
    return Report(
        corpus=corpus.config.corpus,
        town=corpus.config.commune or corpus.config.corpus,
        about=about,
        date=today.isoformat() if today else "",
        commit=commit,
        records=_traced(corpus, lives, who, _gaps(broken, seen, files, who)),
        figures=(
            *_coverage(lives, types, rules),
            *minutes.figures(met, delay),
            *promises.figures(ledger),
            *claims.figures(backed),
            *voices.figures(heard),
        ),
        minutes=met,
        promises=tuple(promise for promise, _ in ledger),
        voices=heard,
        claims=backed,
        upkeep=looked_after,
        announced=_seen(announced.announced(seen), only),
        suspects=doubtful,
        partial=partial,
        titles={record.id: record.title for record in corpus.records.values()},
    )


def _seen(listed: Iterable[Seen], only: Container[str]) -> tuple[Seen, ...]:
    return tuple(item for item in listed if item.record in only)


def _told(listed: Iterable[Told], only: Container[str]) -> tuple[Told, ...]:
    return tuple(item for item in listed if item.id in only)


def _traced(
    corpus: Corpus, lives: _Lives, who: Mapping[str, str], gaps: Mapping[str, tuple[Gap, ...]]
) -> tuple[RecordTrace, ...]:
    """The records that have a life-line or a gap, in the order of the corpus."""
    return tuple(
        RecordTrace(record.id, record.title, who[record.id], line, end, gaps.get(record.id, ()))
        for record in corpus.records.values()
        for line, end in [lives.get(record.id, ((), None))]
        if line or record.id in gaps
    )


def _coverage(
    lives: _Lives,
    types: Mapping[str, str],
    rules: Rules,
) -> Iterable[Figure]:
    """For each stage, the share of projects where it is attested.

    Of a stage of which nothing is said, only those count that a rule asks to say something.
    """
    rule = (
        "Projets et fifty-fifty où une source ou un document montre l’étape, parmi ceux à qui on "
        "la demande ou qui en disent quelque chose ; ceux pour qui elle est sans objet ne sont "
        "pas comptés."
    )
    for rank, key in enumerate(stages.STAGES):
        standing = []
        for id_, (line, end) in lives.items():
            state = line[rank].state
            asked = rules.asks(types[id_], key, stopped=end is not None)
            if state != "not-applicable" and (state != "missing" or asked):
                standing.append((id_, word(line[rank])))
        label = f"Étape attestée : {STAGE_NAMES[key]}"
        yield count(f"etapes/{key}", label, rule, standing, STATES["attested"])


def _gaps(
    broken: list[Broken], seen: View, files: Files | None, who: Mapping[str, str]
) -> dict[str, tuple[Gap, ...]]:
    """The gaps of each record, the gravest first, then in the order of its file. ``who`` follows
    each."""
    records = seen.corpus.records
    by_record: dict[str, list[Broken]] = {}
    for rule, observation in broken:
        by_record.setdefault(observation.record, []).append((rule, observation))
    ids = {records[id_].path: id_ for id_ in by_record}
    listed = {}
    wanted = sorted(ids)
    for path, data in files.read(wanted) if files else ((path, None) for path in wanted):
        record = records[ids[path]]
        broke = by_record[record.id]
        line = _lines(data, record, broke)
        place = seen.corpus.place_of(record.id, record.path)
        gaps = [
            _gap(rule, observation, place, line[observation.path], who[record.id])
            for rule, observation in broke
        ]
        listed[record.id] = tuple(
            sorted(gaps, key=lambda gap: (_RANK[gap.severity], gap.line, gap.code, gap.message))
        )
    return listed


def _lines(data: bytes | None, record: Record, broken: list[Broken]) -> Mapping[KeyPath, int]:
    """The line of each place that is told of; the first where there is no file to look in."""
    if data is None:
        return {observation.path: 1 for _, observation in broken}
    places = {
        observation.path: _present(record.data, observation.path) for _, observation in broken
    }
    line = lines(data, places.values(), record.data)
    return {path: line[place] for path, place in places.items()}


def _present(value: Any, path: KeyPath) -> KeyPath:
    """As much of a path as the record has: a stage that is not written has no line."""
    for length, key in enumerate(path):
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return path[:length]
    return path


def _gap(rule: Rule, observation: Observation, place: str, line: int, referents: str) -> Gap:
    values = observation.values
    return Gap(
        code=rule.code,
        severity=rule.severity,
        message=_filled(rule.message, values),
        todo=_filled(rule.todo, values),
        who=_filled(rule.who, values, referents or "le service référent"),
        since=observation.when,
        section=rule.section,
        path=place,
        line=line,
    )


def _filled(text: str, values: Mapping[str, str], referents: str = "{referent}") -> str:
    if "{" not in text:
        return text
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text.replace("{referent}", referents)


def _referents(record: Record, seen: View) -> str:
    """Who follows the project now."""
    names = [
        seen.name(referent.get("qui"))
        for _, referent in items(record.data.get("referents"))
        if follows(referent, seen.record(referent.get("qui")), seen.today)
    ]
    return ", ".join(filter(None, names))
