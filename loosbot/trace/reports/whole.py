"""The whole report: every part looks at the corpus, the rules judge, the files give the lines."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Protocol

from loosbot.corpus.model import Corpus, KeyPath, Record
from loosbot.corpus.values import items
from loosbot.corpus.yaml.lines import lines
from loosbot.frozen import dataclass
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
    Claims,
    Figure,
    Gap,
    Minutes,
    Observation,
    ProjectStop,
    RecordTrace,
    Report,
    Stage,
    Suspect,
    Upkeep,
    Voices,
)
from loosbot.trace.rules import MINUTES_RULE, Rule, Rules
from loosbot.trace.words import STAGE_NAMES, STATES
from loosbot.trace.words import state as word

_RANK = {"error": 0, "warning": 1, "info": 2}

Broken = tuple[Rule, Observation]
_Lives = Mapping[str, tuple[tuple[Stage, ...], ProjectStop | None]]
"""The life-line of each project, and its stop, by id."""
Past = Callable[[View], Iterable[Suspect]]


class Files(Protocol):
    """The files of a corpus: a tree has them, and who has read it."""

    def read(self, paths: Iterable[str]) -> Iterable[tuple[str, bytes]]:
        """The bytes of these files, in the order asked."""


class _WholeTown:
    """A report on the whole town is about each of its records."""

    def __contains__(self, id_: object) -> bool:
        return True


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
    only: Container[str] = _WholeTown(),
) -> Report:
    """Judge a corpus, already filtered for the channel ``rapport``, on a day.

    ``files`` are those that the corpus was read from: they give the lines of the gaps, which are
    all 1 without them. Without ``today`` no delay is judged. ``past`` finds suspect texts in the
    history, by default none; ``partial``: whether that history is incomplete. Rules about persons
    are judged only where ``private``. ``only`` are the ids of the records to report on, by default
    all, and ``about`` what they are called together.
    """
    seen = view(corpus, today)
    sections = _look(seen, rules, past, only)
    observed = _observations(seen, sections, rules, private=private)
    types = {record.id: record.type for record in corpus.records.values()}
    judged = (observation for observation in observed if observation.record in only)
    broken = list(rules.broken(judged, types, today))
    who = {
        id_: _referents(corpus.records[id_], seen)
        for id_ in {*sections.lives, *(observation.record for _, observation in broken)}
    }
    return Report(
        corpus=corpus.config.corpus,
        town=corpus.config.commune or corpus.config.corpus,
        about=about,
        date=today.isoformat() if today else "",
        commit=commit,
        records=_traced(corpus, sections.lives, who, _gaps(broken, seen, files, who)),
        figures=(
            *_coverage(sections.lives, types, rules),
            *minutes.figures(sections.minutes, rules.delays[MINUTES_RULE]),
            *promises.figures(sections.ledger),
            *claims.figures(sections.claims),
            *voices.figures(sections.voices),
        ),
        minutes=sections.minutes,
        promises=tuple(promise for promise, _ in sections.ledger),
        voices=sections.voices,
        claims=sections.claims,
        upkeep=sections.upkeep,
        announced=tuple(one for one in announced.announced(seen) if one.record in only),
        suspects=sections.suspects,
        partial=partial,
        titles={record.id: record.title for record in corpus.records.values()},
    )


@dataclass(frozen=True, slots=True)
class _Sections:
    """What each part of the report found, limited to the records that it is about.

    ``ledger`` pairs each promise with its observation; ``unsourced`` are observations on claims.
    """

    lives: _Lives
    minutes: tuple[Minutes, ...]
    ledger: list[promises.Entry]
    voices: Voices
    claims: tuple[Claims, ...]
    unsourced: list[Observation]
    upkeep: tuple[Upkeep, ...]
    suspects: tuple[Suspect, ...]


def _look(seen: View, rules: Rules, past: Past, only: Container[str]) -> _Sections:
    backed, unsourced = claims.claims(seen)
    return _Sections(
        lives={
            project.id: (stages.life_line(project, seen), stages.stop(project))
            for project in seen.projects()
            if project.id in only
        },
        minutes=tuple(meeting for meeting in minutes.minutes(seen, rules) if meeting.id in only),
        ledger=[entry for entry in promises.ledger(seen) if entry[0].record in only],
        voices=voices.among(voices.voices(seen), only),
        claims=tuple(record for record in backed if record.id in only),
        unsourced=unsourced,
        upkeep=tuple(place for place in upkeep.upkeep(seen) if place.id in only),
        suspects=tuple(suspect for suspect in past(seen) if suspect.record in only),
    )


def _observations(
    seen: View, sections: _Sections, rules: Rules, *, private: bool
) -> Iterator[Observation]:
    """Every observation, in the order in which the rules judge them."""
    for id_, (line, end) in sections.lives.items():
        yield from stages.observe(seen.corpus.records[id_], line, end, seen.today)
    yield from minutes.observe(seen, sections.minutes)
    yield from (observation for _, observation in sections.ledger)
    yield from sections.unsourced
    yield from voices.observe(sections.voices)
    yield from upkeep.observe(seen, sections.upkeep)
    if private:
        yield from privacy.observe(seen)
    yield from suspects.observe(seen, sections.suspects)
    yield from townrules.observe(seen, rules)


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


def _coverage(lives: _Lives, types: Mapping[str, str], rules: Rules) -> Iterable[Figure]:
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
            expected = rules.asks(types[id_], key, stopped=end is not None)
            if state != "not-applicable" and (state != "missing" or expected):
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
    """The line of each path that a rule found fault with; 1 without a file to look in."""
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
