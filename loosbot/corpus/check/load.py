"""A whole corpus from a tree: every file read once, every fault of every file in one run."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from loosbot import resources
from loosbot.corpus import additions, attached, boxes, titles
from loosbot.corpus.attached import named, path_of
from loosbot.corpus.check import drafts, memory
from loosbot.corpus.check.additionfaults import additions_of
from loosbot.corpus.check.drafts import Draft
from loosbot.corpus.check.held import Held
from loosbot.corpus.citations import passages
from loosbot.corpus.entries import sorted_out
from loosbot.corpus.links import Linker, abbreviations, backlinks, ordered
from loosbot.corpus.model import (
    Attached,
    Config,
    Corpus,
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
from loosbot.corpus.paths import Place
from loosbot.corpus.wording import Fault, quoted, slug
from loosbot.errors import LoosbotError

PORTAL = "page/accueil"
"""The page whose title on the wiki is the setting ``portail``."""
ROW_INDEXES = {"source": "Sources", "indicateur": "Chiffres"}
"""Types without a page of their own -> title of the index made for them where none is declared."""


class BrokenCorpus(LoosbotError):
    """The corpus has errors: nothing may be said or made from it. ``reading`` has the findings."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(f"{reading.errors} errors")
        self.reading = reading


def whole_corpus(tree: Tree) -> Corpus:
    """Everything in ``tree``, before any consent is asked. Raises BrokenCorpus."""
    reading = load_corpus(tree)
    if reading.corpus is None:
        raise BrokenCorpus(reading)
    return reading.corpus


def load_corpus(
    tree: Tree, *, only: Collection[str] | None = None, ages: Mapping[str, int] | None = None
) -> Reading:
    """Read and check everything in ``tree``. Never raises on account of what the files hold.

    ``only`` limits the findings that are given back to these paths (files, or folders and what
    is in them); the whole corpus is read all the same, since links lead anywhere.
    ``Reading.corpus`` is None as soon as one finding, shown or not, is an error. ``ages`` says
    how long each file has been there, in any unit (0 where it does not say): of two files with
    one title, the newer is told.
    """
    places, refused, findings = sorted_out(tree.entries())
    _open(tree, places)
    kept = memory.of(tree)
    read = kept.read(_files(tree, places)) if kept else _read(tree, places)
    reading = _reading(_together(tree, read, refused, findings, ages or {}), only)
    if kept and reading.corpus:
        kept.keep(read, reading.corpus)
    return replace(reading, judged=kept.judged if kept else reading.files)


@dataclass(frozen=True, slots=True)
class _Judged:
    """Every file with its faults; ``findings`` are those of names and folders."""

    read: list[Draft]
    findings: list[Finding]
    links: list[Link]
    joined: Mapping[str, Attached]


def judged(
    tree: Tree, paths: Collection[str], held: Held | None = None
) -> tuple[Reading, dict[str, list[Fault]]]:
    """The same reading, and the faults of these files by the place of the values, for a form.

    What is wrong with a file beside its values (it cannot be read, it has a wrong name) is a
    fault without a path. ``held`` is the version that ``tree`` changes, where it is in memory.
    """
    places, refused, findings = sorted_out(tree.entries())
    _open(tree, places)
    read = held.drafts(_files(tree, places)) if held else _read(tree, places)
    found = _together(tree, read, refused, findings, {})
    faults: dict[str, list[Fault]] = {}
    for draft in found.read:
        if draft.place.path in paths:
            others = [
                Fault((), one.code, one.message, one.hint, severity=one.severity)
                for one in draft.findings
            ]
            faults[draft.place.path] = [*draft.faults, *others]
    return _reading(found, None), faults


def _together(
    tree: Tree,
    read: list[Draft],
    refused: list[Place],
    findings: list[Finding],
    ages: Mapping[str, int],
) -> _Judged:
    links = _check_together(read, refused, ages)
    return _Judged(read, findings, links, _attached(tree, read))


def _reading(found: _Judged, only: Collection[str] | None) -> Reading:
    read, findings = found.read, list(found.findings)
    for draft in read:
        findings += draft.all_findings()
    findings.sort()
    corpus = None
    if not any(finding.severity == "error" for finding in findings):
        corpus = _corpus(read, found.links, found.joined)
    if only is not None:
        findings = [finding for finding in findings if within(finding.path, only)]
    records = sum(draft.place.kind == "record" for draft in read)
    return Reading(corpus, tuple(findings), len(read), records)


def within(path: str, only: Collection[str]) -> bool:
    """Whether a file is one of these, or in one of these folders."""
    return any(one in ("", ".", path) or path.startswith(f"{one.rstrip('/')}/") for one in only)


def _open(tree: Tree, places: list[Place]) -> None:
    """Take up what the town adds to the schemas, before anything is judged by them."""
    settings = [one.path for one in places if one.kind == "config"]
    found = next((data for _, data in tree.read(settings)), b"")
    additions.use(additions_of(found))


def _files(tree: Tree, places: list[Place]) -> Iterator[tuple[Place, bytes]]:
    by_path = {found.path: found for found in places}
    return ((by_path[path], data) for path, data in tree.read(by_path))


def _read(tree: Tree, places: list[Place]) -> list[Draft]:
    return [drafts.read(place, data) for place, data in _files(tree, places)]


def _check_together(read: list[Draft], refused: list[Place], ages: Mapping[str, int]) -> list[Link]:
    """Ids, titles and links, which only mean something in the whole corpus."""
    # A file that cannot be read is one fault, not one more in every link to it
    current = {place.id: place.id for place in refused if place.id} | _ids(read)
    _check_titles(read, ages)
    named = {
        draft.id: draft.data["titre"]
        for draft in read
        if draft.id and isinstance(draft.data, dict) and isinstance(draft.data.get("titre"), str)
    }
    data = [(draft.id, draft.data) for draft in read if draft.id]
    linker = Linker(current, named, passages(data), abbreviations(data))
    links: list[Link] = []
    for draft in read:
        if draft.name and draft.name != "configuration" and isinstance(draft.data, dict):
            found, faults = linker.check(draft.owner, draft.spoiled)
            links += found
            draft.faults += faults
    return links


def _ids(read: list[Draft]) -> dict[str, str]:
    """Every id that a link may name, to the id of today; two owners of one id are a fault."""
    current: dict[str, str] = {}
    owners: dict[str, str] = {}
    linkable = [draft for draft in read if draft.place.kind in ("record", "page", "index")]
    for draft in linkable:
        if draft.id in owners:
            _clash(draft, draft.id, owners[draft.id], ("type",))
        elif draft.id:
            owners[draft.id] = draft.place.path
            current[draft.id] = draft.id
        # A record in the wrong folder is one fault, not one more in every link to it
        if draft.place.id:
            current.setdefault(draft.place.id, draft.place.id)
    for draft in linkable:
        for index, old in _former_ids(draft.data):
            if owners.get(old, draft.place.path) != draft.place.path or old == draft.id:
                _clash(draft, old, owners[old], ("anciens_ids", index))
            else:
                owners[old] = draft.place.path
                current[old] = draft.id
    return current


def _former_ids(data: Any) -> Iterator[tuple[int, str]]:
    former = data.get("anciens_ids") if isinstance(data, dict) else None
    for index, old in enumerate(former if isinstance(former, list) else ()):
        if isinstance(old, str):
            yield index, old


def _clash(draft: Draft, id_: str, path: str, where: tuple[str | int, ...]) -> None:
    draft.faults.append(
        Fault(
            where,
            "id-en-double",
            f"L’identifiant {quoted(id_)} est déjà celui de {path}.",
            "Renommez l’un des deux fichiers, ou retirez l’ancien identifiant.",
        )
    )


def _check_titles(read: list[Draft], ages: Mapping[str, int]) -> None:
    """Two pages cannot have one title; the newer file is told. Where both are of one age: the one
    that is not named after it, else the second. A copy keeps the title, and gets another name."""
    first = _reserved_titles(read)
    holders: dict[str, Draft] = {}
    for draft in sorted(read, key=lambda one: -ages.get(one.place.path, 0)):
        title = draft.data.get("titre") if isinstance(draft.data, dict) else None
        if draft.place.kind == "config" or not draft.has_page or not isinstance(title, str):
            continue
        if ("titre",) in draft.spoiled or draft.id == PORTAL:
            continue
        key = titles.title_key(title)
        other = first.setdefault(key, draft.place.path)
        holder = holders.setdefault(key, draft)
        if other != draft.place.path:
            alike = ages.get(holder.place.path, 0) == ages.get(draft.place.path, 0)
            named = _is_named(draft, title) and not _is_named(holder, title)
            if holder is not draft and alike and named:
                draft, other = holder, draft.place.path
            draft.faults.append(
                Fault(
                    ("titre",),
                    "titre-en-double",
                    f"Le titre {quoted(title)} est déjà celui de {other}.",
                    "Changez l’un des deux, par exemple en ajoutant le lieu ou l’année.",
                )
            )


def _is_named(draft: Draft, title: str) -> bool:
    """Whether the file bears the name that its title gives."""
    return draft.place.path.rpartition("/")[2].rpartition(".")[0] == slug(title)


def _reserved_titles(read: list[Draft]) -> dict[str, str]:
    """Titles of pages that no ``titre`` gives: the portal's, and those of the indexes that the
    tool makes where a corpus declares none for its sources or its figures."""
    by_id = {draft.id: draft for draft in read}
    settings = next((one.data for one in read if one.place.kind == "config"), None)
    reserved: dict[str, str] = {}
    if PORTAL in by_id:
        title = settings.get("portail") if isinstance(settings, dict) else None
        shown = title if isinstance(title, str) else Config("").portail
        reserved[titles.title_key(shown)] = by_id[PORTAL].place.path
    for record_type, title in ROW_INDEXES.items():
        if any(draft.name == record_type for draft in read) and not any(
            record_type in _types_of(draft.data) for draft in read if draft.name == "index"
        ):
            reserved[titles.title_key(title)] = f"la page qui rassemble les {title.lower()}"
    return reserved


def _types_of(index: Any) -> list[Any]:
    wanted = index.get("enregistrements") if isinstance(index, dict) else None
    types = wanted.get("types") if isinstance(wanted, dict) else None
    return types if isinstance(types, list) else []


def _attached(tree: Tree, read: list[Draft]) -> dict[str, Attached]:
    """The files that records join, by path; what is wrong with one is a fault of its record."""
    joined = [
        (draft, index, path_of(draft.place.path, name))
        for draft in read
        if draft.place.kind == "record"
        for index, name in named(draft.data)
        if ("documents", index, "fichier") not in draft.spoiled
    ]
    if not joined:
        return {}
    sizes = {one.path: one.size for one in tree.entries() if one.kind == "file"}
    # a Mac writes « é » as two signs: the name of the disk, for the one that is typed
    on_disk = {unicodedata.normalize("NFC", path): path for path in sorted(sizes)}
    found: dict[str, Attached] = {}
    for draft, index, typed in joined:
        path = typed if typed in sizes else on_disk.get(unicodedata.normalize("NFC", typed), typed)
        size = sizes.get(path)
        fits = size is not None and size <= attached.MAX_BYTES
        data = _whole(tree, path) if fits else b""
        fault = attached.fault(index, path, size, data)
        if fault is not None:
            draft.faults.append(fault)
        elif typed not in found:
            kind = attached.kind_of(data)
            going = attached.cleaned(data, kind)
            sha1 = hashlib.sha1(going, usedforsecurity=False).hexdigest()
            found[typed] = Attached(path, kind, sha1, partial(_going, tree, path, kind))
    return dict(sorted(found.items()))


def _whole(tree: Tree, path: str) -> bytes:
    return next(data for _, data in tree.read([path], attached.MAX_BYTES + 1))


def _going(tree: Tree, path: str, kind: str) -> bytes:
    return attached.cleaned(_whole(tree, path), kind)


def _corpus(read: list[Draft], links: list[Link], joined: Mapping[str, Attached]) -> Corpus:
    config = Config("")
    records: dict[str, Record] = {}
    pages: dict[str, Page] = {}
    indexes: dict[str, IndexPage] = {}
    templates = _default_templates()
    versions: tuple[NamedVersion, ...] = ()
    for draft in sorted(read, key=lambda draft: draft.id):
        path, data = draft.place.path, draft.data
        match draft.place.kind:
            case "config":
                config = _config(data)
            case "versions":
                versions = tuple(map(_version, data["versions"]))
            case "record":
                records[draft.id] = Record(draft.id, draft.name, path, data)
            case "page":
                pages[draft.id] = Page(draft.id, path, data, draft.body)
            case "index":
                indexes[draft.id] = IndexPage(draft.id, path, data)
            case "template":
                name = unicodedata.normalize("NFC", draft.id.partition("/")[2])
                templates[f"modele/{name}"] = Template(f"modele/{name}", name, path, draft.body)
    for name, text in boxes.filled({id_: one.text for id_, one in templates.items()}).items():
        templates[name] = replace(templates[name], text=text)
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
    )


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
    found = {}
    for path in sorted(resources.templates().glob("*.wiki")):
        name = unicodedata.normalize("NFC", path.stem)
        found[f"modele/{name}"] = Template(f"modele/{name}", name, "", path.read_text("utf-8"))
    return found
