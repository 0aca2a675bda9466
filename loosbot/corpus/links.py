"""Links between records: found by walking the data with its shape, checked, turned around."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import field
from typing import Any

from loosbot.corpus import idsinwords, inlinelinks, naming, schema, unwritten
from loosbot.corpus.addresses import dangerous, is_harmless
from loosbot.corpus.citations import Passages, lost
from loosbot.corpus.markdown import Target, is_internal, is_typed, resolve_markdown_target, targets
from loosbot.corpus.model import RECORD_TYPES, Corpus, Document, KeyPath, Link, Page
from loosbot.corpus.naming import MARKDOWN_LINK
from loosbot.corpus.paths import ID, folder_type, id_in, id_of
from loosbot.corpus.schema import Shape
from loosbot.corpus.statewords import state_meant
from loosbot.corpus.values import STATES, groups, speakers
from loosbot.corpus.walk import leading_texts
from loosbot.corpus.wording import (
    MAX_FAULTS,
    Fault,
    as_seen,
    by_fold,
    closest,
    did_you_mean,
    either,
    folded,
    hidden_in,
    quoted,
    retype,
    warning,
)
from loosbot.frozen import dataclass

_WIKI_LINK = re.compile(r"\[\[([^\[\]|\n]+)(?:\|[^\[\]\n]*)?\]\]")
_REFERENCE = re.compile(r"([^\s/]+)/([^\s/]+)")
_PAGES = (*RECORD_TYPES, "page")
"""What a text may lead to: where a name is not there, one of another type may be meant."""
_RECORDS = tuple(f"{type_}/" for type_ in RECORD_TYPES)
_MAX_SEARCHES = 50
"""Nearest names looked for in one run: each costs a comparison with every id of the corpus."""
_MANY = 100
"""Voices of one récit beyond which no nearest name is looked for."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The source of links: a record, a page or an index, with the shape of its data."""

    id: str
    path: str
    data: Any
    shape: Shape
    text: str = ""


def owner_of(document: Document) -> Owner:
    """A document as the source of its links."""
    shape = schema.shape(document.id.partition("/")[0])
    text = document.text if isinstance(document, Page) else ""
    return Owner(document.id, document.path, document.data, shape, text)


def current_ids(corpus: Corpus) -> dict[str, str]:
    """Every id, also the former ones, to the id of today."""
    current = {document.id: document.id for document in corpus.documents()}
    for record in corpus.records.values():
        for old in record.data.get("anciens_ids", ()):
            current.setdefault(old, record.id)
    return current


def former_ids(corpus: Corpus) -> dict[str, tuple[str, ...]]:
    """The ids that a record had before its file was renamed, by the id of today."""
    return {
        record.id: tuple(record.data["anciens_ids"])
        for record in corpus.records.values()
        if "anciens_ids" in record.data
    }


def first_ids(corpus: Corpus) -> dict[str, str]:
    """The first id that a record had, as it lists them, by that of today; of renamed ones only."""
    return {id_: former[0] for id_, former in former_ids(corpus).items() if former}


def source_parts(reference: str) -> tuple[str, str]:
    """``referentiel § 5.6`` -> ``source/referentiel``, ``§ 5.6``; "" for what is not there."""
    name, _, passage = reference.partition(" ")
    return (f"source/{name.removeprefix('source/')}" if name else ""), passage


def source_id(reference: str) -> str:
    """``referentiel § 5.6.4.1`` -> ``source/referentiel``."""
    return source_parts(reference)[0]


@dataclass(slots=True)
class Linker:
    """Resolves the references of documents. ``current`` maps every id, former ones too, to the
    current one."""

    current: Mapping[str, str]
    titles: Mapping[str, str] = field(default_factory=dict)
    passages: Mapping[str, Passages] = field(default_factory=dict)
    """What the sources hold, for those that say it."""
    short: Mapping[str, str] = field(default_factory=dict)
    """Abbreviations that records give of their names, to their ids."""
    _searches: dict[tuple[str, tuple[str, ...]], str | None] = field(default_factory=dict)
    _by_type: dict[str, list[str]] = field(default_factory=dict)
    _voices: dict[str, dict[str, str]] = field(default_factory=dict)
    _folded: dict[tuple[str, ...], dict[str, str]] = field(default_factory=dict)
    _named: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for id_ in self.current:
            self._by_type.setdefault(id_.partition("/")[0], []).append(id_)
        self._named = naming.by_title(self.titles)

    def check(self, owner: Owner, spoiled: Collection[KeyPath]) -> tuple[list[Link], list[Fault]]:
        """Links of one document, and what is wrong with them; ``spoiled`` values are skipped."""
        links: list[Link] = []
        faults: list[Fault] = []
        target: str | Fault | None
        for path, value, shape in leading_texts(owner.data, owner.shape):
            if path in spoiled:
                continue
            if shape.links:
                target = self._known(path, value, shape) or self._link(owner, path, value, shape)
            elif shape.source:
                target = self._source(path, value, shape)
                if isinstance(target, str) and target in self.passages:
                    absent = lost(path, value, self.passages[target])
                    faults += [absent] if absent else []
            elif shape.markdown or shape.linked:
                if link_targets := targets(value) if shape.markdown else inlinelinks.targets(value):
                    self._targets(owner, path, link_targets, value, links, faults)
                bare = idsinwords.in_a_sentence(path, value, self.current, self.titles)
                faults += [bare] if bare else []
                continue
            else:
                continue
            if isinstance(target, Fault):
                faults.append(target)
            elif target:
                links.append(Link(owner.id, path, target))
                if target == owner.id and shape.links and target.startswith(_RECORDS):
                    faults.append(naming.to_itself(path, value))
        if owner.text:
            self._targets(owner, (), targets(owner.text), owner.text, links, faults)
        return links, faults

    def _known(self, path: KeyPath, value: str, shape: Shape) -> str | None:
        """The record that a value names by its id, as nearly all do; a voice may be answered by
        its name."""
        type_ = value.partition("/")[0]
        if type_ in shape.links and type_ in RECORD_TYPES and path[-1:] != ("repond_a",):
            return self.current.get(value)
        return None

    def _link(self, owner: Owner, path: KeyPath, value: str, shape: Shape) -> str | Fault | None:
        if shape.state and value in STATES:
            return None
        if path[:1] == ("voix",) and path[-1:] == ("repond_a",):
            return self._answer(owner, path, value, shape)
        match = _REFERENCE.fullmatch(value)
        if match and (
            match[1] in (*RECORD_TYPES, *shape.links)
            or folder_type(match[1])
            or value.lower() in self.current
        ):
            return self._identified(owner, path, value, match[1], shape.links)
        if shape.free:
            return self._in_words(path, value, shape)
        link = MARKDOWN_LINK.fullmatch(value) or _WIKI_LINK.fullmatch(value)
        seen = as_seen(link[1].strip() if link else value)
        near = id_of(seen) if id_of(seen) in self.current else self._nearest(seen, shape.links)
        near = near or self.current.get(id_in(seen))
        near = None if near == owner.id else near
        ids = idsinwords.among(value, self.current)
        if len(ids) > 1 and idsinwords.are_all(value, ids):
            mend = idsinwords.apart(ids, path, shape)
        elif state := state_meant(value) if shape.state else "":
            mend = did_you_mean(state)
        elif code := hidden_in(value):
            mend = retype(near or seen, code)
        elif near:
            mend = did_you_mean(near)
        elif ids:
            mend = f"Gardez la fiche seule : {ids[0]}. Le reste se dit dans « texte »."
        else:
            mend = unwritten.begun(seen, shape.links, self.current.__contains__, is_source=False)
        return Fault(path, "lien-inconnu", f"{quoted(value)} n’est pas le nom d’une fiche.", mend)

    def _in_words(self, path: KeyPath, value: str, shape: Shape) -> Fault | None:
        """A name in words whose record the page could lead to."""
        id_ = self.short.get(value.strip())
        if id_ is not None and id_.partition("/")[0] in shape.links:
            return naming.abbreviated(path, value, id_, self.titles)
        return naming.unlinked(
            path, value, shape.links, self.current, self._named
        ) or idsinwords.in_a_name(path, value, shape, self.current, self.titles)

    def _identified(
        self, owner: Owner, path: KeyPath, value: str, type_: str, types: tuple[str, ...]
    ) -> str | Fault:
        if type_ in types and value in self.current:
            return self.current[value]
        if type_ in RECORD_TYPES and type_ not in types:
            near = self._nearest(value.partition("/")[2], types)
            return Fault(
                path,
                "lien-de-mauvais-type",
                f"{quoted(value)} est une fiche {type_}, et il faut ici {either(types)}.",
                did_you_mean(near) if near else f"Exemple : {types[0]}/nom-du-fichier.",
            )
        return self._unknown(owner, path, value, types)

    def _unknown(
        self, owner: Owner, path: KeyPath, value: str, types: tuple[str, ...], needle: str = ""
    ) -> Fault:
        type_, _, slug = value.partition("/")
        # by the name alone: all the ids of a long type look alike
        near = self._nearest(slug, types) or (self._nearest(slug, _PAGES) if needle else None)
        near = near or self.current.get(id_in(value))
        near = None if near == owner.id else near
        return Fault(
            path,
            "lien-inconnu",
            f"La fiche {quoted(value)} n’existe pas.",
            did_you_mean(near)
            if near
            else f"Créez {unwritten.file_of(type_, slug)}, ou retirez ce lien.",
            needle=needle,
        )

    def _answer(self, owner: Owner, path: KeyPath, value: str, shape: Shape) -> str | Fault | None:
        """``repond_a`` of a voice: another voice of the same record, or a récit."""
        if owner.path not in self._voices:
            self._voices = {owner.path: by_fold(self._speakers(owner.data))}
        names = self._voices[owner.path]
        if folded(value) in names:
            return self.current.get(value)
        match = _REFERENCE.fullmatch(value)
        if match and (match[1] in RECORD_TYPES or folder_type(match[1])):
            return self._identified(owner, path, value, match[1], shape.links)
        near = closest(value, names) if len(names) < _MANY else None
        return warning(
            path,
            "voix-inconnue",
            f"Aucune voix de cette fiche ne s’appelle {quoted(value)}.",
            did_you_mean(near)
            if near
            else "Recopiez le « qui » d’une voix de cette fiche, ou recit/….",
        )

    def _speakers(self, data: Mapping[str, Any]) -> list[str]:
        names: list[str] = []
        for _, voice in groups(data.get("voix")):
            several = speakers(voice)
            names += several
            if len(several) > 1:
                names.append(", ".join(several))
        return names + [self.titles[name] for name in names if name in self.titles]

    def _source(self, path: KeyPath, value: str, shape: Shape) -> str | Fault | None:
        id_ = source_id(value)
        well_written = re.search(shape.pattern, value) is not None
        if id_ in self.current and well_written:
            return self.current[id_]
        words, passage = unwritten.cited(value)
        if id_ in self.current:
            written = f"Écrivez : {words}{passage}"
            return Fault(
                path,
                "source-mal-ecrite",
                f"Après le nom de la source, {quoted(value)} ne donne ni section ni page.",
                written
                if passage and re.search(shape.pattern, words)
                else "Écrivez §, n., p. ou art. puis le repère : referentiel § 5.6.4.1.",
            )
        slug = id_.removeprefix("source/")
        # « Le registre, page 4 »: a source is cited by its title too
        near = self._nearest(slug, ("source",)) or self._nearest(words, ("source",))
        name = near.removeprefix("source/") if near else ""
        return Fault(
            path,
            "source-inconnue",
            f"La source {quoted(slug if well_written else value)} n’existe pas.",
            did_you_mean(name + passage)
            if name
            else unwritten.source(value, slug if well_written else "", self.current.__contains__),
        )

    def _targets(
        self,
        owner: Owner,
        path: KeyPath,
        link_targets: list[Target],
        text: str,
        links: list[Link],
        faults: list[Fault],
    ) -> None:
        seen = set()
        for target in link_targets:
            if target.text in seen or len(faults) > MAX_FAULTS:
                continue
            if not is_internal(target.text):
                if not is_harmless(target.text):
                    seen.add(target.text)
                    faults.append(dangerous(path, target.text))
                continue
            if id_ := resolve_markdown_target(self.current, owner.path, target.text):
                links.append(Link(owner.id, path, self.current[id_]))
            elif not is_typed(text, target):
                seen.add(target.text)
                faults.append(self._lost(owner, path, target.text))

    def _lost(self, owner: Owner, path: KeyPath, target: str) -> Fault:
        name = target.partition("#")[0]
        stem = name.rpartition("/")[2].removesuffix(".yaml").removesuffix(".md")
        type_ = name.rstrip("/").split("/")[-2:-1]
        wanted = tuple(kind for kind in map(folder_type, type_) if kind) or _PAGES
        if ID.fullmatch(name):
            return self._unknown(owner, path, name, wanted, needle=target)
        near = self._nearest(stem, wanted) or self._nearest(stem, _PAGES)
        return Fault(
            path,
            "lien-inconnu",
            f"Le lien vers {quoted(target)} ne mène à aucune fiche ni page.",
            did_you_mean(near) if near else unwritten.target(target, name),
            needle=target,
        )

    def _nearest(self, word: str, types: tuple[str, ...]) -> str | None:
        key = (word, types)
        if key not in self._searches:
            if len(self._searches) >= _MAX_SEARCHES:
                return None
            if types not in self._folded:
                ids = [id_ for type_ in types for id_ in self._by_type.get(type_, ())]
                slugs = {id_.partition("/")[2]: id_ for id_ in reversed(ids)}
                named = {self.titles[id_]: id_ for id_ in reversed(ids) if id_ in self.titles}
                self._folded[types] = by_fold({**{id_: id_ for id_ in ids}, **slugs, **named})
            self._searches[key] = closest(word, self._folded[types])
        return self._searches[key]
