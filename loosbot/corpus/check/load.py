"""A whole corpus from a tree: every file read once, every fault of every file in one run."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from loosbot import resources
from loosbot.corpus import additions, model
from loosbot.corpus.check import checkedfile, crossfile, filecache
from loosbot.corpus.check.additionfaults import additions_of
from loosbot.corpus.check.checkedfile import CheckedFile
from loosbot.corpus.check.cleared import ClearedRecords
from loosbot.corpus.check.crossfile import PORTAL as PORTAL
from loosbot.corpus.check.crossfile import ROW_INDEXES as ROW_INDEXES
from loosbot.corpus.check.filecache import Kept
from loosbot.corpus.check.joined import files_of
from loosbot.corpus.check.parsedtree import ParsedTree, ValidCorpus
from loosbot.corpus.entries import sorted_out
from loosbot.corpus.linkorder import backlinks, ordered
from loosbot.corpus.links import Linker
from loosbot.corpus.model import (
    Attached,
    Config,
    Corpus,
    Entry,
    Finding,
    IndexPage,
    Link,
    NamedVersion,
    Page,
    Reading,
    Record,
    Template,
    Tree,
)
from loosbot.corpus.paths import CONFIG, VERSIONS, Place, place
from loosbot.corpus.privacy.addedwords import hide_unshown
from loosbot.corpus.wording import Fault
from loosbot.errors import LoosbotError
from loosbot.frozen import dataclass
from loosbot.gcpause import collector_paused


class BrokenCorpus(LoosbotError):
    """The corpus has errors, so nothing may be made from it. ``reading`` holds the findings."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(f"{reading.errors} errors")
        self.reading = reading


def whole_corpus(tree: Tree) -> Corpus:
    """The corpus in ``tree``, unfiltered by consents. Raises BrokenCorpus."""
    reading = load_corpus(tree)
    if reading.corpus is None:
        raise BrokenCorpus(reading)
    return reading.corpus


def load_corpus(tree: Tree, *, only: Collection[str] | None = None) -> Reading:
    """Read and check everything in ``tree``. Never raises on account of what the files hold.

    ``only`` limits the findings that are given back to these paths (files, or folders and what
    is in them); the whole corpus is read all the same, since links lead anywhere.
    ``Reading.corpus`` is None as soon as one finding, shown or not, is an error.
    """
    with collector_paused():
        return with_files(tree, only).reading


def held_corpus(tree: Tree) -> tuple[Corpus, ParsedTree]:
    """The corpus in ``tree`` as :func:`whole_corpus` gives it, held in memory to check changes of
    it. Raises BrokenCorpus."""
    with collector_paused():
        whole = with_files(tree)
    corpus = whole.reading.corpus
    if corpus is None:
        raise BrokenCorpus(whole.reading)
    return corpus, ParsedTree(tree, ValidCorpus(whole.entries, whole.read, whole.linker, corpus))


@dataclass(frozen=True, slots=True)
class FullReading:
    """A reading, the files that it was made of, and what the cache may keep of them."""

    reading: Reading
    read: list[CheckedFile]
    kept: Kept | None
    entries: list[Entry]
    linker: Linker


def with_files(
    tree: Tree, only: Collection[str] | None = None, ages: Mapping[str, int] | None = None
) -> FullReading:
    """As :func:`load_corpus`, with the files that were read.

    ``ages`` says how long each file has been there, in any unit (0 where it does not say): of two
    files with one title, the newer gets the finding.
    """
    entries = tree.entries()
    places, refused, findings = sorted_out(entries)
    take_up(tree, places)
    known = filecache.of(tree)
    read = known.read(files(tree, places)) if known else _read(tree, places)
    whole = _together(tree, read, refused, findings, ages or {})
    reading = _reading(whole, only, cleared=ClearedRecords(read, filecache.place_of(tree)))
    kept = known.keep(read, reading.corpus) if known and reading.corpus else None
    reading = replace(reading, judged=known.judged if known else reading.files)
    return FullReading(reading, read, kept, entries, whole.linker)


@dataclass(frozen=True, slots=True)
class _ValidatedFiles:
    """All files with their faults; ``findings`` are those of file names and folders."""

    read: list[CheckedFile]
    findings: list[Finding]
    links: list[Link]
    joined: Mapping[str, Attached]
    linker: Linker


def judged(
    tree: Tree, paths: Collection[str], held: ParsedTree | None = None
) -> tuple[Reading, dict[str, list[Fault]]]:
    """The same reading, and the faults of these files by the place of the values, for a form.

    What is wrong with a file beside its values (it cannot be read, it has a wrong name) is a
    fault without a path. ``held`` is the version that ``tree`` changes, where it is in memory.
    """
    places, refused, findings = sorted_out(tree.entries())
    take_up(tree, places)
    read = held.checked_files(files(tree, places)) if held else _read(tree, places)
    whole = _together(tree, read, refused, findings, {}, held)
    faults: dict[str, list[Fault]] = {}
    for checked in whole.read:
        if checked.place.path in paths:
            others = [
                Fault((), finding.code, finding.message, finding.hint, severity=finding.severity)
                for finding in checked.findings
            ]
            faults[checked.place.path] = [*checked.faults, *others]
    before = held.corpus if held else None
    return _reading(whole, None, before, before.cleared if before else None), faults


def _together(
    tree: Tree,
    read: list[CheckedFile],
    refused: list[Place],
    findings: list[Finding],
    ages: Mapping[str, int],
    held: ParsedTree | None = None,
) -> _ValidatedFiles:
    """The files with the faults of ids, titles and links, which only mean something in the whole
    corpus, and of the files that they join."""
    # A file that cannot be read is one fault, not one more in every link to it
    current = {place.id: place.id for place in refused if place.id} | crossfile.ids(read)
    crossfile.spare_others(read)
    crossfile.check_titles(read, ages)
    linker = crossfile.linker(read, current)
    known = held.leading(linker) if held else None
    links: list[Link] = []
    for checked in read:
        if known is not None and (own := known(checked)) is not None:
            links += own
            continue
        found_links, faults = crossfile.links_of(checked, linker)
        links += found_links
        checked.faults += faults
    return _ValidatedFiles(read, findings, links, files_of(tree, read), linker)


def _reading(
    judged: _ValidatedFiles,
    only: Collection[str] | None,
    before: Corpus | None = None,
    cleared: model.Cleared | None = None,
) -> Reading:
    read, findings = judged.read, list(judged.findings)
    for checked in read:
        findings += checked.all_findings()
    findings.sort()
    corpus = None
    if not any(finding.severity == "error" for finding in findings):
        corpus = _corpus(read, judged.links, judged.joined, before, cleared)
        hide_unshown(corpus)
        corpus = _with_boxes(corpus)
    if only is not None:
        findings = [finding for finding in findings if within(finding.path, only)]
    records = sum(checked.place.kind == "record" for checked in read)
    return Reading(corpus, tuple(findings), len(read), records)


def within(path: str, only: Collection[str]) -> bool:
    """Whether a file is one of these, or in one of these folders."""
    return any(
        folder in ("", ".", path) or path.startswith(f"{folder.rstrip('/')}/") for folder in only
    )


def settings_of(tree: Tree) -> Config | None:
    """``loosbot.yaml`` alone, for what need not wait for the other files; None where anything is
    wrong with it."""
    for path, data in tree.read([CONFIG]):
        checked = checkedfile.read(place(path), data)
        return _config(checked.data) if checked.sound else None
    return None


def versions_in(tree: Tree) -> tuple[NamedVersion, ...]:
    """As :func:`settings_of`, for ``pages/versions.yaml``; none where anything is wrong with it.

    Raises UserError where it is not there.
    """
    for path, data in tree.read([VERSIONS]):
        checked = checkedfile.read(place(path), data)
        return versions_of(checked.data) if checked.sound else ()
    return ()


def take_up(tree: Tree, places: list[Place]) -> None:
    """Put the town's additions in force, before any file is validated."""
    settings = [here.path for here in places if here.kind == "config"]
    settings_source = next((data for _, data in tree.read(settings)), b"")
    additions.use(additions_of(settings_source))


def files(tree: Tree, places: list[Place]) -> Iterator[tuple[Place, bytes]]:
    """The bytes of each of these files."""
    by_path = {here.path: here for here in places}
    return ((by_path[path], data) for path, data in tree.read(by_path))


def _read(tree: Tree, places: list[Place]) -> list[CheckedFile]:
    return [checkedfile.read(place, data) for place, data in files(tree, places)]


def _corpus(
    read: list[CheckedFile],
    links: list[Link],
    joined: Mapping[str, Attached],
    before: Corpus | None,
    cleared: model.Cleared | None,
) -> Corpus:
    """The corpus of these files; a record is the very object of ``before`` where nothing differs,
    so that what is known of it holds."""
    config = Config("")
    records: dict[str, Record] = {}
    pages: dict[str, Page] = {}
    indexes: dict[str, IndexPage] = {}
    templates = _default_templates()
    versions: tuple[NamedVersion, ...] = ()
    for checked in sorted(read, key=lambda checked: checked.id):
        path, data = checked.place.path, checked.data
        match checked.place.kind:
            case "config":
                config = _config(data)
            case "versions":
                versions = versions_of(data)
            case "record":
                known = before.records.get(checked.id) if before else None
                if known is None or known.data is not data or known.path != path:
                    known = Record(checked.id, checked.name, path, data)
                records[checked.id] = known
            case "page":
                pages[checked.id] = Page(checked.id, path, data, checked.body)
            case "index":
                indexes[checked.id] = IndexPage(checked.id, path, data)
            case "template":
                name = unicodedata.normalize("NFC", checked.id.partition("/")[2])
                templates[f"modele/{name}"] = Template(f"modele/{name}", name, path, checked.body)
    in_order = ordered(links)
    return Corpus(
        config,
        records,
        pages,
        indexes,
        dict(sorted(templates.items())),
        in_order,
        backlinks(in_order),
        versions,
        joined,
        linked_from=records,
        cleared=cleared,
    )


def _with_boxes(corpus: Corpus) -> Corpus:
    """The corpus whose boxes of facts have the rows that the town adds, if it adds any."""
    texts = {id_: template.text for id_, template in corpus.templates.items()}
    if not (filled := additions.boxes_with_rows(texts)):
        return corpus
    rows = {id_: replace(corpus.templates[id_], text=text) for id_, text in filled.items()}
    return replace(corpus, templates={**corpus.templates, **rows})


def versions_of(data: Mapping[str, Any]) -> tuple[NamedVersion, ...]:
    """What ``pages/versions.yaml`` says."""
    return tuple(map(_version, data["versions"]))


def _version(data: Mapping[str, Any]) -> NamedVersion:
    return NamedVersion(
        name=str(data["nom"]),
        title=data.get("titre", f"Version {data['nom']}"),
        date=str(data["date"]),
        sentence=data["phrase"],
        tag=data.get("etiquette", ""),
        commit=data.get("commit", ""),
    )


def _config(data: Mapping[str, Any]) -> Config:
    known = {key: value for key, value in data.items() if key in Config.__slots__}
    return Config(**{**known, "insee": str(known.get("insee", ""))})


def _default_templates() -> dict[str, Template]:
    """The templates that come with the tool, for those that a corpus does not have."""
    templates = {}
    for path in sorted(resources.templates().glob("*.wiki")):
        name = unicodedata.normalize("NFC", path.stem)
        templates[f"modele/{name}"] = Template(f"modele/{name}", name, "", path.read_text("utf-8"))
    return templates
