"""What ``check`` said of each file: while no file changes what others ask of it, it stays said.

With nothing changed, the files are only read and hashed; where some changed, and not their gist
(``gist.py``), they alone are judged again, and those of which nothing may be kept, since their gist
or their findings tell of somebody who withdrew. Kept are the findings of a corpus without any
error, in the cache folder, for this very tool, these additions and, where a consent ends, this day.
A few answers are found again at each run; where one differs everything is judged as if nothing
were kept.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import Any, Final

from loosbot.corpus.check import drafts, joined, load, memory, together
from loosbot.corpus.check.drafts import Draft, key_of
from loosbot.corpus.check.gist import Gist, corpus_of, gist_of, persons_of, stand_in
from loosbot.corpus.check.load import Whole
from loosbot.corpus.check.memory import Memory
from loosbot.corpus.entries import sorted_out
from loosbot.corpus.links import current_ids
from loosbot.corpus.model import Entry, Finding, NamedVersion, Reading, Record, Tree
from loosbot.corpus.paths import VERSIONS, Place
from loosbot.corpus.privacy import agreed
from loosbot.corpus.privacy.persons import consents
from loosbot.corpus.privacy.strangers import strangers
from loosbot.corpus.privacy.telling import Telling
from loosbot.corpus.yaml.reader import in_their_files
from loosbot.frozen import dataclass
from loosbot.guarded import json_value

_SAMPLE: Final = 4
"""Answers that are found again at each run."""


@dataclass(frozen=True, slots=True)
class Answer:
    """All that can be said of a corpus without git. ``reading`` has no corpus where it was known
    already; ``read`` are the files that were read in earnest."""

    reading: Reading
    versions: Sequence[NamedVersion]
    read: int


def check(tree: Tree, day: date, ages: Mapping[str, int] | None = None) -> Answer:
    """Every finding of the corpus as it is on that day. ``ages`` as for ``load.with_files``."""
    where = memory.place_of(tree)
    kept = _Store(*where) if where else None
    known = kept.known(tree, day) if kept and ages is None else None
    if known is not None:
        return known
    whole = load.with_files(tree, ages=ages)
    reading = whole.reading
    if reading.corpus is None:
        return Answer(reading, (), reading.judged)
    of_consents = agreed.findings(reading.corpus, tree, day)
    findings = tuple(sorted((*reading.findings, *of_consents)))
    if kept:
        kept.keep(tree, whole, findings, day)
    answer = Reading(reading.corpus, findings, reading.files, reading.records)
    return Answer(answer, reading.corpus.versions, reading.judged)


@dataclass(slots=True)
class _Answer:
    """What is kept of one file; ``where`` is the hash of its path."""

    where: str
    gist: Gist
    findings: list[list[Any]]


@dataclass(slots=True)
class _Kept:
    """The whole of it. None stands for a file of which nothing may be kept."""

    mark: str
    day: str
    joined: str
    files: dict[str, _Answer | None]


@dataclass(slots=True)
class _Run:
    """The files of this run: those that are known, and those that must be judged."""

    tree: Tree
    places: list[Place]
    known: list[tuple[Place, bytes, _Answer]] = field(default_factory=list)
    judged: list[Draft] = field(default_factory=list)
    replaced: dict[str, str] = field(default_factory=dict)
    """Keys of files that changed, to the keys that they had."""


class _Store:
    def __init__(self, folder: Path, scope: str) -> None:
        self._folder = folder
        self._file = folder / "dit.json"
        self._scope = scope

    def known(self, tree: Tree, day: date) -> Answer | None:
        """The answer, where what is kept is enough for it."""
        kept = self._read()
        if kept is None or kept.day not in ("", day.isoformat()):
            return None
        entries = tree.entries()
        places, refused, findings = sorted_out(entries)
        if refused or any(finding.severity == "error" for finding in findings):
            return None
        load.take_up(tree, places)
        run = _sorted(tree, places, kept)
        if run is None or kept.joined != _joined(tree, entries, run):
            return None
        context = _Context(run, day)
        sample = random.sample(run.known, min(_SAMPLE, len(run.known)))
        if not all(context.holds(*file) for file in sample):
            self._file.unlink(missing_ok=True)
            return None
        fresh = context.judge(run, kept)
        if fresh is None or not self._exchange(run, kept, fresh):
            return None
        for place, _, answer in run.known:
            findings += _shown(place, answer.findings)
        for of_one in fresh.values():
            findings += of_one
        records = sum(place.kind == "record" for place in places)
        reading = Reading(None, tuple(sorted(findings)), len(places), records)
        return Answer(reading, _versions(run), len(run.judged))

    def _exchange(self, run: _Run, kept: _Kept, fresh: Mapping[str, list[Finding]]) -> bool:
        """Keep what changed; whether it may be said that those who withdrew are the same."""
        records = {
            draft.id: Record(draft.id, draft.name, draft.place.path, draft.data)
            for draft in run.judged
            if draft.place.kind == "record"
        }
        telling = Telling(corpus_of(records))
        if telling.mark != kept.mark:
            return False
        if not run.replaced:
            return True
        new: dict[str, Draft | None] = {}
        for draft in run.judged:
            key = draft.key
            if key in run.replaced:
                tells = telling.of(draft.source.decode("utf-8", "replace"), draft.data)
                answer = _answer(draft, fresh[draft.place.path], telling, tells=tells)
                kept.files[key] = answer
                new[key] = None if tells else draft
        for old in run.replaced.values():
            del kept.files[old]
        store = Memory(self._folder, self._scope)
        store.exchange(run.replaced.values(), new, kept.mark)
        self._write(kept)
        return True

    def keep(self, tree: Tree, whole: Whole, findings: Sequence[Finding], day: date) -> None:
        """Keep what was said of a whole corpus."""
        if whole.kept is None or whole.reading.corpus is None:
            return
        by_path: dict[str, list[Finding]] = {}
        for finding in findings:
            by_path.setdefault(finding.path, []).append(finding)
        telling = whole.kept.telling
        files = {}
        for draft in whole.read:
            key = draft.key
            own = by_path.get(draft.place.path, [])
            files[key] = _answer(draft, own, telling, tells=whole.kept.tells[key])
        dated = any(
            "jusquau" in consent
            for record in whole.reading.corpus.records.values()
            for _, consent in consents(record.data)
        )
        typed = (path for answer in files.values() if answer for path in answer.gist[3])
        others = [path for draft in whole.read for path in gist_of(draft)[3]]
        state = joined.state_of(tree, tree.entries(), {*typed, *others})
        named = {finding.path for finding in findings if finding.code == agreed.NAMED_FILE}
        if any(draft.place.path in named and not files[draft.key] for draft in whole.read):
            # nothing is kept of this file, and the next run could not tell the fault of its name
            return
        self._write(_Kept(telling.mark, day.isoformat() if dated else "", state, files))

    def _read(self) -> _Kept | None:
        try:
            raw = json_value(self._file.read_bytes())
            if raw["scope"] != self._scope:
                return None
            files = {key: answer and _as_kept(answer) for key, answer in raw["files"].items()}
            return _Kept(str(raw["mark"]), str(raw["day"]), str(raw["joined"]), files)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def _write(self, kept: _Kept) -> None:
        files = {
            key: answer and [answer.where, answer.gist, answer.findings]
            for key, answer in kept.files.items()
        }
        state = {"mark": kept.mark, "day": kept.day, "joined": kept.joined}
        memory.write_kept(self._file, {"scope": self._scope, **state, "files": files})


class _Context:
    """What one file is judged by: the gists of all."""

    def __init__(self, run: _Run, day: date) -> None:
        self._tree = run.tree
        self._day = day
        every = [*(stand_in(place, answer.gist) for place, _, answer in run.known), *run.judged]
        self._linker = together.linker_of(every)
        self._persons = persons_of(every)
        self._ids = current_ids(self._persons)
        self._strangers = strangers(self._persons, self._persons.records.values())

    def holds(self, place: Place, source: bytes, answer: _Answer) -> bool:
        """Whether the same would be said of a file today."""
        draft = drafts.read(place, source)
        wanted = [cells for cells in answer.findings if cells[3] != agreed.NAMED_FILE]
        now = [_cells(finding) for finding in self._findings(draft)]
        return repr(gist_of(draft)) == repr(answer.gist) and now == wanted

    def judge(self, run: _Run, kept: _Kept) -> dict[str, list[Finding]] | None:
        """What is to be said of the files that are judged, by path; None where one has an error."""
        by_path = {}
        for draft in run.judged:
            findings = self._findings(draft)
            if any(finding.severity == "error" for finding in findings):
                return None
            before = kept.files.get(run.replaced.get(draft.key, ""))
            if before:
                # the fault of its name depends on the gists, which are as before: it stands
                findings += _shown(
                    draft.place,
                    [cells for cells in before.findings if cells[3] == agreed.NAMED_FILE],
                )
            by_path[draft.place.path] = sorted(findings)
        return by_path

    def _findings(self, draft: Draft) -> list[Finding]:
        draft.faults += together.links_of(draft, self._linker)[1]
        findings = list(draft.all_findings())
        if draft.place.kind == "record" and isinstance(draft.data, dict) and draft.name:
            record = Record(draft.id, draft.name, draft.place.path, draft.data)
            faults = list(
                agreed.faults_of(record, self._persons, self._ids, self._strangers, self._day)
            )
            if faults:
                findings += in_their_files({draft.place.path: faults}, self._tree)
        return sorted(findings)


def _sorted(tree: Tree, places: list[Place], kept: _Kept) -> _Run | None:
    """The files of this run; None where there is one more or one less, or a gist changed."""
    run = _Run(tree, places)
    left = dict(kept.files)
    for place, source in load.files(tree, places):
        key = key_of(place, source)
        answer = left.pop(key, None)
        if answer:
            run.known.append((place, source, answer))
        else:
            run.judged.append(drafts.read(place, source))
            if key not in kept.files:
                run.replaced[key] = ""
    if len(left) != len(run.replaced):
        return None
    before = {answer.where: (key, answer) for key, answer in left.items() if answer}
    for draft in run.judged:
        key = draft.key
        if key in run.replaced:
            old, answer = before.get(_where(draft.place), ("", None))
            if answer is None or repr(gist_of(draft)) != repr(answer.gist):
                return None
            run.replaced[key] = old
    return run


def _joined(tree: Tree, entries: list[Entry], run: _Run) -> str:
    typed = {path for _, _, answer in run.known for path in answer.gist[3]}
    typed.update(path for draft in run.judged for path in gist_of(draft)[3])
    return joined.state_of(tree, entries, typed)


def _versions(run: _Run) -> tuple[NamedVersion, ...]:
    declared = [answer.gist[2] for place, _, answer in run.known if place.path == VERSIONS]
    declared += [draft.data for draft in run.judged if draft.place.path == VERSIONS]
    return load.versions_of(declared[0]) if declared else ()


def _answer(
    draft: Draft, findings: list[Finding], telling: Telling, *, tells: bool
) -> _Answer | None:
    """What may be kept of a file: nothing that would itself tell of somebody who withdrew."""
    gist, cells = gist_of(draft), [_cells(finding) for finding in findings]
    # a file that tells of nobody has a gist that tells of nobody: only its findings, which may
    # name other records, are looked at
    kept = [gist, cells] if tells else cells
    if kept and telling.of(json.dumps(kept, ensure_ascii=False), gist[2]):
        return None
    return _Answer(_where(draft.place), gist, cells)


def _where(place: Place) -> str:
    return hashlib.sha256(place.path.encode("utf-8", "replace")).hexdigest()[:32]


def _cells(finding: Finding) -> list[Any]:
    return [
        finding.line,
        finding.column,
        finding.severity,
        finding.code,
        finding.message,
        finding.hint,
    ]


def _shown(place: Place, findings: Iterable[list[Any]]) -> list[Finding]:
    return [Finding(place.path, *cells) for cells in findings]


def _as_kept(raw: Any) -> _Answer:
    """What a file of the store says of one file of the corpus. Raises ValueError."""
    match raw:
        case [str(where), [str(), str(), data, list()] as gist, list(findings)] if (
            data is None or isinstance(data, dict)
        ):
            if all(map(_is_finding, findings)):
                return _Answer(where, gist, findings)
    raise ValueError("not what is kept of a file")


def _is_finding(cells: Any) -> bool:
    match cells:
        case [int(), int(), "warning", str(), str(), str()]:
            return True
    return False
