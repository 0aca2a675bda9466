"""``check``, incremental: only files that changed since the last run are checked again.

Kept in the cache folder are the findings of each file of a corpus without errors, for one version
of the tool, one set of additions and, where a consent has an end, one day. As long as no file was
added or removed and no interface (``interface.py``) changed, unchanged files are only read and
hashed. Nothing is kept of a file whose interface or findings mention somebody who withdrew: it is
checked at each run. A few kept entries are recomputed at each run; if one differs, the whole cache
is thrown away and everything is checked.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from loosbot.corpus import additions
from loosbot.corpus.check import checkedfile, crossfile, filecache, joined, load
from loosbot.corpus.check.checkedfile import CheckedFile, key_of
from loosbot.corpus.check.filecache import FileCache
from loosbot.corpus.check.interface import Interface, corpus_of, interface_of, persons_of, stand_in
from loosbot.corpus.check.load import FullReading
from loosbot.corpus.entries import sorted_out
from loosbot.corpus.links import current_ids
from loosbot.corpus.model import Entry, Finding, NamedVersion, Reading, Record, Tree
from loosbot.corpus.paths import VERSIONS, Place
from loosbot.corpus.privacy import agreed
from loosbot.corpus.privacy.mentions import MentionTest
from loosbot.corpus.privacy.persons import consents
from loosbot.corpus.privacy.strangers import strangers
from loosbot.corpus.yaml.reader import in_their_files
from loosbot.frozen import dataclass

_SAMPLE: Final = 4
"""How many kept entries are recomputed at each run."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The findings on a corpus that need no git. ``reading.corpus`` is None where they came from
    the cache; ``read`` counts the files that were parsed and checked."""

    reading: Reading
    versions: Sequence[NamedVersion]
    read: int


def check(tree: Tree, day: date, ages: Mapping[str, int] | None = None) -> CheckResult:
    """Every finding of the corpus as it is on that day. ``ages`` as for ``load.with_files``."""
    where = filecache.place_of(tree)
    kept = _Store(*where) if where else None
    known = kept.known(tree, day) if kept and ages is None else None
    if known is not None:
        return known
    whole = load.with_files(tree, ages=ages)
    reading = whole.reading
    if reading.corpus is None:
        return CheckResult(reading, (), reading.judged)
    of_consents = agreed.findings(reading.corpus, tree, day)
    findings = tuple(sorted((*reading.findings, *of_consents)))
    if kept:
        kept.keep(tree, whole, findings, day)
    result = Reading(reading.corpus, findings, reading.files, reading.records)
    return CheckResult(result, reading.corpus.versions, reading.judged)


@dataclass(slots=True)
class _Entry:
    """What is kept of one file. ``where`` is the hash of its path, ``findings`` are rows as
    :func:`_cells` writes them."""

    where: str
    interface: Interface
    findings: list[list[Any]]


@dataclass(slots=True)
class _Cache:
    """The whole cache. ``mark`` is that of the withdrawals (:class:`MentionTest`), ``day`` ISO 8601
    or "" where no consent ends, ``joined`` the state of joined files; ``files`` are by the hash of
    path and bytes, None for one of which nothing may be kept."""

    mark: str
    day: str
    joined: str
    files: dict[str, _Entry | None]


@dataclass(slots=True)
class _Run:
    """The files of this run: ``known`` have an entry, ``judged`` must be checked."""

    tree: Tree
    known: list[tuple[Place, bytes, _Entry]] = field(default_factory=list)
    judged: list[CheckedFile] = field(default_factory=list)
    replaced: dict[str, str] = field(default_factory=dict)
    """Key of each changed file -> its key in the cache."""


class _Store:
    def __init__(self, folder: Path, scope: str) -> None:
        self._folder = folder
        self._file = folder / filecache.ANSWERS
        self._scope = scope

    def known(self, tree: Tree, day: date) -> CheckResult | None:
        """The result from the cache; None where everything must be checked."""
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
        for place, _, entry in run.known:
            findings += _shown(place, entry.findings)
        for found in fresh.values():
            findings += found
        records = sum(place.kind == "record" for place in places)
        reading = Reading(None, tuple(sorted(findings)), len(places), records)
        return CheckResult(reading, _versions(run), len(run.judged))

    def _exchange(self, run: _Run, kept: _Cache, fresh: Mapping[str, list[Finding]]) -> bool:
        """Keep the new entries; False where the withdrawals changed, and the cache is no use."""
        records = {
            checked.id: Record(checked.id, checked.name, checked.place.path, checked.data)
            for checked in run.judged
            if checked.place.kind == "record"
        }
        test = MentionTest(corpus_of(records))
        if test.mark != kept.mark:
            return False
        if not run.replaced:
            return True
        new: dict[str, CheckedFile | None] = {}
        for checked in run.judged:
            key = checked.key
            if key in run.replaced:
                mentions = test.in_file(checked.source.decode("utf-8", "replace"), checked.data)
                entry = _entry(checked, fresh[checked.place.path], test, mentions=mentions)
                kept.files[key] = entry
                new[key] = None if mentions else checked
        for old in run.replaced.values():
            del kept.files[old]
        store = FileCache(self._folder, self._scope)
        store.exchange(run.replaced.values(), new, kept.mark)
        self._write(kept)
        return True

    def keep(self, tree: Tree, whole: FullReading, findings: Sequence[Finding], day: date) -> None:
        """Keep the findings of a corpus that was checked as a whole."""
        if whole.kept is None or whole.reading.corpus is None:
            return
        by_path: dict[str, list[Finding]] = {}
        for finding in findings:
            by_path.setdefault(finding.path, []).append(finding)
        test = whole.kept.test
        files = {}
        for checked in whole.read:
            key = checked.key
            own = by_path.get(checked.place.path, [])
            files[key] = _entry(checked, own, test, mentions=whole.kept.mentions[key])
        dated = any(
            "jusquau" in consent
            for record in whole.reading.corpus.records.values()
            for _, consent in consents(record.data)
        )
        typed = (path for entry in files.values() if entry for path in entry.interface[3])
        others = [path for checked in whole.read for path in interface_of(checked)[3]]
        state = joined.state_of(tree, tree.entries(), {*typed, *others})
        named = {finding.path for finding in findings if finding.code == agreed.NAMED_FILE}
        if any(checked.place.path in named and not files[checked.key] for checked in whole.read):
            # without an entry of this file, the next run could not repeat the fault of its name
            return
        self._write(_Cache(test.mark, day.isoformat() if dated else "", state, files))

    def _read(self) -> _Cache | None:
        try:
            raw = filecache.read_cache(self._file)
            if raw["scope"] != self._scope:
                return None
            files = {key: entry and _as_kept(entry) for key, entry in raw["files"].items()}
            return _Cache(str(raw["mark"]), str(raw["day"]), str(raw["joined"]), files)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def _write(self, kept: _Cache) -> None:
        files = {
            key: entry and [entry.where, entry.interface, entry.findings]
            for key, entry in kept.files.items()
        }
        state = {"mark": kept.mark, "day": kept.day, "joined": kept.joined}
        filecache.write_cache(self._file, {"scope": self._scope, **state, "files": files})


class _Context:
    """What a file is checked against: the interfaces of all files."""

    def __init__(self, run: _Run, day: date) -> None:
        self._tree = run.tree
        self._day = day
        every = [*(stand_in(place, entry.interface) for place, _, entry in run.known), *run.judged]
        self._linker = crossfile.linker(every, crossfile.ids(every))
        self._persons = persons_of(every)
        self._ids = current_ids(self._persons)
        self._strangers = strangers(self._persons, self._persons.records.values())

    def holds(self, place: Place, source: bytes, entry: _Entry) -> bool:
        """Whether checking the file again gives its entry."""
        checked = checkedfile.read(place, source)
        wanted = [cells for cells in entry.findings if cells[3] != agreed.NAMED_FILE]
        now = [_cells(finding) for finding in self._findings(checked)]
        return repr(interface_of(checked)) == repr(entry.interface) and now == wanted

    def judge(self, run: _Run, kept: _Cache) -> dict[str, list[Finding]] | None:
        """Findings of the files to check, by path; None where one has an error."""
        by_path = {}
        for checked in run.judged:
            if checked.place.kind == "config" and additions.current() is not additions.NONE:
                return None  # its words may mention somebody whose voice is in any file
            findings = self._findings(checked)
            if any(finding.severity == "error" for finding in findings):
                return None
            if before := kept.files.get(run.replaced.get(checked.key, "")):
                # the fault of its name depends on interfaces alone, and those did not change
                findings += _shown(
                    checked.place,
                    [cells for cells in before.findings if cells[3] == agreed.NAMED_FILE],
                )
            by_path[checked.place.path] = sorted(findings)
        return by_path

    def _findings(self, checked: CheckedFile) -> list[Finding]:
        checked.faults += crossfile.links_of(checked, self._linker)[1]
        findings = list(checked.all_findings())
        if checked.place.kind == "record" and isinstance(checked.data, dict) and checked.name:
            record = Record(checked.id, checked.name, checked.place.path, checked.data)
            faults = list(
                agreed.faults_of(record, self._persons, self._ids, self._strangers, self._day)
            )
            if faults:
                findings += in_their_files({checked.place.path: faults}, self._tree)
        return sorted(findings)


def _sorted(tree: Tree, places: list[Place], kept: _Cache) -> _Run | None:
    """The files of this run; None where there is one more or one less, or an interface changed."""
    run = _Run(tree)
    left = dict(kept.files)
    for place, source in load.files(tree, places):
        key = key_of(place, source)
        if entry := left.pop(key, None):
            run.known.append((place, source, entry))
        else:
            run.judged.append(checkedfile.read(place, source))
            if key not in kept.files:
                run.replaced[key] = ""
    if len(left) != len(run.replaced):
        return None
    before = {entry.where: (key, entry) for key, entry in left.items() if entry}
    for checked in run.judged:
        key = checked.key
        if key in run.replaced:
            old, entry = before.get(_where(checked.place), ("", None))
            if entry is None or repr(interface_of(checked)) != repr(entry.interface):
                return None
            run.replaced[key] = old
    return run


def _joined(tree: Tree, entries: list[Entry], run: _Run) -> str:
    typed = {path for _, _, entry in run.known for path in entry.interface[3]}
    typed.update(path for checked in run.judged for path in interface_of(checked)[3])
    return joined.state_of(tree, entries, typed)


def _versions(run: _Run) -> tuple[NamedVersion, ...]:
    declared = [entry.interface[2] for place, _, entry in run.known if place.path == VERSIONS]
    declared += [checked.data for checked in run.judged if checked.place.path == VERSIONS]
    return load.versions_of(declared[0]) if declared else ()


def _entry(
    checked: CheckedFile, findings: list[Finding], test: MentionTest, *, mentions: bool
) -> _Entry | None:
    """The entry of a file; None where its text mentions somebody who withdrew."""
    interface, cells = interface_of(checked), [_cells(finding) for finding in findings]
    # where the file mentions none of them, neither does its interface; its findings may, since they
    # name other records
    kept = [interface, cells] if mentions else cells
    if kept and test.in_file(json.dumps(kept, ensure_ascii=False), interface[2]):
        return None
    return _Entry(_where(checked.place), interface, cells)


def _where(place: Place) -> str:
    return hashlib.sha256(place.path.encode("utf-8", "replace")).hexdigest()[:32]


def _cells(finding: Finding) -> list[Any]:
    return list(astuple(finding)[1:])


def _shown(place: Place, findings: Iterable[list[Any]]) -> list[Finding]:
    return [Finding(place.path, *cells) for cells in findings]


def _as_kept(raw: Any) -> _Entry:
    """An entry as it was written. Raises ValueError for any other JSON."""
    match raw:
        case [str(where), [str(), str(), data, list()] as interface, list(findings)] if (
            data is None or isinstance(data, dict)
        ):
            if all(map(_is_finding, findings)):
                return _Entry(where, interface, findings)
    raise ValueError("not what is kept of a file")


def _is_finding(cells: Any) -> bool:
    match cells:
        case [int(), int(), "warning", str(), str(), str()]:
            return True
    return False
